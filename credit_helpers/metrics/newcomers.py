"""New customers: how they paid their first invoice, and what they owe by now.

A debtor is judged on its first invoice with a due date: settled by then is on time, later is late,
and open past its due date is overdue. One that is not yet due, or was settled on an unknown day,
says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from credit_helpers.cents import ratio

NEEDS = ("payment_history",)
STATUSES = ("paid_on_time", "paid_late", "overdue", "not_judged")


@dataclass(frozen=True)
class NewcomerFigures:
    """New customers in one line; ``first_late_share`` is of those who could be judged."""

    newcomers_count: int
    outstanding_cents: int
    judged_count: int
    first_late_count: int
    first_late_share: float


def by_customer(
    items: pd.DataFrame, segments: pd.DataFrame, stages: tuple[str, ...]
) -> pd.DataFrame:
    """Return the first invoice of each new customer and what became of it.

    Parameters
    ----------
    items : DataFrame
        Of the snapshot.
    segments : DataFrame
        ``customer_id``, ``name``, ``life_stage``, ``outstanding_cents``, ``overdue_cents``.
    stages : tuple of str
        The life stages that count as new.

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``first_on``, ``first_invoice_cents``, ``first_days_late``
        (settled minus due; while open, the days past due; ``nan`` when not judged),
        ``first_status`` (one of :data:`STATUSES`), ``outstanding_cents``, ``overdue_cents``; the
        largest balance first.
    """
    rows = segments[segments["life_stage"].isin(list(stages))].reset_index(drop=True)
    is_first = (items["kind"] == "invoice") & (items["amount_cents"] > 0) & items["due_on"].notna()
    sold = items[is_first & items["customer_id"].isin(rows["customer_id"])]
    sold = sold.sort_values(["issued_on", "item_id"], kind="stable")
    first = sold.drop_duplicates("customer_id").set_index("customer_id")
    first = first.reindex(rows["customer_id"]).reset_index(drop=True)
    paid = (first["settled_on"] - first["due_on"]).dt.days.to_numpy("float64")
    past = first["days_past_due"].to_numpy("float64")
    is_open = (first["outstanding_cents"].fillna(0) != 0).to_numpy(dtype=bool)
    cases = [~np.isnan(paid) & (paid <= 0), ~np.isnan(paid), is_open & (past > 0)]
    frame = pd.DataFrame(
        {
            "customer_id": rows["customer_id"],
            "name": rows["name"],
            "first_on": first["issued_on"],
            "first_invoice_cents": first["amount_cents"].astype("Int64"),
            "first_days_late": np.select([~np.isnan(paid), cases[2]], [paid, past], np.nan),
            "first_status": pd.array(np.select(cases, STATUSES[:3], STATUSES[3]), dtype="string"),
            "outstanding_cents": rows["outstanding_cents"],
            "overdue_cents": rows["overdue_cents"],
        }
    )
    order = ["outstanding_cents", "customer_id"]
    return frame.sort_values(order, ascending=[False, True], kind="stable", ignore_index=True)


def figures(newcomers: pd.DataFrame) -> NewcomerFigures:
    """Return the figures of :func:`by_customer`; see :class:`NewcomerFigures`."""
    status = newcomers["first_status"]
    judged = int((status != "not_judged").sum())
    late = int(status.isin(["paid_late", "overdue"]).sum())
    return NewcomerFigures(
        newcomers_count=len(newcomers),
        outstanding_cents=int(newcomers["outstanding_cents"].clip(lower=0).sum()),
        judged_count=judged,
        first_late_count=late,
        first_late_share=ratio(late, judged),
    )
