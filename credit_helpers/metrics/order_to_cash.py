"""Own errors between order and payment, and how much of the overdue balance follows from them.

An error is something that the seller can prevent: an invoice without the order number that the
debtor asks for, sent long after delivery, at other terms than agreed, twice, or disputed. An open
invoice has one cause: the first of :data:`CAUSES` that it shows, else the debtor. A late invoice
is an error but no cause, since its due date is late as well; another term than agreed is one only
as long as the agreed term is not over.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from credit_helpers.cents import count_by, ratio, ratios, sum_by, weighted_mean
from credit_helpers.keys import CUSTOMER, customer_groups
from credit_helpers.norms import OrderToCashPolicy

NEEDS: tuple[str, ...] = ()
ERRORS = ("disputed", "duplicate", "no_order_ref", "late_invoice", "differing_terms", "short_paid")
CAUSES = tuple(error for error in ERRORS if error != "late_invoice")
PAYER, CREDITS = "payer", "credits"
KEPT = ["item_id", "customer_id", "issued_on", "amount_cents", "outstanding_cents"]
KEPT += ["days_past_due"]
READ = (*KEPT, CUSTOMER, "due_on", "settled_on", "delivered_on", "order_ref")
NAN = float("nan")


@dataclass(frozen=True)
class OrderToCashFigures:
    """Own errors in one line; shares of the overdue invoices and of those of the period.

    ``own_error_share`` is the part of the overdue invoices (credits left out) whose cause is an
    error; ``faulty_share`` the part of the period's invoices, by amount, that shows one of
    :data:`CAUSES`. ``extra_days`` is how much later invoices with an error were paid than those
    without. ``short_paid_cents`` is what debtors held back. ``nan`` where the input does not tell.
    """

    own_error_cents: int
    own_error_share: float
    faulty_items_count: int
    faulty_share: float
    extra_days: float
    no_order_ref_share: float
    short_paid_items_count: int
    short_paid_cents: int


def invoices(
    items: pd.DataFrame,
    more_days: pd.Series,
    *,
    disputed: Collection[str] | None,
    duplicates: Collection[str],
    policy: OrderToCashPolicy,
) -> pd.DataFrame:
    """Return every invoice with the errors that it shows.

    Parameters
    ----------
    items : DataFrame
        The snapshot's, settled ones included; ``delivered_on`` and ``order_ref`` where known.
    more_days : Series of float
        How many days longer than the term of each item the agreed one is; ``nan`` where nothing
        can be told.
    disputed : collection of str or None
        Items that are or were disputed; ``None`` when the input holds no disputes.
    duplicates : collection of str
        Items that may have been invoiced twice.
    policy : OrderToCashPolicy

    Returns
    -------
    DataFrame
        The columns :data:`KEPT` of ``items``, one of ``boolean`` for each of :data:`ERRORS`
        (missing where the input cannot tell), ``days_late`` of settled ones, ``is_faulty`` and
        ``cause``.

        - ``no_order_ref``: none, with a debtor of whose invoices at least
          ``min_order_ref_share`` have one; a debtor who never gives one needs none;
        - ``late_invoice``: more than ``max_invoicing_lag_days`` after delivery;
        - ``differing_terms``: another number of days than agreed with the debtor;
        - ``short_paid``: paid but for at most ``max_short_share`` of its amount.
    """
    is_invoice = (items["kind"] == "invoice").to_numpy(dtype=bool)
    rows = items.loc[is_invoice, [name for name in READ if name in items]].reset_index(drop=True)
    amount, rest = rows["amount_cents"], rows["outstanding_cents"]
    is_paid_but_little = (rest > 0) & (rest < amount) & (rest <= amount * policy.max_short_share)
    lag = _days(rows, "issued_on", "delivered_on")
    more = more_days[is_invoice].reset_index(drop=True)
    found = {
        "disputed": (rows["item_id"].isin(disputed or ()), disputed is not None),
        "duplicate": (rows["item_id"].isin(duplicates), True),
        "no_order_ref": _without_order(rows, policy.min_order_ref_share),
        "late_invoice": (lag > policy.max_invoicing_lag_days, lag.notna()),
        "differing_terms": (more != 0, more.notna()),
        "short_paid": (is_paid_but_little, True),
    }
    flags = {name: _flag(hit, known) for name, (hit, known) in found.items()}
    hits = np.column_stack([flags[name].fillna(False) for name in CAUSES]).astype(bool)
    is_faulty = hits.any(axis=1)
    hits[:, CAUSES.index("differing_terms")] &= rows["days_past_due"] <= more
    first = np.where(hits.any(axis=1), hits.argmax(axis=1), len(CAUSES))
    return rows[KEPT].assign(
        **flags,
        days_late=_days(rows, "settled_on", "due_on"),
        is_faulty=is_faulty,
        cause=pd.array([*CAUSES, PAYER], dtype="string").take(first),
    )


def by_error(invoices: pd.DataFrame, *, since: pd.Timestamp) -> pd.DataFrame:
    """Return how often each error occurs, and how much later such invoices are paid.

    Parameters
    ----------
    invoices : DataFrame
        From :func:`invoices`.
    since : Timestamp
        Invoices issued after this day count.

    Returns
    -------
    DataFrame
        ``error``, ``items_count``, ``amount_cents``, ``amount_share`` (of the invoices of which it
        can be told), ``open_cents``, ``days_late`` of the settled ones with the error, weighed by
        amount, ``other_days_late`` of those without it, ``extra_days`` (the difference). Errors
        that the input cannot tell are left out.
    """
    recent = invoices[invoices["issued_on"] > since]
    found = []
    for error in ERRORS:
        told = recent[recent[error].notna()]
        if invoices[error].isna().all():
            continue
        is_hit = told[error].astype(bool)
        rows, clean = told[is_hit], _days_late(told[~is_hit])
        cents, whole = int(rows["amount_cents"].sum()), int(told["amount_cents"].sum())
        late = _days_late(rows)
        owed = int(rows["outstanding_cents"].sum())
        share, extra = ratio(cents, whole), late - clean
        found.append((error, len(rows), cents, share, owed, late, clean, extra))
    columns = ["error", "items_count", "amount_cents", "amount_share", "open_cents"]
    columns += ["days_late", "other_days_late", "extra_days"]
    return pd.DataFrame(found, columns=columns).astype({"error": "string"})


def causes(invoices: pd.DataFrame, overdue_cents: int) -> pd.DataFrame:
    """Return the overdue balance by cause; it adds up to ``overdue_cents``.

    Parameters
    ----------
    invoices : DataFrame
        From :func:`invoices`.
    overdue_cents : int
        The overdue balance, credits subtracted.

    Returns
    -------
    DataFrame
        ``overdue_cause``, ``items_count``, ``debtors_count``, ``overdue_cents``,
        ``overdue_share`` (of the overdue invoices); the errors in their order, then ``payer``,
        then ``credits``: the credit notes and unapplied cash past their date, which have no
        cause and no share.
    """
    rows = _overdue(invoices)
    grouped = rows.groupby("cause")
    order = [*CAUSES, PAYER]
    frame = pd.DataFrame(
        {
            "items_count": grouped["item_id"].count(),
            "debtors_count": grouped["customer_id"].nunique(),
            "overdue_cents": grouped["outstanding_cents"].sum(),
        }
    ).reindex(order, fill_value=0)
    frame = frame[frame["items_count"] > 0].rename_axis("overdue_cause").reset_index()
    whole = int(frame["overdue_cents"].sum())
    frame["overdue_share"] = ratios(frame["overdue_cents"], whole)
    if whole != overdue_cents:
        frame.loc[len(frame)] = [CREDITS, 0, 0, overdue_cents - whole, NAN]
    return frame.astype(
        {"overdue_cause": "string", "items_count": "int64", "debtors_count": "int64"}
        | {"overdue_cents": "int64", "overdue_share": "float64"}
    )


def figures(invoices: pd.DataFrame, *, since: pd.Timestamp) -> OrderToCashFigures:
    """Return the figures of :class:`OrderToCashFigures`.

    Parameters
    ----------
    invoices : DataFrame
        From :func:`invoices`.
    since : Timestamp
        Invoices issued after this day count; what is overdue or short paid always does.
    """
    overdue, recent = _overdue(invoices), invoices[invoices["issued_on"] > since]
    own = overdue[overdue["cause"] != PAYER]
    faulty, clean = recent[recent["is_faulty"]], recent[~recent["is_faulty"]]
    asked = recent[recent["no_order_ref"].notna()]
    without = asked[asked["no_order_ref"].astype(bool)]
    short = invoices[invoices["short_paid"].astype(bool)]
    own_cents = int(own["outstanding_cents"].sum())
    return OrderToCashFigures(
        own_error_cents=own_cents,
        own_error_share=ratio(own_cents, int(overdue["outstanding_cents"].sum())),
        faulty_items_count=len(faulty),
        faulty_share=ratio(faulty["amount_cents"].sum(), recent["amount_cents"].sum()),
        extra_days=_days_late(faulty) - _days_late(clean),
        no_order_ref_share=ratio(without["amount_cents"].sum(), asked["amount_cents"].sum()),
        short_paid_items_count=len(short),
        short_paid_cents=int(short["outstanding_cents"].sum()),
    )


def _flag(hit: pd.Series, known: pd.Series | NDArray[np.bool_] | bool) -> pd.Series:
    """Return a column of ``boolean``, missing where it is not known."""
    unknown = ~np.broadcast_to(np.asarray(known, dtype=bool), len(hit))
    return pd.Series(pd.arrays.BooleanArray(hit.to_numpy(dtype=bool), unknown), index=hit.index)


def _days(rows: pd.DataFrame, later: str, earlier: str) -> pd.Series:
    if later not in rows or earlier not in rows:
        return pd.Series(NAN, index=rows.index)
    return (rows[later] - rows[earlier]).dt.days.astype("float64")


def _without_order(
    rows: pd.DataFrame, least_share: float
) -> tuple[pd.Series, pd.Series | NDArray[np.bool_] | bool]:
    """Return which invoices lack an order number, and which debtors mostly give one."""
    if "order_ref" not in rows:
        return pd.Series(False, index=rows.index), False
    given = (rows["order_ref"].str.strip() != "").fillna(False)
    codes, ids = customer_groups(rows)
    share = ratios(sum_by(codes, given, len(ids)), count_by(codes, len(ids)))
    return ~given, (share >= least_share)[codes]


def _overdue(invoices: pd.DataFrame) -> pd.DataFrame:
    return invoices[(invoices["days_past_due"] > 0) & (invoices["outstanding_cents"] > 0)]


def _days_late(rows: pd.DataFrame) -> float:
    positive = rows[rows["amount_cents"] > 0]
    return weighted_mean(positive["days_late"], positive["amount_cents"])
