"""Snapshot: the ledger at the end of a day, in sums that can be added by hand."""

import pandas as pd
import pytest

DAY = pd.Timestamp("2026-01-31")
F1 = ("F1", "invoice", "2026-01-01", "2026-01-31", 10_000)
C1 = ("C1", "credit_note", "2026-01-10", "2026-01-10", -2_500)
U1 = ("U1", "unapplied_cash", "2026-01-20", None, -4_000)


def one(snapshot, column, item_id="F1"):
    items = snapshot.items.set_index("item_id")
    return items.loc[item_id, column]


def test_due_today_is_day_zero_and_tomorrow_day_one(make_ledger):
    ledger = make_ledger([F1])
    assert one(ledger.at(DAY), "days_past_due") == 0
    assert one(ledger.at(DAY + pd.Timedelta(days=1)), "days_past_due") == 1
    assert one(ledger.at("2026-01-01"), "days_past_due") == -30
    assert one(ledger.at(DAY), "age_days") == 30


def test_the_end_of_the_day_counts(make_ledger):
    ledger = make_ledger([F1], [("F1", "2026-01-31 16:45", "payment", 4_000)])
    assert ledger.at(DAY).outstanding_cents == 6_000
    assert ledger.at("2026-01-31 09:00").outstanding_cents == 6_000
    assert ledger.at("2026-01-31 09:00").as_of == DAY
    assert ledger.at("2026-01-30").outstanding_cents == 10_000


def test_what_is_issued_later_does_not_exist(make_ledger):
    ledger = make_ledger([F1, C1], [("C1", "2026-01-12", "payment", -2_500)])
    early = ledger.at("2026-01-05")
    assert early.items["item_id"].tolist() == ["F1"]
    assert early.settlements.empty
    assert ledger.at("2025-12-31").items.empty


def test_a_payment_before_the_invoice_waits_for_it(make_ledger):
    ledger = make_ledger([F1, C1], [("C1", "2026-01-05", "payment", -2_500)])
    assert ledger.at("2026-01-07").outstanding_cents == 10_000
    assert ledger.at("2026-01-10").outstanding_cents == 10_000
    assert one(ledger.at("2026-01-10"), "outstanding_cents", "C1") == 0


def test_part_payments_then_settled(make_ledger):
    rows = [("F1", "2026-01-20", "payment", 4_000), ("F1", "2026-02-10", "payment", 6_000)]
    ledger = make_ledger([F1], rows)
    part = ledger.at(DAY)
    assert one(part, "outstanding_cents") == 6_000
    assert pd.isna(one(part, "settled_on"))
    done = ledger.at("2026-02-10")
    assert done.outstanding_cents == 0
    assert done.open_items.empty
    assert one(done, "settled_on") == pd.Timestamp("2026-02-10")


def test_credit_note_and_unapplied_cash_lower_the_balance(make_ledger):
    snapshot = make_ledger([F1, C1, U1]).at(DAY)
    assert snapshot.outstanding_cents == 10_000 - 2_500 - 4_000
    assert one(snapshot, "days_past_due", "C1") == 21
    assert pd.isna(one(snapshot, "days_past_due", "U1"))
    assert len(snapshot.open_items) == 3


def test_an_overpaid_invoice_stays_open_with_a_negative_balance(make_ledger):
    snapshot = make_ledger([F1], [("F1", "2026-01-20", "payment", 12_000)]).at(DAY)
    assert snapshot.open_items["outstanding_cents"].tolist() == [-2_000]
    assert pd.isna(one(snapshot, "settled_on"))


def test_write_offs_and_credits_settle_like_payments(make_ledger):
    rows = [
        ("F1", "2026-01-20", "payment", 7_000),
        ("F1", "2026-01-25", "credit", 2_000),
        ("F1", "2026-01-31", "write_off", 1_000),
    ]
    assert make_ledger([F1], rows).at(DAY).outstanding_cents == 0


