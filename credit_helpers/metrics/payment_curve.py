"""Payment curve: which share of what was invoiced has been paid so many days after the invoice.

An invoice that is still open does not say when it will be paid; it says that it was not paid yet
at its age of today. So open amounts are censored, and the curve is the estimate of Kaplan and
Meier: on each day, of what was still waiting on that day, the share that is paid.

Every cent is an observation, so that large invoices weigh as much as they are worth and a part
payment counts as a part; ready-made estimators (scipy's ``ecdf``) take no such weights. The cents
of one invoice do not pay independently, so there is no interval around the curve. What was
credited was never owed and is left out. What was written off was owed and not paid: it waits until
the as-of date. A reversal is left out, with the payment counting as made.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from credit_helpers.cents import count_by, sum_by
from credit_helpers.keys import item_places
from credit_helpers.norms import CurvePolicy

NEEDS = ("payment_history",)


def kaplan_meier(paid: ArrayLike, waiting: ArrayLike) -> NDArray[np.float64]:
    """Return the share paid by the end of each day.

    Parameters
    ----------
    paid : array, days along the last axis
        What was paid on each day, day 0 first.
    waiting : array of the same shape
        What had not been paid and was still watched at the beginning of that day.

    Returns
    -------
    array of float
        From 0 to 1, never falling; ``nan`` from the day on which nothing waits that could be
        paid, unless everything had been paid by then.

    Examples
    --------
    >>> kaplan_meier([0, 3, 1], [10, 10, 5]).round(2).tolist()
    [0.0, 0.3, 0.44]
    """
    events, risk = np.asarray(paid, dtype="float64"), np.asarray(waiting, dtype="float64")
    known = risk > 0
    left = np.cumprod(1 - events / np.where(known, risk, 1.0), axis=-1)
    return np.where(known | (left <= 0), 1 - left, np.nan)


def observations(
    items: pd.DataFrame, settlements: pd.DataFrame, policy: CurvePolicy
) -> pd.DataFrame:
    """Return the amounts that were paid, and those that wait, with their days since the invoice.

    Parameters
    ----------
    items : DataFrame
        The snapshot's, settled ones included: ``item_id``, ``kind``, ``issued_on``,
        ``amount_cents``, ``outstanding_cents``, ``age_days``.
    settlements : DataFrame
        Those made by the as-of date.
    policy : CurvePolicy
        ``cohort_months_count`` months of invoices make a cohort; the first begins in January.

    Returns
    -------
    DataFrame
        ``cohort_month`` (first day of the cohort), ``item`` (row number in ``items``), ``days``
        (a payment before the invoice counts on day 0), ``amount_cents``, ``is_paid``.
    """
    invoice = ((items["kind"] == "invoice") & (items["amount_cents"] > 0)).to_numpy(dtype=bool)
    place = item_places(settlements, items)
    kinds, cents = settlements["kind"], settlements["amount_cents"].to_numpy("int64")
    dated = settlements["settled_on"].notna().to_numpy(dtype=bool)
    ours = (place >= 0) & invoice[place]
    paid = ours & dated & (kinds == "payment").to_numpy(dtype=bool) & (cents > 0)
    lost = np.where(ours & (kinds == "write_off").to_numpy(dtype=bool), place, -1)
    unpaid = items["outstanding_cents"].to_numpy("int64") + sum_by(lost, cents, len(items))
    waits = np.flatnonzero(invoice & (unpaid > 0))
    settled = settlements["settled_on"].to_numpy("datetime64[D]")[paid]
    issued = items["issued_on"].to_numpy("datetime64[D]")
    taken = (settled - issued[place[paid]]).astype("int64")
    rows = np.concatenate([place[paid], waits])
    length = policy.cohort_months_count
    month = issued[rows].astype("datetime64[M]").astype("int64") // length * length
    return pd.DataFrame(
        {
            "cohort_month": month.astype("datetime64[M]").astype("datetime64[ns]"),
            "item": rows,
            "days": np.maximum(np.concatenate([taken, items["age_days"].to_numpy()[waits]]), 0),
            "amount_cents": np.concatenate([cents[paid], unpaid[waits]]),
            "is_paid": np.arange(len(rows)) < len(taken),
        }
    )


def by_day(observations: pd.DataFrame, policy: CurvePolicy) -> pd.DataFrame:
    """Return the curve of each cohort, and of all together, day by day.

    Parameters
    ----------
    observations : DataFrame
        From :func:`observations`.
    policy : CurvePolicy
        Days 0 to ``last_days``. From the day on which fewer than ``min_waiting_count`` amounts
        wait the share is ``nan``: one invoice would then move the curve.

    Returns
    -------
    DataFrame
        ``cohort_month`` (``NaT`` for all together, the last rows), ``since_issue_days``,
        ``waiting_count``, ``waiting_cents`` (at the beginning of the day), ``paid_cents`` (on the
        day), ``paid_share`` (by the end of it).

    Examples
    --------
    >>> from credit_helpers.policy import load_policy
    >>> rows = pd.DataFrame({"cohort_month": [pd.Timestamp("2026-01-01")] * 3, "item": [0, 1, 2],
    ...     "days": [1, 1, 2], "amount_cents": [300, 100, 600], "is_paid": [True, False, True]})
    >>> policy = load_policy({"curve": {"last_days": 2, "min_waiting_count": 1}}).curve
    >>> by_day(rows, policy)["paid_share"].round(4).tolist()[:3]
    [0.0, 0.3, 1.0]
    """
    if observations.empty:
        return _long(pd.DatetimeIndex([]), np.zeros((3, 0, policy.last_days + 1)), policy)
    codes, cohorts = pd.factorize(observations["cohort_month"], sort=True)
    width, height = policy.last_days + 2, len(cohorts)  # what takes longer waits in a last column
    places = codes * width + np.minimum(observations["days"].to_numpy(), width - 1)
    cents, paid = observations["amount_cents"], observations["is_paid"].to_numpy(dtype=bool)
    events = sum_by(np.where(paid, places, -1), cents, width * height)
    each = np.stack([count_by(places, width * height), sum_by(places, cents, width * height)])
    each = np.concatenate([each, events[None]]).reshape(3, height, width)
    each = np.concatenate([each, each.sum(axis=1, keepdims=True)], axis=1)
    # All that leaves on this day or later still waits at its beginning.
    each[:2] = each[:2, :, ::-1].cumsum(axis=2)[:, :, ::-1]
    return _long(pd.DatetimeIndex(cohorts), each[:, :, :-1], policy)


def by_cohort(
    by_day: pd.DataFrame, observations: pd.DataFrame, policy: CurvePolicy
) -> pd.DataFrame:
    """Return one row per cohort: what was invoiced, and which share was paid by some days.

    Returns
    -------
    DataFrame
        ``cohort_month``, ``items_count`` (invoices), ``invoiced_cents`` (without what was
        credited), ``unpaid_cents``, ``half_days`` (the first day by which half was paid), and
        ``paid_d<n>_share`` for each of ``read_days``. The last row, with ``NaT``, is all together.
    """
    rows = by_day[by_day["since_issue_days"] == 0].reset_index(drop=True)
    share = by_day["paid_share"].to_numpy().reshape(len(rows), policy.last_days + 1)
    half = np.where((share >= 0.5).any(axis=1), (share >= 0.5).argmax(axis=1), np.nan)
    read = [day for day in policy.read_days if day <= policy.last_days]
    codes = pd.Index(rows["cohort_month"][:-1]).get_indexer(observations["cohort_month"])
    unpaid = sum_by(
        np.where(observations["is_paid"], -1, codes), observations["amount_cents"], len(rows)
    )
    items = observations.drop_duplicates("item")
    count = count_by(
        pd.Index(rows["cohort_month"][:-1]).get_indexer(items["cohort_month"]), len(rows)
    )
    if len(rows):
        unpaid[-1], count[-1] = unpaid.sum(), count.sum()
    return pd.DataFrame(
        {
            "cohort_month": rows["cohort_month"],
            "items_count": count,
            "invoiced_cents": rows["waiting_cents"],
            "unpaid_cents": unpaid,
            "half_days": half,
            **{f"paid_d{day}_share": share[:, day] for day in read},
        }
    )


def _long(
    cohorts: pd.DatetimeIndex, each: NDArray[np.generic], policy: CurvePolicy
) -> pd.DataFrame:
    count, waiting, paid = each
    share = kaplan_meier(paid, waiting)
    # What has wholly been paid stays paid; otherwise too few invoices say nothing.
    few = np.asarray(count < policy.min_waiting_count) & ~(share >= 1)
    days = np.arange(policy.last_days + 1)
    months = cohorts.append(pd.DatetimeIndex([pd.NaT])) if len(cohorts) else cohorts
    return pd.DataFrame(
        {
            "cohort_month": np.repeat(months.to_numpy("datetime64[ns]"), len(days)),
            "since_issue_days": np.tile(days, len(months)),
            "waiting_count": count.ravel().astype("int64"),
            "waiting_cents": waiting.ravel().astype("int64"),
            "paid_cents": paid.ravel().astype("int64"),
            "paid_share": np.where(few, np.nan, share).ravel(),
        }
    )
