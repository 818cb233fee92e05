"""The workbook, read back with openpyxl: sheets, types, formulas, safety, the same bytes."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from credit_helpers.report import cells
from credit_helpers.report import sheet as sheets
from credit_helpers.report.checks import Check
from credit_helpers.report.cover import Cover
from credit_helpers.report.workbook import write_workbook
from credit_helpers.views.table import Column, Table
from credit_helpers.words import Words

# openpyxl does not know the newer kind of bars in cells.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
RESULTS = {
    "language": "nl",
    "currency": "EUR",
    "as_of": "2026-10-31",
    "figures": {
        "ageing.outstanding_cents": {"value": 123456, "unit": "cents", "text": "€ 1.235"},
        "dso.dso_days": {"value": None, "unit": "days", "text": "–"},
    },
    "policy": {"ageing.max_overdue_share": 0.35, "ageing.edges_days": (0, 30)},
}
COVER = Cover(client_name="Jansen & Zn", as_of="31 oktober 2026", accent="#204060", firm="Bureau")


def table(**changes):
    frame = pd.DataFrame(
        {
            "name": ["=1+1", "https://x.nl", "0012"],
            "due_on": pd.to_datetime(["2026-10-01", None, "2026-10-31"]),
            "outstanding_cents": [10_050, 20_000, -50],
            "overdue_cents": [10_050, 0, 0],
            "overdue_share": [1.0, 0.0, float("nan")],
        }
    )
    columns = (
        Column("name", "Naam", "text", "label"),
        Column("due_on", "Vervaldatum", "date"),
        Column("outstanding_cents", "Openstaand", "cents", "sum"),
        Column(
            "overdue_share", "Vervallen", "share", ("ratio", "overdue_cents", "outstanding_cents")
        ),
    )
    settings = {"name": "ageing_by_customer", "title": "Debiteuren", "columns": columns}
    return Table(**{**settings, "frame": frame, "words": Words("nl"), **changes})


def written(path, *tables, results=RESULTS, checks=()):
    write_workbook(tables, COVER, path, results=results, checks=checks)
    return openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)


@pytest.fixture
def book(tmp_path):
    return written(
        tmp_path / "evidence.xlsx", table(), checks=[Check("buckets", "cents", 30_000, 30_000)]
    )


def test_there_is_a_cover_contents_and_a_sheet_per_table(book):
    _, values = book
    assert values.sheetnames == [
        *("Voorblad", "Inhoud", "Debiteuren"),
        *("Kengetallen", "Beleidswaarden", "Controles", "Kolommen"),
    ]
    cover = {row[0]: row[1] for row in values["Voorblad"].iter_rows(min_row=3, values_only=True)}
    assert cover["Cliënt"] == "Jansen & Zn"
    assert cover["Peildatum"] == "31 oktober 2026"


def test_the_cover_says_each_caveat_once(tmp_path):
    told = {"ageing": ["Verdeeld."], "dso": ["Verdeeld.", "Zonder dag."]}
    _, values = written(tmp_path / "told.xlsx", table(), results=RESULTS | {"caveats": told})
    rows = values["Voorblad"].iter_rows(min_row=3, values_only=True)
    assert [row[1] for row in rows if row[0] == "Voorbehoud"] == ["Verdeeld.", "Zonder dag."]


def test_the_contents_lead_to_every_sheet(book):
    formulas, _ = book
    links = {
        cell.hyperlink.location for row in formulas["Inhoud"] for cell in row if cell.hyperlink
    }
    assert links == {f"'{name}'!A1" for name in formulas.sheetnames[2:]}


def test_values_are_real_numbers_and_dates_and_text_stays_text(book):
    formulas, _ = book
    rows = list(formulas["Debiteuren"].iter_rows(min_row=4, max_row=7))
    assert [cell.value for cell in rows[0]][:4] == [
        "Naam",
        "Vervaldatum",
        "Openstaand",
        "Vervallen",
    ]
    assert [row[0].value for row in rows[1:]] == ["=1+1", "https://x.nl", "0012"]
    assert [row[0].data_type for row in rows[1:]] == ["s", "s", "s"]
    assert not any(cell.hyperlink for row in rows for cell in row)
    assert formulas["Debiteuren"]["A3"].hyperlink.location == "'Inhoud'!A1"
    assert rows[1][1].value == datetime.datetime(2026, 10, 1)
    assert rows[2][1].value is None
    assert [row[2].value for row in rows[1:]] == [100.5, 200, -0.5]
    assert rows[1][2].number_format == "#,##0.00;-#,##0.00;–"
    assert rows[1][3].number_format == "0.0%"
    assert rows[3][3].value is None


def test_totals_are_live_formulas_with_their_value(book):
    formulas, values = book
    total = [cell.value for cell in formulas["Debiteuren"][8]]
    assert total[2] == "=ROUND(SUBTOTAL(109,'Debiteuren'!C5:C7),2)"
    assert total[3] == '=IF(C8=0,"",E8/C8)'
    assert total[4] == "=ROUND(SUBTOTAL(109,'Debiteuren'!E5:E7),2)"
    stored = [cell.value for cell in values["Debiteuren"][8]]
    assert stored[0] == "Totaal"
    assert stored[2:] == [300.0, pytest.approx(10_050 / 30_000), 100.5]


def test_sheets_can_be_filtered_and_printed(book):
    formulas, _ = book
    sheet = formulas["Debiteuren"]
    assert dict(sheet.tables.items()) == {"tbl_ageing_by_customer": "A4:E7"}
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToWidth in (None, 1)  # 1 when it is not said
    assert sheet.page_setup.fitToHeight == 0
    assert "Jansen" in sheet.oddHeader.left.text
    assert sheet["A4"].fill.fgColor.rgb == "FF204060"


def test_figures_policy_and_checks_have_a_sheet(book):
    formulas, values = book
    figures = {
        row[0]: row[2] for row in values["Kengetallen"].iter_rows(min_row=5, values_only=True)
    }
    assert figures == {"ageing.outstanding_cents": 1234.56, "dso.dso_days": None}
    policy = {
        row[0]: row[1] for row in values["Beleidswaarden"].iter_rows(min_row=5, values_only=True)
    }
    assert policy["ageing.max_overdue_share"] == 0.35
    assert formulas["Controles"]["D5"].value == "=ROUND(B5-C5,2)"
    assert values["Controles"]["D5"].value == 0


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "SHEET_ROWS", 7)
    formulas, values = written(tmp_path / "evidence.xlsx", table())
    assert formulas.sheetnames[2:4] == ["Debiteuren", "Debiteuren (2)"]
    assert formulas["Debiteuren"]["A6"].value == "https://x.nl"
    last = formulas["Debiteuren (2)"]
    assert [last["A5"].value, last["C6"].value] == [
        "0012",
        "=ROUND(SUBTOTAL(109,'Debiteuren'!C5:C6)+SUBTOTAL(109,'Debiteuren (2)'!C5),2)",
    ]
    assert values["Debiteuren (2)"]["C6"].value == 300


def test_a_long_text_is_cut_with_a_mark_and_bad_characters_do_no_harm(tmp_path):
    frame = pd.DataFrame({"name": ["x" * 40_000, "bel\x07"]})
    long = table(frame=frame, columns=(Column("name", "Naam", "text"),))
    _, values = written(tmp_path / "evidence.xlsx", long)
    shown = values["Debiteuren"]["A5"].value
    assert len(shown) == cells.TEXT_LENGTH
    assert shown.endswith(" … [afgekapt]")


def test_an_empty_table_has_a_sheet_without_a_total(tmp_path):
    empty = table(frame=table().frame.iloc[:0])
    _, values = written(tmp_path / "evidence.xlsx", empty)
    assert values["Debiteuren"].max_row == 4


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("a" * 40, "a" * 31),
        ("Per land: [NL]/BE?", "Per land NL BE"),
        ("'quoted'", "quoted"),
        ("History", "History (2)"),
        ("", "-"),
        ("///", "-"),
    ],
)
def test_names_of_sheets_are_safe(wanted, name):
    assert cells.safe_name(wanted) == name


def test_names_of_sheets_are_unique_also_when_they_are_long():
    first = cells.safe_name("b" * 40)
    assert cells.safe_name("B" * 40, [first]) == "B" * 27 + " (2)"


def test_the_same_input_gives_the_same_bytes_wherever_it_runs(tmp_path):
    program = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[2]);"
        "from tests.report.test_workbook import table, COVER, RESULTS;"
        "from credit_helpers.report.workbook import write_workbook;"
        "write_workbook([table()], COVER, pathlib.Path(sys.argv[1]), results=RESULTS)"
    )
    here, made = str(Path(__file__).parents[2]), []
    for zone, locale in (("Asia/Tokyo", "C"), ("America/New_York", "nl_NL.UTF-8")):
        path = tmp_path / f"{zone.replace('/', '_')}.xlsx"
        env = {**os.environ, "TZ": zone, "LANG": locale, "LC_ALL": locale}
        subprocess.run([sys.executable, "-c", program, str(path), here], check=True, env=env)
        made.append(path.read_bytes())
    assert made[0] == made[1]
