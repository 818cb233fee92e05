"""The slides: made of the results alone, with charts that a presenter can change."""

import importlib.util
import io
import json

import openpyxl
import pytest

from credit_helpers.errors import ReportError
from credit_helpers.report.build import Order, build
from credit_helpers.report.deck import require_deck, write_deck
from credit_helpers.report.handover import hand_over
from credit_helpers.views import ageing, concentration, findings, priority
from credit_helpers.words import Words
from tests.report import small

pptx = pytest.importorskip("pptx")
HOSTILE = "=cmd|' /C calc'!A0\n<b>\x00"


def tables(audit):
    words = audit.words
    return (
        ageing.by_bucket(audit.ageing, words),
        ageing.by_issue(audit.ageing_by_issue, words),
        ageing.trend_table(audit.ageing_trend, words),
        concentration.curve_table(audit.concentration_curve, words),
        priority.worklist(audit.priority, words),
        findings.plan(audit.findings, words),
    )


@pytest.fixture(params=["nl", "en"])
def results(request, tmp_path):
    audit = small.audit(request.param)
    hand_over(audit, tables(audit), tmp_path)
    return json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))


def made(results, folder):
    write_deck(results, folder)
    return pptx.Presentation(str(folder / "deck.pptx"))


def text_of(slide):
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def charts_of(deck):
    return [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]


def test_every_slide_has_a_title_and_its_number(results, tmp_path):
    deck = made(results, tmp_path)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[0] == Words(results["language"]).label("report.title")
    assert titles[1] == results["conclusions"]["summary"]["heading"]
    assert titles[-1] == results["conclusions"]["findings"]["heading"]
    assert all(titles)
    assert text_of(deck.slides[3]).endswith("4")
    assert results["figures"]["ageing.outstanding_cents"]["text"] in text_of(deck.slides[1])


def test_a_chart_draws_the_numbers_of_the_results(results, tmp_path):
    by_bucket = charts_of(made(results, tmp_path))[0]
    table = results["tables"]["ageing"]
    keys = [column["key"] for column in table["columns"]]
    cents = [row[keys.index("outstanding_cents")] for row in table["rows"]]
    assert list(by_bucket.plots[0].series[0].values) == [part / 100_000 for part in cents]
    assert list(by_bucket.plots[0].categories) == [row[0] for row in table["rows"]]


def test_what_the_file_does_not_support_is_replaced(results, tmp_path):
    assert len(charts_of(made(results, tmp_path))) == 5
    few = {**results, "tables": {"ageing": results["tables"]["ageing"]}}
    assert len(charts_of(made(few, tmp_path))) == 1


def test_text_of_the_client_is_no_formula(results, tmp_path):
    curve = results["tables"]["concentration_curve"]
    place = [column["key"] for column in curve["columns"]].index("name")
    curve["rows"][0][place] = HOSTILE
    deck = made({**results, "client": HOSTILE}, tmp_path)
    for chart in charts_of(deck):
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    assert "=cmd|' /C calc'!A0 <b>" in text_of(deck.slides[0])


def test_the_slides_are_the_brands(results, tmp_path):
    brand = {"firm": "Kantoor Purper", "accent": "#5B2A86"}
    slides = made({**results, "brand": brand}, tmp_path)
    parts = [str(part.blob) for part in slides.part.package.iter_parts()]
    assert any("5B2A86" in part for part in parts)
    assert not any("0B5C6B" in part for part in parts)
    said = [shape.text_frame.text for shape in slides.slides[0].shapes if shape.has_text_frame]
    assert "Kantoor Purper" in said
    assert slides.core_properties.author == "Kantoor Purper"


def test_without_the_extra_it_says_how_to_install_it(monkeypatch, tmp_path):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "pptx" else found(name)
    )
    with pytest.raises(ReportError) as error:
        require_deck()
    assert "python-pptx" in str(error.value)
    with pytest.raises(ReportError):
        build(Order("sample:installer", has_deck=True, output=str(tmp_path / "r")))
    assert not (tmp_path / "r").exists()
