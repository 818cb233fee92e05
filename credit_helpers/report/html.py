"""Render an executed report notebook to one self-contained page.

nbconvert does the work with the template in ``templates/audit``. The page needs no network: the
chart library, the fonts and the styles are inside, once. A content-security policy lets only our
own two scripts run, by their hashes, so that nothing in a client's file can.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import html as markup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.strings import clean_html
from nbformat import NotebookNode
from traitlets.config import Config

from credit_helpers.report.charts import CHART_TYPE, as_chart, safe_json
from credit_helpers.report.cover import Cover
from credit_helpers.resources import resource
from credit_helpers.views import style
from credit_helpers.words import Words

DROPPED_TAGS = frozenset({"lab", "parameters", "injected-parameters", "setup", "handover"})
# Widths of a chart on paper, in pixels of 1/96 inch: the main column and the full page.
WIDTHS = {"main": 476, "full": 642}
LABELS = ("title", "short_title", "as_of", "contents", "skip", "page", "of")
_OPENING = '<header class="opening"'
_NOTES = '<aside class="notes"'
_FINDING = re.compile(r'<section class="finding"')
_FACES = {
    "Inter": "inter",
    "Source Serif 4": "source-serif-4",
}
_SUBSETS = {
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1E00-1E9F,"
    "U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,"
    "U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
}


@dataclass(frozen=True)
class Chapter:
    """What the contents say about a chapter."""

    id: str
    number: int
    title: str
    heading: str
    findings_count: int
    findings_text: str
    is_noted: bool


def render(notebook: NotebookNode, cover: Cover, words: Words) -> str:
    """Return the page of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        The assembled report after execution; it is not altered.
    cover : Cover
        What stands on the cover and in the margins.
    words : Words
        Language of the page's own labels.

    Returns
    -------
    str
        One HTML document; the same for the same input.
    """
    shown = deepcopy(notebook)
    shown.cells = [cell for cell in shown.cells if not _is_dropped(cell)]
    chapters = _chapters(shown.cells, words)
    page = {
        "cover": cover,
        "chapters": chapters,
        "title": cover.title(words),
        "author": cover.author,
        "facts": cover.facts(words),
        "label": {name: words.label(f"report.{name}") for name in LABELS},
        "settings": _settings(cover, words, chapters),
        "look": _look(cover),
        **_assets(),
    }
    text, _ = _exporter().from_notebook_node(shown, resources={"page": page})
    return text


def _is_dropped(cell: NotebookNode) -> bool:
    tags = set(cell.metadata.get("tags", []))
    return bool(tags & DROPPED_TAGS) or (cell.cell_type == "code" and not cell.get("outputs"))


def _chapters(cells: list[NotebookNode], words: Words) -> list[Chapter]:
    """Mark the cells that begin a chapter, and bring each chapter's notes beside its opening."""
    starts = [place for place, cell in enumerate(cells) if _openings(cell)]
    chapters = []
    for number, (start, end) in enumerate(
        zip(starts, [*starts[1:], len(cells)], strict=True), start=1
    ):
        chapter = _chapter(cells[start:end], number, words)
        cells[start].metadata["chapter"] = chapter
        chapters.append(chapter)
    return chapters


def _openings(cell: NotebookNode) -> list[NotebookNode]:
    return [out for out in cell.get("outputs", []) if _html(out).startswith(_OPENING)]


def _chapter(cells: list[NotebookNode], number: int, words: Words) -> Chapter:
    notes = "".join(_take_notes(cells))
    opening = _openings(cells[0])[0]
    header = markup.fragment_fromstring(_html(opening))
    before, end_of_heading, after = _html(opening).partition("</h2>")
    opening.data["text/html"] = before + end_of_heading + notes + after
    found = sum(len(_FINDING.findall(_html(out))) for cell in cells for out in _outputs(cell))
    return Chapter(
        id=re.sub(r"[^a-z_]", "", header.get("data-subject", "")) or f"chapter_{number}",
        number=number,
        title=_text(header, "p[@class='chapter']"),
        heading=_text(header, "h2"),
        findings_count=found,
        findings_text=words.prose("labels.report.findings", findings_count=found),
        is_noted=bool(notes),
    )


