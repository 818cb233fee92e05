import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import early_warning, part_payments
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, ledger_of

POLICY = load_policy(
    {"early_warning": {"months_count": 2, "before_months_count": 3, "min_sales_cents": 1_000}}
).early_warning
NO_PROMISES = pd.DataFrame({"customer_id": [], "promised_for": pd.to_datetime([]), "status": []})
NOTHING = pd.DataFrame({"customer_id": [], "reported_on": pd.to_datetime([])})


def panel(items=(), paid=(), *, limit=None, as_of=DAY, **events):
    ledger = ledger_of(items, paid)
    now = ledger.at(as_of)
    customers = now.customers.assign(credit_limit_cents=pd.array([limit] * 3, dtype="Int64"))
    disputes = events.get("disputes", ledger.disputes)
    history = early_warning.History(
        now.items,
        now.settlements,
        part_payments.of_invoices(now.items, now.settlements, POLICY),
        disputes,
        events.get("promises", NO_PROMISES),
        customers,
        events.get("reported", NOTHING),
    )
    return early_warning.panel(history, as_of, POLICY), customers


def seen(found, name, customer=0):
    """On which of the three days, in order, a debtor shows a signal."""
    return found.flags[early_warning.SIGNALS.index(name), customer].tolist()


def test_the_days_are_a_month_apart():
    found, _ = panel()
    assert found.days.astype(str).tolist() == ["2026-01-31", "2026-02-28", "2026-03-31"]
    assert not found.flags.any()


def test_two_part_payments_are_a_signal_and_a_round_one_is_enough():
    items = (("F1", "1", "invoice", "2025-06-01", "2025-07-01", 100_000),)
    paid = (
        ("F1", "2026-02-10", "payment", 12_345),
        ("F1", "2026-03-10", "payment", 20_000),
        ("F1", "2026-03-31", "payment", 67_655),  # the rest: no part payment
    )
    found, _ = panel(items, paid)
    assert seen(found, "part_payments") == [False, False, True]
    assert seen(found, "round_sums") == [False, False, False]  # part of a round invoice
    found, _ = panel((("F1", "1", "invoice", "2025-06-01", "2025-07-01", 100_050),), paid)
    assert seen(found, "round_sums") == [False, False, True]


def test_lateness_that_drifts_between_two_windows():
    items, paid = [], []
    for number, (settled, late) in enumerate(
        [("2025-10-10", 0), ("2025-11-10", 0), ("2026-02-10", 12), ("2026-03-10", 10)]
    ):
        due = pd.Timestamp(settled) - pd.Timedelta(days=late)
        items.append((f"F{number}", "1", "invoice", "2025-09-01", due, 1_000))
        paid.append((f"F{number}", settled, "payment", 1_000))
    assert seen(panel(items, paid)[0], "later") == [False, False, True]  # 11 days on average


@pytest.mark.parametrize(
    ("last", "down", "up"), [(400, True, False), (1_500, False, False), (3_001, False, True)]
)
def test_a_swing_of_the_orders(last, down, up):
    bought = [("2025-09-30", 100), ("2025-10-15", 500), ("2025-11-15", 500), ("2025-12-15", 500)]
    items = [(day, "1", "invoice", day, None, cents) for day, cents in bought]
    items.append(("F9", "1", "invoice", "2026-03-15", None, last))
    found, _ = panel(items)
    assert seen(found, "orders_down")[-1] is down
    assert seen(found, "orders_up")[-1] is up
    assert seen(panel(items[1:])[0], "orders_up")[-1] is False  # no past, so no rhythm to leave


def test_old_balance_follows_the_balance_of_then():
    items = (
        ("F1", "1", "invoice", "2025-11-01", "2025-12-01", 4_000),  # 61 days on 31 January
        ("F2", "1", "invoice", "2026-01-01", "2026-12-31", 6_000),
    )
    found, _ = panel(items, (("F1", "2026-03-15", "payment", 3_000),))
    assert found.outstanding_cents[0].tolist() == [10_000, 10_000, 7_000]
    assert seen(found, "old_balance") == [True, True, False]  # 40%, 40%, 1,000 of 7,000


def test_the_limit_of_today_says_nothing_of_the_past():
    items = (("F1", "1", "invoice", "2025-11-01", "2026-12-01", 4_000),)
    assert seen(panel(items, limit=3_999)[0], "over_limit") == [False, False, True]
    assert seen(panel(items, limit=4_000)[0], "over_limit") == [False] * 3


def test_disputes_promises_and_reports_count_from_their_day():
    items = (("F1", "2", "invoice", "2025-01-01", "2026-12-01", 4_000),)
    day = pd.Timestamp
    disputes = pd.DataFrame({"item_id": ["F1"], "disputed_on": [day("2026-02-28")]})
    promises = pd.DataFrame(
        {"customer_id": ["2"], "promised_for": [day("2026-02-28")], "status": ["broken"]}
    )
    reported = pd.DataFrame({"customer_id": ["2"], "reported_on": [day("2026-01-31")]})
    found, customers = panel(items, disputes=disputes, promises=promises, reported=reported)
    assert seen(found, "new_disputes", 1) == [False, True, True]
    assert seen(found, "broken_promises", 1) == [False, False, True]  # the day has to pass
    assert seen(found, "reported", 1) == [True, True, True]
    table = early_warning.by_customer(found, customers, POLICY)
    assert table["signals"].tolist() == ["new_disputes;broken_promises;reported"]
    assert table["warning_count"].tolist() == [6]
    assert table["is_warned"].tolist() == [True]


def test_what_happens_later_changes_nothing_of_before():
    items = [("F1", "1", "invoice", "2025-06-01", "2025-07-01", 100_000)]
    items.append(("F2", "1", "invoice", "2026-03-20", "2026-03-25", 50_000))
    paid = [("F1", "2026-02-10", "payment", 20_000), ("F1", "2026-03-20", "payment", 80_000)]
    after, _ = panel(items, paid)
    then, _ = panel(items, paid, as_of=pd.Timestamp("2026-02-28"))
    limit = early_warning.SIGNALS.index("over_limit")
    one, other = (np.delete(flags, limit, axis=0) for flags in (after.flags, then.flags))
    assert (one[:, :, :2] == other[:, :, 1:]).all()


def test_an_empty_ledger_warns_of_nobody():
    found, customers = panel()
    assert early_warning.by_customer(found, customers, POLICY).empty
