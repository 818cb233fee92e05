"""Collection practice: reminders that were sent and promises that were kept.

A payment counts for a promise when it came in from the day of the promise up to and including the
day promised; so a debtor who pays early keeps its word. Unapplied cash counts for promises of the
debtor. A payment without a date counts for none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from credit_helpers.cents import count_by, ratio, sum_by
from credit_helpers.keys import (
    SPAN,
    customer_groups,
    customer_places,
    first_days,
    item_places,
    places,
)
from credit_helpers.norms import CollectionPolicy

NEEDS: tuple[str, ...] = ()
STATUSES = ("kept", "broken", "open")
NAN = float("nan")


@dataclass(frozen=True)
class CollectionFigures:
    """Promises and reminders in one line.

    ``kept_share`` is kept ÷ (kept + broken), in number. Reminded items are open and have had at
    least one reminder, over-reminded ones more than ``max_reminders_count``.
    ``first_action_days`` is the median of first reminder minus due date, settled items included;
    negative before the due date. ``open_unreminded_cents`` is open without any reminder more than
    ``max_first_action_days`` past due. Both are ``nan`` when the input holds no reminders.
    """

    promises_count: int
    kept_count: int
    broken_count: int
    open_promises_count: int
    kept_share: float
    broken_cents: int
    reminded_items_count: int
    over_reminded_items_count: int
    over_reminded_cents: int
    first_action_days: float
    open_unreminded_cents: float


def judged_promises(
    promises: pd.DataFrame,
    items: pd.DataFrame,
    settlements: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
) -> pd.DataFrame:
    """Return the promises with what was paid on them and whether they were kept.

    Parameters
    ----------
    promises : DataFrame
        ``customer_id``, ``promised_on``, ``promised_for``, ``amount_cents``, and ``item_id``
        where the promise concerns one item.
    items, settlements : DataFrame
        Those of the snapshot.
    as_of : Timestamp

    Returns
    -------
    DataFrame
        The promises with ``paid_cents`` (payments of the item, or of the debtor, from promise to
        promised day) and ``status``: ``kept`` when that is at least the amount, else ``broken``
        when the promised day is before the as-of date, else ``open``. One payment can keep two
        promises that overlap.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> items = pd.DataFrame({"item_id": ["F1"], "customer_id": ["1"], "kind": ["invoice"],
    ...     "issued_on": [day("2026-01-05")], "amount_cents": [500]})
    >>> paid = pd.DataFrame({"item_id": ["F1"], "settled_on": [day("2026-03-02")],
    ...     "kind": ["payment"], "amount_cents": [500]})
    >>> given = pd.DataFrame({"customer_id": ["1", "1"], "promised_on": [day("2026-02-20")] * 2,
    ...     "promised_for": [day("2026-03-01"), day("2026-03-02")], "amount_cents": [500, 500]})
    >>> judged_promises(given, items, paid, as_of=day("2026-03-31"))["status"].tolist()
    ['broken', 'kept']
    """
    receipts, (debtors, ids) = _receipts(items, settlements), customer_groups(items)
    item = receipts["item"].to_numpy()
    promised = places(promises["customer_id"], pd.Series(ids))
    paid = _paid_between(promises, promised, receipts, debtors[item])
    if "item_id" in promises:
        on_item = promises["item_id"].notna().to_numpy(dtype=bool)
        of_item = _paid_between(promises, item_places(promises, items), receipts, item)
        paid = np.where(on_item, of_item, paid)
    kept = paid >= promises["amount_cents"].to_numpy()
    passed = (promises["promised_for"] < as_of).to_numpy()
    status = np.select([kept, passed], ["kept", "broken"], "open")
    frame = promises.reset_index(drop=True)
    return frame.assign(paid_cents=paid, status=pd.array(status, dtype="string"))


def figures(
    judged: pd.DataFrame, reminders: pd.DataFrame, items: pd.DataFrame, policy: CollectionPolicy
) -> CollectionFigures:
    """Return the figures of judged promises and of reminders; see :class:`CollectionFigures`.

    Parameters
    ----------
    judged : DataFrame
        From :func:`judged_promises`.
    reminders : DataFrame
        ``item_id``, ``sent_on``; those sent by the as-of date.
    items : DataFrame
        The snapshot's, settled ones included: ``item_id``, ``due_on``, ``days_past_due``,
        ``outstanding_cents``.
    policy : CollectionPolicy
    """
    count, first = _reminders_of(items, reminders)
    owed, days = items["outstanding_cents"].to_numpy(), items["days_past_due"].to_numpy()
    over = (count > policy.max_reminders_count) & (owed > 0)
    silent = (count == 0) & (owed > 0) & (days > policy.max_first_action_days)
    lag = (first - items["due_on"].reset_index(drop=True)).dt.days
    kept, broken, still = ((judged["status"] == status) for status in STATUSES)
    return CollectionFigures(
        promises_count=len(judged),
        kept_count=int(kept.sum()),
        broken_count=int(broken.sum()),
        open_promises_count=int(still.sum()),
        kept_share=kept_share(judged),
        broken_cents=int(judged["amount_cents"][broken].sum()),
        reminded_items_count=int(((count > 0) & (owed > 0)).sum()),
        over_reminded_items_count=int(over.sum()),
        over_reminded_cents=int(owed[over].sum()),
        first_action_days=float(lag.median()) if lag.notna().any() else NAN,
        open_unreminded_cents=float(owed[silent].sum()) if len(reminders) else NAN,
    )


def kept_share(judged: pd.DataFrame) -> float:
    """Return which part of the promises that were kept or broken was kept, in number.

    Examples
    --------
    >>> kept_share(pd.DataFrame({"status": ["kept", "broken", "open"]}))
    0.5
    """
    kept, broken = (int((judged["status"] == status).sum()) for status in STATUSES[:2])
    return ratio(kept, kept + broken)


def by_customer(
    judged: pd.DataFrame, reminders: pd.DataFrame, items: pd.DataFrame, customers: pd.DataFrame
) -> pd.DataFrame:
    """Return reminders and promises of each debtor who has any, in order of customer number.

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``reminders_count`` (of all its items, settled ones included),
        ``promises_count``, ``broken_promises_count``, ``broken_cents`` (the amounts promised).
    """
    ids = pd.Index(customers["customer_id"])
    sent, _ = _reminders_of(items, reminders)
    debtor = customer_places(judged, customers)
    broken = np.where((judged["status"] == "broken").to_numpy(dtype=bool), debtor, -1)
    frame = pd.DataFrame(
        {
            "customer_id": pd.array(ids, dtype="string"),
            "name": pd.array(customers["name"], dtype="string"),
            "reminders_count": sum_by(customer_places(items, customers), sent, len(ids)),
            "promises_count": count_by(debtor, len(ids)),
            "broken_promises_count": count_by(broken, len(ids)),
            "broken_cents": sum_by(broken, judged["amount_cents"], len(ids)),
        }
    )
    frame = frame[(frame["reminders_count"] > 0) | (frame["promises_count"] > 0)]
    return frame.sort_values("customer_id", kind="stable", ignore_index=True)


def _receipts(items: pd.DataFrame, settlements: pd.DataFrame) -> pd.DataFrame:
    """Return dated money in: payments with their own sign, and unapplied cash when it came.

    ``item`` is a row of ``items``, as in :func:`_paid_between`.
    """
    dated = (settlements["kind"] == "payment") & settlements["settled_on"].notna()
    place = item_places(settlements, items)
    counts = dated.to_numpy(dtype=bool) & (place >= 0)
    rows = settlements.loc[counts, ["settled_on", "amount_cents"]]
    cash = np.flatnonzero(items["kind"] == "unapplied_cash")
    days = rows["settled_on"], items["issued_on"].iloc[cash]
    cents = rows["amount_cents"], -items["amount_cents"].iloc[cash]
    return pd.DataFrame(
        {
            "item": np.concatenate([place[counts], cash]),
            "on": np.concatenate([each.to_numpy("datetime64[D]") for each in days]),
            "cents": np.concatenate([each.to_numpy("int64") for each in cents]),
        }
    )


def _paid_between(
    promises: pd.DataFrame, promised: np.ndarray, receipts: pd.DataFrame, paid: np.ndarray
) -> np.ndarray:
    """Return what came in for each promise's debtor or item, both days included.

    ``promised`` and ``paid`` are the number of that debtor or item, of each promise and of each
    receipt; below 0 for one that is not known.
    """
    counts = np.isin(paid, promised)
    code, days = paid[counts], receipts["on"][counts].to_numpy("datetime64[D]").astype("int64")
    begin, end = (
        promises[name].to_numpy("datetime64[D]") for name in ("promised_on", "promised_for")
    )
    known = ~np.isnat(begin) & ~np.isnat(end)
    keys = code * SPAN + days
    order = np.argsort(keys, kind="stable")
    keys, cents = keys[order], receipts["cents"][counts].to_numpy()[order]
    sums = np.concatenate([[0], cents.cumsum()])
    first, last = (np.where(known, day.astype("int64"), 0) for day in (begin, end))
    low = np.searchsorted(keys, promised * SPAN + first, side="left")
    high = np.searchsorted(keys, promised * SPAN + last, side="right")
    return np.where((promised >= 0) & known & (high > low), sums[high] - sums[low], 0)


def _reminders_of(items: pd.DataFrame, reminders: pd.DataFrame) -> tuple[np.ndarray, pd.Series]:
    """Return the number of reminders of each item and the day of the first dated one."""
    place = item_places(reminders, items)
    days = pd.Series(first_days(place, reminders["sent_on"], len(items))).astype("datetime64[s]")
    return count_by(place, len(items)), days
