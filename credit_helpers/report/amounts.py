"""Where the workbook has the amount of a finding: the cell that a reader opens to check it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from credit_helpers.report.places import Evidence
from credit_helpers.views.table import Table
from credit_helpers.words import Words

ALL_FINDINGS = "findings"


def cells_of_findings(
    findings: Sequence[Any], tables: Mapping[str, Table], results: Mapping[str, Any], held: Evidence
) -> dict[str, str]:
    """Return of each finding, by its code, the cell that holds its amount.

    That is a total of the table that proves it, else a figure of its chapter, else the one cell of
    that table with this amount. An amount that no such cell holds, for instance what is beyond a
    norm or the sum of the rows named, is shown where all findings stand.

    Parameters
    ----------
    findings : sequence of Finding
        In the order of the table of all findings.
    tables : mapping of str to Table
        The tables of the workbook by name.
    results : mapping
        Of which the ``figures`` are used, each with its ``value`` and ``unit``.
    held : Evidence
        Where the workbook has them.

    Returns
    -------
    dict
        Code to cell, for example ``"DSO!D9"``; a finding without an amount is left out.
    """
    found = {}
    for place, finding in enumerate(findings):
        if not finding.impact_cents:
            continue
        cells = (
            *_totals(finding, tables, held),
            *_figures(finding, results["figures"], held),
            *_lone(finding, tables, held),
            *_listed(place, held),
        )
        if cells:
            found[finding.code] = cells[0]
    return found


def proof_text(table: str, cell: str | None, words: Words) -> str:
    """Return where a finding can be retraced: the cell of its amount, or its sheet and that cell.

    Examples
    --------
    >>> proof_text("dso_series", "DSO!D9", Words("nl")), proof_text("dso_series", None, Words("en"))
    ('DSO!D9', 'sheet DSO')
    """
    sheet = words.label(f"sheet.{table}")
    if not cell:
        return words.prose("labels.evidence.finding_on", sheet=sheet)
    is_apart = cell.rpartition("!")[0].strip("'") == words.label(f"sheet.{ALL_FINDINGS}")
    return words.prose("labels.evidence.finding_by", sheet=sheet, cell=cell) if is_apart else cell


def _totals(finding: Any, tables: Mapping[str, Table], held: Evidence) -> Iterator[str]:
    place = held.tables.get(finding.evidence.table)
    if place is None or not place["total"]:
        return
    for key, total in tables[finding.evidence.table].totals().items():
        if key.endswith("_cents") and _is(total, finding.impact_cents):
            yield _cell(place, key, place["total"])


def _figures(finding: Any, figures: Mapping[str, Any], held: Evidence) -> Iterator[str]:
    for key, figure in figures.items():
        is_own = key.partition(".")[0] == finding.subject and figure["unit"] == "cents"
        if is_own and key in held.figures and _is(figure["value"], finding.impact_cents):
            yield held.figures[key]["evidence"]


def _is(value: Any, cents: int) -> bool:
    """Whether a value is this amount; it may hold parts of a cent, where a finding is rounded."""
    return not pd.isna(value) and round(value) == cents


def _lone(finding: Any, tables: Mapping[str, Table], held: Evidence) -> Iterator[str]:
    """Yield the cell of the table with this amount, when no second one has it too."""
    name = finding.evidence.table
    if name not in held.tables:
        return
    table, place = tables[name], held.tables[name]
    rows = table.frame.head(place["last"] - place["first"] + 1)
    keys = [column.key for column in table.columns if column.unit == "cents"]
    same = [
        (key, row)
        for key in keys
        for row, value in enumerate(rows[key])
        if _is(value, finding.impact_cents)
    ]
    if len(same) == 1:
        key, row = same[0]
        yield _cell(place, key, place["first"] + row)


def _listed(place: int, held: Evidence) -> Iterator[str]:
    if known := held.tables.get(ALL_FINDINGS):
        yield _cell(known, "impact_cents", known["first"] + place)


def _cell(place: Mapping[str, Any], key: str, row: int) -> str:
    return f"{place['sheet']}!{place['columns'][key]}{row}"
