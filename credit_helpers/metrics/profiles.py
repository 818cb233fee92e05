"""Who a debtor is: how much it bought, and how new it is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.cents import count_by, sum_by
from credit_helpers.keys import customer_places
from credit_helpers.norms import SegmentationPolicy

NEEDS: tuple[str, ...] = ()
LIFE_STAGES = ("starter", "young", "established", "unknown")


def by_customer(
    items: pd.DataFrame,
    customers: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    policy: SegmentationPolicy,
) -> pd.DataFrame:
    """Return how much each debtor bought and how new it is.

    Parameters
    ----------
    items : DataFrame
        Every item issued by the as-of date.
    customers : DataFrame
        ``since_on`` and ``founded_on`` where the input has them.
    as_of : Timestamp
    policy : SegmentationPolicy
        ``sales_days``: invoices minus credit notes of so many days, as-of date included.
        ``starter_days``: a debtor is a starter when the relation began fewer days ago.
        ``young_days``: a company that was founded fewer days ago is young, if no starter.

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``sales_cents``, ``life_stage`` of each debtor with a document.
        The relation begins on ``since_on``, else with the first document. When the whole file
        begins fewer than ``starter_days`` ago a first document proves nothing: ``unknown``.

    Examples
    --------
    >>> from credit_helpers.policy import load_policy
    >>> day = pd.Timestamp
    >>> items = pd.DataFrame({"customer_id": ["1", "2"], "kind": ["invoice", "invoice"],
    ...     "issued_on": [day("2024-01-05"), day("2026-01-05")], "amount_cents": [500, 700]})
    >>> names = pd.DataFrame({"customer_id": ["1", "2"], "name": ["A", "B"]})
    >>> policy = load_policy().segmentation
    >>> table = by_customer(items, names, as_of=day("2026-03-31"), policy=policy)
    >>> table[["name", "sales_cents", "life_stage"]].to_numpy().tolist()
    [['A', 0, 'established'], ['B', 700, 'starter']]
    """
    ids = pd.Index(customers["customer_id"])
    debtor = customer_places(items, customers)
    issued = items["issued_on"].to_numpy("datetime64[D]")
    end = np.datetime64(as_of, "D")
    recent = (issued > end - policy.sales_days) & (issued <= end)
    sold = recent & (items["kind"] != "unapplied_cash").to_numpy(dtype=bool)
    first = np.full(len(ids), np.datetime64("9999-12-31", "D"))
    np.minimum.at(first, debtor[debtor >= 0], issued[debtor >= 0])
    began = _day(customers, "since_on")
    known = ~np.isnat(began)
    began = np.where(known, began, first)
    starter = (end - began).astype("int64") < policy.starter_days
    file_is_short = len(issued) > 0 and (end - issued.min()).astype("int64") < policy.starter_days
    young = (end - _day(customers, "founded_on")) < np.timedelta64(policy.young_days, "D")
    stage = np.select(
        [starter & ~known & file_is_short & ~young, starter, young],
        ["unknown", "starter", "young"],
        "established",
    )
    frame = pd.DataFrame(
        {
            "customer_id": pd.array(ids, dtype="string"),
            "name": pd.array(customers["name"], dtype="string"),
            "sales_cents": sum_by(np.where(sold, debtor, -1), items["amount_cents"], len(ids)),
            "life_stage": pd.array(stage, dtype="string"),
        }
    )
    frame = frame[count_by(debtor, len(ids)) > 0]
    return frame.sort_values("customer_id", kind="stable", ignore_index=True)


def _day(customers: pd.DataFrame, column: str) -> np.ndarray:
    if column in customers:
        return customers[column].to_numpy("datetime64[D]")
    return np.full(len(customers), np.datetime64("NaT", "D"))
