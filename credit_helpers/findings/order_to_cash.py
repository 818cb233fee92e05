"""Findings on what the order-to-cash process costs: disputes, credit notes, write-offs.

They belong to the chapter on ageing, which shows what the balance is made of.
"""

from __future__ import annotations

import math
from typing import Any

from credit_helpers.findings.debtors import claims, evidence, who
from credit_helpers.findings.finding import Evidence
from credit_helpers.findings.rule import Measure


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else math.nan


def _disputes(audit: Any) -> Measure:
    totals, rows = audit.ageing_totals, audit.open_items
    rows = rows[rows["is_disputed"].astype(bool)]
    keys = ["customer_id", "name"]
    per_debtor = rows.groupby(keys, as_index=False, dropna=False)["outstanding_cents"].sum()
    share = _share(totals.disputed_cents, totals.outstanding_cents)
    return Measure(
        code="disputes",
        policy_key="quality.max_dispute_share",
        value=share,
        impact_cents=totals.disputed_cents,
        department="sales",
        unit="share",
        evidence=evidence("open_items", rows, "document"),
        values={
            **who(per_debtor, audit),
            "disputed_share": share,
            "disputed_cents": totals.disputed_cents,
            "disputed_items_count": totals.disputed_items_count,
        },
        claims=claims(per_debtor),
    )


def _undated_disputes(audit: Any) -> Measure:
    disputes, items = audit.snapshot.disputes, audit.snapshot.open_items
    undated = disputes.loc[disputes["disputed_on"].isna(), "item_id"]
    rows = items[items["item_id"].isin(undated)]
    cents = int(rows["outstanding_cents"].sum())
    return Measure(
        code="undated_disputes",
        policy_key="quality.max_faulty_count",
        value=len(rows),
        impact_cents=cents,
        department="administration",
        unit="count",
        evidence=evidence("open_items", rows, "item_id"),
        values={"undated_count": len(rows), "undated_cents": cents},
        is_quality=True,
        gravest="middle",
    )


def _credit_notes(audit: Any) -> Measure:
    figures = audit.write_offs
    return Measure(
        code="credit_notes",
        policy_key="quality.max_credit_note_share",
        value=figures.credit_notes_share,
        impact_cents=figures.credit_notes_cents,
        department="sales",
        unit="share",
        evidence=Evidence("movement"),
        values={
            "credit_notes_share": figures.credit_notes_share,
            "credit_notes_cents": figures.credit_notes_cents,
        },
    )


def _write_offs(audit: Any) -> Measure:
    figures = audit.write_offs
    return Measure(
        code="write_offs",
        policy_key="quality.max_write_off_share",
        value=figures.written_off_share,
        impact_cents=figures.written_off_cents,
        department="finance",
        unit="share",
        evidence=Evidence("movement"),
        values={
            "written_off_share": figures.written_off_share,
            "written_off_cents": figures.written_off_cents,
        },
    )


RULES = (_disputes, _undated_disputes, _credit_notes, _write_offs)
