"""Findings on collection practice: first action, reminders, promises.

They belong to the chapter with the worklist, which is where the practice has to change.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from credit_helpers.findings.debtors import claims, evidence, named
from credit_helpers.findings.finding import Evidence
from credit_helpers.findings.rule import Measure


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
    sent = audit.snapshot.reminders["item_id"].value_counts()
    count = items["item_id"].map(sent).fillna(0).astype(int)
    is_meant = count.between(least, most) & (items["outstanding_cents"] > 0)
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


RULES = (_first_action, _unreminded, _over_reminded, _broken_promises)
