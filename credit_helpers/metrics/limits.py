"""Credit limits: the balance of each debtor against its own limit and its insured limit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from credit_helpers.cents import ratio
from credit_helpers.norms import LimitsPolicy

NEEDS = ("limits",)


@dataclass(frozen=True)
class LimitsFigures:
    """Credit limits and insurance in one line; balances are those of debtors who owe something.

    ``over_limit_count`` is beyond ``max_utilisation_share`` of the limit, ``near_limit_count``
    from ``warn_utilisation_share`` up to there. ``unused_cents`` is what debtors may still buy
    within that utilisation. ``insured_share`` is the part of the balance
    within insured limits, before the insurer's own-risk part. ``stop_delivery`` concerns insured
    debtors with an item of at least ``min_stopping_cents`` more than ``max_extension_days`` past
    due. The insurance figures
    are ``nan`` when the input has no insured limits at all.
    """

    limit_cents: int
    over_limit_count: int
    excess_cents: int
    unused_cents: int
    near_limit_count: int
    without_limit_count: int
    without_limit_cents: int
    insured_share: float
    uninsured_cents: float
    stop_delivery_count: int
    stop_delivery_cents: int


def by_customer(
    by_customer: pd.DataFrame, customers: pd.DataFrame, policy: LimitsPolicy
) -> pd.DataFrame:
    """Return balance, limit and cover of each debtor who has a balance or a limit.

    Parameters
    ----------
    by_customer : DataFrame
        ``customer_id``, ``outstanding_cents``, ``oldest_days``, ``stopping_days``.
    customers : DataFrame
        ``credit_limit_cents``, ``insured_limit_cents``, ``discretionary_limit_cents`` and
        ``open_orders_cents`` where the input has them.
    policy : LimitsPolicy

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``outstanding_cents``, ``open_orders_cents`` (missing where
        not given), ``exposure_cents`` (both together), ``credit_limit_cents``,
        ``insured_limit_cents``, ``discretionary_limit_cents``, ``utilisation_share`` (exposure ÷
        limit, ``nan`` without a limit or with a limit of zero), ``excess_cents`` (exposure above
        ``max_utilisation_share`` of the limit, 0 without a limit: nothing was agreed that could
        be exceeded),
        ``unused_cents`` (what is left up to there, missing without a limit), ``uninsured_cents``
        (balance above the insured limit; in a ledger with insured limits a debtor without one is
        wholly uninsured, in one without them this is missing), ``oldest_days``,
        ``stopping_days``. The largest excess first, then the largest balance.

    Examples
    --------
    >>> from credit_helpers.policy import load_policy
    >>> balance = pd.DataFrame({"customer_id": ["1"], "outstanding_cents": [1200],
    ...     "oldest_days": [10.0], "stopping_days": [10.0]})
    >>> known = pd.DataFrame({"customer_id": ["1"], "name": ["A"], "credit_limit_cents": [1000]})
    >>> row = by_customer(balance, known, load_policy().limits).loc[0]
    >>> float(row["utilisation_share"]), int(row["excess_cents"])
    (1.2, 200)
    """
    frame = pd.DataFrame(
        {
            "customer_id": customers["customer_id"].astype("string"),
            "name": customers["name"].astype("string"),
        }
    ).reset_index(drop=True)
    balance = by_customer.set_index("customer_id").reindex(frame["customer_id"])
    owed = balance["outstanding_cents"].fillna(0).to_numpy("int64")
    limit, insured = (_limit(customers, name) for name in ("credit_limit", "insured_limit"))
    orders = _limit(customers, "open_orders")
    exposure = owed + orders.fillna(0).to_numpy("int64")
    amount = limit.to_numpy("float64", na_value=np.nan)
    # Whole cents: a limit of 1,005 allows 904 at 90%.
    allowed = np.floor(amount * policy.max_utilisation_share)
    over = np.nan_to_num(np.maximum(exposure - allowed, 0)).astype("int64")
    frame["outstanding_cents"] = owed
    frame["open_orders_cents"], frame["exposure_cents"] = orders, exposure
    frame["credit_limit_cents"], frame["insured_limit_cents"] = limit, insured
    frame["discretionary_limit_cents"] = _limit(customers, "discretionary_limit")
    frame["utilisation_share"] = exposure / np.where(amount > 0, amount, np.nan)
    frame["excess_cents"] = over
    room = np.maximum(allowed - np.maximum(exposure, 0), 0)
    frame["unused_cents"] = pd.array(np.nan_to_num(room).astype("int64"), dtype="Int64")
    frame.loc[limit.isna(), "unused_cents"] = pd.NA
    covered = insured.fillna(0) if insured.notna().any() else insured
    frame["uninsured_cents"] = (owed - covered).clip(lower=0)
    for name in ("oldest_days", "stopping_days"):
        frame[name] = balance[name].to_numpy("float64")
    frame = frame[(exposure != 0) | limit.notna() | insured.notna()]
    keys = ["excess_cents", "outstanding_cents", "customer_id"]
    order = frame.sort_values(keys, ascending=[False, False, True], kind="stable")
    return order.reset_index(drop=True)


def stopping_days(
    open_items: pd.DataFrame, customer_id: pd.Series, policy: LimitsPolicy
) -> pd.Series:
    """Return of each customer how old the oldest item is that may stop an insurer's cover.

    Parameters
    ----------
    open_items : DataFrame
        ``customer_id``, ``outstanding_cents``, ``days_past_due``.
    customer_id : Series
    policy : LimitsPolicy
        An item of less than ``min_stopping_cents`` stops nothing.

    Examples
    --------
    >>> from credit_helpers.policy import load_policy
    >>> items = pd.DataFrame({"customer_id": ["1", "1", "2"], "days_past_due": [90.0, 61.0, 70.0],
    ...     "outstanding_cents": [5_00, 500_00, 5_00]})
    >>> stopping_days(items, pd.Series(["1", "2"]), load_policy().limits).tolist()
    [61.0, nan]
    """
    rows = open_items[open_items["outstanding_cents"] >= policy.min_stopping_cents]
    oldest = rows.groupby("customer_id")["days_past_due"].max().reindex(customer_id)
    return oldest.astype("float64").reset_index(drop=True)


def totals(limits: pd.DataFrame, policy: LimitsPolicy) -> LimitsFigures:
    """Return the totals of :func:`by_customer`; see :class:`LimitsFigures`."""
    owed, limit = limits["outstanding_cents"].clip(lower=0), limits["credit_limit_cents"]
    over = limits["excess_cents"] > 0
    near = (limits["utilisation_share"] >= policy.warn_utilisation_share) & ~over
    without = limit.isna() & (owed > 0)
    insured = limits["insured_limit_cents"].fillna(0) > 0
    late = insured & (limits["stopping_days"] > policy.max_extension_days) & (owed > 0)
    known = bool(limits["insured_limit_cents"].notna().any())
    uninsured = float(limits["uninsured_cents"].sum()) if known else float("nan")
    return LimitsFigures(
        limit_cents=int(limit.fillna(0).sum()),
        over_limit_count=int(over.sum()),
        excess_cents=int(limits["excess_cents"].sum()),
        unused_cents=int(limits["unused_cents"].fillna(0).sum()),
        near_limit_count=int(near.sum()),
        without_limit_count=int(without.sum()),
        without_limit_cents=int(owed[without].sum()),
        insured_share=1 - ratio(uninsured, int(owed.sum())),
        uninsured_cents=uninsured,
        stop_delivery_count=int(late.sum()),
        stop_delivery_cents=int(owed[late].sum()),
    )


def _limit(customers: pd.DataFrame, name: str) -> pd.Series:
    """Return a column of limits, missing throughout when the input does not have it."""
    column = f"{name}_cents"
    if column in customers:
        return customers[column].astype("Int64").reset_index(drop=True)
    return pd.Series(pd.NA, index=range(len(customers)), dtype="Int64")
