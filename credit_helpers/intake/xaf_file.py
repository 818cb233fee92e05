"""Reads a Dutch audit file (XAF 2, 3 and 4, CLAIR): the debtors' sub-ledger, or their account."""

from __future__ import annotations

import mmap
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.audit_lines import (
    INVOICE,
    OPENING,
    RECEIPT,
    AuditFile,
    cents_of,
    day_before,
    day_of,
    grids_of,
    signed_cents,
)
from credit_helpers.intake.tables import Grid, TieOut
from credit_helpers.intake.xaf_names import (
    NAMES,
    document_currency,
    format_of,
    is_debtors,
    known_fields,
    line_fields,
)
from credit_helpers.intake.xml_file import Xml, fields, local, records
from credit_helpers.portfolio.ledger import Note

CASH_JOURNALS = ("B", "C")


@dataclass
class _Walk:
    """What is known at the place where the reading of the file is."""

    audit: AuditFile
    has_subledger: bool
    accounts: dict[str, str] = field(default_factory=dict)
    opened_on: str = ""
    dates: dict[str, str] = field(default_factory=dict)
    journals: dict[str, str] = field(default_factory=dict)
    ledger_cents: dict[str, int] = field(default_factory=dict)
    line_cents: int = 0
    opening_cents: int = 0
    opening_line_cents: int = 0
    stated: list[tuple[int, int]] = field(default_factory=list)
    undated: int = 0
    foreign: int = 0
    sub_lines: int = 0
    counts: dict[str, int] = field(default_factory=dict)


def read_xaf(xml: Xml) -> list[Grid]:
    """Return the debtors of an audit file as tables.

    Lines of a sub-ledger of customers are taken where the file has one; else those of the
    accounts of debtors, which have no due dates.

    Raises
    ------
    InputError
        When the file is damaged or holds no debtors.
    """
    walk = _walk(xml, has_subledger=_has(xml, b"sbLine"))
    if walk.has_subledger and not walk.sub_lines:
        walk = _walk(xml, has_subledger=False)
    _finish(walk, xml)
    return grids_of(walk.audit)


def _walk(xml: Xml, *, has_subledger: bool) -> _Walk:
    audit = AuditFile(xml.path.name, format_of(xml.namespace, ""), names=NAMES)
    walk = _Walk(audit, has_subledger)
    for name, element in records(xml, HANDLERS):
        HANDLERS[name](walk, element)
    return walk


def _has(xml: Xml, mark: bytes) -> bool:
    with xml.path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as m:
        return m.find(mark) >= 0 or m.find(mark.decode().encode("utf-16-le")) >= 0


def _header(walk: _Walk, element: Any) -> None:
    found, audit = known_fields(element), walk.audit
    audit.currency = found.get("curCode", "")
    days = (day_of(found.get(word, "")) for word in ("startDate", "endDate", "dateCreated"))
    audit.start, *ends = days
    audit.until = min(filter(None, ends), default="")
    if audit.format == "XAF":
        audit.format = format_of("", found.get("auditfileVersion", ""))


def _customer(walk: _Walk, element: Any) -> None:
    found = known_fields(element)
    country = found.get("taxRegistrationCountry", "") or found.get("country", "")
    if not country:
        country = next((c.text or "" for c in element.iter("{*}country")), "")
    values = {
        "row": str(element.sourceline),
        "customer_id": found.get("custSupID", ""),
        "name": found.get("custSupName", ""),
        "type": found.get("custSupTp", "")[:1].upper(),
        "kvk": found.get("commerceNr", ""),
        "vat_id": found.get("taxRegIdent", "") or found.get("taxRegistrationNr", ""),
        "country": country.strip(),
        "terms": next((v for k, v in found.items() if "term" in k.lower()), ""),
        "credit_limit": found.get("custCreditLimit", ""),
    }
    walk.audit.customers.append(values)
    # Version 4 tells the balance of each customer at the start of the year, and no lines of it.
    if found.get("opBalTp") and values["type"] != "S" and cents_of(found.get("opBalDesc", "")):
        _add_opening(walk, element.sourceline, values["customer_id"], found)


def _add_opening(walk: _Walk, row: int, customer: str, found: dict[str, str]) -> None:
    day = day_before(walk.audit.start)
    amount, side = found["opBalDesc"], found["opBalTp"]
    told = {"row": str(row), "customer": customer, "issued_on": day, "booked_on": day}
    walk.audit.add(**told, amount=amount, side=side, kind=OPENING)
    walk.undated += 1
    walk.opening_line_cents += signed_cents(amount, side)
    walk.line_cents += signed_cents(amount, side)


def _account(walk: _Walk, element: Any) -> None:
    found = known_fields(element)
    if is_debtors(found):
        walk.accounts[found.get("accID", "")] = found.get("accDesc", "")


def _opening_day(walk: _Walk, element: Any) -> None:
    walk.opened_on = (element.text or "").strip()[:10]


def _count(walk: _Walk, found: dict[str, str]) -> int:
    """Add a line to the balance of its account; return what it adds to debtors, in cents."""
    account = found.get("accID", "")
    if account not in walk.accounts:
        return 0
    cents = signed_cents(found.get("amnt", ""), found.get("amntTp", ""))
    walk.ledger_cents[account] = walk.ledger_cents.get(account, 0) + cents
    return cents


