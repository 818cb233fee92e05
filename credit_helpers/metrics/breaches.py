"""Breaches of credit limits at earlier month ends, held against the limits of today.

What a limit was in the past the file does not tell, so a month counts as a breach when the balance
of then is above the limit of now. Orders of then are not known either.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from credit_helpers.keys import customer_places, item_places
from credit_helpers.month_grid import MonthGrid
from credit_helpers.norms import LimitsPolicy

NEEDS = ("limits",)


def balances(
    items: pd.DataFrame,
    settlements: pd.DataFrame,
    customers: pd.DataFrame,
    ends: pd.DatetimeIndex,
) -> NDArray[np.int64]:
    """Return what each debtor owed at the end of each day of ``ends``.

    Parameters
    ----------
    items, settlements : DataFrame
        Of the ledger. A settlement without a day counts from the issue of its item, and none
        counts before that.
    customers : DataFrame
    ends : DatetimeIndex
        Days in order.

    Returns
    -------
    array of int64
        Cents, a row per customer and a column per day.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> items = pd.DataFrame({"item_id": ["F1"], "customer_id": ["1"],
    ...     "issued_on": [day("2026-01-05")], "amount_cents": [500]})
    >>> paid = pd.DataFrame({"item_id": ["F1"], "settled_on": [day("2026-03-01")],
    ...     "amount_cents": [500]})
    >>> ends = pd.DatetimeIndex(["2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31"])
    >>> balances(items, paid, pd.DataFrame({"customer_id": ["1"]}), ends).tolist()
    [[0, 500, 500, 0]]
    """
    last = ends.to_numpy("datetime64[D]")
    debtor = customer_places(items, customers)
    issued = items["issued_on"].to_numpy("datetime64[D]")
    place = item_places(settlements, items)
    settled = settlements["settled_on"].to_numpy("datetime64[D]")
    settled = np.where(np.isnat(settled), issued[place], np.maximum(settled, issued[place]))
    grid = MonthGrid(len(customers), last, len(last))
    owed = grid.totals(debtor, issued, items["amount_cents"])
    owed -= grid.totals(debtor[place], settled, settlements["amount_cents"])
    return owed


def by_month(
    balances: NDArray[np.int64],
    customers: pd.DataFrame,
    ends: pd.DatetimeIndex,
    policy: LimitsPolicy,
) -> pd.DataFrame:
    """Return how many debtors were over their limit at each day, and by how much.

    Returns
    -------
    DataFrame
        ``as_of``, ``limited_cents`` (positive balances of debtors with a limit),
        ``over_limit_count``, ``excess_cents``.
    """
    over = _excess(balances, customers, policy)
    limited = np.where(_is_limited(customers)[:, None], np.maximum(balances, 0), 0)
    return pd.DataFrame(
        {
            "as_of": ends,
            "limited_cents": limited.sum(axis=0),
            "over_limit_count": (over > 0).sum(axis=0).astype("int64"),
            "excess_cents": over.sum(axis=0),
        }
    )


def by_customer(
    balances: NDArray[np.int64],
    customers: pd.DataFrame,
    ends: pd.DatetimeIndex,
    policy: LimitsPolicy,
) -> pd.DataFrame:
    """Return how often each debtor was over its limit, and the most that it owed.

    Returns
    -------
    DataFrame
        ``customer_id``, ``over_months_count`` (``Int64``, missing without a limit),
        ``peak_cents`` (the highest balance of the days, at least 0).
    """
    over = pd.Series((_excess(balances, customers, policy) > 0).sum(axis=1), dtype="Int64")
    peak = balances.max(axis=1) if len(ends) else np.zeros(len(customers), dtype="int64")
    return pd.DataFrame(
        {
            "customer_id": customers["customer_id"].astype("string").array,
            "over_months_count": over.where(_is_limited(customers)),
            "peak_cents": np.maximum(peak, 0),
        }
    )


def _is_limited(customers: pd.DataFrame) -> NDArray[np.bool_]:
    if "credit_limit_cents" not in customers:
        return np.zeros(len(customers), dtype=bool)
    return customers["credit_limit_cents"].notna().to_numpy(dtype=bool)


def _excess(
    balances: NDArray[np.int64], customers: pd.DataFrame, policy: LimitsPolicy
) -> NDArray[np.int64]:
    """Return what each balance is above the limit of today; 0 without a limit."""
    if "credit_limit_cents" not in customers:
        return np.zeros(balances.shape, dtype="int64")
    limit = customers["credit_limit_cents"].to_numpy("float64", na_value=np.nan)
    allowed = np.floor(limit * policy.max_utilisation_share)
    return np.nan_to_num(np.maximum(balances - allowed[:, None], 0)).astype("int64")
