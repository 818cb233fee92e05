import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import dso_family
from credit_helpers.policy import load_policy
from credit_helpers.portfolio.ledger import Ledger
from tests.metrics.portfolio import DAY, ledger_of

POLICY = load_policy().dso
ITEMS = (
    ("F1", "1", "invoice", "2026-01-10", "2026-02-09", 10_000),  # 80 days old
    ("F2", "1", "invoice", "2026-01-20", "2026-02-19", 30_000),  # paid
    ("F3", "2", "invoice", "2026-03-01", "2026-04-30", 20_000),  # 30 days old
    ("C1", "2", "credit_note", "2026-03-05", None, -4_000),
    ("U1", "3", "unapplied_cash", "2026-03-15", None, -1_000),
)
PAID = (("F2", "2026-03-01", "payment", 30_000),)


def family(ledger, simple=(60.0, 50.0)):
    now = ledger.at(DAY)
    return dso_family.figures(now.items, now.customers, as_of=DAY, simple=simple, policy=POLICY)


def delivered(*days):
    ledger = ledger_of(ITEMS, PAID)
    items = ledger.items.assign(delivered_on=pd.to_datetime(list(days)))
    return Ledger(ledger.customers, items, ledger.settlements)


def test_each_month_is_held_against_its_own_sales():
    now = ledger_of(ITEMS, PAID).at(DAY)
    table = dso_family.by_month(now.items, DAY)
    assert table["month"].tolist() == [pd.Timestamp("2026-01-31"), pd.Timestamp("2026-03-31")]
    assert table["credit_sales_cents"].tolist() == [40_000, 16_000]
    assert table["open_invoices_cents"].tolist() == [10_000, 20_000]
    assert table["mean_age_days"].tolist() == [80.0, 30.0]
    assert table["mean_delivery_age_days"].isna().all()
    found = family(ledger_of(ITEMS, PAID))
    assert found.per_invoice_dso_days == 80 / 4 + 30 * 20 / 16
    assert found.sales_weighted_dso_days == 31 / 4 + 31 * 20 / 16
    assert np.isnan(found.per_invoice_delivery_days)
    assert np.isnan(found.dso_delivery_days)


def test_delivery_starts_the_days_earlier_where_it_is_known():
    ledger = delivered("2026-01-05", None, "2026-02-27", None, None)
    found = family(ledger)
    assert found.invoicing_lag_days == (5 * 10_000 + 2 * 20_000) / 30_000
    assert found.delivered_share == 0.5
    assert found.dso_delivery_days == 60.0 + 3.0
    assert found.countback_delivery_days == 50.0 + 3.0
    assert found.per_invoice_delivery_days == 85 / 4 + 32 * 20 / 16


def test_terms_are_those_of_the_invoices_and_those_agreed():
    customers = pd.DataFrame(
        {
            "customer_id": ["1", "2", "3"],
            "name": ["Alfa", "Bèta", "Gamma"],
            "terms_days": pd.array([14, pd.NA, 8], dtype="Int64"),
        }
    )
    found = family(ledger_of(ITEMS, PAID, customers=customers))
    assert found.invoiced_terms_days == (30 * 10_000 + 30 * 30_000 + 60 * 20_000) / 60_000
    assert (found.agreed_terms_days, found.agreed_share) == (14.0, pytest.approx(2 / 3))


def test_without_a_dso_no_form_is_known():
    found = family(ledger_of(ITEMS, PAID), (np.nan, np.nan))
    assert np.isnan(list(vars(found).values())).all()


def test_a_paid_ledger_has_no_days():
    found = family(ledger_of(ITEMS[1:2], PAID))
    assert (found.per_invoice_dso_days, found.sales_weighted_dso_days) == (0.0, 0.0)
