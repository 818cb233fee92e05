"""What risk costs: interest on what is overdue, and what was written off, per euro of sales.

A price by risk asks of each risk what it costs more than low risk does. Interest is that of a year
on the overdue balance of the as-of date, as if arrears stay as they are; losses are those of the
past year, at the debtors that have that risk now. What a debtor already pays for its risk, and
how it answers to a higher price, no ledger tells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from credit_helpers.cents import ratio, ratios, sum_by

NEEDS = ("payment_history",)
RISKS = ("high", "middle", "low", "unknown")
REFERENCE = "low"


@dataclass(frozen=True)
class PricingFigures:
    """What risk costs in one line.

    ``interest_share`` is what a year of interest was reckoned at, ``cost_cents`` interest and
    losses together, ``cost_share`` that of the sales, ``surcharge_cents`` what all risks together
    cost above low risk (``nan`` without sales to low risk).
    """

    interest_share: float
    cost_cents: float
    cost_share: float
    surcharge_cents: float


def written_off(
    settlements: pd.DataFrame, places: np.ndarray, count: int, *, since: pd.Timestamp
) -> np.ndarray:
    """Return what was written off of each debtor after a day, in cents.

    Parameters
    ----------
    settlements : DataFrame
        ``kind``, ``settled_on``, ``amount_cents``; one without a day is left out.
    places : array of int
        Place of each settlement's debtor.
    count : int
        Number of debtors.
    since : Timestamp
    """
    is_loss = (settlements["kind"] == "write_off") & (settlements["settled_on"] > since)
    return sum_by(np.where(is_loss, places, -1), settlements["amount_cents"], count)


def by_risk(segments: pd.DataFrame, lost_cents: np.ndarray, interest_share: float) -> pd.DataFrame:
    """Return the cost of each risk that was sold to.

    Parameters
    ----------
    segments : DataFrame
        ``risk``, ``sales_cents`` (of a year), ``overdue_cents``.
    lost_cents : array of int
        Written off of each debtor in that year, row by row.
    interest_share : float
        Of a year.

    Returns
    -------
    DataFrame
        ``risk``, ``sales_cents``, ``overdue_cents``, ``interest_cents`` (whole cents, half a cent
        upwards; none on a credit), ``lost_cents``, ``risk_cost_share`` of the sales,
        ``surcharge_share``: what that is above the cost of low risk, at least 0, ``nan`` without
        sales to low risk; and ``surcharge_cents``, missing then.

    Examples
    --------
    >>> segments = pd.DataFrame({"risk": ["high", "low"], "sales_cents": [100_000, 200_000],
    ...     "overdue_cents": [25_000, 10_000]})
    >>> found = by_risk(segments, np.array([1_000, 0]), 0.08)
    >>> found["interest_cents"].tolist(), found["surcharge_cents"].tolist()
    ([2000, 800], [2600, 0])
    """
    codes = pd.Index(RISKS).get_indexer(segments["risk"])
    sales, overdue, lost = (
        sum_by(codes, values, len(RISKS))
        for values in (segments["sales_cents"], segments["overdue_cents"], lost_cents)
    )
    interest = np.floor(np.maximum(overdue, 0) * interest_share + 0.5).astype("int64")
    share = ratios(interest + lost, np.where(sales > 0, sales, 0))
    extra = np.maximum(share - share[RISKS.index(REFERENCE)], 0)
    cents = np.floor(np.nan_to_num(extra * sales) + 0.5).astype("int64")
    frame = pd.DataFrame(
        {
            "risk": pd.array(RISKS, dtype="string"),
            "sales_cents": sales,
            "overdue_cents": overdue,
            "interest_cents": interest,
            "lost_cents": lost,
            "risk_cost_share": share,
            "surcharge_share": extra,
            "surcharge_cents": pd.arrays.IntegerArray(cents, np.isnan(extra)),
        }
    )
    return frame[frame["sales_cents"] > 0].reset_index(drop=True)


def figures(by_risk: pd.DataFrame, interest_share: float) -> PricingFigures:
    """Return the totals of :func:`by_risk`; see :class:`PricingFigures`."""
    cost = float(by_risk["interest_cents"].sum() + by_risk["lost_cents"].sum())
    extra = by_risk["surcharge_cents"]
    return PricingFigures(
        interest_share=interest_share,
        cost_cents=cost,
        cost_share=ratio(cost, float(by_risk["sales_cents"].sum())),
        surcharge_cents=float(extra.sum()) if extra.notna().any() else float("nan"),
    )
