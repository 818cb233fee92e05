"""The layouts of the sample clients' files: headers, words, separators and signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from credit_helpers.portfolio.sample_profiles import PROFILES

DUTCH = {
    "invoices": {
        "document": "Factuurnummer",
        "customer_id": "Debiteurnummer",
        "name": "Debiteur",
        "issued_on": "Factuurdatum",
        "due_on": "Vervaldatum",
        "delivered_on": "Leverdatum",
        "order_ref": "Bestelnummer",
        "amount_cents": "Bedrag incl. btw",
        "kind": "Soort",
    },
    "payments": {
        "document": "Factuurnummer",
        "customer_id": "Debiteurnummer",
        "settled_on": "Betaaldatum",
        "amount_cents": "Betaald bedrag",
        "kind": "Soort",
        "text": "Omschrijving",
    },
    "customers": {
        "customer_id": "Debiteurnummer",
        "name": "Debiteur",
        "kvk": "KvK-nummer",
        "country": "Land",
        "region": "Regio",
        "sector": "Sector",
        "terms_days": "Betalingstermijn",
        "credit_limit_cents": "Kredietlimiet",
        "insured_limit_cents": "Verzekerde limiet",
        "salesperson": "Accountmanager",
        "since_on": "Klant sinds",
        "group_id": "Concern",
        "is_consumer": "Particulier",
    },
    "promises": {
        "customer_id": "Debiteurnummer",
        "document": "Factuurnummer",
        "promised_on": "Toegezegd op",
        "promised_for": "Toegezegd voor",
        "amount_cents": "Bedrag",
    },
    "reminders": {
        "document": "Factuurnummer",
        "sent_on": "Verzonden op",
        "level": "Niveau",
        "channel": "Kanaal",
    },
    "disputes": {
        "document": "Factuurnummer",
        "disputed_on": "Betwist op",
        "resolved_on": "Opgelost op",
        "reason": "Reden",
    },
}
ENGLISH = {
    "invoices": {
        "document": "Invoice number",
        "customer_id": "Customer number",
        "name": "Customer name",
        "issued_on": "Invoice date",
        "due_on": "Due date",
        "amount_cents": "Amount incl. VAT",
        "kind": "Type",
    },
    "payments": {
        "document": "Invoice number",
        "customer_id": "Customer number",
        "settled_on": "Payment date",
        "amount_cents": "Paid amount",
        "kind": "Type",
        "text": "Description",
    },
    "customers": {
        "customer_id": "Customer number",
        "name": "Customer name",
        "kvk": "CoC number",
        "country": "Country",
        "region": "Region",
        "sector": "Sector",
        "terms_days": "Payment terms",
        "credit_limit_cents": "Credit limit",
        "insured_limit_cents": "Insured limit",
        "salesperson": "Account manager",
        "since_on": "Customer since",
        "group_id": "Group ID",
        "is_consumer": "Consumer",
    },
    "promises": {
        "customer_id": "Customer number",
        "document": "Invoice number",
        "promised_on": "Promised on",
        "promised_for": "Promised for",
        "amount_cents": "Amount",
    },
    "reminders": {
        "document": "Invoice number",
        "sent_on": "Sent on",
        "level": "Level",
        "channel": "Channel",
    },
    "disputes": {
        "document": "Invoice number",
        "disputed_on": "Disputed on",
        "resolved_on": "Resolved on",
        "reason": "Reason",
    },
}
DUTCH_WORDS = {
    "invoice": "Factuur",
    "credit_note": "Creditnota",
    "payment": "Ontvangst",
    "write_off": "Afboeking",
    True: "Ja",
    False: "Nee",
}
ENGLISH_WORDS = {
    "invoice": "Invoice",
    "credit_note": "Credit note",
    "payment": "Payment",
    "write_off": "Write-off",
    True: "Yes",
    False: "No",
}
DUTCH_FILES = {
    "invoices": "facturen",
    "payments": "ontvangsten",
    "customers": "debiteuren",
    "promises": "toezeggingen",
    "reminders": "aanmaningen",
    "disputes": "betwistingen",
}


@dataclass(frozen=True)
class Layout:
    """How one package writes its tables."""

    headers: dict[str, dict[str, str]]
    words: dict[Any, str]
    files: dict[str, str]
    suffix: str
    separator: str = ";"
    encoding: str = "utf-8"
    date: str = "%d-%m-%Y"
    decimal: str = ","
    title: str = ""  # some packages print the client and the day above the header

    def file(self, table: str) -> str:
        """Return the file name of a table."""
        return self.files[table] + self.suffix


LAYOUTS = {
    "wholesaler": Layout(DUTCH, DUTCH_WORDS, DUTCH_FILES, ".csv", encoding="cp1252"),
    "staffing": Layout(
        DUTCH,
        DUTCH_WORDS,
        DUTCH_FILES,
        ".xlsx",
        title=f"{PROFILES['staffing'].title} per 31-10-2026",
    ),
    "installer": Layout(
        ENGLISH,
        ENGLISH_WORDS,
        {table: table for table in ENGLISH},
        ".csv",
        separator=",",
        encoding="utf-8-sig",
        date="%Y-%m-%d",
        decimal=".",
    ),
}
