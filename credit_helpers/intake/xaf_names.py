"""What the versions of the Dutch audit file call things, and how they are told apart."""

from __future__ import annotations

import re
from typing import Any

from credit_helpers.intake.xml_file import fields, local

VERSION = re.compile(r"(?:XAF|CLAIR|auditfile)\D{0,12}?(\d+(?:\.\d+)*)", re.IGNORECASE)
KNOWN_VERSIONS = re.compile(r"(?:XAF|CLAIR) [234](?:\.|$)")
DEBTORS = re.compile(r"debiteur|debtor|receivable|klanten\b|afnemers", re.IGNORECASE)
NOT_DEBTORS = re.compile(
    r"voorziening|provision|dubieu|oninbaar|afschrijv|crediteur|creditor|nog te factureren",
    re.IGNORECASE,
)
LOST = re.compile(
    r"oninba|dubieu|(?:afschr\w*|afboek\w*|voorz\w*)\W+.*debit|bad debt|write.?off", re.I
)
RATE_LOST = re.compile(r"koersver|koersres|exchange|currency (?:gain|loss|diff)", re.I)
VAT = re.compile(r"\bbtw\b|omzetbelasting|\bvat\b", re.I)
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


def format_of(*stated: str) -> str:
    """Return format and version, by the first text that tells: a namespace, a schema, a header.

    Examples
    --------
    >>> format_of("http://www.auditfiles.nl/XAF/3.2"), format_of("", "CLAIR2.00.00")
    ('XAF 3.2', 'CLAIR 2.00.00')
    >>> format_of("urn:a", "XmlAuditfileFinancieel3.1.xsd"), format_of("3.2"), format_of("")
    ('XAF 3.1', 'XAF 3.2', 'XAF')
    """
    texts = [f"XAF {text}" if text[:1].isdigit() else text for text in stated]
    found = next((match for text in texts if (match := VERSION.search(text))), None)
    if found is None:
        return "XAF"
    return f"CLAIR {found[1]}" if found[1].startswith("2") else f"XAF {found[1]}"


def is_known_format(name: str) -> bool:
    """Return whether this is a version whose names are known here.

    Examples
    --------
    >>> is_known_format("XAF 3.2"), is_known_format("XAF 5.0"), is_known_format("XAF")
    (True, False, False)
    """
    return KNOWN_VERSIONS.match(name) is not None


def known_fields(element: Any) -> dict[str, str]:
    """Return the texts of an element by the names of version 3."""
    found = fields(element)
    for other, name in OTHER_NAMES.items():
        if other in found and name not in found:
            found[name] = found[other]
    return found


def foreign_of(line: Any, found: dict[str, str], own: str) -> tuple[str, str]:
    """Return currency and amount of a line in another currency than the file's own, or blanks.

    Parameters
    ----------
    line : element
    found : dict of str to str
        Its fields, for a file that writes the currency beside the amount.
    own : str
        Currency of the file.
    """
    part = next((child for child in line if local(child) == "currency"), None)
    told = found if part is None else known_fields(part)
    code = told.get("curCode", "").upper()
    if code in ("", own.upper()):
        return "", ""
    names = ("curAmnt", "currencyDebitAmount", "currencyCreditAmount")
    return code, next((told[name] for name in names if told.get(name)), "")


def line_fields(line: Any) -> dict[str, str]:
    """Return a line of a booking, with one amount and its side."""
    found = known_fields(line)
    for name, side in (("debitAmount", "D"), ("creditAmount", "C")):
        if found.get(name):
            found["amnt"], found["amntTp"] = found[name], side
    return found


def settled_as(account: dict[str, str]) -> str:
    """Return how a booking against an account settles an invoice, ``""`` when it says nothing.

    Examples
    --------
    >>> settled_as({"accDesc": "Afschrijving dubieuze debiteuren"})
    'write_off'
    >>> [settled_as({"accDesc": name}) for name in ("Koersverschillen", "Btw hoog", "Bank")]
    ['fx', 'vat', '']
    """
    text = account.get("accDesc", "")
    kinds = (("write_off", LOST), ("fx", RATE_LOST), ("vat", VAT))
    return next((kind for kind, pattern in kinds if pattern.search(text)), "")


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
