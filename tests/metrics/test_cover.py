import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import cover
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, ledger_of

POLICY = load_policy({"limits": {"min_stopping_cents": 0}}).limits
# The first falls due on 2025-12-01, so that cover stops on 2026-01-31 (61 days past due).
ITEMS = (
    ("F1", "1", "invoice", "2025-11-01", "2025-12-01", 40_000),
    ("F2", "1", "invoice", "2026-01-30", "2026-03-01", 10_000),  # the last day with cover
    ("F3", "1", "invoice", "2026-01-31", "2026-03-02", 20_000),  # the first without
    ("F4", "1", "invoice", "2026-03-10", "2026-04-09", 5_000),
    ("F5", "2", "invoice", "2026-03-10", "2026-04-09", 7_000),  # another debtor, not insured
    ("F6", "3", "invoice", "2025-10-01", "2025-10-31", 3_000),
)
LIMITS = pd.array([30_000, None, 90_000], dtype="Int64")


def table_of(settlements=(), limits=LIMITS, policy=POLICY):
    customers = pd.DataFrame({"customer_id": list("123"), "name": list("ABC")})
    customers = customers.assign(insured_limit_cents=limits)
    now = ledger_of(ITEMS, settlements, customers=customers).at(DAY)
    return cover.by_customer(
        now.items, now.customers, as_of=DAY, period_days=365, policy=policy
    ).set_index("name")


def test_deliveries_after_the_extension_have_no_cover():
    table = table_of()
    assert table.loc["A", ["stopped_count", "stopped_cents"]].tolist() == [2, 25_000]
    assert table.loc["A", "stopped_open_cents"] == 25_000
    assert "B" not in table.index


def test_late_reporting_puts_the_payout_at_risk():
    table = table_of()
    # 120 days: beyond both terms; the insurer would pay 90% of the limit of 30,000
    assert table.loc["A", ["beyond_cents", "late_cents", "at_risk_cents"]].tolist() == [
        40_000, 40_000, 27_000,
    ]  # fmt: skip
    assert table.loc["C", ["late_cents", "at_risk_cents"]].tolist() == [3_000, 2_700]


def test_cover_returns_on_the_day_of_payment():
    table = table_of([("F1", "2026-03-10", "payment", 40_000)])
    assert table.loc["A", ["stopped_count", "stopped_cents", "late_cents"]].tolist() == [
        1, 20_000, 0,
    ]  # fmt: skip


@pytest.mark.parametrize("paid", [("F3", "2026-03-20", "payment", 20_000)])
def test_what_is_paid_by_now_is_no_longer_open(paid):
    table = table_of([paid])
    assert table.loc["A", ["stopped_cents", "stopped_open_cents"]].tolist() == [25_000, 5_000]


def test_a_delivery_counts_by_its_own_day():
    items = pd.DataFrame(
        {
            "issued_on": pd.to_datetime(["2025-11-01", "2026-02-10"]),
            "delivered_on": pd.to_datetime([None, "2026-01-20"]),
            "due_on": pd.to_datetime(["2025-12-01", "2026-03-10"]),
            "settled_on": pd.to_datetime([None, None]),
            "amount_cents": [1, 1],
            "outstanding_cents": [1, 1],
        }
    )
    stopped = cover.is_stopped(items, np.array([0, 0]), as_of=DAY, policy=POLICY)
    assert stopped.tolist() == [False, False]


def test_a_small_old_remainder_stops_nothing():
    policy = load_policy({"limits": {"min_stopping_cents": 40_001}}).limits
    table = table_of(policy=policy)
    assert table.empty
    policy = load_policy({"limits": {"min_stopping_cents": 40_000}}).limits
    table = table_of(policy=policy)
    assert table.index.tolist() == ["A"]
    assert table.loc["A", ["beyond_cents", "stopped_count"]].tolist() == [40_000, 2]
    # what was settled stopped the cover with its whole amount, what is open with the remainder
    table = table_of([("F1", "2026-03-10", "payment", 40_000)], policy=policy)
    assert table.loc["A", ["stopped_count", "beyond_cents"]].tolist() == [1, 0]
    assert table_of([("F1", "2026-03-10", "payment", 1)], policy=policy).empty


def test_figures_and_what_is_not_known():
    found = cover.figures(table_of().reset_index(), is_insured=True)
    assert (found.stopped_debtors_count, found.stopped_cents) == (1, 25_000)
    assert (found.late_debtors_count, found.late_cents, found.at_risk_cents) == (2, 43_000, 29_700)
    none = table_of(limits=pd.array([None] * 3, dtype="Int64")).reset_index()
    assert none.empty and none.dtypes.to_dict() == table_of().reset_index().dtypes.to_dict()
    assert np.isnan(cover.figures(none, is_insured=False).stopped_cents)
