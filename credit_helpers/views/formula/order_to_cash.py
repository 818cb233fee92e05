"""Formulas of what goes wrong between order and payment."""

from __future__ import annotations

_OVERDUE = "[overdue_causes.overdue_cents]"
_CAUSE = "[overdue_causes.overdue_cause]"
_INVOICES = f'SUMIFS({_OVERDUE},{_CAUSE},"<>"&{{word:cause.credits}})'

FIGURES = {
    "order_to_cash.own_error_cents": (
        f"ROUND({_INVOICES}-SUMIFS({_OVERDUE},{_CAUSE},{{word:cause.payer}}),2)"
    ),
    "order_to_cash.own_error_share": f"{{order_to_cash.own_error_cents}}/{_INVOICES}",
    "disputes.disputes_count": "SUM([dispute_reasons.disputes_count])",
    "disputes.open_count": "SUM([dispute_reasons.open_count])",
    "disputes.open_cents": "ROUND(SUM([dispute_reasons.open_cents]),2)",
}

ROWS = {
    ("own_errors", "extra_days"): "[@days_late]-[@other_days_late]",
    ("dispute_reasons", "disputes_share"): (
        "[@disputes_count]/SUM([dispute_reasons.disputes_count])"
    ),
}

HELD = {
    "disputes.disputes_count": "[dispute_reasons.disputes_count total]",
    "disputes.open_cents": "[dispute_reasons.open_cents total]",
}
