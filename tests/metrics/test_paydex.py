import numpy as np
import pandas as pd

from credit_helpers.metrics import paydex, receipts
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, ledger_of

POLICY = load_policy({"paydex": {"min_experiences_count": 2}}).paydex
ITEMS = (
    ("F1", "1", "invoice", "2026-01-01", "2026-01-31", 10_000),  # paid on the day: 80
    ("F2", "1", "invoice", "2025-12-01", "2026-01-30", 30_000),  # open, 60 days late: 40
    ("F3", "1", "invoice", "2026-03-01", "2026-03-31", 90_000),  # due today: no experience
    ("F4", "2", "invoice", "2026-01-01", "2026-01-31", 20_000),  # paid 30 days late: 50
    ("C1", "2", "credit_note", "2026-01-01", "2026-01-31", -1_000),
    ("F5", "3", "invoice", "2025-01-01", "2025-01-31", 500),  # paid before the window
)
PAID = (
    ("F1", "2026-01-31", "payment", 10_000),
    ("F4", "2026-03-02", "payment", 20_000),
    ("F5", "2025-03-31", "payment", 500),
)


def by_customer(items=ITEMS, paid=PAID):
    snapshot = ledger_of(items, paid).at(DAY)
    payments = receipts.of_invoices(snapshot.items, snapshot.settlements)
    rows = paydex.experiences(payments, snapshot.open_items, as_of=DAY, policy=POLICY)
    return paydex.by_customer(rows, snapshot.customers, POLICY)


def test_the_score_beyond_the_chart_ends_at_one():
    assert paydex.score([-90, 120, 177, 9_999]).tolist() == [100, 20, 1, 1]
    assert np.isnan(paydex.score(float("nan")))


def test_payments_and_open_arrears_weigh_by_amount():
    table = by_customer()
    assert table["name"].tolist() == ["Alfa", "Bèta"]
    assert table["experiences_count"].tolist() == [2, 1]
    assert table["mean_score"].tolist() == [50, 50]  # (80 × 100 + 40 × 300) ÷ 400
    assert table["paydex_score"].fillna(-1).tolist() == [50, -1]
    assert table["paydex_class"].tolist() == ["middle", "unknown"]
    figures = paydex.figures(table)
    assert figures.paydex_score == 50
    assert (figures.experiences_count, figures.experiences_cents) == (3, 60_000)
    assert figures.middle_debtors_count == 1


def test_classes_close_on_the_better_side():
    names = pd.DataFrame({"customer_id": list("abcd"), "name": ""})
    scores = [80.0, 79.9, 50.0, 49.9]
    rows = pd.DataFrame({"customer_id": list("abcd") * 2, "score": scores * 2})
    table = paydex.by_customer(rows.assign(amount_cents=1), names, POLICY)
    assert table["paydex_class"].tolist() == ["low", "middle", "middle", "high"]


def test_nothing_paid_and_nothing_late_gives_no_score():
    table = by_customer((), ())
    assert table.empty
    assert np.isnan(paydex.figures(table).paydex_score)