def test_an_undated_settlement_always_counts_and_has_no_day(make_ledger):
    rows = [("F1", None, "payment", 6_000), ("F1", "2026-01-20", "payment", 4_000)]
    ledger = make_ledger([F1], rows)
    assert ledger.at("2026-01-01").outstanding_cents == 4_000
    assert ledger.at(DAY).outstanding_cents == 0
    assert pd.isna(one(ledger.at(DAY), "settled_on"))


def test_an_invoice_of_nothing_is_never_open_and_has_no_day(make_ledger):
    snapshot = make_ledger([("F0", "invoice", "2026-01-01", "2026-01-31", 0)]).at(DAY)
    assert snapshot.open_items.empty
    assert pd.isna(one(snapshot, "settled_on", "F0"))


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2026-01-14", False), ("2026-01-15", True), ("2026-02-04", True), ("2026-02-05", False)],
)
def test_a_dispute_runs_from_its_day_until_the_day_it_is_resolved(make_ledger, as_of, expected):
    disputes = pd.DataFrame(
        {
            "item_id": ["F1"],
            "disputed_on": [pd.Timestamp("2026-01-15")],
            "resolved_on": [pd.Timestamp("2026-02-05")],
        }
    )
    assert bool(one(make_ledger([F1], disputes=disputes).at(as_of), "is_disputed")) is expected


def test_promises_and_reminders_of_later_are_not_known_yet(make_ledger):
    promises = pd.DataFrame(
        {
            "customer_id": ["1", "1"],
            "promised_on": [pd.Timestamp("2026-02-01"), pd.NaT],
            "promised_for": [pd.Timestamp("2026-02-08")] * 2,
            "amount_cents": [10_000, 500],
        }
    )
    reminders = pd.DataFrame({"item_id": ["F1"], "sent_on": [pd.Timestamp("2026-02-02")]})
    ledger = make_ledger([F1], promises=promises, reminders=reminders)
    assert ledger.at(DAY).promises["amount_cents"].tolist() == [500]
    assert len(ledger.at("2026-02-01").promises) == 2
    assert ledger.at("2026-02-01").reminders.empty
    assert len(ledger.at("2026-02-02").reminders) == 1


def test_an_empty_ledger_has_an_empty_snapshot(make_ledger):
    snapshot = make_ledger().at(DAY)
    assert snapshot.outstanding_cents == 0
    assert snapshot.items.empty
    assert snapshot.items["days_past_due"].dtype == "float64"
    assert snapshot.items["is_disputed"].dtype == bool
    assert snapshot.sales.empty
    assert list(snapshot.month_ends()) == [DAY]


def test_sales_are_invoices_and_credit_notes_in_order_of_day(make_ledger):
    sales = make_ledger([U1, C1, F1]).at(DAY).sales
    assert sales["amount_cents"].tolist() == [10_000, -2_500]
    assert sales.index.tolist() == [0, 1]


def test_month_ends_run_up_to_the_as_of_date(make_ledger):
    paid = [("F1", "2026-02-03", "payment", 10_000)]
    ledger = make_ledger([F1], paid)
    ends = ledger.at("2026-04-15").month_ends()
    assert [f"{day:%m-%d}" for day in ends] == ["01-31", "02-28", "03-31", "04-15"]
    assert [f"{day:%m-%d}" for day in ledger.at("2026-03-31").month_ends(2)] == ["02-28", "03-31"]
    assert len(ledger.at("2029-12-31").month_ends()) == 24
    assert list(ledger.at("2029-12-31").month_ends(1)) == [pd.Timestamp("2029-12-31")]


def test_without_history_there_is_only_the_as_of_date(make_ledger):
    ledger = make_ledger([F1], observed_on=pd.Timestamp("2026-04-30"))
    assert list(ledger.at("2026-04-30").month_ends()) == [pd.Timestamp("2026-04-30")]
    assert list(ledger.at("2026-03-31").month_ends()) == [pd.Timestamp("2026-03-31")]


def test_the_ledger_is_not_altered(make_ledger):
    ledger = make_ledger([F1], [("F1", "2026-01-20", "payment", 4_000)])
    before = ledger.items.copy(deep=True)
    snapshot = ledger.at(DAY)
    snapshot.items.loc[0, "amount_cents"] = 0
    pd.testing.assert_frame_equal(ledger.items, before)
