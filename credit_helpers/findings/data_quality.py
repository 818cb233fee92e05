"""Findings and opening of the chapter on the data and how far it can be trusted."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.finding import Evidence, Finding
from credit_helpers.findings.rule import Measure, judged
from credit_helpers.portfolio.schema import NOTHING_LOST

SUBJECT = "data_quality"
# the checks that make a document doubtful; the others concern agreements or the export
DOUBTFUL = [
    "missing_due_date",
    "due_before_issue",
    "negative_invoice",
    "positive_credit_note",
    "repeated_document",
    "similar_number",
    "near_duplicate",
    "overpaid",
]
# rows that the same row in this file, or in another, made superfluous
DOUBLES = ("exact_duplicate", "duplicate_elsewhere")
# each check of the table ``quality`` that asks for repair, and who repairs it
FAULTS = {
    "missing_due_date": "administration",
    "due_before_issue": "administration",
    "negative_invoice": "administration",
    "positive_credit_note": "administration",
    "repeated_document": "administration",
    "similar_number": "administration",
    "near_duplicate": "administration",
    "differing_terms": "sales",
    "overpaid": "administration",
    "underpaid": "administration",
    "discount_taken": "finance",
    "undated_settlement": "administration",
}


def rules(audit: Any) -> Iterator[Finding]:
    """Yield what makes the figures less reliable, and what to repair."""
    yield from judged((_tie_out,), SUBJECT, audit)
    yield from judged(map(_fault_rule, FAULTS), SUBJECT, audit)
    yield from judged((_doubles, _unapplied, _quarantined, _stale, _without_rate), SUBJECT, audit)


def differing(audit: Any) -> pd.DataFrame:
    """Return the rows of the tie-out that differ by more than the rows that were set aside.

    What was set aside is a finding of itself, with the same amount.
    """
    rows = audit.tie_out
    return rows[(rows["difference_cents"] != 0) & (rows["cause"] != "set_aside")]


def _tie_out(audit: Any) -> Measure:
    rows = differing(audit)
    return Measure(
        code="tie_out",
        policy_key="quality.max_faulty_count",
        value=len(rows),
        # the rows overlap, so the largest counts; signs do not cancel out
        impact_cents=int(rows["difference_cents"].abs().max()) if len(rows) else 0,
        department="administration",
        unit="count",
        evidence=Evidence("tie_out", tuple(rows["place"].astype(str))),
        values={
            "differences_count": len(rows),
            "known_count": int((~rows["cause"].isin(["", "unknown"])).sum()),
            "compared_count": len(audit.tie_out),
        },
        is_quality=True,
    )


def _fault_rule(check: str) -> Any:
    return lambda audit: _fault(audit, check)


def _fault(audit: Any, check: str) -> Measure:
    rows = audit.quality[audit.quality["check"] == check]
    items = audit.quality_items
    items = items[items["check"] == check]
    count = int(rows["items_count"].sum())
    cents = int(rows["amount_cents"].abs().sum())
    return Measure(
        code=check,
        policy_key="quality.max_faulty_count",
        value=count,
        impact_cents=cents,
        department=FAULTS[check],
        unit="count",
        evidence=Evidence("quality_items", (check,) if count else ()),
        values={
            "items_count": count,
            "items_cents": cents,
            "debtors_count": items["customer_id"].nunique(),
            "near_duplicate_days": audit.policy.quality.near_duplicate_days,
            "discount_share": audit.policy.quality.discount_share,
            "discount_days": audit.policy.quality.discount_days,
            "short_share": audit.policy.quality.short_share,
        },
        is_quality=True,
        gravest="middle",
    )


def _doubles(audit: Any) -> Measure:
    rows = audit.quarantine_summary
    rows = rows[rows["reason"].isin(DOUBLES)]
    count, cents = int(rows["rows_count"].sum()), int(rows["cents"].fillna(0).abs().sum())
    return Measure(
        code="exact_duplicates",
        policy_key="quality.max_faulty_count",
        value=count,
        impact_cents=cents,
        department="administration",
        unit="count",
        evidence=Evidence("quarantine_summary", tuple(rows["reason"].astype(str))),
        values={"rows_count": count, "rows_cents": cents},
        is_quality=True,
        gravest="middle",
    )


def _unapplied(audit: Any) -> Measure:
    totals = audit.ageing_totals
    cents = abs(totals.unapplied_cash_cents)
    share = cents / totals.outstanding_cents if totals.outstanding_cents > 0 else math.nan
    rows = audit.open_items
    rows = rows[rows["kind"] == "unapplied_cash"]
    return Measure(
        code="unapplied_cash",
        policy_key="quality.max_unapplied_share",
        value=share,
        impact_cents=cents,
        department="administration",
        unit="share",
        evidence=Evidence("open_items", ("unapplied_cash",)),
        values={
            "unapplied_share": share,
            "unapplied_cents": cents,
            "payments_count": len(rows),
            "debtors_count": rows["customer_id"].nunique(),
        },
    )


def lost_rows(audit: Any) -> pd.DataFrame:
    """Return the quarantine without totals, headers and duplicates."""
    rows = audit.quarantine_summary
    return rows[~rows["reason"].isin(NOTHING_LOST)]


def _quarantined(audit: Any) -> Measure:
    rows = lost_rows(audit)
    count, cents = int(rows["rows_count"].sum()), int(rows["cents"].fillna(0).abs().sum())
    return Measure(
        code="quarantined_rows",
        policy_key="quality.max_faulty_count",
        value=count,
        impact_cents=cents,
        department="administration",
        unit="count",
        evidence=Evidence("quarantine_summary", tuple(rows["reason"].astype(str))),
        values={
            "rows_count": count,
            "rows_cents": cents,
            "reasons_count": rows["reason"].nunique(),
        },
        is_quality=True,
    )


def _stale(audit: Any) -> Measure:
    latest = audit.snapshot.items["issued_on"].max()
    days = math.nan if pd.isna(latest) else float((audit.as_of - latest).days)
    return Measure(
        code="stale_ledger",
        policy_key="quality.stale_days",
        value=days,
        impact_cents=math.nan,
        department="administration",
        unit="days",
        evidence=Evidence("open_items"),
        values={
            "as_of": audit.as_of,
            "latest_on": latest,
            "silent_days": days,
        },
        is_quality=True,
    )


def _without_rate(audit: Any) -> Measure:
    apart = audit.currencies.iloc[1:]
    return Measure(
        code="currency_without_rate",
        policy_key="quality.max_faulty_count",
        value=len(apart),
        impact_cents=math.nan,
        department="finance",
        unit="count",
        evidence=Evidence("currencies", tuple(apart["currency"].astype(str))),
        values={
            "currencies": tuple(apart["currency"].astype(str)),
            "apart_items_count": int(apart["items_count"].sum()),
            "apart_debtors_count": int(apart["debtors_count"].sum()),
        },
        is_quality=True,
        gravest="middle",
    )


def faulty_share(audit: Any) -> float:
    """Return the share of the documents delivered that is lost or doubtful.

    A document counts once, however many checks it fails; ``nan`` without documents.
    """
    items = audit.quality_items
    doubtful = items.loc[items["check"].isin(DOUBTFUL), "item_id"].nunique()
    aside = int(lost_rows(audit)["rows_count"].sum())
    documents = len(audit.snapshot.items) + aside
    return (doubtful + aside) / documents if documents else math.nan


def conclude(audit: Any) -> Conclusion:
    """Return the opening: how far the file can be trusted."""
    aside = lost_rows(audit)
    items = audit.quality_items
    differ = differing(audit)
    values = {
        "documents_count": len(audit.snapshot.items),
        "debtors_count": len(audit.ledger.customers),
        "outstanding_cents": audit.ageing_totals.outstanding_cents,
        "rows_count": int(aside["rows_count"].sum()),
        "rows_cents": int(aside["cents"].fillna(0).abs().sum()),
        "faulty_share": faulty_share(audit),
        "max_faulty_share": audit.policy.quality.max_faulty_share,
        "doubtful_count": items.loc[items["check"].isin(DOUBTFUL), "item_id"].nunique(),
        "as_of": audit.as_of,
        "latest_on": audit.snapshot.items["issued_on"].max(),
        "stale_days": audit.policy.quality.stale_days,
        "differences_count": len(differ),
        "compared_count": len(audit.tie_out),
        "difference_cents": int(differ["difference_cents"].abs().max()) if len(differ) else 0,
    }
    return Conclusion(SUBJECT, _opening(audit, values), values)


def _opening(audit: Any, values: dict[str, Any]) -> str:
    if not values["documents_count"]:
        return "empty"
    if values["differences_count"]:
        return "differs"
    if (audit.as_of - values["latest_on"]).days > values["stale_days"]:
        return "stale"
    if values["faulty_share"] > values["max_faulty_share"]:
        return "doubtful"
    if "payment_history" not in audit.capabilities:
        return "no_history"
    return "usable" if values["faulty_share"] > 0 else "clean"
