import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import ageing, ageing_trend
from tests.metrics.portfolio import DAY, EDGES, FIVE, PART_PAID, five, ledger_of


@pytest.fixture
def open_items():
    return five().at(DAY).open_items


def by(frame, key, column):
    return dict(zip(frame[key], frame[column].tolist(), strict=True))


def test_each_item_falls_in_its_own_bucket(open_items):
    table = ageing.by_bucket(open_items, EDGES)
    assert by(table, "bucket", "outstanding_cents") == {
        "not_due": 10_000,  # due today
        "d1_30": 20_000,  # the 30th day
        "d31_60": -5_000,  # a credit note by its own due date
        "d61_90": 0,  # empty, and still there
        "d91_plus": 25_000,
        "no_due_date": -1_000,
    }
    assert table["items_count"].tolist() == [1, 1, 1, 0, 1, 1]
    assert table["debtors_count"].tolist() == [1, 1, 1, 0, 1, 1]
    assert table["credit_notes_cents"].tolist() == [0, 0, -5_000, 0, 0, 0]
    assert table["unapplied_cash_cents"].tolist() == [0, 0, 0, 0, 0, -1_000]
    assert table["outstanding_share"].sum() == pytest.approx(1)


def test_no_due_date_has_a_row_only_when_it_has_items():
    items = ledger_of(FIVE[:3]).at(DAY).open_items
    assert "no_due_date" not in set(ageing.by_bucket(items, EDGES)["bucket"])


def test_a_debtor_with_two_items_in_a_bucket_counts_once():
    rows = (FIVE[1], ("F9", "1", "invoice", "2026-02-01", "2026-03-02", 100))
    table = ageing.by_bucket(ledger_of(rows).at(DAY).open_items, EDGES).set_index("bucket")
    assert table.loc["d1_30", ["items_count", "debtors_count"]].tolist() == [2, 1]


def test_by_date_of_issue_the_first_bucket_holds_the_day_itself(open_items):
    table = ageing.by_bucket(open_items, EDGES, basis="issued_on")
    assert by(table, "bucket", "outstanding_cents") == {
        "d0_30": 9_000,  # F1 is 30 days old, U1 16
        "d31_60": 15_000,  # F2 60, C1 58
        "d61_90": 0,
        "d91_plus": 25_000,
    }


def test_each_debtor_has_its_buckets_and_its_oldest_item(open_items):
    table = ageing.by_customer(open_items, five().customers, EDGES)
    assert table["name"].tolist() == ["Alfa", "Bèta", "Gamma"]
    assert table["outstanding_cents"].tolist() == [30_000, 20_000, -1_000]
    assert table["overdue_cents"].tolist() == [20_000, 20_000, 0]
    assert table["overdue_share"].tolist()[:2] == [pytest.approx(2 / 3), 1]
    assert np.isnan(table["overdue_share"][2])
    assert table["oldest_days"].tolist()[:2] == [30, 120]
    assert np.isnan(table["oldest_days"][2])  # nothing positive is open


def test_columns_follow_the_edges(open_items):
    table = ageing.by_customer(open_items, five().customers, (0, 14))
    assert list(table) == [
        "customer_id",
        "name",
        "items_count",
        "not_due_cents",
        "d1_14_cents",
        "d15_plus_cents",
        "no_due_date_cents",
        "outstanding_cents",
        "overdue_cents",
        "overdue_share",
        "oldest_days",
    ]


def test_by_attribute_keeps_what_is_unknown(open_items):
    values = open_items["customer_id"].map({"1": "NL", "2": "NL"})
    table = ageing.by_attribute(open_items, values, EDGES)
    assert table["group"].tolist() == ["NL", ""]
    assert table["outstanding_cents"].tolist() == [50_000, -1_000]
    assert table["debtors_count"].tolist() == [2, 1]


def test_totals(open_items):
    totals = ageing.totals(open_items, EDGES)
    assert (totals.outstanding_cents, totals.aged_cents) == (49_000, 50_000)
    assert (totals.not_due_cents, totals.overdue_cents) == (10_000, 40_000)
    assert totals.overdue_share == 0.8
    assert (totals.overdue_items_count, totals.overdue_debtors_count) == (3, 2)
    assert (totals.oldest_cents, totals.oldest_share, totals.oldest_from_days) == (25_000, 0.5, 91)
    assert totals.no_due_date_cents == -1_000
    assert (totals.invoices_cents, totals.credit_notes_cents) == (55_000, -5_000)
    assert totals.unapplied_cash_cents == -1_000
    assert (totals.open_items_count, totals.debtors_count) == (5, 3)
    assert totals.disputed_items_count == 0


