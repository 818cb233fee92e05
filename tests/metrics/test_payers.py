import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from credit_helpers.metrics import payers
from credit_helpers.policy import load_policy

POLICY = load_policy({"segmentation": {"profile_min_count": 3}}).segmentation


def segments(late, **columns):
    count = len(late)
    frame = pd.DataFrame(
        {
            "customer_id": [str(n) for n in range(count)],
            "name": [f"N{n}" for n in range(count)],
            "risk": "low",
            "behaviour": "on_time",
            "size": "small",
            "days_late": np.array(late, dtype="float64"),
            "sales_cents": 1_000,
            "outstanding_cents": 100,
        }
    )
    return frame.assign(**columns)


def customers(sectors):
    ids = [str(n) for n in range(len(sectors))]
    return pd.DataFrame({"customer_id": ids, "sector": sectors})


def test_a_sector_that_surely_pays_worse():
    late = [0.0] * 20 + [40.0] * 10
    sectors = ["A"] * 20 + ["B"] * 10
    table = payers.by_group(segments(late), customers(sectors), POLICY).set_index("group")
    assert table["verdict"].to_dict() == {"B": "careful", "A": "good", "small": "usual"}
    assert table["prompt_share"].to_dict() == {"B": 0.0, "A": 1.0, "small": 20 / 30}
    assert table["days_late"]["small"] == 400 / 30


def test_few_debtors_prove_nothing_and_fewer_are_left_out():
    late = [0.0] * 5 + [40.0] * 3 + [40.0] * 2
    sectors = ["A"] * 5 + ["B"] * 3 + ["C"] * 2
    table = payers.by_group(segments(late), customers(sectors), POLICY).set_index("group")
    assert table.index.tolist() == ["A", "B", "small"]
    assert table["verdict"]["B"] == "usual"


def test_an_unknown_value_is_no_group_and_an_unknown_payer_is_not_judged():
    rows = segments([0.0] * 6, behaviour=["unknown"] * 2 + ["on_time"] * 4)
    table = payers.by_group(rows, customers(["A", "A", "", None, "A", "A"]), POLICY)
    assert table[["group", "debtors_count"]].to_numpy().tolist() == [["small", 4]]


def test_good_payers_with_room():
    rows = segments([0.0] * 4, risk=["low", "high", "low", "low"])
    limits = pd.DataFrame(
        {
            "customer_id": list("0123"),
            "credit_limit_cents": pd.array([500, 500, 900, None], dtype="Int64"),
            "exposure_cents": [100, 0, 900, 0],
            "unused_cents": pd.array([400, 500, 0, None], dtype="Int64"),
        }
    )
    table = payers.with_room(rows, limits)
    assert table[["name", "unused_cents"]].to_numpy().tolist() == [["N0", 400]]


def test_an_empty_ledger():
    empty = payers.by_group(segments([]), customers([]), POLICY)
    assert empty.empty and "verdict" in empty


@given(st.integers(0, 50), st.integers(1, 50))
def test_the_interval_holds_the_share(count, more):
    whole = np.array([count + more])
    low, high = payers.wilson(np.array([count]), whole, 0.95)
    assert -1e-12 <= low[0] <= count / whole[0] <= high[0] <= 1 + 1e-12
