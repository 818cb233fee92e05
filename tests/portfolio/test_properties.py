"""What holds for every ledger and every day."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import days, frozen, ledgers, shuffled

few = settings(max_examples=40, deadline=None)


@few
@given(ledgers(), days())
def test_the_balance_is_items_less_settlements(ledger, as_of):
    snapshot = ledger.at(as_of)
    issued = [row for row in ledger.items.itertuples() if row.issued_on <= as_of]
    known = {row.item_id for row in issued}
    settled = sum(
        row.amount_cents
        for row in ledger.settlements.itertuples()
        if row.item_id in known and not row.settled_on > as_of
    )
    assert snapshot.outstanding_cents == sum(row.amount_cents for row in issued) - settled
    assert snapshot.outstanding_cents == snapshot.items["outstanding_cents"].sum()


def figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out at which row of its ledger each stands."""
    return rows.drop(columns=["item_place", "customer_place"], errors="ignore")


@few
@given(ledgers(), days())
def test_an_as_of_view_is_the_snapshot_frozen_that_day(ledger, as_of):
    then = frozen(ledger, as_of).at(as_of)
    now = ledger.at(as_of)
    for table in ("items", "open_items", "settlements", "sales"):
        pd.testing.assert_frame_equal(figures(getattr(now, table)), figures(getattr(then, table)))


@few
@given(ledgers(), days(), st.integers(0, 1_000))
def test_the_order_of_rows_does_not_matter(ledger, as_of, seed):
    one, other = ledger.at(as_of).items, shuffled(ledger, seed).at(as_of).items
    ordered = [figures(rows).sort_values("item_id", ignore_index=True) for rows in (one, other)]
    pd.testing.assert_frame_equal(*ordered)


@few
@given(ledgers(undated=False), days())
def test_a_settled_item_has_its_day_and_an_open_one_has_none(ledger, as_of):
    items = ledger.at(as_of).items
    is_open = items["outstanding_cents"] != 0
    assert items.loc[is_open, "settled_on"].isna().all()
    assert (items.loc[~is_open, "settled_on"] <= as_of).all()
