"""Own errors and causes on a few invoices that can be added by hand."""

import math

import pandas as pd
import pytest

from credit_helpers.metrics import disputes, invoicing, order_to_cash, terms
from credit_helpers.policy import load_policy

DAY = pd.Timestamp("2026-10-31")
YEAR_AGO = pd.Timestamp("2025-10-31")
POLICY = load_policy().order_to_cash


def items(*rows):
    """Invoices from (id, customer, issued, due, amount, open, settled, delivered, order)."""
    columns = ["item_id", "customer_id", "issued_on", "due_on", "amount_cents"]
    columns += ["outstanding_cents", "settled_on", "delivered_on", "order_ref"]
    frame = pd.DataFrame(rows, columns=columns)
    for name in ("issued_on", "due_on", "settled_on", "delivered_on"):
        frame[name] = pd.to_datetime(frame[name])
    past = (DAY - frame["due_on"]).dt.days.astype("float64")
    return frame.assign(kind="invoice", days_past_due=past)


FIVE = items(
    ("F1", "1", "2026-08-01", "2026-08-31", 1_000, 1_000, None, "2026-08-01", "PO-1"),
    ("F2", "1", "2026-08-11", "2026-09-10", 2_000, 2_000, None, "2026-08-10", ""),
    ("F3", "1", "2026-08-01", "2026-08-31", 4_000, 0, "2026-09-10", "2026-07-25", "PO-2"),
    ("F4", "2", "2026-09-01", "2026-10-01", 5_000, 400, None, None, ""),
    ("F5", "2", "2026-10-20", "2026-12-04", 700, 700, None, "2026-10-19", ""),
)
CUSTOMERS = pd.DataFrame(
    {"customer_id": ["1", "2"], "terms_days": pd.array([30, 30], dtype="Int64")}
)


def judged(
    rows=FIVE,
    disputed: frozenset[str] | None = frozenset({"F1"}),
    duplicates=frozenset(),
    customers=CUSTOMERS,
):
    more = terms.more_days(rows, customers)
    return order_to_cash.invoices(
        rows, more, disputed=disputed, duplicates=duplicates, policy=POLICY
    )


def test_each_invoice_has_the_first_cause_that_it_shows():
    found = judged().set_index("item_id")
    assert found["cause"].to_dict() == {
        "F1": "disputed",
        "F2": "no_order_ref",  # two of the three invoices of debtor 1 have one
        "F3": "payer",  # invoiced seven days after delivery: an error, but no cause
        "F4": "short_paid",
        "F5": "differing_terms",  # 45 days where 30 were agreed
    }
    assert found["late_invoice"].tolist() == [False, False, True, pd.NA, False]
    # a debtor who gives no order numbers needs none
    assert found.loc[["F4", "F5"], "no_order_ref"].isna().all()


def test_another_term_excuses_only_until_the_agreed_one_is_over():
    rows = items(  # 14 days on the invoice where 30 were agreed
        ("F1", "1", "2026-10-01", "2026-10-15", 100, 100, None, None, ""),  # 30 days ago
        ("F2", "1", "2026-09-30", "2026-10-14", 100, 100, None, None, ""),
        ("F3", "1", "2026-09-01", "2026-10-16", 100, 100, None, None, ""),  # 45 days
    )
    found = judged(rows, disputed=frozenset())
    assert found["differing_terms"].all() and found["is_faulty"].all()
    assert found["cause"].tolist() == ["differing_terms", "payer", "payer"]


def test_a_dispute_of_a_paid_invoice_no_longer_runs():
    told = pd.DataFrame({"item_id": ["F1", "F3"], "disputed_on": pd.to_datetime([None, None])})
    found = disputes.listed(told, FIVE, as_of=DAY)
    assert found["is_open"].tolist() == [True, False]
    assert disputes.figures(found).resolved_count == 0  # nobody knows when


def test_a_remainder_of_exactly_a_tenth_was_held_back_and_more_was_not():
    at = FIVE.assign(outstanding_cents=[0, 0, 0, 500, 0])
    beyond = FIVE.assign(outstanding_cents=[0, 0, 0, 501, 0])
    assert judged(at)["short_paid"].tolist() == [False, False, False, True, False]
    assert not judged(beyond)["short_paid"].any()


