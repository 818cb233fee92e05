"""Files made to harm are refused at once, in the user's words; archives are read with care."""

from __future__ import annotations

import importlib.util
import io
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from credit_helpers.errors import InputError
from credit_helpers.intake.read import read_ledger

_spec = importlib.util.spec_from_file_location("formats", Path(__file__).with_name("formats.py"))
assert _spec is not None and _spec.loader is not None
formats = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(formats)

MAX_SECONDS = 5
ROWS = "Klant;Factuurnr;Factuurdatum;Vervaldatum;Bedrag\nA;1;13-01-2026;13-02-2026;10,00\n"


def workbook(path: Path, change: Callable[[bytes], bytes] = bytes, part: str = "") -> None:
    """Write a workbook of one row, with one of its parts changed."""
    plain = path.with_suffix(".plain")
    book = xlsxwriter.Workbook(str(plain))
    sheet = book.add_worksheet()
    for row, line in enumerate(ROWS.splitlines()):
        sheet.write_row(row, 0, line.split(";"))
    book.close()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as sink:
        for info in source.infolist():
            data = source.read(info.filename)
            hit = bool(part) and info.filename.endswith(part)
            sink.writestr(info.filename, change(data) if hit else data)
    plain.unlink()


def zipped(path: Path, **members: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)


def far_cell(path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    workbook(path, lambda data: data.replace(b"</sheetData>", far), "sheet1.xml")


def blown_up(path: Path) -> None:
    workbook(path, lambda data: data + b"a" * 60_000_000, "sharedStrings.xml")


def entities(path: Path) -> None:
    mark = b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">]><sst><si><t>&a;</t></si></sst>'
    workbook(path, lambda data: mark, "sharedStrings.xml")


def cut(path: Path) -> None:
    workbook(path)
    path.write_bytes(path.read_bytes()[:-300])


def many_rows(path: Path) -> None:
    pq.write_table(pa.table({"Klant": pa.nulls(21_000_000, pa.int64())}), path)


def single_quotes(path: Path) -> None:
    far = b"<row r='1048576'><c s='1' r='XFD1048576'><v>1</v></c></row></sheetData>"
    workbook(path, lambda data: data.replace(b"</sheetData>", far), "sheet1.xml")


def sparse(path: Path) -> None:
    far = b'<row spans="1:9" r="90000"><c r="KN90000"><v>1</v></c></row></sheetData>'
    workbook(path, lambda data: data.replace(b"</sheetData>", far), "sheet1.xml")


def repeated(path: Path, told: str) -> None:
    """Write a sheet of OpenDocument with a cell that says how often it is repeated."""
    data = formats.ods([["Klant", "Factuurnummer"]])
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    cell = b"<table:table-cell "
    parts["content.xml"] = parts["content.xml"].replace(cell, cell + told.encode() + b" ", 1)
    path.write_bytes(formats.zipped(parts))


def broken_ods(path: Path) -> None:
    repeated(path, "<<")


def far_row_of_97(path: Path) -> None:
    data = formats.xls([["Klant", "Factuurnummer"], ["A", "1"]])
    cell = data.rfind(b"\x04\x02")
    path.write_bytes(data[: cell + 4] + struct.pack("<HH", 65_535, 65_535) + data[cell + 8 :])


def stated_size(path: Path) -> None:
    """Let the last cell of a sheet call itself the size of the sheet."""
    data = formats.xls([["Klant", 1.0]])
    size = struct.pack("<HHIIHH", 0x0200, 14, 0, 1_000_000, 0, 60_000)
    cell = data.rfind(struct.pack("<HH", 0x0203, 14))
    path.write_bytes(data[:cell] + size + b"\x00\x00" + data[cell + 18 :])


HOSTILE: list[tuple[str, Callable[[Path], object], str]] = [
    ("far.xlsx", far_cell, "sheet_too_wide"),
    ("quotes.xlsx", single_quotes, "sheet_too_wide"),
    ("sparse.xlsx", sparse, "sheet_too_wide"),
    (
        "wide.ods",
        lambda p: repeated(p, 'table:number-columns-repeated="9000000"'),
        "sheet_too_wide",
    ),
    ("broken.ods", broken_ods, "file_damaged"),
    ("far.xls", far_row_of_97, "sheet_too_wide"),
    ("stated.xls", stated_size, "sheet_too_wide"),
    ("long.csv", lambda p: p.write_text(";" * 900 + "\n" + ROWS * 15_000), "too_many_columns"),
    (
        "spans.xls",
        lambda p: p.write_text(
            "<html><table>" + "<tr><td colspan=2000 rowspan=9999>x</td></tr>" * 500
        ),
        "too_many_columns",
    ),
    ("bomb.xlsx", blown_up, "file_too_large"),
    ("entities.xlsx", entities, "file_damaged"),
    ("cut.xlsx", cut, "file_damaged"),
    ("wide.csv", lambda p: p.write_text("Klant," + ",".join("abc") * 400_000), "line_too_long"),
    ("wide.csv", lambda p: p.write_text(",".join("k" * 3000) + "\n1\n"), "too_many_columns"),
    ("cells.csv", lambda p: p.write_text((";".join("1" * 400_000) + "\n") * 3), "too_many_columns"),
    ("line.txt", lambda p: p.write_text("a" * 3_000_000), "line_too_long"),
    ("rows.parquet", many_rows, "file_too_large"),
    ("bomb.zip", lambda p: zipped(p, a_csv=b"0" * 60_000_000), "file_too_large"),
    ("none.zip", lambda p: zipped(p, a_exe=b"MZ", b_zip=b"PK"), "zip_without_files"),
    ("bad.zip", lambda p: p.write_bytes(b"PK\x03\x04 nothing"), "file_damaged"),
    ("mark.xml", lambda p: p.write_text("<auditfile " + 'a="x" ' * 500_000), "line_too_long"),
    ("deep.xml", lambda p: p.write_text("<auditfile>" + "<a>" * 100_000), "file_truncated"),
    ("web.xls", lambda p: p.write_text("<html><table></table></html>"), "file_web_page"),
]


@pytest.mark.parametrize(("name", "make", "code"), HOSTILE)
def test_refused_in_seconds(
    tmp_path: Path, name: str, make: Callable[[Path], object], code: str
) -> None:
    path = tmp_path / name
    make(path)
    start = time.perf_counter()
    with pytest.raises(InputError) as caught:
        read_ledger(path)
    assert time.perf_counter() - start < MAX_SECONDS
    assert [fault.code for fault in caught.value.faults] == [code]
    assert caught.value.text("nl") and caught.value.text("en")


def test_an_archive_is_read_and_writes_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "export.zip"
    path.parent.mkdir()
    zipped(path, ____evil_csv=ROWS.encode(), leesmij_md=b"#")
    ledger = read_ledger(path)
    assert ledger.items["amount_cents"].tolist() == [1000]
    assert [(source.name, source.table) for source in ledger.sources] == [("evil.csv", "invoices")]
    assert [found.name for found in tmp_path.rglob("*.csv")] == []


def test_text_that_calls_itself_a_workbook_of_old(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text(ROWS.replace(";", "\t"), encoding="utf-8")
    assert read_ledger(path).items["amount_cents"].tolist() == [1000]


def test_formulas_and_markup_in_names_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    name = "=HYPERLINK(1)<b>"
    path.write_text(ROWS.replace("A;", f"{name};"), encoding="utf-8")
    assert read_ledger(path).customers["name"].tolist() == [name]
