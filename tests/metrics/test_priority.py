import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import priority
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, ledger_of

# Weights that differ and do not add up to 1: they are divided by their sum, 2.0.
WEIGHTS = {"amount": 0.8, "lateness": 0.4, "drift": 0.2, "promise": 0.2, "limit": 0.2}
POLICY = load_policy(
    {"priority": {f"weight_{k}": v for k, v in {**WEIGHTS, "dispute": 0.2}.items()}}
).priority


def ranked(*rows, policy=POLICY):
    """The worklist from rows of what is known about each debtor."""
    standard = {
        "overdue_cents": 100_000,
        "outstanding_cents": 200_000,
        "oldest_days": 5.0,
        "risk": "low",
        "drift_days": np.nan,
        "drift": "later",
        "excess_cents": 0,
        "broken_promises_count": 0,
        "reminders_count": 0,
        "disputed_cents": 0,
        "overdue_disputed_cents": 0,
        "is_consumer": False,
    }
    frame = pd.DataFrame(
        [{"customer_id": str(n), **standard, **row} for n, row in enumerate(rows, start=1)]
    )
    frame["name"] = frame["customer_id"]
    return priority.rank(frame, frame, frame, policy=policy).set_index("customer_id")


def test_each_component_is_a_column_and_they_add_up():
    row = ranked(
        {
            "overdue_cents": 2_500_000,  # a quarter of the full amount: its root is a half
            "outstanding_cents": 4_000_000,
            "oldest_days": 45.0,
            "drift_days": 60.0,  # beyond the full drift
            "excess_cents": 1_000_000,
            "broken_promises_count": 2,
            "disputed_cents": 400_000,
        }
    ).loc["1"]
    assert row["amount_score"] == pytest.approx(0.5 * 40)
    assert row["lateness_score"] == pytest.approx(0.5 * 20)
    assert row["drift_score"] == pytest.approx(10)
    assert row["promise_score"] == pytest.approx(10)
    assert row["limit_score"] == pytest.approx(0.25 * 10)
    assert row["dispute_score"] == pytest.approx(0.1 * 10)
    assert row["priority_score"] == pytest.approx(53.5)
    reasons = "large_amount;long_overdue;drifting;broken_promise;over_limit;disputed"
    assert row["reasons"] == reasons


def test_a_drift_that_chance_may_explain_gives_no_points():
    table = ranked({"drift_days": 60.0}, {"drift_days": 60.0, "drift": "steady"})
    assert table.loc["1", "drift_score"] == pytest.approx(10)
    assert table.loc["2", "drift_score"] == 0 and "drifting" not in table.loc["2", "reasons"]


def test_nothing_outspoken_names_the_heaviest_component():
    table = ranked({}, {"oldest_days": 40.0, "overdue_cents": 1}, {"risk": "high"})
    assert table["reasons"].to_dict() == {
        "1": "large_amount",
        "2": "long_overdue",
        "3": "high_risk",
    }


def test_ties_go_to_the_larger_amount_and_then_to_the_number():
    full = {"oldest_days": 90.0}
    table = ranked(
        {**full, "overdue_cents": 20_000_000},
        {**full, "overdue_cents": 30_000_000},
        {**full, "overdue_cents": 20_000_000},
    )
    assert table.index.tolist() == ["2", "1", "3"]
    assert table["rank_count"].tolist() == [1, 2, 3]


def test_without_weights_the_amount_decides():
    none = {f"weight_{name}": 0 for name in (*WEIGHTS, "dispute")}
    policy = load_policy({"priority": none}).priority
    table = ranked({"overdue_cents": 5}, {"overdue_cents": 9}, policy=policy)
    assert table.index.tolist() == ["2", "1"]
    assert table["priority_score"].tolist() == [0, 0]


