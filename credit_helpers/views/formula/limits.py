"""Formulas of credit limits and insurance."""

from __future__ import annotations

_OWED = "[limits.outstanding_cents]"

FIGURES = {
    "limits.limit_cents": "ROUND(SUM([limits.credit_limit_cents]),2)",
    "limits.over_limit_count": 'COUNTIF([limits.excess_cents],">0")',
    "limits.excess_cents": "ROUND(SUM([limits.excess_cents]),2)",
    "limits.unused_cents": "ROUND(SUM([limits.unused_cents]),2)",
    "limits.near_limit_count": (
        'COUNTIFS([limits.utilisation_share],">="&{policy:limits.warn_utilisation_share},'
        '[limits.excess_cents],"<=0")'
    ),
    "limits.without_limit_count": f'SUMPRODUCT(([limits.credit_limit_cents]="")*({_OWED}>0))',
    "limits.without_limit_cents": (
        f'ROUND(SUMPRODUCT(([limits.credit_limit_cents]="")*({_OWED}>0)*{_OWED}),2)'
    ),
    "limits.insured_share": f'1-{{limits.uninsured_cents}}/SUMIFS({_OWED},{_OWED},">0")',
    "limits.uninsured_cents": "ROUND(SUM([limits.uninsured_cents]),2)",
    "limits.stop_delivery_count": (
        'COUNTIFS([limits.insured_limit_cents],">0",'
        f'[limits.stopping_days],">"&{{policy:limits.max_extension_days}},{_OWED},">0")'
    ),
    "limits.stop_delivery_cents": (
        f'ROUND(SUMIFS({_OWED},[limits.insured_limit_cents],">0",'
        f'[limits.stopping_days],">"&{{policy:limits.max_extension_days}},{_OWED},">0"),2)'
    ),
}

ROWS = {
    ("limits", "exposure_cents"): "ROUND([@outstanding_cents]+[@open_orders_cents],2)",
    ("limits", "utilisation_share"): "[@exposure_cents]/[@credit_limit_cents]",
    ("limits", "excess_cents"): (
        'IF([@credit_limit_cents]="",0,MAX(0,ROUND([@exposure_cents]-ROUNDDOWN('
        "ROUND([@credit_limit_cents]*{policy:limits.max_utilisation_share},6),2),2)))"
    ),
    ("limits", "unused_cents"): (
        "MAX(0,ROUND(ROUNDDOWN(ROUND([@credit_limit_cents]*{policy:limits.max_utilisation_share},"
        "6),2)-MAX([@exposure_cents],0),2))"
    ),
    ("limits", "uninsured_cents"): ("MAX(0,ROUND([@outstanding_cents]-[@insured_limit_cents],2))"),
}

HELD = {
    "limits.limit_cents": "[limits.credit_limit_cents total]",
    "limits.excess_cents": "[limits.excess_cents total]",
    "limits.uninsured_cents": "[limits.uninsured_cents total]",
}
