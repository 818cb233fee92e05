"""The rows that were set aside: as they stood, as text, with the reason and the cure."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from credit_helpers.errors import ReportError
from credit_helpers.report.cover import Cover
from credit_helpers.report.quarantine_book import write_quarantine
from credit_helpers.words import Words

COVER = Cover("Jansen & Zn.", "31 maart 2026")
HOSTILE = {
    "=cmd|' /C calc'!A1": '=HYPERLINK("http://x.example")',
    "Link": "http://x.example/a",
    "Nummer": "00123",
    "Lang": "x" * 40_000,
    "Leeg": "",
}


def rows(*found: tuple[str, str, int, str, dict[str, str]]) -> pd.DataFrame:
    """Return rows as the intake sets them aside: file, sheet, row, reason, cells."""
    return pd.DataFrame(
        {
            "file": [file for file, *_ in found],
            "sheet": pd.array([sheet or pd.NA for _, sheet, *_ in found], dtype="string"),
            "row": [row for _, _, row, *_ in found],
            "table": "invoices",
            "reason": [reason for *_, reason, _ in found],
            "column": pd.array(["Bedrag"] * len(found), dtype="string"),
            "currency": pd.array(["EUR"] * len(found), dtype="string"),
            "cents": pd.array([1_000] * len(found), dtype="Int64"),
            "original": [json.dumps(cells) for *_, cells in found],
        }
    )


def read(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.values) for sheet in book.worksheets}


FRAME = rows(
    ("boek.xlsx", "Open", 9, "missing_amount", {"Factuur": "F2", "Bedrag": ""}),
    ("boek.xlsx", "Open", 4, "exact_duplicate", {"Factuur": "F1", "Datum": "01-02-2026"}),
    ("los.csv", "", 2, "missing_amount", HOSTILE),
)


@pytest.mark.parametrize(
    ("language", "reason", "cure", "total"),
    [
        ("nl", "Geen bedrag", "Vul het bedrag in de administratie aan", "Totaal"),
        ("en", "No amount", "Fill in the amount in the accounts", "Total"),
    ],
)
def test_each_table_has_a_sheet_with_its_rows_as_they_stood(
    tmp_path, language, reason, cure, total
) -> None:
    words = Words(language)
    path = write_quarantine(FRAME, tmp_path / "new" / "folder", COVER, words)
    assert path is not None
    front, table, loose = read(path).values()
    assert table[3][4:] == ("Factuur", "Datum", "Bedrag")
    assert [line[0] for line in table[4:]] == [4, 9]
    assert table[4][4:] == ("F1", "01-02-2026", None)
    assert table[5][1] == reason
    assert str(table[5][3]).startswith(cure)
    assert [line[0] for line in front[4:]] == ["boek.xlsx", "boek.xlsx", "los.csv", total]
    assert front[-1][5] == "=SUM(F5:F7)"
    assert loose[3][4] == "=cmd|' /C calc'!A1"


def test_text_never_becomes_a_formula_a_link_or_a_number(tmp_path) -> None:
    path = write_quarantine(FRAME, tmp_path, COVER, Words("nl"))
    assert path is not None
    sheet = openpyxl.load_workbook(path).worksheets[-1]
    cells = {cell.value: cell for cell in sheet[5]}
    assert cells['=HYPERLINK("http://x.example")'].data_type == "s"
    assert cells["00123"].data_type == "s"
    assert all(cell.hyperlink is None for cell in sheet[5])
    assert max(len(str(cell.value)) for cell in sheet[5]) <= 32_767
    with zipfile.ZipFile(path) as archive:
        parts = b"".join(archive.read(n) for n in archive.namelist() if "worksheets/" in n)
    assert parts.count(b"<f>") == 1  # the sum of the overview
    assert b"http://x.example" not in parts


def test_an_earlier_workbook_is_replaced_and_removed_when_nothing_is_left(tmp_path) -> None:
    path = write_quarantine(FRAME, tmp_path, COVER, Words("nl"))
    write_quarantine(FRAME.head(2), tmp_path, COVER, Words("nl"))
    assert len(read(path)) == 2
    assert write_quarantine(FRAME.head(0), tmp_path, COVER, Words("nl")) is None
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match="kan niet worden geschreven"):
        write_quarantine(FRAME, tmp_path / "file", COVER, Words("nl"))
