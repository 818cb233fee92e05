"""Finding and opening of the chapter on the way of working, answers beside the ledger."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.finding import Evidence, Finding
from credit_helpers.findings.rule import Measure, judged

SUBJECT = "maturity"


def rules(audit: Any) -> Iterator[Finding]:
    """Yield what the ledger says otherwise than the answers."""
    yield from judged((_contradictions,), SUBJECT, audit)


def _contradictions(audit: Any) -> Measure:
    rows, figures = audit.maturity_answers, audit.maturity
    keys = rows.loc[rows["status"] == "contradiction", "question"]
    return Measure(
        code="contradicted_answers",
        policy_key="maturity.max_contradictions_count",
        value=figures.contradictions_count,
        impact_cents=math.nan,
        department="finance",
        unit="count",
        evidence=Evidence("maturity_answers", tuple(keys)),
        values={
            "contradictions_count": figures.contradictions_count,
            "answered_count": figures.answered_count,
            "contradiction_beyond_share": audit.policy.maturity.contradiction_beyond_share,
        },
        gravest="middle",
    )


def conclude(audit: Any) -> Conclusion:
    """Return the opening: contradictions first, then the place from defensive to preventive."""
    if audit.missing(SUBJECT):
        return Conclusion(SUBJECT, "cannot_judge")
    figures, policy = audit.maturity, audit.policy.maturity
    values = {
        "questions_count": figures.questions_count,
        "answered_count": figures.answered_count,
        "contradictions_count": figures.contradictions_count,
        "answer_score": figures.answer_score,
        "ledger_score": figures.ledger_score,
        "preventive_score": figures.preventive_score,
        "proven_preventive_score": figures.proven_preventive_score,
        "defensive_below_score": policy.defensive_below_score,
        "preventive_from_score": policy.preventive_from_score,
    }
    return Conclusion(SUBJECT, _opening(audit), values)


def _opening(audit: Any) -> str:
    figures, policy = audit.maturity, audit.policy.maturity
    if math.isnan(figures.proven_preventive_score):
        return "few_answers"
    if math.isnan(figures.ledger_score):
        return "unproven"
    if figures.contradictions_count:
        return "contradictions"
    if figures.proven_preventive_score >= policy.preventive_from_score:
        return "preventive"
    is_defensive = figures.proven_preventive_score < policy.defensive_below_score
    return "defensive" if is_defensive else "between"
