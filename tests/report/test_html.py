"""The page: self-contained, safe, complete, and the same for the same input."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from lxml import html as markup
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from credit_helpers.errors import ReportError
from credit_helpers.report.charts import as_chart
from credit_helpers.report.cover import Cover
from credit_helpers.report.html import render
from credit_helpers.words import Words


@pytest.fixture(scope="session")
def page(notebook: NotebookNode, cover: Cover, words: Words) -> str:
    return render(notebook, cover, words)


@pytest.fixture(scope="session")
def tree(page: str):
    return markup.document_fromstring(page)


def scripts(tree) -> list[str]:
    return [s.text for s in tree.iter("script") if s.get("type") is None]


def test_page_has_no_outside_address(page, tree):
    addresses = tree.xpath("//@src | //@href | //@srcset | //@action | //@data | //@poster")
    assert all(address.startswith("#") for address in addresses)
    style = "".join(element.text for element in tree.iter("style"))
    assert re.findall(r"url\((?!data:font/woff2;base64,)", style) == []
    assert "@import" not in style
    # What is left of outside addresses is text inside the library and inside the charts' JSON.
    without_scripts = re.sub(r"<script.*?</script>", "", page, flags=re.S)
    assert "http://" not in without_scripts
    assert "https://" not in without_scripts


def test_chart_library_and_template_are_there_once(page, tree):
    assert page.count("plotly.js (basic - minified)") == 1
    assert page.count('"annotationdefaults":') == 1
    assert len(scripts(tree)) == 2


def test_policy_allows_exactly_our_scripts(tree):
    meta = tree.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    digests = {
        base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts(tree)
    }
    assert set(re.findall(r"'sha256-([^']+)'", meta)) == digests
    assert "script-src 'unsafe-inline'" not in meta
    assert meta.startswith("default-src 'none'")


def test_fonts_are_inside(page):
    faces = re.findall(r'@font-face\{font-family:"([^"]+)".*?base64,([A-Za-z0-9+/=]{1000,})', page)
    assert sorted({name for name, _ in faces}) == ["Inter", "Source Serif 4"]
    assert len(faces) == 8


def test_hostile_text_makes_no_element(tree):
    assert all("alert" not in script for script in scripts(tree))
    assert tree.xpath("//b | //a[contains(@href, 'example')]") == []
    assert (
        tree.xpath("//h1/following-sibling::p")[0].text_content().startswith("Bouw & Zn <script>")
    )
    assert tree.find(".//title").text.startswith("Bouw & Zn <script>")


def test_hostile_text_does_not_leave_the_page_margin(page):
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    assert "@page" in style[1] and "alert" in style[1]


def test_code_and_setup_are_left_out(page):
    assert "geheim" not in page
    assert "show()" not in page
    for dropped in ("opzet", "overdracht", "Alleen in het lab"):
        assert dropped not in page


def test_language_and_skip_link(tree):
    assert tree.get("lang") == "nl"
    assert tree.xpath("//a[@class='skip']/@href") == ["#report"]


def test_contents_lead_to_the_chapters_with_their_findings(tree):
    links = tree.xpath("//nav//a")
    assert [a.get("href") for a in links] == ["#summary", "#ageing", "#dso"]
    assert [a.findtext("span[@class='count']") for a in links] == ["2", None, "1"]
    assert links[0].xpath("span[@class='count']/@title") == ["2 bevindingen"]
    ids = tree.xpath("//main/section/@id")
    assert ids == ["summary", "ageing", "dso"]


def test_every_cell_is_inside_a_chapter(tree):
    assert {child.tag for child in tree.find(".//main")} == {"section"}
    assert len(tree.xpath("//section[@id='ageing']//figure")) == 2


def test_notes_stand_beside_the_opening(tree):
    assert tree.xpath("//section[@id='ageing']/@class") == ["chapter noted"]
    assert tree.xpath("//section[@id='ageing']/header/aside/preceding-sibling::h2")
    assert len(tree.xpath("//aside")) == 1


def test_chart_has_its_message_unit_key_and_alternative(tree):
    first, second = tree.xpath("//figure[@class='chart']")
    assert first.findtext(".//span[@class='message']") == "Het saldo groeit"
    assert first.findtext(".//span[@class='unit']") == "× € 1.000"
    assert [m.text for m in first.iter("button")] == ["not_due", "d1_30", "d31_plus"]
    assert first.xpath(".//button/@style")[0] == "--mark: var(--not-due)"
    assert first.find("div").get("aria-label") == "Twaalf maanden."
    assert list(second.iter("button")) == []


def test_chart_json_can_be_read_and_has_no_template(tree):
    for script in tree.xpath("//figure/script"):
        figure = json.loads(script.text)
        assert "template" not in figure["layout"]
        assert "title" not in figure["layout"]


def test_chart_label_escapes_markup(tree):
    label = json.loads(tree.xpath("//figure/script")[1].text)["layout"]["annotations"][0]["text"]
    assert label.startswith("&lt;a href=")


def test_rendering_alters_nothing_and_repeats_itself(notebook, cover, words, page):
    before = json.dumps(notebook, sort_keys=True)
    assert render(notebook, cover, words) == page
    assert json.dumps(notebook, sort_keys=True) == before


def test_empty_notebook_makes_a_page(cover, words):
    assert "</main>" in render(new_notebook(), cover, words)


def test_english_labels(notebook, cover):
    text = render(notebook, cover, Words("en"))
    assert "Debtor portfolio audit" in text
    assert 'content:"Page " counter(page) " of " counter(pages)' in text


def test_brand_colour_is_checked():
    with pytest.raises(ReportError, match=r"#0B5C6B"):
        Cover(client_name="A", as_of="nu", accent="red;} body{display:none")


def test_cover_text_is_one_line():
    assert Cover(client_name="A\nB\x07 C", as_of="nu").client_name == "A B C"


def test_chart_without_layout_is_drawn():
    chart = as_chart({"data": [{"type": "bar", "x": [1], "y": [2]}]})
    assert (chart.title, chart.marks) == ("", ())
