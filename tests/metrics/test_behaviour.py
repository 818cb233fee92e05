import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import behaviour, drift, receipts
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, EDGES, ledger_of

POLICY = load_policy({"behaviour": {"min_settled_count": 2}}).behaviour

ITEMS = (
    ("F1", "1", "invoice", "2026-01-01", "2026-01-31", 10_000),
    ("F2", "1", "invoice", "2026-02-01", "2026-03-03", 30_000),
    ("F3", "2", "invoice", "2026-01-01", "2026-01-31", 20_000),
    ("F4", "2", "invoice", "2026-01-01", None, 5_000),
    ("C1", "2", "credit_note", "2026-01-01", "2026-01-31", -1_000),
)
SETTLEMENTS = (
    ("F1", "2026-01-21", "payment", 10_000),  # 10 early
    ("F2", "2026-03-03", "payment", 10_000),  # on the day
    ("F2", "2026-03-23", "payment", 20_000),  # 20 late
    ("F3", "2026-02-28", "write_off", 20_000),  # no behaviour
    ("F4", "2026-02-28", "payment", 5_000),  # no due date
    ("C1", "2026-02-28", "payment", -1_000),
    ("F3", None, "payment", 1),
    ("F2", "2026-03-24", "payment", -500),  # a reversal
)


def payments_of(items=ITEMS, settlements=SETTLEMENTS):
    snapshot = ledger_of(items, settlements).at(DAY)
    return receipts.of_invoices(snapshot.items, snapshot.settlements)


def tables(payments):
    customers = ledger_of().customers
    course = drift.by_customer(payments, as_of=DAY, policy=POLICY)
    table = behaviour.by_customer(payments, customers, course, as_of=DAY, policy=POLICY)
    return table, behaviour.figures(payments, table, as_of=DAY, policy=POLICY)


def test_only_dated_payments_of_invoices_with_a_due_date_are_behaviour():
    payments = payments_of()
    assert payments["amount_cents"].tolist() == [10_000, 10_000, 20_000]
    assert payments["days_late"].tolist() == [-10, 0, 20]
    assert payments["days_to_pay"].tolist() == [20, 30, 50]


def test_early_payments_count_both_ways():
    _, figures = tables(payments_of())
    assert figures.days_late == 7.5  # (−10 × 100 + 20 × 200) ÷ 400
    assert figures.floored_days_late == 10
    assert figures.unweighted_days_late == pytest.approx(10 / 3)
    assert figures.late_share == 0.5
    assert figures.days_to_pay == 37.5  # (20 × 100 + 30 × 100 + 50 × 200) ÷ 400
    assert (figures.settled_count, figures.settled_cents) == (3, 40_000)


def test_an_invoice_paid_in_part_weighs_as_a_whole():
    items = (
        ("F1", "1", "invoice", "2026-01-01", "2026-01-31", 10_000),
        ("F2", "1", "invoice", "2026-01-01", "2026-01-31", 30_000),
    )
    paid = (("F1", "2026-01-31", "payment", 10_000), ("F2", "2026-02-10", "payment", 3_000))
    payments = payments_of(items, paid)
    assert payments["weight_cents"].tolist() == [10_000, 30_000]
    assert tables(payments)[1].days_late == 7.5
    assert tables(payments)[1].settled_cents == 13_000


def test_weights_lose_no_cent():
    items = (("F1", "1", "invoice", "2026-01-01", "2026-01-31", 10_000),)
    paid = [("F1", f"2026-02-0{n}", "payment", 1) for n in (1, 2, 3)]
    assert payments_of(items, paid)["weight_cents"].sum() == 10_000


def test_spread_drift_and_windows_per_debtor():
    items, paid = [], []
    # Two payments on time in the window before (180 to 359 days ago), two late ones in this one.
    for number, (settled, late) in enumerate(
        [("2025-04-06", 0), ("2025-10-02", 2), ("2025-10-03", 50), ("2026-03-31", 60)]
    ):
        due = pd.Timestamp(settled) - pd.Timedelta(days=late)
        items.append((f"F{number}", "1", "invoice", "2025-03-01", due, 1_000))
        paid.append((f"F{number}", settled, "payment", 1_000))
    table, figures = tables(payments_of(items, paid))
    row = table.loc[0]
    assert (row["recent_days_late"], row["previous_days_late"]) == (55, 1)
    assert row["drift_days"] == 54
    assert row["std_days"] == pytest.approx(np.std([0, 2, 50, 60], ddof=1))
    assert row["is_erratic"]
    assert figures.change_days == 54
    # four payments in three months: a drift, but not one that is beyond chance
    assert row["drift"] == "unknown"
    assert (figures.worse_debtors_count, figures.better_debtors_count) == (0, 0)


def test_a_debtor_is_worse_only_when_chance_does_not_explain_it():
    items, paid = [], []
    for customer, late in (("1", range(0, 72, 6)), ("2", [40, 0] * 3 + [50, 10] * 3)):
        for number, days in enumerate(late):
            settled = pd.Timestamp("2025-04-15") + pd.DateOffset(months=number)
            item = f"F{customer}-{number}"
            due = settled - pd.Timedelta(days=days)
            items.append((item, customer, "invoice", "2025-02-01", due, 1_000))
            paid.append((item, settled, "payment", 1_000))
    table, figures = tables(payments_of(items, paid))
    assert table["drift_days"].tolist() == [36, 10]
    assert table["slope_days"].tolist() == [6, 0.5]
    assert table["slope_low_days"].iloc[1] < 0 < table["slope_high_days"].iloc[1]
    assert table["drift"].tolist() == ["later", "steady"]
    assert (figures.worse_debtors_count, figures.better_debtors_count) == (1, 0)


def test_too_few_payments_prove_no_drift():
    items = (("F1", "1", "invoice", "2026-01-01", "2026-01-31", 1_000),)
    table, figures = tables(payments_of(items, (("F1", "2026-03-31", "payment", 1_000),)))
    assert table["recent_days_late"].tolist() == [59]
    assert table[["std_days", "drift_days"]].isna().all(axis=None)
    assert not table["is_erratic"].any()
    assert figures.worse_debtors_count == 0


def test_a_month_without_payments_keeps_its_row():
    table = behaviour.by_month(payments_of())
    assert table["month"].dt.strftime("%Y-%m-%d").tolist() == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
    ]
    assert table["settled_count"].tolist() == [1, 0, 2]
    assert table["days_late"].isna().tolist() == [False, True, False]


def test_the_distribution_has_every_class():
    table = behaviour.distribution(payments_of(), EDGES)
    assert dict(zip(table["days_late_class"], table["settled_cents"], strict=True)) == {
        "early": 10_000,
        "on_time": 10_000,
        "d1_30": 20_000,
        "d31_60": 0,
        "d61_90": 0,
        "d91_plus": 0,
    }
    assert table["settled_share"].tolist() == [0.25, 0.25, 0.5, 0, 0, 0]


def test_no_payments_give_empty_tables_with_the_right_types():
    payments = payments_of((), ())
    assert payments.dtypes.to_dict() == payments_of().dtypes.to_dict()
    table, figures = tables(payments)
    assert table.dtypes.to_dict() == tables(payments_of())[0].dtypes.to_dict()
    assert np.isnan([figures.days_late, figures.unweighted_days_late, figures.late_share]).all()
    assert behaviour.by_month(payments).empty
    assert behaviour.distribution(payments, EDGES)["settled_share"].isna().all()


def test_another_order_of_rows_gives_the_same():
    one, other = payments_of(), payments_of(ITEMS[::-1], SETTLEMENTS[::-1])
    pd.testing.assert_frame_equal(one, other)
