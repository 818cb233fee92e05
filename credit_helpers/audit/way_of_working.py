"""What a ledger proves about the client's way of working, one measure per question."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from credit_helpers.audit.audit import Audit


def measures(audit: Audit) -> dict[str, float]:
    """Return every measure of ``questionnaire.toml``; ``nan`` where the input cannot tell."""
    totals, limits = audit.ageing_totals, audit.limits_totals
    balance, overdue, practice = totals.outstanding_cents, totals.overdue_cents, audit.collection
    has = audit.capabilities
    found = {
        "exposed_starters_share": _exposed_starters(audit),
        "high_risk_share": _high_risk(audit),
        "without_limit_share": _share(limits.without_limit_cents, balance),
        "excess_share": _share(limits.excess_cents, balance),
        "stop_delivery_share": _share(limits.stop_delivery_cents, balance),
        "invoicing_days": audit.invoicing.lag_days,
        "credit_notes_share": audit.write_offs.credit_notes_share,
        "differing_terms_share": _differing_terms(audit),
        "overdue_share": totals.overdue_share,
        "first_action_days": practice.first_action_days,
        "unreminded_share": _share(practice.open_unreminded_cents, overdue),
        "kept_share": practice.kept_share,
        "over_reminded_share": _share(practice.over_reminded_cents, overdue),
        "disputed_share": _share(totals.disputed_cents, balance),
        "dispute_days": audit.disputes.resolve_days,
    }
    needs = {
        "without_limit_share": "limits", "excess_share": "limits",
        "stop_delivery_share": "insurance", "differing_terms_share": "terms",
        "unreminded_share": "reminders", "over_reminded_share": "reminders",
        "disputed_share": "disputes", "high_risk_share": "payment_history",
    }  # fmt: skip
    lacking = {name for name, need in needs.items() if need not in has}
    return {name: math.nan if name in lacking else float(v) for name, v in found.items()}


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else math.nan


def _exposed_starters(audit: Audit) -> float:
    rows = audit.segments
    owed = rows.loc[(rows["life_stage"] == "starter") & (rows["outstanding_cents"] > 0)]
    cents = owed["outstanding_cents"]
    return _share(cents[cents > audit.policy.segmentation.max_starter_cents].sum(), cents.sum())


def _high_risk(audit: Audit) -> float:
    rows = audit.segment_summary
    high = rows.loc[rows["risk"] == "high", "outstanding_cents"].clip(lower=0).sum()
    return _share(high, audit.ageing_totals.outstanding_cents)


def _differing_terms(audit: Audit) -> float:
    found = audit.quality_items
    count = found.loc[found["check"] == "differing_terms", "item_id"].nunique()
    items = audit.snapshot.items
    return _share(count, int(((items["kind"] == "invoice") & items["due_on"].notna()).sum()))
