"""Every finding of an audit, the gravest first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from credit_helpers.findings import (
    ageing,
    behaviour,
    collection,
    concentration,
    data_quality,
    dso,
    early_warning,
    indicators,
    limits,
    maturity,
    order_to_cash,
    segmentation,
)
from credit_helpers.findings.caveats import caveats
from credit_helpers.findings.effect import netted
from credit_helpers.findings.finding import SEVERITIES, Finding

CHAPTERS = (
    data_quality,
    ageing,
    dso,
    indicators,
    behaviour,
    concentration,
    segmentation,
    early_warning,
    limits,
    order_to_cash,
    collection,
    maturity,
)


def collect(audit: Any) -> tuple[Finding, ...]:
    """Return all findings by severity, then effect, largest first, then code, with net effects."""
    uncertain = caveats(audit)
    found = [
        replace(finding, caveats=uncertain.get(finding.subject, ()))
        for chapter in CHAPTERS
        for finding in chapter.rules(audit)
    ]
    return netted(sorted(found, key=_place), audit.ageing_by_customer)


def _place(finding: Finding) -> tuple[int, int, str]:
    return SEVERITIES.index(finding.severity), -finding.impact_cents, finding.code
