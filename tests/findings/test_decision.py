"""The decisions follow the findings: their advice, their department, their term."""

from __future__ import annotations

from dataclasses import replace

from credit_helpers.findings.collect import collect
from credit_helpers.findings.decision import decisions
from credit_helpers.findings.finding import Finding
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


def placed(code: str, severity: str, subject: str) -> Finding:
    return replace(FINDINGS[0], code=code, severity=severity, subject=subject)


def asked(*findings: Finding) -> list[str]:
    policy = load_policy({"findings": {"decisions_count": len(findings)}}).findings
    return [decision.finding.code for decision in decisions(findings, policy)]


def test_chapters_take_turns_among_equally_grave_findings() -> None:
    assert asked(
        placed("over_limit", "high", "limits"),
        placed("without_limit", "high", "limits"),
        placed("careful_sectors", "high", "segmentation"),
        placed("write_offs", "middle", "order_to_cash"),
    ) == ["over_limit", "careful_sectors", "without_limit", "write_offs"]


def test_a_theme_that_was_named_comes_back_before_nothing_but_trifles() -> None:
    assert asked(
        placed("dso_above_target", "high", "dso"),
        placed("delinquent_days", "high", "dso"),
        placed("paid_late", "high", "behaviour"),
        placed("drifting_debtors", "high", "behaviour"),
        placed("over_limit", "middle", "limits"),
        placed("similar_number", "low", "data_quality"),
    ) == [
        "dso_above_target", "drifting_debtors", "over_limit", "delinquent_days", "paid_late",
        "similar_number",
    ]  # fmt: skip
