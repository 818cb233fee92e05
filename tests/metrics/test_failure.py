import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from credit_helpers.metrics import failure
from credit_helpers.policy import load_policy

POLICY = load_policy().concentration
BALANCE = pd.DataFrame(
    {
        "customer_id": ["1", "2", "3", "4", "5"],
        "outstanding_cents": [5_000, 4_000, 7_000, -900, 1_000],
    }
)


def customers(**columns):
    frame = pd.DataFrame({"customer_id": list("12345"), "name": list("ABCDE")})
    return frame.assign(**columns)


GROUPED = customers(group_id=["G", "G", None, "G", ""])
INSURED = GROUPED.assign(insured_limit_cents=[3_000, 9_000, None, 5_000, None])


def test_a_group_fails_as_one_and_a_credit_pays_nothing():
    table = failure.exposures(BALANCE, GROUPED, 0.9)
    assert table["name"].tolist() == ["A", "C", "E"]
    assert table["group_id"].fillna("-").tolist() == ["G", "-", "-"]
    assert table["debtors_count"].tolist() == [2, 1, 1]  # the one in credit owes nothing
    assert table["outstanding_cents"].tolist() == [9_000, 7_000, 1_000]
    assert table["covered_cents"].isna().all() and table["loss_cents"].isna().all()


def test_cover_is_the_limit_as_far_as_used_times_the_payout():
    table = failure.exposures(BALANCE, INSURED, 0.9)
    assert table["covered_cents"].tolist() == [2_700 + 3_600, 0, 0]
    assert table["loss_cents"].tolist() == [2_700, 7_000, 1_000]


def test_a_customer_number_is_no_group():
    table = failure.exposures(BALANCE, customers(group_id=["3", None, None, None, None]), 0.9)
    assert table["debtors_count"].tolist() == [1, 1, 1, 1]


def test_what_is_lost_when_the_largest_fail():
    policy = load_policy({"concentration": {"top_n": [1, 3, 4]}}).concentration
    table = failure.losses(failure.exposures(BALANCE, INSURED, 0.9), policy)
    assert table["top_count"].tolist() == [1, 3]  # there is no fourth
    assert table["outstanding_cents"].tolist() == [9_000, 17_000]
    assert table["covered_cents"].tolist() == [6_300, 6_300]
    assert table["loss_cents"].tolist() == [2_700, 10_700]
    assert table["outstanding_share"].tolist() == [9 / 17, 1.0]


def test_figures():
    found = failure.figures(failure.exposures(BALANCE, INSURED, 0.9))
    assert (found.exposures_count, found.largest_cents, found.largest_share) == (3, 9_000, 9 / 17)
    assert (found.groups_count, found.group_cents, found.group_share) == (1, 9_000.0, 9 / 17)
    assert found.largest_loss_cents == 2_700.0


def test_what_is_not_known_is_not_zero():
    found = failure.figures(failure.exposures(BALANCE, customers(), 0.9))
    unknown = [found.group_cents, found.group_share, found.largest_loss_cents]
    assert found.groups_count == 0 and np.isnan(unknown).all()


def test_an_empty_ledger():
    empty = failure.exposures(BALANCE.iloc[:0], INSURED.iloc[:0], 0.9)
    full = failure.exposures(BALANCE, INSURED, 0.9)
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    losses = failure.losses(empty, POLICY)
    assert losses.empty and losses.dtypes.to_dict() == failure.losses(full, POLICY).dtypes.to_dict()
    assert failure.figures(empty).largest_cents == 0


@given(st.lists(st.tuples(st.integers(-99, 999), st.sampled_from([None, "G", "H"])), max_size=9))
def test_groups_move_no_cent(rows):
    ids = [str(n) for n in range(len(rows))]
    owed = pd.Series([cents for cents, _ in rows], dtype="int64")
    balance = pd.DataFrame({"customer_id": ids, "outstanding_cents": owed})
    known = pd.DataFrame({"customer_id": ids, "name": ids, "group_id": [g for _, g in rows]})
    table = failure.exposures(balance, known, 0.9)
    assert table["outstanding_cents"].sum() == owed.clip(lower=0).sum()
    assert table["debtors_count"].sum() == (owed > 0).sum()
