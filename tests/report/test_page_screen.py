"""The page on a screen: sorting, searching, explaining, light and dark, for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_notebook
from playwright.sync_api import Browser, Page, sync_playwright

from credit_helpers.report.browser import find_browser
from credit_helpers.report.evidence import with_cells
from credit_helpers.report.html import render
from credit_helpers.report.pdf import _arguments
from credit_helpers.views import ageing, show, style, summary
from credit_helpers.words import Words
from tests.report.conftest import NOTES, card, chart_cell, columns, html_cell, opening, table
from tests.report.small import audit as small_audit

pytestmark = pytest.mark.skipif(find_browser() is None, reason="no browser")
DRAWN = "document.documentElement.dataset.drawn !== undefined"
AXE = find_spec("axe_playwright_python")
HELD = {
    "sheet": "Debiteuren",
    "first": 5,
    "last": 7,
    "total": 8,
    "columns": {"name": "A", "outstanding_cents": "F", "overdue_share": "G"},
}
HOSTILE = "<img src=x onerror=alert(1)>"
LEFT_OUT = {
    "columns": [{"key": "name"}, {"key": "customer_id"}],
    "rows": [
        ["C", "3"],
        ["Zeeman", "009"],
        [HOSTILE, "010"],
        *([f"Rij {n}", ""] for n in range(12)),
    ],
    "shown_count": 1,
    "cells": {"sheet": "'Vroege signalen'", "first": 5, "last": 19, "total": None, "columns": {}},
}
RESULTS = {
    "figures": {"dso.dso_days": {"evidence": "DSO!D5"}},
    "tables": {"ageing_by_customer": {"cells": HELD}, "early_warnings": LEFT_OUT},
}
NAMES = "figure.table#table-ageing_by_customer tbody tr:not([hidden]) td:first-child"


def shown_notebook(words: Words):
    audit = small_audit(words.language)
    debtors = ageing.by_customer(audit.ageing_by_customer, words)
    figures = show.key_figures(summary.key_figures(audit))
    return new_notebook(
        cells=[
            html_cell(opening("summary", "Samenvatting", "Wie laat betaalt.")),
            html_cell(figures.html),
            html_cell(card("Eerste bevinding") + card("Tweede bevinding", "low")),
            html_cell(opening("ageing", "Ouderdom", "Het vervallen deel groeide.")),
            chart_cell(columns(words)),
            html_cell(debtors._repr_html_()),
            html_cell(summary.judgements(audit.judgements, words)._repr_html_()),
            html_cell(show.cards(audit.findings[:1], words).html),
            html_cell(table("wide", 12, columns_count=14)),
            html_cell(NOTES),
        ]
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=find_browser(), args=_arguments())


@pytest.fixture(scope="module")
def path(words, cover, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("screen") / "report.html"
    page = with_cells(render(shown_notebook(words), cover, words), RESULTS, words)
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, path) -> Iterator[Any]:
    contexts = []

    def open_page(**settings: Any) -> Page:
        context = browser.new_context(reduced_motion="reduce", **settings)
        contexts.append(context)
        page = context.new_page()
        page.goto(path.as_uri())
        page.wait_for_function(DRAWN)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_page_asks_for_nothing_and_says_nothing(browser, path):
    context = browser.new_context()
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(path.as_uri())
    page.wait_for_function(DRAWN)
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert said == []
    context.close()


def test_a_heading_sorts_with_the_keyboard(opened):
    page = opened()
    names = lambda: [name.split("\n")[0] for name in page.locator(NAMES).all_inner_texts()]  # noqa: E731
    assert names() == ["<b>B</b>", "=A & Zn", "C"]
    head = page.locator("#table-ageing_by_customer th[data-key='name']")
    head.locator("button").focus()
    for way, order in (
        ("ascending", ["<b>B</b>", "=A & Zn", "C"]),
        ("descending", ["C", "=A & Zn", "<b>B</b>"]),
        (None, ["<b>B</b>", "=A & Zn", "C"]),
    ):
        page.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == way
        assert names() == order


def test_numbers_sort_by_their_value(opened):
    page = opened()
    head = page.locator("#table-ageing_by_customer th[data-key='outstanding_cents']")
    column = "#table-ageing_by_customer tbody tr td:nth-child(%d)"
    place = head.evaluate("th => th.cellIndex") + 1
    head.locator("button").click()
    assert page.locator(column % place).all_inner_texts() == ["18.000", "2.000", "−70"]
    head.locator("button").click()
    assert page.locator(column % place).all_inner_texts() == ["−70", "2.000", "18.000"]


def test_search_shows_the_rows_of_a_debtor_and_leads_to_them(opened):
    page = opened()
    field = page.get_by_role("searchbox", name="Zoek een debiteur")
    field.fill("zn")
    assert page.locator(NAMES).count() == 1
    assert page.locator(".search [role=status]").inner_text() == "Gevonden regels: 1"
    assert page.locator("#table-ageing_by_customer tfoot").is_hidden()
    field.press("Enter")
    assert page.url.endswith("#table-ageing_by_customer")
    field.fill("nergens")
    assert page.locator("#table-ageing_by_customer").is_hidden()
    assert "Geen debiteur" in page.locator(".search [role=status]").inner_text()
    field.press("Escape")
    assert page.locator(NAMES).count() == 3
    assert page.locator("#table-wide tbody tr").first.is_visible()


def test_search_finds_who_is_in_the_workbook_only(opened):
    page = opened()
    field, held = page.get_by_role("searchbox", name="Zoek een debiteur"), page.locator(".held li")
    said = page.locator(".search [role=status]")
    for wanted in ("zeem", "009"):
        field.fill(wanted)
        assert said.inner_text() == "Debiteuren met meer in het werkboek: 1"
        assert held.all_inner_texts() == ["Zeeman · 009\nblad Vroege signalen, rij 6"]
    # one that the table shows is not told twice
    field.fill("C")
    assert not [text for text in held.all_inner_texts() if text.startswith("C ")]
    field.fill("rij")
    assert held.count() == 9
    assert held.last.inner_text() == "En nog 4 debiteuren: typ meer letters."
    field.press("Escape")
    assert held.count() == 0


def test_what_the_search_tells_of_the_workbook_is_text(opened):
    page = opened()
    page.get_by_role("searchbox", name="Zoek een debiteur").fill("onerror")
    assert HOSTILE in page.locator(".held").inner_text()
    assert page.locator(".held img").count() == 0


def test_search_stays_away_without_debtors(browser, cover, words, tmp_path):
    path = tmp_path / "page.html"
    cells = [html_cell(opening("ageing", "Ouderdom", "Kop.")), html_cell(table("other", 4))]
    path.write_text(render(new_notebook(cells=cells), cover, words), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_function(DRAWN)
    assert page.locator(".search").is_hidden()
    page.close()


@pytest.mark.parametrize("way", ["focus", "hover"])
def test_a_key_figure_explains_itself(opened, way):
    page = opened()
    button = page.locator(".figures").get_by_role("button", name="Uitleg: DSO")
    getattr(button, way)()
    tip = page.get_by_role("tooltip")
    assert "gedeeld door de omzet" in tip.inner_text()
    assert "Bewijs: DSO!D5" in tip.inner_text()
    page.keyboard.press("Escape")
    assert tip.is_hidden()


def test_every_key_figure_has_a_meaning(opened):
    page = opened()
    assert page.locator(".figures > div").count() == page.locator(".figures .about").count() == 6


def test_a_heading_says_what_its_column_means_and_where_it_is(opened):
    page = opened()
    head = page.locator("#table-ageing_by_customer th[data-key='outstanding_cents'] button")
    ids = head.get_attribute("aria-describedby").split()
    described = " ".join(page.locator(f"#{name}").text_content() for name in ids)
    assert "nog openstaat" in described
    assert "Bewijs: Debiteuren!F5:F7 · F8" in described
    head.focus()
    assert "Bewijs: Debiteuren!F5:F7 · F8" in page.get_by_role("tooltip").inner_text()


def test_the_arrow_keys_lead_from_a_heading_to_its_figures(opened):
    page = opened()
    tip = page.get_by_role("tooltip")
    page.locator("#table-ageing_by_customer th[data-key='outstanding_cents'] button").focus()
    for key, place in (("Down", "F5"), ("Down", "F6"), ("Right", "G6"), ("Left", "F6")):
        page.keyboard.press(f"Arrow{key}")
        assert f"Bewijs: Debiteuren!{place}" in tip.inner_text()
        assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "tip"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert tip.inner_text().endswith("Bewijs: Debiteuren!F8")
    page.keyboard.press("Escape")
    assert tip.is_hidden()


def test_a_figure_explains_itself_under_the_pointer_and_after_sorting(opened):
    page = opened()
    head = page.locator("#table-ageing_by_customer th[data-key='outstanding_cents']")
    place = head.evaluate("th => th.cellIndex") + 1
    figure = page.locator(f"#table-ageing_by_customer tbody tr:has-text('C') td:nth-child({place})")
    for _ in range(3):
        figure.first.hover()
        page.wait_for_selector(".tip[hidden]", state="attached")
        page.wait_for_selector(".tip:not([hidden])")
        row = int(figure.first.evaluate("td => td.parentElement.dataset.place"))
        tip = page.get_by_role("tooltip").inner_text()
        assert tip.endswith(f"Bewijs: Debiteuren!F{5 + row}")
        head.locator("button").click()


def test_a_judgement_and_a_finding_explain_themselves(opened):
    page = opened()
    tip = page.get_by_role("tooltip")
    page.get_by_role("button", name="Uitleg: DSO").last.focus()
    assert "gedeeld door de omzet" in tip.inner_text()
    page.locator(".finding .about").first.focus()
    assert "bevinding" in tip.inner_text()
    proofs = page.locator(".finding .proof").all_inner_texts()
    assert proofs
    assert all(text.startswith("blad ") for text in proofs)


def test_every_column_of_figures_can_be_explained(opened):
    page = opened()
    heads = page.locator("#table-ageing_by_customer th.num")
    assert heads.count() > 3
    assert page.locator("#table-ageing_by_customer th.num [aria-describedby]").count() == (
        heads.count()
    )


def paper(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def test_dark_follows_the_system_until_the_reader_chooses(opened):
    page = opened(color_scheme="dark")
    switch = page.get_by_role("button", name="Donker scherm")
    assert switch.get_attribute("aria-pressed") == "true"
    assert paper(page) == "rgb(17, 23, 31)"
    switch.click()
    assert paper(page) == "rgb(255, 255, 255)"
    page.reload()
    page.wait_for_function(DRAWN)
    assert paper(page) == "rgb(255, 255, 255)"
    light = opened(color_scheme="light")
    assert paper(light) == "rgb(255, 255, 255)"


def test_dark_names_every_colour_but_the_brands():
    assert set(style.DARK) == set(style.PALETTE) - {"accent"}


def test_labels_stay_inside_on_a_telephone(opened):
    page = opened(viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    outside = """() => [...document.querySelectorAll('.plot .annotation')].filter((label) =>
      label.getBoundingClientRect().right > innerWidth).length"""
    assert page.evaluate(outside) == 0


@pytest.mark.skipif(AXE is None, reason="axe-playwright-python is not installed")
@pytest.mark.parametrize(
    "settings",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"viewport": {"width": 390, "height": 844}},
    ],
    ids=["light", "dark", "telephone"],
)
def test_axe_finds_nothing(opened, settings):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(bypass_csp=True, **settings)
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
