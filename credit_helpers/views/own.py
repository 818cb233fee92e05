"""What a chapter of the consultant's own is opened with, and its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from credit_helpers.formats import unit_of
from credit_helpers.views.show import Shown
from credit_helpers.views.table import Column, Table, Total, column_label
from credit_helpers.words import Words

LONGEST_SHEET = 31  # what Excel takes


@dataclass(frozen=True)
class OwnTable(Table):
    """A table whose sheet in the workbook carries its title."""

    @property
    def sheet(self) -> str:
        """Name of the workbook sheet that holds every row."""
        return self.title[:LONGEST_SHEET]


def opening(subject: str, headings: Sequence[str], words: Words) -> Shown:
    """Return the opening of a chapter.

    Parameters
    ----------
    subject : str
        A word for the chapter that no other has.
    headings : sequence of str
        Name of the chapter and its conclusion; a single one is the conclusion, and the chapter is
        then called after whose it is.
    words : Words
    """
    mark = words.raw("remarks.chapter")
    name, conclusion = headings if len(headings) == 2 else (mark, headings[0])
    lead = f'<p class="lead">{escape(mark)}</p>' if name != mark else ""
    return Shown(
        f'<header class="opening" id="chapter-{escape(subject)}" data-subject="{escape(subject)}">'
        f'<p class="chapter">{escape(name)}</p><h2>{escape(conclusion)}</h2>{lead}</header>'
    )


def table(
    title: str,
    frame: pd.DataFrame,
    words: Words,
    *,
    labels: Mapping[str, str] | None = None,
    totals: Mapping[str, Total] | None = None,
    **settings: Any,
) -> OwnTable:
    """Return a table for the page and the workbook from any frame.

    Parameters
    ----------
    title : str
        Heading above the table; its first words name the sheet.
    frame : DataFrame
        Units follow from the names of its columns: ``paid_cents``, ``late_share``, ``open_count``.
    words : Words
    labels : mapping, optional
        Headings of columns; else the report's own for a known column, else the column's name.
    totals : mapping, optional
        What the total row has below a column, as in :class:`~.table.Column`.
    **settings
        Other fields of :class:`~.table.Table`.

    Examples
    --------
    >>> frame = pd.DataFrame({"site": ["Noord", "Zuid"], "outstanding_cents": [1000, 250]})
    >>> shown = table("Per project", frame, Words("nl"),
    ...     labels={"site": "Project"}, totals={"site": "label", "outstanding_cents": "sum"})
    >>> [column.label for column in shown.columns], shown.totals()
    (['Project', 'Openstaand'], {'site': 'Totaal', 'outstanding_cents': 1250})
    """
    columns = tuple(
        Column(key, (labels or {}).get(key) or _label(key, words), _unit(frame[key], key), total)
        for key in frame
        for total in ((totals or {}).get(key),)
    )
    name = "own_" + "_".join("".join(c if c.isalnum() else " " for c in title.lower()).split())
    settings = {"has_unit": any(column.unit == "cents" for column in columns), **settings}
    return OwnTable(name, title, columns, frame.reset_index(drop=True), words, **settings)


def _label(key: str, words: Words) -> str:
    return column_label(key, words) if words.has(f"labels.column.{key}") else key


def _unit(values: pd.Series, key: str) -> str:
    """Return the unit that a name promises; text when the column holds something else."""
    unit = unit_of(key)
    if unit in ("date", "month"):
        return unit if pd.api.types.is_datetime64_any_dtype(values) else "text"
    return unit if pd.api.types.is_numeric_dtype(values) else "text"
