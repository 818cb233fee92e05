"""Finds totals and subtotals: rows that repeat the money of the rows above them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.intake.texts import matches

LABEL = (
    r"^\W*(?:(?:sub|eind|grand|tussen|general|generaal|gesamt|zwischen)[\s-]*)?"
    r"(?:totaal|totalen|total|totals|totale|totaux|summe|gesamt|somme|suma|sum|som)\b"
    r"|^\W*(?:(?:ending|closing)\s+balance|eindsaldo|slotsaldo|endsaldo)\b"
    r"|^\W*(?:te\s+)?transport(?:eren)?\W*$|^\*{1,4}$"
)

OPENING = r"^\W*(?:begin|opening|openings|aanvangs|anfangs)\W?(?:saldo|balans|balance|stand)\b"
CLOSING = r"^\W*(?:eind|slot|closing|schluss|end|ending)\W?(?:saldo|balans|balance|stand)\b"


def is_balance(cells: pd.Series) -> np.ndarray:
    """Return which texts are the label of an opening or a closing balance.

    Examples
    --------
    >>> is_balance(pd.Series(["Beginsaldo", "Closing balance", "Saldo", "Endstand"])).tolist()
    [True, True, False, True]
    """
    return matches(cells, f"{OPENING}|{CLOSING}", ignore_case=True)


def is_total(cells: pd.Series) -> np.ndarray:
    """Return which texts begin as the label of a total does.

    Examples
    --------
    >>> is_total(pd.Series(["Subtotaal Alfa", "Grand Total", "**", "Totalis B.V.", ""])).tolist()
    [True, True, True, False, False]
    """
    return matches(cells, LABEL, ignore_case=True)


def repeats_sum_above(cents: np.ndarray, candidate: np.ndarray) -> np.ndarray:
    """Return which candidate rows hold the sum of the rows above them.

    Either of all other rows above, or of those since the candidate before.

    Examples
    --------
    >>> repeats_sum_above(np.array([100, 50, 150, 25, 25, 175]),
    ...     np.array([False, False, True, False, True, True])).tolist()
    [False, False, True, False, True, True]
    """
    hit = np.zeros(len(candidate), dtype=bool)
    sums = np.concatenate([[0], np.cumsum(np.where(candidate, 0, cents))])
    start = 0
    for place in np.flatnonzero(candidate):
        block = sums[place] - sums[start]
        is_block = place > start and cents[place] == block
        hit[place] = cents[place] != 0 and (is_block or cents[place] == sums[place])
        start = place
    return hit
