"""What risk costs: interest and losses per euro of sales."""

import math

import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import pricing

SEGMENTS = pd.DataFrame(
    {
        "risk": ["high", "high", "middle", "low", "unknown"],
        "sales_cents": [60_000, 40_000, 100_000, 200_000, 0],
        "overdue_cents": [20_000, 5_000, -700, 10_000, 900],
    }
)
LOST = np.array([0, 1_000, 0, 200, 0])


def test_each_risk_pays_for_its_own_arrears_and_losses():
    table = pricing.by_risk(SEGMENTS, LOST, 0.08).set_index("risk")
    assert table.index.tolist() == ["high", "middle", "low"]  # nothing was sold to unknown risk
    assert table["interest_cents"].tolist() == [2_000, 0, 800]
    assert table["lost_cents"].tolist() == [1_000, 0, 200]
    assert table["risk_cost_share"].tolist() == pytest.approx([0.03, 0.0, 0.005])
    assert table["surcharge_share"].tolist() == pytest.approx([0.025, 0.0, 0.0])
    assert table["surcharge_cents"].tolist() == [2_500, 0, 0]
    found = pricing.figures(table.reset_index(), 0.08)
    assert (found.cost_cents, found.surcharge_cents) == (4_000, 2_500)
    assert found.cost_share == pytest.approx(0.01)


def test_without_low_risk_there_is_nothing_to_compare_with():
    table = pricing.by_risk(SEGMENTS.head(2), LOST[:2], 0.08)
    assert table["surcharge_cents"].isna().all()
    assert math.isnan(pricing.figures(table, 0.08).surcharge_cents)


def test_nothing_sold_costs_nothing():
    table = pricing.by_risk(SEGMENTS.head(0), LOST[:0], 0.08)
    assert table.empty and math.isnan(pricing.figures(table, 0.08).cost_share)


def test_losses_of_the_period_go_to_their_debtor():
    rows = pd.DataFrame(
        {
            "kind": ["write_off", "write_off", "payment", "write_off"],
            "settled_on": pd.to_datetime(["2026-01-02", "2026-01-01", "2026-01-02", None]),
            "amount_cents": [700, 50, 9_000, 30],
        }
    )
    found = pricing.written_off(rows, np.array([1, 1, 0, 0]), 3, since=pd.Timestamp("2026-01-01"))
    assert found.tolist() == [0, 700, 0]
