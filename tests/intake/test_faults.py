"""What cannot be read is refused in the user's words, with the place and the cure."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest
import xlsxwriter

from credit_helpers.errors import InputError
from credit_helpers.intake.check import check
from credit_helpers.intake.read import read_ledger
from credit_helpers.words import Words, texts

HEAD = "Customer,Invoice,Invoice Date,Due Date,Amount"


def fault(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_ledger(path)
    for language in ("nl", "en"):
        assert caught.value.text(language)
    return ",".join(sorted(each.code for each in caught.value.faults))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "file_empty"),
        ("blank.csv", b"\n\n;;\n", "file_empty"),
        ("empty.xlsx", b"", "file_empty"),
        ("a.pdf", b"%PDF-1.4", "file_type"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "file_xml"),
        ("a.csv", b"<html><table></table></html>", "file_web_page"),
        ("a.csv", b"PK\x03\x04....", "file_disguised"),
        ("a.xlsx", b"a,b\n1,2\n", "not_a_workbook"),
        ("a.xlsx", b"PK\x03\x04....", "file_damaged"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "file_encrypted"),
        ("a.parquet", b"PAR1nothing", "file_damaged"),
        ("a.csv", "Klant,Café\nZoë".encode()[:-1], "file_truncated"),
        ("a.csv", b"\x81\x8d\x8f,\x90\n", "encoding_unknown"),
        ("a.csv", b"1,A,F1,2026-01-13,10.00\n2,B,F2,2026-01-13,11.00\n", "no_columns"),
        ("a.csv", HEAD.encode(), "no_rows"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert fault(tmp_path / name) == code


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["Customer,Invoice,Amount", "A,1,10.00"], "no_issue_date_column"),
        (["Customer,Invoice,Invoice Date", "A,1,2026-01-13"], "no_amount_column"),
        (["Invoice,Invoice Date,Due Date,Amount", "1,2026-01-13,,1"], "no_customer_column"),
        (["Customer,Credit Limit", "A,100"], "no_invoices"),
        (["Vendor No,Vendor Name,Invoice No,Invoice Date,Amount", "1,A,2,2026-01-13,5"],
         "creditor_list"),
        (["Crediteur;Factuurnr;Factuurdatum;Bedrag", "A;1;13-01-2026;5"], "creditor_list"),
        ([HEAD, "A,1,00:00.0,00:00.0,10.00"], "dates_destroyed,dates_destroyed"),
        ([HEAD, "A,1,week 3,2026-01-13,10.00"], "dates_unreadable"),
        ([HEAD, "A,1,2026-01-13,2026-01-13,veel"], "amounts_unreadable"),
        ([HEAD, "A,1,01-02-2026,03-04-2026,10.00"], "question_dates"),
        ([HEAD, "A,1,2026-01-13,2026-02-12,1.234"], "question_decimals"),
        ([HEAD, 'A,1,2026-01-13,2026-02-12,"1,5', "B,2,2026-01-13,2026-02-12,3"], "quote_open"),
        ([HEAD, '"A,1,2026-01-13,2026-02-12,1', 'B",2,2026-01-13,2026-02-12,3']
         + ["C,3,2026-01-13,2026-02-12,1"] * 3, "quote_swallows_rows"),
        ([HEAD, "A,1,2026-01-13,2026-02-12,1.161,41"], "decimal_comma_unquoted"),
        ([HEAD, "A,1,2026-01-13,2026-02-12,x,y"], "rows_ragged"),
        ([HEAD, "A,1,,2026-02-12,10.00"], "no_rows_accepted"),
    ],
)  # fmt: skip
def test_tables_that_cannot_be_read(write, lines: list[str], code: str) -> None:
    assert fault(write("a.csv", *lines)) == code


def test_a_list_called_creditors(write) -> None:
    path = write(
        "openstaande crediteuren.csv",
        "Relatie;Factuurnr;Factuurdatum;Vervaldatum;Bedrag",
        "A;1;13-01-2026;12-02-2026;5",
    )
    assert fault(path) == "creditor_list"


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    assert fault(tmp_path / "weg.csv") == "file_missing"
    assert fault(tmp_path) == "folder_empty"


def test_half_converted_dates(tmp_path: Path) -> None:
    """A spreadsheet stored 3 February for 2 March, and left 13-02 as text."""
    import datetime as dt

    path = tmp_path / "half.xlsx"
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd-mm-yyyy"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Klant", "Factuurnr", "Factuurdatum", "Vervaldatum", "Bedrag"])
    for row in range(1, 13):
        day = dt.datetime(2026, 2, row)
        sheet.write_row(row, 0, ["A", row, day, "2026-12-31", 10])
    sheet.write_row(13, 0, ["A", 13, "13-02-2026", "2026-12-31", 10])
    book.close()
    assert fault(path) == "dates_half_converted"


def test_all_faults_at_once(write) -> None:
    write("a.csv", HEAD, "A,1,01-02-2026,03-04-2026,1.234")
    path = write("b.xml", "<?xml version='1.0'?><a/>")
    assert fault(path.parent) == "file_xml,question_dates,question_decimals"


def test_check_tells_and_never_raises(write) -> None:
    found = check(write("a.csv", HEAD, "A,1,01-02-2026,03-04-2026,10.00"))
    assert [question.code for question in found.questions] == ["question_dates"]
    assert found.needs_person
    assert {column.word for column in found.columns} >= {"customer_id", "issued_on", "amount"}


def test_check_counts_per_reason(write) -> None:
    rows = ["A,1,2026-01-13,2026-02-12,10.00"] * 3 + ["B,2,2026-01-13,2026-02-12,"]
    found = check(write("a.csv", HEAD, *rows))
    assert found.reasons[["reason", "rows_count", "cents", "first_row"]].to_numpy().tolist() == [
        ["exact_duplicate", 2, 2000, 3],
        ["missing_amount", 1, 0, 5],
    ]


def test_no_message_names_a_debtor_or_an_amount(write) -> None:
    path = write("a.csv", HEAD, "Geheim BV,1,week 3,x,98765 euro")
    with pytest.raises(InputError) as caught:
        read_ledger(path)
    assert "Geheim" not in caught.value.text("nl")
    assert "98765" not in caught.value.text("nl")


def test_every_note_can_be_told_in_both_languages() -> None:
    for language in ("nl", "en"):
        for key in [key for key in texts(language) if key.startswith("errors.note.")]:
            names = {name for _, name, _, _ in Formatter().parse(texts(language)[key]) if name}
            values = {name: 2 if name.endswith("_count") else "x" for name in names}
            assert Words(language).prose(key, **values)
