"""Roll rates: where each euro of an ageing bucket is a month later.

Only invoices with a due date take part, each with what is open of it. A month later that amount
has been paid, has gone in another way (credited, written off), or is still open, in the bucket of
then. The average over the months is weighted by amount: what moved in all months together, divided
by what stood there at the start of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from credit_helpers.buckets import bucket_codes, bucket_names
from credit_helpers.cents import ratio, ratios, sum_by
from credit_helpers.keys import item_places

NEEDS = ("payment_history",)


def roll_rate(opening_cents: int, rolled_cents: int) -> float:
    """Return which share of a bucket moved to a later one; ``nan`` for an empty bucket.

    Examples
    --------
    >>> roll_rate(1_000_000, 200_000)
    0.2
    """
    return ratio(rolled_cents, opening_cents)


def matrix(
    items: pd.DataFrame,
    settlements: pd.DataFrame,
    month_ends: Iterable[pd.Timestamp],
    edges: Sequence[int],
) -> pd.DataFrame:
    """Return what became of each bucket a month later, over several months together.

    Parameters
    ----------
    items, settlements : DataFrame
        The whole ledger. A settlement without a date always counts.
    month_ends : iterable of Timestamp
        Consecutive month ends; ``n`` of them make ``n - 1`` months.
    edges : sequence of int
        Those of the ageing.

    Returns
    -------
    DataFrame
        A row per bucket. ``months_count``; ``start_cents``, the sum of what stood in it at the
        start of each month; a column per bucket with what stood there a month later;
        ``paid_cents`` and ``other_cents``, which with those add up to it;
        ``rolled_cents`` (to a later bucket), and of each its share of the start. No later
        bucket than the last: there ``rolled_share`` is ``nan``. Without two month ends there are
        no rows.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> items = pd.DataFrame({"item_id": ["F1"], "kind": ["invoice"], "amount_cents": [500],
    ...     "issued_on": [day("2026-01-05")], "due_on": [day("2026-02-04")]})
    >>> paid = pd.DataFrame({"item_id": ["F1"], "settled_on": [day("2026-02-20")],
    ...     "kind": ["payment"], "amount_cents": [400]})
    >>> table = matrix(items, paid, pd.date_range("2026-01-31", periods=2, freq="ME"), (0, 30))
    >>> table[["start_cents", "d1_30_cents", "paid_cents"]].to_numpy()[0].tolist()
    [500, 100, 400]
    """
    ends = pd.DatetimeIndex(sorted(month_ends)).to_numpy("datetime64[D]")
    names = bucket_names(edges)[:-1]
    sums = np.zeros((len(names), len(names) + 2), dtype="int64")
    for days, before, after, paid in _months(items, settlements, ends):
        start, end = bucket_codes(days[0], edges), bucket_codes(days[1], edges)
        left = np.clip(after, 0, before)
        gone = before - left
        by_payment = np.clip(paid, 0, gone)
        places = start.astype("int64") * sums.shape[1]
        for column, cents in ((end, left), (-2, by_payment), (-1, gone - by_payment)):
            column = np.where(np.asarray(column) < 0, column + sums.shape[1], column)
            sums += sum_by(places + column, cents, sums.size).reshape(sums.shape)
    return _table(sums, names, len(ends) - 1)


def _months(
    items: pd.DataFrame, settlements: pd.DataFrame, ends: NDArray[np.datetime64]
) -> Iterator[tuple[NDArray[Any], ...]]:
    """Yield per month, of what was open at its start: days past due, balances, what was paid."""
    issued = items["issued_on"].to_numpy("datetime64[D]")
    due = items["due_on"].to_numpy("datetime64[D]")
    takes_part = (items["kind"] == "invoice").to_numpy(dtype=bool) & ~np.isnat(due)
    place = item_places(settlements, items)
    on, cents = settlements["settled_on"].to_numpy("datetime64[D]"), settlements["amount_cents"]
    cents = cents.to_numpy("int64")
    is_paid = (settlements["kind"] == "payment").to_numpy(dtype=bool)
    step = np.where(np.isnat(on), 0, np.searchsorted(ends, on, side="left"))
    balance = items["amount_cents"].to_numpy("int64")
    for number, end in enumerate(ends):
        now = step == number
        after = balance - sum_by(place[now], cents[now], len(items))
        if number:
            start = ends[number - 1]
            rows = np.flatnonzero(takes_part & (issued <= start) & (balance > 0))
            paid = sum_by(place[now & is_paid], cents[now & is_paid], len(items))
            days = np.stack([(day - due[rows]).astype("float64") for day in (start, end)])
            yield days, balance[rows], after[rows], paid[rows]
        balance = after


def _table(sums: NDArray[np.int64], names: Sequence[str], months: int) -> pd.DataFrame:
    opening = sums.sum(axis=1)
    rolled = np.triu(sums[:, :-2], k=1).sum(axis=1)
    moved = {f"{name}_cents": sums[:, k] for k, name in enumerate(names)}
    moved |= {"paid_cents": sums[:, -2], "other_cents": sums[:, -1], "rolled_cents": rolled}
    shares = {key.replace("_cents", "_share"): ratios(of, opening) for key, of in moved.items()}
    shares["rolled_share"][-1] = np.nan
    frame = {"bucket": pd.array(names, dtype="string"), "months_count": months}
    table = pd.DataFrame({**frame, "start_cents": opening, **moved, **shares})
    return table if months > 0 else table.iloc[:0]
