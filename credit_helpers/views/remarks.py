"""The consultant's own remark in a chapter, marked as such.

Remarks are written in a part of Markdown: paragraphs, emphasis, lists, quotations and tables.
Links, pictures and HTML are left as they were typed.
"""

from __future__ import annotations

from functools import cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from credit_helpers.views.show import Shown
from credit_helpers.words import Words

LEFT_OUT = ("link", "image", "autolink", "reference", "html_block", "html_inline", "hr")
HEADING = "h4"


def shown(text: str, words: Words) -> Shown | None:
    """Return a remark below the words that say whose it is; nothing for an empty one.

    Examples
    --------
    >>> print(shown("Call *first*.", Words("en")).html)
    <section class="remark"><h3>Consultant’s remark</h3><p>Call <em>first</em>.</p></section>
    """
    if not text.strip():
        return None
    mark = escape(words.raw("remarks.mark"))
    return Shown(f'<section class="remark"><h3>{mark}</h3>{safe_markup(text)}</section>')


def safe_markup(text: str, heading: str = HEADING) -> str:
    """Return Markdown as HTML that holds no link, picture, script or attribute of the writer's.

    Examples
    --------
    >>> safe_markup("[here](https://example.org) <b>now</b>")
    '<p>[here](https://example.org) &lt;b&gt;now&lt;/b&gt;</p>'
    """
    reader = _reader()
    tokens = reader.parse(text)
    for token in tokens:
        _plain(token, heading)
    return reader.renderer.render(tokens, reader.options, {}).strip()


def _plain(token: Token, heading: str) -> None:
    """Keep the headings below the one above the text, and no attribute but where a list begins."""
    if token.type in ("heading_open", "heading_close"):
        token.tag = heading
    token.info = ""
    token.attrs = {name: value for name, value in token.attrs.items() if name == "start"}


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(LEFT_OUT)
