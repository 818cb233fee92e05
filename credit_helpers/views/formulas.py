"""How the workbook's figures follow from the rows of its own sheets.

Each formula is that of a spreadsheet, in which brackets stand for cells that are looked up when the
workbook is written:

=============================  ====================================================
``[open_items.bucket]``        every row of a column
``[dso_series.as_of first]``   its first row; ``last``, ``total`` and ``nth`` likewise
``[@outstanding_cents]``       a column of the same row
``{dso.dso_days}``             a figure
``{policy:dso.period_days}``   a value of the policy
``{word:kind.invoice}``        a code in the language of the workbook
=============================  ====================================================

What a report does not show cannot be looked up; the cell then holds the value alone.
"""

from __future__ import annotations

_OPEN = "[open_items.outstanding_cents]"
_DAYS = "[open_items.days_past_due]"
_KIND = "[open_items.kind]"
_CURVE = "[concentration_curve.outstanding_cents]"
_OWED = "[limits.outstanding_cents]"
_PAID = "[behaviour_by_customer.settled_cents]"
_COUNT = "[behaviour_by_customer.settled_count]"
_AS_OF = "[dso_series.as_of first]"
_YEAR_AGO = f"IF(EOMONTH({_AS_OF},0)={_AS_OF},EOMONTH({_AS_OF},-12),EDATE({_AS_OF},-12))"
_ENDS = "[dso_series.as_of]"


def _weighed(column: str) -> str:
    weights = "[behaviour_by_customer.weight_cents]"
    return f"SUMPRODUCT([behaviour_by_customer.{column}],{weights})/SUM({weights})"


