"""The judgement per area for the summary: good, attention, insufficient or unknown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from credit_helpers.benchmark import Benchmark, fitting
from credit_helpers.findings.ageing import of_balance
from credit_helpers.findings.data_quality import faulty_share
from credit_helpers.findings.rule import beyond, norm_of
from credit_helpers.norms import FindingsPolicy

VERDICTS = ("good", "attention", "insufficient", "unknown")
# What is published that says something of an area: the measure, and how it was found.
PUBLISHED = {"ageing": ("overdue_share", "survey"), "behaviour": ("on_time_share", "ledger")}
AREAS = ("data", "ageing", "dso", "behaviour", "concentration", "limits", "process")
CHAPTER = {
    "data": "data_quality",
    "ageing": "ageing",
    "dso": "dso",
    "behaviour": "behaviour",
    "concentration": "concentration",
    "limits": "limits",
    "process": "priority",
}


@dataclass(frozen=True)
class Judgement:
    """One area held against its norm.

    Parameters
    ----------
    area : str
        One of ``AREAS``.
    verdict : str
        One of ``VERDICTS``.
    measure_name : str
        Name of the measure, for its label ``column.<measure_name>``.
    value, threshold : float
        What was measured and its norm; a value of ``nan`` cannot be judged.
    unit : str
        A unit of :mod:`credit_helpers.formats`.
    policy_key : str
        The key of the norm.
    benchmark : Benchmark, optional
        What is published of other companies, where there is such a figure.
    compared : float
        The client's own figure that measures what the benchmark does.
    """

    area: str
    verdict: str
    measure_name: str
    value: float
    threshold: float
    unit: str
    policy_key: str
    benchmark: Benchmark | None = None
    compared: float = math.nan


def judgements(audit: Any) -> tuple[Judgement, ...]:
    """Return one judgement per area, in the order of ``AREAS``."""
    totals, process = audit.ageing_totals, audit.collection
    overdue = of_balance(totals.overdue_share, totals)
    rows = (
        ("data", "faulty_share", faulty_share(audit), "quality.max_faulty_share"),
        ("ageing", "overdue_share", overdue, "ageing.max_overdue_share"),
        ("dso", "dso_days", audit.dso.dso_days, "dso.target_days"),
        ("behaviour", "days_late", audit.behaviour.days_late, "behaviour.max_days_late"),
        (
            "concentration",
            "top1_share",
            audit.concentration.top1_share,
            "concentration.max_top1_share",
        ),
        ("limits", "excess_share", _excess_share(audit), "limits.max_excess_share"),
        (
            "process",
            "first_action_days",
            process.first_action_days,
            "collection.max_first_action_days",
        ),
    )
    return tuple(_judgement(audit, *row) for row in rows)


def verdict(distance: float, policy: FindingsPolicy) -> str:
    """Return the verdict on a distance from the norm, see :func:`~.rule.beyond`.

    Examples
    --------
    >>> from credit_helpers.policy import load_policy
    >>> edges = load_policy().findings
    >>> [verdict(distance, edges) for distance in (-0.4, 0.0, 0.2, 0.5, math.nan)]
    ['good', 'good', 'attention', 'insufficient', 'unknown']
    """
    if math.isnan(distance):
        return "unknown"
    if distance <= 0:
        return "good"
    return "insufficient" if distance >= policy.high_beyond_share else "attention"


def _judgement(audit: Any, area: str, measure: str, value: float, key: str) -> Judgement:
    value = math.nan if audit.missing(CHAPTER[area]) else float(value)
    norm = float(norm_of(audit, key))
    unit = "days" if measure.startswith("days") or measure.endswith("days") else "share"
    found = verdict(beyond(value, norm), audit.policy.findings)
    published, own = _published(audit, area)
    return Judgement(area, found, measure, value, norm, unit, key, published, own)


def _published(audit: Any, area: str) -> tuple[Benchmark | None, float]:
    """Return what is published on an area, and the client's own; nothing that has no equal."""
    if area not in PUBLISHED:
        return None, math.nan
    measure, kind = PUBLISHED[area]
    totals = audit.ageing_totals
    own = {
        "overdue_share": of_balance(totals.overdue_share, totals),
        "on_time_share": audit.on_time.on_time_share,
    }[measure]
    found = None if math.isnan(own) else fitting(measure, kind, audit.client.sector)
    return found, own


def _excess_share(audit: Any) -> float:
    balance = audit.ageing_totals.outstanding_cents
    return audit.limits_totals.excess_cents / balance if balance > 0 else math.nan
