"""A table as a reader sees it: columns, labels and formats are given once.

The HTML table, the workbook sheet and ``results.json`` are all made from the same
:class:`Table`. Its frame holds every row, unrounded, with codes already in words; ``shown_rows``
limits the HTML only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import numpy as np
import pandas as pd
from babel.numbers import get_currency_symbol

from credit_helpers.formats import EMPTY, unit_of
from credit_helpers.views.codes import bucket_label, buckets_in, in_words
from credit_helpers.words import Words

Total = str | tuple[str, str, str] | None

LEFT_ALIGNED = ("text", "date", "month")
BAR_WIDTH = 46

# Columns that hold codes, and the section of labels.toml that has their words.
CODES = {
    "bucket": "bucket",
    "days_late_class": "bucket",
    "kind": "kind",
    "risk": "risk",
    "reasons": "reason",
    "life_stage": "life_stage",
    "size": "size",
    "behaviour": "behaviour_group",
    "step": "step",
    "channel": "channel",
    "tone": "tone",
    "check": "quality_check",
    "reason": "quarantine",
    "table": "input_table",
    "severity": "severity",
    "department": "department",
    "subject": "chapter",
}


@dataclass(frozen=True)
class Column:
    """One column: where its values are, what it is called, and how it is written.

    Parameters
    ----------
    key : str
        Column of the frame.
    label : str
        Heading in the reader's language.
    unit : str
        A unit of :mod:`credit_helpers.formats`.
    total : str or tuple, optional
        ``"sum"``; ``("ratio", numerator, denominator)`` of two summed columns; ``"label"`` for
        the word "total"; ``None`` for an empty cell.
    bar : bool
        Whether a small bar of 0–100 stands before the number.
    under : str
        Key of the column below which this one is written, small, in the HTML.
    """

    key: str
    label: str
    unit: str
    total: Total = None
    bar: bool = False
    under: str = ""

    @property
    def css_class(self) -> str:
        """``"text"`` for what is aligned left, else ``"num"``."""
        return "text" if self.unit in LEFT_ALIGNED else "num"


@dataclass(frozen=True)
class Table:
    """A table with its title, its columns and every row.

    Parameters
    ----------
    name : str
        Name in ``results.json``; ``labels.sheet.<name>`` is its sheet in the workbook.
    title : str
        Heading above the table.
    columns : tuple of Column
    frame : DataFrame
        Every row; money in integer cents, shares 0–1.
    words : Words
    shown_rows : int, optional
        Rows in the HTML; all when ``None``, only the line that names the sheet when 0.
    note : str
        A sentence below the table.
    has_unit : bool
        Whether amounts are in the reporting currency, which the title then names.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    frame: pd.DataFrame
    words: Words
    shown_rows: int | None = None
    note: str = ""
    has_unit: bool = True

    @property
    def sheet(self) -> str:
        """Name of the workbook sheet that holds every row."""
        return self.words.label(f"sheet.{self.name}")

    @property
    def has_totals(self) -> bool:
        """Whether the table ends with a total row."""
        return len(self.frame) > 1 and any(column.total for column in self.columns)

    def totals(self) -> dict[str, Any]:
        """Return the total row by column key, unrounded; empty when there is none."""
        return self._totals(self.frame, self.words.label("word.total")) if self.has_totals else {}

    def _totals(self, frame: pd.DataFrame, label: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for column in self.columns:
            if column.total == "label":
                found[column.key] = label
            elif column.total == "sum":
                found[column.key] = _plain(frame[column.key].sum())
            elif isinstance(column.total, tuple):
                _, numerator, denominator = column.total
                whole = frame[denominator].sum()
                found[column.key] = float(frame[numerator].sum() / whole) if whole else math.nan
        return found

    def _repr_html_(self) -> str:
        anchor = f'id="table-{escape(self.name)}"'
        if self.shown_rows == 0 or self.frame.empty:
            title = f'<span class="title">{escape(self.title)}</span>'
            return f'<p class="evidence sheet" {anchor}>{title} {self._evidence()}</p>'
        return (
            f'<figure class="table" {anchor}><figcaption>{self._caption()}</figcaption>'
            f"<table><thead>{self._head()}</thead><tbody>{self._body()}</tbody>{self._foot()}"
            f'</table>{self._note()}<p class="evidence">{self._evidence()}</p></figure>'
        )

    def _caption(self) -> str:
        title = escape(self.title)
        if self.has_unit and any(column.unit == "cents" for column in self.columns):
            locale = self.words.formats.locale
            symbol = get_currency_symbol(self.words.currency, locale=locale)
            unit = self.words.prose("labels.word.in_currency", symbol=symbol)
            return f'{title} <span class="unit">{escape(unit)}</span>'
        return title

    @property
    def _own(self) -> list[Column]:
        return [column for column in self.columns if not column.under]

    def _head(self) -> str:
        cells = (
            f'<th class="{column.css_class}" scope="col">{escape(column.label)}</th>'
            for column in self._own
        )
        return f"<tr>{''.join(cells)}</tr>"

    def _body(self) -> str:
        shown = self.frame if self.shown_rows is None else self.frame.iloc[: self.shown_rows]
        rows = [self._row(row) for row in shown.to_dict("records")]
        left = self.frame.iloc[len(shown) :]
        if len(left) and self.has_totals:
            label = self.words.prose("labels.word.other_rows", rows_count=len(left))
            rows.append(self._row(self._totals(left, label), css_class="rest"))
        return "".join(rows)

    def _foot(self) -> str:
        return f"<tfoot>{self._row(self.totals())}</tfoot>" if self.has_totals else ""

    def _row(self, values: Mapping[Any, Any], css_class: str = "") -> str:
        opening = f'<tr class="{css_class}">' if css_class else "<tr>"
        cells = (
            f'<td class="{column.css_class}">{self._cell(column, values)}</td>'
            for column in self._own
        )
        return f"{opening}{''.join(cells)}</tr>"

    def _cell(self, column: Column, values: Mapping[Any, Any]) -> str:
        if column.key not in values:
            return ""
        value = values[column.key]
        text = escape(cell_text(value, column.unit, self.words))
        if column.bar and not pd.isna(value):
            text = f"{_bar(value)} {text}"
        for lower in self.columns:
            if lower.under == column.key and values.get(lower.key):
                below = escape(cell_text(values[lower.key], lower.unit, self.words))
                text += f'<br><span class="under">{below}</span>'
        return text

    def _note(self) -> str:
        return f'<p class="note">{escape(self.note)}</p>' if self.note else ""

    def _evidence(self) -> str:
        rows = len(self.frame)
        shown = rows if self.shown_rows is None else min(rows, self.shown_rows)
        kind = (
            "none" if rows == 0 else "sheet" if shown == 0 else "all" if shown == rows else "some"
        )
        text = self.words.prose(
            f"labels.evidence.{kind}", sheet=self.sheet, shown_count=shown, rows_count=rows
        )
        return escape(text)


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
    if unit == "cents":
        return words.formats.number(value / 100)
    if unit == "date":
        return words.formats.short_date(value)
    return words.formats.by_unit(value, unit)


def _plain(number: Any) -> int | float:
    """Return a sum as Python's own number: whole when it is whole cents or a count."""
    return int(number) if isinstance(number, (int, np.integer)) else float(number)


def _bar(score: float) -> str:
    width = max(0.0, min(100.0, float(score))) / 100 * BAR_WIDTH
    return (
        f'<svg class="bar" width="{BAR_WIDTH}" height="8" viewBox="0 0 {BAR_WIDTH} 8" '
        f'aria-hidden="true"><rect width="{width:.1f}" height="8" fill="currentColor"/></svg>'
    )


def column_label(key: str, words: Words) -> str:
    """Return the heading of a column; one of an ageing bucket is named after its edges."""
    stem = key.removesuffix("_cents")
    if buckets_in(pd.DataFrame(columns=[key])):
        return bucket_label(stem, words)
    return words.label(f"column.{key}")


def table(
    name: str,
    frame: pd.DataFrame,
    words: Words,
    *,
    keys: Sequence[str],
    totals: Mapping[str, Total] | None = None,
    **settings: Any,
) -> Table:
    """Return a table with labels from ``labels.column`` and units from the names' suffixes.

    Parameters
    ----------
    name : str
        Name of the table, which has a title and a sheet in ``labels.toml``.
    frame : DataFrame
        May hold more columns than are shown; codes become words.
    words : Words
    keys : sequence of str
        Columns in order; one that the frame lacks is left out.
    totals : mapping, optional
        What the total row has below a column; see :class:`Column`.
    **settings
        Other fields of :class:`Table`.

    Examples
    --------
    >>> frame = pd.DataFrame({"name": ["A", "B"], "outstanding_cents": [1000, 250]})
    >>> shown = table("ageing_by_customer", frame, Words("en"),
    ...     keys=["name", "outstanding_cents"],
    ...     totals={"name": "label", "outstanding_cents": "sum"})
    >>> shown.totals()
    {'name': 'Total', 'outstanding_cents': 1250}
    """
    present = [key for key in keys if key in frame]
    columns = tuple(
        Column(key, column_label(key, words), unit_of(key), (totals or {}).get(key))
        for key in present
    )
    translated = {key: in_words(frame[key], CODES[key], words) for key in present if key in CODES}
    return Table(
        name=name,
        title=settings.pop("title", None) or words.label(f"table.{name}"),
        columns=columns,
        frame=frame.assign(**translated).reset_index(drop=True),
        words=words,
        **settings,
    )


def styled(shown: Table, key: str, **changes: Any) -> Table:
    """Return the table with one column changed, for example ``bar=True``."""
    columns = tuple(
        replace(column, **changes) if column.key == key else column for column in shown.columns
    )
    return replace(shown, columns=columns)
