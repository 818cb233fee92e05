"""The pages of a batch: escaped, by themselves, in the language, without names where promised."""

import base64
import hashlib
import re
from importlib.util import find_spec

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from credit_helpers.report.batch_client import Outcome
from credit_helpers.report.browser import find_browser
from credit_helpers.report.standing_page import is_anonymous, standing_html
from credit_helpers.report.summary_page import summary_html
from tests.report.batch_clients import HOSTILE, aside, results
from tests.report.test_batch_summary import failed, made, summary

AXE = find_spec("axe_playwright_python")
FIVE = {"alfa": 60.0, "bravo": 30.0, "charlie": 45.0, "delta": 90.0, "echo": 50.0}


def five():
    return [made(name, dso=days, overdue=days / 100) for name, days in FIVE.items()]


def page(*outcomes, language="nl"):
    text = summary_html(summary(*outcomes, language=language), language)
    return text, BeautifulSoup(text, "lxml")


def texts(element, path):
    return [" ".join(found.get_text().split()) for found in element.select(path)]


def rows(document, table):
    found = document.select(f"table.{table} tbody tr")
    return [
        [" ".join(cell.get_text().split()) for cell in row.find_all(["td", "th"], recursive=False)]
        for row in found
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_text_of_a_client_becomes_markup_or_a_link(language):
    hostile = made("<b>map</b>", client=HOSTILE, findings=results()["findings"])
    hostile = hostile.__class__(
        **{
            **vars(hostile),
            "judgement": HOSTILE,
            "messages": (HOSTILE,),
            "top_finding": {"title": HOSTILE, "impact_cents": 1, "code": "x", "severity": "high"},
            "report": "een%20map/2026-10-31/report.html",
        }
    )
    text, document = page(hostile, failed("<i>", HOSTILE), language=language)
    assert len(document.select("script")) == 1
    assert document.select("img, i, iframe, object, [onerror], [style]") == []
    own = {"#clients", "een%20map/2026-10-31/report.html"}
    assert {link.get("href") for link in document.select("[href]")} == own
    assert HOSTILE in document.select("table.clients bdi")[0].get_text()
    assert "http" not in text.replace("http-equiv", "").replace("http://x", "")


def test_only_the_own_style_and_script_are_allowed():
    text, document = page(*five())
    policy = document.select("meta[http-equiv]")[0].get("content")
    for name in ("style", "script"):
        (inside,) = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "@font-face" in text
    assert "Source Serif 4" in text


@pytest.mark.parametrize(
    ("language", "heading", "balance"),
    [
        ("nl", "Kijk eerst naar 1 rapport", "€ 10.000"),
        ("en", "Look at 1 report first", "€10,000"),
    ],
)
def test_the_page_speaks_one_language(language, heading, balance):
    text, document = page(made(), failed(), language=language)
    assert f'<html lang="{language}">' in text
    assert texts(document, "h2")[0] == heading
    assert balance in rows(document, "clients")[0]
    spoken = document.select(".judgement")[0].get("lang")
    assert spoken == (None if language == "nl" else "nl")


def test_who_needs_a_person_stands_first_and_what_to_ask_below_it():
    _, document = page(made("fine"), made("open", dso=None), made("lost", quarantine=[aside()]))
    assert [row[0] for row in rows(document, "urgent")] == ["Lost B.V.lost"]
    assert rows(document, "unjudged") == [
        ["DSO", "betalingen met hun datum, per factuur", "Open B.V."]
    ]
    assert texts(document, "h3")[0] == "Bij 1 cliënt is niet alles te beoordelen"


def test_when_all_is_well_the_page_says_so():
    _, document = page(made())
    assert texts(document, "h2")[0] == "Geen enkel rapport hoeft eerst te worden nagekeken"
    assert rows(document, "urgent") == []


def test_verdicts_are_words_and_what_is_beyond_is_marked():
    _, document = page(made(overdue=0.2))
    cells = document.select("table.clients tbody tr:first-child td.verdict")
    assert [cell.get_text().strip("–").strip() for cell in cells[1:3]] == [
        *("Goed", "Onvoldoende"),
    ]
    assert cells[2].get("title") == "DSO: onvoldoende. DSO: 60 tegen norm 45"
    assert texts(document, "td.beyond") == ["60"]


def test_currencies_stand_apart_and_sort_apart():
    text, document = page(made(), made("usd", currency="USD"), made("two"))
    assert [row[:3] for row in rows(document, "totals")] == [
        ["EUR", "2", "€ 20.000"],
        ["USD", "1", "US$ 10.000"],
    ]
    groups = [cell.get("data-group") for cell in document.select("td.outstanding")]
    assert sorted(groups) == ["0", "0", "1"]
    assert "nergens opgeteld" in text
    assert "nergens opgeteld" not in page(made())[0]


def test_places_of_five_clients_and_their_quartiles():
    _, document = page(*five())
    places = {row[0].split()[0]: row[3] for row in rows(document, "places")}
    assert places == {
        "Alfa": "1 / 4",
        "Bravo": "4 / 4",
        "Charlie": "3 / 4",
        "Delta": "0 / 4",
        "Echo": "2 / 4",
    }
    assert rows(document, "spreads")[2][:5] == ["DSO (dagen)", "5", "45", "50", "60"]
    assert len(document.select("table.spreads tr:nth-child(3) .one")) == 5


def test_one_client_is_compared_with_nobody():
    text, document = page(made(), failed())
    assert document.select("table.places, table.spreads") == []
    assert "Vergelijken kan vanaf twee cliënten." in text


def test_two_clients_have_places_but_no_quartiles():
    text, document = page(*five()[:2])
    assert rows(document, "places")[0][3] == "0 / 1"
    assert rows(document, "spreads")[2][2:5] == ["–", "–", "–"]
    assert "minstens vijf" in text


def test_the_table_for_a_client_holds_no_other_name():
    data = summary(*five())
    client = data["clients"][0]
    assert is_anonymous(client)
    text = standing_html(client, data["indicators"])
    for name in list(FIVE)[1:]:
        assert name.title() not in text
    assert "Alfa B.V." in text
    found = rows(BeautifulSoup(text, "lxml"), "own")
    assert found[2] == ["DSO (dagen)", "60", "1 van 4", "zwakkere helft", "45", "50", "60"]
    assert not any("€" in cell for row in found for cell in row)


def test_four_clients_get_no_table_and_unknown_figures_are_left_out():
    assert not any(is_anonymous(client) for client in summary(*five()[:4])["clients"])
    data = summary(*five()[:4], made("open", dso=None))
    text = standing_html(data["clients"][0], data["indicators"])
    shown = rows(BeautifulSoup(text, "lxml"), "own")
    assert "DSO (dagen)" not in [row[0] for row in shown]


def test_a_batch_under_way_says_how_far_it_is():
    from credit_helpers.report.batch_summary import summary_of

    data = summary_of([made()], of=3, language="nl")
    assert "1 van de 3 zijn verwerkt" in summary_html(data, "nl")
    nothing = summary_of([Outcome("a", "a")], of=1, language="nl")
    assert "<h1>" in summary_html(nothing, "nl")


def test_the_same_batch_gives_the_same_page():
    assert page(*five())[0] == page(*five())[0]


@pytest.mark.skipif(find_browser() is None, reason="no browser")
def test_headings_sort_by_mouse_and_keyboard_and_say_so(tmp_path):
    outcomes = (made("two", balance=2_000), made("usd", balance=9_000, currency="USD"))
    file = tmp_path / "summary.html"
    file.write_text(page(*outcomes, made("ten", balance=10_000), failed())[0], encoding="utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_browser())
        tab, asked = browser.new_page(), []
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("pageerror", lambda error: asked.append(str(error)))
        tab.goto(file.as_uri())
        names = "[...document.querySelectorAll('table.clients bdi')].map((b) => b.textContent)"
        begun = tab.evaluate(names)
        head = tab.get_by_role("columnheader", name="Openstaand saldo").last
        head.get_by_role("button").click()
        # Amounts within their currency, the euro of most clients first; what failed is last.
        assert tab.evaluate(names) == ["Ten B.V.", "Two B.V.", "Usd B.V.", "beta"]
        assert head.get_attribute("aria-sort") == "descending"
        assert tab.locator("[aria-sort]").count() == 1
        assert "Openstaand saldo, aflopend" in tab.locator("[role=status]").inner_text()
        tab.keyboard.press("Enter")
        assert tab.evaluate(names) == ["Two B.V.", "Ten B.V.", "Usd B.V.", "beta"]
        tab.keyboard.press("Enter")
        assert tab.evaluate(names) == begun
        fonts = [url for url in asked if url.startswith("data:font")]
        assert [url for url in asked if url not in fonts] == [file.as_uri()]
        browser.close()


@pytest.mark.skipif(find_browser() is None or AXE is None, reason="no browser or no axe")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(tmp_path, scheme):
    from axe_playwright_python.sync_playwright import Axe

    outcomes = (*five(), failed(), made("open", dso=None), made("lost", quarantine=[aside()]))
    data = summary(*outcomes)
    texts_of = {
        "summary.html": summary_html(data, "nl"),
        "standing.html": standing_html(data["clients"][0], data["indicators"]),
    }
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_browser())
        for name, text in texts_of.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
            tab = browser.new_page(bypass_csp=True, color_scheme=scheme)
            tab.goto((tmp_path / name).as_uri())
            found = Axe().run(tab).response["violations"]
            assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
        browser.close()
