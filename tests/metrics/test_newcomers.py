import numpy as np
import pandas as pd

from credit_helpers.metrics import newcomers
from tests.metrics.portfolio import DAY, ledger_of

ITEMS = (
    ("F1", "1", "invoice", "2026-01-01", "2026-01-31", 100),
    ("F2", "1", "invoice", "2026-02-01", "2026-03-01", 900),
    ("F3", "2", "invoice", "2026-01-01", "2026-01-31", 100),
    ("F4", "3", "invoice", "2026-03-01", "2026-03-31", 100),  # due today: not yet overdue
    ("F5", "4", "invoice", "2026-02-01", "2026-03-01", 100),
    ("F6", "5", "invoice", "2024-01-01", "2024-01-31", 100),
)
PAID = (("F1", "2026-01-31", "payment", 100), ("F3", "2026-02-05", "payment", 100))
SEGMENTS = pd.DataFrame(
    {
        "customer_id": list("12345"),
        "name": list("ABCDE"),
        "life_stage": ["starter", "young", "starter", "starter", "established"],
        "outstanding_cents": [900, 0, 100, 100, 100],
        "overdue_cents": [900, 0, 0, 100, 100],
    }
)


def table_of(segments=SEGMENTS):
    known = pd.DataFrame({"customer_id": list("12345"), "name": list("ABCDE")})
    items = ledger_of(ITEMS, PAID, customers=known).at(DAY).items
    return newcomers.by_customer(items, segments, ("starter", "young"))


def test_what_became_of_the_first_invoice():
    table = table_of().set_index("name")
    assert table["first_status"].to_dict() == {
        "A": "paid_on_time", "C": "not_judged", "D": "overdue", "B": "paid_late",
    }  # fmt: skip
    assert table["first_days_late"].fillna(-99).to_dict() == {"A": 0, "C": -99, "D": 30, "B": 5}


def test_figures():
    found = newcomers.figures(table_of())
    assert (found.newcomers_count, found.outstanding_cents, found.judged_count) == (4, 1_100, 3)
    assert (found.first_late_count, found.first_late_share) == (2, 2 / 3)


def test_without_new_customers():
    table = table_of(SEGMENTS.iloc[:0])
    assert table.dtypes.to_dict() == table_of().dtypes.to_dict()
    assert np.isnan(newcomers.figures(table).first_late_share)
