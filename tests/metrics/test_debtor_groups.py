import pandas as pd

from credit_helpers.metrics import debtor_groups
from tests.metrics.portfolio import EDGES, items_of


def test_debtors_are_grouped_by_terms_and_lateness():
    items = items_of(
        ("F1", "1", "invoice", "2026-01-01", "2026-01-31", 10_000),
        ("F2", "1", "invoice", "2026-01-01", "2026-03-02", 1_000),  # 60 days, hardly counts
        ("F3", "2", "invoice", "2026-01-01", "2026-03-02", 10_000),
        ("F4", "3", "invoice", "2026-01-01", "2026-01-15", 10_000),
        ("U1", "4", "unapplied_cash", "2026-01-01", None, -500),
    )
    late = pd.Series({"1": 4.0, "2": -3.0})
    codes, classes = debtor_groups.by_terms_and_lateness(items, late, EDGES)
    found = {debtor: tuple(classes.loc[code]) for debtor, code in codes.items()}
    assert found["1"] == ("d31_60", "d1_30")  # 33 days by amount
    assert found["2"] == ("d31_60", "in_time")
    assert found["3"] == ("d0_30", "unknown")
    assert set(found) == {"1", "2", "3", "4"}
    empty, _ = debtor_groups.by_terms_and_lateness(items.iloc[:0], late, EDGES)
    assert empty.empty
