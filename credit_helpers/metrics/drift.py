"""Drift: whether a debtor pays later month by month, and how sure that is.

The course of a debtor is the median of the slopes between every two months (Theil–Sen), so that
one strange month does not decide it. Its interval is Sen's, from the variance of Kendall's
statistic without a correction for ties, which makes it wider, never narrower. Months are weighed
alike, and there are few of them, so that the cost grows with the debtors only.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from credit_helpers.cents import count_by, ratios, sum_by
from credit_helpers.keys import customer_groups
from credit_helpers.norms import BehaviourPolicy

NEEDS = ("payment_history",)
DRIFTS = ("later", "earlier", "steady", "unknown")


def theil_sen(
    values: NDArray[np.float64], confidence_share: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the robust slope of each row with the lower and upper end of its interval.

    Parameters
    ----------
    values : array of float
        One row per series, one column per step of time; ``nan`` where nothing was measured.
    confidence_share : float
        How often the interval holds the slope, for example 0.95.

    Returns
    -------
    tuple of three arrays
        Per step of time. ``nan`` without two values; the ends are ``nan`` where so few values
        bear no interval of that confidence.

    Examples
    --------
    >>> slope, low, high = theil_sen(np.array([[3.0, 5.5, 4.0, 8.0, 7.5, 12.0, 9.0, 14.5]]), 0.95)
    >>> slope.tolist(), low.round(4).tolist(), high.round(4).tolist()
    ([1.5625], [0.6667], [2.3333])
    """
    first, last = np.triu_indices(values.shape[1], k=1)
    slopes = np.sort((values[:, last] - values[:, first]) / (last - first), axis=1)
    size = (~np.isnan(values)).sum(axis=1)
    pairs = size * (size - 1) // 2
    middle = (_nth(slopes, (pairs - 1) // 2, pairs) + _nth(slopes, pairs // 2, pairs)) / 2
    spread = np.sqrt(size * (size - 1) * (2 * size + 5) / 18)
    reach = NormalDist().inv_cdf((1 + confidence_share) / 2) * spread
    low = np.round((pairs - reach) / 2).astype("int64") - 1
    high = np.round((pairs + reach) / 2).astype("int64")
    return middle, _nth(slopes, low, pairs), _nth(slopes, high, pairs)


def by_customer(
    payments: pd.DataFrame, *, as_of: pd.Timestamp, policy: BehaviourPolicy
) -> pd.DataFrame:
    """Return the course of the days late of each debtor, over the latest months.

    Parameters
    ----------
    payments : DataFrame
        Dated payments of invoices: ``customer_id``, ``settled_on``, ``weight_cents``,
        ``days_late``.
    as_of : Timestamp
        Its month is the last one.
    policy : BehaviourPolicy
        ``slope_months_count`` months; ``min_slope_months_count`` of them must have a payment.

    Returns
    -------
    DataFrame
        ``customer_id``, ``paid_months_count``, ``slope_days`` (days later per month),
        ``slope_low_days``, ``slope_high_days``, ``drift``: ``later`` when the whole interval is
        above zero, ``earlier`` when it is below, else ``steady``; ``unknown`` with too few
        months. In order of customer number.
    """
    codes, ids = customer_groups(payments)
    count = policy.slope_months_count
    last = np.datetime64(as_of, "M")
    month = (payments["settled_on"].to_numpy("datetime64[M]") - last).astype("int64") + count - 1
    inside = (month >= 0) & (month < count)
    places = np.where(inside, codes * count + month, -1)
    weights = payments["weight_cents"].to_numpy("int64")
    weighed = sum_by(places, payments["days_late"].to_numpy("int64") * weights, len(ids) * count)
    means = ratios(weighed, sum_by(places, weights, len(ids) * count)).reshape(len(ids), count)
    paid = (count_by(places, len(ids) * count).reshape(len(ids), count) > 0).sum(axis=1)
    enough = paid >= policy.min_slope_months_count
    ends = np.full((3, len(ids)), np.nan)
    ends[:, enough] = theil_sen(means[enough], policy.slope_confidence_share)
    slope, low, high = ends
    kinds = [np.isnan(low), low > 0, high < 0]
    drift = np.select(kinds, ["unknown", "later", "earlier"], "steady")
    frame = pd.DataFrame(
        {
            "customer_id": pd.array(ids, dtype="string"),
            "paid_months_count": paid,
            "slope_days": slope,
            "slope_low_days": low,
            "slope_high_days": high,
            "drift": pd.array(drift, dtype="string"),
        }
    )
    return frame.sort_values("customer_id", kind="stable", ignore_index=True)


def _nth(
    slopes: NDArray[np.float64], place: NDArray[np.int64], pairs: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return one slope of each sorted row; ``nan`` where the place is outside its pairs."""
    known = (place >= 0) & (place < pairs)
    found = np.full(len(slopes), np.nan)
    rows = np.flatnonzero(known)
    found[rows] = slopes[rows, place[rows]]
    return found
