"""Reads SAF-T: invoices and receipts where the file has them, else the customers' ledger lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
)
from credit_helpers.intake.tables import Books, Grid, TieOut
from credit_helpers.intake.xml_file import Xml, fields, local, records, text_at
from credit_helpers.portfolio.ledger import Note

COUNTRY = re.compile(r"(?:_|:|/)([A-Z]{2})(?:_|$|/)")
PORTUGUESE = "SAF-T PT"
CREDIT_TYPES = ("NC",)
PAID_AT_ONCE = ("FR", "VD")
REASONS = {"A": "annulled_document", "R": "summary_document", "F": "summary_document"}
CREDITS = re.compile(r"kredit|credit|gutschrift", re.IGNORECASE)
NAMES = {
    "customer_id": "CustomerID", "name": "CompanyName", "document": "InvoiceNo",
    "issued_on": "InvoiceDate", "due_on": "DueDate", "amount": "GrossTotal", "kind": "InvoiceType",
    "applies_to": "Reference", "settled_on": "TransactionDate", "payment_id": "PaymentRefNo",
    "paid_amount": "PaymentAmount", "text": "Description", "vat_id": "CustomerTaxID",
    "kvk": "RegistrationNumber", "country": "Country", "terms": "PaymentTerms",
}  # fmt: skip


@dataclass
class _Walk:
    """What is known at the place where the reading of the file is."""

    audit: AuditFile
    has_bookings: bool = False
    closing_cents: int = 0
    has_closing: bool = False
    accounts: set[str] = field(default_factory=set)
    openings: list[dict[str, str]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)


def read_saft(xml: Xml) -> list[Grid]:
    """Return the debtors of a SAF-T file as tables.

    Sales invoices and receipts are taken where the file has them (as the Portuguese do), else the
    lines of the general ledger that name a customer (as the Norwegian do).

    Raises
    ------
    InputError
        When the file is damaged or holds no debtors.
    """
    found = COUNTRY.search(xml.namespace)
    name = f"SAF-T {found[1]}" if found else "SAF-T"
    walk = _Walk(AuditFile(xml.path.name, name, names=NAMES))
    for tag, element in records(xml, HANDLERS):
        HANDLERS[tag](walk, element)
    if not walk.audit.lines["row"]:
        _take_entries(walk)
    _finish(walk, xml)
    return grids_of(walk.audit)


def _header(walk: _Walk, element: Any) -> None:
    found, audit = fields(element), walk.audit
    audit.currency = found.get("CurrencyCode", "") or found.get("DefaultCurrencyCode", "")
    country = found.get("AuditFileCountry", "") or text_at(element, "CompanyAddress", "Country")
    if audit.format == "SAF-T" and country:
        audit.format = f"SAF-T {country}"
    criteria = next((c for c in element if local(c) == "SelectionCriteria"), None)
    chosen = fields(criteria) if criteria is not None else {}
    first, last = chosen.get("PeriodStartYear", ""), chosen.get("PeriodEndYear", "")
    year = f"{last}-12-31" if last and chosen.get("PeriodEnd", "12") == "12" else ""
    start = found.get("StartDate", "") or chosen.get("SelectionStartDate", "")
    until = found.get("EndDate", "") or chosen.get("SelectionEndDate", "") or year
    company = next((fields(child) for child in element if local(child) == "Company"), found)
    audit.books = Books(
        number=company.get("RegistrationNumber", "") or found.get("CompanyID", ""),
        name=company.get("Name", "") or found.get("CompanyName", ""),
        tax=found.get("TaxRegistrationNumber", ""),
        start=day_of(start or f"{first}-01-01"),
        until=day_of(until),
    )


def _customer(walk: _Walk, element: Any) -> None:
    found = fields(element)
    customer = found.get("CustomerID", "")
    country = [text_at(element, name, "Country") for name in ("BillingAddress", "Address")]
    tax = text_at(element, "TaxRegistration", "TaxRegistrationNumber")
    walk.audit.customers.append(
        {
            "row": str(element.sourceline),
            "customer_id": customer,
            "name": found.get("CompanyName", "") or found.get("Name", ""),
            "kvk": found.get("RegistrationNumber", ""),
            "vat_id": found.get("CustomerTaxID", "") or tax,
            "country": next((code for code in country if code), ""),
            "terms": text_at(element, "PartyInfo", "PaymentTerms", "Days"),
        }
    )
    for part in (element, *element.iter("{*}BalanceAccountStructure")):
        _balances(walk, customer, part)
    element.clear()


def _balances(walk: _Walk, customer: str, part: Any) -> None:
    found = fields(part)
    for name, side in (("OpeningDebitBalance", "D"), ("OpeningCreditBalance", "C")):
        if cents_of(found.get(name, "")):
            values = {"row": str(part.sourceline), "customer": customer}
            walk.openings.append({**values, "amount": found[name], "side": side})
    closing = [found.get(name, "") for name in ("ClosingDebitBalance", "ClosingCreditBalance")]
    if any(closing):
        walk.has_closing = True
        walk.closing_cents += cents_of(closing[0]) - cents_of(closing[1])
        walk.accounts |= {found["AccountID"]} if found.get("AccountID") else set()


def _invoice(walk: _Walk, element: Any) -> None:
    found = fields(element)
    kind, number = found.get("InvoiceType", ""), found.get("InvoiceNo", "")
    day = found.get("InvoiceDate", "")[:10]
    named = [(text.text or "").strip() for text in element.iter("{*}Reference")]
    due = [(text.text or "").strip()[:10] for text in element.iter("{*}DueDate")]
    is_credit = kind in CREDIT_TYPES
    totals = next((child for child in element if local(child) == "DocumentTotals"), element)
    currency, foreign = _foreign(totals, walk.audit.currency)
    walk.audit.add(
        row=str(element.sourceline),
        customer=found.get("CustomerID", ""),
        document=number,
        own_document=number,
        applies_to=named[0] if is_credit and named else "",
        issued_on=day,
        due_on=due[0] if due else "",
        amount=text_at(element, "DocumentTotals", "GrossTotal"),
        side="C" if is_credit else "D",
        kind=INVOICE,
        paid_on=day if kind in PAID_AT_ONCE else "",
        reason=REASONS.get(text_at(element, "DocumentStatus", "InvoiceStatus"), ""),
        currency=currency,
        foreign=foreign,
    )
    element.clear()


def _foreign(totals: Any, own: str) -> tuple[str, str]:
    """Return currency and amount of what was not in the file's own currency, or blanks."""
    part = next((child for child in totals if local(child) == "Currency"), totals)
    found = fields(part)
    code = found.get("CurrencyCode", "").upper()
    return (code, found.get("CurrencyAmount", "")) if code not in ("", own.upper()) else ("", "")