FIGURES = {
    "ageing.outstanding_cents": f"ROUND(SUM({_OPEN}),2)",
    "ageing.aged_cents": "ROUND({ageing.not_due_cents}+{ageing.overdue_cents},2)",
    "ageing.not_due_cents": f'ROUND(SUMIFS({_OPEN},{_DAYS},"<=0"),2)',
    "ageing.overdue_cents": f'ROUND(SUMIFS({_OPEN},{_DAYS},">0"),2)',
    "ageing.overdue_share": "{ageing.overdue_cents}/{ageing.aged_cents}",
    "ageing.overdue_items_count": f'COUNTIFS({_DAYS},">0")',
    "ageing.overdue_debtors_count": 'COUNTIF([ageing_by_customer.overdue_cents],">0")',
    "ageing.oldest_cents": f'ROUND(SUMIFS({_OPEN},{_DAYS},">="&{{ageing.oldest_from_days}}),2)',
    "ageing.oldest_share": "{ageing.oldest_cents}/{ageing.aged_cents}",
    "ageing.no_due_date_cents": "ROUND({ageing.outstanding_cents}-{ageing.aged_cents},2)",
    "ageing.invoices_cents": f"ROUND(SUMIFS({_OPEN},{_KIND},{{word:kind.invoice}}),2)",
    "ageing.credit_notes_cents": f"ROUND(SUMIFS({_OPEN},{_KIND},{{word:kind.credit_note}}),2)",
    "ageing.unapplied_cash_cents": f"ROUND(SUMIFS({_OPEN},{_KIND},{{word:kind.unapplied_cash}}),2)",
    "ageing.disputed_cents": (
        f"ROUND(SUMIFS({_OPEN},[open_items.is_disputed],{{word:flag.yes}}),2)"
    ),
    "ageing.disputed_items_count": "COUNTIF([open_items.is_disputed],{word:flag.yes})",
    "ageing.open_items_count": f"COUNT({_OPEN})",
    "ageing.debtors_count": "COUNT([ageing_by_customer.outstanding_cents])",
    "dso.receivables_cents": "[dso_series.outstanding_cents first]",
    "dso.credit_sales_cents": "[dso_series.credit_sales_cents first]",
    "dso.dso_days": "{dso.receivables_cents}/{dso.credit_sales_cents}*{dso.period_days}",
    "dso.countback_dso_days": "[dso_series.countback_dso_days first]",
    "dso.best_possible_dso_days": (
        "{ageing.not_due_cents}/{dso.credit_sales_cents}*{dso.period_days}"
    ),
    "dso.average_days_delinquent": "{dso.dso_days}-{dso.best_possible_dso_days}",
    "dso.period_days": "{policy:dso.period_days}",
    "dso.sales_per_day_cents": "{dso.credit_sales_cents}/{dso.period_days}",
    "dso.year_ago_dso_days": (
        f"SUMIFS([dso_series.dso_days],{_ENDS},SUMPRODUCT(MAX(({_ENDS}<={_YEAR_AGO})*{_ENDS})))"
    ),
    "dso.change_days": "{dso.dso_days}-{dso.year_ago_dso_days}",
    "dso.target_days": "{policy:dso.target_days}",
    "dso.release_cents": "MAX(0,{dso.dso_days}-{dso.target_days})*{dso.sales_per_day_cents}",
    "behaviour.settled_count": f"SUM({_COUNT})",
    "behaviour.settled_cents": f"ROUND(SUM({_PAID}),2)",
    "behaviour.days_late": _weighed("days_late"),
    "behaviour.floored_days_late": _weighed("floored_days_late"),
    "behaviour.days_to_pay": _weighed("days_to_pay"),
    "behaviour.unweighted_days_late": (
        f"SUMPRODUCT([behaviour_by_customer.unweighted_days_late],{_COUNT})/SUM({_COUNT})"
    ),
    "behaviour.late_share": (
        f"SUMPRODUCT([behaviour_by_customer.late_share],{_PAID})/SUM({_PAID})"
    ),
    "behaviour.change_days": "{behaviour.recent_days_late}-{behaviour.previous_days_late}",
    "behaviour.erratic_debtors_count": (
        "COUNTIF([behaviour_by_customer.is_erratic],{word:flag.yes})"
    ),
    "behaviour.worse_debtors_count": (
        'COUNTIF([behaviour_by_customer.drift_days],">"&{policy:behaviour.max_drift_days})'
    ),
    "behaviour.better_debtors_count": (
        'COUNTIF([behaviour_by_customer.drift_days],"<"&-{policy:behaviour.max_drift_days})'
    ),
    "concentration.debtors_count": f"COUNT({_CURVE})",
    "concentration.top1_share": (
        f'SUMIFS({_CURVE},[concentration_curve.rank_count],"<=1")/SUM({_CURVE})'
    ),
    "concentration.top5_share": (
        f'SUMIFS({_CURVE},[concentration_curve.rank_count],"<=5")/SUM({_CURVE})'
    ),
    "concentration.top10_share": (
        f'SUMIFS({_CURVE},[concentration_curve.rank_count],"<=10")/SUM({_CURVE})'
    ),
    "concentration.largest_cents": f"MAX({_CURVE})",
    "concentration.hhi_index": f"SUMPRODUCT({_CURVE},{_CURVE})/SUM({_CURVE})^2*10000",
    "concentration.gini_index": (
        "2*SUMPRODUCT({concentration.debtors_count}+1-[concentration_curve.rank_count],"
        f"{_CURVE})/({{concentration.debtors_count}}*SUM({_CURVE}))"
        "-({concentration.debtors_count}+1)/{concentration.debtors_count}"
    ),
    "concentration.pareto_share": "{policy:concentration.pareto_share}",
    "concentration.pareto_debtors_count": (
        'COUNTIF([concentration_curve.cumulative_share],"<"&{concentration.pareto_share})+1'
    ),
    "concentration.pareto_debtors_share": (
        "{concentration.pareto_debtors_count}/{concentration.debtors_count}"
    ),
    "limits.limit_cents": "ROUND(SUM([limits.credit_limit_cents]),2)",
    "limits.over_limit_count": 'COUNTIF([limits.excess_cents],">0")',
    "limits.excess_cents": "ROUND(SUM([limits.excess_cents]),2)",
    "limits.near_limit_count": (
        'COUNTIFS([limits.utilisation_share],">="&{policy:limits.warn_utilisation_share},'
        '[limits.excess_cents],"<=0")'
    ),
    "limits.without_limit_count": (f'SUMPRODUCT(([limits.credit_limit_cents]="")*({_OWED}>0))'),
    "limits.without_limit_cents": (
        f'ROUND(SUMPRODUCT(([limits.credit_limit_cents]="")*({_OWED}>0)*{_OWED}),2)'
    ),
    "limits.insured_share": f'1-{{limits.uninsured_cents}}/SUMIFS({_OWED},{_OWED},">0")',
    "limits.uninsured_cents": "ROUND(SUM([limits.uninsured_cents]),2)",
    "limits.stop_delivery_count": (
        'COUNTIFS([limits.insured_limit_cents],">0",'
        f'[limits.oldest_days],">"&{{policy:limits.max_extension_days}},{_OWED},">0")'
    ),
    "limits.stop_delivery_cents": (
        f'ROUND(SUMIFS({_OWED},[limits.insured_limit_cents],">0",'
        f'[limits.oldest_days],">"&{{policy:limits.max_extension_days}},{_OWED},">0"),2)'
    ),
    "collection.promises_count": "SUM([collection_by_customer.promises_count])",
    "collection.broken_count": "SUM([collection_by_customer.broken_promises_count])",
    "collection.kept_share": (
        "{collection.kept_count}/({collection.kept_count}+{collection.broken_count})"
    ),
    "collection.broken_cents": "ROUND(SUM([collection_by_customer.broken_cents]),2)",
    "write_offs.written_off_share": ("{write_offs.written_off_cents}/{dso.credit_sales_cents}"),
}
"""Every figure that follows from rows of the workbook, or from figures that do."""

