"""One table as one worksheet: title, header with filter, rows, and a total with live formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from credit_helpers.errors import Fault, ReportError
from credit_helpers.formats import unit_of
from credit_helpers.views.table import Column, Table, column_label
from credit_helpers.words import Words

SHEET_ROWS = 1_048_576
TEXT_LENGTH = 32_767
NAME_LENGTH = 31
HEADER = 3
"""Row of the headings, from 0; above it stand the title, the note and an empty row."""
WIDTHS = (9, 48)
MEASURED_ROWS = 2_000
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

Formats = Callable[..., Format]


def safe_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """Return a sheet name that Excel accepts and that no other sheet has.

    Examples
    --------
    >>> safe_name("Ouderdom"), safe_name("1/2: [x]*"), safe_name("Ouderdom", ["ouderdom"])
    ('Ouderdom', '1 2 x', 'Ouderdom (2)')
    """
    name = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("'")[:NAME_LENGTH].strip() or "-"
    used = {known.lower() for known in taken} | {"history"}
    candidate, number = name, 1
    while candidate.lower() in used:
        number += 1
        ending = f" ({number})"
        candidate = name[: NAME_LENGTH - len(ending)].rstrip() + ending
    return candidate


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
        name = self.sheet.get_name().replace("'", "''")
        rows = xl_range(HEADER + 1, place, HEADER + self.last - self.first, place)
        return f"'{name}'!{rows}"


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


def write_table(table: Table, new_sheet: Callable[[], Worksheet], formats: Formats) -> list[Part]:
    """Write every row of a table, on as many sheets as it takes; totals stand on the last.

    Parameters
    ----------
    table : Table
        As :func:`complete` returns it.
    new_sheet : callable
        Returns an empty worksheet each time it is called.
    formats : callable
        Returns the format of a unit; ``bold=True`` for a total.
    """
    room = SHEET_ROWS - HEADER - 2
    rows = len(table.frame)
    parts = []
    for first in range(0, max(rows, 1), room):
        part = Part(new_sheet(), first, min(first + room, rows))
        _write_head(part, table, formats)
        for place, column in enumerate(table.columns):
            values = table.frame[column.key].iloc[part.first : part.last]
            cells = cell_values(values, column.unit, table.words)
            _write_column(part.sheet, place, column, cells, formats)
        parts.append(part)
    if table.has_totals:
        _write_totals(parts, table, formats)
    return parts


def put(sheet: Worksheet, row: int, place: int, value: Any, shown: Format) -> None:
    """Write one value as what it is: text never becomes a formula, a link or a number.

    Raises
    ------
    ReportError
        When the sheet has no such row or column.
    """
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        code = sheet.write_blank(row, place, None, shown)
    elif isinstance(value, str):
        code = sheet.write_string(row, place, value, shown)
    elif hasattr(value, "year"):
        code = sheet.write_datetime(row, place, value, shown)
    else:
        code = sheet.write_number(row, place, value, shown)
    if code in (-1, -2):
        raise ReportError(Fault("workbook_full", {"sheet": sheet.get_name(), "row": row + 1}))


def cut(text: str, words: Words) -> str:
    """Return a text that fits a cell, with a visible mark when something is left out."""
    mark = words.label("workbook.cut")
    return text if len(text) <= TEXT_LENGTH else text[: TEXT_LENGTH - len(mark)] + mark


def width_of(texts: Iterable[str]) -> float:
    """Return a column width that shows most of these texts."""
    longest = max((len(text) for text in texts), default=0)
    return min(max(longest + 2, WIDTHS[0]), WIDTHS[1])


def _label(key: str, words: Words) -> str:
    known = words.has(f"labels.column.{key}") or key.removesuffix("_cents") != key
    try:
        return column_label(key, words) if known else key
    except ReportError:
        return key


def _headings(table: Table) -> list[str]:
    """Return the headings; of two that are the same each gets its unit."""
    labels = [column.label for column in table.columns]
    units = {
        unit: table.words.label(f"workbook.unit_{unit}") for unit in ("cents", "days", "count")
    }
    return [
        f"{c.label} ({units[c.unit]})" if labels.count(c.label) > 1 and c.unit in units else c.label
        for c in table.columns
    ]


def _write_head(part: Part, table: Table, formats: Formats) -> None:
    sheet, last_place = part.sheet, len(table.columns) - 1
    put(sheet, 0, 0, table.title, formats("title"))
    put(sheet, 1, 0, table.note, formats("note"))
    for place, (column, heading) in enumerate(zip(table.columns, _headings(table), strict=True)):
        put(sheet, HEADER, place, heading, formats("header", right=column.css_class == "num"))
    sheet.freeze_panes(HEADER + 1, 1 if last_place > 0 else 0)
    sheet.autofilter(HEADER, 0, max(HEADER + part.last - part.first, HEADER + 1), last_place)
    sheet.repeat_rows(HEADER)


def _write_column(
    sheet: Worksheet, place: int, column: Column, cells: list[Any], formats: Formats
) -> None:
    shown = formats(column.unit)
    for row, value in enumerate(cells, start=HEADER + 1):
        put(sheet, row, place, value, shown)
    sample = (_measured(value, column.unit) for value in cells[:MEASURED_ROWS])
    heading = max(column.label.split(), key=len, default="")
    sheet.set_column(place, place, width_of([heading + "  ", *sample]))


def cell_values(values: pd.Series, unit: str, words: Words) -> list[Any]:
    """Return a column as a worksheet takes it: euros for cents, days for dates, text as text."""
    if unit == "cents":
        return [None if pd.isna(value) else int(value) / 100 for value in values]
    if unit in ("date", "month"):
        days = pd.to_datetime(values)
        return [None if day is pd.NaT else day.to_pydatetime() for day in days]
    if unit == "text":
        return [None if pd.isna(value) else cut(str(value), words) for value in values]
    return [None if pd.isna(value) else float(value) for value in values]


def _measured(value: Any, unit: str) -> str:
    if value is None:
        return ""
    if unit == "cents":
        return f"{value:,.2f}"
    if isinstance(value, str):
        return value
    return "00-00-0000" if hasattr(value, "year") else f"{value:,.1f}"


def _write_totals(parts: list[Part], table: Table, formats: Formats) -> None:
    part, totals = parts[-1], table.totals()
    row = HEADER + 1 + part.last - part.first
    places = {column.key: place for place, column in enumerate(table.columns)}
    for place, column in enumerate(table.columns):
        shown, value = formats(column.unit, bold=True), totals.get(column.key)
        if column.total == "sum":
            digits, per = (2, 100) if column.unit == "cents" else (9, 1)
            sums = "+".join(f"SUBTOTAL(109,{p.cells(place)})" for p in parts)
            stored = round(float(value or 0) / per, digits)
            part.sheet.write_formula(row, place, f"=ROUND({sums},{digits})", shown, stored)
        elif isinstance(column.total, tuple):
            above, below = (f"{xl_col_to_name(places[k])}{row + 1}" for k in column.total[1:])
            stored = "" if value is None or value != value else float(value)
            formula = f'=IF({below}=0,"",{above}/{below})'
            part.sheet.write_formula(row, place, formula, shown, stored)
        else:
            put(part.sheet, row, place, value, shown)
