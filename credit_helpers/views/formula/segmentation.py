"""Formulas of segments, of the approach, and of how alike debtors are treated."""

from __future__ import annotations

_RISK = "[segments.risk],[@risk]"
_APPROACH = "[segments.approach],[@approach]"

FIGURES = {
    "treatment.high_usual_share": (
        "SUMIFS([treatment.usual_share],[treatment.risk],{word:risk.high})"
    ),
    "treatment.terms_gap_days": (
        "SUMIFS([treatment.terms_days],[treatment.risk],{word:risk.high})"
        "-SUMIFS([treatment.terms_days],[treatment.risk],{word:risk.low})"
    ),
}

_LOW = "SUMIFS([pricing.risk_cost_share],[pricing.risk],{word:risk.low})"
_HAS_LOW = "COUNTIF([pricing.risk],{word:risk.low})>0"

FIGURES |= {
    "pricing.cost_cents": "ROUND(SUM([pricing.interest_cents])+SUM([pricing.lost_cents]),2)",
    "pricing.cost_share": "{pricing.cost_cents}/SUM([pricing.sales_cents])",
    "pricing.surcharge_cents": "ROUND(SUM([pricing.surcharge_cents]),2)",
}

ROWS = {
    ("pricing", "sales_cents"): f"ROUND(SUMIFS([segments.sales_cents],{_RISK}),2)",
    ("pricing", "overdue_cents"): f"ROUND(SUMIFS([segments.overdue_cents],{_RISK}),2)",
    ("pricing", "interest_cents"): "ROUND(MAX(0,[@overdue_cents])*{pricing.interest_share},2)",
    ("pricing", "risk_cost_share"): "([@interest_cents]+[@lost_cents])/[@sales_cents]",
    ("pricing", "surcharge_share"): f'IF({_HAS_LOW},MAX(0,[@risk_cost_share]-{_LOW}),"")',
    ("pricing", "surcharge_cents"): "ROUND([@surcharge_share]*[@sales_cents],2)",
    ("segment_summary", "debtors_count"): f"COUNTIFS({_RISK})",
    ("segment_summary", "outstanding_cents"): (
        f"ROUND(SUMIFS([segments.outstanding_cents],{_RISK}),2)"
    ),
    ("segment_summary", "overdue_cents"): f"ROUND(SUMIFS([segments.overdue_cents],{_RISK}),2)",
    ("segment_summary", "outstanding_share"): (
        "[@outstanding_cents]/SUM([segment_summary.outstanding_cents])"
    ),
    ("strategy", "debtors_count"): f"COUNTIFS({_APPROACH})",
    ("strategy", "sales_cents"): f"ROUND(SUMIFS([segments.sales_cents],{_APPROACH}),2)",
    ("strategy", "outstanding_cents"): f"ROUND(SUMIFS([segments.outstanding_cents],{_APPROACH}),2)",
    ("strategy", "overdue_cents"): f"ROUND(SUMIFS([segments.overdue_cents],{_APPROACH}),2)",
    ("strategy", "outstanding_share"): "[@outstanding_cents]/SUM([strategy.outstanding_cents])",
    ("payer_groups", "prompt_share"): "[@prompt_count]/[@debtors_count]",
}
