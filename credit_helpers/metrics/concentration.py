"""Concentration: how much of the balance depends on how few debtors.

Only debtors with a positive balance count, and shares are shares of the sum of those: a debtor in
credit neither spreads the risk nor adds to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from credit_helpers.cents import ratio, ratios
from credit_helpers.norms import ConcentrationPolicy

NEEDS: tuple[str, ...] = ()
PERCENT = 100


@dataclass(frozen=True)
class ConcentrationFigures:
    """The balance's dependence on few debtors.

    ``pareto_debtors_count`` is the smallest number of debtors that together hold at least
    ``pareto_share`` of the balance, ``pareto_debtors_share`` that number as a share of all.
    """

    debtors_count: int
    top1_share: float
    top5_share: float
    top10_share: float
    largest_cents: int
    hhi_index: float
    gini_index: float
    pareto_share: float
    pareto_debtors_count: int
    pareto_debtors_share: float


def hhi(shares: ArrayLike) -> float:
    """Return the Herfindahl-Hirschman index: the sum of squared shares in percent.

    Parameters
    ----------
    shares : array of float
        Shares from 0 to 1 that add up to 1. One debtor gives 10,000; none ``nan``.

    Examples
    --------
    >>> round(hhi([0.3, 0.3, 0.2, 0.2]), 6)
    2600.0
    """
    values = np.asarray(shares, dtype="float64") * PERCENT
    return float((values**2).sum()) if values.size else float("nan")


def gini(values: ArrayLike) -> float:
    """Return the Gini coefficient: 0 when all are equal, towards 1 when one has everything.

    Parameters
    ----------
    values : array of float
        Amounts of zero or more, in any order; not rescaled for small samples. ``nan`` when
        there are none or their sum is zero.

    Examples
    --------
    >>> round(gini([4, 8, 9, 10, 15]), 6)
    0.208696
    """
    ascending = np.sort(np.asarray(values, dtype="float64"))
    size, total = len(ascending), float(ascending.sum())
    ranked = float((np.arange(1, size + 1) * ascending).sum())
    return 2 * ratio(ranked, size * total) - ratio(size + 1, size)


def top_share(values: ArrayLike, n: int) -> float:
    """Return the share of the sum that the ``n`` largest values hold; all of them when fewer.

    Examples
    --------
    >>> top_share([50, 20, 20, 10], 2)
    0.7
    """
    descending = np.sort(np.asarray(values, dtype="float64"))[::-1]
    return ratio(float(descending[:n].sum()), float(descending.sum()))


def curve(by_customer: pd.DataFrame) -> pd.DataFrame:
    """Return debtors from the largest balance down, with what they hold together.

    Parameters
    ----------
    by_customer : DataFrame
        ``customer_id``, ``name``, ``outstanding_cents``.

    Returns
    -------
    DataFrame
        ``rank_count`` from 1, ``customer_id``, ``name``, ``outstanding_cents``,
        ``outstanding_share``, ``cumulative_share``, ``debtors_share`` (rank ÷ number of
        debtors). Equal balances are in order of customer number.

    Examples
    --------
    >>> table = curve(pd.DataFrame({"customer_id": ["1", "2", "3"], "name": ["A", "B", "C"],
    ...     "outstanding_cents": [200, 800, -50]}))
    >>> table[["name", "cumulative_share", "debtors_share"]].to_numpy().tolist()
    [['B', 0.8, 0.5], ['A', 1.0, 1.0]]
    """
    rows = by_customer.loc[
        by_customer["outstanding_cents"] > 0, ["customer_id", "name", "outstanding_cents"]
    ]
    keys = ["outstanding_cents", "customer_id"]
    rows = rows.sort_values(keys, ascending=[False, True], kind="stable", ignore_index=True)
    cents, rank = rows["outstanding_cents"], np.arange(1, len(rows) + 1, dtype="int64")
    rows.insert(0, "rank_count", rank)
    rows["outstanding_share"] = ratios(cents, cents.sum())
    rows["cumulative_share"] = ratios(cents.cumsum(), cents.sum())
    rows["debtors_share"] = ratios(rank, len(rows))
    return rows


def figures(curve: pd.DataFrame, policy: ConcentrationPolicy) -> ConcentrationFigures:
    """Return the figures of a curve; shares and indices are ``nan`` when nobody owes anything."""
    cents, count = curve["outstanding_cents"], len(curve)
    # Whole cents decide, so that 80% of 100 debtors is not 81 because of a rounded share.
    needed = policy.pareto_share * int(cents.sum())
    holders = int((cents.cumsum() < needed).sum()) + 1 if count else 0
    return ConcentrationFigures(
        debtors_count=count,
        top1_share=top_share(cents, 1),
        top5_share=top_share(cents, 5),
        top10_share=top_share(cents, 10),
        largest_cents=int(cents.max()) if count else 0,
        hhi_index=hhi(curve["outstanding_share"]),
        gini_index=gini(cents),
        pareto_share=policy.pareto_share,
        pareto_debtors_count=holders,
        pareto_debtors_share=ratio(holders, count),
    )
