import numpy as np
import pandas as pd

from credit_helpers.metrics import limits
from credit_helpers.policy import load_policy

POLICY = load_policy().limits
BALANCE = pd.DataFrame(
    {
        "customer_id": ["1", "2", "3", "4"],
        "outstanding_cents": [1_200, 900, 500, -50],
        "oldest_days": [61.0, 60.0, -3.0, np.nan],
        "stopping_days": [61.0, 60.0, -3.0, np.nan],
    }
)


def customers(**columns):
    ids = ["1", "2", "3", "4", "5", "6"]
    return pd.DataFrame({"customer_id": ids, "name": list("ABCDEF")}).assign(**columns)


LIMITED = customers(credit_limit_cents=[1_000, 1_000, None, 100, 700, None])
INSURED = LIMITED.assign(insured_limit_cents=[800, 1_000, None, None, None, None])


def table_of(known, policy=POLICY):
    return limits.by_customer(BALANCE, known, policy).set_index("name")


def test_the_balance_against_the_limit():
    table = table_of(LIMITED)
    assert table.index.tolist() == ["A", "B", "C", "E", "D"]  # F has neither balance nor limit
    assert table["excess_cents"].tolist() == [200, 0, 0, 0, 0]
    assert table["utilisation_share"].tolist()[:2] == [1.2, 0.9]
    assert np.isnan(table["utilisation_share"]["C"])
    assert table["utilisation_share"]["E"] == 0
    assert table["uninsured_cents"].isna().all()


def test_exactly_at_the_limit_is_not_over_it():
    known = customers(credit_limit_cents=[1_200, 899, 0, None, None, None])
    table = table_of(known)
    assert table["excess_cents"][["A", "B", "C"]].tolist() == [0, 1, 500]
    assert np.isnan(table["utilisation_share"]["C"])  # a limit of zero
    strict = load_policy({"limits": {"max_utilisation_share": 0.5}}).limits
    assert table_of(known, strict)["excess_cents"]["A"] == 600


def test_open_orders_count_in_the_exposure_and_not_in_the_balance():
    table = table_of(LIMITED.assign(open_orders_cents=[None, 200, None, None, 50, None]))
    assert table["exposure_cents"][["A", "B", "E"]].tolist() == [1_200, 1_100, 50]
    assert table["outstanding_cents"][["A", "B", "E"]].tolist() == [1_200, 900, 0]
    assert table["excess_cents"][["A", "B", "E"]].tolist() == [200, 100, 0]
    assert table["unused_cents"][["A", "B", "D", "E"]].tolist() == [0, 0, 100, 650]
    assert table["unused_cents"].isna()["C"]  # without a limit nothing is left over


def test_the_insured_limit():
    table = table_of(INSURED)
    assert table["uninsured_cents"].tolist() == [400, 0, 500, 0, 0]


def test_totals():
    totals = limits.totals(limits.by_customer(BALANCE, INSURED, POLICY), POLICY)
    assert totals.limit_cents == 2_800
    assert (totals.over_limit_count, totals.excess_cents) == (1, 200)
    assert totals.near_limit_count == 1
    assert (totals.without_limit_count, totals.without_limit_cents) == (1, 500)
    assert (totals.uninsured_cents, totals.insured_share) == (900, 1 - 900 / 2_600)
    assert (totals.stop_delivery_count, totals.stop_delivery_cents) == (1, 1_200)  # 61 days, not 60


def test_without_insured_limits_insurance_is_unknown():
    totals = limits.totals(limits.by_customer(BALANCE, LIMITED, POLICY), POLICY)
    assert np.isnan([totals.insured_share, totals.uninsured_cents]).all()


def test_an_empty_ledger():
    table = limits.by_customer(BALANCE.iloc[:0], customers().iloc[:0], POLICY)
    full = limits.by_customer(BALANCE, INSURED, POLICY)
    assert table.dtypes.to_dict() == full.dtypes.to_dict()
    assert limits.totals(table, POLICY).limit_cents == 0
