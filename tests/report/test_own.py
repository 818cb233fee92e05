"""Remarks and chapters of the consultant's own, from the client's folder into every file."""

import json

import nbformat
import pytest
from openpyxl import load_workbook

from credit_helpers.errors import InputError, ReportError
from credit_helpers.report.assemble import assemble
from credit_helpers.report.browser import VARIABLE
from credit_helpers.report.build import build_report
from credit_helpers.report.own import own_chapters

INVOICES = """\
Factuurnummer;Debiteurnummer;Debiteurnaam;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand
F1;001;Bouw Noord;15-01-2026;14-02-2026;1.000,00;1.000,00
F2;002;Zuid B.V.;20-02-2026;22-03-2026;250,50;250,50
"""
CODE = """\
from credit_helpers.views import own

own.table("Per project", audit.ageing_by_customer[["name", "outstanding_cents"]], audit.words,
    labels={"name": "Project"}, totals={"name": "label", "outstanding_cents": "sum"})"""


def notebook(*cells):
    made = {"text": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    return nbformat.v4.new_notebook(cells=[made[kind](source) for kind, source in cells])


def client(folder, **notebooks):
    (folder / "chapters").mkdir(parents=True)
    (folder / "facturen.csv").write_text(INVOICES, encoding="utf-8")
    config = 'name = "Klant"\nobserved_on = 2026-03-31\ncurrency = "EUR"\n'
    (folder / "client.toml").write_text(config, encoding="utf-8")
    for name, book in notebooks.items():
        nbformat.write(book, folder / "chapters" / f"{name.removeprefix('n')}.ipynb")
    return folder


PROJECTS = notebook(
    ("text", "# Projecten\n## De helft staat bij één werk\n\nHet werk *Noord* loopt uit."),
    ("code", CODE),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = client(tmp_path_factory.mktemp("own") / "klant", n35_project=PROJECTS)
    remarks = "# Portefeuille en ouderdom\nBel **Noord** eerst <b>!</b>\n# Betaalgedrag\nTraag.\n"
    (folder / "remarks.nl.md").write_text(remarks, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "none")
        return build_report(folder, output=folder.parent / "report")


def test_a_remark_stands_in_its_chapter_and_in_the_results(built):
    page = (built.folder / "report.html").read_text(encoding="utf-8")
    chapter = page.split('id="chapter-ageing"')[1].split('id="chapter-')[0]
    assert "Opmerking van de adviseur" in chapter
    assert "Bel <strong>Noord</strong> eerst &lt;b&gt;!&lt;/b&gt;" in chapter
    assert page.count("Bel <strong>") == 1
    assert set(built.results["remarks"]) == {"ageing", "behaviour"}


def test_a_remark_on_a_chapter_that_is_left_out_is_not_lost_in_silence(built):
    said = [warning for warning in built.warnings if "Uw opmerking" in warning]
    assert len(said) == 1
    assert "Betaalgedrag" in said[0]


def test_an_own_chapter_stands_by_its_number_with_its_text(built):
    page = (built.folder / "report.html").read_text(encoding="utf-8")
    places = [page.index(f'id="chapter-{s}"') for s in ("ageing", "own_35_project", "method")]
    assert places == sorted(places)
    assert "De helft staat bij één werk</h2>" in page
    assert "<p>Het werk <em>Noord</em> loopt uit.</p>" in page
    assert page.count('<section class="chapter') == page.count('<li><a href="#')


def test_its_table_is_in_the_workbook_and_in_the_results(built):
    table = built.results["tables"]["own_per_project"]
    assert table["rows"] == [["Bouw Noord", 100_000], ["Zuid B.V.", 25_050]]
    book = load_workbook(built.folder / "evidence.xlsx")
    assert "Per project" in book.sheetnames


def test_every_notebook_that_cannot_be_used_is_named(tmp_path):
    folder = client(tmp_path / "klant", nproject=PROJECTS, n36_empty=notebook(("text", " ")))
    (folder / "chapters" / "37_x.ipynb").write_text("{}", encoding="utf-8")
    (folder / "chapters" / "38_x.ipynb").write_text("no json", encoding="utf-8")
    with pytest.raises(InputError) as error:
        own_chapters(folder)
    codes = {fault.code: fault.values["file"] for fault in error.value.faults}
    assert codes["own_unnumbered"] == "project.ipynb"
    assert codes["own_empty"] == "36_empty.ipynb"
    assert sum(fault.code == "own_unreadable" for fault in error.value.faults) == 2


def test_chapters_come_in_the_order_of_their_numbers(tmp_path):
    plain = notebook(("text", "Zomaar wat tekst."))
    folder = client(tmp_path / "klant", n5_early=plain, n99_late=plain, n30_same=plain)
    whole = assemble(["summary", "ageing", "method"], own=own_chapters(folder))
    marks = [cell.metadata.get("credit_audit", {}).get("subject") for cell in whole.cells]
    order = list(dict.fromkeys(mark for mark in marks if mark))
    expected = ["own_5_early", "summary", "ageing", "own_30_same", "method", "own_99_late"]
    assert order == expected


def test_a_cell_that_fails_names_its_notebook(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, "none")
    folder = client(tmp_path / "klant", n12_fault=notebook(("code", "1 / 0")))
    with pytest.raises(ReportError) as error:
        build_report(folder, output=tmp_path / "report")
    assert "chapters/12_fault.ipynb" in str(error.value)
    assert "ZeroDivisionError" in str(error.value)
    assert not (tmp_path / "report").exists()
    assert json.loads((folder / "chapters" / "12_fault.ipynb").read_text())["cells"]
