"""Findings and opening of the chapter on what goes wrong between order and payment."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.debtors import claims, evidence, who
from credit_helpers.findings.finding import Evidence, Finding
from credit_helpers.findings.rule import Measure, judged

SUBJECT = "order_to_cash"
PAYER = "payer"
SOURCES = frozenset({"disputes", "delivery_dates", "order_refs", "terms"})


def rules(audit: Any) -> Iterator[Finding]:
    """Yield what is beyond the norm between order and payment."""
    yield from judged(RULES, SUBJECT, audit)


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


def _own_errors(audit: Any) -> Measure:
    figures, rows = audit.order_to_cash, audit.overdue_causes
    own = rows[rows["overdue_share"].notna() & (rows["overdue_cause"] != PAYER)]
    return Measure(
        code="own_errors",
        policy_key="order_to_cash.max_own_error_share",
        value=figures.own_error_share,
        impact_cents=figures.own_error_cents,
        department="sales",
        unit="share",
        evidence=evidence("overdue_causes", own, "overdue_cause"),
        values={
            "own_error_share": figures.own_error_share,
            "own_error_cents": figures.own_error_cents,
            "items_count": int(own["items_count"].sum()),
        },
    )


def _no_order_ref(audit: Any) -> Measure:
    figures, rows = audit.order_to_cash, audit.own_errors
    row = rows[rows["error"] == "no_order_ref"]
    cents = int(row["open_cents"].sum())
    return Measure(
        code="no_order_ref",
        policy_key="order_to_cash.max_no_order_ref_share",
        value=figures.no_order_ref_share,
        impact_cents=cents,
        department="administration",
        unit="share",
        evidence=evidence("own_errors", row, "error"),
        values={
            "no_order_ref_share": figures.no_order_ref_share,
            "items_count": int(row["items_count"].sum()),
            "open_cents": cents,
        },
    )


def _invoicing_lag(audit: Any) -> Measure:
    figures = audit.invoicing
    return Measure(
        code="invoicing_lag",
        policy_key="order_to_cash.max_invoicing_lag_days",
        value=figures.lag_days,
        impact_cents=figures.lag_release_cents,
        department="administration",
        unit="days",
        evidence=Evidence("invoicing_lags"),
        values={
            "lag_days": figures.lag_days,
            "sales_per_day_cents": audit.dso.sales_per_day_cents,
        },
    )


def _slow_answers(audit: Any) -> Measure:
    figures, norm = audit.disputes, audit.policy.order_to_cash.max_resolve_days
    sooner = (figures.resolve_days - norm) * audit.indicators.resolved_per_day_cents
    return Measure(
        code="slow_answers",
        policy_key="order_to_cash.max_resolve_days",
        value=figures.resolve_days,
        impact_cents=min(sooner, figures.open_cents),
        department="sales",
        unit="days",
        evidence=Evidence("dispute_reasons"),
        values={
            "resolve_days": figures.resolve_days,
            "resolved_count": figures.resolved_count,
            "open_count": figures.open_count,
            "open_cents": figures.open_cents,
        },
    )


def _short_paid(audit: Any) -> Measure:
    figures = audit.order_to_cash
    share = _share(figures.short_paid_cents, audit.ageing_totals.outstanding_cents)
    return Measure(
        code="short_paid",
        policy_key="order_to_cash.max_short_paid_share",
        value=share,
        impact_cents=figures.short_paid_cents,
        department="administration",
        unit="share",
        evidence=Evidence("own_errors", ("short_paid",)),
        values={
            "short_paid_share": share,
            "short_paid_cents": figures.short_paid_cents,
            "items_count": figures.short_paid_items_count,
            "max_short_share": audit.policy.order_to_cash.max_short_share,
        },
    )


RULES = (
    _own_errors,
    _no_order_ref,
    _invoicing_lag,
    _disputes,
    _undated_disputes,
    _slow_answers,
    _short_paid,
    _credit_notes,
    _write_offs,
)


def conclude(audit: Any) -> Conclusion:
    """Return the opening: how much of what is overdue follows from errors of one's own."""
    figures, lag, answers = audit.order_to_cash, audit.invoicing, audit.disputes
    policy = audit.policy.order_to_cash
    values = {
        "own_error_share": figures.own_error_share,
        "own_error_cents": figures.own_error_cents,
        "extra_days": figures.extra_days,
        "lag_days": lag.lag_days,
        "max_invoicing_lag_days": policy.max_invoicing_lag_days,
        "max_own_error_share": policy.max_own_error_share,
        "resolve_days": answers.resolve_days,
        "max_resolve_days": policy.max_resolve_days,
        "disputes_count": answers.disputes_count,
    }
    return Conclusion(SUBJECT, _opening(audit, values), values)


def _opening(audit: Any, values: dict[str, Any]) -> str:
    if not SOURCES & audit.capabilities:
        return "cannot_judge"
    if math.isnan(values["own_error_share"]):
        return "nothing_overdue"
    if values["own_error_share"] > values["max_own_error_share"]:
        return "own_errors_later" if values["extra_days"] > 0 else "own_errors"
    if values["lag_days"] > values["max_invoicing_lag_days"]:
        return "late_invoices"
    return "slow_answers" if values["resolve_days"] > values["max_resolve_days"] else "payer"
