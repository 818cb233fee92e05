"""Patterns over whole columns, at the speed of Arrow: no Python call per cell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

MANY = 4


def matches(cells: pd.Series, pattern: str, *, ignore_case: bool = False) -> np.ndarray:
    """Return in which texts an RE2 pattern is found.

    Examples
    --------
    >>> matches(pd.Series(["F-1", "", "x"]), r"^F").tolist()
    [True, False, False]
    """
    found = pc.match_substring_regex(_arrow(cells), pattern, ignore_case=ignore_case)
    return np.asarray(pc.fill_null(found, False).to_numpy(zero_copy_only=False), dtype=bool)


def replaced(cells: pd.Series, pattern: str, by: str) -> pd.Series:
    """Return texts with every match of an RE2 pattern replaced.

    Examples
    --------
    >>> replaced(pd.Series(["a  b", "c"], index=[7, 9]), r"\\s+", " ").to_dict()
    {7: 'a b', 9: 'c'}
    """
    found = pc.replace_substring_regex(_arrow(cells), pattern, by).to_pandas().astype("str")
    return found.set_axis(cells.index)


def is_member(values: pd.Series, known: pd.Series) -> np.ndarray:
    """Return which texts occur in another column.

    Examples
    --------
    >>> is_member(pd.Series(["a", "b", "a"]), pd.Series(["a", "c"])).tolist()
    [True, False, True]
    """
    own, others = _arrow(values), _arrow(known)
    if len(others) > MANY * len(own):  # a table of the few is made in less time
        others = others.filter(pc.is_in(others, value_set=own))
    return pc.is_in(own, value_set=others).to_numpy(zero_copy_only=False)


def places_in(values: pd.Series, known: pd.Series) -> np.ndarray:
    """Return where each text first stands in another column, -1 for nowhere.

    Examples
    --------
    >>> places_in(pd.Series(["b", "x"]), pd.Series(["a", "b", "b"])).tolist()
    [1, -1]
    """
    found = pc.index_in(_arrow(values), value_set=_arrow(known))
    return pc.fill_null(found, -1).to_numpy(zero_copy_only=False).astype("int64")


def one_space(cells: pd.Series) -> pd.Series:
    """Return texts with one blank where they have several, or a line end or a tab.

    Examples
    --------
    >>> one_space(pd.Series(["a  b", "c d", "e\\tf"])).tolist()
    ['a b', 'c d', 'e f']
    """
    return replaced(cells, r"\s+", " ") if matches(cells, r"[^\S ]|\s\s").any() else cells


def to_cents(cells: pd.Series) -> np.ndarray:
    """Return the cents of plain numbers such as ``-1234.5``, exactly.

    Examples
    --------
    >>> to_cents(pd.Series(["-1234.5", "7", "0.29"])).tolist()
    [-123450, 700, 29]
    """
    amounts = _arrow(cells).cast(pa.decimal128(24, 2))
    cents = pc.multiply(amounts, pa.scalar(100, pa.decimal128(3, 0)))
    return cents.cast(pa.int64()).to_numpy(zero_copy_only=False)


def _arrow(cells: pd.Series) -> pa.Array:
    found = pa.array(cells, from_pandas=True)
    if isinstance(found, pa.ChunkedArray):
        found = found.combine_chunks()
    return found if pa.types.is_large_string(found.type) else found.cast(pa.large_string())
