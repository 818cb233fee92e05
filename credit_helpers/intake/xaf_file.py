"""Reads a Dutch audit file (XAF 2, 3 and 4, CLAIR): whose it is, its accounts and customers."""

from __future__ import annotations

import mmap
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake import xaf_lines
from credit_helpers.intake.audit_lines import AuditFile, cents_of, day_of, grids_of
from credit_helpers.intake.tables import Books, Grid, TieOut
from credit_helpers.intake.xaf_lines import XafWalk
from credit_helpers.intake.xaf_names import (
    NAMES,
    format_of,
    is_debtors,
    is_known_format,
    known_fields,
    settled_as,
)
from credit_helpers.intake.xml_file import Xml, local, records
from credit_helpers.portfolio.ledger import Note

CODINGS = ("ascii", "utf-16-le", "utf-16-be")


def read_xaf(xml: Xml) -> list[Grid]:
    """Return the debtors of an audit file as tables.

    Lines of a sub-ledger of customers are taken where the file has one; else those of the
    accounts of debtors, which have no due dates.

    Raises
    ------
    InputError
        When the file is damaged or holds no debtors.
    """
    walk = _walk(xml, has_subledger=_has(xml, "sbLine"))
    if walk.has_subledger and not walk.sub_lines:
        walk = _walk(xml, has_subledger=False)
    _finish(walk, xml)
    return grids_of(walk.audit)


def _walk(xml: Xml, *, has_subledger: bool) -> XafWalk:
    audit = AuditFile(xml.path.name, format_of(xml.namespace, *xml.stated), names=NAMES)
    walk = XafWalk(audit, has_subledger)
    for name, element in records(xml, HANDLERS):
        HANDLERS[name](walk, element)
    return walk


def _has(xml: Xml, mark: str) -> bool:
    with xml.path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as m:
        return any(m.find(mark.encode(coding)) >= 0 for coding in CODINGS)


def _header(walk: XafWalk, element: Any) -> None:
    found, audit = known_fields(element), walk.audit
    audit.currency = found.get("curCode", "")
    days = (day_of(found.get(word, "")) for word in ("startDate", "endDate", "dateCreated"))
    start, *ends = days
    audit.books = Books(
        number=found.get("companyID", ""),
        name=found.get("custSupName", ""),
        tax=found.get("taxRegistrationNr", ""),
        start=start,
        until=min(filter(None, ends), default=""),
    )
    if audit.format == "XAF":
        audit.format = format_of(found.get("auditfileVersion", ""))


def _company(walk: XafWalk, element: Any) -> None:
    """Keep number, name and VAT number of the company itself; customers have the same fields."""
    if local(element.getparent()) == "company":
        word = {"companyIdent": "number", "companyName": "name", "taxRegIdent": "tax"}
        told = {word[local(element)]: (element.text or "").strip()}
        walk.audit.books = replace(walk.audit.books, **told)


def _customer(walk: XafWalk, element: Any) -> None:
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
    if found.get("opBalTp") and values["type"] != "S" and cents_of(found.get("opBalDesc", "")):
        xaf_lines.customer_opening(walk, element.sourceline, values["customer_id"], found)


def _account(walk: XafWalk, element: Any) -> None:
    found = known_fields(element)
    if is_debtors(found):
        walk.accounts[found.get("accID", "")] = found.get("accDesc", "")
    elif kind := settled_as(found):
        walk.losses[found.get("accID", "")] = kind


def _opening_day(walk: XafWalk, element: Any) -> None:
    walk.opened_on = (element.text or "").strip()[:10]


def _finish(walk: XafWalk, xml: Xml) -> None:
    audit = walk.audit
    values: dict[str, object] = {"file": audit.file, "format": audit.format}
    if not audit.lines["row"]:
        raise InputError(Fault("audit_no_debtors", values))
    account = " + ".join(sorted(walk.ledger_cents or walk.accounts))
    audit.notes.insert(0, Note("audit_read", {**values, "until": audit.books.until}))
    audit.notes += [*xml.notes, *_notes(walk, values, account)]
    _tie_out(walk, account)


def _notes(walk: XafWalk, values: dict[str, object], account: str) -> list[Note]:
    audit, notes = walk.audit, []
    if not is_known_format(audit.format):
        notes.append(Note("audit_version", dict(values)))
    if not walk.has_subledger:
        notes.append(Note("audit_no_subledger", {**values, "account": account}))
    if audit.foreign_count:
        told = {"file": audit.file, "rows_count": audit.foreign_count, "currency": audit.currency}
        notes.append(Note("audit_foreign", dict(told)))
    if walk.undated:
        told = {"file": audit.file, "rows_count": walk.undated, "day": walk.opening_day}
        notes.append(Note("audit_opening_undated", dict(told)))
    return notes


def _tie_out(walk: XafWalk, account: str) -> None:
    """Hold the lines against the account, and the opening lines against its opening."""
    audit, opened = walk.audit, walk.ledger_opening_cents
    # Many packages write the opening in the general ledger only: then no line stands for it.
    cause = "no_items" if opened and not audit.opening_cents else ""
    if walk.ledger_cents:
        booked = sum(walk.ledger_cents.values())
        own = cause if booked - audit.line_cents == opened else ""
        audit.tie_outs.append(TieOut(account, booked, audit.line_cents, cause=own))
    if opened or audit.opening_cents:
        pair = (opened, audit.opening_cents)
        audit.tie_outs.append(TieOut(account, *pair, "opening_balance", cause))
    closing = audit.line_cents + (opened if cause else 0)
    opening = audit.opening_cents or opened
    audit.books = replace(audit.books, opening_cents=opening, closing_cents=closing)


HANDLERS: dict[str, Callable[[XafWalk, Any], None]] = {
    "header": _header,
    "companyIdent": _company,
    "companyName": _company,
    "taxRegIdent": _company,
    "customerSupplier": _customer,
    "ledgerAccount": _account,
    "opBalDate": _opening_day,
    "obLine": xaf_lines.opening_line,
    "transaction": xaf_lines.transaction,
    "obSbLine": xaf_lines.sub_line,
    "sbLine": xaf_lines.sub_line,
    "obSubledger": xaf_lines.sub_ledger,
    "subledger": xaf_lines.sub_ledger,
}
