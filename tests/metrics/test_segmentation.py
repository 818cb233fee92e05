import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import segmentation
from credit_helpers.policy import load_policy

POLICY = load_policy()
IDS = ["1", "2", "3", "4", "5"]


def profiles(**columns):
    frame = pd.DataFrame({"customer_id": IDS, "name": list("ABCDE"), "sales_cents": 1_000})
    frame["life_stage"] = "established"
    return frame.assign(**columns)


def balance(outstanding=(1_000,) * 5, oldest=(0,) * 5):
    return pd.DataFrame(
        {
            "customer_id": IDS,
            "d91_plus_cents": list(oldest),
            "outstanding_cents": list(outstanding),
            "overdue_cents": list(oldest),
        }
    )


def paid(
    days_late=(0.0,) * 5, drift=(np.nan,) * 5, count=(3,) * 5, erratic=(False,) * 5, course="later"
):
    return pd.DataFrame(
        {
            "customer_id": IDS,
            "settled_count": list(count),
            "days_late": list(days_late),
            "drift_days": list(drift),
            "drift": course,
            "is_erratic": list(erratic),
        }
    )


def segments(known=None, owed=None, behaviour=None, marks=None):
    return segmentation.by_customer(
        profiles() if known is None else known,
        balance() if owed is None else owed,
        paid() if behaviour is None else behaviour,
        marks=marks or {},
        policy=POLICY,
    ).set_index("name")


def test_late_payers():
    table = segments(behaviour=paid(days_late=(-5.0, 10.0, 10.5, 45.0, 46.0)))
    assert table["risk"].tolist() == ["low", "low", "middle", "middle", "high"]
    assert table["reasons"].tolist() == ["", "", "late_payer", "late_payer", "very_late_payer"]
    assert table["behaviour"].tolist() == ["early", "on_time", "late", "late", "very_late"]


def test_an_old_balance_is_high_risk_from_a_quarter_of_the_balance():
    table = segments(owed=balance(oldest=(250, 249, 0, 0, 0)))
    assert table["risk"].tolist()[:2] == ["high", "low"]
    assert table["reasons"]["A"] == "old_balance"


def test_an_old_remainder_of_somebody_who_buys_much_is_no_risk():
    known = profiles(sales_cents=[5_000, 5_020, -5_000, 0, 1_000])
    table = segments(known=known, owed=balance(outstanding=(250,) * 5, oldest=(250,) * 5))
    assert table["risk"].tolist() == ["high", "low", "high", "high", "high"]


def test_a_drift_that_chance_may_explain_is_no_reason():
    for course in ("steady", "unknown", "earlier"):
        table = segments(behaviour=paid(drift=(30.0,) * 5, course=course))
        assert table["reasons"].tolist() == [""] * 5
    assert segments(behaviour=paid(drift=(30.0,) * 5))["reasons"].tolist() == ["drifting"] * 5


def test_three_middle_reasons_make_the_risk_high():
    marks = {"over_limit": ["1", "2"], "broken_promise": ["1"]}
    table = segments(behaviour=paid(drift=(11.0, 11.0, 10.0, np.nan, np.nan)), marks=marks)
    assert table["risk"].tolist()[:3] == ["high", "middle", "low"]
    assert table["reasons"].tolist()[:3] == [
        "drifting;over_limit;broken_promise",
        "drifting;over_limit",
        "",
    ]


def test_too_few_payments_leave_the_risk_unknown():
    known = paid(days_late=(99.0, 99.0, 0.0, 0.0, 0.0), count=(2, 2, 3, 3, 3))
    table = segments(behaviour=known, marks={"over_limit": ["2"]})
    assert table["risk"].tolist()[:3] == ["unknown", "middle", "low"]
    assert table["reasons"].tolist()[:2] == ["no_history", "over_limit;no_history"]
    assert table["behaviour"]["A"] == "unknown"


def test_an_erratic_payer():
    table = segments(behaviour=paid(erratic=(True, False, False, False, False)))
    assert table.loc["A", ["risk", "reasons", "behaviour"]].tolist() == [
        "middle",
        "erratic",
        "erratic",
    ]


def test_size_by_sales_with_the_edge_in_the_larger():
    known = profiles(sales_cents=[499_999, 500_000, 4_999_999, 5_000_000, -100])
    assert segments(known)["size"].tolist() == ["small", "middle", "middle", "large", "small"]


def test_large_by_share_of_balance_or_sales():
    known = profiles(sales_cents=[96, 4, 0, 0, 0])
    table = segments(known, balance(outstanding=(1, 4, 5, 90, -50)))
    assert table["is_large"].tolist() == [True, False, True, True, False]


def test_a_debtor_without_balance_or_payments_keeps_its_row():
    empty = segments(owed=balance().iloc[:0], behaviour=paid().iloc[:0])
    assert empty["outstanding_cents"].tolist() == [0] * 5
    assert empty["risk"].tolist() == ["unknown"] * 5


def test_recent_payments_go_before_old_ones_where_they_say_enough():
    recent = paid(days_late=(0.0,) * 5, count=(3, 2, 3, 3, 3)).iloc[:4]
    found = segmentation.recent_behaviour(recent, paid(days_late=(60.0,) * 5), POLICY)
    assert found["customer_id"].tolist() == IDS
    assert found["days_late"].tolist() == [0.0, 60.0, 0.0, 0.0, 60.0]


def test_summary_has_all_risks():
    owed = balance(outstanding=(1_000, 3_000, 0, 0, 0), oldest=(500, 0, 0, 0, 0))
    table = segmentation.summary(segments(owed=owed).reset_index())
    assert table["risk"].tolist() == ["high", "middle", "low", "unknown"]
    assert table["debtors_count"].tolist() == [1, 0, 4, 0]
    assert table["outstanding_share"].tolist() == [0.25, 0, 0.75, 0]
    assert table["overdue_share"].tolist()[::2] == [0.5, 0]
    assert table["overdue_share"].isna().tolist() == [False, True, False, True]


def test_groups_weigh_lateness_by_sales():
    known = profiles(sales_cents=[100, 300, 0, 0, 900_000])
    late = paid(days_late=(0.0, 8.0, 4.0, np.nan, 2.0), count=(3, 3, 3, 0, 3))
    table = segmentation.groups(segments(known, behaviour=late).reset_index())
    assert table[["size", "behaviour", "debtors_count"]].to_numpy().tolist() == [
        ["small", "on_time", 3],
        ["small", "unknown", 1],
        ["middle", "on_time", 1],
    ]
    assert table["days_late"].tolist()[::2] == [6.0, 2.0]
    assert np.isnan(table["days_late"][1])


def test_an_empty_ledger():
    table = segments(profiles().iloc[:0], balance().iloc[:0], paid().iloc[:0]).reset_index()
    assert table.empty
    assert segmentation.summary(table)["debtors_count"].tolist() == [0, 0, 0, 0]
    assert segmentation.groups(table).empty


@pytest.mark.parametrize("column", ["risk", "reasons", "size", "behaviour", "life_stage"])
def test_codes_are_text(column):
    assert segments()[column].dtype == "string"