def _payment(walk: _Walk, element: Any) -> None:
    """Take a receipt: one line per invoice that it names."""
    found = fields(element)
    values = {
        "customer": found.get("CustomerID", ""),
        "own_document": found.get("PaymentRefNo", ""),
        "booked_on": found.get("TransactionDate", "")[:10],
        "kind": RECEIPT,
        "reason": REASONS.get(text_at(element, "DocumentStatus", "PaymentStatus"), ""),
    }
    lines = [child for child in element if local(child) == "Line"]
    for line in lines:
        own = fields(line)
        side = "C" if own.get("CreditAmount") else "D"
        walk.audit.add(
            **values,
            row=str(line.sourceline),
            document=text_at(line, "SourceDocumentID", "OriginatingON"),
            amount=own.get("CreditAmount", "") or own.get("DebitAmount", ""),
            side=side,
        )
    if not lines:
        total = text_at(element, "DocumentTotals", "GrossTotal")
        walk.audit.add(**values, row=str(element.sourceline), amount=total, side="C")
    element.clear()


def _transaction(walk: _Walk, element: Any) -> None:
    """Keep the lines that name a customer, for a file without invoices."""
    own = fields(element)
    walk.has_bookings = True
    for line in (child for child in element if local(child) == "Line"):
        found = fields(line)
        if not found.get("CustomerID"):
            continue
        name = "DebitAmount" if "DebitAmount" in found else "CreditAmount"
        money = next((child for child in line if local(child) == name), line)
        currency, foreign = _foreign(money, walk.audit.currency)
        words = ("ReferenceNumber", "CrossReference", "SourceDocumentID")
        walk.entries.append(
            {
                "row": str(line.sourceline),
                "customer": found["CustomerID"],
                "references": [found[word] for word in words if found.get(word)],
                "booked_on": own.get("TransactionDate", "")[:10],
                "due_on": found.get("DueDate", "")[:10],
                "amount": text_at(line, name, "Amount") or found.get(name, ""),
                "side": "D" if name == "DebitAmount" else "C",
                "text": f"{found.get('Description', '')} {own.get('Description', '')}",
                "currency": currency,
                "foreign": foreign,
            }
        )
    element.clear()


def _take_entries(walk: _Walk) -> None:
    """Take ledger lines: a credit is a receipt, of the invoice that it names if it names one."""
    audit = walk.audit
    day = day_before(audit.books.start)
    for opening in walk.openings:
        audit.add(**opening, issued_on=day, booked_on=day, kind=OPENING)
    if walk.openings:
        values = {"file": audit.file, "rows_count": len(walk.openings), "day": day}
        audit.notes.append(Note("audit_opening_undated", dict(values)))
    invoiced = {
        (entry["customer"], text)
        for entry in walk.entries
        if entry["side"] == "D"
        for text in entry["references"][:1]
    }
    for entry in walk.entries:
        references = entry.pop("references") or [""]
        named = [text for text in references if (entry["customer"], text) in invoiced]
        is_credit = entry["side"] == "C"
        is_receipt = is_credit and not CREDITS.search(entry["text"])
        audit.add(
            **entry,
            issued_on=entry["booked_on"],
            document=(named or references)[0] if is_credit else references[0],
            own_document=references[0],
            kind=RECEIPT if is_receipt else INVOICE,
        )
    if walk.has_closing:
        account = " + ".join(sorted(walk.accounts))
        pair = (walk.closing_cents, audit.line_cents)
        cause = "" if walk.entries else "no_movement"
        audit.tie_outs.append(TieOut(account, *pair, "closing_balance", cause))


def _finish(walk: _Walk, xml: Xml) -> None:
    audit = walk.audit
    values: dict[str, object] = {"file": audit.file, "format": audit.format}
    if not audit.lines["row"]:
        is_accounting = audit.format == PORTUGUESE and walk.has_bookings
        code = "saft_accounting" if is_accounting else "audit_no_debtors"
        raise InputError(Fault(code, values))
    books = replace(audit.books, opening_cents=audit.opening_cents, closing_cents=audit.line_cents)
    audit.books = books
    audit.notes.insert(0, Note("audit_read", {**values, "until": books.until}))
    audit.notes += xml.notes
    if audit.foreign_count:
        told = {"file": audit.file, "rows_count": audit.foreign_count, "currency": audit.currency}
        audit.notes.append(Note("audit_foreign", dict(told)))


HANDLERS: dict[str, Callable[[_Walk, Any], None]] = {
    "Header": _header,
    "Customer": _customer,
    "Invoice": _invoice,
    "Payment": _payment,
    "Transaction": _transaction,
}
