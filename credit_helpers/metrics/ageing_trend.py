"""The ageing at each of several days, each rebuilt as the ledger stood then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from credit_helpers.buckets import bucket_codes
from credit_helpers.cents import by_bucket_columns, sum_by
from credit_helpers.keys import item_places

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
    due, changes = _changes(items, settlements, days, edges)
    count = len(edges) + 2
    sums = np.zeros((len(days), count), dtype="int64")
    for number, day in enumerate(days):
        past_due = np.where(np.isnat(due), np.nan, (day - due).astype("float64"))
        sums[number] = sum_by(bucket_codes(past_due, edges), changes[: number + 1].sum(0), count)
    frame = {"as_of": days.astype("datetime64[ns]"), **by_bucket_columns(sums, edges)}
    return pd.DataFrame(frame)


def _changes(
    items: pd.DataFrame, settlements: pd.DataFrame, days: np.ndarray, edges: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return due dates, and what the balance of each changed by up to each day since the last.

    A year has few due dates, however many items; so the days are looped over, not the items. Due
    dates so far off that they fall in the same bucket on every day are taken together.
    """
    if not len(days):
        return days, np.zeros((0, 0), dtype="int64")
    first, last = days[0] - (edges[-1] + 1), days[-1] + 1
    due = np.append(np.arange(first, last + 1), np.datetime64("NaT"))
    of_item = items["due_on"].to_numpy("datetime64[D]")
    place = np.where(np.isnat(of_item), last + 1, np.clip(of_item, first, last)) - first
    issued = items["issued_on"].to_numpy("datetime64[D]")
    item = item_places(settlements, items)
    known = item >= 0
    # fmax ignores a missing day: the item's own day remains.
    paid_on = np.fmax(settlements["settled_on"].to_numpy("datetime64[D]"), issued[item])[known]
    sums = np.zeros(len(days) * len(due), dtype="int64")
    for on, at, cents in (
        (issued, place, items["amount_cents"].to_numpy("int64")),
        (paid_on, place[item[known]], -settlements["amount_cents"].to_numpy("int64")[known]),
    ):
        number = np.searchsorted(days, on, side="left")
        codes = np.where(number < len(days), number * len(due) + at.astype("int64"), -1)
        sums += sum_by(codes, cents, len(sums))
    return due, sums.reshape(len(days), len(due))