def test_only_debtors_with_an_overdue_balance():
    assert ranked({"overdue_cents": 0}, {"overdue_cents": -5}, {}).index.tolist() == ["3"]


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (1, "courtesy_call"),
        (2, "courtesy_call"),
        (3, "reminder"),
        (10, "telephone"),
        (14, "first_demand"),
        (21, "second_demand"),
        (45, "hand_over"),
        (60, "bailiff_demand"),
        (900, "bailiff_demand"),
    ],
)
def test_the_ladder(days, step):
    assert ranked({"oldest_days": float(days)})["step"].tolist() == [step]


ACTION = ["step", "channel", "tone"]


@pytest.mark.parametrize(
    ("known", "step"),
    [
        ({"oldest_days": 14}, "first_demand"),
        ({"oldest_days": 21}, "fourteen_day_letter"),
        ({"oldest_days": 21, "reminders_count": 3}, "fourteen_day_letter"),
        ({"oldest_days": 45}, "fourteen_day_letter"),
        ({"oldest_days": 60}, "fourteen_day_letter"),
        ({"oldest_days": 60, "reminders_count": 1}, "bailiff_demand"),
    ],
)
def test_a_consumer_gets_the_letter_of_fourteen_days_first(known, step):
    row = ranked({**known, "is_consumer": True}).loc["1"]
    assert row["step"] == step
    if step == "fourteen_day_letter":
        assert row[ACTION].tolist()[1:] == ["letter", "prescribed"]


@pytest.mark.parametrize(
    ("days", "step"),
    [(2, "telephone"), (5, "telephone"), (14, "first_demand"), (60, "bailiff_demand")],
)
def test_after_a_broken_promise_at_least_a_call(days, step):
    assert ranked({"oldest_days": days, "broken_promises_count": 1})["step"].tolist() == [step]


def test_a_dispute_comes_first_from_a_quarter_of_what_is_overdue():
    some, enough = (
        {"oldest_days": 60, "disputed_cents": cents, "overdue_disputed_cents": cents}
        for cents in (24_999, 25_000)
    )
    table = ranked(some, enough, {"disputed_cents": 50_000, "oldest_days": 60})
    assert table.loc["1", "step"] == "bailiff_demand"
    assert table.loc["2", ACTION].tolist() == ["resolve_dispute", "telephone", "service"]
    assert table.loc["3", "step"] == "bailiff_demand"  # what is disputed is not due yet


def test_circumstances():
    items = (
        ("F1", "1", "invoice", "2026-01-01", "2026-01-31", 700),
        ("F2", "1", "invoice", "2026-03-01", "2026-04-30", 500),
        ("F3", "2", "invoice", "2026-03-01", "2026-03-30", 300),
    )
    disputes = pd.DataFrame({"item_id": ["F1", "F2"], "disputed_on": [DAY, DAY]})
    now = ledger_of(items, disputes=disputes).at(DAY)
    limits = pd.DataFrame({"customer_id": ["2"], "excess_cents": [40]})
    columns = {"customer_id": ["3"], "broken_promises_count": [2], "reminders_count": [5]}
    customers = now.customers.assign(is_consumer=pd.array([None, True, False], dtype="boolean"))
    found = priority.circumstances(customers, limits, pd.DataFrame(columns), now.open_items)
    assert found["disputed_cents"].tolist() == [1_200, 0, 0]
    assert found["overdue_disputed_cents"].tolist() == [700, 0, 0]
    assert found["excess_cents"].tolist() == [0, 40, 0]
    assert found["broken_promises_count"].tolist() == [0, 0, 2]
    assert found["reminders_count"].tolist() == [0, 0, 5]
    assert found["is_consumer"].tolist() == [False, True, False]


def test_nobody_is_overdue():
    empty, full = ranked({"overdue_cents": 0}), ranked({})
    assert empty.empty
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_the_codes_of_the_standard_ladder_are_known():
    for step in POLICY.ladder:
        assert step.step in priority.STEPS
        assert step.channel in priority.CHANNELS
        assert step.tone in priority.TONES
