"""A table as a reader sees it: columns, labels and formats are given once.

The HTML table, the workbook sheet and ``results.json`` are all made from the same
:class:`Table`. Its frame holds every row, unrounded, with codes already in words; ``shown_rows``
limits the HTML only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from credit_helpers.formats import unit_of
from credit_helpers.views.codes import CODES, PAID_BY, bucket_label, in_words, is_bucket
from credit_helpers.views.table_html import table_html
from credit_helpers.words import Words

Total = str | tuple[str, str, str] | None

LEFT_ALIGNED = ("text", "date", "month")


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
    only_workbook : bool
        Whether the HTML leaves it out, to stay readable on a page.
    about : str
        Key of a column of the frame that names what each cell of this one is explained by.
    is_right : bool
        Whether a text is aligned right, as the figures are that it writes out.
    is_exact : bool
        Whether an amount is written to the cent, where a cent is what it is about.
    is_folded : bool
        Whether the workbook folds it away, to keep what is worked with on one printed page.
    """

    key: str
    label: str
    unit: str
    total: Total = None
    bar: bool = False
    under: str = ""
    only_workbook: bool = False
    about: str = ""
    is_right: bool = False
    is_exact: bool = False
    is_folded: bool = False

    @property
    def css_class(self) -> str:
        """``"text"`` for what is aligned left, else ``"num"``."""
        return "text" if self.unit in LEFT_ALIGNED and not self.is_right else "num"


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
        return self.totals_of(self.frame, self.words.label("word.total")) if self.has_totals else {}

    def rest(self) -> dict[str, Any]:
        """Return the row for what the HTML does not show, so that it adds up; empty without it."""
        left = self.frame.iloc[len(self.frame) if self.shown_rows is None else self.shown_rows :]
        if not (self.has_totals and self.shown_rows and len(left)):
            return {}
        label = self.words.prose("labels.word.other_rows", rows_count=len(left))
        return self.totals_of(left, label)

    def totals_of(self, frame: pd.DataFrame, label: str) -> dict[str, Any]:
        """Return the totals of some of the rows, by column key, named ``label``."""
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

    def styled(self, key: str, **changes: Any) -> Table:
        """Return the table with one column changed, for example ``label="Land"``."""
        columns = tuple(replace(c, **changes) if c.key == key else c for c in self.columns)
        return replace(self, columns=columns)

    def limited(self, shown_rows: int) -> Table:
        """Return the table with fewer rows in its HTML."""
        return replace(self, shown_rows=shown_rows)

    def _repr_html_(self) -> str:
        return table_html(self)


def _plain(number: Any) -> int | float:
    """Return a sum as Python's own number: whole when it is whole cents or a count."""
    return int(number) if isinstance(number, (int, np.integer)) else float(number)


def column_label(key: str, words: Words) -> str:
    """Return the heading of a column; one of an ageing bucket is named after its edges."""
    if is_bucket(key.removesuffix("_cents")):
        return bucket_label(key.removesuffix("_cents"), words)
    if is_bucket(key.removesuffix("_share")):
        return words.prose("labels.bucket.to", bucket=bucket_label(key[:-6], words).lower())
    if read := PAID_BY.fullmatch(key):
        return words.prose("labels.bucket.paid_by", within_days=int(read[1]))
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
