"""Findings and opening of the chapter on concentration."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.debtors import evidence, named, who
from credit_helpers.findings.finding import Finding
from credit_helpers.findings.rule import Measure, judged

SUBJECT = "concentration"


def rules(audit: Any) -> Iterator[Finding]:
    """Yield what is beyond the norm in how the balance is spread."""
    yield from judged((_largest, _group, _uneven, _watch_list), SUBJECT, audit)


def _top(audit: Any, count: int) -> pd.DataFrame:
    return audit.concentration_curve.head(count)


def _largest(audit: Any) -> Measure:
    figures, norm = audit.concentration, audit.policy.concentration.max_top1_share
    top = _top(audit, 1)
    return Measure(
        code="largest_debtor",
        policy_key="concentration.max_top1_share",
        value=figures.top1_share,
        impact_cents=figures.largest_cents - norm * audit.ageing_totals.outstanding_cents,
        department="finance",
        unit="share",
        evidence=evidence("concentration_curve", top),
        values={
            "names": named(top, audit),
            "top1_share": figures.top1_share,
            "largest_cents": figures.largest_cents,
        },
    )


def _group(audit: Any) -> Measure:
    """A group of several debtors fails as one, while each of them may be within the norm."""
    figures, norm = audit.failure, audit.policy.concentration.max_top1_share
    rows = audit.exposures
    top = rows[rows["debtors_count"] > 1].head(1)
    return Measure(
        code="largest_group",
        policy_key="concentration.max_top1_share",
        value=figures.group_share,
        impact_cents=figures.group_cents - norm * audit.ageing_totals.outstanding_cents,
        department="finance",
        unit="share",
        evidence=evidence("exposures", top),
        values={
            "names": named(top, audit),
            "group_share": figures.group_share,
            "group_cents": figures.group_cents,
            "debtors_count": int(top["debtors_count"].sum()),
        },
    )


def _uneven(audit: Any) -> Measure:
    figures = audit.concentration
    top = _top(audit, audit.policy.ageing.few_debtors_count)
    return Measure(
        code="concentrated_balance",
        policy_key="concentration.max_hhi",
        value=figures.hhi_index,
        impact_cents=math.nan,
        department="finance",
        unit="index",
        evidence=evidence("concentration_curve", top),
        values={
            **who(top, audit),
            # an index is written with decimals, and here they say nothing
            "hhi_count": figures.hhi_index,
            "max_hhi_count": audit.policy.concentration.max_hhi,
            "top5_share": figures.top5_share,
        },
        gravest="middle",
    )


def _watch_list(audit: Any) -> Measure:
    figures = audit.concentration
    count = figures.pareto_debtors_count
    top = _top(audit, 0 if math.isnan(count) else int(count))
    return Measure(
        code="watch_list",
        policy_key="concentration.watch_debtors_share",
        value=figures.pareto_debtors_share,
        impact_cents=math.nan,
        department="finance",
        unit="share",
        evidence=evidence("concentration_curve", top),
        values={
            **who(top, audit),
            "pareto_share": figures.pareto_share,
            "pareto_debtors_share": figures.pareto_debtors_share,
        },
        is_least=True,
        gravest="low",
    )


def conclude(audit: Any) -> Conclusion:
    """Return the opening: how much hangs on the largest, against the norm."""
    figures, policy = audit.concentration, audit.policy.concentration
    values = {
        "debtors_count": figures.debtors_count,
        "outstanding_cents": audit.ageing_totals.outstanding_cents,
        "top1_share": figures.top1_share,
        "top5_share": figures.top5_share,
        "top10_share": figures.top10_share,
        "max_top1_share": policy.max_top1_share,
        "largest_cents": figures.largest_cents,
        "names": named(_top(audit, 1), audit),
        "hhi_count": figures.hhi_index,
        "max_hhi_count": policy.max_hhi,
        "pareto_share": figures.pareto_share,
        "pareto_count": figures.pareto_debtors_count,
        "pareto_debtors_share": figures.pareto_debtors_share,
        "failure_cents": audit.failure.largest_cents,
    }
    return Conclusion(SUBJECT, _opening(audit), values)


def _opening(audit: Any) -> str:
    figures, policy = audit.concentration, audit.policy.concentration
    if not figures.debtors_count:
        return "empty"
    if figures.debtors_count <= audit.policy.ageing.few_debtors_count:
        return "few_debtors"
    if figures.top1_share > policy.max_top1_share:
        return "one_dominates"
    if figures.hhi_index > policy.max_hhi:
        return "few_dominate"
    is_pareto = figures.pareto_debtors_share < policy.watch_debtors_share
    return "pareto" if is_pareto else "spread"
