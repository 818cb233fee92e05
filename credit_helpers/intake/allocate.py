"""Allocates receipts that name no invoice: the oldest open one first, only when asked for."""

from __future__ import annotations

import pandas as pd

COLUMNS = ["item_id", "settled_on", "kind", "minor", "is_allocated"]


def oldest_first(items: pd.DataFrame, settlements: pd.DataFrame) -> pd.DataFrame:
    """Return two settlements per allocation: invoice and receipt are less by the same amount.

    Parameters
    ----------
    items : DataFrame
        ``item_id``, ``customer_id``, ``currency``, ``kind``, ``issued_on``, ``due_on``,
        ``amount_minor``; receipts are ``unapplied_cash``, negative.
    settlements : DataFrame
        ``item_id``, ``minor``: what is settled already, on whatever day.

    Returns
    -------
    DataFrame
        Columns :data:`COLUMNS`, on the day of the receipt, all marked ``is_allocated``. A receipt
        goes to invoices of its own debtor and currency that were issued by its day, the earliest
        due first (without a due date: issued first), each up to what is open. What is then left
        stays unapplied. The cents of each pair add up to nothing, so the balance is the same.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> items = pd.DataFrame({"item_id": ["F1", "F2", "F3", "P"], "customer_id": "1",
    ...     "currency": "EUR", "kind": ["invoice"] * 3 + ["unapplied_cash"],
    ...     "issued_on": [day("2026-01-01"), day("2026-01-05"), day("2026-03-01"),
    ...         day("2026-02-01")], "due_on": pd.NaT, "amount_minor": [100, 50, 70, -180]})
    >>> paid = pd.DataFrame({"item_id": ["F1"], "minor": [40]})
    >>> oldest_first(items, paid)[["item_id", "minor"]].to_numpy().tolist()
    [['F1', 60], ['P', -60], ['F2', 50], ['P', -50]]
    """
    paid = settlements.groupby("item_id")["minor"].sum()
    settled = items["item_id"].map(paid).fillna(0).astype("int64")
    rows = items.assign(rest=items["amount_minor"].astype("int64") - settled)
    rows["turn"] = pd.to_datetime(rows["due_on"]).fillna(rows["issued_on"])
    receipts = rows[(rows["kind"] == "unapplied_cash") & (rows["rest"] < 0)]
    keys = ["customer_id", "currency"]
    owners = pd.MultiIndex.from_frame(receipts[keys]).unique()
    is_owed = (rows["kind"] == "invoice") & (rows["rest"] > 0)
    owed = rows[is_owed & pd.MultiIndex.from_frame(rows[keys]).isin(owners)]
    owed = owed.sort_values(["turn", "issued_on", "item_id"], kind="stable")
    queues = {
        key: list(zip(own["item_id"], own["issued_on"], own["rest"].tolist(), strict=True))
        for key, own in owed.groupby(keys, sort=False)
    }
    made: list[tuple[object, ...]] = []
    for row in receipts.sort_values(["issued_on", "item_id"], kind="stable").itertuples():
        queue = queues.get((row.customer_id, row.currency), [])
        left = -int(row.rest)
        kept = []
        for place, (item, issued_on, rest) in enumerate(queue):
            if left == 0:
                kept += queue[place:]
                break
            share = min(left, rest) if issued_on <= row.issued_on else 0
            if share:
                made.append((item, row.issued_on, "payment", share, True))
                made.append((row.item_id, row.issued_on, "payment", -share, True))
                left -= share
            if rest > share:
                kept.append((item, issued_on, rest - share))
        queues[row.customer_id, row.currency] = kept
    return pd.DataFrame(made, columns=COLUMNS)
