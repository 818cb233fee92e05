import pandas as pd

from credit_helpers.metrics import movement
from tests.metrics.portfolio import ledger_of

ENDS = pd.to_datetime(["2026-01-31", "2026-02-28", "2026-03-15"])


def moved(items, settlements=()):
    ledger = ledger_of(items, settlements)
    table = movement.by_month(ledger.items, ledger.settlements, ENDS)
    return table.set_index("as_of").rename(columns=lambda name: name.removesuffix("_cents"))


def test_each_kind_of_change_has_its_column():
    items = (
        ("F1", "1", "invoice", "2025-12-10", "2026-01-09", 10_000),
        ("F2", "1", "invoice", "2026-01-20", "2026-02-19", 8_000),
        ("C1", "2", "credit_note", "2026-02-10", None, -1_500),
        ("U1", "2", "unapplied_cash", "2026-02-28", None, -700),
        ("F3", "3", "invoice", "2026-03-16", None, 99_900),  # after the last end
    )
    settlements = (
        ("F1", "2026-01-31", "payment", 6_000),
        ("F1", "2026-02-01", "write_off", 3_900),
        ("F1", "2026-02-02", "fx", 100),
        ("F2", "2026-03-15", "credit", 500),
    )
    table = moved(items, settlements)
    assert table["opening"].tolist() == [10_000, 12_000, 5_800]
    assert table["invoiced"].tolist() == [8_000, 0, 0]
    assert table["credited"].tolist() == [0, 1_500, 500]
    assert table["received"].tolist() == [6_000, 700, 0]
    assert table["written_off"].tolist() == [0, 3_900, 0]
    assert table["other"].tolist() == [0, -100, 0]
    assert table["closing"].tolist() == [12_000, 5_800, 5_300]


def test_a_credit_note_that_is_matched_counts_once():
    items = (
        ("F1", "1", "invoice", "2026-01-05", "2026-02-04", 10_000),
        ("C1", "1", "credit_note", "2026-02-05", None, -2_000),
    )
    matched = (("F1", "2026-03-01", "credit", 2_000), ("C1", "2026-03-01", "credit", -2_000))
    table = moved(items, matched)
    assert table["credited"].tolist() == [0, 2_000, 0]
    assert table["closing"].tolist() == [10_000, 8_000, 8_000]


def test_unapplied_cash_that_is_matched_is_received_once():
    items = (
        ("F1", "1", "invoice", "2026-01-05", "2026-02-04", 10_000),
        ("U1", "1", "unapplied_cash", "2026-01-31", None, -4_000),
    )
    matched = (("F1", "2026-03-01", "payment", 4_000), ("U1", "2026-03-01", "payment", -4_000))
    assert moved(items, matched)["received"].tolist() == [4_000, 0, 0]


def test_a_settlement_without_a_date_counts_from_the_day_of_issue():
    items = (("F1", "1", "invoice", "2026-02-05", None, 10_000),)
    table = moved(items, (("F1", None, "payment", 2_500),))
    assert table["received"].tolist() == [0, 2_500, 0]
    assert table["closing"].tolist() == [0, 7_500, 7_500]


def test_a_payment_before_its_invoice_waits_for_it():
    items = (("F1", "1", "invoice", "2026-02-05", None, 10_000),)
    assert moved(items, (("F1", "2026-01-15", "payment", 10_000),))["closing"].tolist() == [0, 0, 0]


def test_an_empty_ledger_does_not_move():
    table = moved(())
    assert table.to_numpy().sum() == 0
    assert len(table) == 3


def test_each_bucket_closes_by_itself():
    items = (
        ("F1", "1", "invoice", "2025-12-10", "2026-01-09", 10_000),  # 22 days past on 31 January
        ("F2", "1", "invoice", "2026-01-20", "2026-02-19", 8_000),  # due in February
        ("C1", "2", "credit_note", "2026-02-10", None, -1_500),
        ("F3", "3", "invoice", "2026-02-01", "2026-02-05", 500),  # issued and overdue in a month
    )
    settlements = (
        ("F1", "2026-01-31", "payment", 6_000),
        ("F2", "2026-02-27", "payment", 3_000),
        ("F1", "2026-02-28", "write_off", 1_000),
    )
    ledger = ledger_of(items, settlements)
    table = movement.by_bucket(ledger.items, ledger.settlements, ENDS[:2], (0, 30))
    table.columns = [name.removesuffix("_cents") for name in table]
    january, february = table[:4].set_index("bucket"), table[4:].set_index("bucket")
    assert january["opening"].tolist() == [10_000, 0, 0, 0]  # not yet due on 31 December
    assert january["received"].tolist() == [6_000, 0, 0, 0]
    assert january["rolled_out"].tolist() == [4_000, 0, 0, 0]
    assert january["rolled_in"].tolist() == [0, 4_000, 0, 0]
    assert january["closing"].tolist() == [8_000, 4_000, 0, 0]
    assert february["invoiced"].tolist() == [500, 0, 0, 0]
    assert february["credited"].tolist() == [0, 0, 0, 1_500]
    assert february["received"].tolist() == [3_000, 0, 0, 0]
    assert february["written_off"].tolist() == [0, 1_000, 0, 0]
    assert february["rolled_out"].tolist() == [5_500, 3_000, 0, 0]
    assert february["rolled_in"].tolist() == [0, 5_500, 3_000, 0]
    assert february["closing"].tolist() == [0, 5_500, 3_000, -1_500]
    months = movement.by_month(ledger.items, ledger.settlements, ENDS[:2])
    table.columns = ["as_of", "bucket", *(f"{name}_cents" for name in table.columns[2:])]
    rolled = movement.with_rolled(months, table)
    assert rolled["rolled_overdue_cents"].tolist() == [4_000, 5_500]
    assert rolled["rolled_older_cents"].tolist() == [0, 3_000]
    assert rolled["cleared_overdue_cents"].tolist() == [0, 1_000]


def test_an_empty_ledger_does_not_roll():
    ledger = ledger_of(())
    table = movement.by_bucket(ledger.items, ledger.settlements, ENDS, (0, 30))
    assert len(table) == 12
    assert not table.drop(columns=["as_of", "bucket"]).to_numpy().any()
    assert movement.by_bucket(ledger.items, ledger.settlements, [], (0,)).empty
