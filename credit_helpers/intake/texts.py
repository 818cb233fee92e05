"""Patterns over whole columns, at the speed of Arrow: no Python call per cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

MANY = 4
SAMPLE, REPETITIVE = 1 << 16, 0.5
MAX_ASCII = 127
MAX_NUMBER = 1 << 62


@dataclass(frozen=True)
class Column:
    """The different texts of a column, so that each is looked at once.

    Parameters
    ----------
    texts : Series of str
        Each different text; the cells themselves where nearly every row has its own.
    codes : ndarray of int, optional
        Per row its place in ``texts``; ``None`` where ``texts`` are the cells.
    """

    texts: pd.Series
    codes: np.ndarray | None = None

    def spread(self, found: np.ndarray) -> np.ndarray:
        """Return per row what was found of its text."""
        return found if self.codes is None else found[self.codes]

    def each(self, look: Callable[[pd.Series], np.ndarray]) -> np.ndarray:
        """Return per row what a function finds of its text."""
        return self.spread(look(self.texts))

    def cells(self, texts: pd.Series) -> pd.Series:
        """Return per row the text, or value, that takes the place of its own."""
        return texts if self.codes is None else texts.take(self.codes).reset_index(drop=True)


def column_of(cells: pd.Series) -> Column:
    """Return a column by its different texts; the first rows tell whether texts come back.

    Examples
    --------
    >>> column = column_of(pd.Series(["EUR", "USD", "EUR"]))
    >>> column.texts.tolist(), column.each(lambda texts: texts.to_numpy() == "EUR").tolist()
    (['EUR', 'USD'], [True, False, True])
    """
    own = _arrow(cells)
    if len(own) > SAMPLE and len(own[:SAMPLE].unique()) > REPETITIVE * SAMPLE:
        return Column(cells)
    found = own.dictionary_encode(null_encoding="encode")
    texts = pd.Series(found.dictionary.to_pandas(), dtype=cells.dtype)
    return Column(texts, found.indices.to_numpy())


def row_numbers(columns: Sequence[Column], rows: np.ndarray) -> np.ndarray:
    """Return a number per row, the same for rows with the same texts.

    Parameters
    ----------
    columns : sequence of Column
        Those without codes are passed over: their texts hardly come back.
    rows : ndarray of int
        The rows to number.

    Examples
    --------
    >>> one, other = column_of(pd.Series(["a", "b", "a"])), column_of(pd.Series(["x", "x", "x"]))
    >>> row_numbers([one, other], np.arange(3)).tolist()
    [0, 1, 0]
    """
    number, room = np.zeros(len(rows), dtype="int64"), 1
    for column in columns:
        if column.codes is None:
            continue
        if room * len(column.texts) > MAX_NUMBER:
            number, known = pd.factorize(number)
            room = len(known)
        number = number * len(column.texts) + column.codes[rows]
        room *= len(column.texts)
    return number


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


def is_bare(cells: pd.Series) -> bool:
    """Return whether a column holds nothing but visible ASCII signs, and so no blank of any kind.

    Examples
    --------
    >>> is_bare(pd.Series(["F-1", ""])), is_bare(pd.Series(["F 1"])), is_bare(pd.Series(["é"]))
    (True, False, False)
    """
    own = _arrow(cells)
    _, places, signs = own.buffers()
    if not len(own) or signs is None:
        return True
    ends = np.frombuffer(places, "int64")[own.offset : own.offset + len(own) + 1]
    data = np.frombuffer(signs, "uint8")[ends[0] : ends[-1]]
    return not len(data) or bool(data.min() > ord(" ") and data.max() < MAX_ASCII)


def digits(cells: pd.Series) -> np.ndarray:
    """Return the numbers that texts of digits are, whatever other signs stand between them.

    Examples
    --------
    >>> digits(pd.Series(["-1.234,50", "007"])).tolist()
    [-123450, 7]
    """
    own = _arrow(cells)
    for sign in ".,":
        own = pc.replace_substring(own, sign, "")
    return own.cast(pa.int64()).to_numpy(zero_copy_only=False)


def _arrow(cells: pd.Series) -> pa.Array:
    found = pa.array(cells, from_pandas=True)
    if isinstance(found, pa.ChunkedArray):
        found = found.combine_chunks()
    return found if pa.types.is_large_string(found.type) else found.cast(pa.large_string())
