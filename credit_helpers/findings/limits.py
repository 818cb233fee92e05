"""Findings and opening of the chapter on credit limits and insurance."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from credit_helpers.findings import cover
from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.debtors import claims, evidence, named, who
from credit_helpers.findings.finding import Finding
from credit_helpers.findings.rule import Measure, judged

SUBJECT = "limits"


def rules(audit: Any) -> Iterator[Finding]:
    """Yield what is beyond the norm in limits and cover."""
    yield from judged((_over_limit, _without_limit, _uninsured, _stop_delivery), SUBJECT, audit)
    yield from judged(cover.RULES, SUBJECT, audit)


def _over(audit: Any) -> pd.DataFrame:
    return audit.limits[audit.limits["excess_cents"] > 0]


def _share(cents: float, audit: Any) -> float:
    balance = audit.ageing_totals.outstanding_cents
    return cents / balance if balance > 0 else math.nan


def _over_limit(audit: Any) -> Measure:
    rows = _over(audit)
    excess = int(rows["excess_cents"].sum())
    return Measure(
        code="over_limit",
        policy_key="limits.max_over_limit_count",
        value=len(rows),
        impact_cents=excess,
        department="sales",
        unit="count",
        evidence=evidence("limits", rows),
        values={
            **who(rows, audit, "excess_cents"),
            "excess_cents": excess,
            "excess_share": _share(excess, audit),
            "max_utilisation_share": audit.policy.limits.max_utilisation_share,
        },
        claims=claims(rows, "excess_cents"),
    )


def _without(audit: Any) -> pd.DataFrame:
    rows = audit.limits
    return rows[rows["credit_limit_cents"].isna() & (rows["outstanding_cents"] > 0)]


def _without_limit(audit: Any) -> Measure:
    rows = _without(audit)
    cents = int(rows["outstanding_cents"].sum())
    return Measure(
        code="without_limit",
        policy_key="limits.max_without_limit_share",
        value=_share(cents, audit),
        impact_cents=cents,
        department="finance",
        unit="share",
        evidence=evidence("limits", rows),
        values={**who(rows, audit), "without_share": _share(cents, audit)},
    )


def _insured(audit: Any) -> pd.DataFrame:
    rows = audit.limits
    limit = rows["insured_limit_cents"].fillna(0)
    return rows[(limit > 0) & (rows["outstanding_cents"] > 0)]


def _uninsured(audit: Any) -> Measure:
    insured = _insured(audit)
    rows = insured[insured["uninsured_cents"] > 0]
    cents, whole = int(rows["uninsured_cents"].sum()), int(insured["outstanding_cents"].sum())
    share = cents / whole if whole else math.nan
    return Measure(
        code="insured_gap",
        policy_key="limits.max_uninsured_share",
        value=share,
        impact_cents=cents,
        department="finance",
        unit="share",
        evidence=evidence("limits", rows),
        values={
            **who(rows, audit, "uninsured_cents"),
            "gap_share": share,
            "gap_cents": cents,
            "insured_payout_share": audit.policy.limits.insured_payout_share,
        },
    )


def _stop_delivery(audit: Any) -> Measure:
    rows = _insured(audit)
    rows = rows[rows["stopping_days"] > audit.policy.limits.max_extension_days]
    oldest = float(rows["stopping_days"].max()) if len(rows) else math.nan
    return Measure(
        code="stop_delivery",
        policy_key="limits.max_extension_days",
        value=oldest,
        impact_cents=int(rows["outstanding_cents"].sum()),
        department="sales",
        unit="days",
        evidence=evidence("limits", rows),
        values={**who(rows, audit), "oldest_days": oldest},
    )


def conclude(audit: Any) -> Conclusion:
    """Return the opening: what stands above limits and outside cover."""
    totals, policy = audit.limits_totals, audit.policy.limits
    over, without = _over(audit), _without(audit)
    share = _share(without["outstanding_cents"].sum(), audit)
    values = {
        "limit_cents": totals.limit_cents,
        "over_count": len(over),
        "excess_cents": int(over["excess_cents"].sum()),
        "names": named(over, audit, "excess_cents"),
        "near_count": totals.near_limit_count,
        "warn_utilisation_share": policy.warn_utilisation_share,
        "without_count": len(without),
        "without_cents": int(without["outstanding_cents"].sum()),
        "without_share": share if not math.isnan(share) else 0.0,
        "max_without_limit_share": policy.max_without_limit_share,
        "stop_count": totals.stop_delivery_count,
        "stop_cents": totals.stop_delivery_cents,
        "max_extension_days": policy.max_extension_days,
        "outstanding_cents": audit.ageing_totals.outstanding_cents,
    }
    return Conclusion(SUBJECT, _opening(audit, values), values)


def _opening(audit: Any, values: dict[str, Any]) -> str:
    if audit.missing(SUBJECT):
        return "cannot_judge"
    if values["stop_count"] and values["stop_cents"] >= values["excess_cents"]:
        return "stop_delivery"
    if values["over_count"]:
        return "over"
    if values["without_share"] > values["max_without_limit_share"]:
        return "mostly_without"
    return "near" if values["near_count"] else "within"
