"""Totals that a file prints itself, held against the rows that were read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from credit_helpers.intake.tables import TypedTable
from credit_helpers.intake.texts import matches
from credit_helpers.intake.totals import CLOSING, OPENING, repeats_sum_above

WORDS = ("amount", "open_amount")

# What, place, printed cents, our cents, the cause, number of printed figures.
Line = tuple[str, str, int, int, str, int]


def printed_lines(typed: TypedTable) -> Iterator[Line]:
    """Yield the totals of a table beside the sum of the rows that were accepted.

    Per column of amounts the last total, and every other one that differs. A total that holds
    the rows set aside as well has that as its cause. An opening balance is no document: with it
    the rows should make the closing balance.
    """
    is_sum = typed.reasons == "total_row"
    if not is_sum.any():
        return
    opening, closing = (is_sum & _labelled(typed, label) for label in (OPENING, CLOSING))
    closing &= ~opening
    for word in (word for word in WORDS if word in typed.values):
        cents = typed.values[word].fillna(0).to_numpy(dtype="int64")
        header = _header(typed, word)
        yield from _balances(typed, cents, opening, closing)
        yield from _totals(typed, cents, is_sum & ~opening & ~closing, header)


def _header(typed: TypedTable, word: str) -> str:
    """Return what the file calls a column; an amount may be made of a debit and a credit."""
    columns = typed.table.columns
    words = [word] if word in columns else ["debit", "credit"]
    return " − ".join(columns[own].header for own in words if own in columns)


def _labelled(typed: TypedTable, label: str) -> np.ndarray:
    hit = np.zeros(len(typed.reasons), dtype=bool)
    for header in typed.table.raw.cells:
        hit |= matches(typed.table.raw.cells[header], label, ignore_case=True)
    return hit


def _balances(
    typed: TypedTable, cents: np.ndarray, opening: np.ndarray, closing: np.ndarray
) -> Iterator[Line]:
    first = int(cents[opening].sum())
    if closing.any() and cents[closing].any():
        place = int(np.flatnonzero(closing)[-1])
        own = first + int(cents[typed.is_accepted].sum())
        row = str(typed.table.raw.rows[place])
        yield ("closing_balance", row, int(cents[place]), own, "", 1)
    elif first:
        row = str(typed.table.raw.rows[int(np.flatnonzero(opening)[0])])
        yield ("opening_balance", row, first, 0, "no_items", 1)


def _totals(
    typed: TypedTable, cents: np.ndarray, is_sum: np.ndarray, header: str
) -> Iterator[Line]:
    places = np.flatnonzero(is_sum & (cents != 0))
    if not len(places):
        return
    accepted = np.where(typed.is_accepted | is_sum, cents, 0)
    agrees = _repeats(typed, accepted, is_sum)
    with_aside = _repeats(typed, cents, is_sum)
    own = _nearest(accepted, is_sum)
    for place in places:
        if agrees[place] and place != places[-1]:
            continue
        where = f"{header} · {typed.table.raw.rows[place]}"
        ours = int(cents[place] if agrees[place] else own[place])
        cause = "" if agrees[place] else "set_aside" if with_aside[place] else "unknown"
        yield ("printed_total", where, int(cents[place]), ours, cause, 1)


def _repeats(typed: TypedTable, cents: np.ndarray, is_sum: np.ndarray) -> np.ndarray:
    """Return which totals hold a sum of rows above or below them."""
    hit = repeats_sum_above(cents, is_sum)
    hit |= repeats_sum_above(cents[::-1], is_sum[::-1])[::-1]
    if "currency" in typed.values:
        codes = pd.factorize(typed.values["currency"].fillna(""))[0]
        for code in range(codes.max() + 1):
            own = codes == code
            hit[own] |= repeats_sum_above(cents[own], is_sum[own])
    return hit


def _nearest(cents: np.ndarray, is_sum: np.ndarray) -> np.ndarray:
    """Return per total the sum that comes nearest: of the rows since the last total, or of all."""
    sums = np.concatenate([[0], np.cumsum(np.where(is_sum, 0, cents))])
    found = np.zeros(len(cents), dtype="int64")
    start = 0
    for place in np.flatnonzero(is_sum):
        choices = (int(sums[place]), int(sums[place] - sums[start]))
        found[place] = min(choices, key=lambda own: abs(own - int(cents[place])))
        start = place
    return found
