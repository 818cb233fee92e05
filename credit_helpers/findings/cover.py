"""What is beyond the norm in the cover of the insurer and in what limits rest on."""

from __future__ import annotations

import math
from typing import Any

from credit_helpers.findings.debtors import claims, evidence, named
from credit_helpers.findings.rule import Measure


def _uncovered(audit: Any) -> Measure:
    """Deliveries made while cover had stopped, as far as they are still open."""
    figures, rows = audit.cover, audit.cover_by_customer
    rows = rows[rows["stopped_open_cents"] > 0]
    return Measure(
        code="delivered_without_cover",
        policy_key="limits.max_stopped_cents",
        value=figures.stopped_open_cents,
        impact_cents=figures.stopped_open_cents,
        department="sales",
        unit="cents",
        evidence=evidence("cover", rows),
        values={
            "names": named(rows, audit, "stopped_open_cents"),
            "debtors_count": len(rows),
            "open_cents": figures.stopped_open_cents,
            "stopped_cents": figures.stopped_cents,
            "max_extension_days": audit.policy.limits.max_extension_days,
        },
        claims=claims(rows, "stopped_open_cents"),
    )


def _late(audit: Any) -> Measure:
    """Overdue past the term within which the insurer must have the claim."""
    figures, rows = audit.cover, audit.cover_by_customer
    rows = rows[rows["late_cents"] > 0]
    held = audit.limits.loc[audit.limits["customer_id"].isin(rows["customer_id"]), "oldest_days"]
    return Measure(
        code="late_reporting",
        policy_key="limits.max_report_days",
        value=float(held.max()) if len(rows) else math.nan,
        impact_cents=figures.at_risk_cents,
        department="finance",
        unit="days",
        evidence=evidence("cover", rows),
        values={
            "names": named(rows, audit, "late_cents"),
            "debtors_count": len(rows),
            "late_cents": figures.late_cents,
            "at_risk_cents": figures.at_risk_cents,
        },
        claims=claims(rows, "at_risk_cents"),
    )


def _self_assessed(audit: Any) -> Measure:
    rows = audit.self_assessed
    wrong = rows[rows["faults"] != ""]
    limits = audit.policy.limits
    return Measure(
        code="self_assessed_invalid",
        policy_key="limits.max_without_evidence_count",
        value=len(wrong) if len(rows) else math.nan,
        impact_cents=int(wrong["outstanding_cents"].clip(lower=0).sum()),
        department="finance",
        unit="count",
        evidence=evidence("self_assessed", wrong),
        values={
            "names": named(wrong, audit),
            "debtors_count": len(wrong),
            "all_count": len(rows),
            "max_discretionary_cents": limits.max_discretionary_cents,
            "max_evidence_days": limits.max_evidence_days,
        },
    )


def _without_report(audit: Any) -> Measure:
    rows, limits = audit.without_report, audit.policy.limits
    return Measure(
        code="without_report",
        policy_key="limits.max_without_evidence_count",
        value=len(rows),
        impact_cents=int(rows["exposure_cents"].clip(lower=0).sum()),
        department="finance",
        unit="count",
        evidence=evidence("without_report", rows),
        values={
            "names": named(rows, audit, "exposure_cents"),
            "debtors_count": len(rows),
            "exposure_cents": int(rows["exposure_cents"].sum()),
            "report_from_cents": limits.report_from_cents,
            "max_evidence_days": limits.max_evidence_days,
        },
    )


RULES = (_uncovered, _late, _self_assessed, _without_report)
