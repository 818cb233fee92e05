"""Findings and opening of the chapter on ageing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.debtors import claims, evidence, named, who
from credit_helpers.findings.finding import Evidence, Finding
from credit_helpers.findings.rule import Measure, judged

SUBJECT = "ageing"
UNDATED = "no_due_date"
CURRENT = "not_due"


def rules(audit: Any) -> Iterator[Finding]:
    """Yield what is beyond the norm in the ageing of the balance."""
    own = (_overdue, _overdue_rose, _oldest, _oldest_in_few_hands, _in_one_group)
    yield from judged(own, SUBJECT, audit)


def buckets(audit: Any) -> list[str]:
    """Return the overdue buckets, the oldest last."""
    return [b for b in audit.ageing["bucket"] if b not in (CURRENT, UNDATED)]


def of_balance(share: float, totals: Any) -> float:
    """Return a share of what has a due date, ``nan`` when the whole balance is in credit.

    A norm is meant for a balance that is owed: what is left of it with a due date, beside larger
    credits without one, is no such balance.
    """
    return share if totals.outstanding_cents > 0 else math.nan


def _overdue(audit: Any) -> Measure:
    totals = audit.ageing_totals
    within = audit.policy.ageing.max_overdue_share * totals.aged_cents
    return Measure(
        code="overdue_share",
        policy_key="ageing.max_overdue_share",
        value=of_balance(totals.overdue_share, totals),
        impact_cents=totals.overdue_cents - within,
        department="administration",
        unit="share",
        evidence=Evidence("ageing", tuple(buckets(audit))),
        values={
            "overdue_share": totals.overdue_share,
            "overdue_cents": totals.overdue_cents,
            "overdue_items_count": totals.overdue_items_count,
            "overdue_debtors_count": totals.overdue_debtors_count,
        },
    )


def _year_ago(audit: Any) -> pd.DataFrame:
    """Return the last row of the trend that is at least a year old, or no row."""
    trend = audit.ageing_trend
    return trend[trend["as_of"] <= audit.as_of - pd.DateOffset(years=1)].tail(1)


def _overdue_rose(audit: Any) -> Measure:
    then, totals = _year_ago(audit), audit.ageing_totals
    year_ago = float(then["overdue_share"].iloc[0]) if len(then) else math.nan
    rise = of_balance(totals.overdue_share, totals) - year_ago
    return Measure(
        code="overdue_rose",
        policy_key="ageing.max_overdue_rise_share",
        value=rise,
        impact_cents=rise * totals.aged_cents,
        department="administration",
        unit="share",
        evidence=Evidence("ageing_trend"),
        values={
            "overdue_share": totals.overdue_share,
            "year_ago_share": year_ago,
            "year_ago_on": then["as_of"].iloc[0] if len(then) else pd.NaT,
            "rise_share": rise,
        },
    )


def _oldest(audit: Any) -> Measure:
    totals = audit.ageing_totals
    rows = _holders_of_oldest(audit)
    return Measure(
        code="oldest_share",
        policy_key="ageing.max_d91_plus_share",
        value=of_balance(totals.oldest_share, totals),
        impact_cents=totals.oldest_cents,
        department="administration",
        unit="share",
        evidence=Evidence("ageing", tuple(buckets(audit)[-1:])),
        values={
            "oldest_share": totals.oldest_share,
            "oldest_cents": totals.oldest_cents,
            "past_days": totals.oldest_from_days - 1,
            "debtors_count": len(rows),
        },
        claims=claims(rows, "held_cents"),
    )


def _holders_of_oldest(audit: Any) -> pd.DataFrame:
    """Return the debtors with a balance in the oldest bucket, the largest first."""
    rows, names = audit.ageing_by_customer, buckets(audit)
    held = rows[f"{names[-1]}_cents"] if names else rows["outstanding_cents"] * 0
    rows = rows.assign(held_cents=held)
    rows = rows[rows["held_cents"] > 0]
    return rows.sort_values(["held_cents", "customer_id"], ascending=[False, True])


def _oldest_in_few_hands(audit: Any) -> Measure:
    rows, few = _holders_of_oldest(audit), audit.policy.ageing.few_debtors_count
    top, total = rows.head(few), int(rows["held_cents"].sum())
    # with hardly more debtors than "a few", few hands are no news
    is_known = total > 0 and len(audit.ageing_by_customer) > few
    held = int(top["held_cents"].sum())
    return Measure(
        code="oldest_few_hands",
        policy_key="ageing.max_few_share",
        value=held / total if is_known else math.nan,
        impact_cents=held,
        department="finance",
        unit="share",
        evidence=evidence("ageing_by_customer", top),
        values={
            **who(top, audit, "held_cents"),
            "held_share": held / total if is_known else math.nan,
            "few_debtors_count": few,
            "past_days": audit.ageing_totals.oldest_from_days - 1,
        },
        claims=claims(top, "held_cents"),
    )


def _in_one_group(audit: Any) -> Measure:
    known = audit.ageing_compared
    known = known[known["gap_share"].notna()]
    worst = known.iloc[0].to_dict() if len(known) else {}
    gap = float(worst.get("gap_share", math.nan))
    group = str(worst.get("group", ""))
    return Measure(
        code="overdue_in_one_group",
        policy_key="ageing.max_group_gap_share",
        value=gap,
        impact_cents=gap * worst.get("aged_cents", 0),
        department="sales",
        unit="share",
        evidence=Evidence(f"ageing_by_{worst.get('attribute', 'sector')}", (group,)),
        values={
            "group": group,
            "attributes_count": len(known),
            "group_cents": int(worst.get("outstanding_cents", 0)),
            "overdue_share": float(worst.get("overdue_share", math.nan)),
            "others_share": float(worst.get("others_overdue_share", math.nan)),
            "gap_share": gap,
        },
    )


def few_overdue(audit: Any) -> pd.DataFrame:
    """Return the few debtors that hold the larger part of what is overdue, or no rows.

    They are the fewest that reach ``findings.majority_share`` together; no more than
    ``ageing.few_debtors_count``, and a minority of the debtors in arrears.
    """
    rows = audit.ageing_by_customer
    rows = rows[rows["overdue_cents"] > 0]
    rows = rows.sort_values(["overdue_cents", "customer_id"], ascending=[False, True])
    share = rows["overdue_cents"].cumsum() / rows["overdue_cents"].sum()
    majority, few = audit.policy.findings.majority_share, audit.policy.ageing.few_debtors_count
    needed = int((share < majority).sum()) + 1
    return rows.head(needed if needed <= few and needed < majority * len(rows) else 0)


def conclude(audit: Any) -> Conclusion:
    """Return the opening: how much is overdue, against the norm, and with whom."""
    totals, few = audit.ageing_totals, few_overdue(audit)
    few_cents = int(few["overdue_cents"].sum())
    values = {
        "outstanding_cents": totals.outstanding_cents,
        "overdue_cents": totals.overdue_cents,
        "overdue_share": totals.overdue_share,
        "max_overdue_share": audit.policy.ageing.max_overdue_share,
        "oldest_cents": totals.oldest_cents,
        "oldest_share": totals.oldest_share,
        "max_oldest_share": audit.policy.ageing.max_d91_plus_share,
        "past_days": totals.oldest_from_days - 1,
        "debtors_count": totals.debtors_count,
        "overdue_debtors_count": totals.overdue_debtors_count,
        "open_items_count": totals.open_items_count,
        "no_due_date_cents": totals.no_due_date_cents,
        "top_count": len(few),
        "names": named(few, audit, "overdue_cents"),
        "top_cents": few_cents,
        "top_share": few_cents / totals.overdue_cents if totals.overdue_cents else math.nan,
        "credit_cents": -totals.outstanding_cents,
    }
    return Conclusion(SUBJECT, _opening(audit, len(few)), values)


def _opening(audit: Any, few_count: int) -> str:
    totals, norm = audit.ageing_totals, audit.policy.ageing.max_overdue_share
    if not totals.open_items_count:
        return "empty"
    if totals.outstanding_cents <= 0:
        return "credit_balance"
    if math.isnan(totals.overdue_share):
        return "no_due_dates"
    if totals.overdue_cents <= 0:
        return "all_current"
    if totals.overdue_share <= norm:
        return "mostly_current"
    if totals.not_due_cents <= 0:
        return "all_overdue"
    if few_count:
        return "few_debtors_hold_it"
    is_most = totals.overdue_share > audit.policy.findings.majority_share
    return "mostly_overdue" if is_most else "partly_overdue"
