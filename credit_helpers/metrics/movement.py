"""Movement: from the opening balance to the closing balance of each month, to the cent."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from credit_helpers.cents import sum_by

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
    days, cents, columns = _events(items, settlements)
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


def _events(
    items: pd.DataFrame, settlements: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return every change of the balance: its day, its cents and its column."""
    issued = items["issued_on"].to_numpy("datetime64[D]")
    place = pd.Index(items["item_id"]).get_indexer(settlements["item_id"])
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
    )


def _before(first: np.ndarray) -> np.ndarray:
    """Return the last day of the month before, as an array of the same length."""
    return first.astype("datetime64[M]").astype("datetime64[D]") - np.timedelta64(1, "D")
