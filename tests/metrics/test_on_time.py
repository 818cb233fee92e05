"""Invoices paid on time, counted by hand."""

from __future__ import annotations

import math

import pandas as pd

from credit_helpers.metrics.on_time import figures

AS_OF = pd.Timestamp("2026-10-31")
# item, kind, due, amount, outstanding, settled
ROWS = (
    ("A", "invoice", "2026-10-01", 100, 0, "2026-10-01"),  # on the due date: on time
    ("B", "invoice", "2026-10-01", 900, 0, "2026-10-02"),  # a day late
    ("C", "invoice", "2026-10-30", 100, 100, None),  # open and overdue
    ("D", "invoice", "2026-10-31", 100, 100, None),  # may yet be paid on time
    ("E", "invoice", "2026-10-31", 100, 0, "2026-10-15"),  # due today: counted tomorrow
    ("F", "invoice", "2025-10-30", 100, 0, "2025-10-30"),  # a day before the period
    ("G", "invoice", "2025-10-31", 100, 0, "2025-10-01"),  # the first day of the period
    ("H", "invoice", "2026-09-01", 100, 0, "2026-09-01"),  # credited, not paid
    ("I", "invoice", "2026-09-01", 100, 0, None),  # settled on an unknown day
    ("J", "credit_note", "2026-09-01", -100, 0, "2026-09-01"),
    ("K", "invoice", None, 100, 0, "2026-09-01"),
)


def frames(rows=ROWS):
    names = ["item_id", "kind", "due_on", "amount_cents", "outstanding_cents", "settled_on"]
    items = pd.DataFrame(list(rows), columns=names)
    for day in ("due_on", "settled_on"):
        items[day] = pd.to_datetime(items[day])
    paid = items.loc[items["outstanding_cents"] == 0, ["item_id"]].assign(kind="payment")
    paid.loc[paid["item_id"] == "H", "kind"] = "credit"
    return items, paid


def test_every_invoice_counts_alike() -> None:
    found = figures(*frames(), as_of=AS_OF, period_days=365)
    # fell due: A, B, C, G; on time: A, G
    assert (found.due_count, found.on_time_count, found.on_time_share) == (4, 2, 0.5)


def test_nothing_due_is_no_share() -> None:
    for rows in ((), ROWS[3:5]):
        found = figures(*frames(rows), as_of=AS_OF, period_days=365)
        assert (found.due_count, found.on_time_count) == (0, 0)
        assert math.isnan(found.on_time_share)


def test_the_order_of_the_rows_does_not_matter() -> None:
    items, paid = frames()
    shuffled = items.sample(frac=1, random_state=1).reset_index(drop=True)
    now = {"as_of": AS_OF, "period_days": 365}
    assert figures(shuffled, paid, **now) == figures(items, paid, **now)
