"""Invoices paid on time, by number: what is published of other companies counts them so.

The due date itself is on time. Every invoice that fell due in the period counts alike, whatever
its amount; one that is still open is late.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from credit_helpers.cents import count_by, ratio
from credit_helpers.keys import item_places

NEEDS = ("payment_history",)


@dataclass(frozen=True)
class OnTimeFigures:
    """Invoices that fell due and what became of them; the share is of those that fell due."""

    due_count: int
    on_time_count: int
    on_time_share: float


def figures(
    items: pd.DataFrame, settlements: pd.DataFrame, *, as_of: pd.Timestamp, period_days: int
) -> OnTimeFigures:
    """Return how many of the invoices that fell due were paid in full by their due date.

    Parameters
    ----------
    items : DataFrame
        Of the snapshot: ``item_id``, ``kind``, ``due_on``, ``amount_cents``,
        ``outstanding_cents``, ``settled_on`` (day of the last settlement, once nothing is open).
    settlements : DataFrame
        ``item_id``, ``kind``.
    as_of : Timestamp
        An invoice due on this day may yet be paid on time: it is not counted.
    period_days : int
        Length of the period that ends the day before.

    Returns
    -------
    OnTimeFigures
        Left out: invoices without a due date, those settled on an unknown day, and those that a
        credit note or a write-off settled without any payment.

    Examples
    --------
    >>> day = pd.Timestamp("2026-10-31")
    >>> due = pd.to_datetime(["2026-10-01", "2026-10-01", "2026-10-01", "2026-10-31"])
    >>> items = pd.DataFrame({"item_id": list("ABCD"), "kind": "invoice", "due_on": due,
    ...     "amount_cents": 100, "outstanding_cents": [0, 0, 100, 100],
    ...     "settled_on": pd.to_datetime(["2026-10-01", "2026-10-02", None, None])})
    >>> paid = pd.DataFrame({"item_id": ["A", "B"], "kind": "payment"})
    >>> figures(items, paid, as_of=day, period_days=365)
    OnTimeFigures(due_count=3, on_time_count=1, on_time_share=0.3333333333333333)
    """
    due = items["due_on"]
    fell_due = (due < as_of) & (due >= as_of - pd.Timedelta(days=period_days))
    sold = (items["kind"] == "invoice") & (items["amount_cents"] > 0)
    place = item_places(settlements, items)[(settlements["kind"] == "payment").to_numpy(bool)]
    is_paid = items["settled_on"].notna() & (count_by(place, len(items)) > 0)
    judged = sold & fell_due & (is_paid | (items["outstanding_cents"] > 0))
    on_time = judged & is_paid & (items["settled_on"] <= due)
    due_count, on_time_count = int(judged.sum()), int(on_time.sum())
    return OnTimeFigures(due_count, on_time_count, ratio(on_time_count, due_count))
