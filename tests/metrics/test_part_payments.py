"""Payments in parts, on three invoices that can be followed by hand."""

import pandas as pd

from credit_helpers.metrics import part_payments
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, ledger_of

POLICY = load_policy({"early_warning": {"round_cents": 10_000}}).early_warning
ITEMS = (
    ("F1", "1", "invoice", "2026-01-01", "2026-01-31", 25_050),
    ("F2", "1", "invoice", "2026-01-01", None, 40_000),
    ("C1", "1", "credit_note", "2026-01-01", None, -500),
)


def told(*paid):
    now = ledger_of(ITEMS, paid).at(DAY)
    return part_payments.of_invoices(now.items, now.settlements, POLICY)


def test_a_payment_is_a_part_while_something_is_left_after_it():
    found = told(
        ("F1", "2026-02-20", "payment", 15_050),  # the rest: given first, paid last
        ("F1", "2026-02-10", "payment", 10_000),
        ("F2", "2026-02-10", "payment", 10_000),
        ("C1", "2026-02-10", "payment", -500),
    )
    assert found["item"].tolist() == [0, 0, 1]
    assert found["is_part"].tolist() == [False, True, True]
    # of a round invoice a round part proves nothing
    assert found["is_round"].tolist() == [False, True, False]
    assert found["days_late"].tolist()[:2] == [20, 10]
    assert pd.isna(found["days_late"][2])


def test_what_was_settled_without_a_day_came_before():
    found = told(("F1", "2026-02-10", "payment", 10_000), ("F1", None, "credit", 15_050))
    assert found["is_part"].tolist() == [False]
    assert told().empty
