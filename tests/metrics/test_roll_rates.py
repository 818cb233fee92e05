import pandas as pd
from hypothesis import given, settings

from credit_helpers.metrics import roll_rates
from tests.metrics.portfolio import EDGES, items_of, settlements_of
from tests.strategies import ledgers

ENDS = pd.date_range("2026-01-31", periods=3, freq="ME")
ITEMS = (
    ("F1", "1", "invoice", "2026-01-05", "2026-02-04", 10_000),  # not due, then 24 days late
    ("F2", "1", "invoice", "2025-12-01", "2026-01-20", 20_000),  # 11 days, then 39 days
    ("F3", "1", "invoice", "2025-10-01", "2025-10-31", 5_000),  # 92 days and written off
    ("F4", "2", "invoice", "2026-02-10", "2026-03-10", 8_000),  # only in the second month
    ("F5", "2", "invoice", "2026-01-01", None, 900),
    ("C1", "2", "credit_note", "2026-01-05", "2026-01-05", -700),
)
PAID = (
    ("F1", "2026-02-28", "payment", 4_000),
    ("F2", "2026-02-10", "payment", 15_000),
    ("F2", "2026-03-31", "credit", 5_000),
    ("F3", "2026-02-03", "write_off", 5_000),
    ("F4", "2026-04-01", "payment", 8_000),  # after the last month
)


def matrix(ends=ENDS, items=ITEMS, paid=PAID):
    return roll_rates.matrix(items_of(*items), settlements_of(*paid), ends, EDGES)


def test_every_euro_is_somewhere_a_month_later():
    table = matrix().set_index("bucket")
    assert table["start_cents"].to_dict() == {
        "not_due": 18_000, "d1_30": 26_000, "d31_60": 5_000, "d61_90": 0, "d91_plus": 5_000,
    }  # fmt: skip
    # F1 in February, F4 in March
    assert table.loc["not_due", ["d1_30_cents", "paid_cents"]].tolist() == [14_000, 4_000]
    # F2 in February: 5,000 rolls on; what is left of F1 in March rolls on too
    assert table.loc["d1_30", ["d31_60_cents", "paid_cents"]].tolist() == [11_000, 15_000]
    assert table.loc["d31_60", "other_cents"] == 5_000
    assert table.loc["d91_plus", "other_cents"] == 5_000
    assert table["rolled_share"].round(3).fillna(-1).tolist() == [0.778, 0.423, 0, -1, -1]
    assert (table["months_count"] == 2).all()


def test_one_month_end_makes_no_month():
    assert matrix(ENDS[:1]).empty
    assert matrix(ENDS[:0]).empty
    assert len(matrix(ENDS, (), ())) == 5


def test_a_reversal_makes_no_money():
    items = (("F1", "1", "invoice", "2026-01-05", "2026-01-31", 1_000),)
    paid = (("F1", "2026-01-20", "payment", 400), ("F1", "2026-02-20", "payment", -400))
    table = matrix(ENDS[:2], items, paid)
    assert table["start_cents"].sum() == 600
    assert table["d1_30_cents"].sum() == 600


@settings(max_examples=25, deadline=None)
@given(ledgers())
def test_what_stood_there_is_paid_gone_or_still_open(ledger):
    ends = pd.date_range("2025-06-30", periods=10, freq="ME")
    table = roll_rates.matrix(ledger.items, ledger.settlements, ends, EDGES)
    buckets = [f"{name}_cents" for name in table["bucket"]]
    parts = table[[*buckets, "paid_cents", "other_cents"]]
    assert (parts >= 0).all(axis=None)
    assert (parts.sum(axis=1) == table["start_cents"]).all()