def _opening_line(walk: _Walk, element: Any) -> None:
    walk.opening_cents += _count(walk, known_fields(element))


def _journal_of(walk: _Walk, transaction: Any) -> str:
    """Return the journal of a transaction, and remember its type."""
    found = fields(transaction.getparent())
    journal = found.get("jrnID") or found.get("journalID", "")
    walk.journals[journal] = (found.get("jrnTp") or found.get("type", "")).upper()[:1]
    return journal


def _transaction(walk: _Walk, element: Any) -> None:
    """Keep the day of a transaction that has debtor lines, and take its lines if need be."""
    own = known_fields(element)
    lines = [child for child in element if local(child) in ("trLine", "line")]
    journal = ""
    for line in lines:
        found = line_fields(line)
        account = found.get("accID", "")
        if account not in walk.accounts:
            continue
        _count(walk, found)
        journal = journal or _journal_of(walk, element)
        day = own.get("trDt", "")[:10] or found.get("effDate", "")[:10]
        if walk.has_subledger:
            walk.dates[f"{journal}\x00{own.get('nr', '')}"] = day
        else:
            _take_line(walk, line, found | {"trDt": day}, walk.journals.get(journal, ""))
    element.clear()


def _take_line(walk: _Walk, line: Any, found: dict[str, str], journal: str) -> None:
    """Take a line of the account of debtors: its day is that of the invoice, or of the booking."""
    amount, side = found.get("amnt", ""), found.get("amntTp", "")
    is_credit = signed_cents(amount, side) < 0
    is_other = journal not in ("S", "") and found.get("invRef", "") in ("", "0")
    is_cash = journal in CASH_JOURNALS or (is_other and is_credit)
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
        text=found.get("desc", ""),
    )
    walk.line_cents += signed_cents(amount, side)


def _sub_line(walk: _Walk, element: Any) -> None:
    parent = element.getparent()
    kind = next(((c.text or "").strip().upper() for c in parent if local(c) == "sbType"), "")
    found = known_fields(element)
    found.setdefault("curCode", document_currency(element))
    element.clear()
    if not kind.startswith("C") or (kind == "CS" and found.get("invPurSalTp", "S") != "S"):
        return
    walk.sub_lines += 1
    is_opening = local(element) == "obSbLine"
    amount, side = found.get("amnt", ""), found.get("amntTp", "")
    moved = found.get("mutTp", "").upper()
    journal = walk.journals.get(found.get("jrnID", ""), "")
    is_receipt = moved == "P" or (moved != "I" and journal in CASH_JOURNALS)
    booked = walk.dates.get(f"{found.get('jrnID', '')}\x00{found.get('trNr', '')}", "")
    issued = found.get("invDt", "")[:10]
    if is_opening:
        booked = day_before(walk.opened_on or walk.audit.start)
        walk.opening_line_cents += signed_cents(amount, side)
        walk.undated += not issued
        issued = issued or booked
    walk.audit.add(
        row=str(element.sourceline),
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
        text=found.get("desc", ""),
        opening=OPENING if is_opening else "",
    )
    walk.line_cents += signed_cents(amount, side)
    walk.foreign += found.get("curCode", "") not in ("", walk.audit.currency)
    for key, count in (("C" if side.upper()[:1] == "C" else "D", cents_of(amount)), ("lines", 1)):
        walk.counts[key] = walk.counts.get(key, 0) + count


def _sub_ledger(walk: _Walk, element: Any) -> None:
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


def _finish(walk: _Walk, xml: Xml) -> None:
    audit = walk.audit
    values: dict[str, object] = {"file": audit.file, "format": audit.format}
    if not audit.lines["row"]:
        raise InputError(Fault("audit_no_debtors", values))
    account = " + ".join(sorted(walk.ledger_cents or walk.accounts))
    audit.notes.insert(0, Note("audit_read", {**values, "until": audit.until}))
    if xml.encoding == "cp1252":
        audit.notes.append(Note("audit_encoding", {"file": audit.file}))
    if not walk.has_subledger:
        audit.notes.append(Note("audit_no_subledger", {**values, "account": account}))
    if walk.foreign:
        told = {"file": audit.file, "rows_count": walk.foreign, "currency": audit.currency}
        audit.notes.append(Note("audit_foreign", dict(told)))
    if walk.undated:
        day = day_before(walk.opened_on or audit.start)
        found = {"file": audit.file, "rows_count": walk.undated, "day": day}
        audit.notes.append(Note("audit_opening_undated", dict(found)))
    if walk.ledger_cents:
        booked = sum(walk.ledger_cents.values())
        audit.tie_outs.append(TieOut(account, booked, walk.line_cents))
    opened = (walk.opening_cents, walk.opening_line_cents)
    if any(opened):
        audit.tie_outs.append(TieOut(account, *opened, "opening_balance"))


HANDLERS: dict[str, Callable[[_Walk, Any], None]] = {
    "header": _header,
    "customerSupplier": _customer,
    "ledgerAccount": _account,
    "opBalDate": _opening_day,
    "obLine": _opening_line,
    "transaction": _transaction,
    "obSbLine": _sub_line,
    "sbLine": _sub_line,
    "obSubledger": _sub_ledger,
    "subledger": _sub_ledger,
}
