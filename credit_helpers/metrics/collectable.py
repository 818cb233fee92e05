"""What could be collected in a month and what was, and how fast disputes are resolved."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.cents import count_by
from credit_helpers.keys import item_places

NEEDS: tuple[str, ...] = ()
NAN = float("nan")


def collectable(
    items: pd.DataFrame, settlements: pd.DataFrame, *, start: pd.Timestamp, end: pd.Timestamp
) -> tuple[float, float]:
    """Return what could be collected in a month, and what was, in cents.

    Collectable are the undisputed invoices that were overdue when the month began or fell due in
    it, with what was open of them at its beginning, or on their day of issue. Collected is what
    was paid on them in the month.

    Parameters
    ----------
    items : DataFrame
        The snapshot's, settled ones included.
    settlements : DataFrame
        Those made by the as-of date; one without a date was made before the month.
    start, end : Timestamp
        The last day before the month and its own last day.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> items = pd.DataFrame({"item_id": ["F1", "F2"], "kind": "invoice", "is_disputed": False,
    ...     "issued_on": [day("2026-01-05"), day("2026-02-01")], "amount_cents": [500, 300],
    ...     "due_on": [day("2026-02-04"), day("2026-03-03")]})
    >>> paid = pd.DataFrame({"item_id": ["F1"], "settled_on": [day("2026-02-27")],
    ...     "kind": ["payment"], "amount_cents": [400]})
    >>> collectable(items, paid, start=day("2026-01-31"), end=day("2026-02-28"))
    (500.0, 400.0)
    """
    place = item_places(settlements, items)
    made, cents = settlements["settled_on"], settlements["amount_cents"].to_numpy()
    before = (place >= 0) & (made.isna() | (made <= start)).to_numpy()
    during = (place >= 0) & ((made > start) & (made <= end)).to_numpy()
    during &= (settlements["kind"] == "payment").to_numpy(dtype=bool)
    opened = items["amount_cents"].to_numpy("int64").copy()
    np.subtract.at(opened, place[before], cents[before])
    due = (items["due_on"] <= end) & (items["issued_on"] <= end) & (items["kind"] == "invoice")
    due = due.to_numpy(dtype=bool) & ~items["is_disputed"].to_numpy(dtype=bool) & (opened > 0)
    return float(opened[due].sum()), float(cents[during][due[place[during]]].sum())


def next_month(open_items: pd.DataFrame, end: pd.Timestamp) -> float:
    """Return what can be collected up to ``end``: open, undisputed, and due by then, in cents.

    Parameters
    ----------
    open_items : DataFrame
        ``kind``, ``due_on``, ``outstanding_cents``, ``is_disputed``.
    end : Timestamp
    """
    due = (open_items["kind"] == "invoice") & (open_items["due_on"] <= end)
    due &= ~open_items["is_disputed"].astype(bool) & (open_items["outstanding_cents"] > 0)
    return float(open_items["outstanding_cents"][due].sum())


def resolved_per_day(
    disputes: pd.DataFrame, items: pd.DataFrame, *, as_of: pd.Timestamp, period_days: int
) -> float:
    """Return the invoiced amount whose disputes were resolved, per day of the period, in cents.

    ``nan`` when the input does not say when disputes were resolved.
    """
    if "resolved_on" not in disputes or disputes["resolved_on"].isna().all():
        return NAN
    start = as_of - pd.Timedelta(days=period_days)
    solved = disputes[(disputes["resolved_on"] > start) & (disputes["resolved_on"] <= as_of)]
    known = count_by(item_places(solved, items), len(items)) > 0
    return float(items["amount_cents"][known].sum()) / period_days
