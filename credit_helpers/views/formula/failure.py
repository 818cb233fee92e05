"""Formulas of what is lost when the largest fail."""

from __future__ import annotations

_OWED = "[exposures.outstanding_cents]"
_GROUPED = f'{_OWED},[exposures.debtors_count],">1"'
_LARGEST = '[exposures.rank_count],"<="&[@top_count]'

FIGURES = {
    "failure.exposures_count": f"COUNT({_OWED})",
    "failure.largest_cents": f"MAX({_OWED})",
    "failure.largest_share": f"{{failure.largest_cents}}/SUM({_OWED})",
    "failure.largest_loss_cents": 'SUMIFS([exposures.loss_cents],[exposures.rank_count],"<=1")',
    "failure.groups_count": 'COUNTIF([exposures.debtors_count],">1")',
    "failure.group_cents": f"SUMPRODUCT(MAX(([exposures.debtors_count]>1)*{_OWED}))",
    "failure.group_share": f"{{failure.group_cents}}/SUM({_OWED})",
}

ROWS = {
    ("exposures", "outstanding_share"): f"[@outstanding_cents]/SUM({_OWED})",
    ("exposures", "loss_cents"): "ROUND([@outstanding_cents]-[@covered_cents],2)",
    ("failure_losses", "outstanding_cents"): f"ROUND(SUMIFS({_OWED},{_LARGEST}),2)",
    ("failure_losses", "outstanding_share"): f"[@outstanding_cents]/SUM({_OWED})",
    ("failure_losses", "covered_cents"): (f"ROUND(SUMIFS([exposures.covered_cents],{_LARGEST}),2)"),
    ("failure_losses", "loss_cents"): "ROUND([@outstanding_cents]-[@covered_cents],2)",
}

HELD = {
    "failure.largest_cents": "[exposures.outstanding_cents first]",
    "failure.largest_share": "[exposures.outstanding_share first]",
}
