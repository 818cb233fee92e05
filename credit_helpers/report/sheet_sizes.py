"""How wide the columns of a worksheet are, how high its rows, and what is folded away."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from credit_helpers.report.cells import cell_values, measured, width_of
from credit_helpers.views.table import Column, Table

HEADER = 3
"""Row of the headings, from 0; above it stand the title, the note and the way back."""
MEASURED_ROWS = 2_000
LINE = 13.5
"""Height of one line, in points."""
LONG = frozenset(
    {"seen", "norm", "cause", "consequence", "advice", "definition", "cure", "original"}
)
"""Columns whose text goes on in the next line of its cell."""


def set_sizes(sheet: Worksheet, table: Table, headings: Sequence[str], *, rows: slice) -> None:
    """Make columns as wide as most of their texts, and the headings as high as they need."""
    lines, needed = 1, dict[int, int]()
    for place, (column, heading) in enumerate(zip(table.columns, headings, strict=True)):
        values = table.frame[column.key].iloc[rows][:MEASURED_ROWS]
        cells = cell_values(values, column.unit, table.words)
        sample = [measured(value, column.unit) for value in cells]
        longest = max(heading.split(), key=len, default="")
        width = width_of([longest + "  ", _measured_total(table, column), *sample])
        folded = {"level": 1, "hidden": True} if column.is_folded else {}
        sheet.set_column(place, place, width, None, folded)
        lines = max(lines, math.ceil(1.25 * len(heading) / width))
        if column.key in LONG:
            for row, text in enumerate(sample):
                needed[row] = max(needed.get(row, 1), math.ceil(1.1 * len(text) / width))
    sheet.set_row(HEADER, LINE * lines + 4)
    # Not every program makes a row as high as the texts that go on in it.
    for row, count in needed.items():
        sheet.set_row(HEADER + 1 + row, LINE * count + 1)


def _measured_total(table: Table, column: Column) -> str:
    """Return the total of a column as it is about written, to see how wide it is."""
    if column.unit != "cents" or column.total != "sum" or not table.has_totals:
        return ""
    return measured(float(table.frame[column.key].sum()) / 100, "cents")
