"""Ageing: how long the balance has been waiting, by due date or by date of issue.

The due date itself is day 0 and not overdue; a bucket is closed on its right edge, so that with
edges 0, 30, 60, 90 an item 30 days past due lies in ``d1_30`` and one of 31 days in ``d31_60``.
Credit notes and unapplied cash are negative and fall in the bucket of their own due date; without
a due date an item lies in ``no_due_date``: neither overdue nor not yet due.

Frames of items have the columns of ``Snapshot.open_items``. Amounts are whole cents, net.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from credit_helpers.buckets import NO_DUE_DATE, age_codes, age_names, bucket_codes, bucket_names
from credit_helpers.cents import by_bucket_columns, count_by, ratio, ratios, sum_by
from credit_helpers.keys import customer_groups, of_customers

NEEDS: tuple[str, ...] = ()
KINDS = {
    "invoice": "invoices_cents",
    "credit_note": "credit_notes_cents",
    "unapplied_cash": "unapplied_cash_cents",
}


@dataclass(frozen=True)
class AgeingTotals:
    """The balance in one line.

    ``aged_cents`` has a due date; ``overdue_share`` and ``oldest_share`` are shares of it, ``nan``
    when it is not above zero. ``oldest_cents`` lies beyond the last edge, so from
    ``oldest_from_days`` days past due. ``overdue_items_count`` counts items of every kind,
    ``overdue_debtors_count`` the debtors whose net overdue balance is above zero.
    """

    outstanding_cents: int
    aged_cents: int
    not_due_cents: int
    overdue_cents: int
    overdue_share: float
    overdue_items_count: int
    overdue_debtors_count: int
    oldest_cents: int
    oldest_share: float
    oldest_from_days: int
    no_due_date_cents: int
    invoices_cents: int
    credit_notes_cents: int
    unapplied_cash_cents: int
    disputed_cents: int
    disputed_items_count: int
    open_items_count: int
    debtors_count: int


def by_bucket(
    open_items: pd.DataFrame, edges: Sequence[int], *, basis: str = "due_on"
) -> pd.DataFrame:
    """Return the balance per bucket, with credit notes and unapplied cash apart.

    Parameters
    ----------
    open_items : DataFrame
        ``customer_id``, ``kind``, ``outstanding_cents``, ``days_past_due``, ``age_days``,
        ``is_disputed``.
    edges : sequence of int
        As in :func:`bucket_names`.
    basis : {"due_on", "issued_on"}
        Days past due, or days since issue. By issue the first bucket holds day 0 up to and
        including the second edge (``d0_30``), and nothing is called overdue.

    Returns
    -------
    DataFrame
        ``bucket``, ``items_count``, ``debtors_count``, one column per kind of item,
        ``disputed_cents`` (part of those), ``outstanding_cents``, ``outstanding_share`` (of the
        net balance; ``nan`` when that is not above zero). Every bucket has a row,
        ``no_due_date`` only when it has items.

    Examples
    --------
    >>> items = pd.DataFrame({"customer_id": ["1", "1", "2"], "days_past_due": [0.0, 31.0, 45.0],
    ...     "kind": ["invoice", "invoice", "credit_note"], "outstanding_cents": [700, 400, -100],
    ...     "is_disputed": False})
    >>> by_bucket(items, (0, 30, 60))[["bucket", "outstanding_cents"]].to_numpy().tolist()
    [['not_due', 700], ['d1_30', 0], ['d31_60', 300], ['d61_plus', 0]]
    """
    if basis == "due_on":
        names, codes = bucket_names(edges), bucket_codes(open_items["days_past_due"], edges)
    else:
        names, codes = age_names(edges), age_codes(open_items["age_days"], edges)
    count = len(names)
    cents, kinds = open_items["outstanding_cents"].to_numpy(), open_items["kind"]
    pairs = pd.DataFrame({"bucket": codes, "id": open_items["customer_id"].to_numpy()})
    table = {
        "bucket": pd.array(names, dtype="string"),
        "items_count": count_by(codes, count),
        "debtors_count": count_by(pairs.drop_duplicates()["bucket"], count),
    }
    for kind, column in KINDS.items():
        table[column] = sum_by(codes, np.where(kinds == kind, cents, 0), count)
    disputed = open_items["is_disputed"].to_numpy(dtype=bool)
    table["disputed_cents"] = sum_by(codes, np.where(disputed, cents, 0), count)
    table["outstanding_cents"] = sum_by(codes, cents, count)
    table["outstanding_share"] = ratios(table["outstanding_cents"], cents.sum())
    frame = pd.DataFrame(table)
    return frame[(frame["bucket"] != NO_DUE_DATE) | (frame["items_count"] > 0)]


def by_customer(
    open_items: pd.DataFrame, customers: pd.DataFrame, edges: Sequence[int]
) -> pd.DataFrame:
    """Return the balance per debtor and bucket, the largest balance first.

    ``oldest_days`` is the highest number of days past due among the debtor's positive items,
    negative when none of them is due, ``nan`` when none has a due date. Debtors without open
    items have no row.

    Examples
    --------
    >>> items = pd.DataFrame({"customer_id": ["1", "2"], "days_past_due": [31.0, -2.0],
    ...     "outstanding_cents": [400, 900]})
    >>> names = pd.DataFrame({"customer_id": ["1", "2"], "name": ["A", "B"]})
    >>> table = by_customer(items, names, (0, 30))
    >>> table[["name", "not_due_cents", "d31_plus_cents", "oldest_days"]].to_numpy().tolist()
    [['B', 900, 0, -2.0], ['A', 0, 400, 31.0]]
    """
    codes, ids = customer_groups(open_items)
    days = open_items["days_past_due"].to_numpy()
    oldest = np.full(len(ids), -np.inf)
    counts = (open_items["outstanding_cents"].to_numpy() > 0) & ~np.isnan(days)
    np.maximum.at(oldest, codes[counts], days[counts])
    table = {
        "customer_id": pd.array(ids, dtype="string"),
        "name": of_customers(ids, customers, "name"),
        "items_count": count_by(codes, len(ids)),
        **_spread(open_items, codes, len(ids), edges),
        "oldest_days": np.where(np.isinf(oldest), np.nan, oldest),
    }
    return _largest_first(pd.DataFrame(table), "customer_id")


def by_attribute(open_items: pd.DataFrame, values: pd.Series, edges: Sequence[int]) -> pd.DataFrame:
    """Return the balance per value of any attribute, the largest balance first.

    Parameters
    ----------
    open_items : DataFrame
        As in :func:`by_bucket`.
    values : Series
        The attribute of each open item, in the same order; an unknown one is grouped under "".
    edges : sequence of int
    """
    texts = pd.Series(pd.array(values, dtype="string")).fillna("")
    codes, groups = pd.factorize(texts)
    pairs = pd.DataFrame({"group": codes, "id": open_items["customer_id"].to_numpy()})
    table = {
        "group": pd.array(groups, dtype="string"),
        "debtors_count": count_by(pairs.drop_duplicates()["group"], len(groups)),
        **_spread(open_items, codes, len(groups), edges),
    }
    return _largest_first(pd.DataFrame(table), "group")


def totals(open_items: pd.DataFrame, edges: Sequence[int]) -> AgeingTotals:
    """Return the balance, what is overdue of it, and its make-up; see :class:`AgeingTotals`."""
    cents, kinds = open_items["outstanding_cents"], open_items["kind"]
    days, disputed = open_items["days_past_due"], open_items["is_disputed"].astype(bool)
    codes = bucket_codes(days, edges)
    sums = sum_by(codes, cents, len(edges) + 2)
    aged, overdue = int(sums[:-1].sum()), int(sums[1:-1].sum())
    late = days.to_numpy() > edges[0]
    debtors, ids = customer_groups(open_items)
    owed = sum_by(debtors[late], cents[late], len(ids))
    return AgeingTotals(
        outstanding_cents=int(sums.sum()),
        aged_cents=aged,
        not_due_cents=int(sums[0]),
        overdue_cents=overdue,
        overdue_share=ratio(overdue, aged),
        overdue_items_count=int(late.sum()),
        overdue_debtors_count=int((owed > 0).sum()),
        oldest_cents=int(sums[-2]),
        oldest_share=ratio(sums[-2], aged),
        oldest_from_days=edges[-1] + 1,
        no_due_date_cents=int(sums[-1]),
        disputed_cents=int(cents[disputed].sum()),
        disputed_items_count=int(disputed.sum()),
        open_items_count=len(open_items),
        debtors_count=len(ids),
        **{column: int(cents[kinds == kind].sum()) for kind, column in KINDS.items()},
    )


def currency_row(open_items: pd.DataFrame, currency: str) -> dict[str, object]:
    """Return the totals of a ledger in one currency, as a row of the table of currencies.

    Examples
    --------
    >>> items = pd.DataFrame({"customer_id": ["1", "2"], "days_past_due": [31.0, float("nan")],
    ...     "outstanding_cents": [400, 900]})
    >>> row = currency_row(items, "USD")
    >>> row["overdue_cents"], row["no_due_date_cents"], row["debtors_count"]
    (400, 900, 2)
    """
    days, cents = open_items["days_past_due"], open_items["outstanding_cents"]
    return {
        "currency": currency,
        "items_count": len(open_items),
        "debtors_count": int(open_items["customer_id"].nunique()),
        "outstanding_cents": int(cents.sum()),
        "not_due_cents": int(cents[days <= 0].sum()),
        "overdue_cents": int(cents[days > 0].sum()),
        "overdue_items_count": int((days > 0).sum()),
        "no_due_date_cents": int(cents[days.isna()].sum()),
    }


def _spread(
    open_items: pd.DataFrame, codes: NDArray[np.int64], groups: int, edges: Sequence[int]
) -> dict[str, ArrayLike]:
    count = len(edges) + 2
    places = codes * count + bucket_codes(open_items["days_past_due"], edges)
    sums = sum_by(places, open_items["outstanding_cents"], groups * count)
    return by_bucket_columns(sums.reshape(groups, count), edges)


def _largest_first(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    order = frame.sort_values(["outstanding_cents", key], ascending=[False, True], kind="stable")
    return order.reset_index(drop=True)
