"""Opening of the chapter with all findings as a plan."""

from __future__ import annotations

from typing import Any

from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.finding import DEPARTMENTS

SUBJECT = "findings"


def conclude(audit: Any) -> Conclusion:
    """Return the opening: how many findings, how grave, and whose work they are."""
    found = audit.findings
    by_severity = {s: [f for f in found if f.severity == s] for s in ("high", "middle", "low")}
    values = {
        "findings_count": len(found),
        **{f"{severity}_count": len(rows) for severity, rows in by_severity.items()},
        **{f"{d}_count": sum(f.department == d for f in found) for d in DEPARTMENTS},
        "effect_cents": max((f.impact_cents for f in found), default=0),
        "min_effect_cents": audit.policy.ageing.min_effect_cents,
    }
    return Conclusion(SUBJECT, _opening(values), values)


def _opening(values: dict[str, Any]) -> str:
    if not values["findings_count"]:
        return "none"
    return "some_high" if values["high_count"] else "none_high"
