"""A remark is the consultant's, marked as such, and holds nothing that acts."""

import pytest

from credit_helpers.views import remarks
from credit_helpers.words import Words

HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "<https://example.org>",
    "[x]: https://example.org\n\n[x]",
    "<img src=x onerror=alert(1)>",
    "```html onload\n<b>x</b>\n```",
    "| a |\n|:-:|\n| <b>x</b> |",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_typed_becomes_no_link_picture_or_script(text):
    html = remarks.safe_markup(text)
    for mark in ("<script", "<img", "<a", "<b>", "href=", "style=", "class="):
        assert mark not in html


def test_a_remark_reads_as_it_was_meant():
    html = remarks.safe_markup("## Let op\n\nTwee *klanten*:\n\n3. A\n4. **B**\n")
    assert "<h4>Let op</h4>" in html
    assert "<em>klanten</em>" in html
    assert '<ol start="3">' in html


def test_a_remark_says_whose_it_is():
    assert "Opmerking van de adviseur" in remarks.shown("Ja.", Words("nl")).html
    assert remarks.shown("  ", Words("nl")) is None
