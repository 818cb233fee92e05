"""Findings and opening of the chapter on collection practice: first action, steps, promises."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from credit_helpers.cents import count_by
from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.debtors import claims, evidence, named
from credit_helpers.findings.finding import Evidence, Finding
from credit_helpers.findings.rule import Measure, judged
from credit_helpers.keys import item_places

SUBJECT = "collection"


def rules(audit: Any) -> Iterator[Finding]:
    """Yield what is beyond the norm in reminders, steps and promises."""
    yield from judged(RULES, SUBJECT, audit)


def _of_overdue(cents: float, audit: Any) -> float:
    overdue = audit.ageing_totals.overdue_cents
    return cents / overdue if overdue > 0 else math.nan


def _first_action(audit: Any) -> Measure:
    figures, norm = audit.collection, audit.policy.collection.max_first_action_days
    later = figures.first_action_days - norm
    return Measure(
        code="first_action_late",
        policy_key="collection.max_first_action_days",
        value=figures.first_action_days,
        # what is paid late anyway may come so many days sooner
        impact_cents=later * audit.dso.sales_per_day_cents * audit.behaviour.late_share,
        department="administration",
        unit="days",
        evidence=Evidence("collection_by_customer"),
        values={
            "first_action_days": figures.first_action_days,
            "later_days": later,
            "reminded_items_count": figures.reminded_items_count,
        },
    )


def _items_of(audit: Any, least: int, most: float, from_days: float = -math.inf) -> pd.DataFrame:
    """Return what each debtor owes on items with so many reminders and so long overdue."""
    items = audit.snapshot.open_items
    count = count_by(item_places(audit.snapshot.reminders, items), len(items))
    is_meant = (count >= least) & (count <= most) & (items["outstanding_cents"] > 0)
    if from_days > -math.inf:
        is_meant &= (items["days_past_due"] >= from_days).astype(bool)
    return items[is_meant].groupby("customer_id", as_index=False)["outstanding_cents"].sum()


def _unreminded(audit: Any) -> Measure:
    cents = audit.collection.open_unreminded_cents
    # a file that holds no reminders at all says nothing about who was reminded
    share = _of_overdue(cents, audit) if "reminders" in audit.capabilities else math.nan
    return Measure(
        code="unreminded",
        policy_key="collection.max_unreminded_share",
        value=share,
        impact_cents=cents,
        department="administration",
        unit="share",
        evidence=Evidence("collection_by_customer"),
        values={
            "unreminded_share": share,
            "unreminded_cents": cents,
            "max_first_action_days": audit.policy.collection.max_first_action_days,
        },
        claims=claims(_items_of(audit, 0, 0, audit.policy.collection.max_first_action_days + 1)),
    )


def _over_reminded(audit: Any) -> Measure:
    figures = audit.collection
    share = _of_overdue(figures.over_reminded_cents, audit)
    rows = audit.collection_by_customer
    rows = rows[rows["reminders_count"] > audit.policy.collection.max_reminders_count]
    return Measure(
        code="not_handed_over",
        policy_key="collection.max_over_reminded_share",
        value=share,
        impact_cents=figures.over_reminded_cents,
        department="administration",
        unit="share",
        evidence=evidence("collection_by_customer", rows),
        values={
            "over_reminded_share": share,
            "over_reminded_cents": figures.over_reminded_cents,
            "over_reminded_count": figures.over_reminded_items_count,
            "max_reminders_count": audit.policy.collection.max_reminders_count,
        },
        claims=claims(_items_of(audit, audit.policy.collection.max_reminders_count + 1, math.inf)),
    )


def _breakers(audit: Any) -> pd.DataFrame:
    rows = audit.collection_by_customer
    return rows[rows["broken_promises_count"] > 0]


def _broken_promises(audit: Any) -> Measure:
    figures, rows = audit.collection, _breakers(audit)
    return Measure(
        code="broken_promises",
        policy_key="collection.min_kept_share",
        value=figures.kept_share,
        impact_cents=figures.broken_cents,
        department="administration",
        unit="share",
        evidence=evidence("collection_by_customer", rows),
        values={
            "kept_share": figures.kept_share,
            "kept_count": figures.kept_count,
            "judged_count": figures.kept_count + figures.broken_count,
            "broken_count": figures.broken_count,
            "broken_cents": figures.broken_cents,
            "debtors_count": len(rows),
            "names": named(rows, audit, "broken_cents"),
        },
        is_least=True,
    )


def _steps_left_out(audit: Any) -> Measure:
    rows = audit.collection_steps
    due = int(rows["items_count"].sum())
    known = due > 0 and "reminders" in audit.capabilities
    share = int(rows["done_count"].sum()) / due if known else math.nan
    worst = rows[rows["undone_cents"] == rows["undone_cents"].max()].head(1)
    cents = int(worst["undone_cents"].sum())
    return Measure(
        code="steps_left_out",
        policy_key="collection.min_step_share",
        value=share,
        impact_cents=cents,
        department="administration",
        unit="share",
        evidence=evidence("collection_steps", worst, "step"),
        values={
            "done_share": share,
            "undone_cents": cents,
            "from_days": int(worst["from_days"].sum()),
            "worst_share": float(worst["done_share"].sum()),
        },
        is_least=True,
    )


RULES = (_first_action, _unreminded, _steps_left_out, _over_reminded, _broken_promises)


def conclude(audit: Any) -> Conclusion:
    """Return the opening: whether reminders go out in time, and whether the steps follow."""
    figures, policy = audit.collection, audit.policy.collection
    needed = audit.first_actions.set_index("first_action_class")
    shares, steps = needed["items_share"], audit.collection_steps
    due = int(steps["items_count"].sum())
    values = {
        "max_first_action_days": policy.max_first_action_days,
        "needed_count": int(needed["items_count"].sum()),
        "late_share": float(shares[["too_late", "never"]].sum()),
        "never_share": float(shares["never"]),
        "done_share": int(steps["done_count"].sum()) / due if due else math.nan,
        "min_step_share": policy.min_step_share,
        "promises_count": figures.kept_count + figures.broken_count,
        "kept_share": figures.kept_share,
        "open_unreminded_cents": figures.open_unreminded_cents,
    }
    return Conclusion(SUBJECT, _opening(audit, values), values)


def _opening(audit: Any, values: dict[str, Any]) -> str:
    if "reminders" not in audit.capabilities:
        return "cannot_judge"
    if not values["needed_count"]:
        return "nothing_due"
    told = "" if values["promises_count"] else "_no_promises"
    if values["late_share"] > audit.policy.findings.majority_share:
        return f"mostly_late{told}"
    return f"steps_left_out{told}" if values["done_share"] < values["min_step_share"] else "in_time"
