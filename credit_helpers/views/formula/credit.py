"""Formulas of proposed limits, of cover and of new customers."""

from __future__ import annotations

_STATUS = "[newcomers.first_status]"
_LATE = (
    f"(COUNTIF({_STATUS},{{word:first_status.paid_late}})"
    f"+COUNTIF({_STATUS},{{word:first_status.overdue}}))"
)

FIGURES = {
    "cover.stopped_debtors_count": 'COUNTIF([cover.stopped_count],">0")',
    "cover.stopped_cents": "ROUND(SUM([cover.stopped_cents]),2)",
    "cover.stopped_open_cents": "ROUND(SUM([cover.stopped_open_cents]),2)",
    "cover.late_debtors_count": 'COUNTIF([cover.late_cents],">0")',
    "cover.late_cents": "ROUND(SUM([cover.late_cents]),2)",
    "cover.at_risk_cents": "ROUND(SUM([cover.at_risk_cents]),2)",
    "newcomer.newcomers_count": f"ROWS({_STATUS})",
    "newcomer.outstanding_cents": "ROUND(SUMIFS([newcomers.outstanding_cents],"
    '[newcomers.outstanding_cents],">0"),2)',
    "newcomer.judged_count": (
        f"ROWS({_STATUS})-COUNTIF({_STATUS},{{word:first_status.not_judged}})"
    ),
    "newcomer.first_late_count": _LATE,
    "newcomer.first_late_share": "{newcomer.first_late_count}/{newcomer.judged_count}",
}

ROWS = {
    ("limit_proposals", "proposed_limit_cents"): (
        "MIN([@cap_cents],ROUND(ROUNDUP(ROUND([@sales_cents]/[@period_days]*[@terms_days]"
        "*[@behaviour_share]*(1+{policy:limits.proposal_room_share})"
        "/{policy:limits.proposal_step_cents},6),0)"
        "*{policy:limits.proposal_step_cents},2))"
    ),
    ("limit_proposals", "change_cents"): ("ROUND([@proposed_limit_cents]-[@credit_limit_cents],2)"),
    ("cover", "at_risk_cents"): (
        "ROUNDDOWN(ROUND(MIN([@late_cents],[@insured_limit_cents])"
        "*{policy:limits.insured_payout_share},6),2)"
    ),
}

HELD = {
    "cover.stopped_cents": "[cover.stopped_cents total]",
    "cover.stopped_open_cents": "[cover.stopped_open_cents total]",
    "cover.at_risk_cents": "[cover.at_risk_cents total]",
    "limits.unused_cents": "[limits.unused_cents total]",
}
