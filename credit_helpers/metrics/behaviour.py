"""Payment behaviour: how late debtors paid what they have paid.

``days_late`` is weighted by amount, early payments counting negative; ``floored_days_late`` is
the same with early payments as 0; ``unweighted_days_late`` counts every payment alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from credit_helpers.buckets import bucket_codes, bucket_names
from credit_helpers.cents import count_by, ratio, ratios, sum_by, weighted_mean
from credit_helpers.keys import customer_groups, of_customers
from credit_helpers.norms import BehaviourPolicy

NEEDS = ("payment_history",)


@dataclass(frozen=True)
class BehaviourFigures:
    """Payment behaviour of the whole portfolio, over the whole file.

    ``recent_days_late`` is of the window of ``window_days`` up to and including the as-of date,
    ``previous_days_late`` of the window before it, ``change_days`` their difference. Worse and
    better debtors drifted by more than ``max_drift_days`` while their months say the same: a drift
    that may be chance counts for neither.
    """

    settled_count: int
    settled_cents: int
    days_late: float
    floored_days_late: float
    unweighted_days_late: float
    late_share: float
    days_to_pay: float
    recent_days_late: float
    previous_days_late: float
    change_days: float
    erratic_debtors_count: int
    worse_debtors_count: int
    better_debtors_count: int


def by_customer(
    payments: pd.DataFrame,
    customers: pd.DataFrame,
    drift: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    policy: BehaviourPolicy,
) -> pd.DataFrame:
    """Return the behaviour of each debtor who paid something, in order of customer number.

    Parameters
    ----------
    payments : DataFrame
        Of the metric of that name: dated payments with their days late.
    customers : DataFrame
    drift : DataFrame
        Course per debtor: ``customer_id``, ``paid_months_count``, ``slope_days``,
        ``slope_low_days``, ``slope_high_days``, ``drift``. It is carried along.
    as_of : Timestamp
        Last day of the recent window.
    policy : BehaviourPolicy

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``settled_count`` (payments), ``settled_cents``,
        ``weight_cents`` (what their days weigh),
        ``days_late``, ``floored_days_late``, ``unweighted_days_late``, ``late_share`` (of what
        was paid), ``std_days`` (of the payments, unweighted, sample standard deviation, ``nan``
        below two), ``days_to_pay``, ``recent_days_late``, ``previous_days_late`` (the two
        windows), ``drift_days``, ``is_erratic``. A drift needs ``min_settled_count`` payments in
        both windows, else it is ``nan``; so does being erratic in all. And the columns of
        ``drift``.
    """
    codes, ids = customer_groups(payments)
    recent, previous = _windows(payments, as_of, policy)
    now, enough_now = _window(payments, codes, len(ids), recent, policy)
    before, enough_before = _window(payments, codes, len(ids), previous, policy)
    table = {
        "customer_id": pd.array(ids, dtype="string"),
        "name": of_customers(ids, customers, "name"),
        **_measures(payments, codes, len(ids)),
        "recent_days_late": now,
        "previous_days_late": before,
        "drift_days": np.where(enough_now & enough_before, now - before, np.nan),
    }
    frame = pd.DataFrame(table)
    spread = frame["std_days"] > policy.erratic_std_days
    frame["is_erratic"] = spread & (frame["settled_count"] >= policy.min_settled_count)
    frame = frame.merge(drift, on="customer_id", how="left", validate="1:1")
    return frame.sort_values("customer_id", kind="stable", ignore_index=True)


def figures(
    payments: pd.DataFrame,
    by_customer: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    policy: BehaviourPolicy,
) -> BehaviourFigures:
    """Return the behaviour of the portfolio; see :class:`BehaviourFigures`."""
    days, cents, weights = (payments[c] for c in ("days_late", "amount_cents", "weight_cents"))
    recent, previous = _windows(payments, as_of, policy)
    now, before = (weighted_mean(days[window], weights[window]) for window in (recent, previous))
    drift, course = by_customer["drift_days"], by_customer["drift"]
    worse = (drift > policy.max_drift_days) & (course == "later")
    better = (drift < -policy.max_drift_days) & (course == "earlier")
    return BehaviourFigures(
        settled_count=len(payments),
        settled_cents=int(cents.sum()),
        days_late=weighted_mean(days, weights),
        floored_days_late=weighted_mean(days.clip(lower=0), weights),
        unweighted_days_late=float(days.mean()) if len(days) else float("nan"),
        late_share=ratio(int(cents[days > 0].sum()), int(cents.sum())),
        days_to_pay=weighted_mean(payments["days_to_pay"], weights),
        recent_days_late=now,
        previous_days_late=before,
        change_days=now - before,
        erratic_debtors_count=int(by_customer["is_erratic"].sum()),
        worse_debtors_count=int(worse.sum()),
        better_debtors_count=int(better.sum()),
    )


def by_month(payments: pd.DataFrame) -> pd.DataFrame:
    """Return the days late per month of payment, from the first to the last of them.

    ``month`` is the last day of the month. A month without payments has a row, with ``nan``.
    """
    months = payments["settled_on"].to_numpy("datetime64[M]")
    first = months.min() if len(months) else np.datetime64("1970-01", "M")
    codes = (months - first).astype("int64")
    count = int(codes.max()) + 1 if len(months) else 0
    ends = np.arange(first + 1, first + 1 + count).astype("datetime64[D]") - 1
    measures = _measures(payments, codes, count)
    kept = ["settled_count", "settled_cents", "days_late", "floored_days_late"]
    columns = {name: measures[name] for name in [*kept, "unweighted_days_late"]}
    return pd.DataFrame({"month": ends.astype("datetime64[ns]"), **columns})


def distribution(payments: pd.DataFrame, edges: Sequence[int]) -> pd.DataFrame:
    """Return how much was paid early, on the day, and how late.

    Parameters
    ----------
    payments : DataFrame
        Of the metric of that name: dated payments with their days late.
    edges : sequence of int
        Those of the ageing, so that the classes of late payment have the same names.

    Returns
    -------
    DataFrame
        ``days_late_class`` (``early``, ``on_time`` for exactly on the due date, ``d1_30``, ...),
        ``settled_count``, ``settled_cents``, ``settled_share``; a class nobody is in has a row.
    """
    days, cents = payments["days_late"].to_numpy(), payments["amount_cents"]
    names = ("early", "on_time", *bucket_names(edges)[1:-1])
    codes = np.where(days < 0, 0, bucket_codes(days, edges) + 1)
    sums = sum_by(codes, cents, len(names))
    return pd.DataFrame(
        {
            "days_late_class": pd.array(names, dtype="string"),
            "settled_count": count_by(codes, len(names)),
            "settled_cents": sums,
            "settled_share": ratios(sums, sums.sum()),
        }
    )


def _windows(
    payments: pd.DataFrame, as_of: pd.Timestamp, policy: BehaviourPolicy
) -> tuple[pd.Series, pd.Series]:
    """Return which payments lie in the recent window and in the one before."""
    ago = (as_of - payments["settled_on"]).dt.days
    recent = ago.between(0, policy.window_days - 1)
    return recent, ago.between(policy.window_days, 2 * policy.window_days - 1)


def _window(
    payments: pd.DataFrame,
    codes: NDArray[np.int64],
    groups: int,
    inside: pd.Series,
    policy: BehaviourPolicy,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the days late per group in a window, and whether it holds enough payments."""
    kept, rows = codes[inside], payments[inside]
    weighed = sum_by(kept, rows["days_late"] * rows["weight_cents"], groups)
    mean = ratios(weighed, sum_by(kept, rows["weight_cents"], groups))
    return mean, count_by(kept, groups) >= policy.min_settled_count


def _measures(
    payments: pd.DataFrame, codes: NDArray[np.int64], groups: int
) -> dict[str, np.ndarray]:
    """Return the measures of each group of payments."""
    days, to_pay = payments["days_late"].to_numpy(), payments["days_to_pay"].to_numpy()
    cents, weights = payments["amount_cents"].to_numpy(), payments["weight_cents"].to_numpy()
    count, paid = count_by(codes, groups), sum_by(codes, cents, groups)
    weight = sum_by(codes, weights, groups)
    mean = ratios(sum_by(codes, days, groups), count)
    squares = np.bincount(codes, weights=(days - mean[codes]) ** 2, minlength=groups)
    floored = np.maximum(days, 0)
    return {
        "settled_count": count,
        "settled_cents": paid,
        "weight_cents": weight,
        "days_late": ratios(sum_by(codes, days * weights, groups), weight),
        "floored_days_late": ratios(sum_by(codes, floored * weights, groups), weight),
        "unweighted_days_late": mean,
        "late_share": ratios(sum_by(codes, np.where(days > 0, cents, 0), groups), paid),
        "std_days": np.sqrt(ratios(squares, count - 1)),
        "days_to_pay": ratios(sum_by(codes, to_pay * weights, groups), weight),
    }
