"""Settles credit notes with the invoices that they name, or that share their matching key."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from credit_helpers.intake.payments import pairs

COLUMNS = ["item_id", "settled_on", "kind", "minor"]


def offset_credits(items: pd.DataFrame, settlements: pd.DataFrame) -> pd.DataFrame:
    """Return two settlements per credit note and invoice: both are less by the same amount.

    Parameters
    ----------
    items : DataFrame
        With ``applies_to`` (document number) or ``match_key``, or the result is empty.
    settlements : DataFrame
        What is paid already; a credit takes no more than an invoice has left.

    Examples
    --------
    >>> items = pd.DataFrame({"item_id": ["F", "C"], "customer_id": ["1", "1"],
    ...     "document": ["F", "C"], "applies_to": ["", "F"], "kind": ["invoice", "credit_note"],
    ...     "amount_minor": [100, -30], "issued_on": pd.to_datetime(["2026-01-01", "2026-02-01"]),
    ...     "due_on": pd.NaT})
    >>> found = offset_credits(items, pd.DataFrame({"item_id": ["F"], "minor": [80]}))
    >>> found[["item_id", "minor"]].to_numpy().tolist()
    [['F', 20], ['C', -20]]
    """
    made: list[tuple[object, ...]] = []
    words = [("applies_to", "document"), ("match_key", "match_key")]
    words = [pair for pair in words if pair[0] in items and (items[pair[0]] != "").any()]
    if not words:
        return pd.DataFrame(made, columns=COLUMNS)
    paid = settlements.groupby("item_id")["minor"].sum()
    left = (items.set_index("item_id")["amount_minor"]).sub(paid, fill_value=0).astype("int64")
    rest = left[items["item_id"]].to_dict()
    days = items.set_index("item_id")["issued_on"].to_dict()
    for word, target in words:
        made += _offset(items, (word, target), rest, days)
    return pd.DataFrame(made, columns=COLUMNS)


def _offset(
    items: pd.DataFrame, words: tuple[str, str], rest: dict[str, int], days: Mapping[str, object]
) -> list[tuple[object, ...]]:
    wanted, offered = pairs(items, words[0]), pairs(items, words[1])
    is_credit = (items["kind"] == "credit_note") & (wanted != "")
    is_invoice = (items["kind"] == "invoice") & (offered != "")
    is_invoice &= offered.isin(wanted[is_credit])
    order = items[is_invoice].sort_values("due_on", kind="stable")
    queues = order.groupby(offered[order.index])["item_id"].agg(list).to_dict()
    made: list[tuple[object, ...]] = []
    for credit, key in zip(items.loc[is_credit, "item_id"], wanted[is_credit], strict=True):
        for invoice in queues.get(key, []):
            share = min(-rest[credit], rest[invoice])
            if share <= 0:
                continue
            day = max(days[credit], days[invoice])  # type: ignore[type-var]
            made += [(invoice, day, "credit", share), (credit, day, "credit", -share)]
            rest[credit] += share
            rest[invoice] -= share
    return made
