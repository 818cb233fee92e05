"""The summary for an e-mail: what it says is in the results, and it holds nothing that acts."""

import json
import re

import pytest
from lxml import html as markup

from credit_helpers.report.email import FIGURES, six_figures, write_email
from credit_helpers.report.handover import hand_over
from credit_helpers.words import Words
from tests.report import small

HOSTILE = '<script>alert(1)</script>\n<a href="https://x">B.V.</a>\u202e'


@pytest.fixture(params=["nl", "en"])
def results(request, tmp_path):
    hand_over(small.audit(request.param), (), tmp_path)
    return json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))


def made(results, folder):
    write_email(results, folder)
    page = (folder / "email.html").read_text(encoding="utf-8")
    return page, (folder / "email.txt").read_text(encoding="utf-8")


def test_every_figure_and_sentence_is_in_the_results(results, tmp_path):
    page, text = made(results, tmp_path)
    flat = " ".join(text.split())
    shown = " ".join(markup.fromstring(page).text_content().split())
    said = [results["figures"][key]["text"] for key in FIGURES]
    said += [row[part] for row in results["decisions"] for part in ("title", "advice", "who")]
    said += [results["conclusions"]["summary"][part] for part in ("heading", "lead")]
    assert len(results["decisions"]) == 5
    for sentence in (" ".join(s.split()) for s in said):
        assert sentence in shown
        assert sentence in flat


def test_the_text_fits_in_a_mail(results, tmp_path):
    _, text = made(results, tmp_path)
    assert max(map(len, text.splitlines())) <= 100
    assert "&" not in text.replace("& Zn", "")
    assert len(text.splitlines()) < 70


def test_mail_programs_need_nothing_else(results, tmp_path):
    page, _ = made(results, tmp_path)
    assert not re.search(r"<(script|img|link|style|iframe|form)|url\(|https?:|class=", page)
    assert len(page) < 20_000


def test_text_of_the_client_is_no_markup_and_breaks_no_line(results, tmp_path):
    page, text = made({**results, "client": HOSTILE}, tmp_path)
    tree = markup.fromstring(page)
    assert tree.xpath("//script | //a") == []
    assert "alert(1)" in page
    assert text.splitlines()[0].startswith("<script>alert(1)</script> <a href=")
    assert "\u202e" not in page + text


def test_the_mail_is_the_brands(results, tmp_path):
    brand = {"firm": "Kantoor <b>Purper</b>", "accent": "#5B2A86"}
    page, _ = made({**results, "brand": brand}, tmp_path)
    assert "border-top:6px solid #5B2A86" in page
    assert "#0B5C6B" not in page
    assert "Kantoor &lt;b&gt;Purper&lt;/b&gt;" in page


def test_without_findings_it_says_so(results, tmp_path):
    page, text = made({**results, "decisions": []}, tmp_path)
    for shown in (page, text):
        assert re.search("geen bevindingen|no findings", shown)


def test_a_figure_that_is_not_known_is_said_to_be_so(results, tmp_path):
    unknown = {"value": None, "unit": "days", "text": "–"}
    figures = {**results["figures"], "dso.dso_days": unknown}
    _, text = made({**results, "figures": figures}, tmp_path)
    assert re.search(r"DSO +– \((niet vast te stellen|cannot be determined)\)", text)


def test_a_share_of_what_has_a_due_date_is_named_so(results):
    words = Words(results["language"])
    expected = {"nl": "van wat een vervaldatum heeft", "en": "of what has a due date"}
    said = [figure["against"] for figure in six_figures(results, words)]
    assert not any(expected[results["language"]] in against for against in said)
    results["figures"]["ageing.outstanding_cents"]["value"] = -100
    said = [figure["against"] for figure in six_figures(results, words)]
    assert sum(expected[results["language"]] in against for against in said) == 2
