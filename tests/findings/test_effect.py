"""Net effects count each euro once; the figures are written out in a portfolio of three debtors."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_helpers.errors import LANGUAGES
from credit_helpers.findings.action import EFFECT_KINDS, EFFORTS, action, actions, terms
from credit_helpers.findings.effect import COUNTED, net_total, netted
from credit_helpers.findings.finding import DEPARTMENTS, SEVERITIES, Evidence, Finding
from credit_helpers.findings.plan import totals
from credit_helpers.words import texts

# 001 owes 100, of which 60 overdue; 002 owes 50, all overdue; 003 is in credit
BALANCES = pd.DataFrame(
    {
        "customer_id": pd.array(["001", "002", "003"], dtype="string"),
        "outstanding_cents": [100, 50, -30],
        "overdue_cents": [60, 50, -30],
    }
)


def finding(code: str, cents: int, **claims: int) -> Finding:
    shown = Finding(
        code=code, severity="high", department="sales", subject="limits", value=1.0,
        threshold=0.0, unit="count", policy_key="limits.max_over_limit_count", impact_cents=cents,
        evidence=Evidence("limits"), claims={key.lstrip("_"): v for key, v in claims.items()},
    )  # fmt: skip
    return replace(shown, effect_kind=action(code).effect)


def net(*findings: Finding, balances: pd.DataFrame = BALANCES) -> list[int]:
    return [found.net_cents for found in netted(findings, balances)]


def test_a_debtor_counts_for_its_largest_effect() -> None:
    over, disputed = finding("over_limit", 40, _001=40), finding("disputes", 70, _001=55, _002=15)
    assert net(over, disputed) == [40, 30]
    assert net(disputed, over) == [70, 0]


def test_no_debtor_counts_for_more_than_it_owes() -> None:
    assert net(finding("over_limit", 190, _001=160, _003=30)) == [100]


def test_the_whole_portfolio_comes_after_the_debtors_and_an_outcome_last() -> None:
    dso, first = finding("dso_above_target", 90), finding("first_action_late", 50)
    over = finding("over_limit", 40, _001=40)
    assert net(dso, first, over) == [40, 10, 40]


def test_the_whole_portfolio_claims_no_more_than_what_is_left_of_the_overdue() -> None:
    assert net(finding("dso_above_target", 500)) == [110]
    assert net(finding("over_limit", 80, _001=80), finding("dso_above_target", 500)) == [80, 50]


@pytest.mark.parametrize("code", ["high_risk_balance", "erratic_payers", "credit_notes"])
def test_exposure_and_margin_stay_out(code) -> None:
    assert net(finding(code, 90, _001=90), finding("over_limit", 40, _001=40)) == [0, 40]


def test_without_debtors_there_is_nothing_to_count() -> None:
    assert net(finding("dso_above_target", 500), balances=BALANCES.head(0)) == [0]
    assert netted((), BALANCES) == ()


CODES = st.sampled_from(actions())
CLAIMS = st.dictionaries(st.sampled_from(["_001", "_002", "_003", "_999"]), st.integers(1, 200))
FINDINGS = st.lists(
    st.tuples(CODES, CLAIMS, st.integers(0, 300)).map(
        lambda t: finding(t[0], sum(t[1].values()) or t[2], **t[1])
    ),
    max_size=8,
)
OWED = st.lists(st.tuples(st.integers(-50, 300), st.integers(-50, 300)), min_size=3, max_size=3)


@given(FINDINGS, OWED, st.permutations([0, 1, 2]))
def test_never_more_than_the_balance_nor_than_gross(found, owed, order) -> None:
    rows = BALANCES.assign(
        outstanding_cents=[one[0] for one in owed], overdue_cents=[one[1] for one in owed]
    )
    counted = netted(found, rows)
    assert net_total(counted) <= sum(max(one[0], 0) for one in owed)
    assert all(0 <= one.net_cents <= one.impact_cents for one in counted)
    assert counted == netted(found, rows.iloc[order].reset_index(drop=True))
    assert int(totals(counted)["net_cents"].sum()) == net_total(counted)


def test_every_finding_has_an_action() -> None:
    codes = {key.split(".")[1] for key in texts(LANGUAGES[0]) if key.startswith("findings.")}
    assert set(actions()) == codes - {"opening"}
    assert {action(code).effect for code in actions()} <= set(EFFECT_KINDS)
    assert {action(code).effort for code in actions()} <= set(EFFORTS)
    assert all(action(code).effect in COUNTED for code in actions() if action(code).is_outcome)
    assert terms() == (30, 60, 90)
    assert set(SEVERITIES) == {"high", "middle", "low"}


def test_plan_adds_up_per_term_and_department() -> None:
    found = netted(
        (
            replace(finding("over_limit", 40, _001=40), term_days=30),
            replace(finding("disputes", 70, _001=55, _002=15), term_days=90, department="finance"),
        ),
        BALANCES,
    )
    rows = totals(found)
    assert rows["term_days"].tolist() == [30, 60, 90]
    assert rows["actions_count"].tolist() == [1, 0, 1]
    assert rows["net_cents"].tolist() == [40, 0, 30]
    assert rows[[f"{name}_net_cents" for name in DEPARTMENTS]].to_numpy().tolist() == [
        [40, 0, 0], [0, 0, 0], [0, 30, 0],
    ]  # fmt: skip