_BUCKET = "([open_items.bucket]=[@bucket])"


def _in_bucket(kind: str) -> str:
    return f"ROUND(SUMPRODUCT({_BUCKET}*({_KIND}={{word:kind.{kind}}})*{_OPEN}),2)"


_PARTS = "[@amount_score]+[@lateness_score]+[@drift_score]"
ROWS = {
    ("ageing", "items_count"): f"SUMPRODUCT(--{_BUCKET})",
    ("ageing", "invoices_cents"): _in_bucket("invoice"),
    ("ageing", "credit_notes_cents"): _in_bucket("credit_note"),
    ("ageing", "unapplied_cash_cents"): _in_bucket("unapplied_cash"),
    ("ageing", "outstanding_cents"): f"ROUND(SUMPRODUCT({_BUCKET}*{_OPEN}),2)",
    ("ageing", "outstanding_share"): "[@outstanding_cents]/SUM([ageing.outstanding_cents])",
    ("ageing_by_issue", "outstanding_share"): (
        "[@outstanding_cents]/SUM([ageing_by_issue.outstanding_cents])"
    ),
    ("behaviour_distribution", "settled_share"): (
        "[@settled_cents]/SUM([behaviour_distribution.settled_cents])"
    ),
    ("segment_summary", "outstanding_share"): (
        "[@outstanding_cents]/SUM([segment_summary.outstanding_cents])"
    ),
    ("concentration_curve", "outstanding_share"): f"[@outstanding_cents]/SUM({_CURVE})",
    ("dso_series", "dso_days"): (
        "[@outstanding_cents]/[@credit_sales_cents]*{policy:dso.period_days}"
    ),
    ("dso_series", "average_days_delinquent"): "[@dso_days]-[@best_possible_dso_days]",
    ("movement", "closing_cents"): (
        "ROUND([@opening_cents]+[@invoiced_cents]-[@credited_cents]-[@received_cents]"
        "-[@written_off_cents]+[@other_cents],2)"
    ),
    ("behaviour_by_customer", "drift_days"): "[@recent_days_late]-[@previous_days_late]",
    ("limits", "utilisation_share"): "[@outstanding_cents]/[@credit_limit_cents]",
    ("limits", "excess_cents"): (
        'IF([@credit_limit_cents]="",0,MAX(0,ROUND([@outstanding_cents]-ROUNDDOWN('
        "ROUND([@credit_limit_cents]*{policy:limits.max_utilisation_share},6),2),2)))"
    ),
    ("limits", "uninsured_cents"): ("MAX(0,ROUND([@outstanding_cents]-[@insured_limit_cents],2))"),
    ("priority", "priority_score"): f"{_PARTS}+[@promise_score]+[@limit_score]+[@dispute_score]",
}
"""Cells of a table that follow from the same row or from another sheet."""

