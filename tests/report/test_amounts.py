"""The evidence of a finding: the cell that it names holds its amount."""

import json

import openpyxl
import pytest

from credit_helpers.report.amounts import proof_text
from credit_helpers.report.handover import hand_over
from credit_helpers.views import ageing, findings, limits
from credit_helpers.words import Words
from tests.report import small


def tables(audit, *, with_findings=True):
    words = audit.words
    shown = [
        ageing.by_bucket(audit.ageing, words),
        limits.by_customer(audit.limits, words),
    ]
    return [*shown, findings.overview(audit.findings, words)] if with_findings else shown


def handed_over(folder, **settings):
    audit = small.audit()
    hand_over(audit, tables(audit, **settings), folder)
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(folder / "evidence.xlsx", data_only=True)
    return {finding["code"]: finding for finding in results["findings"]}, book


def at(book, cell):
    sheet, _, place = cell.rpartition("!")
    return book[sheet.strip("'")][place].value


def test_every_amount_of_a_finding_is_in_the_cell_that_it_names(tmp_path):
    found, book = handed_over(tmp_path)
    with_amount = [one for one in found.values() if one["impact_cents"]]
    assert len(with_amount) > 5
    for one in with_amount:
        value = at(book, one["evidence"]["cell"])
        assert round(value * 100) == one["impact_cents"], one["code"]


def test_a_total_comes_before_the_list_of_findings(tmp_path):
    found, _ = handed_over(tmp_path)
    assert found["over_limit"]["evidence"]["text"] == "Limieten!H8"
    assert found["dso_above_target"]["evidence"]["cell"].startswith("Kengetallen!C")
    assert found["overdue_share"]["evidence"]["cell"].startswith("Bevindingen!E")


def test_without_a_cell_the_sheet_is_named(tmp_path):
    found, _ = handed_over(tmp_path, with_findings=False)
    assert found["overdue_share"]["evidence"]["cell"] is None
    assert found["overdue_share"]["evidence"]["text"] == "blad Ouderdom"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("DSO!D9", "DSO!D9"),
        ("Bevindingen!E6", "DSO; Bevindingen!E6"),
        (None, "blad DSO"),
    ],
)
def test_the_place_is_said_in_words(cell, text):
    assert proof_text("dso_series", cell, Words("nl")) == text
