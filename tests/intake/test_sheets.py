"""Sheets as people keep them: merged, hidden, and workbooks that are something else inside."""

from __future__ import annotations

import importlib.util
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from credit_helpers.errors import InputError
from credit_helpers.intake.read import read_ledger

_spec = importlib.util.spec_from_file_location("formats", Path(__file__).with_name("formats.py"))
assert _spec is not None and _spec.loader is not None
formats = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(formats)

HEAD = ["Debiteurnummer", "Naam", "Factuurnummer", "Factuurdatum", "Vervaldatum", "Bedrag"]
ROWS = [
    ["001", "Alfa", "F1", date(2026, 1, 13), date(2026, 2, 12), 100.0],
    ["001", "Alfa", "F2", date(2026, 1, 14), date(2026, 2, 13), 200.0],
    ["002", "Beta", "F3", date(2026, 1, 15), date(2026, 2, 14), 300.0],
]


def notes(path: Path) -> dict[str, dict[str, object]]:
    return {note.code: note.values for note in read_ledger(path).notes}


def merged_book(path: Path, *, hide: bool = False) -> Path:
    """Write the rows with number, name and a total of the debtor merged over two rows."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, old = book.add_worksheet("Per & klant"), book.add_worksheet("Oud")
        old.write(0, 0, "x")
        sheet.write_row(0, 0, [*HEAD, "Totaal klant"])
        for place, row in enumerate(ROWS, start=1):
            sheet.write_row(place, 2, [row[2], "13-01-2026", "12-02-2026", row[5]])
        sheet.merge_range(1, 0, 2, 0, 1001)
        sheet.merge_range(1, 1, 2, 1, "Alfa")
        sheet.merge_range(1, 6, 2, 6, 300)
        sheet.write_row(3, 0, [1002, "Beta"])
        if hide:
            old.hide()
            sheet.set_row(2, None, None, {"hidden": True})
            sheet.set_row(40, None, None, {"hidden": True})
            sheet.set_column(4, 5, None, None, {"hidden": True})
            sheet.set_column(9, 16_383, None, None, {"hidden": True})
    return path


def test_a_merged_name_belongs_to_each_of_its_rows(tmp_path: Path) -> None:
    ledger = read_ledger(merged_book(tmp_path / "a.xlsx"))
    assert ledger.items["customer_id"].tolist() == ["1001", "1001", "1002"]
    assert ledger.items["amount_cents"].tolist() == [10_000, 20_000, 30_000]
    assert ledger.customers["name"].tolist() == ["Alfa", "Beta"]


def test_what_is_hidden_counts_and_is_told(tmp_path: Path) -> None:
    path = merged_book(tmp_path / "a.xlsx", hide=True)
    assert len(read_ledger(path).items) == 3
    found = notes(path)
    assert found["rows_hidden"] == {"file": "a.xlsx [Per & klant]", "rows_count": 1}
    assert found["columns_hidden"] == {"file": "a.xlsx [Per & klant]", "columns_count": 2}
    assert found["sheets_hidden"] == {"file": "a.xlsx", "sheets_count": 1}


BLAD = [
    ["Debiteur", "Factuurnr", "Factuurdatum", "Bedrag", "Telefoon", "Adres"],
    ["Alfa", "F1", date(2026, 1, 13), 100.0, "1", "a"],
    ["Beta", "F2", date(2026, 1, 14), 200.0, "2", "b"],
]


def test_what_is_hidden_in_a_workbook_of_97_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(formats.xls(BLAD, hide=True))
    assert len(read_ledger(path).items) == 2
    found = notes(path)
    assert found["rows_hidden"] == {"file": "a.xls [Blad1]", "rows_count": 1}
    assert found["columns_hidden"] == {"file": "a.xls [Blad1]", "columns_count": 2}
    path.write_bytes(formats.xls(BLAD))
    assert not {"rows_hidden", "columns_hidden"} & set(notes(path))


def test_what_is_hidden_in_a_sheet_of_opendocument_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    content = formats.ods(BLAD)
    path.write_bytes(content)
    assert not {"rows_hidden", "columns_hidden"} & set(notes(path))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["content.xml"].decode("utf-8")
    (name,) = re.findall(r'table:name="([^"]*)"', text)
    before, row, after = text.rpartition("<table:table-row")
    text = f'{before}{row} table:visibility="filter"{after}'
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    parts["content.xml"] = re.sub(r"(<table:table [^>]*>)", rf"\1{columns}", text).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    found = notes(path)
    assert found["rows_hidden"] == {"file": f"a.ods [{name}]", "rows_count": 1}
    assert found["columns_hidden"] == {"file": f"a.ods [{name}]", "columns_count": 1}


PAGE = """<HTML xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<script>document.write("<table><tr><td>x</td></tr></table>")</script></head><body>
<table><tr><td colspan=6>Openstaande posten per 31-03-2026</td></tr></table>
<table border=1><tr><th>Debiteurnummer<th>Naam<th>Factuurnummer<th>Factuurdatum<th>Vervaldatum
<th>Bedrag</tr>
<tr><td rowspan=2>001</td><td rowspan=2>Caf\xe9 &amp; Zo\xeb<br>BV</td><td>F1</td>
<td>13-01-2026</td>
<td>12-02-2026</td><td>1.234,56</td></tr>
<tr><td>F2</td><td>14-01-2026<td>13-02-2026</td><td>&nbsp;-34,56</td></tr>
<tr><td colspan=5>Totaal</td><td>1.200,00</td></tr></table></body></html>"""


def test_a_page_that_is_called_an_excel_file(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_bytes(PAGE.encode("cp1252"))
    ledger = read_ledger(path)
    assert ledger.items["amount_cents"].tolist() == [123_456, -3_456]
    assert ledger.customers["name"].tolist() == ["Café & Zoë BV"]
    assert ledger.quarantine["reason"].tolist() == ["total_row"]


BOOK = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Worksheet ss:Name="Leeg"><Table/></Worksheet>
 <Worksheet ss:Name="Posten"><Table>
  <Row ss:Index="3"><Cell><Data ss:Type="String">Debiteurnummer</Data></Cell>
   <Cell><Data ss:Type="String">Factuurnummer</Data></Cell>
   <Cell ss:Index="4"><Data ss:Type="String">Factuurdatum</Data></Cell>
   <Cell><Data ss:Type="String">Bedrag</Data></Cell></Row>
  <Row><Cell ss:MergeDown="1"><Data ss:Type="String">Alfa</Data></Cell>
   <Cell><Data ss:Type="String">007</Data></Cell>
   <Cell ss:Index="4"><Data ss:Type="DateTime">2026-01-13T00:00:00.000</Data></Cell>
   <Cell><Data ss:Type="Number">1234.56</Data></Cell></Row>
  <Row ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="String">008</Data></Cell>
   <Cell ss:Index="4"><Data ss:Type="DateTime">2026-02-01T00:00:00.000</Data></Cell>
   <Cell><Data ss:Type="Number">-34.56</Data></Cell></Row>
 </Table></Worksheet>
 <Worksheet ss:Name="Oud"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
  <WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>"""


