"""Where the workbook has a figure: the page names the cell, which is known once it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from credit_helpers.words import Words

_PLACE = re.compile(
    r'<span class="(?P<css>[\w ]+)" data-figure="(?P<key>[\w.]+)"'
    r'(?: data-label="(?P<label>[^"]*)")?></span>'
)


def with_cells(page: str, figures: Mapping[str, Any], words: Words) -> str:
    """Return a page in which every place kept for a cell names it.

    Parameters
    ----------
    page : str
        HTML, with an empty ``span`` that has a ``data-figure`` for each place.
    figures : mapping
        ``figures`` of ``results.json``; of a figure without ``evidence`` the place is taken out.
    words : Words

    Examples
    --------
    >>> place = '<span class="cell" data-figure="dso.dso_days"></span>'
    >>> with_cells(place, {"dso.dso_days": {"evidence": "DSO!D5"}}, Words("nl"))
    '<span class="cell">Bewijs: DSO!D5</span>'
    """

    def shown(found: re.Match[str]) -> str:
        cell = figures.get(found["key"], {}).get("evidence")
        if not cell:
            return ""
        label = unescape(found["label"] or "") or words.label("notes.evidence")
        text = words.prose("labels.evidence.cell", label=label, cell=cell)
        return f'<span class="{found["css"]}">{escape(text)}</span>'

    return _PLACE.sub(shown, page)
