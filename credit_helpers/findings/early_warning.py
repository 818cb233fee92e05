"""Finding and opening of the chapter on early warnings."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.debtors import evidence, named, who
from credit_helpers.findings.finding import Finding
from credit_helpers.findings.rule import Measure, judged

SUBJECT = "early_warning"


def rules(audit: Any) -> Iterator[Finding]:
    """Yield the debtors that are warned about, when they hold much of the balance."""
    yield from judged((_warned,), SUBJECT, audit)


def _rows(audit: Any) -> pd.DataFrame:
    rows = audit.early_warnings
    return rows[rows["is_warned"].astype(bool)]


def _share(cents: int, audit: Any) -> float:
    balance = audit.ageing_totals.outstanding_cents
    return cents / balance if balance > 0 else math.nan


def _warned(audit: Any) -> Measure:
    rows = _rows(audit)
    cents = int(rows["outstanding_cents"].sum())
    return Measure(
        code="early_warnings",
        policy_key="early_warning.max_warned_share",
        value=_share(cents, audit),
        impact_cents=cents,
        department="sales",
        unit="share",
        evidence=evidence("early_warnings", rows),
        values={
            **who(rows, audit),
            "warned_share": _share(cents, audit),
            "warn_from_count": audit.policy.early_warning.warn_from_count,
        },
        # a warning is a reason to call, not a loss
        gravest="middle",
    )


def conclude(audit: Any) -> Conclusion:
    """Return the opening: who is warned about, and what such warnings were worth before."""
    rows, tested, policy = _rows(audit), audit.early_warning, audit.policy.early_warning
    values = {
        "warned_count": len(rows),
        "warned_cents": int(rows["outstanding_cents"].sum()),
        "names": named(rows, audit),
        "warn_from_count": policy.warn_from_count,
        "failures_count": tested.failures_count,
        "caught_count": tested.caught_count,
        "decided_count": tested.right_count + tested.wrong_count,
        "right_count": tested.right_count,
        "precision_share": tested.precision_share,
        "base_share": tested.base_share,
        "lead_days": tested.lead_days,
        "tested_months_count": tested.tested_months_count,
        "min_failures_count": policy.min_failures_count,
    }
    return Conclusion(SUBJECT, _opening(audit, len(rows)), values)


def _opening(audit: Any, warned: int) -> str:
    if audit.missing(SUBJECT):
        return "cannot_judge"
    if not warned:
        return "none"
    tested = audit.early_warning
    if math.isnan(tested.precision_share):
        return "untested"
    return "silent" if math.isnan(tested.lead_days) else "tested"
