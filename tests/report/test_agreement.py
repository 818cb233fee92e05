"""One report per language, made as a user makes it: its parts state the same figures.

The golden results in ``tests/golden`` are renewed, after a look at what changed, with::

    pytest tests/report/test_agreement.py --renew-golden
"""

import difflib
import json
import re
from pathlib import Path

import nbformat
import openpyxl
import pikepdf
import pytest
from lxml import html as markup

from credit_helpers.report.browser import find_browser
from credit_helpers.report.place import FILES
from credit_helpers.words import Words
from tests.report.test_pdf import text_of

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
GOLDEN = Path(__file__).resolve().parents[1] / "golden"
CLIENT = "sample:installer"
HEADLINES = (
    "ageing.outstanding_cents",
    "ageing.overdue_cents",
    "ageing.overdue_share",
    "dso.dso_days",
    "dso.release_cents",
    "behaviour.days_late",
)
needs_browser = pytest.mark.skipif(find_browser() is None, reason="no browser")


@pytest.fixture(scope="module", params=["nl", "en"])
def built(request, sample_report):
    return sample_report(CLIENT.removeprefix("sample:"), request.param)


@pytest.fixture(scope="module")
def page(built):
    return markup.fromstring((built.folder / "report.html").read_bytes())


@pytest.fixture(scope="module")
def book(built):
    return openpyxl.load_workbook(built.folder / "evidence.xlsx", data_only=True)


def squeezed(text):
    """Text without spaces, for a line may end anywhere, and without the sign of the currency."""
    return re.sub(r"[\s€]", "", text)


def figures(results):
    return {key: results["figures"][key] for key in HEADLINES}


def test_every_file_is_there(built):
    made = {path.name for path in built.folder.iterdir()} - {"deck.pptx"}
    assert made == set(FILES) - (set() if find_browser() else {"report.pdf"})


def test_the_sums_of_the_workbook_agree(built, book):
    assert built.results["checks"]
    assert all(check["left"] == check["right"] for check in built.results["checks"])
    words = Words(built.results["language"])
    rows = list(book[words.label("workbook.checks")].iter_rows(min_row=5, values_only=True))
    assert [row[3] for row in rows if row[1] is not None] == [0] * len(built.results["checks"])
    assert rows[-1][:4] == (words.label("workbook.differing"), None, None, 0)


def test_the_page_states_the_headlines(built, page):
    shown = squeezed(" ".join(page.xpath("//main//text()[not(parent::script)]")))
    missing = [k for k, f in figures(built.results).items() if squeezed(f["text"]) not in shown]
    assert missing == []


@needs_browser
def test_the_pdf_states_the_headlines(built):
    with pikepdf.open(built.folder / "report.pdf") as pdf:
        shown = squeezed("".join(text_of(pdf, number) for number in range(len(pdf.pages))))
    missing = [k for k, f in figures(built.results).items() if squeezed(f["text"]) not in shown]
    assert missing == []


def test_the_workbook_states_every_figure(built, book):
    name = Words(built.results["language"]).label("workbook.figures")
    rows = {row[0]: row for row in book[name].iter_rows(min_row=5, values_only=True)}
    assert rows.keys() == built.results["figures"].keys()
    for key, figure in built.results["figures"].items():
        value, per = figure["value"], 100 if figure["unit"] == "cents" else 1
        assert rows[key][2] == (None if value is None else pytest.approx(value / per)), key
        assert rows[key][1], f"{key} has no label"


def test_the_evidence_of_every_figure_is_its_cell(built, book, page):
    shown = " ".join(page.text_content().split())
    for key, figure in built.results["figures"].items():
        sheet, _, cell = figure["evidence"].rpartition("!")
        value, per = figure["value"], 100 if figure["unit"] == "cents" else 1
        stored = book[sheet.strip("'")][cell].value
        assert stored == (None if value is None else pytest.approx(value / per)), key
        assert key not in HEADLINES or figure["evidence"] in shown


def test_the_total_of_each_table_is_the_same_everywhere(built, book, page):
    words = Words(built.results["language"])
    for name, table in built.results["tables"].items():
        sheet = book[table["sheet"]]
        keys = [column["key"] for column in table["columns"]]
        foot = squeezed(" ".join(page.xpath(f"//*[@id='table-{name}']//tfoot//text()")))
        for column in table["columns"]:
            total = table["totals"].get(column["key"])
            if column["unit"] != "cents" or total is None:
                continue
            stored = sheet.cell(sheet.max_row, keys.index(column["key"]) + 1).value
            assert stored == pytest.approx(total / 100, abs=0.001), (name, column["key"])
            # The page leaves columns out that only the workbook has.
            if foot and name == "ageing":
                assert squeezed(words.formats.number(total / 100)) in foot


def test_the_rows_of_each_table_are_in_the_workbook(built, book):
    for name, table in built.results["tables"].items():
        total = 1 if table["totals"] else 0
        assert book[table["sheet"]].max_row == 4 + len(table["rows"]) + total, name


def test_the_notebook_is_clean_and_can_be_run_again(built):
    text = (built.folder / "notebook.ipynb").read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert "papermill" not in text
    assert str(built.folder) not in text
    assert str(Path.cwd()) not in text
    language = built.results["language"]
    assert notebook.cells[0].source.splitlines() == [
        f"client = {CLIENT!r}",
        "as_of = '2026-10-31'",
        f"language = '{language}'",
        "policy = ''",
        "previous = ''",
        "output = ''",
    ]


def test_the_run_is_on_record(built):
    run = json.loads((built.folder / "run.json").read_text(encoding="utf-8"))
    assert run["fingerprint"] == built.results["fingerprint"]
    assert run["parameters"]["client"] == CLIENT
    assert {len(file["sha256"]) for file in run["files"]} == {64}
    assert {"python", "pandas", "plotly"} <= run["versions"].keys()


def golden(results):
    """What is compared: everything that is stated, and of the tables the sums."""
    kept = ("client", "as_of", "language", "currency", "figures", "findings", "conclusions")
    tables = {
        name: {"title": t["title"], "rows": len(t["rows"]), "totals": t["totals"]}
        for name, t in results["tables"].items()
    }
    more = {name: results[name] for name in ("checks", "intake", "missing", "quarantine")}
    stated = {name: results[name] for name in kept}
    # Where the workbook has a figure is tested with the workbook.
    stated["figures"] = {
        key: {part: figure[part] for part in ("value", "unit", "text")}
        for key, figure in results["figures"].items()
    }
    return rounded({**stated, **more, "tables": tables})


def rounded(value):
    """Floats as they are alike on every machine."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value


def test_the_results_are_the_golden_ones(built, request):
    path = GOLDEN / f"installer.{built.results['language']}.json"
    stated = json.dumps(golden(built.results), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if request.config.getoption("--renew-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(stated, encoding="utf-8", newline="\n")
    known = path.read_text(encoding="utf-8")
    assert list(difflib.unified_diff(known.split("\n"), stated.split("\n"), n=0)) == []
    assert len(known) < 300_000
