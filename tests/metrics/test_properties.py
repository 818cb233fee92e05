"""What holds for every ledger, every day and every choice of edges."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credit_helpers.metrics import (
    ageing,
    ageing_trend,
    behaviour,
    collection,
    concentration,
    drift,
    dso,
    dso_family,
    indicators,
    limits,
    movement,
    priority,
    profiles,
    quality,
    receipts,
    repeats,
    segmentation,
    terms,
    write_offs,
)
from credit_helpers.policy import load_policy
from tests.strategies import days, ledgers, shuffled

POLICY = load_policy({"dso": {"min_history_share": 0.0}})
EDGES = POLICY.ageing.edges_days
few = settings(max_examples=30, deadline=None)
edges = st.sets(st.integers(1, 200), max_size=5).map(lambda days: (0, *sorted(days)))


def columns_of(frame, names):
    return frame[[f"{name}_cents" for name in names]]


@few
@given(ledgers(), days(), edges)
def test_buckets_sum_to_the_balance_and_hold_each_item_once(ledger, as_of, edges):
    snapshot = ledger.at(as_of)
    names = ageing.bucket_names(edges)
    by_bucket = ageing.by_bucket(snapshot.open_items, edges)
    assert by_bucket["outstanding_cents"].sum() == snapshot.outstanding_cents
    assert by_bucket["items_count"].sum() == len(snapshot.open_items)
    kinds = by_bucket[list(ageing.KINDS.values())].sum(axis=1)
    assert (kinds == by_bucket["outstanding_cents"]).all()
    by_issue = ageing.by_bucket(snapshot.open_items, edges, basis="issued_on")
    assert by_issue["items_count"].sum() == len(snapshot.open_items)
    by_customer = ageing.by_customer(snapshot.open_items, snapshot.customers, edges)
    spread = columns_of(by_customer, names).sum(axis=1)
    assert (spread == by_customer["outstanding_cents"]).all()
    assert by_customer["outstanding_cents"].sum() == snapshot.outstanding_cents
    codes = ageing.bucket_codes(snapshot.open_items["days_past_due"], edges)
    assert ((codes >= 0) & (codes < len(names))).all()


@few
@given(ledgers(), days(), edges)
def test_the_trend_is_the_snapshot_of_each_day(ledger, as_of, edges):
    ends = pd.date_range(end=as_of, periods=3, freq="20D")
    trend = ageing_trend.by_month(ledger.items, ledger.settlements, ends, edges)
    for row in trend.itertuples():
        totals = ageing.totals(ledger.at(row.as_of).open_items, edges)
        table = ageing.by_bucket(ledger.at(row.as_of).open_items, edges)
        assert row.outstanding_cents == totals.outstanding_cents
        assert row.overdue_cents == totals.overdue_cents
        for bucket, cents in zip(table["bucket"], table["outstanding_cents"], strict=True):
            assert getattr(row, f"{bucket}_cents") == cents


@few
@given(ledgers(), days())
def test_the_movement_closes_on_the_balance_of_each_month(ledger, as_of):
    ends = ledger.at(as_of).month_ends(12)
    table = movement.by_month(ledger.items, ledger.settlements, ends)
    outgoing = table["credited_cents"] + table["received_cents"] + table["written_off_cents"]
    change = table["invoiced_cents"] - outgoing + table["other_cents"]
    assert (table["opening_cents"] + change == table["closing_cents"]).all()
    assert (table["opening_cents"].to_numpy()[1:] == table["closing_cents"].to_numpy()[:-1]).all()
    for row in table.itertuples():
        assert row.closing_cents == ledger.at(row.as_of).outstanding_cents
    before = ends[0].replace(day=1) - pd.Timedelta(days=1)
    assert table["opening_cents"][0] == ledger.at(before).outstanding_cents


@few
@given(ledgers(), days(), edges)
def test_the_movement_of_each_bucket_closes_and_what_rolls_out_rolls_in(ledger, as_of, edges):
    ends = ledger.at(as_of).month_ends(12)
    table = movement.by_bucket(ledger.items, ledger.settlements, ends, edges)
    outgoing = table["credited_cents"] + table["received_cents"] + table["written_off_cents"]
    change = table["invoiced_cents"] - outgoing + table["other_cents"]
    rolled = table["rolled_in_cents"] - table["rolled_out_cents"]
    assert (table["opening_cents"] + change + rolled == table["closing_cents"]).all()
    months = movement.by_month(ledger.items, ledger.settlements, ends)
    sums = table.drop(columns="bucket").groupby("as_of", as_index=False).sum()
    assert (sums["rolled_in_cents"] == sums["rolled_out_cents"]).all()
    for name in months.columns[1:]:
        assert (sums[name] == months[name]).all()
    trend = ageing_trend.by_month(ledger.items, ledger.settlements, ends, edges)
    for name in ageing.bucket_names(edges):
        closing = table.loc[table["bucket"] == name, "closing_cents"]
        assert closing.tolist() == trend[f"{name}_cents"].tolist()


@few
@given(ledgers(), days(), edges, st.lists(st.sampled_from(["", "A", "B"]), min_size=8, max_size=8))
def test_groupings_of_the_same_balance_agree(ledger, as_of, edges, groups):
    snapshot = ledger.at(as_of)
    items = snapshot.open_items
    values = pd.Series(groups[: len(items)], dtype="string")
    columns = [f"{name}_cents" for name in ageing.bucket_names(edges)]
    one = ageing.by_attribute(items, values, edges)[columns].sum()
    other = ageing.by_customer(items, snapshot.customers, edges)[columns].sum()
    third = ageing.by_attribute(items, items["currency"], edges)[columns].sum()
    assert one.tolist() == other.tolist() == third.tolist()
    assert ageing.by_bucket(items, edges)["disputed_cents"].sum() == int(
        items["outstanding_cents"][items["is_disputed"]].sum()
    )


def scaled(ledger, factor):
    """The same ledger with every amount so many times as large."""
    items = ledger.items.assign(
        amount_cents=ledger.items["amount_cents"] * factor,
        amount_minor=ledger.items["amount_minor"] * factor,
    )
    paid = ledger.settlements.assign(amount_cents=ledger.settlements["amount_cents"] * factor)
    return dataclasses.replace(ledger, items=items, settlements=paid)


def dso_in_days(ledger, as_of):
    now = ledger.at(as_of)
    trend = ageing_trend.by_month(ledger.items, ledger.settlements, [now.as_of], EDGES)
    series = dso.series(trend, now.sales, POLICY.dso)
    family = dso_family.figures(
        now.items, now.customers, as_of=now.as_of, simple=(1.0, 1.0), policy=POLICY.dso
    )
    shares = indicators.series(trend, now.sales, EDGES)[["current_share", "oldest_share"]]
    return [*series.filter(like="days").iloc[0], *vars(family).values(), *shares.iloc[0]]


@few
@given(ledgers(), days(), st.integers(2, 50))
def test_larger_amounts_make_larger_totals_and_the_same_days(ledger, as_of, factor):
    larger = scaled(ledger, factor)
    one, other = (each.at(as_of).open_items for each in (ledger, larger))
    totals, more = (ageing.totals(items, EDGES) for items in (one, other))
    for field in ("outstanding_cents", "overdue_cents", "oldest_cents", "no_due_date_cents"):
        assert getattr(more, field) == factor * getattr(totals, field)
    ends = ledger.at(as_of).month_ends(12)
    tables = [
        movement.by_bucket(each.items, each.settlements, ends, EDGES).iloc[:, 2:]
        for each in (ledger, larger)
    ]
    assert (tables[1] == factor * tables[0]).all(axis=None)
    before, after = dso_in_days(ledger, as_of), dso_in_days(larger, as_of)
    assert after == pytest.approx(before, nan_ok=True)


@few
@given(ledgers(), days())
def test_divided_weights_sum_to_the_invoices(ledger, as_of):
    snapshot = ledger.at(as_of)
    items, rows = snapshot.items, snapshot.settlements
    weights = receipts.of_invoices(items, rows).groupby("customer_id")["weight_cents"].sum()
    paid = rows[
        (rows["kind"] == "payment") & rows["settled_on"].notna() & (rows["amount_cents"] > 0)
    ]
    judged = (items["kind"] == "invoice") & items["due_on"].notna()
    judged &= items["item_id"].isin(paid["item_id"])
    owed = items[judged].groupby("customer_id")["amount_cents"].sum()
    assert weights.to_dict() == owed.to_dict()


@few
@given(ledgers(), days(), st.integers(0, 1_000))
def test_the_order_of_rows_does_not_matter(ledger, as_of, seed):
    for one, other in zip(
        tables(ledger, as_of), tables(shuffled(ledger, seed), as_of), strict=True
    ):
        pd.testing.assert_frame_equal(one, other)


@few
@given(ledgers(), days())
def test_contributions_add_up_to_the_priority(ledger, as_of):
    *_, ranked = tables(ledger, as_of)
    parts = ranked[[f"{name}_score" for name in priority.REASON_OF]]
    assert (abs(parts.sum(axis=1) - ranked["priority_score"]) < 1e-9).all()
    assert ranked["priority_score"].between(0, 100 + 1e-9).all()
    assert ranked["priority_score"].is_monotonic_decreasing
    assert (ranked["reasons"] != "").all()
    assert ranked["step"].isin(priority.STEPS).all()


def tables(ledger, as_of):
    """Every table by debtor or item, the worklist last."""
    snapshot = ledger.at(as_of)
    items, settlements, customers = snapshot.items, snapshot.settlements, snapshot.customers
    day = {"as_of": snapshot.as_of}
    balance = ageing.by_customer(snapshot.open_items, customers, POLICY.ageing.edges_days)
    payments = receipts.of_invoices(items, settlements)
    course = drift.by_customer(payments, **day, policy=POLICY.behaviour)
    paid = behaviour.by_customer(payments, customers, course, **day, policy=POLICY.behaviour)
    judged = collection.judged_promises(snapshot.promises, items, settlements, **day)
    collected = collection.by_customer(judged, snapshot.reminders, items, customers)
    old = limits.stopping_days(snapshot.open_items, balance["customer_id"], POLICY.limits)
    limited = limits.by_customer(balance.assign(stopping_days=old), customers, POLICY.limits)
    known = profiles.by_customer(items, customers, **day, policy=POLICY.segmentation)
    segments = segmentation.by_customer(known, balance, paid, marks={}, policy=POLICY)
    facts = priority.circumstances(customers, limited, collected, snapshot.open_items)
    compared = repeats.flags(items, POLICY.quality.near_duplicate_days)
    compared = compared.assign(differing_terms=terms.differing(items, customers))
    checked = quality.checks(items, settlements, compared, **day, policy=POLICY.quality)
    written = write_offs.figures(items, settlements, **day, period_days=365)
    return (
        balance,
        payments.drop(columns="customer_place"),  # at which row the customer stands
        paid,
        behaviour.by_month(payments),
        behaviour.distribution(payments, POLICY.ageing.edges_days),
        concentration.curve(balance),
        limited,
        collected,
        segments,
        segmentation.summary(segments),
        segmentation.groups(segments),
        checked,
        quality.summary(checked),
        pd.DataFrame([vars(written)]),
        priority.rank(balance, segments, facts, policy=POLICY.priority),
    )