HELD = {
    "ageing.outstanding_cents": "[ageing.outstanding_cents total]",
    "ageing.overdue_cents": "[ageing_by_customer.overdue_cents total]",
    "ageing.overdue_share": "[ageing_by_customer.overdue_share total]",
    "ageing.not_due_cents": "[ageing_by_customer.not_due_cents total]",
    "ageing.no_due_date_cents": "[ageing_by_customer.no_due_date_cents total]",
    "ageing.invoices_cents": "[ageing.invoices_cents total]",
    "ageing.credit_notes_cents": "[ageing.credit_notes_cents total]",
    "ageing.unapplied_cash_cents": "[ageing.unapplied_cash_cents total]",
    "ageing.open_items_count": "[ageing.items_count total]",
    "dso.receivables_cents": "[dso_series.outstanding_cents first]",
    "dso.credit_sales_cents": "[dso_series.credit_sales_cents first]",
    "dso.dso_days": "[dso_series.dso_days first]",
    "dso.countback_dso_days": "[dso_series.countback_dso_days first]",
    "dso.best_possible_dso_days": "[dso_series.best_possible_dso_days first]",
    "dso.average_days_delinquent": "[dso_series.average_days_delinquent first]",
    "behaviour.settled_count": "[behaviour_by_customer.settled_count total]",
    "behaviour.settled_cents": "[behaviour_by_customer.settled_cents total]",
    "concentration.largest_cents": "[concentration_curve.outstanding_cents first]",
    "concentration.top1_share": "[concentration_curve.outstanding_share first]",
    "limits.limit_cents": "[limits.credit_limit_cents total]",
    "limits.excess_cents": "[limits.excess_cents total]",
    "limits.uninsured_cents": "[limits.uninsured_cents total]",
    "collection.promises_count": "[collection_by_customer.promises_count total]",
    "collection.broken_count": "[collection_by_customer.broken_promises_count total]",
    "collection.broken_cents": "[collection_by_customer.broken_cents total]",
}
"""Where a table itself has a figure; it is looked up there first."""

_BALANCE = "{ageing.outstanding_cents}"
CHECKS = {
    "buckets": ("SUM([ageing.outstanding_cents])", _BALANCE),
    "issue_buckets": ("SUM([ageing_by_issue.outstanding_cents])", _BALANCE),
    "customers": ("SUM([ageing_by_customer.outstanding_cents])", _BALANCE),
    "trend": ("[ageing_trend.outstanding_cents last]", _BALANCE),
    "open_items": (f"SUM({_OPEN})", _BALANCE),
    "kinds": (
        "SUM([ageing.invoices_cents])+SUM([ageing.credit_notes_cents])"
        "+SUM([ageing.unapplied_cash_cents])",
        _BALANCE,
    ),
    "movement": (
        "SUM([movement.opening_cents])+SUM([movement.invoiced_cents])+SUM([movement.other_cents])"
        "-SUM([movement.credited_cents])-SUM([movement.received_cents])"
        "-SUM([movement.written_off_cents])",
        "SUM([movement.closing_cents])",
    ),
    "intake_rows": (
        "[intake.rows_in nth]",
        "[intake.rows_accepted nth]+[intake.rows_quarantined nth]",
    ),
    "intake_cents": (
        "[intake.cents_in nth]",
        "[intake.cents_accepted nth]+[intake.cents_quarantined nth]",
    ),
}
"""Both sums of a check; ``nth`` is the row of its own."""

BARS = frozenset({"overdue_share", "outstanding_share", "settled_share", "priority_score"})
"""Columns with a bar in each cell, as long as the figure is large."""

ALARMS = {
    "days_past_due": ">={ageing.oldest_from_days}",
    "oldest_days": ">={ageing.oldest_from_days}",
    "excess_cents": ">0",
    "utilisation_share": ">{policy:limits.max_utilisation_share}",
}
"""Columns whose cells are marked, and from which value on."""
