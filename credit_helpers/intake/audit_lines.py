"""From the debtor lines of an audit file to tables of invoices, payments and customers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from credit_helpers.intake.amounts import parse_amounts
from credit_helpers.intake.dates import parse_dates
from credit_helpers.intake.tables import (
    NUMBER_CELL,
    TEXT_CELL,
    Books,
    Grid,
    KnownTable,
    TieOut,
)
from credit_helpers.intake.texts import is_member, matches
from credit_helpers.portfolio.ledger import Note

# What a line of debtors is made of; the rest of an audit file is of no use here.
LINE = (
    "row", "customer", "document", "own_document", "key", "applies_to", "issued_on", "due_on",
    "booked_on", "amount", "side", "kind", "text", "paid_on", "reason", "opening", "settles",
    "currency", "foreign",
)  # fmt: skip
INVOICE, RECEIPT, OPENING = "invoice", "receipt", "opening"
NO_NUMBER = ("", "0", "-")
ISO_DAY = re.compile(r"\s*\d{4}-\d{2}-\d{2}")
PLAIN = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{0,2}))?")
CURRENCY = re.compile(r"[A-Za-z]{3}")
CREDIT_SIDES = ("C", "H")


@dataclass
class AuditFile:
    """What was collected while an audit file streamed by.

    Parameters
    ----------
    file, format : str
        Name; format and version as the user knows them, such as ``XAF 3.2``.
    lines : dict of str to list of str
        One list per name of ``LINE``; ``amount`` without a sign of its side, ``side`` D or C,
        ``kind`` invoice, receipt or opening. ``document`` is the invoice that the line names,
        ``own_document`` its own number, ``key`` the matching key of the accounts, ``applies_to``
        the invoice of a credit note; ``paid_on`` is filled for what was paid at once, ``reason``
        for what does not count, ``settles`` for a receipt that is none (write_off, fx);
        ``currency`` and ``foreign`` (an amount as ``amount``) for what was invoiced in another
        currency than the accounts are in.
    opening_cents, line_cents, foreign_count : int
        Sum of the opening lines, of all lines that count, and how many are in another currency.
    customers : list of dict
        ``row`` and the words of the customers' table.
    names : mapping of str to str
        Our word -> what the format calls it, for messages.
    """

    file: str
    format: str = ""
    currency: str = ""
    books: Books = field(default_factory=Books)
    opening_cents: int = 0
    line_cents: int = 0
    foreign_count: int = 0
    lines: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in LINE})
    customers: list[dict[str, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tie_outs: list[TieOut] = field(default_factory=list)
    names: Mapping[str, str] = field(default_factory=dict)

    def add(self, **values: str) -> None:
        """Add a line; what is not given is ``""``."""
        for name, column in self.lines.items():
            column.append(values.get(name, ""))
        cents = 0 if values.get("reason") else signed_cents(values["amount"], values["side"])
        self.line_cents += cents
        self.foreign_count += bool(values.get("currency"))
        if OPENING in (values["kind"], values.get("opening")):
            self.opening_cents += cents


def grids_of(audit: AuditFile) -> list[Grid]:
    """Return invoices, payments and customers as tables that need no recognition."""
    lines = pd.DataFrame({name: pd.array(c, dtype="str") for name, c in audit.lines.items()})
    audit.lines.clear()
    lines.index = pd.Index(lines.pop("row").astype("int64") - 1)
    lines["amount"] = signed(lines["amount"], lines["side"])
    lines["foreign"] = signed(lines["foreign"], lines["side"])
    negative = lines["amount"].str.startswith("-")
    for word in ("document", "own_document", "key"):
        lines[word] = lines[word].mask(lines[word].isin(NO_NUMBER), "")
    is_receipt = lines["kind"] == RECEIPT
    parts = [
        ("invoices", _documents(lines[~is_receipt], negative[~is_receipt])),
        ("payments", _receipts(lines[is_receipt])),
        ("customers", _customers(audit, set(lines["customer"]))),
    ]
    found = [_grid(audit, role, rows) for role, rows in parts if len(rows)]
    return [replace(found[0], notes=tuple(audit.notes)), *found[1:]]


def signed(amount: pd.Series, side: pd.Series) -> pd.Series:
    """Return amounts with the sign of their side: credit is negative.

    Examples
    --------
    >>> signed(pd.Series(["12.50", "+12.50", "-3", "7-"]), pd.Series(["D", "C", "C", "C"])).tolist()
    ['12.50', '-12.50', '3', '7']
    """
    amount = amount.str.removeprefix("+")
    amount = ("-" + amount.str.removesuffix("-")).where(amount.str.endswith("-"), amount)
    return amount.mask(side.str.upper().str.startswith(CREDIT_SIDES), _turned(amount))


def _turned(amount: pd.Series) -> pd.Series:
    """Return amounts with the other sign."""
    is_minus = amount.str.startswith("-")
    return amount.str.lstrip("-").where(is_minus, "-" + amount).where(amount != "", "")


def _documents(lines: pd.DataFrame, negative: pd.Series) -> pd.DataFrame:
    """Return invoices and credit notes; a credit that names an invoice goes with that one."""
    pair = lines["customer"] + "\x00" + lines["document"]
    invoiced = pair[~negative & (lines["document"] != "")]
    names_invoice = negative & (lines["document"] != "") & is_member(pair, invoiced)
    own = lines["own_document"].mask(lines["own_document"] == "", lines["document"])
    named = lines["document"].mask(lines["document"] == "", lines["own_document"])
    at_once = lines["paid_on"] != ""
    paid = lines["amount"].where(at_once, "0") if at_once.any() else ""
    return pd.DataFrame(
        {
            "customer_id": lines["customer"],
            "document": named.mask(names_invoice, own),
            "applies_to": lines["applies_to"].mask(names_invoice, lines["document"]),
            "match_key": lines["key"],
            "issued_on": lines["issued_on"],
            "due_on": lines["due_on"],
            "amount": lines["amount"],
            "kind": np.where(negative, "credit", "invoice"),
            "settled_on": lines["paid_on"],
            "paid_amount": paid,
            "foreign_currency": lines["currency"],
            "foreign_amount": lines["foreign"].mask(lines["currency"] == "", ""),
            "text": lines["text"],
            "reason": lines["reason"],
            "opening": lines["opening"].mask(lines["kind"] == OPENING, OPENING),
        }
    )


def _receipts(lines: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": lines["customer"],
            "document": lines["document"],
            "match_key": lines["key"],
            "payment_id": lines["own_document"],
            "settled_on": lines["booked_on"],
            "amount": _turned(lines["amount"]),
            "kind": lines["settles"],
            "text": lines["text"],
            "reason": lines["reason"],
            "opening": lines["opening"],
        }
    )


def _customers(audit: AuditFile, used: set[str]) -> pd.DataFrame:
    """Return the customers that have lines, or that the file calls customers."""
    kept = [c for c in audit.customers if c["customer_id"] in used or c.get("type", "") != "S"]
    if not kept:
        return pd.DataFrame()
    frame = pd.DataFrame(kept).fillna("").astype("str").drop(columns="type", errors="ignore")
    frame.index = pd.Index(frame.pop("row").astype("int64") - 1)
    return frame


def _grid(audit: AuditFile, role: str, rows: pd.DataFrame) -> Grid:
    """Return a table with the names of the format, and the kinds of its cells."""
    reasons = rows["reason"] if "reason" in rows else pd.Series("", index=rows.index)
    opening = (rows["opening"] != "").to_numpy() if "opening" in rows else None
    rows = rows.drop(columns=["reason", "opening"], errors="ignore")
    day = "settled_on" if role == "payments" else "issued_on"
    filled = [c for c in rows if (rows[c] != "").any() or c in ("customer_id", "amount", day)]
    words = {
        word: audit.names.get(word, word) for word in filled if word != "text" or role == "payments"
    }
    headers = {word: words.get(word, audit.names.get(word, word)) for word in filled}
    taken: dict[str, str] = {}
    for word, header in headers.items():
        taken[word] = header if header not in taken.values() else f"{header} ({word})"
    words = {word: taken[word] for word in words}
    cells = rows[filled].rename(columns=taken)
    kinds = np.full(cells.shape, TEXT_CELL, dtype="int8")
    for word in ("amount", "paid_amount", "foreign_amount", "credit_limit"):
        if word in words:
            place = filled.index(word)
            is_number = matches(rows[word].str.strip(), r"^-?\d+(\.\d*)?$")
            kinds[is_number, place] = NUMBER_CELL
    # A sign of the decimal that no number of XML has is left unread.
    known = KnownTable(
        role,
        words,
        reasons.to_numpy(dtype=object),
        audit.books if role in ("invoices", "payments") else Books(),
        tuple(audit.tie_outs) if role == "invoices" else (),
        audit.currency.upper() if CURRENCY.fullmatch(audit.currency) else "",
        opening,
    )
    return Grid(audit.file, role, cells, kinds, known=known)


def day_of(text: str) -> str:
    """Return the day of a text, ``""`` when it holds none.

    Examples
    --------
    >>> day_of("2026-12-31T00:00:00"), day_of("2026-02-30"), day_of("31-12-2026")
    ('2026-12-31', '', '')
    """
    found = parse_dates(pd.Series([text.strip()[:10]])).days[0] if ISO_DAY.match(text) else None
    return "" if pd.isna(found) else str(found)[:10]


def day_before(day: str) -> str:
    """Return the day before, ``""`` when a text is no day: it was open at the end of that day."""
    found = day_of(day)
    return str(np.datetime64(found, "D") - 1) if found else ""


def signed_cents(amount: str, side: str) -> int:
    """Return the cents of an amount with the sign of its side, as :func:`signed`."""
    cents = cents_of(amount)
    return -cents if side.upper().startswith(CREDIT_SIDES) else cents


def cents_of(amount: str) -> int:
    """Return the cents of a number; 0 when it is none.

    Examples
    --------
    >>> cents_of("-12.5"), cents_of("7"), cents_of("0.299"), cents_of("1.234,50"), cents_of("x")
    (-1250, 700, 30, 123450, 0)
    """
    found = PLAIN.fullmatch(amount)
    if found is None:
        return _written_cents(amount) if amount else 0
    cents = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
    return -cents if found[1] else cents


@lru_cache(maxsize=1 << 16)
def _written_cents(amount: str) -> int:
    decimal = "," if amount.rfind(",") > amount.rfind(".") else "."
    found = parse_amounts(pd.Series([amount], dtype="str"), np.zeros(1, dtype=bool), decimal)
    return int(found.cents[0])
