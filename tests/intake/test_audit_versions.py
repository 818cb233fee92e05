"""Audit files as they come: namespaces, versions, declarations and encodings of all kinds."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.read import read_ledger
from credit_helpers.portfolio.ledger import Ledger

_spec = importlib.util.spec_from_file_location(
    "audit_files", Path(__file__).with_name("audit_files.py")
)
assert _spec is not None and _spec.loader is not None
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

PERSON = {"custSupID": "001", "custSupName": "Bêta “Zuid” B.V.", "custSupTp": "C"}
LINE = {"custSupID": "001", "mutTp": "I", "invDt": "2025-03-01", "invDueDt": "2025-03-31"}
SPACED = f'xmlns="{make.XAF3}"'
END = pd.Timestamp("2025-12-31")


def text_of(**more: object) -> str:
    lines = [make.sub_line(n, amnt=a, invRef=f"F{n}", **LINE) for n, a in ((1, "100.00"), (2, "7"))]
    return make.xaf(customers=[PERSON], lines=lines, **more)


def read(folder: Path, data: bytes | str, name: str = "a.xaf") -> Ledger:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_ledger(path)


def codes(ledger: Ledger) -> set[str]:
    return {note.code for note in ledger.notes}


def format_read(ledger: Ledger) -> object:
    return next(note.values["format"] for note in ledger.notes if note.code == "audit_read")


def prefixed(text: str) -> str:
    """Return the text with a prefix before every name instead of a default namespace."""
    head, body = text.split("\n", 1)
    body = body.replace("</", "\0").replace("<", "<af:").replace("\0", "</af:")
    return f"{head}\n{body.replace('xmlns=', 'xmlns:af=')}"


NAMESPACES = [
    (lambda text: text, "XAF 3.2"),
    (prefixed, "XAF 3.2"),
    (lambda text: text.replace("XAF/3.2", "XAF/3.0"), "XAF 3.0"),
    (lambda text: text.replace("XAF/3.2", "XAF/3.1/"), "XAF 3.1"),
    (lambda text: text.replace(SPACED, f'xmlns="{make.XAF4}"'), "XAF 4.0"),
    (lambda text: text.replace(SPACED, 'version="3.1"'), "XAF 3.1"),
    (
        lambda text: text.replace(
            SPACED,
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            'xsi:noNamespaceSchemaLocation="XmlAuditfileFinancieel3.2.xsd"',
        ),
        "XAF 3.2",
    ),
    (
        lambda text: text.replace(SPACED, "").replace(
            "<header>", "<header><auditfileVersion>3.2</auditfileVersion>"
        ),
        "XAF 3.2",
    ),
    (lambda text: text.replace("<auditfile ", "<AuditFile ").replace("</auditfile", "</AuditFile"),
     "XAF 3.2"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "name"), NAMESPACES)
def test_a_version_is_recognised_wherever_it_stands(tmp_path: Path, change, name: str) -> None:
    ledger = read(tmp_path, change(text_of()))
    assert format_read(ledger) == name
    assert ledger.at(END).outstanding_cents == 10_700
    assert "audit_version" not in codes(ledger)
    assert "due_dates" in ledger.capabilities


@pytest.mark.parametrize(
    ("space", "name"), [("", "XAF"), ("urn:something-else", "XAF"), ("XAF/5.1", "XAF 5.1")]
)
def test_a_version_that_nobody_knows_is_read_and_told(tmp_path: Path, space, name) -> None:
    ledger = read(tmp_path, text_of(namespace=space))
    assert format_read(ledger) == name
    assert ledger.at(END).outstanding_cents == 10_700
    assert "audit_version" in {note.code for note in ledger.notes if note.asks}


@pytest.mark.parametrize("stated", ["CLAIR2.00.00", "CLAIR 2.00.00", "CLAIR2.00", "2.00.00", "2.0"])
def test_versions_of_clair(tmp_path: Path, stated: str) -> None:
    sold = {"day": "2010-03-01", "debit": "100.00", "document": "F1"}
    paid = {"day": "2010-04-01", "credit": "60.00", "document": "F1", "journal": "B"}
    text = make.clair(sold, paid).replace("CLAIR2.00.00", stated)
    ledger = read(tmp_path, text.encode("latin-1"))
    assert str(format_read(ledger)).startswith("CLAIR 2.0")
    assert ledger.at(pd.Timestamp("2010-12-31")).outstanding_cents == 4_000
    assert ledger.customers["name"].tolist() == ["Café Zoë"]
    assert "audit_version" not in codes(ledger)


ENCODED = [
    ("UTF-8", "utf-8", False),
    ("UTF-8", "utf-8-sig", False),
    ("utf8", "utf-8", False),
    ("UTF-8", "cp1252", True),
    ("windows-1252", "cp1252", False),
    ("UTF-16", "utf-16", False),
    ("UTF-16", "utf-16-le", False),
    ("UTF-16", "utf-16-be", False),
    ("utf-16", "utf-8", False),
    ("utf-16", "utf-8-sig", False),
    ("utf-16", "cp1252", True),
]


@pytest.mark.parametrize(("declared", "coding", "is_told"), ENCODED)
def test_what_a_file_is_in_goes_before_what_it_says(
    tmp_path: Path, declared: str, coding: str, is_told: bool
) -> None:
    data = text_of().replace('encoding="UTF-8"', f'encoding="{declared}"').encode(coding)
    ledger = read(tmp_path, data)
    assert ledger.customers["name"].tolist() == [PERSON["custSupName"]]
    assert ledger.at(END).outstanding_cents == 10_700
    assert "due_dates" in ledger.capabilities
    assert ("audit_encoding" in codes(ledger)) == is_told


def test_a_file_without_a_declaration_on_one_line(tmp_path: Path) -> None:
    ledger = read(tmp_path, text_of().split("\n", 1)[1].replace("\n", "").encode("cp1252"))
    assert ledger.at(END).outstanding_cents == 10_700
    assert ledger.customers["name"].tolist() == [PERSON["custSupName"]]
    assert ledger.items["item_id"].is_unique


REFERRING = [
    '<!DOCTYPE auditfile SYSTEM "http://www.auditfiles.nl/x.dtd">',
    '<!DOCTYPE auditfile [<!ENTITY naam "Bêta">]>',
    '<!DOCTYPE auditfile [<!ENTITY bestand SYSTEM "file:///etc/passwd">]>',
    "<!doctype auditfile>",
]


@pytest.mark.parametrize("mark", REFERRING)
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_file_that_refers_or_defines_is_refused(tmp_path: Path, mark: str, coding: str) -> None:
    head, body = text_of().split("\n", 1)
    text = f"{head}\n{mark}\n{body}".replace("UTF-8", coding)
    with pytest.raises(InputError) as caught:
        read(tmp_path, text.encode(coding))
    assert [fault.code for fault in caught.value.faults] == ["xml_entities"]


def test_an_entity_that_nobody_defined_is_damage(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text_of().replace("B.V.", "&bv;"))
    assert [fault.code for fault in caught.value.faults] == ["xml_damaged"]


def portuguese(basis: str, body: str) -> str:
    head = make.tags(StartDate="2025-01-01", EndDate="2025-12-31", TaxAccountingBasis=basis)
    return (
        f'{make.HEAD}<AuditFile xmlns="urn:OECD:StandardAuditFile-Tax:PT_1.04_01">'
        f"<Header>{head}</Header><MasterFiles><Customer><CustomerID>C1</CustomerID></Customer>"
        f"</MasterFiles>{body}</AuditFile>"
    )


BOOKED = (
    "<GeneralLedgerEntries><Journal><Transaction><TransactionDate>2025-02-01</TransactionDate>"
    "<CustomerID>C1</CustomerID><Lines><DebitLine><AccountID>2111</AccountID><DebitAmount>123.00"
    "</DebitAmount></DebitLine></Lines></Transaction></Journal></GeneralLedgerEntries>"
)


@pytest.mark.parametrize(
    ("basis", "body", "code"),
    [
        ("C", BOOKED, "saft_accounting"),
        ("I", BOOKED, "saft_accounting"),
        ("F", "<SourceDocuments/>", "audit_no_debtors"),
    ],
)
def test_a_portuguese_file_without_documents_names_the_export_to_ask_for(
    tmp_path: Path, basis: str, body: str, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, portuguese(basis, body), "pt.xml")
    assert [fault.code for fault in caught.value.faults] == [code]
    assert ("SalesInvoices" in caught.value.text("nl")) == (code == "saft_accounting")
