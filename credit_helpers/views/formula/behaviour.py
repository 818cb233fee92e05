"""Formulas of payment behaviour."""

from __future__ import annotations

_PAID = "[behaviour_by_customer.settled_cents]"
_COUNT = "[behaviour_by_customer.settled_count]"


def _weighed(column: str) -> str:
    weights = "[behaviour_by_customer.weight_cents]"
    return f"SUMPRODUCT([behaviour_by_customer.{column}],{weights})/SUM({weights})"


FIGURES = {
    "behaviour.settled_count": f"SUM({_COUNT})",
    "behaviour.settled_cents": f"ROUND(SUM({_PAID}),2)",
    "behaviour.days_late": _weighed("days_late"),
    "behaviour.floored_days_late": _weighed("floored_days_late"),
    "behaviour.days_to_pay": _weighed("days_to_pay"),
    "behaviour.unweighted_days_late": (
        f"SUMPRODUCT([behaviour_by_customer.unweighted_days_late],{_COUNT})/SUM({_COUNT})"
    ),
    "behaviour.late_share": (
        f"SUMPRODUCT([behaviour_by_customer.late_share],{_PAID})/SUM({_PAID})"
    ),
    "behaviour.change_days": "{behaviour.recent_days_late}-{behaviour.previous_days_late}",
    "behaviour.erratic_debtors_count": (
        "COUNTIF([behaviour_by_customer.is_erratic],{word:flag.yes})"
    ),
    "behaviour.worse_debtors_count": (
        'COUNTIF([behaviour_by_customer.drift_days],">"&{policy:behaviour.max_drift_days})'
    ),
    "behaviour.better_debtors_count": (
        'COUNTIF([behaviour_by_customer.drift_days],"<"&-{policy:behaviour.max_drift_days})'
    ),
}

ROWS = {
    ("behaviour_distribution", "settled_share"): (
        "[@settled_cents]/SUM([behaviour_distribution.settled_cents])"
    ),
    ("behaviour_by_customer", "drift_days"): "[@recent_days_late]-[@previous_days_late]",
}

HELD = {
    "behaviour.settled_count": "[behaviour_by_customer.settled_count total]",
    "behaviour.settled_cents": "[behaviour_by_customer.settled_cents total]",
}
