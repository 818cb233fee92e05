import math

import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import indicators

EDGES = (0, 90)
ENDS = pd.date_range("2025-03-31", periods=13, freq="ME")


def trend(balances, not_due=0.5, oldest=0.1):
    owed = np.array(balances)
    return pd.DataFrame(
        {
            "as_of": ENDS[-len(owed) :],
            "not_due_cents": (owed * not_due).astype(int),
            "d1_90_cents": (owed * (1 - not_due - oldest)).astype(int),
            "d91_plus_cents": (owed * oldest).astype(int),
            "no_due_date_cents": 0,
            "outstanding_cents": owed,
        }
    )


def sales(cents, days=ENDS):
    return pd.DataFrame({"issued_on": days, "amount_cents": cents})


def test_a_month_and_a_year_have_their_own_form():
    table = indicators.series(trend([1_000] * 12 + [1_300]), sales(500), EDGES)
    last = table.iloc[-1]
    assert (last["opening_cents"], last["month_sales_cents"]) == (1_000, 500)
    assert last["cei_month_share"] == (1_000 + 500 - 1_300) / (1_000 + 500 - 650)
    assert last["year_sales_cents"] == 6_000
    assert last["cei_year_share"] == (1_000 + 6_000 - 1_300) / (1_000 + 6_000 - 650)
    assert last["average_cents"] == 1_023  # 13,300 over thirteen month ends
    assert last["turnover_index"] == pytest.approx(6_000 / 1_023)
    assert last["collection_days"] == pytest.approx(365 / last["turnover_index"])
    assert (last["current_share"], last["oldest_share"]) == (0.5, 0.1)
    first = table.iloc[0]
    assert math.isnan(first["cei_month_share"]) and math.isnan(first["turnover_index"])


def test_without_sales_only_the_shares_are_known():
    table = indicators.series(trend([1_000, 1_000]), sales(0).iloc[:0], EDGES)
    assert table["current_share"].tolist() == [0.5, 0.5]
    assert table[["cei_month_share", "cei_year_share", "turnover_index"]].isna().all(axis=None)


def test_nothing_collectable_has_no_effectiveness():
    assert math.isnan(indicators.collection_effectiveness(0, 100, 100, 100))
    assert indicators.collection_effectiveness(100, 0, 100, 0) == 0


def test_what_is_not_given_stays_unknown():
    assert math.isnan(indicators.sales_to_recover(10_000, 0.0))
    assert math.isnan(indicators.deduction_days(10_000, float("nan")))
    assert math.isnan(indicators.collection_days(float("nan"), 365))


def test_the_cost_of_collection_is_held_against_what_came_in():
    paid = pd.DataFrame(
        {
            "settled_on": pd.to_datetime(["2025-03-31", "2025-04-01", "2026-03-31"]),
            "amount_cents": [999, 400, 600],
        }
    )
    got = indicators.received(paid, as_of=pd.Timestamp("2026-03-31"), period_days=365)
    assert got == 1_000
    assert indicators.cost_share(5, got, 365) == pytest.approx(0.06)
    assert math.isnan(indicators.cost_share(float("nan"), got, 365))


def test_days_to_pay_are_those_of_the_period():
    paid = pd.DataFrame(
        {
            "settled_on": pd.to_datetime(["2025-03-31", "2025-04-01", "2026-03-31"]),
            "days_to_pay": [99, 20, 50],
            "weight_cents": [100, 100, 200],
        }
    )
    day = {"as_of": ENDS[-1], "period_days": 365}
    assert indicators.days_to_pay(paid, **day) == 40.0
    assert math.isnan(indicators.days_to_pay(paid.iloc[:0], **day))
