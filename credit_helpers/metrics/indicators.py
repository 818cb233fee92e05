"""The indicators that a credit manager steers on, beside the ageing and the DSO.

Shares run from 0 to 1, also where the trade writes a percentage: a CEI of 80 is a share of 0.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from credit_helpers.buckets import bucket_names
from credit_helpers.cents import ratio, ratios, running, until

NEEDS: tuple[str, ...] = ()
NAN = float("nan")
MONTHS, YEAR_DAYS = 12, 365
OF_SERIES = (
    *("cei_month_share", "cei_year_share", "turnover_index", "collection_days"),
    *("current_share", "oldest_share"),
)


@dataclass(frozen=True)
class IndicatorFigures:
    """The indicators on the as-of date; ``nan`` where the input, or the client, does not say.

    ``cei_month_share`` is of the latest month, ``cei_year_share`` the annual form. ``turnover``
    and ``collection_days`` rest on the mean of thirteen month ends, ``days_to_pay`` on the
    payments of the period, by amount. ``bad_debt_ceiling_cents`` is what may be written off of
    the sales of the period, ``recover_sales_cents`` the sales whose gross margin pays for what
    was, ``resolved_per_day_cents`` the disputes resolved per day. ``collectable_cents`` and
    ``collected_cents`` are of the latest whole month, ``next_collectable_cents`` of the next one.
    ``gross_margin_share`` and ``collection_cost_cents`` (per month) are what the client gave,
    ``received_cents`` what was paid in the period, ``cost_share`` the cost of collection in that.
    """

    cei_month_share: float
    cei_year_share: float
    turnover_index: float
    collection_days: float
    days_to_pay: float
    current_share: float
    oldest_share: float
    bad_debt_ceiling_cents: float
    recover_sales_cents: float
    disputed_share: float
    deduction_days: float
    resolved_per_day_cents: float
    collectable_cents: float
    collected_cents: float
    collected_share: float
    next_collectable_cents: float
    gross_margin_share: float
    collection_cost_cents: float
    received_cents: float
    cost_share: float


def collection_effectiveness(
    beginning_cents: float,
    sales_cents: float,
    ending_cents: float,
    ending_not_due_cents: float,
    *,
    months: int = 1,
) -> float:
    """Return the CEI: what was collected of what could be, as a share.

    Parameters
    ----------
    beginning_cents, ending_cents : int
        Balance at the beginning and the end of the period.
    sales_cents : int
        Credit sales of the whole period.
    ending_not_due_cents : int
        The part of the ending balance that is not yet due.
    months : int
        Length of the period for the monthly form, in which the sales are divided by it. The
        annual form takes 1 and the sales of a year undivided.

    Examples
    --------
    >>> round(collection_effectiveness(6200, 10890, 6340, 3590, months=3), 3)
    0.559
    """
    available = beginning_cents + sales_cents / months
    return ratio(available - ending_cents, available - ending_not_due_cents)


def turnover(credit_sales_cents: float, average_receivables_cents: float) -> float:
    """Return how many times a period the receivables turn over.

    Examples
    --------
    >>> turnover(6_205_000, 335_000).__round__(2)
    18.52
    """
    return ratio(credit_sales_cents, average_receivables_cents)


def collection_days(turnover_index: float, days: int) -> float:
    """Return the days in which the receivables turn over once.

    Examples
    --------
    >>> collection_days(18.25, 365)
    20.0
    """
    return ratio(days, turnover_index)


def deduction_days(open_cents: float, resolved_per_day_cents: float) -> float:
    """Return the deduction days outstanding: open disputes ÷ what is resolved of them per day.

    Examples
    --------
    >>> deduction_days(300_000, 10_000)
    30.0
    """
    return ratio(open_cents, resolved_per_day_cents)


def bad_debt_ceiling(sales_cents: float, max_share: float) -> float:
    """Return what may be written off of the sales.

    Examples
    --------
    >>> bad_debt_ceiling(500_000, 0.01)
    5000.0
    """
    return sales_cents * max_share


def sales_to_recover(written_off_cents: float, margin_share: float) -> float:
    """Return the sales whose margin pays for a write-off; ``nan`` when no margin is given.

    Examples
    --------
    >>> sales_to_recover(10_000, 0.2)
    50000.0
    """
    return ratio(written_off_cents, margin_share)


def series(trend: pd.DataFrame, sales: pd.DataFrame, edges: Sequence[int]) -> pd.DataFrame:
    """Return the indicators that follow from balances and sales, at each day of a trend.

    Parameters
    ----------
    trend : DataFrame
        The ageing at each month end, ascending, the as-of date last.
    sales : DataFrame
        ``issued_on``, ``amount_cents`` of invoices and credit notes.
    edges : sequence of int
        As in :func:`~credit_helpers.buckets.bucket_names`.

    Returns
    -------
    DataFrame
        ``as_of``; ``opening_cents`` and ``month_sales_cents``, since the day before it in the
        trend; ``cei_month_share``; ``year_sales_cents`` and ``average_cents``, over twelve months
        and thirteen balances; ``cei_year_share``, ``turnover_index``, ``collection_days``;
        ``current_share`` and ``oldest_share`` of what has a due date.
    """
    names = bucket_names(edges)
    ends = trend["as_of"].to_numpy("datetime64[D]")
    sold = _sold_until(sales, ends)
    balance = trend["outstanding_cents"].to_numpy("float64")
    not_due = trend["not_due_cents"].to_numpy("float64")
    aged = balance - trend[f"{names[-1]}_cents"].to_numpy()
    year_ago = pd.Series(balance).shift(MONTHS).to_numpy()
    month, year = sold - _before(sold, 1), sold - _before(sold, MONTHS)
    average = pd.Series(balance).rolling(MONTHS + 1).mean().round().to_numpy()  # whole cents
    turns = ratios(np.where(year > 0, year, np.nan), average)
    days = (ends - pd.Series(ends).shift(MONTHS).to_numpy("datetime64[D]")) / np.timedelta64(1, "D")
    return pd.DataFrame(
        {
            "as_of": trend["as_of"].to_numpy("datetime64[ns]"),
            "opening_cents": _before(balance, 1),
            "month_sales_cents": month,
            "outstanding_cents": balance,
            "not_due_cents": not_due,
            "cei_month_share": _effectiveness(_before(balance, 1), month, balance, not_due),
            "year_sales_cents": year,
            "average_cents": average,
            "cei_year_share": _effectiveness(year_ago, year, balance, not_due),
            "turnover_index": turns,
            "collection_days": ratios(days, turns),
            "current_share": ratios(not_due, aged),
            "oldest_share": ratios(trend[f"{names[-2]}_cents"], aged),
        }
    )


def days_to_pay(payments: pd.DataFrame, *, as_of: pd.Timestamp, period_days: int) -> float:
    """Return the mean days from invoice to payment in the period, by amount.

    Parameters
    ----------
    payments : DataFrame
        ``settled_on``, ``days_to_pay``, ``weight_cents``.
    as_of : Timestamp
    period_days : int
    """
    start = as_of - pd.Timedelta(days=period_days)
    rows = payments[(payments["settled_on"] > start) & (payments["settled_on"] <= as_of)]
    weight = rows["weight_cents"]
    return ratio(float((rows["days_to_pay"] * weight).sum()), float(weight.sum()))


def received(payments: pd.DataFrame, *, as_of: pd.Timestamp, period_days: int) -> float:
    """Return what was paid in the period, in cents.

    Parameters
    ----------
    payments : DataFrame
        ``settled_on``, ``amount_cents``.
    as_of : Timestamp
    period_days : int
    """
    start = as_of - pd.Timedelta(days=period_days)
    rows = payments[(payments["settled_on"] > start) & (payments["settled_on"] <= as_of)]
    return float(rows["amount_cents"].sum())


def cost_share(month_cost_cents: float, received_cents: float, period_days: int) -> float:
    """Return the cost of collection in what was received; ``nan`` when no cost is given.

    Examples
    --------
    >>> cost_share(250_000, 600_000_000, 365)
    0.005
    """
    return ratio(month_cost_cents * MONTHS * period_days / YEAR_DAYS, received_cents)


def _sold_until(sales: pd.DataFrame, ends: np.ndarray) -> np.ndarray:
    if sales.empty:
        return np.full(len(ends), NAN)
    sold = running(sales["issued_on"].to_numpy("datetime64[D]"), sales["amount_cents"])
    return until(ends, *sold).astype("float64")


def _before(values: np.ndarray, count: int) -> np.ndarray:
    return pd.Series(values).shift(count).to_numpy()


def _effectiveness(
    beginning: np.ndarray, sales: np.ndarray, ending: np.ndarray, not_due: np.ndarray
) -> np.ndarray:
    available = beginning + sales
    return ratios(available - ending, available - not_due)
