"""DSO: how many days of credit sales the receivables stand for.

Receivables are the net balance on a day (credit notes and unapplied cash subtracted); credit
sales are invoices minus credit notes by day of issue. Both as invoiced, on the same VAT basis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from credit_helpers.cents import ratio, running, until
from credit_helpers.norms import DsoPolicy

NEEDS = ("payment_history",)
NAN = float("nan")


@dataclass(frozen=True)
class DsoFigures:
    """The DSO family on the as-of date; days unrounded, ``nan`` where it cannot be known.

    ``release_cents`` is the cash that comes free when the DSO falls to the target, 0 when it is
    there already. ``change_days`` is the DSO minus that of a year ago.
    """

    dso_days: float
    countback_dso_days: float
    best_possible_dso_days: float
    average_days_delinquent: float
    receivables_cents: int
    credit_sales_cents: int
    period_days: int
    sales_per_day_cents: float
    year_ago_dso_days: float
    change_days: float
    target_days: float
    release_cents: float


def dso(receivables_cents: float, credit_sales_cents: float, days: int) -> float:
    """Return the simple DSO: receivables at the end ÷ credit sales of the period × its days.

    Parameters
    ----------
    receivables_cents : int
        Balance at the end of the period; a credit balance gives a negative DSO.
    credit_sales_cents : int
        Credit sales of the period; without any the DSO is ``nan``.
    days : int
        Length of the period, at least 1.

    Examples
    --------
    >>> dso(150_000, 300_000, 90)
    45.0
    """
    return ratio(receivables_cents * days, credit_sales_cents)


def best_possible_dso(not_due_cents: float, credit_sales_cents: float, days: int) -> float:
    """Return the DSO that would remain if nobody paid late, in days.

    Parameters
    ----------
    not_due_cents : int
        Receivables that are not past their due date; due today is not past.
    credit_sales_cents, days : int
        As in :func:`dso`.

    Examples
    --------
    >>> best_possible_dso(50_000, 300_000, 90)
    15.0
    """
    return dso(not_due_cents, credit_sales_cents, days)


def average_days_delinquent(dso_days: float, best_possible_dso_days: float) -> float:
    """Return the part of the DSO that late payment causes, in days.

    Examples
    --------
    >>> average_days_delinquent(45.0, 12.0)
    33.0
    """
    return dso_days - best_possible_dso_days


def countback_dso(
    receivables_cents: float,
    sales_newest_first: Iterable[float],
    days_newest_first: Iterable[int],
) -> float:
    """Return the DSO by exhaustion: the days of latest sales that the receivables stand for.

    The sales of the latest month are taken off the receivables first, then those of the month
    before, and so on; each month adds its days, the last one the part that it needs.

    Parameters
    ----------
    receivables_cents : int
        Balance on the as-of date.
    sales_newest_first : iterable of int
        Credit sales per month. A month with sales of zero or less takes nothing off and adds its
        days, because those days did pass: a quiet month in a seasonal trade does not end the
        count.
    days_newest_first : iterable of int
        Days of those months; of the month that is running, the days that have passed.

    Returns
    -------
    float
        Days; 0 when nothing is outstanding; ``nan`` for a credit balance, and when the sales run
        out before the receivables do.

    Examples
    --------
    >>> round(countback_dso(212_000, [100_000, 80_000, 70_000], [30, 30, 30]), 2)
    73.71
    """
    sales = np.maximum(np.asarray(list(sales_newest_first), dtype="float64"), 0)
    days = np.asarray(list(days_newest_first), dtype="float64")
    if receivables_cents <= 0:
        return 0.0 if receivables_cents == 0 else NAN
    taken = sales.cumsum()
    last = int(np.searchsorted(taken, receivables_cents, side="left"))
    if last == len(sales):
        return NAN
    needed = receivables_cents - (taken[last] - sales[last])
    return float(days[:last].sum() + needed / sales[last] * days[last])


def series(trend: pd.DataFrame, sales: pd.DataFrame, policy: DsoPolicy) -> pd.DataFrame:
    """Return the DSO family at each day of a trend.

    Parameters
    ----------
    trend : DataFrame
        ``as_of``, ``outstanding_cents``, ``not_due_cents``: the balance as it stood then.
    sales : DataFrame
        ``issued_on``, ``amount_cents`` of invoices and credit notes.
    policy : DsoPolicy
        The sales of ``period_days`` days count, up to and including the day itself. When the
        documents reach back over less than ``min_history_share`` of them, the whole family is
        ``nan``: the balance of that day is then incomplete as well.

    Returns
    -------
    DataFrame
        ``as_of``, ``outstanding_cents``, ``credit_sales_cents``, ``dso_days``,
        ``countback_dso_days``, ``best_possible_dso_days``, ``average_days_delinquent``.

    Examples
    --------
    >>> from credit_helpers.policy import load_policy
    >>> sales = pd.DataFrame({"issued_on": pd.date_range("2025-01-31", periods=12, freq="ME"),
    ...     "amount_cents": 36_500})
    >>> trend = pd.DataFrame({"as_of": [pd.Timestamp("2025-12-31")],
    ...     "outstanding_cents": [54_000], "not_due_cents": [30_000]})
    >>> row = series(trend, sales, load_policy({"dso": {"period_days": 365}}).dso).loc[0]
    >>> float(row["dso_days"]), float(row["best_possible_dso_days"])
    (45.0, 25.0)
    """
    ends = trend["as_of"].to_numpy("datetime64[D]")
    issued, totals = running(sales["issued_on"].to_numpy("datetime64[D]"), sales["amount_cents"])
    credit_sales = until(ends, issued, totals) - until(ends - policy.period_days, issued, totals)
    first = issued[0] if len(issued) else np.datetime64("9999-12-31")
    reach = (ends - first).astype("int64") + 1
    covered = reach >= policy.min_history_share * policy.period_days
    known = np.where(covered & (credit_sales > 0), credit_sales, np.nan)
    balance = trend["outstanding_cents"].to_numpy()
    simple = balance * policy.period_days / known
    best = trend["not_due_cents"].to_numpy() * policy.period_days / known
    countback = [
        _countback_at(end, owed, issued, totals) if enough else NAN
        for end, owed, enough in zip(ends, balance, covered, strict=True)
    ]
    return pd.DataFrame(
        {
            "as_of": trend["as_of"].to_numpy("datetime64[ns]"),
            "outstanding_cents": balance,
            "credit_sales_cents": credit_sales,
            "dso_days": simple,
            "countback_dso_days": np.array(countback, dtype="float64"),
            "best_possible_dso_days": best,
            "average_days_delinquent": simple - best,
        }
    )


def figures(series: pd.DataFrame, policy: DsoPolicy) -> DsoFigures:
    """Return the last row of :func:`series` beside the target and :func:`year_ago`."""
    last = series.iloc[-1]
    days = float(last["dso_days"])
    then = year_ago(series)
    known = days == days
    per_day = float(last["credit_sales_cents"]) / policy.period_days if known else NAN
    return DsoFigures(
        dso_days=days,
        countback_dso_days=float(last["countback_dso_days"]),
        best_possible_dso_days=float(last["best_possible_dso_days"]),
        average_days_delinquent=float(last["average_days_delinquent"]),
        receivables_cents=int(last["outstanding_cents"]),
        credit_sales_cents=int(last["credit_sales_cents"]),
        period_days=policy.period_days,
        sales_per_day_cents=per_day,
        year_ago_dso_days=float(then["dso_days"].iloc[0]) if len(then) else NAN,
        change_days=days - float(then["dso_days"].iloc[0]) if len(then) else NAN,
        target_days=policy.target_days,
        release_cents=max(0.0, days - policy.target_days) * per_day if known else NAN,
    )


def year_ago(series: pd.DataFrame) -> pd.DataFrame:
    """Return the row of :func:`series` of a year before its last one, or no row.

    That is the same day a year earlier (the month's end for a month's end), or, when the series
    does not hold that day, the last month end before it.
    """
    as_of = pd.Timestamp(series["as_of"].iloc[-1])
    target = as_of - pd.DateOffset(years=1)
    if as_of.is_month_end:
        target += pd.offsets.MonthEnd(0)
    first = target.replace(day=1) - pd.Timedelta(days=1)
    return series[series["as_of"].between(first, target)].tail(1)


def _countback_at(
    end: np.datetime64, balance: int, issued: np.ndarray, totals: np.ndarray
) -> float:
    """Return the countback DSO on one day, month by month back to the first document."""
    first, last = issued[0].astype("datetime64[M]"), end.astype("datetime64[M]")
    starts = np.arange(first, last + 1).astype("datetime64[D]")
    stops = np.append(starts[1:] - 1, end)
    sold = until(stops, issued, totals) - until(starts - 1, issued, totals)
    days = (stops - starts).astype("int64") + 1
    return countback_dso(balance, sold[::-1], days[::-1])
