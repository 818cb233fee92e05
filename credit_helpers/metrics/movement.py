"""Movement: from the opening balance to the closing balance of each month, to the cent.

By bucket a month's changes are booked where the item stood when the month began, or on its day of
issue when that was later; what is left of it at the month's end then rolls to the bucket of that
day. So each bucket closes by itself, and what rolls out of one rolls into another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from credit_helpers.buckets import NO_DUE_DATE, NOT_DUE, bucket_codes, bucket_names
from credit_helpers.cents import sum_by
from credit_helpers.keys import item_places

NEEDS: tuple[str, ...] = ()
COLUMNS = ("invoiced", "credited", "received", "written_off", "other")
OF_ITEM = {"invoice": 0, "credit_note": 1, "unapplied_cash": 2}
OF_SETTLEMENT = {"credit": 1, "payment": 2, "write_off": 3, "fx": 4}
OTHER = 4
# What makes the balance smaller is shown as a positive number.
SIGNS = np.array([1, -1, -1, -1, 1])


def by_month(
    items: pd.DataFrame, settlements: pd.DataFrame, month_ends: Iterable[pd.Timestamp]
) -> pd.DataFrame:
    """Return what made the balance move in each month.

    Parameters
    ----------
    items, settlements : DataFrame
        The whole ledger.
    month_ends : iterable of Timestamp
        Ends of the periods, ascending. A period runs from the day after the end before it; the
        first one from the first day of its month.

    Returns
    -------
    DataFrame
        ``as_of`` and, in cents, ``opening_cents + invoiced_cents − credited_cents −
        received_cents − written_off_cents + other_cents = closing_cents``. Opening and closing
        are the balance of the ledger as it stood on those days. Credit notes count on their day
        of issue, unapplied cash as received on the day it came in. When either is later matched
        with an invoice, both settlements move with their own sign and cancel out. A settlement
        without a date, or dated before its item, counts on the item's day of issue: from then on
        it is part of the balance.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> items = pd.DataFrame({"item_id": ["F1", "F2"], "kind": ["invoice", "invoice"],
    ...     "issued_on": [day("2026-01-05"), day("2026-02-05")], "amount_cents": [500, 300]})
    >>> paid = pd.DataFrame({"item_id": ["F1"], "settled_on": [day("2026-02-27")],
    ...     "kind": ["payment"], "amount_cents": [450]})
    >>> table = by_month(items, paid, [day("2026-02-28")])
    >>> table[["opening_cents", "invoiced_cents", "received_cents", "closing_cents"]].to_numpy()
    array([[500, 300, 450, 350]])
    """
    ends = pd.DatetimeIndex(list(month_ends)).to_numpy("datetime64[D]")
    days, cents, columns, _ = _events(items, settlements)
    count = len(COLUMNS)
    # Period 0 is everything before the first month; what comes after the last is left out.
    starts = np.concatenate([_before(ends[:1]), ends])
    periods = np.searchsorted(starts, days, side="left")
    places = np.where(periods < len(starts), periods * count + columns, -1)
    sums = sum_by(places, cents, len(starts) * count).reshape(len(starts), count)
    balance = sums.sum(axis=1).cumsum()
    moved = sums[1:] * SIGNS
    return pd.DataFrame(
        {
            "as_of": ends.astype("datetime64[ns]"),
            "opening_cents": balance[:-1],
            **{f"{name}_cents": moved[:, k] for k, name in enumerate(COLUMNS)},
            "closing_cents": balance[1:],
        }
    )


def by_bucket(
    items: pd.DataFrame,
    settlements: pd.DataFrame,
    month_ends: Iterable[pd.Timestamp],
    edges: Sequence[int],
) -> pd.DataFrame:
    """Return what made the balance of each bucket move in each month, and what rolled on.

    Parameters
    ----------
    items, settlements, month_ends
        As in :func:`by_month`.
    edges : sequence of int
        As in :func:`~credit_helpers.buckets.bucket_names`.

    Returns
    -------
    DataFrame
        A row per month and bucket, in that order: ``as_of``, ``bucket``, the columns of
        :func:`by_month`, and ``rolled_in_cents`` and ``rolled_out_cents``: what came from another
        bucket and what went to one because time passed. ``opening_cents + invoiced_cents −
        credited_cents − received_cents − written_off_cents + other_cents + rolled_in_cents −
        rolled_out_cents = closing_cents``. Credit notes roll with their own sign.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> items = pd.DataFrame({"item_id": ["F1"], "kind": ["invoice"], "amount_cents": [500],
    ...     "issued_on": [day("2026-01-05")], "due_on": [day("2026-02-04")]})
    >>> paid = pd.DataFrame({"item_id": ["F1"], "settled_on": [day("2026-02-27")],
    ...     "kind": ["payment"], "amount_cents": [450]})
    >>> table = by_bucket(items, paid, [day("2026-02-28")], (0,))
    >>> table[["bucket", "received_cents", "rolled_out_cents", "closing_cents"]].to_numpy().tolist()
    [['not_due', 450, 50, 0], ['d1_plus', 0, 0, 50], ['no_due_date', 0, 0, 0]]
    """
    ends = pd.DatetimeIndex(list(month_ends)).to_numpy("datetime64[D]")
    starts = np.concatenate([_before(ends[:1]), ends])
    days, cents, columns, places = _events(items, settlements)
    periods, count = np.searchsorted(starts, days, side="left"), len(COLUMNS)
    issued = items["issued_on"].to_numpy("datetime64[D]")
    due = items["due_on"].to_numpy("datetime64[D]")
    names = bucket_names(edges)
    before = periods == 0
    balance = sum_by(places[before], cents[before], len(items))
    months = []
    for number, end in enumerate(ends, start=1):
        own = periods == number
        after = balance + sum_by(places[own], cents[own], len(items))
        # An item that neither had a balance nor moved needs no bucket.
        moved = np.zeros(len(items), dtype=bool)
        moved[places[own]] = True
        alive = np.flatnonzero((balance != 0) | moved)
        begun = np.maximum(starts[number - 1], issued[alive])
        then = np.zeros(len(items), dtype="int64")
        then[alive] = _codes(begun, due[alive], edges)
        flows = sum_by(then[places[own]] * count + columns[own], cents[own], len(names) * count)
        now, left = _codes(end, due[alive], edges), after[alive]
        sums = _rolled(balance[alive], left, then[alive], now, len(names))
        months.append(np.column_stack([sums[0], flows.reshape(-1, count) * SIGNS, *sums[1:]]))
        balance = after
    keys = ["opening", *COLUMNS, "rolled_in", "rolled_out", "closing"]
    sums = np.concatenate(months) if months else np.zeros((0, len(keys)), dtype="int64")
    return pd.DataFrame(
        {
            "as_of": np.repeat(ends.astype("datetime64[ns]"), len(names)),
            "bucket": pd.array(names * len(ends), dtype="string"),
            **{f"{key}_cents": sums[:, k] for k, key in enumerate(keys)},
        }
    )


def with_rolled(by_month: pd.DataFrame, by_bucket: pd.DataFrame) -> pd.DataFrame:
    """Return the movement by month with what became overdue, and what became older.

    Parameters
    ----------
    by_month : DataFrame
        From :func:`by_month`.
    by_bucket : DataFrame
        From :func:`by_bucket`, of the same months.

    Returns
    -------
    DataFrame
        ``by_month`` with ``rolled_overdue_cents``, from not due to overdue;
        ``rolled_older_cents``, from one overdue bucket to an older one (both leave the balance as
        it is); and ``cleared_overdue_cents``, by what the overdue balance of the month's beginning
        became less: received, credited, written off and other.
    """
    out = by_bucket["rolled_out_cents"].to_numpy()
    is_current = (by_bucket["bucket"] == NOT_DUE).to_numpy(dtype=bool)
    late = ~is_current & (by_bucket["bucket"] != NO_DUE_DATE).to_numpy(dtype=bool)
    cleared = by_bucket[["credited_cents", "received_cents", "written_off_cents"]].sum(axis=1)
    cleared = (cleared - by_bucket["other_cents"]).to_numpy()
    codes = pd.Index(by_month["as_of"]).get_indexer(by_bucket["as_of"])
    return by_month.assign(
        rolled_overdue_cents=sum_by(codes[is_current], out[is_current], len(by_month)),
        rolled_older_cents=sum_by(codes[late], out[late], len(by_month)),
        cleared_overdue_cents=sum_by(codes[late], cleared[late], len(by_month)),
    )


def _rolled(
    opening: np.ndarray, closing: np.ndarray, then: np.ndarray, now: np.ndarray, buckets: int
) -> list[np.ndarray]:
    """Return per bucket the opening balance, what rolled in and out, and the closing balance."""
    rolls = then != now
    return [
        sum_by(then, opening, buckets),
        sum_by(now[rolls], closing[rolls], buckets),
        sum_by(then[rolls], closing[rolls], buckets),
        sum_by(now, closing, buckets),
    ]


def _codes(days: np.ndarray, due: np.ndarray, edges: Sequence[int]) -> np.ndarray:
    past = (days - due).astype("float64")
    return bucket_codes(np.where(np.isnat(due), np.nan, past), edges)


def _events(
    items: pd.DataFrame, settlements: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return every change of the balance: its day, its cents, its column and its item."""
    issued = items["issued_on"].to_numpy("datetime64[D]")
    place = item_places(settlements, items)
    known = place >= 0
    settled = settlements["settled_on"].to_numpy("datetime64[D]")[known]
    # fmax ignores a missing day: the item's own day remains.
    effective = np.fmax(settled, issued[place[known]])
    item_columns = items["kind"].map(OF_ITEM).to_numpy("int64")
    kinds = settlements["kind"].map(OF_SETTLEMENT).fillna(OTHER).to_numpy("int64")
    paid = settlements["amount_cents"].to_numpy("int64")
    return (
        np.concatenate([issued, effective]),
        np.concatenate([items["amount_cents"].to_numpy("int64"), -paid[known]]),
        np.concatenate([item_columns, kinds[known]]),
        np.concatenate([np.arange(len(items)), place[known]]),
    )


def _before(first: np.ndarray) -> np.ndarray:
    """Return the last day of the month before, as an array of the same length."""
    return first.astype("datetime64[M]").astype("datetime64[D]") - np.timedelta64(1, "D")
