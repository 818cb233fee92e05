"""The workbook of whole clients: its formulas, recalculated by another program; names; columns."""

import math
import shutil
import subprocess
import zipfile

import openpyxl
import pytest

from credit_helpers.report.cells import shown_address
from credit_helpers.report.workbook import write_workbook
from credit_helpers.views.formulas import FIGURES
from credit_helpers.views.glossary import column_meaning
from credit_helpers.words import Words
from tests.report.shown import handed_over

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    OFFICE is None,
    reason="LibreOffice is not on this machine, so that no workbook can be recalculated; "
    "on Debian and Ubuntu it is in the package libreoffice-calc-nogui",
)
# By itself LibreOffice believes the values that it finds in a workbook.
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


@pytest.fixture(
    scope="module", params=[("sample:wholesaler", "nl"), ("sample:staffing", "en")], ids=str
)
def given(request):
    return handed_over(*request.param)


@pytest.fixture(scope="module")
def made(given, tmp_path_factory):
    tables, cover, results, checks = given
    path = tmp_path_factory.mktemp("book") / "evidence.xlsx"
    return path, write_workbook(tables, cover, path, results=results, checks=checks)


@pytest.fixture(scope="module")
def formulas(made):
    return openpyxl.load_workbook(made[0])


@pytest.fixture(scope="module")
def stored(made):
    return openpyxl.load_workbook(made[0], data_only=True)


def recalculated(path, folder):
    """The values of a workbook as LibreOffice computes them."""
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    order = [OFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", folder / "out"]
    subprocess.run([*order, path], check=True, capture_output=True, timeout=300)
    return openpyxl.load_workbook(folder / "out" / path.name, data_only=True)


def cells_with_a_formula(book):
    rows = ((sheet, row) for sheet in book for row in sheet.iter_rows())
    return [(sheet.title, c.coordinate) for sheet, row in rows for c in row if c.data_type == "f"]


def is_same(one, other):
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return (one or None) == (other or None)


@needs_office
def test_a_recalculation_changes_no_figure(made, formulas, stored, tmp_path):
    again = recalculated(made[0], tmp_path)
    places = cells_with_a_formula(formulas)
    assert len(places) > 500
    changed = {
        f"{sheet}!{cell}": (formulas[sheet][cell].value, stored[sheet][cell].value, now)
        for sheet, cell in places
        if not is_same(stored[sheet][cell].value, now := again[sheet][cell].value)
    }
    assert changed == {}


@needs_office
def test_a_recalculation_does_recalculate(tmp_path):
    import xlsxwriter

    path = tmp_path / "wrong.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("A").write_formula(0, 0, "=1+1", None, 3)
    assert recalculated(path, tmp_path)["A"]["A1"].value == 2


def test_most_figures_are_live_formulas(given, formulas):
    figures = given[2]["figures"]
    sheet = formulas[Words(given[2]["language"]).label("workbook.figures")]
    live = {row[0].value for row in sheet.iter_rows(min_row=5) if row[2].data_type == "f"}
    assert live <= FIGURES.keys()
    assert len(live) > 0.6 * sum(figure["value"] is not None for figure in figures.values())


def test_every_figure_has_a_named_cell_and_evidence_that_hold_it(given, made, stored):
    figures, evidence = given[2]["figures"], made[1].figures
    assert evidence.keys() == figures.keys()
    for key, figure in figures.items():
        value = figure["value"]
        wanted = value / 100 if figure["unit"] == "cents" and value is not None else value
        named = stored.defined_names[evidence[key]["name"]].attr_text
        for address in (named, evidence[key]["evidence"]):
            sheet, _, cell = address.rpartition("!")
            shown = stored[sheet.strip("'").replace("''", "'")][cell.replace("$", "")].value
            assert is_same(shown, wanted), (key, address)


def test_a_figure_is_looked_up_among_its_rows_where_a_table_has_it(given, made):
    sheet = Words(given[2]["language"]).label("sheet.dso_series")
    assert made[1].figures["dso.dso_days"]["evidence"] == shown_address(f"'{sheet}'!D5")


def test_every_column_of_every_sheet_is_explained(given, stored):
    words = Words(given[2]["language"])
    rows = stored[words.label("workbook.dictionary")].iter_rows(min_row=5, values_only=True)
    explained = {(row[0], row[1]): row[2] for row in rows}
    front = {words.label("workbook.cover"), words.label("workbook.contents")}
    headings = {
        (sheet.title, cell.value)
        for sheet in stored
        if sheet.title not in front
        for cell in sheet[4]
        if cell.value
    }
    assert explained.keys() == headings
    assert [place for place, meaning in explained.items() if not meaning] == []


def test_every_known_column_has_a_meaning(given):
    words = Words(given[2]["language"])
    keys = {column.key for table in given[0] for column in table.columns}
    assert {"d31_60_cents", "outstanding_cents"} <= keys
    assert [key for key in sorted(keys) if not column_meaning(key, words)] == []


def test_the_sheets_lead_back_to_the_contents(given, stored):
    name = Words(given[2]["language"]).label("workbook.contents")
    for sheet in stored.worksheets[2:]:
        assert sheet["A3"].hyperlink.location == f"'{name}'!A1", sheet.title
    listed = [row[0].value for row in stored[name].iter_rows(min_row=5)]
    assert listed == stored.sheetnames[2:]


def test_the_open_items_are_a_table_with_one_row_of_headings(given, stored):
    sheet = stored[Words(given[2]["language"]).label("sheet.open_items")]
    made = sheet.tables["tbl_open_items"]
    rows = len(next(table for table in given[0] if table.name == "open_items").frame)
    assert made.ref == f"A4:L{4 + rows}"
    names = [cell.value for cell in sheet[4]]
    assert [column.name for column in made.tableColumns] == names
    assert len({name.lower() for name in names}) == len(names)
    assert not any(sheet.merged_cells.ranges for sheet in stored)


def test_what_alarms_is_marked(given, stored):
    words = Words(given[2]["language"])
    for name in ("open_items", "limits", "ageing_by_customer"):
        if words.label(f"sheet.{name}") in stored.sheetnames:
            assert len(stored[words.label(f"sheet.{name}")].conditional_formatting)


def test_nothing_leads_outside_the_workbook(made):
    with zipfile.ZipFile(made[0]) as parts:
        for name in parts.namelist():
            assert b'TargetMode="External"' not in parts.read(name), name


def test_the_same_client_gives_the_same_bytes(given, made, tmp_path):
    tables, cover, results, checks = given
    path = tmp_path / "again.xlsx"
    write_workbook(tables, cover, path, results=results, checks=checks)
    assert path.read_bytes() == made[0].read_bytes()
