"""Disputes: why debtors refuse to pay, for how long, and what still waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from credit_helpers.cents import ratio, ratios
from credit_helpers.keys import item_places

NEEDS = ("disputes",)
NAN = float("nan")


@dataclass(frozen=True)
class DisputeFigures:
    """Disputes in one line; days are medians, ``nan`` when there is nothing to measure.

    ``resolved_count`` is of those whose answer has a day.

    ``open_days`` is how long those that run have waited on the as-of date; ``resolve_days`` how
    long those that ended took. ``top_reason_share`` is the part of all disputes with the most
    frequent reason.
    """

    disputes_count: int
    open_count: int
    open_cents: int
    open_days: float
    resolved_count: int
    resolve_days: float
    top_reason_share: float


def listed(disputes: pd.DataFrame, items: pd.DataFrame, *, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return every dispute raised by the as-of date with its age and what is open on it.

    Parameters
    ----------
    disputes : DataFrame
        The ledger's: ``item_id``, ``disputed_on``, and ``resolved_on`` and ``reason`` where known.
        One without a day was raised at some time before the export.
    items : DataFrame
        The snapshot's, settled ones included.
    as_of : Timestamp
        A dispute that ends later still runs; one without an end runs until its item is settled.

    Returns
    -------
    DataFrame
        ``item_id``, ``reason`` (``""`` when not told), ``is_open``, ``open_cents`` (0 once it
        ended), ``open_days`` and ``resolve_days``, each ``nan`` where it does not apply.
    """
    raised = disputes["disputed_on"].isna() | (disputes["disputed_on"] <= as_of)
    place = item_places(disputes, items)
    counts = raised.to_numpy(bool) & (place >= 0)
    rows, place = disputes[counts].reset_index(drop=True), place[counts]
    ended = rows["resolved_on"] if "resolved_on" in rows else pd.Series(pd.NaT, index=rows.index)
    owed = items["outstanding_cents"].to_numpy()[place]
    is_open = (ended.isna() & (owed != 0)) | (ended > as_of)
    reason = rows["reason"] if "reason" in rows else pd.Series("", index=rows.index)
    return pd.DataFrame(
        {
            "item_id": rows["item_id"],
            "reason": reason.astype("string").fillna(""),
            "is_open": is_open.astype(bool),
            "open_cents": pd.Series(owed, index=rows.index).where(is_open, 0).astype("int64"),
            "open_days": (as_of - rows["disputed_on"]).dt.days.where(is_open).astype("float64"),
            "resolve_days": (ended - rows["disputed_on"]).dt.days.mask(is_open).astype("float64"),
        }
    )


def by_reason(listed: pd.DataFrame) -> pd.DataFrame:
    """Return number, balance and days per reason, the most frequent first.

    Returns
    -------
    DataFrame
        ``dispute_reason``, ``disputes_count``, ``disputes_share``, ``open_count``,
        ``open_cents``, ``open_days`` and ``resolve_days`` (medians).
    """
    grouped = listed.assign(open_count=listed["is_open"].astype("int64")).groupby("reason")
    frame = grouped.agg(
        disputes_count=("item_id", "size"),
        open_count=("open_count", "sum"),
        open_cents=("open_cents", "sum"),
        open_days=("open_days", "median"),
        resolve_days=("resolve_days", "median"),
    )
    frame = frame.rename_axis("dispute_reason").reset_index()
    frame.insert(2, "disputes_share", ratios(frame["disputes_count"], len(listed)))
    order = ["disputes_count", "dispute_reason"]
    return frame.sort_values(order, ascending=[False, True], ignore_index=True)


def figures(listed: pd.DataFrame) -> DisputeFigures:
    """Return the figures of :class:`DisputeFigures`."""
    running = listed["is_open"]
    known = listed.loc[listed["reason"] != "", "reason"]
    return DisputeFigures(
        disputes_count=len(listed),
        open_count=int(running.sum()),
        open_cents=int(listed["open_cents"].sum()),
        open_days=_median(listed["open_days"]),
        resolved_count=int(listed["resolve_days"].notna().sum()),
        resolve_days=_median(listed["resolve_days"]),
        top_reason_share=ratio(int(known.value_counts().max()), len(listed)) if len(known) else NAN,
    )


def _median(days: pd.Series) -> float:
    return float(days.median()) if days.notna().any() else NAN
