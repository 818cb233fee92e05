"""Findings and opening of the chapter on DSO."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.finding import Evidence, Finding
from credit_helpers.findings.rule import Measure, judged

SUBJECT = "dso"
CAUSES = ("sales", "terms", "lateness", "mix", "one_offs")


def rules(audit: Any) -> Iterator[Finding]:
    """Yield what is beyond the norm in the DSO family."""
    yield from judged((_above_target, _rose, _longer_terms, _delinquent), SUBJECT, audit)


def _above_target(audit: Any) -> Measure:
    figures = audit.dso
    return Measure(
        code="dso_above_target",
        policy_key="dso.target_days",
        value=figures.dso_days,
        impact_cents=figures.release_cents,
        department="finance",
        unit="days",
        evidence=Evidence("dso_series"),
        values={
            "dso_days": figures.dso_days,
            "best_days": figures.best_possible_dso_days,
            "above_days": figures.dso_days - figures.target_days,
            "sales_per_day_cents": figures.sales_per_day_cents,
        },
    )


def _rose(audit: Any) -> Measure:
    figures, bridge = audit.dso, audit.dso_bridge
    is_explained = not math.isnan(bridge.sales_days)
    return Measure(
        code="dso_rose" if is_explained else "dso_rose_unexplained",
        policy_key="dso.max_rise_days",
        value=figures.change_days,
        impact_cents=figures.change_days * figures.sales_per_day_cents,
        department="finance",
        unit="days",
        evidence=Evidence("dso_series"),
        values={
            "dso_days": figures.dso_days,
            "year_ago_days": figures.year_ago_dso_days,
            "rise_days": figures.change_days,
            "pace_days": audit.policy.dso.pace_days,
            **{f"{cause}_days": getattr(bridge, f"{cause}_days") for cause in CAUSES},
        },
    )


def _longer_terms(audit: Any) -> Measure:
    bridge, figures = audit.dso_bridge, audit.dso
    return Measure(
        code="longer_terms",
        policy_key="dso.max_terms_effect_days",
        value=bridge.terms_days,
        impact_cents=bridge.terms_days * figures.sales_per_day_cents,
        department="sales",
        unit="days",
        evidence=Evidence("dso_bridge"),
        values={
            "terms_days": bridge.terms_days,
            "then_on": audit.dso_then_on,
            "invoiced_terms_days": audit.dso_family.invoiced_terms_days,
        },
    )


def _delinquent(audit: Any) -> Measure:
    figures, norm = audit.dso, audit.policy.dso.max_delinquent_days
    delinquent = figures.average_days_delinquent
    return Measure(
        code="delinquent_days",
        policy_key="dso.max_delinquent_days",
        value=delinquent,
        impact_cents=(delinquent - norm) * figures.sales_per_day_cents,
        department="administration",
        unit="days",
        evidence=Evidence("dso_series"),
        values={
            "delinquent_days": delinquent,
            "dso_days": figures.dso_days,
            "best_days": figures.best_possible_dso_days,
        },
    )


def conclude(audit: Any) -> Conclusion:
    """Return the opening: the DSO against its target and a year ago, and what causes it."""
    figures = audit.dso
    change = 0.0 if math.isnan(figures.change_days) else figures.change_days
    values = {
        "dso_days": figures.dso_days,
        "target_days": figures.target_days,
        "above_days": figures.dso_days - figures.target_days,
        "best_days": figures.best_possible_dso_days,
        "delinquent_days": figures.average_days_delinquent,
        "countback_days": figures.countback_dso_days,
        "year_ago_days": figures.year_ago_dso_days,
        "change_days": abs(change),
        "release_cents": figures.release_cents,
        "sales_per_day_cents": figures.sales_per_day_cents,
        "period_days": figures.period_days,
        "receivables_cents": figures.receivables_cents,
    }
    return Conclusion(SUBJECT, _opening(audit, change), values)


def _opening(audit: Any, change: float) -> str:
    figures, policy = audit.dso, audit.policy.dso
    if audit.missing(SUBJECT) or math.isnan(figures.dso_days):
        return "cannot_judge"
    is_falling = change < -policy.max_rise_days
    if figures.dso_days <= figures.target_days:
        if change > policy.max_rise_days:
            return "rising"
        return "falling" if is_falling else "on_target"
    if is_falling:
        return "above_target_falling"
    if figures.best_possible_dso_days > figures.target_days:
        return "above_target_terms"
    return "above_target_late_payment"
