"""Invoicing: how long after delivery an invoice leaves, and how long until it is credited."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from credit_helpers.cents import ratio, ratios
from credit_helpers.keys import customer_groups
from credit_helpers.norms import OrderToCashPolicy

NEEDS: tuple[str, ...] = ()
NAN = float("nan")
KEPT = ["issued_on", "amount_cents"]


@dataclass(frozen=True)
class InvoicingFigures:
    """Invoicing of a period in one line; ``nan`` where the input does not tell.

    ``lag_days`` runs from delivery to invoice, weighed by amount; ``lag_release_cents`` is what
    comes in sooner when it falls to the norm. ``reversed_count`` are credit notes that take back a
    whole invoice; ``reversal_days`` is the median from that invoice to its credit note.
    """

    lag_days: float
    lag_release_cents: float
    credit_notes_count: int
    reversed_count: int
    reversal_days: float


def lags(items: pd.DataFrame) -> pd.DataFrame:
    """Return of the invoices with a known day of delivery the lag until the invoice.

    Columns ``issued_on``, ``amount_cents`` and ``lag_days``. The day of delivery itself is 0; an
    invoice sent before delivery has a negative lag.
    """
    counts = (items["kind"] == "invoice") & (items["amount_cents"] > 0)
    if "delivered_on" not in items:
        return items.loc[counts, KEPT].iloc[:0].assign(lag_days=pd.Series(dtype="float64"))
    days = (items["issued_on"] - items["delivered_on"]).dt.days.astype("float64")
    counts &= days.notna()
    return items.loc[counts, KEPT].assign(lag_days=days[counts])


def by_month(lags: pd.DataFrame, policy: OrderToCashPolicy) -> pd.DataFrame:
    """Return the days from delivery to invoice per month of issue; no rows when not known.

    Parameters
    ----------
    lags : DataFrame
        From :func:`lags`.
    policy : OrderToCashPolicy

    Returns
    -------
    DataFrame
        ``month`` (its last day), ``items_count``, ``amount_cents``, ``lag_days`` weighed by
        amount, ``lagged_share``: the part of the amount invoiced after ``max_invoicing_lag_days``.
    """
    cents = lags["amount_cents"].astype("int64")
    late = (lags["lag_days"] > policy.max_invoicing_lag_days) * cents
    rows = pd.DataFrame(
        {
            "month": lags["issued_on"] + pd.offsets.MonthEnd(0),
            "items_count": 1,
            "amount_cents": cents,
            "weighed": lags["lag_days"] * cents,
            "late": late,
        }
    )
    frame = rows.groupby("month", as_index=False).sum()
    frame["lag_days"] = ratios(frame.pop("weighed"), frame["amount_cents"])
    frame["lagged_share"] = ratios(frame.pop("late"), frame["amount_cents"])
    return frame


def reversals(items: pd.DataFrame, *, lookback_days: int) -> pd.DataFrame:
    """Return the credit notes that take back a whole invoice, and after how many days.

    A ledger seldom says which invoice a credit note is about. One of exactly the amount of an
    earlier invoice of the same debtor, at most ``lookback_days`` before, is taken to reverse it:
    the latest such invoice.

    Parameters
    ----------
    items : DataFrame
        The snapshot's: ``item_id``, ``customer_id``, ``kind``, ``issued_on``, ``amount_cents``.
    lookback_days : int

    Returns
    -------
    DataFrame
        ``item_id`` of the credit note, ``invoice_id``, ``issued_on`` of the credit note,
        ``amount_cents`` (positive), ``reversal_days``.

    Examples
    --------
    >>> items = pd.DataFrame({"item_id": ["F1", "F2", "C1"], "customer_id": ["1", "1", "1"],
    ...     "kind": ["invoice", "invoice", "credit_note"], "amount_cents": [500, 700, -500],
    ...     "issued_on": pd.to_datetime(["2026-01-05", "2026-01-20", "2026-02-04"])})
    >>> reversals(items, lookback_days=365)[["invoice_id", "reversal_days"]].values.tolist()
    [['F1', 30]]
    """
    columns = ["item_id", "issued_on", "amount_cents"]
    rows = items[columns].assign(debtor=customer_groups(items)[0])
    notes = rows[(items["kind"] == "credit_note") & (rows["amount_cents"] < 0)]
    notes = notes.assign(amount_cents=-notes["amount_cents"])
    # Few invoices have the amount of a credit note.
    alike = rows["amount_cents"].isin(notes["amount_cents"]) & (items["kind"] == "invoice")
    sold = rows[alike].rename(columns={"item_id": "invoice_id"})
    joined = pd.merge_asof(
        notes.sort_values("issued_on", kind="stable"),
        sold.assign(invoiced_on=sold["issued_on"]).sort_values("issued_on", kind="stable"),
        on="issued_on",
        by=["debtor", "amount_cents"],
        tolerance=pd.Timedelta(days=lookback_days),
    )
    joined = joined[joined["invoice_id"].notna()]
    days = (joined["issued_on"] - joined["invoiced_on"]).dt.days.astype("int64")
    keys = ["item_id", "invoice_id", "issued_on", "amount_cents"]
    return joined[keys].assign(reversal_days=days).reset_index(drop=True)


def figures(
    lags: pd.DataFrame,
    reversals: pd.DataFrame,
    items: pd.DataFrame,
    *,
    since: pd.Timestamp,
    sales_per_day_cents: float,
    policy: OrderToCashPolicy,
) -> InvoicingFigures:
    """Return the figures of :class:`InvoicingFigures` of what was issued after ``since``."""
    recent = lags[lags["issued_on"] > since]
    weighed = float((recent["lag_days"] * recent["amount_cents"]).sum())
    lag = ratio(weighed, float(recent["amount_cents"].sum()))
    notes = items[(items["kind"] == "credit_note") & (items["issued_on"] > since)]
    taken = reversals.loc[reversals["issued_on"] > since, "reversal_days"]
    excess = max(lag - policy.max_invoicing_lag_days, 0.0) if lag == lag else NAN
    return InvoicingFigures(
        lag_days=lag,
        lag_release_cents=excess * sales_per_day_cents,
        credit_notes_count=len(notes),
        reversed_count=len(taken),
        reversal_days=float(np.median(taken)) if len(taken) else NAN,
    )
