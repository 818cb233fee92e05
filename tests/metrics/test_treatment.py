import numpy as np
import pandas as pd

from credit_helpers.metrics import treatment
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, ledger_of

POLICY = load_policy().segmentation
ITEMS = (
    ("F1", "1", "invoice", "2026-01-01", "2026-01-31", 36_500),  # 30 days, high risk, open
    ("F2", "1", "invoice", "2026-01-01", "2026-03-02", 36_500),  # 60 days
    ("F3", "2", "invoice", "2026-02-01", "2026-02-15", 73_000),  # 14 days, low risk, on time
    ("F4", "2", "invoice", "2025-01-01", "2025-01-31", 99_000),  # before the year
    ("F5", "3", "invoice", "2026-03-01", "2026-03-31", 73_000),  # 30 days, due today
    ("C1", "3", "credit_note", "2026-03-01", "2026-03-31", -500),
)
PAID = (("F3", "2026-02-15", "payment", 73_000),)
SEGMENTS = pd.DataFrame(
    {
        "customer_id": list("123"),
        "risk": ["high", "low", "middle"],
        "approach": ["secure", "grow", "steer"],
        "sales_cents": [365_000, 73_000, 0],
    }
)
LIMITS = pd.DataFrame(
    {
        "customer_id": ["1", "2"],
        "credit_limit_cents": pd.array([60_833, None], dtype="Int64"),
    }
)
TERMS = {"secure": 14.0, "grow": np.inf, "steer": 20.0}


def invoices(items=ITEMS):
    now = ledger_of(items, PAID if items else ()).at(DAY)
    sent = pd.DataFrame({"item_id": ["F1", "F1", "F2", "F3"]})
    return treatment.invoices(now.items, sent, as_of=DAY, days=365)


def table_of(rows=None):
    rows = invoices() if rows is None else rows
    return treatment.by_risk(rows, SEGMENTS, LIMITS, 365)


def test_the_invoices_of_the_year():
    table = invoices()
    assert table["terms_days"].tolist() == [30, 60, 14, 30]
    assert table["is_late"].tolist() == [True, True, False, False]
    assert table["reminders_count"].tolist() == [2, 1, 1, 0]


def test_terms_limits_and_reminders_by_risk():
    table = table_of().set_index("risk")
    assert table["terms_days"].to_dict() == {"high": 45.0, "middle": 30.0, "low": 14.0}
    assert table["usual_share"].to_dict() == {"high": 1.0, "middle": 1.0, "low": 0.0}
    assert round(table["limit_months_index"]["high"], 3) == 2.0  # 30,416.67 a month
    assert np.isnan(table["limit_months_index"]["low"])  # has no limit
    assert table["reminders_index"]["high"] == 1.5
    assert table["reminders_index"][["middle", "low"]].isna().all()  # nothing late


def test_what_treating_apart_releases():
    found = treatment.figures(table_of(), invoices(), SEGMENTS, terms=TERMS, policy=POLICY)
    assert (found.usual_terms_days, found.high_usual_share) == (30.0, 1.0)
    assert found.usual_share == 109_500 / 219_000
    assert found.terms_gap_days == 31.0
    # a day: 100 x (30 - 14) + 100 x (60 - 14) + 200 x (30 - 20) = 8,200; half of it is reached
    assert round(found.release_cents, 6) == 4_100


def test_without_invoices_nothing_is_known():
    empty = invoices(())
    found = treatment.figures(table_of(empty), empty, SEGMENTS, terms=TERMS, policy=POLICY)
    values = [found.usual_terms_days, found.usual_share, found.high_usual_share]
    assert np.isnan([*values, found.terms_gap_days, found.release_cents]).all()
    assert table_of(empty)["terms_days"].isna().all()
