"""Formulas of the DSO family."""

from __future__ import annotations

_AS_OF = "[dso_series.as_of first]"
_YEAR_AGO = f"IF(EOMONTH({_AS_OF},0)={_AS_OF},EOMONTH({_AS_OF},-12),EDATE({_AS_OF},-12))"
_ENDS = "[dso_series.as_of]"

FIGURES = {
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
}

ROWS = {
    ("dso_series", "dso_days"): (
        "[@outstanding_cents]/[@credit_sales_cents]*{policy:dso.period_days}"
    ),
    ("dso_series", "average_days_delinquent"): "[@dso_days]-[@best_possible_dso_days]",
}

HELD = {
    "dso.receivables_cents": "[dso_series.outstanding_cents first]",
    "dso.credit_sales_cents": "[dso_series.credit_sales_cents first]",
    "dso.dso_days": "[dso_series.dso_days first]",
    "dso.countback_dso_days": "[dso_series.countback_dso_days first]",
    "dso.best_possible_dso_days": "[dso_series.best_possible_dso_days first]",
    "dso.average_days_delinquent": "[dso_series.average_days_delinquent first]",
}
