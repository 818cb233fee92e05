"""The debtor lines of a Dutch audit file: of a sub-ledger of customers, or of their account."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from credit_helpers.intake.audit_lines import (
    INVOICE,
    NO_NUMBER,
    OPENING,
    RECEIPT,
    AuditFile,
    cents_of,
    day_before,
    signed_cents,
)
from credit_helpers.intake.xaf_names import foreign_of, known_fields, line_fields
from credit_helpers.intake.xml_file import fields, local
from credit_helpers.portfolio.ledger import Note

CASH_JOURNALS = ("B", "C")


@dataclass
class XafWalk:
    """What is known at the place where the reading of the file is."""

    audit: AuditFile
    has_subledger: bool
    accounts: dict[str, str] = field(default_factory=dict)
    opened_on: str = ""
    losses: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)
    journals: dict[str, str] = field(default_factory=dict)
    ledger_cents: dict[str, int] = field(default_factory=dict)
    ledger_opening_cents: int = 0
    undated: int = 0
    sub_lines: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def opening_day(self) -> str:
        """The day that opening items were open at the end of."""
        return day_before(self.opened_on or self.audit.books.start)


def customer_opening(walk: XafWalk, row: int, customer: str, found: dict[str, str]) -> None:
    """Take the balance of a customer at the start of the year; version 4 has no lines of it."""
    day = day_before(walk.audit.books.start)
    amount, side = found["opBalDesc"], found["opBalTp"]
    told = {"row": str(row), "customer": customer, "issued_on": day, "booked_on": day}
    walk.audit.add(**told, amount=amount, side=side, kind=OPENING)
    walk.undated += 1


def opening_line(walk: XafWalk, element: Any) -> None:
    """Add a line of the opening balance of the general ledger."""
    walk.ledger_opening_cents += _count(walk, known_fields(element))


def _count(walk: XafWalk, found: dict[str, str]) -> int:
    """Add a line to the balance of its account; return what it adds to debtors, in cents."""
    account = found.get("accID", "")
    if account not in walk.accounts:
        return 0
    cents = signed_cents(found.get("amnt", ""), found.get("amntTp", ""))
    walk.ledger_cents[account] = walk.ledger_cents.get(account, 0) + cents
    return cents


def transaction(walk: XafWalk, element: Any) -> None:
    """Keep the day of a transaction that has debtor lines, and take its lines if need be."""
    own = known_fields(element)
    lines = [(c, line_fields(c)) for c in element if local(c) in ("trLine", "line")]
    debtors = [(line, found) for line, found in lines if found.get("accID", "") in walk.accounts]
    if debtors:
        journal = _journal_of(walk, element)
        settled = _settled_as(walk, [found.get("accID", "") for _, found in lines])
        for line, found in debtors:
            _count(walk, found)
            day = own.get("trDt", "")[:10] or found.get("effDate", "")[:10]
            if walk.has_subledger:
                key = f"{journal}\x00{own.get('nr', '')}"
                walk.dates[key] = day
                if settled:
                    walk.settled[key] = settled
            else:
                told = {"trDt": day, "settled": settled}
                _take_line(walk, line, found | told, walk.journals.get(journal, ""))
    element.clear()


def _settled_as(walk: XafWalk, accounts: list[str]) -> str:
    """Return whether a booking writes off, by the accounts beside those of debtors and of VAT."""
    beside = {walk.losses.get(name, "") for name in accounts if name not in walk.accounts}
    kinds = beside - {"vat"}
    return kinds.pop() if len(kinds) == 1 else ""


def _settles(found: dict[str, str], kind: str) -> str:
    """Return how a line settles the invoice that it names; a debit, or no name, settles nothing."""
    is_named = found.get("invRef", "") not in NO_NUMBER or found.get("matchKeyID", "")
    is_credit = signed_cents(found.get("amnt", ""), found.get("amntTp", "")) < 0
    return kind if is_named and is_credit else ""


def _journal_of(walk: XafWalk, element: Any) -> str:
    """Return the journal of a transaction, and remember its type."""
    found = fields(element.getparent())
    journal = found.get("jrnID") or found.get("journalID", "")
    walk.journals[journal] = (found.get("jrnTp") or found.get("type", "")).upper()[:1]
    return journal


def _take_line(walk: XafWalk, line: Any, found: dict[str, str], journal: str) -> None:
    """Take a line of the account of debtors: its day is that of the invoice, or of the booking."""
    amount, side = found.get("amnt", ""), found.get("amntTp", "")
    is_credit = signed_cents(amount, side) < 0
    is_other = journal not in ("S", "") and found.get("invRef", "") in ("", "0")
    settles = _settles(found, found["settled"])
    is_cash = journal in CASH_JOURNALS or (is_other and is_credit) or settles != ""
    currency, foreign = foreign_of(line, found, walk.audit.currency)
    walk.audit.add(
        row=str(line.sourceline),
        customer=found.get("custSupID", ""),
        document=found.get("invRef", ""),
        own_document=found.get("docRef", ""),
        key=found.get("matchKeyID", ""),
        issued_on=found.get("effDate", "")[:10] or found["trDt"],
        booked_on=found["trDt"],
        amount=amount,
        side=side,
        kind=RECEIPT if is_cash else INVOICE,
        settles=settles,
        text=found.get("desc", ""),
        currency=currency,
        foreign=foreign,
    )


def sub_line(walk: XafWalk, element: Any) -> None:
    """Take a line of a sub-ledger of customers, or of its opening balance."""
    parent = element.getparent()
    kind = next(((c.text or "").strip().upper() for c in parent if local(c) == "sbType"), "")
    found = known_fields(element)
    currency, foreign = foreign_of(element, found, walk.audit.currency)
    is_opening, row = local(element) == "obSbLine", element.sourceline
    element.clear()
    if not kind.startswith("C") or (kind == "CS" and found.get("invPurSalTp", "S") != "S"):
        return
    walk.sub_lines += 1
    amount, side = found.get("amnt", ""), found.get("amntTp", "")
    moved = found.get("mutTp", "").upper()
    journal = walk.journals.get(found.get("jrnID", ""), "")
    booking = f"{found.get('jrnID', '')}\x00{found.get('trNr', '')}"
    settles = "" if is_opening else _settles(found, walk.settled.get(booking, ""))
    is_receipt = settles != "" or moved == "P" or (moved != "I" and journal in CASH_JOURNALS)
    booked = walk.dates.get(booking, "")
    issued = found.get("invDt", "")[:10]
    if is_opening:
        booked = walk.opening_day
        walk.undated += not issued
        issued = issued or booked
    walk.audit.add(
        row=str(row),
        customer=found.get("custSupID", ""),
        document=found.get("invRef", ""),
        own_document=found.get("docRef", ""),
        key=found.get("matchKeyID", ""),
        issued_on=issued or booked,
        due_on=found.get("invDueDt", "")[:10],
        booked_on=booked or issued,
        amount=amount,
        side=side,
        kind=RECEIPT if is_receipt else INVOICE,
        settles=settles,
        text=found.get("desc", ""),
        opening=OPENING if is_opening else "",
        currency=currency,
        foreign=foreign,
    )
    for key, count in (("C" if side.upper()[:1] == "C" else "D", cents_of(amount)), ("lines", 1)):
        walk.counts[key] = walk.counts.get(key, 0) + count


def sub_ledger(walk: XafWalk, element: Any) -> None:
    """Compare what a sub-ledger states of itself with what was in it."""
    found = known_fields(element)
    counts, walk.counts = walk.counts, {}
    if not found.get("sbType", "").upper().startswith("C") or found.get("sbType") == "CS":
        return
    told = found.get("linesCount", "")
    stated = [int(told) if told.isdecimal() and len(told) < 19 else counts.get("lines", 0)]
    stated += [cents_of(found.get(name, "")) for name in ("totalDebit", "totalCredit")]
    read = [counts.get(name, 0) for name in ("lines", "D", "C")]
    if found.get("totalDebit") and stated != read:
        values = {"file": walk.audit.file, "stated_count": stated[0], "read_count": read[0]}
        walk.audit.notes.append(Note("audit_controls_differ", dict(values)))
