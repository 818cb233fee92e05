"""Merged cells: a name that spans the rows of its invoices belongs to each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from credit_helpers.intake.content import NUMBER
from credit_helpers.intake.tables import DATE_CELL

# First row, first column, last row, last column; counted from 0, the last included.
Range = tuple[int, int, int, int]
MAX_RANGES = 100_000
FIGURE = re.compile(NUMBER)
POINT_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")


def fill_merged(cells: pd.DataFrame, kinds: np.ndarray, ranges: Sequence[Range]) -> pd.DataFrame:
    """Return the cells with what is merged downwards repeated; ``kinds`` is altered likewise.

    Only rows that hold a figure elsewhere are filled: titles and headers are merged as well. A
    text or a date is repeated. A number is repeated only beside a text that is merged over the
    same rows, as the number of a debtor beside the name; an amount never is, for that would
    multiply the money.

    Parameters
    ----------
    cells : DataFrame
        Text per cell, columns 0, 1, ...
    kinds : ndarray
        Per cell: text, number or date.
    ranges : sequence of Range

    Examples
    --------
    >>> cells = pd.DataFrame([["Alfa", "F1", "10.5"], ["", "F2", "7.5"]])
    >>> fill_merged(cells, np.zeros((2, 3), dtype="int8"), [(0, 0, 1, 0)])[0].tolist()
    ['Alfa', 'Alfa']
    """
    height, width = cells.shape
    down = [r for r in ranges[:MAX_RANGES] if r[0] < min(r[2], height - 1) and r[1] < width]
    if not down:
        return cells
    texts = cells.to_numpy(dtype=object, na_value="")
    digits = np.column_stack([cells[c].str.contains(r"\d").fillna(False) for c in cells])
    named = {(r[0], r[2], r[1]) for r in down if _repeats(texts[r[0], r[1]], kinds[r[0], r[1]])}
    for first, column, last, _ in down:
        beside = {(first, last, column - 1), (first, last, column + 1)} & named
        if not texts[first, column] or not (beside or (first, last, column) in named):
            continue
        rows = np.arange(first, min(last, height - 1) + 1)
        if (digits[rows].sum(axis=1) - digits[rows, column] > 0).all():
            texts[rows, column], kinds[rows, column] = texts[first, column], kinds[first, column]
    return pd.DataFrame({c: pd.array(texts[:, c], dtype="str") for c in range(width)})


def _repeats(text: str, kind: int) -> bool:
    """Return whether a cell holds a name or a date, and no number."""
    is_number = FIGURE.fullmatch(text) and not POINT_DATE.fullmatch(text)
    return text != "" and (kind == DATE_CELL or not is_number)
