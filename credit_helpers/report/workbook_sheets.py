"""The sheets of the workbook's own: cover, contents, figures, policy, checks, dictionary."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlsxwriter.worksheet import Worksheet

from credit_helpers.formats import unit_of
from credit_helpers.report.cells import cut, in_sheet, put, shown_address
from credit_helpers.report.places import Places, figure_name, policy_name
from credit_helpers.report.sheet import headings
from credit_helpers.report.sheet_sizes import HEADER, LINE
from credit_helpers.views.formulas import CHECKS, FIGURES, HELD
from credit_helpers.views.glossary import column_meaning, figure_label

if TYPE_CHECKING:
    from credit_helpers.report.checks import Check
    from credit_helpers.report.workbook_look import Look
    from credit_helpers.views.table import Table

COVER = (
    *("client_name", "as_of", "period", "currency", "basis", "prepared_for"),
    *("prepared_by", "firm", "confidentiality", "version", "fingerprint"),
)
DIFFERING = "checks_differing"
"""Name of the cell that counts the checks that do not agree."""
LETTERS = 78
"""Letters on a line of the cover's second column, counted tightly."""
# Half a cent: what a sum of amounts may be off because of how a spreadsheet holds them.
NOTHING = 0.005


@dataclass(frozen=True)
class Listed:
    """A sheet as the contents name it, with the headings of one of the workbook's own.

    Parameters
    ----------
    sheet : Worksheet
    title : str
    rows : int
    columns : tuple of str
        Keys of the headings in ``labels.workbook``.
    """

    sheet: Worksheet
    title: str
    rows: int
    columns: tuple[str, ...] = ()


def write_cover(
    look: Look, sheet: Worksheet, checks: Sequence[Check], caveats: Iterable[str] = ()
) -> None:
    """Write whose workbook it is, whether its sums agree, how to read it, and what is uncertain."""
    words = look.words
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    put(sheet, 0, 0, words.label("workbook.title"), look.format("title"))
    lines = [(name, str(getattr(look.cover, name, "") or "")) for name in COVER]
    row = 2
    for name, value in [line for line in lines if line[1]]:
        put(sheet, row, 0, words.label(f"workbook.{name}"), look.format("note"))
        put(sheet, row, 1, cut(value, words), look.format("long"))
        row += 1
    put(sheet, row + 1, 0, words.label("workbook.differing"), look.format("note"))
    if checks:
        shown = look.format("number")
        sheet.write_formula(row + 1, 1, f"={DIFFERING}", shown, _differing(checks))
        sheet.conditional_format(f"B{row + 2}", look.alarm(f"=$B${row + 2}<>0"))
    told = [("workbook.reading", words.label("workbook.reading_text"))]
    told += [("card.caveat", text) for text in caveats]
    for place, (key, text) in enumerate(told, start=row + 3):
        put(sheet, place, 0, words.label(key), look.format("note"))
        put(sheet, place, 1, text, look.format("long"))
        sheet.set_row(place, LINE * math.ceil(len(text) / LETTERS))


def write_contents(look: Look, sheet: Worksheet, listed: Iterable[Listed]) -> None:
    """Name every sheet, with a link to it."""
    words = look.words
    labels = [words.label(f"workbook.{key}") for key in ("sheet", "holds", "rows")]
    look.heading(sheet, words.label("workbook.contents"), labels, (34, 80, -12))
    for row, one in enumerate(listed, start=HEADER + 1):
        look.link(sheet, (row, 0), in_sheet(one.sheet, "A1"), one.sheet.get_name())
        put(sheet, row, 1, one.title, look.format("text"))
        put(sheet, row, 2, one.rows, look.format("count"))


def write_figures(
    look: Look, figures: Mapping[str, Any], places: Places
) -> tuple[Listed, dict[str, dict[str, str]]]:
    """Write every figure in a named cell, as a formula where the workbook has what it is made of.

    Returns
    -------
    tuple
        The sheet, and of each figure the name of its cell and the cell that shows it.
    """
    words = look.words
    keys = ("key", "label", "value", "unit", "text", "source", "evidence", "name")
    sheet, title = _own(look, "figures", keys, (38, 44, -18, 12, 20, 34, 26, 38))
    evidence: dict[str, dict[str, str]] = {}
    for row, (key, figure) in enumerate(sorted(figures.items()), start=HEADER + 1):
        unit, value = figure["unit"], figure["value"]
        template = FIGURES.get(key, "")
        formula = places.formula(template) if template and value is not None else None
        _value(look, sheet, (row, 2), formula=formula, value=value, unit=unit)
        cell = f"$C${row + 1}"
        look.book.define_name(figure_name(key), f"={in_sheet(sheet, cell)}")
        held = places.held(HELD.get(key, ""), value) or in_sheet(sheet, f"C{row + 1}")
        evidence[key] = {"evidence": shown_address(held), "name": figure_name(key)}
        texts = (
            *((0, key), (1, figure_label(key, words)), (3, words.label(f"workbook.unit_{unit}"))),
            *((4, figure["text"]), (5, _source(look, formula, template, places))),
            (7, figure_name(key)),
        )
        for place, text in texts:
            put(sheet, row, place, text, look.format("text"))
        look.link(sheet, (row, 6), held, shown_address(held))
    sheet.autofilter(HEADER, 0, HEADER + max(len(figures), 1), len(keys) - 1)
    return Listed(sheet, title, len(figures), keys), evidence


