"""Schema: the types a table gets, and what it refuses."""

import pandas as pd
import pytest

from credit_helpers.portfolio.schema import CUSTOMERS, DAY, ITEMS, SETTLEMENTS


def row(**values):
    return {
        "item_id": "F1",
        "customer_id": "1",
        "kind": "invoice",
        "issued_on": "2026-01-01",
        "due_on": None,
        "amount_cents": 100,
        "currency": "EUR",
        "amount_minor": 100,
        **values,
    }


def test_an_empty_table_has_its_columns_and_types():
    frame = ITEMS.frame()
    assert frame.empty
    assert {c: str(t) for c, t in frame.dtypes.items()} == ITEMS.required


def test_identifiers_keep_their_leading_zeros():
    frame = CUSTOMERS.frame(pd.DataFrame({"customer_id": ["00123"], "name": ["A"]}))
    assert frame["customer_id"].tolist() == ["00123"]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_days_have_one_unit_whatever_they_come_in(unit):
    issued = pd.Series(["2026-01-31"]).astype(f"datetime64[{unit}]")
    frame = ITEMS.frame(pd.DataFrame([row()]).assign(issued_on=issued))
    assert str(frame["issued_on"].dtype) == DAY
    assert frame["issued_on"][0] == pd.Timestamp("2026-01-31")


def test_a_time_of_day_is_dropped():
    frame = ITEMS.frame(pd.DataFrame([row(issued_on=pd.Timestamp("2026-01-31 23:59"))]))
    assert frame["issued_on"][0] == pd.Timestamp("2026-01-31")
    assert frame["due_on"].isna().all()


def test_unknown_and_missing_columns_are_refused_by_name():
    with pytest.raises(KeyError, match="item_id.*settled_day"):
        SETTLEMENTS.frame(pd.DataFrame({"settled_day": [], "settled_on": [], "kind": []}))


@pytest.mark.parametrize("cents", [10.5, float("nan")])
def test_part_cents_and_missing_amounts_are_refused(cents):
    with pytest.raises(ValueError, match="items.amount_cents is not whole cents"):
        ITEMS.frame(pd.DataFrame([row(amount_cents=cents)]))


def test_whole_floats_become_cents():
    frame = ITEMS.frame(pd.DataFrame([row(amount_cents=12_345.0)]))
    assert frame["amount_cents"].tolist() == [12_345]
    assert frame["amount_cents"].dtype == "int64"


def test_the_given_frame_is_not_altered():
    given = pd.DataFrame([row(issued_on=pd.Timestamp("2026-01-31 10:00"))])
    before = given.copy(deep=True)
    ITEMS.frame(given)
    pd.testing.assert_frame_equal(given, before)
