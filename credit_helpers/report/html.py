"""Render an executed report notebook to one self-contained page.

nbconvert does the work with the template in ``templates/audit``. The page needs no network: the
chart library, the fonts and the styles are inside, once. A content-security policy lets only our
own two scripts run, by their hashes, so that nothing in a client's file can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any

from lxml import html as markup
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbformat import NotebookNode
from traitlets.config import Config

from credit_helpers.report.assets import assets, logo, look, own_font, settings
from credit_helpers.report.charts import CHART_TYPE, as_chart
from credit_helpers.report.cover import Cover
from credit_helpers.resources import resource
from credit_helpers.views.glossary import Meaning, headings
from credit_helpers.views.remarks import safe_markup
from credit_helpers.words import Words

DROPPED_TAGS = frozenset({"lab", "parameters", "injected-parameters", "setup", "handover"})
LABELS = (
    "title", "short_title", "as_of", "contents", "skip", "page", "of",
    "dark", "evidence", "search", "search_found", "search_none",
    "search_also", "search_more", "search_at",
)  # fmt: skip
_OPENING = '<header class="opening"'
_NOTES = '<aside class="notes"'
_FINDING = re.compile(r'<section class="finding"')
_ASKED = re.compile(r'(?:data-key="|aria-describedby="about-)(\w+)"')
_CODE = re.compile(r"(?<=<code>)[\w.]+(?=</code>)")


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
        "settings": settings(cover, words) + _numbers(chapters),
        "look": look(cover),
        "logo": logo(cover),
        "glossary": _explained(shown.cells, words),
        **assets(),
        "own_font": own_font(cover),
    }
    text, _ = _exporter().from_notebook_node(shown, resources={"page": page})
    return text


def _explained(cells: Iterable[NotebookNode], words: Words) -> list[Meaning]:
    """Return the meaning of every column and figure that the page offers to explain."""
    pages = (_html(output) for cell in cells for output in cell.get("outputs", []))
    return headings((key for page in pages for key in _ASKED.findall(page)), words)


def _is_dropped(cell: NotebookNode) -> bool:
    tags = set(cell.metadata.get("tags", []))
    return bool(tags & DROPPED_TAGS) or (cell.cell_type == "code" and not cell.get("outputs"))


def _chapters(cells: list[NotebookNode], words: Words) -> list[Chapter]:
    """Mark the cells that begin a chapter, and bring each chapter's notes beside its opening."""
    starts = [place for place, cell in enumerate(cells) if _openings(cell)]
    chapters = []
    ends = [*starts[1:], len(cells)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=False), start=1):
        chapter = _chapter(cells[start:end], number, words)
        cells[start].metadata["chapter"] = chapter
        chapters.append(chapter)
    return chapters


def _numbers(chapters: Iterable[Chapter]) -> str:
    return "".join(f'#{c.id}{{--number:"{c.number}"}}' for c in chapters)


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
        id=re.sub(r"[^a-z0-9_]", "", header.get("data-subject", "")) or f"chapter_{number}",
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
                # Beside the heading of a chapter they are one level below it.
                yield _CODE.sub(_breakable, _html(output)).replace("h4>", "h3>")
                cell.outputs.remove(output)


def _breakable(code: re.Match[str]) -> str:
    """Let a policy key break after a point or an underscore, in the narrow column."""
    return re.sub(r"([._])", r"\1<wbr>", code[0])


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


class _PageExporter(HTMLExporter):
    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> Any:
        # HTMLExporter's own parses the finished page again, a quarter of a second and another
        # spelling, to add text for pictures that our template has already.
        return TemplateExporter.from_notebook_node(self, nb, resources, **kw)


def _exporter() -> HTMLExporter:
    config = Config()
    config.NbConvertBase.display_data_priority = [CHART_TYPE, "text/html", "text/markdown"]
    exporter = _PageExporter(
        config=config,
        template_name="audit",
        extra_template_basedirs=[str(resource("templates"))],
        preprocessors=[],
        exclude_input=True,
    )
    exporter.register_filter("as_chart", as_chart)
    exporter.register_filter("as_prose", partial(safe_markup, heading="h3"))
    return exporter
