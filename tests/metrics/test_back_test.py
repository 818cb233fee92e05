import numpy as np
import pandas as pd

from credit_helpers.metrics import back_test
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import items_of, settlements_of

OWN = {"horizon_days": 62, "min_failures_count": 2, "min_write_off_cents": 100}
POLICY = load_policy({"early_warning": OWN}).early_warning
DAYS = pd.date_range("2025-11-30", periods=5, freq="ME").to_numpy("datetime64[D]")
FAILED = np.array(["2026-01-15", "2026-02-15", "NaT", "NaT"], dtype="datetime64[D]")
# Warned before it failed; failed without; warned for nothing; warned too late to know.
WARNED = np.array([[1, 1, 1, 1, 1], [0, 0, 0, 1, 1], [0, 1, 0, 0, 0], [0, 0, 0, 1, 1]], dtype=bool)
OWED = np.full((4, 5), 500)


def figures(policy=POLICY, start=DAYS[0], warned=WARNED):
    return back_test.figures(warned, OWED, DAYS, FAILED, start=start, policy=policy)


def test_right_wrong_and_not_known_yet():
    found = figures()
    assert (found.failures_count, found.caught_count, found.recall_share) == (2, 1, 0.5)
    assert (found.right_count, found.wrong_count, found.warnings_count) == (1, 1, 3)
    assert found.precision_share == 0.5
    assert found.lead_days == 46  # from 30 November to 15 January
    assert (found.warned_debtors_count, found.warned_cents) == (3, 1_500)


def test_what_came_true_before_its_horizon_is_over_counts_no_more_than_what_did_not():
    late = np.zeros((4, 5), dtype=bool)
    late[1, 2:] = True  # 31 January, fails on 15 February; the horizon ends after the last day
    late[2, 2:] = True  # and so it does for the other
    found = figures(warned=late)
    assert (found.warnings_count, found.right_count, found.wrong_count) == (2, 0, 0)
    assert found.caught_count == 1  # the failure itself was warned of


def test_what_a_warning_after_the_failure_says_does_not_count():
    after = np.zeros((4, 5), dtype=bool)
    after[0, 2:] = True
    found = figures(warned=after)
    assert (found.caught_count, found.warnings_count) == (0, 0)
    assert np.isnan(found.lead_days) and np.isnan(found.precision_share)
    assert found.recall_share == 0


def test_too_few_failures_give_counts_and_no_shares():
    few = load_policy({"early_warning": {**OWN, "min_failures_count": 3}}).early_warning
    found = figures(few)
    assert (found.failures_count, found.right_count) == (2, 1)
    assert np.isnan([found.recall_share, found.precision_share, found.base_share]).all()


def test_days_without_a_full_past_are_not_judged():
    found = figures(start=DAYS[1])
    assert found.tested_months_count == 3
    assert found.lead_days == 15  # seen first on 31 December
    assert figures(start=np.datetime64("2027-01-01")).tested_months_count == 0


def test_each_signal_by_itself():
    flags = {"later": WARNED, "over_limit": np.zeros_like(WARNED)}
    table = back_test.by_signal(flags, OWED, DAYS, FAILED, start=DAYS[0], policy=POLICY)
    assert table["debtors_count"].tolist() == [3, 0]
    assert table["right_count"].tolist() == [1, 0]
    assert table["precision_share"].fillna(-1).tolist() == [0.5, -1]


def test_who_pays_after_a_write_off_did_not_fail():
    items = items_of(
        ("F1", "1", "invoice", "2025-01-01", None, 900),
        ("F2", "2", "invoice", "2025-01-01", None, 900),
    )
    paid = settlements_of(
        ("F1", "2026-01-01", "write_off", 300),
        ("F1", "2026-01-02", "payment", 600),
        ("F2", "2026-01-01", "write_off", 300),
        ("F2", "2026-01-01", "payment", 600),  # a last payment on the day itself
    )
    told = pd.DataFrame({"customer_id": [], "reported_on": pd.to_datetime([])})
    found = back_test.failures(items, paid, told, pd.Index(["1", "2"]), POLICY)
    assert found.astype(str).tolist() == ["NaT", "2026-01-01"]


def test_a_failure_is_the_first_write_off_of_weight_or_a_reported_insolvency():
    items = items_of(
        ("F1", "1", "invoice", "2025-01-01", None, 900),
        ("F2", "2", "invoice", "2025-01-01", None, 900),
    )
    paid = settlements_of(
        ("F1", "2026-02-01", "write_off", 300),
        ("F1", "2026-01-01", "write_off", 200),
        ("F1", "2025-06-01", "write_off", 99),  # too small
        ("F2", "2025-06-01", "payment", 900),
    )
    told = pd.DataFrame({"customer_id": ["3"], "reported_on": [pd.Timestamp("2026-03-01")]})
    found = back_test.failures(items, paid, told, pd.Index(["1", "2", "3"]), POLICY)
    assert found.astype(str).tolist() == ["2026-01-01", "NaT", "2026-03-01"]
