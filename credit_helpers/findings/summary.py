"""Opening of the summary: the overall judgement in one sentence."""

from __future__ import annotations

import math
from typing import Any

from credit_helpers.findings.ageing import few_overdue
from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.debtors import named

SUBJECT = "summary"


def conclude(audit: Any) -> Conclusion:
    """Return the opening: what the board must know if it reads one sentence only."""
    totals, figures, few = audit.ageing_totals, audit.dso, few_overdue(audit)
    few_cents = int(few["overdue_cents"].sum())
    release = 0.0 if math.isnan(figures.release_cents) else figures.release_cents
    values = {
        "debtors_count": totals.debtors_count,
        "outstanding_cents": totals.outstanding_cents,
        "credit_cents": -totals.outstanding_cents,
        "overdue_cents": totals.overdue_cents,
        "overdue_share": totals.overdue_share,
        "max_overdue_share": audit.policy.ageing.max_overdue_share,
        "oldest_cents": totals.oldest_cents,
        "past_days": totals.oldest_from_days - 1,
        "dso_days": figures.dso_days,
        "target_days": figures.target_days,
        "above_days": figures.dso_days - figures.target_days,
        "release_cents": release,
        "findings_count": len(audit.findings),
        "high_count": sum(finding.severity == "high" for finding in audit.findings),
        "top_count": len(few),
        "top_cents": few_cents,
        "top_share": few_cents / totals.overdue_cents if totals.overdue_cents > 0 else math.nan,
        "rest_count": totals.overdue_debtors_count - len(few),
        "names": named(few, audit, "overdue_cents"),
    }
    return Conclusion(SUBJECT, _opening(audit, values), values)


def _opening(audit: Any, values: dict[str, Any]) -> str:
    totals = audit.ageing_totals
    if not totals.open_items_count:
        return "empty"
    if totals.outstanding_cents <= 0:
        return "credit_balance"
    if math.isnan(totals.overdue_share):
        return "no_due_dates"
    has_release = values["release_cents"] >= audit.policy.ageing.min_effect_cents
    if totals.overdue_share > values["max_overdue_share"]:
        is_short = values["rest_count"] <= audit.policy.ageing.few_debtors_count
        which = "some_names" if is_short else "many_late"
        which = "few_debtors" if values["top_count"] else which
        return f"{which}_release" if has_release else which
    if has_release:
        return "release"
    if values["high_count"]:
        return "overdue_fine_but"
    return "minor_points" if values["findings_count"] else "in_order"
