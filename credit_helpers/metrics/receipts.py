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
from credit_helpers.keys import CUSTOMER, day_order, item_places

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
        ``customer_id``, ``settled_on``, ``amount_cents`` (paid), ``weight_cents``, ``days_late``,
        ``days_to_pay`` (since issue), in order of day, then of the items' numbers;
        ``customer_place`` where the items have it.

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
    place = item_places(settlements, items)
    counts = (place >= 0) & ((items["kind"] == "invoice") & items["due_on"].notna()).to_numpy()[
        place
    ]
    counts &= ((settlements["kind"] == "payment") & settlements["settled_on"].notna()).to_numpy(
        bool
    )
    counts &= settlements["amount_cents"].to_numpy("int64") > 0
    rows = settlements.loc[counts, ["item_id", "settled_on", "amount_cents"]]
    item = place[counts]
    paid, day = rows["amount_cents"].to_numpy("int64"), rows["settled_on"].to_numpy("datetime64[D]")
    # Only of an invoice that was paid in parts do the payments need an order among themselves.
    parts = np.flatnonzero(np.bincount(item, minlength=len(items))[item] > 1)
    order = np.arange(len(item))
    order[parts] = parts[np.argsort(paid[parts], kind="stable")]
    order = order[pd.array(rows["item_id"], dtype="string")[order].argsort()]
    order = order[day_order(day[order])]
    item, day, paid = item[order], day[order], paid[order]
    issued, due = (items[name].to_numpy("datetime64[D]")[item] for name in ("issued_on", "due_on"))
    frame = pd.DataFrame(
        {
            "customer_id": pd.array(items["customer_id"].array.take(item), dtype="string"),
            "settled_on": day.astype("datetime64[ns]"),
            "amount_cents": paid,
            "weight_cents": _divided(items["amount_cents"].to_numpy("int64"), item, paid),
            "days_late": (day - due).astype("int32"),
            "days_to_pay": (day - issued).astype("int32"),
        }
    )
    return frame.assign(
        **{name: items[name].array.take(item) for name in (CUSTOMER,) if name in items}
    )


def _divided(
    amounts: NDArray[np.int64], item: NDArray[np.integer], paid: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return each invoice's amount divided over its payments, given in order, to the cent."""
    weights = amounts[item]
    # An invoice paid at once keeps its amount; only the others need their payments side by side.
    parts = np.flatnonzero(np.bincount(item, minlength=len(amounts))[item] > 1)
    order = parts[np.argsort(item[parts], kind="stable")]
    one, cents = item[order], paid[order]
    before = cents.cumsum() - cents
    begun = before - before[np.searchsorted(one, one, side="left")] if len(one) else before
    amount, total = amounts[one], sum_by(one, cents, len(amounts))[one]
    # The last payment reaches the whole exactly, so no cent is lost in rounding.
    until = np.rint(amount * ((begun + cents) / total)) - np.rint(amount * (begun / total))
    weights[order] = until.astype("int64")
    return weights
