"""Opening of the chapter on what changed since the last audit."""

from __future__ import annotations

from typing import Any

import pandas as pd

from credit_helpers.findings.conclusion import Conclusion

SUBJECT = "changes"
MOSTLY = 2  # so many times as many figures one way as the other


def conclude(audit: Any) -> Conclusion:
    """Return the opening: which figures with a norm became better, and what became of the findings.

    Only figures that have a norm are counted, so that one thing is not counted as an amount and as
    a share.
    """
    if audit.missing(SUBJECT):
        return Conclusion(SUBJECT, "first_audit", {"now_on": audit.as_of})
    rows, statuses = audit.changes, audit.changed_findings["status"]
    held = rows[rows["target"].notna()]
    courses = held["course"]
    share = rows.set_index("key").loc["ageing.overdue_share"]
    values = {
        "then_on": audit.previous.as_of,
        "then_overdue_share": float(share["then"]),
        "overdue_share": float(share["now"]),
        "norms_count": int(held["target_met"].notna().sum()),
        "met_count": int(held["target_met"].fillna(False).sum()),
        **{f"{course}_count": int((courses == course).sum()) for course in ("better", "worse")},
        "compared_count": int((courses != "unknown").sum()),
        "closed_count": int((statuses == "closed").sum()),
        "remaining_count": int((statuses == "remaining").sum()),
        "new_count": int((statuses == "new").sum()),
    }
    return Conclusion(SUBJECT, _opening(values), values)


def _opening(values: dict[str, Any]) -> str:
    if pd.isna(values["then_overdue_share"]) or pd.isna(values["overdue_share"]):
        return "partly"
    better, worse = values["better_count"], values["worse_count"]
    if not better and not worse:
        return "same"
    if not better or not worse:
        return "better" if better else "worse"
    if better >= worse * MOSTLY:
        return "mostly_better"
    return "mostly_worse" if worse >= better * MOSTLY else "mixed"
