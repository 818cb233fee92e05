"""How a measure becomes a finding: held against its norm, weighed by its effect."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from credit_helpers.findings.action import action, term_days
from credit_helpers.findings.finding import SEVERITIES, Evidence, Finding
from credit_helpers.norms import FindingsPolicy


@dataclass(frozen=True)
class Measure:
    """What a rule saw, before it is held against the norm.

    Parameters
    ----------
    code, department, unit, evidence, values
        As in :class:`~credit_helpers.findings.finding.Finding`.
    policy_key : str
        The norm. Texts may use its last part and ``effect_cents`` as values of their own.
    value : float
        ``nan`` when it cannot be measured: then there is no finding.
    impact_cents : float
        Effect in cents; ``nan`` when it cannot be put in money.
    is_least : bool
        Whether the norm is the least that is good, instead of the most.
    is_quality : bool
        Whether it concerns the data: then a small effect gives a finding as well.
    gravest : str
        The gravest severity it may get: a practice to adopt is no fault.
    claims : mapping
        As in :class:`~credit_helpers.findings.finding.Finding`.
    """

    code: str
    policy_key: str
    value: float
    impact_cents: float
    department: str
    unit: str
    evidence: Evidence
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    is_least: bool = False
    is_quality: bool = False
    gravest: str = "high"
    claims: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


Rule = Callable[[Any], Measure]


def norm_of(audit: Any, policy_key: str) -> float:
    """Return the value of a policy key such as ``ageing.max_overdue_share``."""
    section, name = policy_key.split(".")
    return getattr(getattr(audit.policy, section), name)


def beyond(value: float, norm: float, *, is_least: bool = False) -> float:
    """Return how far a value is beyond its norm, as a share of that norm.

    Zero or less is within the norm, at the norm included; ``nan`` when it was not measured. A
    norm of zero is infinitely far away as soon as there is anything.

    Examples
    --------
    >>> round(beyond(0.42, 0.35), 2), beyond(0.4, 0.8, is_least=True), beyond(3, 0)
    (0.2, 1.0, inf)
    """
    if is_least:
        value, norm = norm, value
    if math.isnan(value) or math.isnan(norm):
        return math.nan
    if norm <= 0:
        return math.inf if value > 0 else 0.0
    return value / norm - 1


def severity(distance: float, effect_share: float, policy: FindingsPolicy) -> str:
    """Return how grave it is: how far beyond the norm, but never heavier than its effect.

    Parameters
    ----------
    distance : float
        See :func:`beyond`; an edge belongs to the graver side.
    effect_share : float
        The effect as a share of the balance; ``nan`` when unknown, then only the distance counts.
    policy : FindingsPolicy
        The edges of both.

    Examples
    --------
    >>> from credit_helpers.policy import load_policy
    >>> edges = load_policy().findings
    >>> severity(0.7, 0.2, edges), severity(0.7, 0.02, edges), severity(0.7, 0.001, edges)
    ('high', 'middle', 'low')
    """
    by_distance = _level(distance, policy.middle_beyond_share, policy.high_beyond_share)
    if math.isnan(effect_share):
        return by_distance
    by_effect = _level(effect_share, policy.middle_effect_share, policy.high_effect_share)
    return mildest(by_distance, by_effect)


def mildest(*severities: str) -> str:
    """Return the mildest of several severities."""
    return max(severities, key=SEVERITIES.index)


def judged(rules: Iterable[Rule], subject: str, audit: Any) -> Iterator[Finding]:
    """Yield the findings of a chapter's rules; nothing when the input cannot support them."""
    if audit.missing(subject):
        return
    for rule in rules:
        finding = _held_against_norm(rule(audit), subject, audit)
        if finding is not None:
            yield finding


def _level(value: float, middle: float, high: float) -> str:
    return "high" if value >= high else "middle" if value >= middle else "low"


def _held_against_norm(measure: Measure, subject: str, audit: Any) -> Finding | None:
    norm = norm_of(audit, measure.policy_key)
    distance = beyond(measure.value, norm, is_least=measure.is_least)
    if not distance > 0 or _is_trifle(measure, audit):
        return None
    balance = audit.ageing_totals.outstanding_cents
    effect_share = measure.impact_cents / balance if balance > 0 else math.nan
    grave = mildest(severity(distance, effect_share, audit.policy.findings), measure.gravest)
    is_known = not math.isnan(measure.impact_cents)
    planned = action(measure.code)
    return Finding(
        code=measure.code,
        severity=grave,
        department=measure.department,
        subject=subject,
        value=float(measure.value),
        threshold=float(norm),
        unit=measure.unit,
        policy_key=measure.policy_key,
        impact_cents=round(measure.impact_cents) if is_known else 0,
        evidence=measure.evidence,
        values={
            measure.policy_key.rpartition(".")[2]: norm,
            "effect_cents": measure.impact_cents,
            **measure.values,
        },
        effect_kind=planned.effect,
        effort=planned.effort,
        term_days=term_days(grave, planned.effort),
        claims=measure.claims,
    )


def _is_trifle(measure: Measure, audit: Any) -> bool:
    """Return whether the effect is known and too small to bother anybody with."""
    return not measure.is_quality and measure.impact_cents < audit.policy.ageing.min_effect_cents
