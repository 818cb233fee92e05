import pandas as pd

from credit_helpers.metrics import proposals
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, items_of

POLICY = load_policy({"limits": {"proposal_room_share": 0.5}})
SEGMENTS = pd.DataFrame(
    {
        "customer_id": list("12345"),
        "name": list("ABCDE"),
        "behaviour": ["on_time", "very_late", "unknown", "late", "on_time"],
        "sales_cents": [36_500_000, 36_500_000, 36_500_000, 3_650_000, 0],
        "outstanding_cents": [5_000_000, 0, 0, 0, 0],
    }
)
ITEMS = items_of(
    ("F1", "1", "invoice", "2025-01-01", "2025-01-31", 1_000),
    ("F2", "2", "invoice", "2025-01-01", "2025-01-31", 1_000),
    ("F3", "3", "invoice", "2026-03-01", "2026-03-31", 1_000),
    ("F4", "4", "invoice", "2025-01-01", "2025-01-31", 1_000),
    ("F5", "4", "invoice", "2026-03-01", "2026-03-21", 3_000),
    ("F6", "4", "invoice", "2026-03-01", "2026-03-31", 1_000),
    ("F7", "5", "invoice", "2026-03-01", "2026-03-31", 1_000),
)


def table_of(**columns):
    known = pd.DataFrame({"customer_id": list("12345"), "name": list("ABCDE")}).assign(**columns)
    frame = proposals.by_customer(SEGMENTS, ITEMS, known, as_of=DAY, policy=POLICY)
    return frame.set_index("name")


def test_sales_terms_behaviour_and_room():
    table = table_of(terms_days=pd.array([30, 30, 30, None, 30], dtype="Int64"))
    # 100,000 a day x 30 days x 1.5; half for who pays very late
    assert table["proposed_limit_cents"][["A", "B"]].tolist() == [4_500_000, 2_250_000]
    assert "E" not in table.index  # bought nothing


def test_a_debtor_without_a_past_gets_no_more_than_without_a_report():
    table = table_of(terms_days=pd.array([30] * 5, dtype="Int64"))
    assert table.loc["C", ["period_days", "cap_cents"]].tolist() == [90, 1_500_000]
    assert table["proposed_limit_cents"]["C"] == 1_500_000


def test_terms_of_the_invoices_count_where_none_were_agreed():
    table = table_of()
    # (3,000 x 20 + 1,000 x 30) / 4,000 = 22.5 days; x 10,000 a day x 0.75 x 1.5, in steps of 500
    assert table["terms_days"]["D"] == 22.5
    assert table["proposed_limit_cents"]["D"] == 300_000
    assert table["terms_days"].isna()["A"] and table["proposed_limit_cents"].isna()["A"]


def test_the_change_against_the_limit_of_today():
    terms, limits = (pd.array(v, dtype="Int64") for v in ([30] * 5, [9_000_000] + [None] * 4))
    table = table_of(terms_days=terms, credit_limit_cents=limits)
    assert table.index[0] == "A" and table["change_cents"]["A"] == -4_500_000
    assert table["change_cents"].isna().sum() == 3


def test_an_empty_ledger():
    known = pd.DataFrame({"customer_id": [], "name": []}, dtype="string")
    empty = proposals.by_customer(SEGMENTS[:0], ITEMS[:0], known, as_of=DAY, policy=POLICY)
    assert empty.empty and list(empty) == list(table_of().reset_index()[list(empty)])
