"""Freireich (1963): weeks in remission of the 21 patients who got 6-MP, the example of every
textbook of survival analysis; here each patient is an invoice of one euro."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from credit_helpers.metrics import payment_curve
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, ledger_of
from tests.strategies import days, ledgers

ENDED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
WATCHED = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
POLICY = load_policy(
    {"curve": {"min_waiting_count": 1, "last_days": 40, "read_days": [10, 23, 999]}}
).curve


def portfolio():
    """Paid after so many days, or open with so many days of age."""
    items, paid = [], []
    for number, since in enumerate([*ENDED, *WATCHED]):
        issued = DAY - pd.Timedelta(days=since)
        items.append((f"F{number}", "1", "invoice", issued, None, 100))
        if number < len(ENDED):
            paid.append((f"F{number}", DAY, "payment", 100))
    return items, paid


def curve(items, paid, policy=POLICY):
    snapshot = ledger_of(items, paid).at(DAY)
    rows = payment_curve.observations(snapshot.items, snapshot.settlements, policy)
    return payment_curve.by_day(rows, policy), rows


def of_all(table):
    rows = table[table["cohort_month"].isna()]
    return rows.set_index("since_issue_days")["paid_share"]


def test_the_published_example():
    share = of_all(curve(*portfolio())[0])
    published = {5: 1, 6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {day: round(1 - share[day], 3) for day in published} == published
    assert share[35] == share[23]
    assert np.isnan(share[36])  # nobody is watched any more


def test_amounts_are_weights():
    items = (
        ("F1", "1", "invoice", "2026-01-01", None, 3_000),
        ("F2", "1", "invoice", "2026-01-01", None, 7_000),
    )
    paid = (
        ("F1", "2026-01-11", "payment", 1_000),  # day 10
        ("F1", "2026-01-31", "payment", 2_000),  # day 30
        ("F2", "2026-01-21", "payment", 7_000),  # day 20
    )
    share = of_all(curve(items, paid)[0])
    assert share[[9, 10, 20, 29, 30, 40]].tolist() == pytest.approx([0, 0.1, 0.8, 0.8, 1, 1])


def test_a_credit_was_never_owed_and_a_write_off_was_never_paid():
    items = (
        ("F1", "1", "invoice", "2026-02-19", None, 1_000),
        ("F2", "1", "invoice", "2026-02-19", None, 1_000),
        ("F3", "1", "invoice", "2026-02-19", None, 2_000),
        ("C1", "1", "credit_note", "2026-02-19", None, -500),
    )
    paid = (
        ("F1", "2026-03-01", "credit", 1_000),
        ("F2", "2026-03-01", "write_off", 1_000),
        ("F3", "2026-03-11", "payment", 2_000),
    )
    table, rows = curve(items, paid)
    assert rows["amount_cents"].tolist() == [2_000, 1_000]
    assert of_all(table)[40] == pytest.approx(2 / 3)


def test_each_cohort_has_a_row_and_all_together_the_last():
    items = (
        ("F1", "1", "invoice", "2025-05-01", None, 1_000),
        ("F2", "1", "invoice", "2025-08-01", None, 3_000),
    )
    paid = (("F1", "2025-05-11", "payment", 1_000), ("F2", "2025-08-24", "payment", 1_500))
    table, rows = curve(items, paid)
    cohorts = payment_curve.by_cohort(table, rows, POLICY)
    assert cohorts["cohort_month"].dt.strftime("%Y-%m").tolist()[:2] == ["2025-01", "2025-07"]
    assert cohorts["cohort_month"].isna().tolist() == [False, False, True]
    assert cohorts["invoiced_cents"].tolist() == [1_000, 3_000, 4_000]
    assert cohorts["unpaid_cents"].tolist() == [0, 1_500, 1_500]
    assert cohorts["items_count"].tolist() == [1, 1, 2]
    assert cohorts["half_days"].tolist() == [10, 23, 23]
    assert cohorts["paid_d23_share"].tolist() == [1, 0.5, 0.625]
    assert "paid_d999_share" not in cohorts


def test_a_curve_ends_where_too_few_invoices_wait():
    policy = load_policy({"curve": {"min_waiting_count": 14, "last_days": 40}}).curve
    share = of_all(curve(*portfolio(), policy)[0])
    assert share.notna().sum() == 11  # from day 11 on fewer than fourteen are waiting
    assert share[10] == pytest.approx(0.247, abs=5e-4)


def test_nothing_invoiced_gives_empty_tables():
    table, rows = curve((), ())
    assert table.empty
    assert payment_curve.by_cohort(table, rows, POLICY).empty


@settings(max_examples=25, deadline=None)
@given(ledgers(), days())
def test_a_curve_never_falls_and_scaling_amounts_leaves_it(ledger, as_of):
    snapshot = ledger.at(as_of)
    items, paid = snapshot.items, snapshot.settlements
    table = payment_curve.by_day(payment_curve.observations(items, paid, POLICY), POLICY)
    for _, rows in table.groupby("cohort_month", dropna=False):
        assert (rows["paid_share"].dropna().diff().dropna() >= -1e-12).all()
        assert rows["paid_share"].dropna().between(0, 1 + 1e-12).all()
    money = ["amount_cents", "outstanding_cents"]
    tenfold = items.assign(**{name: items[name] * 10 for name in money})
    more = paid.assign(amount_cents=paid["amount_cents"] * 10)
    other = payment_curve.by_day(payment_curve.observations(tenfold, more, POLICY), POLICY)
    np.testing.assert_allclose(table["paid_share"], other["paid_share"])