def write_policy(look: Look, policy: Mapping[str, Any]) -> Listed:
    """Write the policy values as numbers, each in a named cell that formulas refer to."""
    keys = ("key", "value", "meaning", "name")
    sheet, title = _own(look, "policy", keys, (44, -24, 80, 46))
    words = look.words
    for row, (key, value) in enumerate(policy.items(), start=HEADER + 1):
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        put(sheet, row, 0, key, look.format("text"))
        if is_number:
            _value(look, sheet, (row, 1), formula=None, value=value, unit=_policy_unit(key))
            look.book.define_name(policy_name(key), f"={in_sheet(sheet, f'$B${row + 1}')}")
        else:
            put(sheet, row, 1, _several(value), look.format("long"))
        about = f"policy.{key}"
        meaning = words.raw(about) if words.has(about) else ""
        put(sheet, row, 2, meaning, look.format("long"))
        put(sheet, row, 3, policy_name(key) if is_number else "", look.format("text"))
    return Listed(sheet, title, len(policy), keys)


def write_checks(look: Look, checks: Sequence[Check], places: Places) -> Listed:
    """Write the sums that must agree, each made of the workbook's own rows where it has them."""
    keys = ("control", "left", "right", "zero")
    sheet, title = _own(look, "checks", keys, (80, -20, -20, -16))
    seen: dict[str, int] = {}
    for row, check in enumerate(checks, start=HEADER + 1):
        nth = seen[check.code] = seen.get(check.code, -1) + 1
        label = look.words.label(f"control.{check.code}")
        name = f"{check.of}: {label}" if check.of else label
        put(sheet, row, 0, cut(name, look.words), look.format("text"))
        for place, side in enumerate(("left", "right")):
            text = CHECKS.get(check.code, ("", ""))[place]
            formula = places.formula(text, nth=nth) if text else None
            value = getattr(check, side)
            _value(look, sheet, (row, 1 + place), formula=formula, value=value, unit=check.unit)
        per = 100 if check.unit == "cents" else 1
        zero = f"=ROUND(B{row + 1}-C{row + 1},2)"
        shown = look.format(check.unit, bold=True)
        sheet.write_formula(row, 3, zero, shown, check.difference / per)
    _count_differing(look, sheet, checks)
    return Listed(sheet, title, len(checks), keys)


def write_dictionary(look: Look, tables: Iterable[Table], own: Iterable[Listed]) -> Listed:
    """Name every column of every sheet, with its unit and what it means."""
    words = look.words
    keys = ("sheet", "column", "meaning", "unit", "key")
    sheet, title = _own(look, "dictionary", keys, (28, 34, 90, 14, 28))
    rows = [
        (table.sheet, heading, column_meaning(c.key, words), _unit(look, c.unit), c.key)
        for table in tables
        for heading, c in zip(headings(table), table.columns, strict=True)
    ]
    rows += [
        (one.sheet.get_name(), words.label(f"workbook.{key}"), _about(look, key), "", key)
        for one in (*own, Listed(sheet, title, 0, keys))
        for key in one.columns
    ]
    for row, texts in enumerate(rows, start=HEADER + 1):
        for place, text in enumerate(texts):
            look_of = "long" if place == 2 else "text"
            put(sheet, row, place, cut(text, words), look.format(look_of))
    sheet.autofilter(HEADER, 0, HEADER + max(len(rows), 1), len(keys) - 1)
    return Listed(sheet, title, len(rows), keys)


def _own(
    look: Look, name: str, keys: Sequence[str], widths: Sequence[float]
) -> tuple[Worksheet, str]:
    title = look.words.label(f"workbook.{name}_title")
    sheet = look.sheet(look.words.label(f"workbook.{name}"), title)
    look.heading(sheet, title, [look.words.label(f"workbook.{key}") for key in keys], widths)
    look.way_back(sheet)
    return sheet, title


def _value(
    look: Look,
    sheet: Worksheet,
    cell: tuple[int, int],
    *,
    formula: str | None,
    value: Any,
    unit: str,
) -> None:
    """Write a figure, as a live formula with its value where there is one."""
    shown = value / 100 if unit == "cents" and value is not None else value
    if formula:
        sheet.write_formula(*cell, formula, look.format(unit), shown)
    else:
        put(sheet, *cell, shown, look.format(unit))


def _source(look: Look, formula: str | None, template: str, places: Places) -> str:
    """Return what a figure is made of: sheets, other figures, or the program alone."""
    words = look.words
    if not formula:
        return words.label("workbook.computed")
    names = places.sheets(template)
    if not names:
        return words.label("workbook.follows")
    return words.prose("labels.workbook.made_of", sheets=words.formats.join(names))


def _count_differing(look: Look, sheet: Worksheet, checks: Sequence[Check]) -> None:
    if not checks:
        return
    last = HEADER + len(checks)
    cells = f"D{HEADER + 2}:D{last + 1}"
    sheet.conditional_format(cells, look.alarm(f"=ABS(D{HEADER + 2})>={NOTHING}"))
    put(sheet, last + 2, 0, look.words.label("workbook.differing"), look.format("text", bold=True))
    formula = f"=SUMPRODUCT(--(ABS({cells})>={NOTHING}))"
    shown = look.format("count", bold=True)
    sheet.write_formula(last + 2, 3, formula, shown, _differing(checks))
    look.book.define_name(DIFFERING, f"={in_sheet(sheet, f'$D${last + 3}')}")


def _differing(checks: Iterable[Check]) -> int:
    return sum(check.difference != 0 for check in checks)


def _unit(look: Look, unit: str) -> str:
    return look.words.label(f"workbook.unit_{unit}")


def _about(look: Look, key: str) -> str:
    return look.words.raw(f"columns.workbook_{key}")


def _policy_unit(key: str) -> str:
    unit = unit_of(key)
    return "index" if unit == "text" else unit


def _several(value: Any) -> str:
    parts = value if isinstance(value, (list, tuple)) else (value,)
    return " · ".join(str(part) for part in parts)
