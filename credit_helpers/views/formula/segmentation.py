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

ROWS = {
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
