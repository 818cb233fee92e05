import pandas as pd
from hypothesis import given, settings

from credit_helpers.metrics import breaches
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import FIVE, PART_PAID, ledger_of
from tests.strategies import days, ledgers

POLICY = load_policy().limits
ENDS = pd.DatetimeIndex(["2025-12-31", "2026-01-31", "2026-03-31"])


def five(limits):
    customers = pd.DataFrame({"customer_id": list("123"), "name": list("ABC")})
    known = customers.assign(credit_limit_cents=pd.array(limits, dtype="Int64"))
    return ledger_of(FIVE, PART_PAID, customers=known)


def held(ledger):
    return breaches.balances(ledger.items, ledger.settlements, ledger.customers, ENDS)


def test_balances_by_day():
    found = held(five([None, None, None]))
    assert found.tolist() == [[0, 20_000, 30_000], [40_000, 25_000, 20_000], [0, 0, -1_000]]


def test_each_month_end_against_the_limits_of_today():
    ledger = five([20_000, 22_000, None])
    table = breaches.by_month(held(ledger), ledger.customers, ENDS, POLICY)
    assert table["over_limit_count"].tolist() == [1, 1, 1]
    assert table["excess_cents"].tolist() == [18_000, 3_000, 10_000]
    assert table["limited_cents"].tolist() == [40_000, 45_000, 50_000]


def test_how_often_each_debtor_was_over():
    ledger = five([20_000, 22_000, None])
    table = breaches.by_customer(held(ledger), ledger.customers, ENDS, POLICY)
    assert table["over_months_count"].tolist()[:2] == [1, 2]
    assert table["over_months_count"].isna().tolist() == [False, False, True]
    assert table["peak_cents"].tolist() == [30_000, 40_000, 0]


def test_without_limits_nothing_is_over():
    ledger = ledger_of(FIVE, PART_PAID)
    assert (
        breaches.by_month(held(ledger), ledger.customers, ENDS, POLICY)["excess_cents"].sum() == 0
    )
    table = breaches.by_customer(held(ledger), ledger.customers, ENDS, POLICY)
    assert table["over_months_count"].isna().all()


def test_an_empty_ledger():
    ledger = ledger_of(customers=pd.DataFrame({"customer_id": [], "name": []}))
    table = breaches.by_month(held(ledger), ledger.customers, ENDS, POLICY)
    assert table["limited_cents"].tolist() == [0, 0, 0]
    assert breaches.by_customer(held(ledger), ledger.customers, ENDS, POLICY).empty


@settings(max_examples=20, deadline=None)
@given(ledgers(), days())
def test_balances_are_those_of_the_snapshot(ledger, as_of):
    ends = pd.DatetimeIndex([as_of - pd.Timedelta(days=40), as_of])
    found = breaches.balances(ledger.items, ledger.settlements, ledger.customers, ends)
    for place, day in enumerate(ends):
        assert found[:, place].sum() == ledger.at(day).outstanding_cents
