"""Insurance: what was delivered while cover had stopped, and what was reported too late.

When the oldest invoice of an insured debtor is more than ``max_extension_days`` past due, new
deliveries are not insured until it is paid; a remainder below ``min_stopping_cents`` stops
nothing. An overdue invoice must reach the insurer within
``max_report_days``; whether that was done the file does not tell, so what is still open by then
counts as late. Insured limits are those of today, also for the past.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from credit_helpers.cents import count_by, sum_by
from credit_helpers.keys import SPAN, customer_places
from credit_helpers.norms import LimitsPolicy

NEEDS = ("limits", "insurance")
NAN = float("nan")
READ = ("issued_on", "due_on", "settled_on", "delivered_on", "days_past_due")
READ += ("amount_cents", "outstanding_cents")


@dataclass(frozen=True)
class CoverFigures:
    """What insurance may not pay, in one line; ``nan`` when the input has no insured limits.

    ``stopped_cents`` was invoiced in the period while cover had stopped, at
    ``stopped_debtors_count`` debtors; ``stopped_open_cents`` of it is still open.
    ``late_cents`` is open past the term for reporting, at ``late_debtors_count`` debtors, and
    ``at_risk_cents`` what the insurer would have paid of it.
    """

    stopped_debtors_count: float
    stopped_cents: float
    stopped_open_cents: float
    late_debtors_count: float
    late_cents: float
    at_risk_cents: float


def is_stopped(
    invoices: pd.DataFrame, debtor: NDArray[np.int64], *, as_of: pd.Timestamp, policy: LimitsPolicy
) -> NDArray[np.bool_]:
    """Return of each invoice whether cover had stopped when it was delivered.

    Parameters
    ----------
    invoices : DataFrame
        Of the snapshot: ``issued_on``, ``due_on``, ``settled_on``, ``amount_cents``,
        ``outstanding_cents``, and ``delivered_on`` where the input has it, which then goes before
        the day of issue.
    debtor : array of int
        Number of the insured debtor of each invoice, from 0.
    as_of : Timestamp
    policy : LimitsPolicy
        An invoice stops the cover from ``max_extension_days`` past due plus one, up to the day
        before it is paid. One that was settled on an unknown day stops nothing, and neither does
        one of less than ``min_stopping_cents``: of its amount, or of what is still open.

    Examples
    --------
    >>> from credit_helpers.policy import load_policy
    >>> day = pd.to_datetime
    >>> invoices = pd.DataFrame({"issued_on": day(["2026-01-01", "2026-04-01", "2026-04-02"]),
    ...     "due_on": day(["2026-01-31", "2026-05-01", "2026-05-02"]),
    ...     "settled_on": day([None, None, None]), "amount_cents": 50_000,
    ...     "outstanding_cents": 50_000})
    >>> is_stopped(invoices, np.array([0, 0, 0]), as_of=pd.Timestamp("2026-04-30"),
    ...     policy=load_policy().limits).tolist()
    [False, False, True]
    """
    settled = invoices["settled_on"].to_numpy("datetime64[D]")
    end = np.where(np.isnat(settled), np.datetime64(as_of, "D") + 1, settled).astype("int64")
    due = invoices["due_on"].to_numpy("datetime64[D]")
    begin = due.astype("int64") + policy.max_extension_days + 1
    owed, amount = (invoices[c].to_numpy() for c in ("outstanding_cents", "amount_cents"))
    is_unknown = np.isnat(settled) & (owed == 0)
    is_heavy = np.where(np.isnat(settled), owed, amount) >= policy.min_stopping_cents
    stops = ~np.isnat(due) & ~is_unknown & is_heavy & (begin < end)
    begins, ends = (np.sort(debtor[stops] * SPAN + day[stops]) for day in (begin, end))
    delivered = invoices["issued_on"].to_numpy("datetime64[D]")
    if "delivered_on" in invoices:
        known = invoices["delivered_on"].to_numpy("datetime64[D]")
        delivered = np.where(np.isnat(known), delivered, known)
    first, now = debtor * SPAN, debtor * SPAN + delivered.astype("int64")
    begun, ended = (
        np.searchsorted(keys, now, "right") - np.searchsorted(keys, first, "left")
        for keys in (begins, ends)
    )
    return begun > ended


def by_customer(
    items: pd.DataFrame,
    customers: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    period_days: int,
    policy: LimitsPolicy,
) -> pd.DataFrame:
    """Return the insured debtors whose cover stopped or is at risk, the largest risk first.

    Parameters
    ----------
    items : DataFrame
        Of the snapshot.
    customers : DataFrame
        ``insured_limit_cents`` where the input has it.
    as_of : Timestamp
    period_days : int
        Deliveries of so many days up to the as-of date count.
    policy : LimitsPolicy

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``insured_limit_cents``, ``beyond_cents`` (on invoices that
        stop the cover now), ``late_cents`` (open more than ``max_report_days``
        past due), ``at_risk_cents`` (what the insurer would pay of that), ``stopped_count`` and
        ``stopped_cents`` (invoices delivered without cover), ``stopped_open_cents``.
    """
    limit = _insured(customers)
    held = limit.gt(0).fillna(False).to_numpy(dtype=bool)
    place = customer_places(items, customers)
    positive = (items["kind"] == "invoice") & (items["amount_cents"] > 0)
    rows = positive.to_numpy(dtype=bool) & held[place]
    invoices = items.loc[rows, [name for name in READ if name in items]].reset_index(drop=True)
    debtor = place[rows]
    ago = (as_of - invoices["issued_on"]).dt.days
    stopped = is_stopped(invoices, debtor, as_of=as_of, policy=policy)
    stopped &= ago.between(0, period_days - 1).to_numpy(dtype=bool)
    owed, past = invoices["outstanding_cents"], invoices["days_past_due"]
    count = len(customers)
    lost = np.where(stopped, debtor, -1)
    is_beyond = (past > policy.max_extension_days) & (owed >= policy.min_stopping_cents)
    late = sum_by(np.where(past > policy.max_report_days, debtor, -1), owed, count)
    paid = np.minimum(late, limit.fillna(0).to_numpy("int64")) * policy.insured_payout_share
    frame = pd.DataFrame(
        {
            "customer_id": customers["customer_id"].astype("string").array,
            "name": customers["name"].astype("string").array,
            "insured_limit_cents": limit.array,
            "beyond_cents": sum_by(np.where(is_beyond, debtor, -1), owed, count),
            "late_cents": late,
            "at_risk_cents": np.floor(np.round(paid, 6)).astype("int64"),
            "stopped_count": count_by(lost, count),
            "stopped_cents": sum_by(lost, invoices["amount_cents"], count),
            "stopped_open_cents": sum_by(lost, owed, count),
        }
    )
    frame = frame[(frame["beyond_cents"] > 0) | (frame["stopped_count"] > 0)]
    order = ["stopped_open_cents", "at_risk_cents", "beyond_cents", "customer_id"]
    ascending = [False, False, False, True]
    return frame.sort_values(order, ascending=ascending, kind="stable", ignore_index=True)


def figures(cover: pd.DataFrame, *, is_insured: bool) -> CoverFigures:
    """Return the totals of :func:`by_customer`; ``nan`` throughout when nothing is insured."""
    if not is_insured:
        return CoverFigures(NAN, NAN, NAN, NAN, NAN, NAN)
    return CoverFigures(
        stopped_debtors_count=float((cover["stopped_count"] > 0).sum()),
        stopped_cents=float(cover["stopped_cents"].sum()),
        stopped_open_cents=float(cover["stopped_open_cents"].sum()),
        late_debtors_count=float((cover["late_cents"] > 0).sum()),
        late_cents=float(cover["late_cents"].sum()),
        at_risk_cents=float(cover["at_risk_cents"].sum()),
    )


def _insured(customers: pd.DataFrame) -> pd.Series:
    if "insured_limit_cents" in customers:
        return customers["insured_limit_cents"].astype("Int64").reset_index(drop=True)
    return pd.Series(pd.NA, index=range(len(customers)), dtype="Int64")
