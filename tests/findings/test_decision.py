"""The decisions follow the findings: their advice, their department, their term."""

from __future__ import annotations

from credit_helpers.findings.collect import collect
from credit_helpers.findings.decision import decisions
from credit_helpers.policy import load_policy
from credit_helpers.words import Words
from tests.findings.fake_audit import audit

FINDINGS = collect(
    audit(
        dso={"dso_days": 80.0, "release_cents": 87_500_000.0},
        collection={"first_action_days": 8.0, "kept_share": 0.5},
    )
)


def test_decision_says_who_acts_and_by_when() -> None:
    first = decisions(FINDINGS, load_policy().findings)[0]
    assert first.finding.code == "dso_above_target"
    assert first.who(Words("nl")) == "Financiën, binnen 60 dagen"
    assert first.who(Words("en")) == "Finance, within 60 days"
    assert first.advice(Words("nl")).startswith("Maak de DSO een doel")


def test_as_many_decisions_as_the_policy_asks() -> None:
    one = load_policy({"findings": {"decisions_count": 1}}).findings
    assert len(FINDINGS) == 3
    assert len(decisions(FINDINGS, one)) == 1
    assert decisions((), one) == ()


def test_chapters_take_turns_among_equally_grave_findings() -> None:
    late = {"average_days_delinquent": 40.0, "dso_days": 80.0, "release_cents": 87_500_000.0}
    found = collect(audit(dso=late, behaviour={"days_late": 30.0}))
    assert [finding.code for finding in found] == [
        "dso_above_target",
        "delinquent_days",
        "paid_late",
    ]
    asked = decisions(found, load_policy().findings)
    assert [decision.finding.code for decision in asked] == [
        "dso_above_target",
        "paid_late",
        "delinquent_days",
    ]
