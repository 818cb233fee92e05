"""One table as one worksheet: title, headings with filters, rows, and a total with live formulas.

The rows are a table of the spreadsheet's own, named after ours, so that a pivot table can be made
of them at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from credit_helpers.errors import ReportError
from credit_helpers.formats import unit_of
from credit_helpers.report.cells import cell_values, in_sheet, put
from credit_helpers.report.sheet_sizes import HEADER, LONG, set_sizes
from credit_helpers.views.formulas import ALARMS, BARS, ROWS
from credit_helpers.views.table import Column, Table, column_label
from credit_helpers.words import Words

if TYPE_CHECKING:
    from credit_helpers.report.places import Places
    from credit_helpers.report.workbook_look import Look

SHEET_ROWS = 1_048_576
MOST_FROZEN = 2
ROW = "\0"
"""Stands for the number of the row in a formula that is written on every row."""


@dataclass(frozen=True)
class Part:
    """The rows of a table that one worksheet holds.

    Parameters
    ----------
    sheet : Worksheet
    first, last : int
        Rows of the table, from 0; ``last`` is not included.
    """

    sheet: Worksheet
    first: int
    last: int

    def cells(self, place: int) -> str:
        """Return the address of a column's cells, with the name of the sheet."""
        rows = xl_range(HEADER + 1, place, HEADER + self.last - self.first, place)
        return in_sheet(self.sheet, rows)


def complete(table: Table) -> Table:
    """Return the table with the columns that its ratios are made of, so that they can be redone."""
    present = {column.key for column in table.columns}
    needed = [key for c in table.columns if isinstance(c.total, tuple) for key in c.total[1:]]
    added = [
        Column(key, _label(key, table.words), unit_of(key), "sum")
        for key in dict.fromkeys(needed)
        if key not in present and key in table.frame
    ]
    summed = tuple(
        replace(c, total="sum") if c.key in needed and c.total is None else c for c in table.columns
    )
    return replace(table, columns=(*summed, *added))


def lay_out(table: Table, new_sheet: Callable[[], Worksheet]) -> list[Part]:
    """Return empty worksheets for every row of a table: as many as it takes."""
    room = SHEET_ROWS - HEADER - 2
    rows = len(table.frame)
    return [
        Part(new_sheet(), first, min(first + room, rows)) for first in range(0, max(rows, 1), room)
    ]


def write_table(table: Table, parts: list[Part], look: Look, places: Places) -> None:
    """Write every row of a table; totals stand on the last of its sheets.

    Parameters
    ----------
    table : Table
        As :func:`complete` returns it.
    parts : list of Part
        As :func:`lay_out` returns them.
    look : Look
    places : Places
        What formulas refer to.
    """
    for number, part in enumerate(parts, start=1):
        _write_head(part, table, look)
        _add_table(part, table, look, number)
        for place, column in enumerate(table.columns):
            _write_column(
                part, place, table, look=look, formula=_row_formula(table, column, places)
            )
            _mark(part, place, column, look=look, places=places)
        set_sizes(part.sheet, table, headings(table), rows=slice(part.first, part.last))
    if table.has_totals:
        _write_totals(parts, table, look)


def headings(table: Table) -> list[str]:
    """Return the headings, each different: of two that are the same each gets its unit."""
    words, labels = table.words, [column.label for column in table.columns]
    units = {unit: words.label(f"workbook.unit_{unit}") for unit in ("cents", "days", "count")}
    named: list[str] = []
    for column in table.columns:
        name = column.label or column.key
        if labels.count(column.label) > 1 and column.unit in units:
            name = f"{name} ({units[column.unit]})"
        taken, wanted, number = {known.lower() for known in named}, name, 1
        while name.lower() in taken:
            number += 1
            name = f"{wanted} {number}"
        named.append(name)
    return named


def _label(key: str, words: Words) -> str:
    known = words.has(f"labels.column.{key}") or key.removesuffix("_cents") != key
    try:
        return column_label(key, words) if known else key
    except ReportError:
        return key


def _write_head(part: Part, table: Table, look: Look) -> None:
    sheet = part.sheet
    put(sheet, 0, 0, table.title, look.format("title"))
    put(sheet, 1, 0, table.note, look.format("note"))
    look.way_back(sheet)
    for place, (column, heading) in enumerate(zip(table.columns, headings(table), strict=True)):
        shown = look.format("header", right=column.css_class == "num")
        put(sheet, HEADER, place, heading, shown)
    sheet.freeze_panes(HEADER + 1, _named_by(table) if len(table.columns) > 1 else 0)
    sheet.repeat_rows(HEADER)


