"""Data quality: documents that disturb the other figures or ask for a question to the client.

Amounts keep the sign of the ledger: what is paid too much and what is not matched is negative.
Everything that is listed still counts in the ledger; nothing is repaired here.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from credit_helpers.cents import count_by, sum_by
from credit_helpers.keys import item_places
from credit_helpers.norms import QualityPolicy

NEEDS: tuple[str, ...] = ()
CHECKS = (
    "missing_due_date",
    "due_before_issue",
    "negative_invoice",
    "positive_credit_note",
    "overpaid",
    "underpaid",
    "discount_taken",
    "repeated_document",
    "similar_number",
    "near_duplicate",
    "differing_terms",
    "undated_settlement",
    "unapplied_cash",
    "future_document",
    "stale_ledger",
)
COLUMNS = {
    "check": "string",
    "item_id": "string",
    "document": "string",
    "customer_id": "string",
    "amount_cents": "int64",
}


def checks(
    items: pd.DataFrame,
    settlements: pd.DataFrame,
    compared: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    policy: QualityPolicy,
) -> pd.DataFrame:
    """Return every item that a check stops at, one row per check and item.

    Parameters
    ----------
    items, settlements : DataFrame
        Those of the snapshot: issued and made by the as-of date.
    compared : DataFrame
        A row per item, in the same order: ``repeated_document``, ``similar_number`` and
        ``near_duplicate`` (of the metric of repeats), ``differing_terms`` (of that of terms;
        missing where the input cannot tell).
    as_of : Timestamp
    policy : QualityPolicy

    Returns
    -------
    DataFrame
        ``check``, ``item_id``, ``document``, ``customer_id``, ``amount_cents``, in the order of
        :data:`CHECKS` and then of the items' numbers:

        - ``missing_due_date``, ``due_before_issue``, ``negative_invoice``: invoices, settled
          ones included; the document's amount;
        - ``positive_credit_note``: credit notes that add to the balance; their amount;
        - ``overpaid``: invoices on which more was settled than invoiced; what is too much;
        - ``discount_taken``: invoices paid within ``discount_days`` of issue of which at most
          ``discount_share`` is left; what is left;
        - ``underpaid``: other invoices with payments of which at most ``short_share`` is left;
        - those of ``compared``: invoices; the document's amount;
        - ``undated_settlement``: items that were settled on an unknown day; what was settled so;
        - ``unapplied_cash``: money that is not matched with an invoice; what is left of it;
        - ``stale_ledger``: the latest document, when it was issued more than ``stale_days``
          before the as-of date; no amount.
    """
    rows = items.reset_index(drop=True)
    invoice = rows["kind"] == "invoice"
    amount, open_cents = rows["amount_cents"], rows["outstanding_cents"]
    undated = _undated(rows, settlements)
    found = {
        "missing_due_date": (invoice & rows["due_on"].isna(), amount),
        "due_before_issue": (invoice & (rows["due_on"] < rows["issued_on"]), amount),
        "negative_invoice": (invoice & (amount < 0), amount),
        "positive_credit_note": ((rows["kind"] == "credit_note") & (amount > 0), amount),
        "overpaid": (invoice & (amount >= 0) & (open_cents < 0), open_cents),
        **_short(rows, settlements, policy),
        **{name: (compared[name].reset_index(drop=True), amount) for name in compared},
        "undated_settlement": (undated != 0, undated),
        "unapplied_cash": ((rows["kind"] == "unapplied_cash") & (open_cents != 0), open_cents),
        "stale_ledger": (_stale(rows, as_of, policy.stale_days), amount * 0),
    }
    return _listed(_rows(code, rows, *where) for code, where in found.items())


def future_documents(items: pd.DataFrame, observed_on: pd.Timestamp | None) -> pd.DataFrame:
    """Return the documents of a ledger that are dated after the day of its export.

    Parameters
    ----------
    items : DataFrame
        Every item of the ledger, whatever the as-of date.
    observed_on : Timestamp or None
        Day of the export. When it is not known nothing can be said: for an as-of date in the
        past, later documents are normal.

    Returns
    -------
    DataFrame
        As :func:`checks`, with ``future_document`` and the document's amount.
    """
    rows = items.reset_index(drop=True)
    later = rows["issued_on"] > (pd.Timestamp.max if observed_on is None else observed_on)
    return _listed([_rows("future_document", rows, later, rows["amount_cents"])])


def summary(quality_items: pd.DataFrame) -> pd.DataFrame:
    """Return number and amount per check, in the order of :data:`CHECKS`; only what was found.

    Examples
    --------
    >>> found = pd.DataFrame({"check": ["overpaid", "overpaid"], "amount_cents": [-500, -20]})
    >>> summary(found).to_numpy().tolist()
    [['overpaid', 2, -520]]
    """
    codes = pd.Index(CHECKS).get_indexer(quality_items["check"])
    frame = pd.DataFrame(
        {
            "check": pd.array(CHECKS, dtype="string"),
            "items_count": count_by(codes, len(CHECKS)),
            "amount_cents": sum_by(codes, quality_items["amount_cents"], len(CHECKS)),
        }
    )
    return frame[frame["items_count"] > 0].reset_index(drop=True)


def _rows(code: str, items: pd.DataFrame, where: pd.Series, cents: pd.Series) -> pd.DataFrame:
    hit = where.fillna(False).to_numpy(dtype=bool)
    found = items[hit]
    document = found["document"] if "document" in found else found["item_id"]
    frame = pd.DataFrame(
        {
            "check": code,
            "item_id": found["item_id"],
            "document": document.fillna(found["item_id"]),
            "customer_id": found["customer_id"],
            "amount_cents": cents[hit],
        }
    )
    return frame.sort_values("item_id", kind="stable")


def _listed(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    frame = pd.concat([part.astype(COLUMNS) for part in parts], ignore_index=True)
    return frame[list(COLUMNS)]


def _undated(items: pd.DataFrame, settlements: pd.DataFrame) -> pd.Series:
    """Return what was settled on each item on an unknown day, in cents."""
    rows = settlements[settlements["settled_on"].isna()]
    place = item_places(rows, items)
    return pd.Series(sum_by(place, rows["amount_cents"], len(items)), index=items.index)


def _short(
    items: pd.DataFrame, settlements: pd.DataFrame, policy: QualityPolicy
) -> dict[str, tuple[pd.Series, pd.Series]]:
    """Return the invoices of which a little is left after payment: a discount, or too little."""
    place = item_places(settlements, items)
    paid = (settlements["kind"] == "payment") & (settlements["amount_cents"] > 0)
    paid = paid.to_numpy(dtype=bool) & (place >= 0)
    left, amount = items["outstanding_cents"], items["amount_cents"]
    is_paid = (items["kind"] == "invoice") & (count_by(place[paid], len(items)) > 0) & (left > 0)
    days = np.full(len(items), np.datetime64("0001-01-01", "D"))
    # A payment without a day is passed over.
    settled = settlements["settled_on"].to_numpy("datetime64[D]")
    paid &= ~np.isnat(settled)
    np.maximum.at(days, place[paid], settled[paid])
    known = count_by(place[paid], len(items)) > 0
    last = pd.Series(np.where(known, days, np.datetime64("NaT")), items.index, "datetime64[ns]")
    in_time = (last - items["issued_on"]).dt.days <= policy.discount_days
    discount = is_paid & in_time & (left <= policy.discount_share * amount)
    short = is_paid & ~discount & (left <= policy.short_share * amount)
    return {"underpaid": (short, left), "discount_taken": (discount, left)}


def _stale(items: pd.DataFrame, as_of: pd.Timestamp, days: int) -> pd.Series:
    """Return the latest document when it is too old, else none."""
    latest = items[items["issued_on"] == items["issued_on"].max()]
    order = latest.sort_values("item_id", kind="stable").index
    old = len(order) > 0 and (as_of - latest["issued_on"].max()).days > days
    return pd.Series(items.index == (order[-1] if old else -1), index=items.index)
