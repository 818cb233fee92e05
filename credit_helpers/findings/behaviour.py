"""Findings and opening of the chapter on payment behaviour."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.debtors import evidence, named, who, with_balance
from credit_helpers.findings.finding import Evidence, Finding
from credit_helpers.findings.rule import Measure, judged

SUBJECT = "behaviour"


def rules(audit: Any) -> Iterator[Finding]:
    """Yield what is beyond the norm in how debtors pay."""
    yield from judged((_late, _worse, _drifting, _erratic, _rolling), SUBJECT, audit)


def _late(audit: Any) -> Measure:
    figures, norm = audit.behaviour, audit.policy.behaviour.max_days_late
    return Measure(
        code="paid_late",
        policy_key="behaviour.max_days_late",
        value=figures.days_late,
        impact_cents=(figures.days_late - norm) * audit.dso.sales_per_day_cents,
        department="administration",
        unit="days",
        evidence=Evidence("behaviour_by_customer"),
        values={
            "late_days": figures.days_late,
            "late_share": figures.late_share,
            "to_pay_days": figures.days_to_pay,
            "settled_count": figures.settled_count,
        },
    )


def _worse(audit: Any) -> Measure:
    figures, norm = audit.behaviour, audit.policy.behaviour.max_days_late
    return Measure(
        code="paying_worse",
        policy_key="behaviour.max_change_days",
        value=figures.change_days,
        impact_cents=figures.change_days * audit.dso.sales_per_day_cents,
        department="finance",
        unit="days",
        evidence=Evidence("behaviour_by_month"),
        values={
            "recent_days": figures.recent_days_late,
            "previous_days": figures.previous_days_late,
            "rise_days": figures.change_days,
            "window_days": audit.policy.behaviour.window_days,
            "worse_count": figures.worse_debtors_count,
        },
        # later than before, but still within what is good
        gravest="high" if figures.recent_days_late > norm else "middle",
    )


def drifting(audit: Any) -> pd.DataFrame:
    """Return the debtors that owe something and surely pay later, with ``outstanding_cents``."""
    rows = audit.behaviour_by_customer
    shifted = rows["drift_days"] > audit.policy.behaviour.max_drift_days
    rows = rows[shifted & (rows["drift"] == "later")]
    return with_balance(rows, audit)


def _drifting(audit: Any) -> Measure:
    rows = drifting(audit)
    worst = float(rows["drift_days"].max()) if len(rows) else math.nan
    return Measure(
        code="drifting_debtors",
        policy_key="behaviour.max_drift_days",
        value=worst,
        impact_cents=int(rows["outstanding_cents"].sum()),
        department="sales",
        unit="days",
        evidence=evidence("behaviour_by_customer", rows),
        values={
            **who(rows, audit),
            "worst_days": worst,
            "window_days": audit.policy.behaviour.window_days,
        },
    )


def _erratic(audit: Any) -> Measure:
    rows = audit.behaviour_by_customer
    rows = with_balance(rows[rows["is_erratic"].astype(bool)], audit)
    worst = float(rows["std_days"].max()) if len(rows) else math.nan
    return Measure(
        code="erratic_payers",
        policy_key="behaviour.erratic_std_days",
        value=worst,
        impact_cents=int(rows["outstanding_cents"].sum()),
        department="administration",
        unit="days",
        evidence=evidence("behaviour_by_customer", rows),
        values={**who(rows, audit), "worst_days": worst},
        gravest="middle",
    )


def _rolling(audit: Any) -> Measure:
    """Hold what leaves the first overdue bucket for an older one against its norm."""
    rows = audit.roll_rates.iloc[1:2]
    rolled = float(rows["rolled_share"].iloc[0]) if len(rows) else math.nan
    norm = audit.policy.behaviour.max_roll_share
    months = int(rows["months_count"].iloc[0]) if len(rows) else 0
    monthly = float(rows["start_cents"].iloc[0]) / months if months else math.nan
    return Measure(
        code="rolling_on",
        policy_key="behaviour.max_roll_share",
        value=rolled,
        impact_cents=(rolled - norm) * monthly,
        department="administration",
        unit="share",
        evidence=evidence("roll_rates", rows, "bucket"),
        values={
            "rolled_share": rolled,
            "paid_share": float(rows["paid_share"].iloc[0]) if len(rows) else math.nan,
            "months_count": months,
        },
    )


def conclude(audit: Any) -> Conclusion:
    """Return the opening: days late against the norm, and which way it goes."""
    figures = audit.behaviour
    late = 0.0 if math.isnan(figures.days_late) else figures.days_late
    change = 0.0 if math.isnan(figures.change_days) else figures.change_days
    rows = drifting(audit)
    values = {
        "late_days": abs(late),
        "max_days_late": audit.policy.behaviour.max_days_late,
        "late_share": figures.late_share,
        "to_pay_days": figures.days_to_pay,
        "recent_days": figures.recent_days_late,
        "previous_days": figures.previous_days_late,
        "change_days": abs(change),
        "window_days": audit.policy.behaviour.window_days,
        "settled_count": figures.settled_count,
        "settled_cents": figures.settled_cents,
        "min_settled_count": audit.policy.behaviour.min_settled_count,
        "worse_count": figures.worse_debtors_count,
        "better_count": figures.better_debtors_count,
        "erratic_count": figures.erratic_debtors_count,
        "drifting_count": len(rows),
        "drifting_cents": int(rows["outstanding_cents"].sum()),
        "names": named(rows, audit),
    }
    return Conclusion(SUBJECT, _opening(audit, late, change), values)


def _opening(audit: Any, late: float, change: float) -> str:
    figures, policy = audit.behaviour, audit.policy.behaviour
    if audit.missing(SUBJECT):
        return "cannot_judge"
    if figures.settled_count < policy.min_settled_count or math.isnan(figures.days_late):
        return "few_payments"
    if change > policy.max_change_days:
        return "worsening"
    if late > policy.max_days_late:
        return "late_improving" if change < -policy.max_change_days else "late"
    if change < -policy.max_change_days:
        return "improving"
    return "on_time" if late <= 0 else "within_norm"