def _named_by(table: Table) -> int:
    """Return how many columns at the left name a row, so that they stay in sight."""
    totals = [column.total for column in table.columns[:MOST_FROZEN]]
    return totals.index("label") + 1 if "label" in totals else 1


def _add_table(part: Part, table: Table, look: Look, number: int) -> None:
    """Make the rows a table of the spreadsheet's own; without rows only the filter is set."""
    last = len(table.columns) - 1
    if part.last == part.first:
        part.sheet.autofilter(HEADER, 0, HEADER + 1, last)
        return
    named = zip(headings(table), table.columns, strict=True)
    columns = [
        {
            "header": heading,
            "header_format": look.format("header", right=column.css_class == "num"),
        }
        for heading, column in named
    ]
    name = f"tbl_{table.name}" + (f"_{number}" if number > 1 else "")
    settings = {"name": name, "columns": columns, "style": None}
    part.sheet.add_table(HEADER, 0, HEADER + part.last - part.first, last, settings)


def _row_formula(table: Table, column: Column, places: Places) -> str | None:
    """Return the formula of a column's cells, with a mark for the number of the row."""
    text = ROWS.get((table.name, column.key))
    if text is None and isinstance(column.total, tuple):
        _, above, below = column.total
        text = f"[@{above}]/[@{below}]"
    return places.formula(text, table=table.name) if text else None


def _write_column(part: Part, place: int, table: Table, *, look: Look, formula: str | None) -> None:
    column, sheet = table.columns[place], part.sheet
    values = table.frame[column.key].iloc[part.first : part.last]
    cells = cell_values(values, column.unit, table.words)
    shown = look.format(_role(column, table))
    for row, value in enumerate(cells, start=HEADER + 1):
        if formula and value is not None and not isinstance(value, str):
            sheet.write_formula(row, place, formula.replace(ROW, str(row + 1)), shown, value)
        else:
            put(sheet, row, place, value, shown)


def _role(column: Column, table: Table) -> str:
    """Return the format of a column; whole days are written without decimals."""
    if column.key in LONG:
        return "long"
    if column.unit == "days":
        days = table.frame[column.key].dropna()
        return "count" if (days.astype(float) % 1 == 0).all() else "days"
    return column.unit


def _mark(part: Part, place: int, column: Column, *, look: Look, places: Places) -> None:
    """Give the cells of a column a bar, or a colour where a figure alarms."""
    rows = (HEADER + 1, place, max(HEADER + part.last - part.first, HEADER + 1), place)
    if column.key in BARS and part.last > part.first + 1:
        part.sheet.conditional_format(*rows, look.bar(column.unit))
    alarm = places.formula(ALARMS[column.key]) if column.key in ALARMS else None
    if alarm:
        cell = f"{xl_col_to_name(place)}{HEADER + 2}"
        test = f"=AND(ISNUMBER({cell}),{cell}{alarm.removeprefix('=')})"
        part.sheet.conditional_format(*rows, look.alarm(test))


def _write_totals(parts: list[Part], table: Table, look: Look) -> None:
    part, totals = parts[-1], table.totals()
    row = HEADER + 1 + part.last - part.first
    places = {column.key: place for place, column in enumerate(table.columns)}
    for place, column in enumerate(table.columns):
        shown, value = look.format(column.unit, bold=True), totals.get(column.key)
        if column.total == "sum":
            digits, per = (2, 100) if column.unit == "cents" else (9, 1)
            sums = "+".join(f"SUBTOTAL(109,{p.cells(place)})" for p in parts)
            stored = round(float(value or 0) / per, digits)
            part.sheet.write_formula(row, place, f"=ROUND({sums},{digits})", shown, stored)
        elif isinstance(column.total, tuple):
            above, below = (f"{xl_col_to_name(places[k])}{row + 1}" for k in column.total[1:])
            stored: Any = "" if value is None or value != value else float(value)
            formula = f'=IF({below}=0,"",{above}/{below})'
            part.sheet.write_formula(row, place, formula, shown, stored)
        else:
            put(part.sheet, row, place, value, shown)
