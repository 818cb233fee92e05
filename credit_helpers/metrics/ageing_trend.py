"""The ageing at each of several days, each rebuilt as the ledger stood then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from credit_helpers.buckets import bucket_codes
from credit_helpers.cents import by_bucket_columns, sum_by

NEEDS: tuple[str, ...] = ()


def by_month(
    items: pd.DataFrame,
    settlements: pd.DataFrame,
    month_ends: Iterable[pd.Timestamp],
    edges: Sequence[int],
) -> pd.DataFrame:
    """Return the ageing at each of several days, each rebuilt as the ledger stood then.

    Parameters
    ----------
    items, settlements : DataFrame
        The whole ledger. A settlement without a date always counts; one dated before its item
        was issued counts from the day of issue.
    month_ends : iterable of Timestamp
        The days, in any order.
    edges : sequence of int

    Returns
    -------
    DataFrame
        ``as_of`` (ascending), one column per bucket, ``outstanding_cents``, ``overdue_cents``,
        ``overdue_share``. Equal to the ageing of ``Ledger.at(day)`` on every day.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> items = pd.DataFrame({"item_id": ["F1"], "issued_on": [day("2026-01-05")],
    ...     "due_on": [day("2026-02-04")], "amount_cents": [500]})
    >>> paid = pd.DataFrame({"item_id": ["F1"], "settled_on": [day("2026-03-02")],
    ...     "amount_cents": [500]})
    >>> ends = pd.date_range("2026-01-31", periods=3, freq="ME")
    >>> by_month(items, paid, ends, (0, 30))["overdue_cents"].tolist()
    [0, 500, 0]
    """
    days = pd.DatetimeIndex(sorted(month_ends)).to_numpy("datetime64[D]")
    issued = items["issued_on"].to_numpy("datetime64[D]")
    due = items["due_on"].to_numpy("datetime64[D]")
    paid_on = settlements["settled_on"].to_numpy("datetime64[D]")
    place = pd.Index(items["item_id"]).get_indexer(settlements["item_id"])
    # Day 0 of the loop takes the undated ones; each settlement is then booked exactly once.
    first = np.where(np.isnat(paid_on), 0, np.searchsorted(days, paid_on, side="left"))
    balance, paid = items["amount_cents"].to_numpy("int64"), settlements["amount_cents"].to_numpy()
    count = len(edges) + 2
    sums = np.zeros((len(days), count), dtype="int64")
    for number, day in enumerate(days):
        now = first == number
        balance = balance - sum_by(place[now], paid[now], len(items))
        past_due = np.where(np.isnat(due), np.nan, (day - due).astype("float64"))
        sums[number] = sum_by(
            np.where(issued <= day, bucket_codes(past_due, edges), -1), balance, count
        )
    frame = {"as_of": days.astype("datetime64[ns]"), **by_bucket_columns(sums, edges)}
    return pd.DataFrame(frame)
