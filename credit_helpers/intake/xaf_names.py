"""What the versions of the Dutch audit file call things, and how they are told apart."""

from __future__ import annotations

import re
from typing import Any

from credit_helpers.intake.xml_file import fields

VERSION = re.compile(r"(?:XAF|CLAIR|auditfile)\D{0,3}(\d+(?:\.\d+)*)", re.IGNORECASE)
DEBTORS = re.compile(r"debiteur|debtor|receivable|klanten\b|afnemers", re.IGNORECASE)
NOT_DEBTORS = re.compile(
    r"voorziening|provision|dubieu|oninbaar|afschrijv|crediteur|creditor|nog te factureren",
    re.IGNORECASE,
)
DEBTORS_CODE, PROVISION_CODE = re.compile(r"^BVorDeb", re.I), re.compile(r"^BVorDebV", re.I)
CODE_NAMES = ("leadReference", "leadCode", "RGScode", "rgsCode")
OTHER_NAMES = {
    "accountID": "accID", "accountDesc": "accDesc", "accountType": "accTp", "leadCode": "leadCode",
    "companyName": "custSupName", "type": "custSupTp", "documentID": "docRef",
    "effectiveDate": "effDate", "description": "desc", "transactionDate": "trDt",
    "transactionID": "nr", "recordID": "nr", "journalID": "jrnID", "currencyCode": "curCode",
}  # fmt: skip
NAMES = {
    "customer_id": "custSupID", "name": "custSupName", "document": "invRef", "issued_on": "invDt",
    "due_on": "invDueDt", "amount": "amnt", "kind": "amntTp", "match_key": "matchKeyID",
    "applies_to": "invRef", "settled_on": "trDt", "payment_id": "docRef", "text": "desc",
    "kvk": "commerceNr", "vat_id": "taxRegIdent", "country": "country", "terms": "paymentTerm",
    "credit_limit": "custCreditLimit",
}  # fmt: skip


def format_of(namespace: str, stated: str) -> str:
    """Return format and version, by the namespace or by what the header states.

    Examples
    --------
    >>> format_of("http://www.auditfiles.nl/XAF/3.2", ""), format_of("", "CLAIR2.00.00")
    ('XAF 3.2', 'CLAIR 2.00.00')
    """
    found = VERSION.search(namespace) or VERSION.search(f"XAF {stated}")
    if found is None:
        return "XAF"
    return f"CLAIR {found[1]}" if found[1].startswith("2") else f"XAF {found[1]}"


def known_fields(element: Any) -> dict[str, str]:
    """Return the texts of an element by the names of version 3."""
    found = fields(element)
    for other, name in OTHER_NAMES.items():
        if other in found and name not in found:
            found[name] = found[other]
    return found


def document_currency(element: Any) -> str:
    """Return the currency of the document, which a line names when it is not the file's own."""
    return next(((child.text or "").strip() for child in element.iter("{*}curCode")), "")


def line_fields(line: Any) -> dict[str, str]:
    """Return a line of a booking, with one amount and its side."""
    found = known_fields(line)
    for name, side in (("debitAmount", "D"), ("creditAmount", "C")):
        if found.get(name):
            found["amnt"], found["amntTp"] = found[name], side
    return found


def is_debtors(account: dict[str, str]) -> bool:
    """Return whether an account holds debtors, by its reference code or its name.

    A provision for bad debts is no such account.

    Examples
    --------
    >>> is_debtors({"accDesc": "Debiteuren"}), is_debtors({"accDesc": "Voorziening debiteuren"})
    (True, False)
    """
    text = account.get("accDesc", "")
    codes = [account.get(name, "") for name in CODE_NAMES]
    by_code = any(DEBTORS_CODE.match(c) and not PROVISION_CODE.match(c) for c in codes)
    by_name = bool(DEBTORS.search(text)) and account.get("accTp", "B")[:1].upper() != "P"
    return (by_code or by_name) and not NOT_DEBTORS.search(text)
