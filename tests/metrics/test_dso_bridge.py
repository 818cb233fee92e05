"""Why the DSO moved: one cause at a time, and always to the last day."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credit_helpers.metrics import debtor_groups, dso_bridge
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import EDGES, ledger_of
from tests.strategies import days, ledgers

POLICY = load_policy({"dso": {"period_days": 90, "pace_days": 90, "one_off_share": 1.0}}).dso
COUNT = 2
cents = st.integers(0, 10**9)


def position(*rows, sales=90_000, one_off=0):
    """A position from rows of (recent, granted, not due, late, terms)."""
    names = ["recent", "granted", "not_due", "late"]
    groups = pd.DataFrame(rows, columns=[*(f"{n}_cents" for n in names), "level_terms_days"])
    return dso_bridge.Position(sales, one_off, groups)


def bridge(then, now, policy=POLICY):
    groups = dso_bridge.by_group(then, now, policy)
    return dso_bridge.figures(then, now, groups, policy)


def effects(found):
    return [getattr(found, f"{cause}_days") for cause in dso_bridge.CAUSES]


STEADY = (60_000, 20_000, 20_000, 10_000, 30.0)
OTHER = (30_000, 10_000, 10_000, 20_000, 30.0)


def test_nothing_changed_moves_nothing():
    found = bridge(position(STEADY, OTHER), position(STEADY, OTHER))
    assert found.then_dso_days == found.now_dso_days == 60.0
    assert effects(found) == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("now", "cause", "change"),
    [
        (position((60_000, 20_000, 20_000, 16_000, 30.0), OTHER), "lateness", 6.0),
        (position((60_000, 20_000, 14_000, 10_000, 30.0), OTHER), "lateness", -6.0),  # early
        (position((60_000, 40_000, 40_000, 10_000, 60.0), OTHER), "terms", 20.0),
        (position((60_000, 30_000, 30_000, 10_000, 30.0), OTHER), "sales", 10.0),  # a late rush
        (position(STEADY, OTHER, one_off=3_000), "one_offs", 3.0),
        (position(STEADY, OTHER, sales=180_000), "sales", -30.0),  # all slower than the period
        # the same sales, more of them to those who pay late
        (
            position((30_000, 10_000, 10_000, 5_000, 30.0), (60_000, 20_000, 20_000, 40_000, 30.0)),
            "mix",
            15.0,
        ),
    ],
)
def test_each_cause_alone_takes_the_whole_change(now, cause, change):
    found = bridge(position(STEADY, OTHER), now)
    assert found.change_days == pytest.approx(change)
    wanted = [change if name == cause else 0.0 for name in dso_bridge.CAUSES]
    assert effects(found) == pytest.approx(wanted, abs=1e-9)


def test_a_group_that_came_or_went_is_mix():
    absent = (0, 0, 0, 0, math.nan)
    came = bridge(position(STEADY, absent), position(STEADY, OTHER, sales=135_000))
    assert came.terms_days == came.lateness_days == 0
    assert came.mix_days > 0
    assert sum(effects(came)) == pytest.approx(came.change_days)
    went = bridge(position(STEADY, OTHER), position(absent, absent, one_off=30_000))
    assert sum(effects(went)) == pytest.approx(went.change_days)


def test_without_sales_nothing_is_explained():
    found = bridge(position(STEADY, OTHER, sales=0), position(STEADY, OTHER))
    assert all(math.isnan(value) for value in vars(found).values())
    assert dso_bridge.causes(found, 100.0).empty
    assert not position(STEADY, OTHER).is_idle
    assert position((0, 20_000, 20_000, 10_000, 30.0)).is_idle


def test_a_position_keeps_what_is_no_ordinary_sale_apart():
    ledger = ledger_of(
        (
            ("F1", "1", "invoice", "2026-03-01", "2026-03-31", 10_000),  # due today: not overdue
            ("F2", "1", "invoice", "2026-02-01", "2026-03-03", 4_000),
            ("F3", "1", "invoice", "2026-03-10", None, 700),  # without a due date
            ("F4", "2", "invoice", "2026-03-05", "2026-04-04", 2_000),  # disputed
            ("F5", "2", "invoice", "2026-03-05", "2026-04-04", 500_000),  # one large invoice
            ("C1", "1", "credit_note", "2026-03-11", None, -100),
            ("U1", "3", "unapplied_cash", "2026-03-15", None, -50),
        ),
        (("F1", "2026-03-20", "payment", 1_000),),
        disputes=pd.DataFrame({"item_id": ["F4"], "disputed_on": pd.to_datetime(["2026-03-20"])}),
    )
    policy = load_policy({"dso": {"period_days": 90, "one_off_share": 0.5}}).dso
    codes = pd.Series({"1": 0, "2": 1, "3": 1})
    day = pd.Timestamp("2026-03-31")
    found = dso_bridge.position(ledger.at(day).items, codes, count=2, as_of=day, policy=policy)
    assert found.credit_sales_cents == 516_600
    assert found.groups["recent_cents"].tolist() == [14_000, 2_000]
    assert found.groups["granted_cents"].tolist() == [10_000, 0]
    assert found.groups["not_due_cents"].tolist() == [9_000, 0]
    assert found.groups["late_cents"].tolist() == [4_000, 0]
    assert found.groups["level_terms_days"].tolist() == [31.0, 31.0]
    assert found.one_off_cents == 700 + 2_000 + 500_000 - 100 - 50


rows = st.tuples(cents, cents, st.floats(0, 1), cents, st.floats(1, 120))


@st.composite
def positions(draw):
    def row(recent, granted, unpaid, late, terms):
        if recent == 0:  # who bought nothing has its balance among the one-offs
            return (0, 0, 0, 0, math.nan)
        return (recent, granted, int(granted * unpaid), late, terms)

    groups = [row(*draw(rows)) for _ in range(COUNT)]
    return position(*groups, sales=draw(st.integers(1, 10**10)), one_off=draw(cents))


@settings(max_examples=200, deadline=None)
@given(positions(), positions())
def test_the_effects_add_up_to_the_change(then, now):
    found = bridge(then, now)
    scale = max(1.0, found.then_dso_days, *(abs(effect) for effect in effects(found)))
    assert abs(sum(effects(found)) - found.change_days) <= 1e-9 * scale
    assert abs(found.now_dso_days - found.then_dso_days - found.change_days) <= 1e-9 * scale


@settings(max_examples=30, deadline=None)
@given(ledgers(), days(), days())
def test_a_position_holds_the_whole_balance_of_a_ledger(ledger, one, other):
    now = ledger.at(max(one, other))
    codes, classes = debtor_groups.by_terms_and_lateness(now.items, pd.Series(dtype=float), EDGES)
    found = [
        dso_bridge.position(
            ledger.at(day).items, codes, count=len(classes), as_of=day, policy=POLICY
        )
        for day in sorted((one, other))
    ]
    for day, place in zip(sorted((one, other)), found, strict=True):
        held = place.groups[["not_due_cents", "late_cents"]].sum().sum() + place.one_off_cents
        assert held == ledger.at(day).outstanding_cents
    bridged = bridge(*found)
    if not math.isnan(bridged.change_days):
        assert sum(effects(bridged)) == pytest.approx(bridged.change_days, rel=1e-9, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=5))
def test_shares_of_a_change_add_up(factors):
    found = sum(float(effect) for effect in dso_bridge.shares_of_change(*factors))
    change = math.prod(now for _, now in factors) - math.prod(then for then, _ in factors)
    assert found == pytest.approx(change, rel=1e-9, abs=1e-6)
