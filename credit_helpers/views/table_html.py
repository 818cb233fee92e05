"""A table as HTML: every text escaped, every figure as its language writes it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
from babel.numbers import get_currency_symbol

from credit_helpers.formats import EMPTY, is_missing
from credit_helpers.views.explained import about
from credit_helpers.words import Words

if TYPE_CHECKING:
    from credit_helpers.views.table import Column, Table

BAR_WIDTH = 46
# A list of two columns with more rows than this runs on beside itself.
LONG_ROWS = 24
# From so many columns on a table takes the margin's room too: without and with second lines.
WIDE_COLUMNS = (7, 5)
WIDE_TEXTS = 3


def table_html(table: Table) -> str:
    """Return a table as a figure with its title, its total row and its place in the workbook.

    Rows beyond ``shown_rows`` are one row "other", so that what is shown adds up to the total.
    An empty table, and one of which no row is shown, is a single line; both is nothing.
    """
    anchor = f'id="table-{escape(table.name)}"'
    evidence = escape(_evidence(table))
    if table.shown_rows == 0 and table.frame.empty:
        return ""
    if table.shown_rows == 0 or table.frame.empty:
        title = f'<span class="title">{escape(table.title)}</span>'
        where = "" if table.frame.empty else _where(table.words)
        return f'<p class="evidence sheet" {anchor}>{title} {where}{evidence}</p>'
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    return (
        f'<figure class="{_css_class(table)}" {anchor}><figcaption>{_caption(table)}</figcaption>'
        f"<table><thead>{_head(table)}</thead><tbody>{_body(table)}</tbody>{_foot(table)}</table>"
        f'{note}<p class="evidence">{evidence}</p></figure>'
    )


def _where(words: Words) -> str:
    """Return what a list of such lines says once, in the first."""
    return f'<span class="where">{escape(words.label("evidence.where"))}</span> '


def cell_text(value: Any, unit: str, words: Words) -> str:
    """Return what a table cell says; nothing, and no money, is a dash.

    Amounts have no sign of their currency: the heading names it.

    Examples
    --------
    >>> nl = Words("nl")
    >>> cell_text(18_590_049, "cents", nl), cell_text(0, "cents", nl), cell_text("", "text", nl)
    ('185.900', '–', '–')
    """
    if pd.isna(value) or value == "" or (unit == "cents" and value == 0):
        return EMPTY
    if isinstance(value, str):  # whatever the column's unit: the word "total" stands in any
        return value
    if isinstance(value, bool):
        return words.label(f"flag.{'yes' if value else 'no'}")
    formats = words.cell_formats
    if unit == "cents":
        return formats.number(value / 100)
    if unit == "date":
        return formats.short_date(value)
    return formats.by_unit(value, unit)


def _caption(table: Table) -> str:
    title, words = escape(table.title), table.words
    if table.has_unit and any(column.unit == "cents" for column in table.columns):
        symbol = get_currency_symbol(words.currency, locale=words.formats.locale)
        unit = words.prose("labels.word.amounts", symbol=symbol)
        return f'{title} <span class="unit">{escape(unit)}</span>'
    return title


def _css_class(table: Table) -> str:
    shown = len(table.frame) if table.shown_rows is None else table.shown_rows
    if shown > LONG_ROWS and len(_own(table)) == 2:
        return "table long"
    return "table wide" if _is_wide(table) else "table"


def _is_wide(table: Table) -> bool:
    """Whether many columns, many words or second lines ask for the full width of a page."""
    own = _own(table)
    has_second_lines = any(column.under for column in table.columns)
    texts = sum(column.css_class == "text" for column in own)
    return len(own) >= WIDE_COLUMNS[has_second_lines] or texts >= WIDE_TEXTS


def _own(table: Table) -> list[Column]:
    return [c for c in table.columns if not c.under and not c.only_workbook]


def _head(table: Table) -> str:
    cells = (
        f'<th class="{column.css_class}" scope="col" data-key="{escape(column.key)}">'
        f"{escape(column.label)}</th>"
        for column in _own(table)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _body(table: Table) -> str:
    shown = table.frame if table.shown_rows is None else table.frame.iloc[: table.shown_rows]
    rows = [_row(table, row) for row in shown.to_dict("records")]
    if rest := table.rest():
        rows.append(_row(table, rest, css_class="rest"))
    return "".join(rows)


def _foot(table: Table) -> str:
    return f"<tfoot>{_row(table, table.totals())}</tfoot>" if table.has_totals else ""


def _row(table: Table, values: Mapping[Any, Any], css_class: str = "") -> str:
    opening = f'<tr class="{css_class}">' if css_class else "<tr>"
    cells = (
        f'<td class="{column.css_class}">{_cell(table, column, values)}</td>'
        for column in _own(table)
    )
    return f"{opening}{''.join(cells)}</tr>"


def _cell(table: Table, column: Column, values: Mapping[Any, Any]) -> str:
    if column.key not in values:
        return ""
    value, words = values[column.key], table.words
    exact = column.is_exact and not is_missing(value) and value != 0
    plain = words.cell_formats.number(value / 100, decimals=2) if exact else ""
    text = escape(plain or cell_text(value, column.unit, words))
    if column.bar and not pd.isna(value):
        text = f"{_bar(value)}\N{NO-BREAK SPACE}{text}"
    if column.about and values.get(column.about):
        text += about(values[column.about], text, words)
    lower = (c for c in table.columns if c.under == column.key and c.key in values)
    shown = (cell_text(values[c.key], c.unit, words) for c in lower)
    below = " · ".join(part for part in shown if part != EMPTY)
    return f'{text}<br><span class="under">{escape(below)}</span>' if below else text


def _bar(score: float) -> str:
    width = max(0.0, min(100.0, float(score))) / 100 * BAR_WIDTH
    return (
        f'<svg class="bar" width="{BAR_WIDTH}" height="8" viewBox="0 0 {BAR_WIDTH} 8" '
        f'aria-hidden="true"><rect width="{width:.1f}" height="8" fill="currentColor"/></svg>'
    )


def _evidence(table: Table) -> str:
    rows = len(table.frame)
    shown = rows if table.shown_rows is None else min(rows, table.shown_rows)
    kind = "none" if rows == 0 else "sheet" if shown == 0 else "all" if shown == rows else "some"
    return table.words.prose(
        f"labels.evidence.{kind}", sheet=table.sheet, shown_count=shown, rows_count=rows
    )
