"""Where the workbook has a figure: the page names the cell, which is known once it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from credit_helpers.report.charts import safe_json
from credit_helpers.report.debtor_index import debtor_index
from credit_helpers.words import Words

_NO_CELLS = '<script type="application/json" id="cells">{}</script>'
_NO_DEBTORS = '<script type="application/json" id="debtors">{}</script>'
_PLACE = re.compile(
    r'<span class="(?P<css>[\w ]+)" data-figure="(?P<key>[\w.]+)"'
    r'(?: data-label="(?P<label>[^"]*)")?></span>'
)
_PROOF = re.compile(r'<span class="proof" data-finding="(?P<code>\w+)">[^<]*</span>')


def with_cells(page: str, results: Mapping[str, Any], words: Words) -> str:
    """Return a page in which every place kept for a cell names it, and which knows its tables'.

    Parameters
    ----------
    page : str
        HTML, with an empty ``span`` that has a ``data-figure`` for each place, and one with a
        ``data-finding`` that names the sheet.
    results : mapping
        ``results.json``; of a figure without ``evidence`` the place is taken out.
    words : Words

    Examples
    --------
    >>> place = '<span class="cell" data-figure="dso.dso_days"></span>'
    >>> figures = {"dso.dso_days": {"evidence": "DSO!D5"}}
    >>> with_cells(place, {"figures": figures, "tables": {}}, Words("nl"))
    '<span class="cell">Bewijs: DSO!D5</span>'
    >>> proof = '<span class="proof" data-finding="dso_rose">blad DSO</span>'
    >>> found = [{"code": "dso_rose", "evidence": {"text": "DSO!D9"}}]
    >>> with_cells(proof, {"figures": {}, "tables": {}, "findings": found}, Words("nl"))
    '<span class="proof">DSO!D9</span>'
    """

    def shown(found: re.Match[str]) -> str:
        cell = results["figures"].get(found["key"], {}).get("evidence")
        if not cell:
            return ""
        label = unescape(found["label"] or "") or words.label("notes.evidence")
        text = words.prose("labels.evidence.cell", label=label, cell=cell)
        return f'<span class="{found["css"]}">{escape(text)}</span>'

    tables = {name: table["cells"] for name, table in results["tables"].items()}
    proofs = {f["code"]: f["evidence"]["text"] for f in results.get("findings", ())}

    def proved(found: re.Match[str]) -> str:
        text = proofs.get(found["code"])
        return f'<span class="proof">{escape(text)}</span>' if text else found[0]

    page = _PROOF.sub(proved, _PLACE.sub(shown, page))
    for empty, held in ((_NO_CELLS, tables), (_NO_DEBTORS, debtor_index(results))):
        page = page.replace(empty, empty.replace("{}", safe_json(held)), 1)
    return page
