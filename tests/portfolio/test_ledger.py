"""Ledger: tables that fit together, and what the input supports."""

import dataclasses

import pandas as pd
import pytest

from credit_helpers.portfolio.ledger import Ledger
from credit_helpers.portfolio.schema import ITEMS

F1 = ("F1", "invoice", "2026-01-01", "2026-01-31", 10_000)
F2 = ("F2", "invoice", "2026-02-01", "2026-03-03", 5_000)


def test_tables_that_do_not_fit_are_refused_all_at_once(make_ledger):
    odd = ("F1", "proforma", None, None, 1)
    with pytest.raises(ValueError) as error:
        make_ledger([F1, odd], [("F9", "2026-01-05", "gift", 1)])
    assert str(error.value) == (
        "items.item_id is not unique; items.issued_on is missing; "
        "items.kind is unknown; settlements.kind is unknown"
    )


def test_a_settlement_of_nothing_is_refused(make_ledger):
    with pytest.raises(ValueError, match=r"settlements\.item_id is unknown"):
        make_ledger([F1], [("F9", "2026-01-05", "payment", 1)])


def test_an_item_of_an_unknown_customer_is_refused(make_ledger):
    ledger = make_ledger([F1])
    with pytest.raises(ValueError, match=r"items\.customer_id is unknown"):
        Ledger(ledger.customers.iloc[:0], ledger.items)


def test_a_customer_twice_is_refused():
    twice = pd.DataFrame({"customer_id": ["1", "1"], "name": ["A", "B"]})
    with pytest.raises(ValueError, match=r"customers\.customer_id is not unique"):
        Ledger(twice, ITEMS.frame())


def test_an_empty_ledger_has_no_days_and_no_capabilities(make_ledger):
    ledger = make_ledger()
    assert ledger.first_on is None
    assert ledger.latest_on is None
    assert ledger.history_from is None
    assert ledger.capabilities == frozenset()


def test_history_reaches_back_to_the_first_document(make_ledger):
    ledger = make_ledger([F1, F2], [("F1", "2026-02-03", "payment", 10_000)])
    assert ledger.history_from == pd.Timestamp("2026-01-01")
    assert ledger.latest_on == pd.Timestamp("2026-02-03")
    assert ledger.capabilities == {"due_dates", "payment_history"}


def test_an_undated_settlement_leaves_the_export_day_only(make_ledger):
    export = pd.Timestamp("2026-03-31")
    rows = [("F1", "2026-02-03", "payment", 4_000), ("F1", None, "payment", 6_000)]
    ledger = make_ledger([F1], rows, observed_on=export)
    assert ledger.has_payment_history
    assert ledger.history_from == export


def test_capabilities_name_what_has_values(make_ledger):
    ledger = make_ledger([("F1", "invoice", "2026-01-01", None, 1)])
    assert "due_dates" not in ledger.capabilities
    customers = ledger.customers.assign(credit_limit_cents=[5], insured_limit_cents=[pd.NA])
    assert dataclasses.replace(ledger, customers=customers).capabilities == {"limits"}


def test_a_ledger_equals_itself_and_can_be_a_key(make_ledger):
    ledger = make_ledger([F1])
    assert ledger == ledger
    assert ledger != make_ledger([F1])
    assert {ledger: 1}[ledger] == 1
