"""Reminders against the ladder: when the first one went out, and which steps were left out.

A list of reminders holds what was sent. A telephone call is seldom in it, so only the written steps
of the ladder are held against it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from credit_helpers.cents import count_by, ratios, sum_by
from credit_helpers.keys import customer_groups, first_days, item_places
from credit_helpers.ladder import LadderStep
from credit_helpers.norms import CollectionPolicy

NEEDS = ("reminders",)
WRITTEN = ("email", "letter")
CLASSES = ("before_due", "in_time", "too_late", "never")


def first_actions(
    items: pd.DataFrame,
    reminders: pd.DataFrame,
    *,
    since: pd.Timestamp,
    as_of: pd.Timestamp,
    policy: CollectionPolicy,
) -> pd.DataFrame:
    """Return when the first reminder of invoices that needed one went out.

    Parameters
    ----------
    items : DataFrame
        The snapshot's, settled ones included. An invoice needed a reminder when it fell due after
        ``since`` and was still unpaid ``max_first_action_days`` past its due date.
    reminders : DataFrame
        ``item_id``, ``sent_on``; those without a day are left out.
    since, as_of : Timestamp
    policy : CollectionPolicy

    Returns
    -------
    DataFrame
        ``first_action_class`` (``before_due``: on the due date or sooner; ``in_time``: at most
        ``max_first_action_days`` past it; ``too_late``; ``never``), ``items_count``,
        ``items_share``, ``amount_cents``; every class, in order.
    """
    rows, first = _with_first(items, reminders)
    limit = rows["due_on"] + pd.Timedelta(days=policy.max_first_action_days)
    unpaid = rows["settled_on"].isna() | (rows["settled_on"] > limit)
    needed = (rows["kind"] == "invoice") & (rows["due_on"] > since) & (limit < as_of) & unpaid
    rows, lag = rows[needed], (first - rows["due_on"]).dt.days[needed]
    cases = [lag <= 0, lag <= policy.max_first_action_days, lag.notna()]
    codes = np.select(cases, [0, 1, 2], 3)
    count = count_by(codes, len(CLASSES))
    return pd.DataFrame(
        {
            "first_action_class": pd.array(CLASSES, dtype="string"),
            "items_count": count,
            "items_share": ratios(count, len(rows)),
            "amount_cents": sum_by(codes, rows["amount_cents"], len(CLASSES)),
        }
    )


def steps(
    open_items: pd.DataFrame, reminders: pd.DataFrame, ladder: Iterable[LadderStep]
) -> pd.DataFrame:
    """Return for each written step of the ladder how much of what is due for it has had it.

    Parameters
    ----------
    open_items : DataFrame
        ``item_id``, ``days_past_due``, ``outstanding_cents``, ``is_disputed``; disputed items are
        left out, since the dispute comes first.
    reminders : DataFrame
        ``item_id``; an item has had the n-th written step when it got n reminders.
    ladder : iterable of LadderStep
        From the due date on; a step is due from its ``from_days`` past due.

    Returns
    -------
    DataFrame
        ``step``, ``from_days``, ``items_count``, ``outstanding_cents``, ``done_count``,
        ``done_share`` (of the items), ``undone_cents``.
    """
    rows = open_items[(open_items["outstanding_cents"] > 0) & ~open_items["is_disputed"]]
    sent = count_by(item_places(reminders, rows), len(rows))
    found = []
    written = [step for step in ladder if step.channel in WRITTEN and step.from_days > 0]
    for number, step in enumerate(written, start=1):
        due = rows["days_past_due"] >= step.from_days
        done, owed = due & (sent >= number), rows["outstanding_cents"]
        sums = (int(due.sum()), int(owed[due].sum()), int(done.sum()))
        found.append((step.step, step.from_days, *sums, int(owed[due & ~done].sum())))
    columns = ["step", "from_days", "items_count", "outstanding_cents", "done_count"]
    frame = pd.DataFrame(found, columns=[*columns, "undone_cents"]).astype({"step": "string"})
    frame.insert(5, "done_share", ratios(frame["done_count"], frame["items_count"]))
    return frame


def by_salesperson(
    items: pd.DataFrame, reminders: pd.DataFrame, salesperson: pd.Series
) -> pd.DataFrame:
    """Return what is overdue and how it was followed up per salesperson; unknown is ``""``.

    Parameters
    ----------
    items : DataFrame
        The snapshot's, settled ones included.
    reminders : DataFrame
    salesperson : Series
        Of each item, aligned with ``items``.

    Returns
    -------
    DataFrame
        ``salesperson``, ``debtors_count`` (with something overdue), ``overdue_cents`` (invoices),
        ``reminders_count``, ``first_action_days`` (median from due date to first reminder),
        ``unreminded_cents``; the largest overdue amount first.
    """
    rows, first = _with_first(items, reminders)
    owed = rows["outstanding_cents"].where(rows["days_past_due"] > 0, 0).clip(lower=0)
    count = count_by(item_places(reminders, rows), len(rows))
    codes, names = pd.factorize(salesperson.astype("string").fillna(""))
    debtors = pd.DataFrame({"of": codes, "debtor": customer_groups(rows)[0]})[owed > 0]
    size, days = len(names), (first - rows["due_on"]).dt.days
    grouped = pd.DataFrame(
        {
            "salesperson": pd.array(names, dtype="string"),
            "debtors_count": count_by(debtors.drop_duplicates()["of"], size),
            "overdue_cents": sum_by(codes, owed, size),
            "reminders_count": sum_by(codes, count, size),
            "first_action_days": days.groupby(codes).median().to_numpy("float64"),
            "unreminded_cents": sum_by(codes[count == 0], owed[count == 0], size),
        }
    )
    order = ["overdue_cents", "salesperson"]
    return grouped.sort_values(order, ascending=[False, True], ignore_index=True)


def _with_first(items: pd.DataFrame, reminders: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Return the items, and the day of the first dated reminder of each."""
    rows = items.reset_index(drop=True)
    first = first_days(item_places(reminders, items), reminders["sent_on"], len(items))
    return rows, pd.Series(first.astype("datetime64[ns]"))
