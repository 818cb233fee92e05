import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import concentration
from credit_helpers.policy import load_policy

POLICY = load_policy().concentration


def balances(**cents):
    frame = pd.DataFrame({"customer_id": list(cents), "outstanding_cents": list(cents.values())})
    return frame.assign(name=frame["customer_id"].str.upper()).astype(
        {"customer_id": "string", "name": "string", "outstanding_cents": "int64"}
    )


def test_debtors_in_credit_do_not_count():
    curve = concentration.curve(balances(a=100, b=600, c=300, d=-500, e=0))
    assert curve["customer_id"].tolist() == ["b", "c", "a"]
    assert curve["rank_count"].tolist() == [1, 2, 3]
    assert curve["outstanding_share"].tolist() == [0.6, 0.3, 0.1]
    assert curve["cumulative_share"].tolist() == [0.6, 0.9, 1.0]
    assert curve["debtors_share"].tolist() == [1 / 3, 2 / 3, 1.0]


def test_equal_balances_are_in_order_of_number():
    assert concentration.curve(balances(b=5, c=5, a=5))["customer_id"].tolist() == ["a", "b", "c"]


def test_figures():
    figures = concentration.figures(concentration.curve(balances(a=100, b=600, c=300)), POLICY)
    assert (figures.debtors_count, figures.largest_cents) == (3, 600)
    assert (figures.top1_share, figures.top5_share) == (0.6, 1.0)
    assert figures.hhi_index == pytest.approx(3_600 + 900 + 100)
    assert figures.gini_index == pytest.approx(1 / 3)
    assert (figures.pareto_debtors_count, figures.pareto_debtors_share) == (2, 2 / 3)


def test_the_pareto_share_is_reached_not_passed():
    curve = concentration.curve(balances(**{f"d{n:02}": 100 for n in range(10)}))
    assert concentration.figures(curve, POLICY).pareto_debtors_count == 8


def test_top_share_of_fewer_than_n_is_all():
    assert concentration.top_share([3, 1], 5) == 1


def test_nobody_owes_anything():
    curve = concentration.curve(balances(a=-5))
    assert curve.dtypes.to_dict() == concentration.curve(balances(a=5)).dtypes.to_dict()
    figures = concentration.figures(curve, POLICY)
    assert (figures.debtors_count, figures.pareto_debtors_count, figures.largest_cents) == (0, 0, 0)
    shares = [figures.top1_share, figures.hhi_index, figures.gini_index]
    assert np.isnan([*shares, figures.pareto_debtors_share]).all()
