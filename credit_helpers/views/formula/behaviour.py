"""Formulas of payment behaviour."""

from __future__ import annotations

_PAID = "[behaviour_by_customer.settled_cents]"
_COUNT = "[behaviour_by_customer.settled_count]"


def _weighed(column: str) -> str:
    weights = "[behaviour_by_customer.weight_cents]"
    return f"SUMPRODUCT([behaviour_by_customer.{column}],{weights})/SUM({weights})"


def _shifted(beyond: str, course: str) -> str:
    """Count who drifted beyond the norm and whose months say the same."""
    return (
        f"COUNTIFS([behaviour_by_customer.drift_days],{beyond}{{policy:behaviour.max_drift_days}},"
        f"[behaviour_by_customer.drift],{{word:drift.{course}}})"
    )


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
    "on_time.on_time_share": "{on_time.on_time_count}/{on_time.due_count}",
    "behaviour.change_days": "{behaviour.recent_days_late}-{behaviour.previous_days_late}",
    "behaviour.erratic_debtors_count": (
        "COUNTIF([behaviour_by_customer.is_erratic],{word:flag.yes})"
    ),
    "behaviour.worse_debtors_count": _shifted('">"&', "later"),
    "behaviour.better_debtors_count": _shifted('"<"&-', "earlier"),
    "paydex.paydex_score": (
        "SUMPRODUCT([paydex.mean_score],[paydex.experiences_cents])/SUM([paydex.experiences_cents])"
    ),
    "paydex.experiences_count": "SUM([paydex.experiences_count])",
    "paydex.experiences_cents": "ROUND(SUM([paydex.experiences_cents]),2)",
    **{
        f"paydex.{risk}_debtors_count": f"COUNTIF([paydex.paydex_class],{{word:risk.{risk}}})"
        for risk in ("low", "middle", "high")
    },
}

ROWS = {
    ("behaviour_distribution", "settled_share"): (
        "[@settled_cents]/SUM([behaviour_distribution.settled_cents])"
    ),
    ("behaviour_by_customer", "drift_days"): "[@recent_days_late]-[@previous_days_late]",
    **{
        ("roll_rates", f"{kind}_share"): f"[@{kind}_cents]/[@start_cents]"
        for kind in ("paid", "other", "rolled")
    },
}

HELD = {
    "behaviour.settled_count": "[behaviour_by_customer.settled_count total]",
    "behaviour.settled_cents": "[behaviour_by_customer.settled_cents total]",
    "paydex.experiences_count": "[paydex.experiences_count total]",
    "paydex.experiences_cents": "[paydex.experiences_cents total]",
}
