"""Reminders against the ladder, and what followed on them."""

import math

import pandas as pd
import pytest

from credit_helpers.ladder import LadderStep
from credit_helpers.metrics import reminders, responses
from credit_helpers.policy import load_policy

DAY = pd.Timestamp("2026-10-31")
POLICY = load_policy({"collection": {"min_responses_count": 2}}).collection
LADDER = (
    LadderStep(-5, "courtesy_call", "telephone", "service"),
    LadderStep(3, "reminder", "email", "friendly"),
    LadderStep(10, "telephone", "telephone", "listening"),
    LadderStep(14, "first_demand", "letter", "firm"),
    LadderStep(45, "hand_over", "agency", "businesslike"),
)
ITEMS = pd.DataFrame(
    {
        "item_id": ["F1", "F2", "F3", "F4", "F5"],
        "customer_id": ["1", "1", "2", "2", "3"],
        "kind": "invoice",
        "due_on": pd.to_datetime(["2026-10-01"] * 4 + ["2026-10-28"]),
        "settled_on": pd.to_datetime([None, None, "2026-10-20", "2026-10-05", None]),
        "amount_cents": [100, 200, 400, 800, 1_600],
        "outstanding_cents": [100, 200, 0, 0, 1_600],
        "days_past_due": [30.0, 30.0, 30.0, 30.0, 3.0],
        "is_disputed": False,
    }
)
SENT = pd.DataFrame(
    {
        "item_id": ["F1", "F1", "F3", "F4"],
        "sent_on": pd.to_datetime(["2026-10-08", "2026-10-16", "2026-10-09", "2026-09-30"]),
        "channel": ["E-mail", "E-mail", "Brief", "Brief"],
    }
)
NONE = SENT.head(0)


def test_first_actions_of_what_needed_one():
    since = pd.Timestamp("2025-10-31")
    table = reminders.first_actions(ITEMS, SENT, since=since, as_of=DAY, policy=POLICY)
    # F4 was paid before a reminder was needed; F5 is not that far yet
    assert table["items_count"].tolist() == [0, 1, 1, 1]  # F1 on day 7, F3 on day 8, F2 never
    assert table["amount_cents"].tolist() == [0, 100, 400, 200]
    nobody = reminders.first_actions(ITEMS, NONE, since=since, as_of=DAY, policy=POLICY)
    assert nobody["items_share"].tolist() == [0, 0, 0, 1]


def test_written_steps_that_were_due():
    table = reminders.steps(ITEMS[ITEMS["outstanding_cents"] > 0], SENT, LADDER)
    assert table["step"].tolist() == ["reminder", "first_demand"]
    assert table["items_count"].tolist() == [3, 2]  # F5 is at the third day, which counts
    assert table["done_count"].tolist() == [1, 1]
    assert table["undone_cents"].tolist() == [1_800, 200]


def test_a_disputed_item_is_due_for_no_step():
    rows = ITEMS.assign(is_disputed=True)
    assert reminders.steps(rows, SENT, LADDER)["items_count"].tolist() == [0, 0]


def test_follow_up_per_salesperson():
    people = pd.Series(["A", "B", "A", None, "B"])
    table = reminders.by_salesperson(ITEMS, SENT, people).set_index("salesperson")
    assert table["overdue_cents"].to_dict() == {"B": 1_800, "A": 100, "": 0}
    assert table["unreminded_cents"].to_dict() == {"B": 1_800, "A": 0, "": 0}
    assert table.loc["A", "first_action_days"] == 7.5
    assert table["reminders_count"].to_dict() == {"B": 0, "A": 3, "": 1}


def test_payments_that_followed_within_the_response_time():
    paid = pd.DataFrame(
        {
            "item_id": ["F3", "F4", "F1"],
            "settled_on": pd.to_datetime(["2026-10-20", "2026-10-15", "2026-10-31"]),
            "kind": "payment",
        }
    )
    table = responses.by_channel(SENT, paid, as_of=DAY, policy=POLICY)
    # F3 after eleven days; F4 after fifteen, which is too late; F1 after 23 and 15 days
    assert table["reminder_channel"].tolist() == ["Brief", "E-mail"]
    assert table["responses_count"].tolist() == [1, 0]
    assert table["response_share"].tolist() == [0.5, 0.0]
    assert (table["low_share"] < table["response_share"] + 1e-9).all()


def test_contact_before_the_due_date():
    items = pd.concat([ITEMS.assign(item_id=ITEMS["item_id"] + n) for n in "abc"])
    items["settled_on"] = items["due_on"] + pd.to_timedelta([1, 5, 9, 2, 6] * 3, unit="D")
    early = pd.DataFrame({"item_id": ["F1a", "F4a"], "sent_on": pd.to_datetime(["2026-10-01"] * 2)})
    found = responses.early_contact(items, early, POLICY)
    assert (found.contacted_count, found.other_count) == (2, 13)
    assert found.contacted_days_late == 1.5
    assert found.gain_days == pytest.approx(66 / 13 - 1.5)
    assert found.low_gain_days < found.gain_days < found.high_gain_days
    nobody = responses.early_contact(items, NONE, POLICY)
    assert nobody.contacted_count == 0 and math.isnan(nobody.gain_days)