def _take_notes(cells: list[NotebookNode]) -> Iterable[str]:
    for cell in cells:
        for output in _outputs(cell):
            if _html(output).startswith(_NOTES):
                yield _html(output)
                cell.outputs.remove(output)


def _outputs(cell: NotebookNode) -> list[NotebookNode]:
    """Return the shown outputs of a cell, each turned into one kind for the template."""
    shown = [out for out in cell.get("outputs", []) if "data" in out]
    for output in shown:
        output.output_type = "display_data"
    return shown


def _html(output: NotebookNode) -> str:
    return str(output.get("data", {}).get("text/html", "")).lstrip()


def _text(element: Any, path: str) -> str:
    found = element.find(path)
    return " ".join(found.text_content().split()) if found is not None else ""


def _exporter() -> HTMLExporter:
    config = Config()
    config.NbConvertBase.display_data_priority = [CHART_TYPE, "text/html", "text/markdown"]
    exporter = HTMLExporter(
        config=config,
        template_name="audit",
        extra_template_basedirs=[str(resource("templates"))],
        preprocessors=[],
        exclude_input=True,
    )
    exporter.register_filter("as_chart", as_chart)
    exporter.register_filter("clean_html", clean_html)
    return exporter


def _look(cover: Cover) -> str:
    brand = {**style.PALETTE, "accent": cover.accent}
    return safe_json(
        {
            "palette": style.PALETTE,
            "brand": brand,
            "widths": WIDTHS,
            "template": style.TEMPLATE.to_plotly_json(),
        }
    )


def _settings(cover: Cover, words: Words, chapters: list[Chapter]) -> str:
    """Return what differs per report in the styles: the palette and the margins of the page."""
    colours = {**style.PALETTE, "accent": cover.accent, "brand": cover.accent}
    root = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    numbers = "".join(f'#{c.id}{{--number:"{c.number}"}}' for c in chapters)
    label = words.label
    margins = {
        "top-left": css_text(f"{cover.client_name} · {label('report.short_title')}"),
        "top-right": css_text(f"{label('report.as_of_date')} {cover.as_of}"),
        "bottom-left": css_text(cover.confidentiality),
        "bottom-right": f"{css_text(label('report.page'))} counter(page) "
        f"{css_text(label('report.of'))} counter(pages)",
    }
    font = f"font:7.5pt Inter,Arial,sans-serif;color:{style.MUTED}"
    boxes = "".join(f"@{place}{{content:{text};{font}}}" for place, text in margins.items())
    blank = "".join(f"@{place}{{content:none}}" for place in margins)
    return (
        f":root{{{root}}}{numbers}@page{{size:A4;margin:22mm 18mm 20mm 22mm;{boxes}}}"
        f"@page cover{{margin:0;{blank}}}"
    )


def css_text(text: str) -> str:
    r"""Return text as a CSS string in which nothing can end the string or the style element.

    Examples
    --------
    >>> css_text('A"</style>')
    '"A\\22 \\3c \\2f style\\3e "'
    """
    safe = (c if c.isalnum() or c in " .,-·" else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(safe)}"'


@cache
def _assets() -> dict[str, str]:
    folder = resource("templates", "audit")
    files = {
        name: (folder / name).read_text(encoding="utf-8")
        for name in ("plotly-basic.min.js", "report.js", "style.css", "screen.css", "print.css")
    }
    library, script = files["plotly-basic.min.js"], files["report.js"]
    return {
        "library": library,
        "script": script,
        "style": files["style.css"] + files["screen.css"] + files["print.css"],
        "fonts": "\n".join(_font_faces()),
        "security": _security(library, script),
        "chart_type": CHART_TYPE,
    }


def _security(*scripts: str) -> str:
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; font-src data:; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _font_faces() -> Iterable[str]:
    folder = resource("templates", "audit", "fonts")
    for family, file in _FACES.items():
        for subset, characters in _SUBSETS.items():
            data = (folder / f"{file}-{subset}-wght-normal.woff2").read_bytes()
            source = f"data:font/woff2;base64,{base64.b64encode(data).decode()}"
            yield (
                f'@font-face{{font-family:"{family}";font-weight:200 900;font-display:block;'
                f'src:url({source}) format("woff2");unicode-range:{characters}}}'
            )
