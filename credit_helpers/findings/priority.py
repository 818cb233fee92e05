"""Opening of the chapter with the worklist."""

from __future__ import annotations

from typing import Any

from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.debtors import named

SUBJECT = "priority"
LATE_STEPS = ("hand_over", "bailiff_demand")


def conclude(audit: Any) -> Conclusion:
    """Return the opening: whom to contact first, and how much of the overdue that covers."""
    rows, few = audit.priority, audit.policy.ageing.few_debtors_count
    top, late = rows.head(few), rows[rows["step"].isin(LATE_STEPS)]
    overdue = int(rows["overdue_cents"].sum())
    top_cents, late_cents = int(top["overdue_cents"].sum()), int(late["overdue_cents"].sum())
    values = {
        "debtors_count": len(rows),
        "overdue_cents": overdue,
        "top_count": len(top),
        "top_cents": top_cents,
        "top_share": top_cents / overdue if overdue else 0.0,
        "names": named(top, audit, "priority_score"),
        "late_count": len(late),
        "late_cents": late_cents,
        "late_share": late_cents / overdue if overdue else 0.0,
        "disputed_cents": int(rows["disputed_cents"].sum()),
        "disputed_count": int((rows["disputed_cents"] > 0).sum()),
    }
    return Conclusion(SUBJECT, _opening(audit, values), values)


def _opening(audit: Any, values: dict[str, Any]) -> str:
    majority = audit.policy.findings.majority_share
    if not values["debtors_count"]:
        return "nothing_overdue"
    if values["debtors_count"] == values["top_count"]:
        return "few_debtors"
    if values["late_share"] > majority:
        return "mostly_late"
    return "few_calls" if values["top_share"] >= majority else "many_calls"
