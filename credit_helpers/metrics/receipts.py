"""Receipts: each dated payment of an invoice, with its days late.

One row is a dated payment of an invoice that has a due date; a part payment is a row of its own.
Paid on the due date is 0 days late, before it negative. Credit notes, write-offs, exchange
differences and payments of zero or less (reversals) are no behaviour.

The weight is the amount of the invoice, divided over its payments in proportion to what each of
them paid: an invoice of 300 that was paid 100 on time and 200 late weighs 100 and 200, and one of
which only a part has been paid weighs as a whole. A negative invoice weighs negative.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from credit_helpers.cents import sum_by

NEEDS = ("payment_history",)


def of_invoices(items: pd.DataFrame, settlements: pd.DataFrame) -> pd.DataFrame:
    """Return the dated payments of invoices that have a due date.

    Parameters
    ----------
    items : DataFrame
        ``item_id``, ``customer_id``, ``kind``, ``issued_on``, ``due_on``.
    settlements : DataFrame
        Those made by the as-of date.

    Returns
    -------
    DataFrame
        ``customer_id``, ``item_id``, ``settled_on``, ``amount_cents`` (paid), ``weight_cents``,
        ``days_late``, ``days_to_pay`` (since issue), in order of day and item.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> items = pd.DataFrame({"item_id": ["F1"], "customer_id": ["1"], "kind": ["invoice"],
    ...     "issued_on": [day("2026-01-05")], "due_on": [day("2026-02-04")],
    ...     "amount_cents": [500]})
    >>> paid = pd.DataFrame({"item_id": ["F1"], "settled_on": [day("2026-02-10")],
    ...     "kind": ["payment"], "amount_cents": [500]})
    >>> of_invoices(items, paid)[["days_late", "days_to_pay"]].to_numpy().tolist()
    [[6, 36]]
    """
    place = pd.Index(items["item_id"]).get_indexer(settlements["item_id"])
    paid = (settlements["kind"] == "payment") & settlements["settled_on"].notna()
    paid = (paid & (settlements["amount_cents"] > 0)).to_numpy(dtype=bool) & (place >= 0)
    rows, item = settlements[paid], items.iloc[place[paid]].reset_index(drop=True)
    settled = rows["settled_on"].reset_index(drop=True)
    frame = pd.DataFrame(
        {
            "customer_id": item["customer_id"].astype("string"),
            "item_id": item["item_id"].astype("string"),
            "settled_on": settled.astype("datetime64[ns]"),
            "amount_cents": rows["amount_cents"].to_numpy("int64"),
            "weight_cents": item["amount_cents"].to_numpy("int64"),
            "days_late": (settled - item["due_on"]).dt.days,
            "days_to_pay": (settled - item["issued_on"]).dt.days,
        }
    )
    frame = frame[(item["kind"] == "invoice") & item["due_on"].notna()]
    frame = frame.astype({"days_late": "int64", "days_to_pay": "int64"})
    order = ["settled_on", "item_id", "amount_cents"]
    frame = frame.sort_values(order, kind="stable", ignore_index=True)
    return frame.assign(weight_cents=_divided(frame))


def _divided(payments: pd.DataFrame) -> NDArray[np.int64]:
    """Return each invoice's amount divided over its payments, to the cent."""
    codes, ids = pd.factorize(payments["item_id"])
    order = np.argsort(codes, kind="stable")
    item, paid = codes[order], payments["amount_cents"].to_numpy("int64")[order]
    before = paid.cumsum() - paid
    first = np.searchsorted(item, item, side="left")
    begun = (before - before[first]) if len(item) else before
    amount, total = payments["weight_cents"].to_numpy()[order], sum_by(item, paid, len(ids))[item]
    # The last payment reaches the whole exactly, so no cent is lost in rounding.
    until = np.rint(amount * ((begun + paid) / total)) - np.rint(amount * (begun / total))
    weights = np.empty(len(order), dtype="int64")
    weights[order] = until.astype("int64")
    return weights
