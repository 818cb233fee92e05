import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import dso
from credit_helpers.policy import load_policy

POLICY = load_policy({"dso": {"period_days": 90, "target_days": 30}}).dso


def sales_of(**cents):
    days = pd.to_datetime([name.replace("_", "-") for name in cents], format="d%Y-%m-%d")
    return pd.DataFrame({"issued_on": days, "amount_cents": list(cents.values())})


def trend_of(day, outstanding, not_due=0):
    row = {"as_of": pd.Timestamp(day), "outstanding_cents": outstanding, "not_due_cents": not_due}
    return pd.DataFrame([row])


SALES = sales_of(d2025_12_31=9_000, d2026_01_31=1_000, d2026_02_10=30_000, d2026_03_31=60_000)


def test_without_sales_the_dso_is_unknown():
    assert np.isnan(dso.dso(100, 0, 90))
    assert np.isnan(dso.dso(100, -5, 90))
    assert dso.dso(-100, 100, 90) == -90


def test_countback_takes_the_latest_months_first():
    assert dso.countback_dso(150, [100, 100], [31, 28]) == 31 + 14
    assert dso.countback_dso(200, [100, 100], [31, 28]) == 59


def test_countback_is_unknown_when_the_sales_run_out_first():
    assert np.isnan(dso.countback_dso(201, [100, 100], [31, 28]))
    assert np.isnan(dso.countback_dso(1, [], []))


def test_countback_of_nothing_is_zero_and_of_a_credit_balance_unknown():
    assert dso.countback_dso(0, [100], [31]) == 0
    assert np.isnan(dso.countback_dso(-1, [100], [31]))


@pytest.mark.parametrize("quiet", [0, -40])
def test_a_month_without_sales_adds_its_days(quiet):
    assert dso.countback_dso(150, [100, quiet, 100], [31, 28, 30]) == 31 + 28 + 15


def test_the_series_counts_the_sales_of_the_period_and_the_day_itself():
    row = dso.series(trend_of("2026-03-31", 50_000, 20_000), SALES, POLICY).loc[0]
    assert row["credit_sales_cents"] == 91_000  # 31 December is 90 days ago
    assert row["dso_days"] == pytest.approx(50_000 / 91_000 * 90)
    assert row["best_possible_dso_days"] == pytest.approx(20_000 / 91_000 * 90)
    assert row["average_days_delinquent"] == pytest.approx(30_000 / 91_000 * 90)
    assert row["countback_dso_days"] == pytest.approx(50_000 / 60_000 * 31)


def test_the_running_month_counts_the_days_that_have_passed():
    sales = sales_of(d2026_01_01=1, d2026_03_31=10_000, d2026_04_05=6_000)
    row = dso.series(trend_of("2026-04-10", 11_000), sales, POLICY).loc[0]
    assert row["countback_dso_days"] == pytest.approx(10 + 31 / 2)


def test_too_short_a_history_gives_no_dso():
    sales = sales_of(d2026_01_11=10_000)  # 80 days on 31 March; 81 are needed
    row = dso.series(trend_of("2026-03-31", 5_000), sales, POLICY).loc[0]
    family = ["dso_days", "countback_dso_days", "best_possible_dso_days"]
    assert row[[*family, "average_days_delinquent"]].isna().all()
    enough = dso.series(trend_of("2026-04-01", 5_000), sales, POLICY).loc[0]
    assert enough[family].notna().all()


def test_figures_compare_with_a_year_ago_and_the_target():
    days = pd.to_datetime(["2025-02-28", "2025-03-31", "2026-02-28", "2026-03-31"])
    series = pd.DataFrame(
        {
            "as_of": days,
            "outstanding_cents": 50_000,
            "credit_sales_cents": 90_000,
            "dso_days": [40.0, 44.0, 49.0, 50.0],
            "countback_dso_days": 48.0,
            "best_possible_dso_days": 35.0,
            "average_days_delinquent": 15.0,
        }
    )
    figures = dso.figures(series, POLICY)
    assert (figures.year_ago_dso_days, figures.change_days) == (44.0, 6.0)
    assert figures.sales_per_day_cents == 1_000
    assert figures.release_cents == 20_000  # 20 days above the target
    assert dso.figures(series.iloc[:3], POLICY).year_ago_dso_days == 40.0
    in_between = series.assign(as_of=[*days[:3], pd.Timestamp("2026-03-15")])
    assert dso.figures(in_between, POLICY).year_ago_dso_days == 40.0  # the month end before
    assert np.isnan(dso.figures(series.tail(2), POLICY).year_ago_dso_days)


def test_nothing_is_released_below_the_target():
    series = dso.series(trend_of("2026-03-31", 10_000), SALES, POLICY)
    assert dso.figures(series, POLICY).release_cents == 0


def test_an_empty_ledger_has_no_dso():
    series = dso.series(trend_of("2026-03-31", 0), SALES.iloc[:0], POLICY)
    figures = dso.figures(series, POLICY)
    assert figures.credit_sales_cents == 0
    assert np.isnan([figures.dso_days, figures.countback_dso_days, figures.release_cents]).all()


def test_another_order_of_sales_gives_the_same():
    trend = trend_of("2026-03-31", 50_000, 20_000)
    one, other = (dso.series(trend, sales, POLICY) for sales in (SALES, SALES[::-1]))
    pd.testing.assert_frame_equal(one, other)
