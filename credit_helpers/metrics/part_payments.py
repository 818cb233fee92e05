"""Part payments: which payments left a part of their invoice open, and which were round sums."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.keys import item_places
from credit_helpers.norms import EarlyWarningPolicy

NEEDS = ("payment_history",)


def of_invoices(
    items: pd.DataFrame, settlements: pd.DataFrame, policy: EarlyWarningPolicy
) -> pd.DataFrame:
    """Return the dated payments of invoices, and which left a part or were a round sum.

    Parameters
    ----------
    items, settlements : DataFrame
        Those of the snapshot, settled items included.
    policy : EarlyWarningPolicy
        ``round_cents``: a multiple of it is a round sum.

    Returns
    -------
    DataFrame
        ``item`` (row number in ``items``), ``on``, ``cents``, ``days_late`` (``nan`` without a
        due date), ``is_part`` (something was left after it), ``is_round`` (of those: a round sum,
        where the invoice is none). What was settled without a day came before all that has one.
    """
    place = item_places(settlements, items)
    day = settlements["settled_on"].to_numpy("datetime64[D]")
    cents = settlements["amount_cents"].to_numpy("int64")
    # NaT sorts last in numpy; what has no day was settled before everything that has one.
    order = np.lexsort((np.where(np.isnat(day), np.datetime64("0001-01-01"), day), place))
    until = cents[order].cumsum()
    first = np.searchsorted(place[order], place[order], side="left")
    begun = until - cents[order]
    so_far = np.empty(len(order), dtype="int64")
    so_far[order] = until - (begun[first] if len(order) else begun)
    amount = items["amount_cents"].to_numpy("int64")[place]
    is_paid = (settlements["kind"] == "payment").to_numpy(dtype=bool) & (cents > 0)
    invoice = (items["kind"] == "invoice").to_numpy(dtype=bool)[place]
    rows = np.flatnonzero(is_paid & invoice & (place >= 0) & ~np.isnat(day))
    part = (amount - so_far)[rows] > 0
    # Of a round invoice every part may be round without anybody rounding it.
    is_round = (
        part & (cents[rows] % policy.round_cents == 0) & (amount[rows] % policy.round_cents != 0)
    )
    late = day[rows] - items["due_on"].to_numpy("datetime64[D]")[place[rows]]
    return pd.DataFrame(
        {
            "item": place[rows],
            "on": day[rows].astype("datetime64[ns]"),
            "cents": cents[rows],
            "days_late": np.where(np.isnat(late), np.nan, late.astype("float64")),
            "is_part": part,
            "is_round": is_round,
        }
    )
