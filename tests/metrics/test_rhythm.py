"""The references of the chance are those of ``scipy.stats.binom.sf``."""

import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import rhythm
from credit_helpers.policy import load_policy

POLICY = load_policy({"behaviour": {"min_payment_days_count": 6}}).behaviour
FRIDAYS = pd.date_range("2026-01-02", periods=12, freq="W-FRI")
MONTH_ENDS = pd.date_range("2025-07-31", periods=9, freq="BME")
ANY = pd.to_datetime([
    "2026-01-05", "2026-01-13", "2026-01-21", "2026-02-05", "2026-02-13", "2026-02-16",
    "2026-02-24", "2026-03-04",
])  # fmt: skip


def payments(**days):
    frames = [pd.DataFrame({"customer_id": name, "settled_on": on}) for name, on in days.items()]
    return pd.concat(frames, ignore_index=True)


def test_the_chance_of_so_many_or_more():
    found = rhythm.chance([5, 3, 10, 0], [10, 24, 24, 0], [3 / 22, 0.2, 0.2, 0.5])
    assert found.tolist() == pytest.approx([0.006531935, 0.885482613, 0.012621090, 1.0])
    assert rhythm.chance([1_500], [3_000], 0.2)[0] == pytest.approx(0, abs=1e-99)


def test_a_fixed_day_and_a_month_end_are_seen_and_chance_is_not():
    table = rhythm.by_customer(payments(a=FRIDAYS, b=MONTH_ENDS, c=ANY), POLICY)
    assert table["rhythm"].tolist() == ["weekday", "month_end", "none"]
    assert table["weekday"].iloc[0] == "friday"
    assert table["weekday_share"].iloc[0] == 1
    assert table["month_end_share"].tolist()[1:] == [1, 0]


def test_a_payment_run_of_many_invoices_is_one_payment_day():
    rows = payments(a=[FRIDAYS[0]] * 40, b=ANY)
    table = rhythm.by_customer(rows, POLICY)
    assert table["payment_days_count"].tolist() == [1, 8]
    assert table["rhythm"].iloc[0] == "unknown"


def test_a_day_on_which_everybody_pays_is_nobodys_rhythm():
    mondays = pd.date_range("2026-01-05", periods=12, freq="W-MON")
    table = rhythm.by_customer(payments(a=mondays, b=mondays, c=mondays), POLICY)
    assert (table["rhythm"] == "none").all()


def test_the_weekend_is_no_payment_day_and_the_month_end_counts_working_days():
    # 31 May 2026 is a Sunday, so its last three working days are 27, 28 and 29 May
    days = pd.to_datetime(["2026-05-26", "2026-05-27", "2026-05-29", "2026-05-30", "2026-05-31"])
    row = rhythm.by_customer(payments(a=days), POLICY).iloc[0]
    assert row["payment_days_count"] == 3
    assert row["month_end_share"] == pytest.approx(2 / 3)


def test_no_payments_give_an_empty_table():
    empty = pd.DataFrame({"customer_id": [], "settled_on": pd.to_datetime([])})
    assert rhythm.by_customer(empty, POLICY).empty
    assert np.isfinite(rhythm.chance([], [], 0.2)).all()
