import math

import pandas as pd

from credit_helpers.metrics import collectable
from tests.metrics.portfolio import ledger_of

START, END = pd.Timestamp("2026-02-28"), pd.Timestamp("2026-03-31")
ITEMS = (
    ("F1", "1", "invoice", "2026-01-01", "2026-01-31", 10_000),  # overdue; 3,000 was paid before
    ("F2", "1", "invoice", "2026-03-01", "2026-03-31", 4_000),  # falls due on the last day
    ("F3", "2", "invoice", "2026-03-05", "2026-04-04", 8_000),  # not yet due
    ("F4", "2", "invoice", "2026-01-05", "2026-02-04", 2_000),  # disputed
    ("C1", "2", "credit_note", "2026-02-01", "2026-02-28", -500),
)
PAID = (
    ("F1", "2026-02-28", "payment", 3_000),
    ("F1", "2026-03-15", "payment", 5_000),
    ("F2", "2026-03-31", "payment", 1_000),
    ("F2", "2026-03-31", "credit", 600),
    ("F3", "2026-03-20", "payment", 8_000),  # early: no part of the target
)
DISPUTED = pd.DataFrame({"item_id": ["F4"], "disputed_on": pd.to_datetime(["2026-02-10"])})


def month(ledger):
    now = ledger.at(END)
    return collectable.collectable(now.items, now.settlements, start=START, end=END)


def test_the_target_is_what_was_overdue_and_what_fell_due():
    assert month(ledger_of(ITEMS, PAID, disputes=DISPUTED)) == (7_000 + 4_000, 5_000 + 1_000)


def test_an_empty_ledger_has_nothing_to_collect():
    assert month(ledger_of(())) == (0.0, 0.0)


def test_disputes_are_resolved_by_the_day():
    items = ledger_of(ITEMS).items
    disputes = pd.DataFrame(
        {
            "item_id": ["F1", "F2", "F4"],
            "resolved_on": pd.to_datetime(["2026-03-01", "2025-01-01", None]),
        }
    )
    day = {"as_of": END, "period_days": 100}
    assert collectable.resolved_per_day(disputes, items, **day) == 100.0
    never = disputes.assign(resolved_on=pd.NaT)
    assert math.isnan(collectable.resolved_per_day(never, items, **day))
    assert math.isnan(collectable.resolved_per_day(disputes[["item_id"]], items, **day))