def test_causes_add_up_to_the_overdue_balance_with_the_credits():
    table = order_to_cash.causes(judged(), 3_300)
    assert table[["overdue_cause", "items_count", "overdue_cents"]].to_numpy().tolist() == [
        ["disputed", 1, 1_000],
        ["no_order_ref", 1, 2_000],
        ["short_paid", 1, 400],
        ["credits", 0, -100],
    ]
    assert table["overdue_share"].tolist()[:3] == pytest.approx([1 / 3.4, 2 / 3.4, 0.4 / 3.4])
    assert math.isnan(table["overdue_share"].iloc[3])


def test_what_the_input_does_not_hold_is_not_an_error_of_nobody():
    bare = FIVE.drop(columns=["delivered_on", "order_ref"])
    found = judged(bare, disputed=None, customers=CUSTOMERS[["customer_id"]])
    assert found["disputed"].isna().all() and found["late_invoice"].isna().all()
    table = order_to_cash.by_error(found, since=YEAR_AGO)
    assert table["error"].tolist() == ["duplicate", "short_paid"]


def test_an_error_is_held_against_invoices_without_it():
    rows = FIVE.assign(
        outstanding_cents=0,
        settled_on=pd.to_datetime(["2026-09-30", "2026-09-20", "2026-09-10", *["2026-10-31"] * 2]),
    )
    row = order_to_cash.by_error(judged(rows), since=YEAR_AGO).set_index("error").loc["disputed"]
    assert row["days_late"] == 30
    # 10 x 2,000 + 10 x 4,000 + 30 x 5,000 - 34 x 700 over 11,700
    assert row["other_days_late"] == pytest.approx((20_000 + 40_000 + 150_000 - 23_800) / 11_700)
    assert row["extra_days"] == row["days_late"] - row["other_days_late"]


def test_figures_of_own_errors():
    figures = order_to_cash.figures(judged(), since=YEAR_AGO)
    assert (figures.own_error_cents, figures.own_error_share) == (3_400, 1.0)
    assert (figures.short_paid_items_count, figures.short_paid_cents) == (1, 400)
    assert figures.no_order_ref_share == pytest.approx(2 / 7)


def test_nothing_invoiced_gives_no_figure():
    figures = order_to_cash.figures(judged(FIVE.head(0)), since=YEAR_AGO)
    assert math.isnan(figures.own_error_share) and math.isnan(figures.extra_days)
    assert order_to_cash.causes(judged(FIVE.head(0)), 0).empty


def test_days_from_delivery_to_invoice():
    lags = invoicing.lags(FIVE)
    assert lags["lag_days"].tolist() == [0, 1, 7, 1]
    table = invoicing.by_month(lags, POLICY)
    assert table["items_count"].tolist() == [3, 1]
    assert table["lag_days"].tolist() == [pytest.approx(30_000 / 7_000), 1.0]
    assert table["lagged_share"].tolist() == [pytest.approx(4 / 7), 0.0]
    taken = invoicing.reversals(FIVE, lookback_days=365)
    figures = invoicing.figures(
        lags, taken, FIVE, since=YEAR_AGO, sales_per_day_cents=100.0, policy=POLICY
    )
    assert figures.lag_days == pytest.approx(30_700 / 7_700)
    assert figures.lag_release_cents == pytest.approx((30_700 / 7_700 - 3) * 100)
    assert invoicing.by_month(invoicing.lags(FIVE.drop(columns="delivered_on")), POLICY).empty


def test_disputes_by_reason():
    raised = pd.DataFrame(
        {
            "item_id": ["F1", "F2", "F3", "F9"],
            "disputed_on": pd.to_datetime(["2026-10-01", "2026-10-21", "2026-08-10", "2026-10-01"]),
            "resolved_on": pd.to_datetime([None, "2026-11-05", "2026-08-30", None]),
            "reason": ["price", "price", "quantity", "price"],
        }
    )
    listed = disputes.listed(raised, FIVE, as_of=DAY)
    assert listed["is_open"].tolist() == [True, True, False]  # F2 is answered later; F9 is unknown
    table = disputes.by_reason(listed).set_index("dispute_reason")
    columns = ["disputes_count", "open_count", "open_cents", "open_days"]
    assert table.loc["price", columns].tolist() == [2, 2, 3_000, 20.0]
    assert table.loc["quantity", "resolve_days"] == 20
    figures = disputes.figures(listed)
    assert (figures.disputes_count, figures.open_cents, figures.resolve_days) == (3, 3_000, 20.0)
    assert disputes.figures(listed.head(0)).disputes_count == 0
