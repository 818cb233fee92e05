"""The references are those of ``scipy.stats.theilslopes`` 1.17, at 95 per cent."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_helpers.metrics import drift
from credit_helpers.policy import load_policy

POLICY = load_policy({"behaviour": {"slope_months_count": 6, "min_slope_months_count": 5}})
DAY = pd.Timestamp("2026-06-30")
NAN = float("nan")


@pytest.mark.parametrize(
    ("values", "slope", "low", "high"),
    [
        ([3.0, 5.5, 4.0, 8.0, 7.5, 12.0, 9.0, 14.5], 1.5625, 2 / 3, 7 / 3),
        ([3.0, 5.5, 4.0, NAN, 7.5, 12.0, 9.0, NAN, 14.5], 9 / 7, 2 / 3, 2.5),
        ([0.0, 1.0, -2.0, 0.5, -1.0, 2.0], 0.25, -1.5, 2.5),
    ],
)
def test_the_slope_and_its_interval(values, slope, low, high):
    found = drift.theil_sen(np.array([values]), 0.95)
    assert np.concatenate(found).tolist() == pytest.approx([slope, low, high])


def test_too_few_values_bear_no_interval():
    slope, low, high = drift.theil_sen(np.array([[1.0, 2.0, 3.0], [1.0, NAN, NAN]]), 0.95)
    assert slope[0] == 1
    assert np.isnan([slope[1], *low, *high]).all()


@given(st.lists(st.integers(-50, 50), min_size=6, max_size=6), st.integers(-9, 9))
def test_a_trend_that_is_added_moves_slope_and_interval_alike(values, trend):
    plain = np.array([values], dtype="float64")
    before = np.concatenate(drift.theil_sen(plain, 0.9))
    after = np.concatenate(drift.theil_sen(plain + trend * np.arange(6), 0.9))
    assert after - before == pytest.approx(trend)


def payments(*rows):
    columns = ["customer_id", "settled_on", "days_late", "weight_cents"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(settled_on=pd.to_datetime(frame["settled_on"]))


def test_months_are_weighed_by_amount_and_those_before_the_window_do_not_count():
    months = [f"2026-0{n}-10" for n in range(1, 7)]
    rows = [("1", month, 5 * n, 100) for n, month in enumerate(months)]
    # of the last month, 25 for one part and 33 for three: 31 on average
    rows += [("1", "2026-06-20", 33, 300), ("1", "2025-12-31", 999, 100)]
    table = drift.by_customer(payments(*rows), as_of=DAY, policy=POLICY.behaviour)
    assert table["paid_months_count"].tolist() == [6]
    assert table["slope_days"].tolist() == [5]
    assert table["slope_high_days"].iloc[0] > 5
    assert table["drift"].tolist() == ["later"]


def test_too_few_months_say_nothing():
    rows = [("2", "2026-06-01", 10, 100), ("2", "2026-05-01", 0, 100)]
    table = drift.by_customer(payments(*rows), as_of=DAY, policy=POLICY.behaviour)
    assert table["drift"].tolist() == ["unknown"]
    assert table[["slope_days", "slope_low_days"]].isna().all(axis=None)


def test_no_payments_give_an_empty_table():
    assert drift.by_customer(payments(), as_of=DAY, policy=POLICY.behaviour).empty
