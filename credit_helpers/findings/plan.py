"""The improvement plan: what all findings ask, by term and department, and what it brings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from credit_helpers.findings.action import terms
from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.effect import net_total
from credit_helpers.findings.finding import DEPARTMENTS, Finding

SUBJECT = "findings"


def totals(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return the plan per term.

    Returns
    -------
    DataFrame
        ``term_days``, ``actions_count``, one column per department (``sales_net_cents``,
        ``finance_net_cents``, ``administration_net_cents``) and ``net_cents``; a term without
        actions has a row as well.
    """
    found = tuple(findings)
    rows = []
    for days in terms():
        own = [finding for finding in found if finding.term_days == days]
        per_department = {
            f"{name}_net_cents": net_total(f for f in own if f.department == name)
            for name in DEPARTMENTS
        }
        total = {"actions_count": len(own), **per_department, "net_cents": net_total(own)}
        rows.append({"term_days": days, **total})
    return pd.DataFrame(rows)


def conclude(audit: Any) -> Conclusion:
    """Return the opening: how many findings, how grave, and what the plan brings."""
    found = audit.findings
    by_severity = {s: [f for f in found if f.severity == s] for s in ("high", "middle", "low")}
    soon = min(terms())
    values = {
        "findings_count": len(found),
        **{f"{severity}_count": len(rows) for severity, rows in by_severity.items()},
        **{f"{d}_count": sum(f.department == d for f in found) for d in DEPARTMENTS},
        "net_cents": net_total(found),
        "soon_days": soon,
        "soon_cents": net_total(f for f in found if f.term_days == soon),
        "min_effect_cents": audit.policy.ageing.min_effect_cents,
    }
    return Conclusion(SUBJECT, _opening(values), values)


def _opening(values: dict[str, Any]) -> str:
    if not values["findings_count"]:
        return "none"
    grave = "some_high" if values["high_count"] else "none_high"
    return grave if values["net_cents"] > 0 else f"{grave}_no_effect"