def test_a_disputed_item_is_counted():
    disputes = pd.DataFrame({"item_id": ["F1"], "disputed_on": [DAY]})
    totals = ageing.totals(ledger_of(FIVE, disputes=disputes).at(DAY).open_items, EDGES)
    assert (totals.disputed_cents, totals.disputed_items_count) == (10_000, 1)


def test_the_trend_rebuilds_each_month_end():
    ledger = five()
    ends = pd.to_datetime(["2026-03-31", "2025-12-31", "2026-01-31"])
    table = ageing_trend.by_month(ledger.items, ledger.settlements, ends, EDGES)
    assert table["as_of"].tolist() == sorted(ends)
    assert table["outstanding_cents"].tolist() == [40_000, 45_000, 49_000]
    assert table["d1_30_cents"].tolist() == [40_000, 0, 20_000]  # F3: 30 days, then 61
    assert table["d61_90_cents"].tolist() == [0, 25_000, 0]


def test_a_settlement_without_a_date_always_counted():
    ledger = ledger_of(FIVE[2:3], (("F3", None, "payment", 15_000),))
    table = ageing_trend.by_month(
        ledger.items, ledger.settlements, [pd.Timestamp("2025-11-30")], EDGES
    )
    assert table["outstanding_cents"].tolist() == [25_000]


def test_a_currency_has_a_row_of_its_own(open_items):
    assert ageing.currency_row(open_items, "USD") == {
        "currency": "USD",
        "items_count": 5,
        "debtors_count": 3,
        "outstanding_cents": 49_000,
        "not_due_cents": 10_000,
        "overdue_cents": 40_000,
        "overdue_items_count": 3,
        "no_due_date_cents": -1_000,
    }


def test_an_empty_ledger_gives_empty_tables_with_the_right_types():
    ledger = ledger_of()
    items = ledger.at(DAY).open_items
    assert ageing.by_bucket(items, EDGES)["outstanding_cents"].tolist() == [0] * 5
    full = ageing.by_customer(five().at(DAY).open_items, ledger.customers, EDGES)
    empty = ageing.by_customer(items, ledger.customers, EDGES)
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert ageing.by_attribute(items, items["customer_id"], EDGES).empty
    trend = ageing_trend.by_month(ledger.items, ledger.settlements, [DAY], EDGES)
    assert trend["outstanding_cents"].tolist() == [0]
    totals = ageing.totals(items, EDGES)
    assert totals.outstanding_cents == 0
    assert np.isnan(totals.overdue_share)
    assert ageing.currency_row(items, "EUR")["outstanding_cents"] == 0


def test_another_order_of_rows_gives_the_same():
    one, other = ledger_of(FIVE, PART_PAID), ledger_of(FIVE[::-1], PART_PAID)
    for table in (
        lambda ledger: ageing.by_bucket(ledger.at(DAY).open_items, EDGES),
        lambda ledger: ageing.by_customer(ledger.at(DAY).open_items, ledger.customers, EDGES),
    ):
        pd.testing.assert_frame_equal(table(one), table(other))


def test_each_instalment_ages_by_its_own_due_date():
    items = (
        ("T1", "1", "invoice", "2025-11-01", "2025-12-01", 30_000),  # one invoice, two instalments
        ("T2", "1", "invoice", "2025-11-01", "2026-04-30", 70_000),
    )
    table = ageing.by_bucket(ledger_of(items).at(DAY).open_items, EDGES).set_index("bucket")
    assert table["outstanding_cents"].to_dict() == {
        "not_due": 70_000,
        "d1_30": 0,
        "d31_60": 0,
        "d61_90": 0,
        "d91_plus": 30_000,
    }


def test_what_is_disputed_stands_apart_in_its_bucket():
    disputes = pd.DataFrame({"item_id": ["F3"], "disputed_on": [pd.Timestamp("2026-02-01")]})
    ledger = ledger_of(FIVE, PART_PAID, disputes=disputes)
    table = ageing.by_bucket(ledger.at(DAY).open_items, EDGES).set_index("bucket")
    assert table["disputed_cents"].to_dict() == {
        "not_due": 0,
        "d1_30": 0,
        "d31_60": 0,
        "d61_90": 0,
        "d91_plus": 25_000,
        "no_due_date": 0,
    }