def test_the_xml_of_excel_2003(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text(BOOK, encoding="utf-8")
    items = read_ledger(path).items
    assert items["document"].tolist() == ["007", "008"]
    assert items["amount_cents"].tolist() == [123_456, -3_456]
    assert items["issued_on"].dt.strftime("%d-%m-%Y").tolist() == ["13-01-2026", "01-02-2026"]
    assert {"rows_hidden", "sheets_hidden"} <= set(notes(path))
    assert read_ledger(path).sources[0].name == "export.xls"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.xls", BOOK[:700], "file_truncated"),
        ("a.xls", BOOK.replace("<Workbook", '<!DOCTYPE a [<!ENTITY x "y">]><Workbook'),
         "xml_entities"),
        ("a.xls", BOOK.replace('ss:Index="4"', 'ss:Index="90000"'), "too_many_columns"),
        ("a.xls", BOOK.replace('ss:Index="3"', 'ss:Index="99999999"'), "sheet_too_wide"),
        ("a.xls", "<html><body><p>U bent uitgelogd</p></body></html>", "file_web_page"),
        ("a.csv", "MIME-Version: 1.0\nContent-Type: multipart/related", "file_type"),
        ("a.xls", "%PDF-1.7", "file_type"),
        ("a.xls", "{\\rtf1 Openstaande posten}", "file_type"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, text: str, code: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_ledger(path)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert caught.value.text("nl") and caught.value.text("en")


def test_a_damaged_workbook_leaves_no_trace_on_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 40 + formats.xls([HEAD])[48:])
    with pytest.raises(InputError):
        read_ledger(path)
    assert capfd.readouterr().err == ""


def sheets(path: Path, pages: dict[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd-mm-yyyy"}) as book:
        for name, rows in pages.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return path


SHORT, SHORT_ROWS = HEAD[2:], [row[2:] for row in ROWS]


def test_a_sheet_per_debtor_names_the_debtor(tmp_path: Path) -> None:
    pages = {
        "Alfa": [SHORT, *SHORT_ROWS[:2]],
        "Beta": [SHORT, SHORT_ROWS[2], ["Totaal", "", "", 300]],
    }
    ledger = read_ledger(sheets(tmp_path / "a.xlsx", pages))
    assert ledger.items["customer_id"].tolist() == ["Alfa", "Alfa", "Beta"]
    assert ledger.quarantine["reason"].tolist() == ["total_row"]
    assert "debtor_from_sheet" in {note.code for note in ledger.notes}


def test_a_title_names_the_debtor_of_its_sheet(tmp_path: Path) -> None:
    pages = {"Blad1": [["Debiteur: Alfa B.V."], SHORT, *SHORT_ROWS]}
    ledger = read_ledger(sheets(tmp_path / "a.xlsx", pages))
    assert ledger.customers["name"].tolist() == ["Alfa B.V."]


@pytest.mark.parametrize("names", [("jan", "feb"), ("Blad1", "Blad2"), ("2025", "2026")])
def test_a_month_is_no_debtor(tmp_path: Path, names: tuple[str, str]) -> None:
    pages = {names[0]: [SHORT, *SHORT_ROWS[:2]], names[1]: [SHORT, *SHORT_ROWS[2:]]}
    with pytest.raises(InputError) as caught:
        read_ledger(sheets(tmp_path / "a.xlsx", pages))
    assert {fault.code for fault in caught.value.faults} == {"no_customer_column"}


def test_sheets_per_month_and_a_summary_beside_them(tmp_path: Path) -> None:
    pages = {
        "Samenvatting": [["Debiteur", "Openstaand"], ["Alfa", 300], ["Beta", 300], ["Totaal", 600]],
        "jan": [HEAD, *ROWS[:2]],
        "feb": [HEAD, *ROWS],
    }
    ledger = read_ledger(sheets(tmp_path / "a.xlsx", pages))
    assert sorted(ledger.items["amount_cents"]) == [10_000, 20_000, 30_000]
    assert ledger.quarantine["reason"].tolist() == ["duplicate_elsewhere"] * 2
