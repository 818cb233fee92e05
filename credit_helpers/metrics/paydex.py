"""PAYDEX-like index: one number from 1 to 100 for how promptly is paid; 80 is on the due date.

The scale is that of the public chart of Dun & Bradstreet's PAYDEX, read in a straight line between
its points. It is not their score: theirs rests on the suppliers of the whole country, this one on
one ledger. An experience is a payment, with the days that it was late; or an invoice that is open
and past due, with the days that it is late so far, so that who stops paying loses points as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from credit_helpers.cents import count_by, ratio, ratios, sum_by
from credit_helpers.keys import CUSTOMER, customer_groups, of_customers
from credit_helpers.norms import PaydexPolicy

NEEDS = ("payment_history",)
CLASSES = ("low", "middle", "high", "unknown")

# The published chart: 30 days early is 100, on terms 80, 120 days late 20. Beyond that the chart
# only says 1 to 19; here the last step is continued down to 1.
DAYS = (-30, -20, 0, 15, 22, 30, 60, 90, 120, 177)
SCORES = (100, 90, 80, 70, 60, 50, 40, 30, 20, 1)


@dataclass(frozen=True)
class PaydexFigures:
    """The PAYDEX-like index of the portfolio, and how many debtors carry which risk.

    ``paydex_score`` weighs every experience by its amount, also those of debtors with too few of
    them for a score of their own.
    """

    paydex_score: float
    experiences_count: int
    experiences_cents: int
    low_debtors_count: int
    middle_debtors_count: int
    high_debtors_count: int


def score(days_late: ArrayLike) -> NDArray[np.float64]:
    """Return the score of each number of days late; early is negative.

    Examples
    --------
    >>> score([-30, 0, 30, 45, 400]).tolist()
    [100.0, 80.0, 50.0, 45.0, 1.0]
    """
    return np.interp(np.asarray(days_late, dtype="float64"), DAYS, SCORES)


def days_late(score: ArrayLike) -> NDArray[np.float64]:
    """Return the days late that a score stands for.

    Examples
    --------
    >>> days_late([85, 80, 44]).tolist()
    [-10.0, 0.0, 48.0]
    """
    return np.interp(np.asarray(score, dtype="float64"), SCORES[::-1], DAYS[::-1])


def experiences(
    payments: pd.DataFrame,
    open_items: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    policy: PaydexPolicy,
) -> pd.DataFrame:
    """Return every payment experience: what was paid of late, and what is past due.

    Parameters
    ----------
    payments : DataFrame
        Dated payments of invoices: ``customer_id``, ``settled_on``, ``amount_cents``,
        ``days_late``.
    open_items : DataFrame
        ``customer_id``, ``kind``, ``outstanding_cents``, ``days_past_due``. Only invoices past
        their due date count; an invoice that is not due yet is no experience.
    as_of : Timestamp
    policy : PaydexPolicy
        ``window_days``: payments of so many days, the as-of date included.

    Returns
    -------
    DataFrame
        ``customer_id``, ``amount_cents``, ``days_late``, ``score``; ``customer_place`` where known.
    """
    recent = (as_of - payments["settled_on"]).dt.days.between(0, policy.window_days - 1)
    owed = (open_items["kind"] == "invoice") & (open_items["outstanding_cents"] > 0)
    owed &= open_items["days_past_due"] > 0
    columns = [n for n in ("customer_id", CUSTOMER) if n in payments and n in open_items]
    rows = pd.concat([payments.loc[recent, columns], open_items.loc[owed, columns]])
    days = np.concatenate([payments["days_late"][recent], open_items["days_past_due"][owed]])
    cents = payments["amount_cents"][recent], open_items["outstanding_cents"][owed]
    return rows.astype({"customer_id": "string"}).assign(
        amount_cents=np.concatenate(cents).astype("int64"),
        days_late=days.astype("float64"),
        score=score(days),
    )


def by_customer(
    experiences: pd.DataFrame, customers: pd.DataFrame, policy: PaydexPolicy
) -> pd.DataFrame:
    """Return the index of each debtor with an experience, in order of customer number.

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``experiences_count``, ``experiences_cents``, ``mean_score``
        (weighted by amount), ``paydex_score`` (the same; ``nan`` below
        ``min_experiences_count``), ``paydex_class``: ``low`` risk from ``low_risk_score``,
        ``high`` below ``high_risk_score``, else ``middle``; ``unknown`` without a score.

    Examples
    --------
    >>> from credit_helpers.policy import load_policy
    >>> rows = pd.DataFrame({"customer_id": ["1"] * 3, "amount_cents": [100, 100, 200],
    ...     "score": [80.0, 80.0, 40.0]})
    >>> names = pd.DataFrame({"customer_id": ["1"], "name": ["A"]})
    >>> by_customer(rows, names, load_policy().paydex)["paydex_score"].tolist()
    [60.0]
    """
    codes, ids = customer_groups(experiences)
    cents = experiences["amount_cents"].to_numpy("int64")
    weighed = np.bincount(codes, weights=experiences["score"] * cents, minlength=len(ids))
    count, whole = count_by(codes, len(ids)), sum_by(codes, cents, len(ids))
    mean = ratios(weighed, whole)
    index = np.where(count >= policy.min_experiences_count, mean, np.nan)
    frame = pd.DataFrame(
        {
            "customer_id": pd.array(ids, dtype="string"),
            "name": of_customers(ids, customers, "name"),
            "experiences_count": count,
            "experiences_cents": whole,
            "mean_score": mean,
            "paydex_score": index,
            "paydex_class": pd.array(_classes(index, policy), dtype="string"),
        }
    )
    return frame.sort_values("customer_id", kind="stable", ignore_index=True)


def figures(by_customer: pd.DataFrame) -> PaydexFigures:
    """Return the index of the portfolio from that of its debtors; see :class:`PaydexFigures`."""
    cents, classes = by_customer["experiences_cents"], by_customer["paydex_class"]
    whole = int(cents.sum())
    counts = {f"{name}_debtors_count": int((classes == name).sum()) for name in CLASSES[:3]}
    return PaydexFigures(
        paydex_score=ratio(float((by_customer["mean_score"] * cents).sum()), whole),
        experiences_count=int(by_customer["experiences_count"].sum()),
        experiences_cents=whole,
        **counts,
    )


def _classes(scores: NDArray[np.float64], policy: PaydexPolicy) -> NDArray[np.str_]:
    known = [
        np.isnan(scores),
        scores >= policy.low_risk_score,
        scores < policy.high_risk_score,
    ]
    return np.select(known, ["unknown", "low", "high"], "middle")
