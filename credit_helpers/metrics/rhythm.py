"""Rhythm: whether a debtor pays on a fixed day of the week, or at the end of the month.

A payment day is a working day, Monday to Friday, on which a debtor paid anything: a payment run
that settles forty invoices is one decision, not forty. A share counts only when chance would
hardly give it: when, with as many payment days spread evenly over the working days, a share that
large has a chance (one-sided, binomial) of at most ``max_chance_share``. What is paid over the
weekend arrives on Monday with every debtor; so a day of the week is held against its share among
the other debtors where that is above one in five. The least likely day is chosen out of five, so
its chance is taken five times.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from credit_helpers.cents import count_by, ratios
from credit_helpers.keys import customer_groups
from credit_helpers.norms import BehaviourPolicy

NEEDS = ("payment_history",)
RHYTHMS = ("month_end", "weekday", "none", "unknown")
TERMS_AT_ONCE = 100_000
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def chance(hits: ArrayLike, trials: ArrayLike, share: ArrayLike) -> NDArray[np.float64]:
    """Return the chance of at least so many hits, when each trial hits with a given chance.

    Parameters
    ----------
    hits, trials : array of int
    share : float, or array of them
        Chance of one hit, above 0 and below 1.

    Returns
    -------
    array of float
        The upper tail of the binomial distribution, exact.

    Examples
    --------
    >>> chance([5, 10, 0], [10, 24, 3], 0.2).round(4).tolist()
    [0.0328, 0.0126, 1.0]
    """
    lowest, size = np.asarray(hits, dtype="int64"), np.asarray(trials, dtype="int64")
    of_one = np.broadcast_to(np.asarray(share, dtype="float64"), lowest.shape)
    # Logarithms of the factorials, since those of large numbers have no place in a float.
    whole = np.arange(1, max(int(size.max(initial=0)), 1) + 1)
    factorial = np.concatenate([[0.0], np.log(whole).cumsum()])
    terms = size - lowest + 1
    found = np.empty(len(size))
    for rows in np.array_split(np.arange(len(size)), 1 + int(terms.sum()) // TERMS_AT_ONCE):
        found[rows] = _tail(lowest[rows], size[rows], of_one[rows], factorial)
    return np.minimum(found, 1.0)


def _tail(
    lowest: NDArray[np.int64],
    size: NDArray[np.int64],
    share: NDArray[np.float64],
    factorial: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the sum of the terms of the distribution from the lowest number of hits on."""
    terms = size - lowest + 1
    row = np.repeat(np.arange(len(size)), terms)
    k = np.arange(terms.sum()) - np.repeat(terms.cumsum() - terms, terms) + lowest[row]
    ways = factorial[size[row]] - factorial[k] - factorial[size[row] - k]
    of_one = share[row]
    each = np.exp(ways + k * np.log(of_one) + (size[row] - k) * np.log1p(-of_one))
    return np.bincount(row, weights=each, minlength=len(size)).astype("float64", copy=False)


def by_customer(payments: pd.DataFrame, policy: BehaviourPolicy) -> pd.DataFrame:
    """Return the paying rhythm of each debtor, in order of customer number.

    Parameters
    ----------
    payments : DataFrame
        Dated payments of invoices: ``customer_id``, ``settled_on``.
    policy : BehaviourPolicy
        ``month_end_days``: how many working days the end of the month has.

    Returns
    -------
    DataFrame
        ``customer_id``, ``payment_days_count``, ``month_end_share``, ``weekday`` (the one that
        stands out most), ``weekday_share``, ``rhythm``: ``month_end`` or ``weekday`` when chance
        hardly gives it (the less likely of the two), else ``none``; ``unknown`` below
        ``min_payment_days_count`` payment days.
    """
    days = payments["settled_on"].to_numpy("datetime64[D]")
    codes, ids = customer_groups(payments)
    works = np.is_busday(days)
    pairs = pd.DataFrame({"code": codes[works], "day": days[works]}).drop_duplicates()
    code, day = pairs["code"].to_numpy(), pairs["day"].to_numpy("datetime64[D]")
    count = count_by(code, len(ids))
    ends = count_by(np.where(_is_month_end(day, policy.month_end_days), code, -1), len(ids))
    weekday = (day.astype("int64") + 3) % 7  # day 0 of the count was a Thursday
    week = count_by(code * len(WEEKDAYS) + weekday, len(ids) * len(WEEKDAYS)).reshape(-1, 5)
    by_month = chance(ends, count, _month_end_share(day, policy.month_end_days))
    each = _weekday_chance(week)
    place = each.argmin(axis=1) if len(ids) else np.zeros(0, dtype="int64")
    by_week = np.minimum(each[np.arange(len(ids)), place] * len(WEEKDAYS), 1)
    enough = count >= policy.min_payment_days_count
    sure = np.minimum(by_month, by_week) <= policy.max_chance_share
    rhythm = np.select(
        [~enough, ~sure, by_month <= by_week], ["unknown", "none", "month_end"], "weekday"
    )
    frame = pd.DataFrame(
        {
            "customer_id": pd.array(ids, dtype="string"),
            "payment_days_count": count,
            "month_end_share": ratios(ends, count),
            "weekday": pd.array(np.asarray(WEEKDAYS)[place], dtype="string"),
            "weekday_share": ratios(week[np.arange(len(ids)), place], count),
            "rhythm": pd.array(rhythm, dtype="string"),
        }
    )
    return frame.sort_values("customer_id", kind="stable", ignore_index=True)


def _weekday_chance(week: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the chance of each debtor's number of payment days on each day of the week."""
    trials = week.sum(axis=1, keepdims=True)
    others = np.nan_to_num(ratios(week.sum(axis=0) - week, week.sum() - trials))
    most = 1 - np.finfo("float64").eps
    share = np.clip(others, 1 / len(WEEKDAYS), most).ravel()
    return chance(week.ravel(), np.repeat(trials, len(WEEKDAYS)), share).reshape(week.shape)


def _is_month_end(days: NDArray[np.datetime64], last_days: int) -> NDArray[np.bool_]:
    """Return whether so many working days of the month remain at most, the day itself included."""
    following = (days.astype("datetime64[M]") + 1).astype("datetime64[D]")
    return np.busday_count(days, following) <= last_days


def _month_end_share(days: NDArray[np.datetime64], last_days: int) -> float:
    """Return which share of the working days lies at the end of the month."""
    months = days.astype("datetime64[M]") if len(days) else np.array(["1970-01"], "datetime64[M]")
    period = np.arange(months.min(), months.max() + 1, dtype="datetime64[M]")
    first, last = period[0].astype("datetime64[D]"), (period[-1] + 1).astype("datetime64[D]")
    dates = np.arange(first, last)
    share = float(_is_month_end(dates[np.is_busday(dates)], last_days).mean())
    return min(share, 1 - np.finfo("float64").eps)  # a month end longer than the month
