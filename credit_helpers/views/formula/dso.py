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

_OPEN, _SOLD = "[dso_months.open_invoices_cents]", "[dso_months.credit_sales_cents]"
FIGURES |= {
    "dso_family.per_invoice_dso_days": f"SUMPRODUCT({_OPEN}/{_SOLD}*[dso_months.mean_age_days])",
    "dso_family.sales_weighted_dso_days": f"SUMPRODUCT({_OPEN}/{_SOLD}*[dso_months.month_days])",
    "dso_family.per_invoice_delivery_days": (
        f"SUMPRODUCT({_OPEN}/{_SOLD}*[dso_months.mean_delivery_age_days])"
    ),
    "dso_family.dso_delivery_days": "{dso.dso_days}+{dso_family.invoicing_lag_days}",
    "dso_family.countback_delivery_days": (
        "{dso.countback_dso_days}+{dso_family.invoicing_lag_days}"
    ),
}


def _dso_of(side: str) -> str:
    """Return the DSO of a day from the factors of its groups."""
    mix, terms, timing, unpaid, late = (
        f"[dso_bridge_groups.{side}_{name}]"
        for name in (
            *("mix_share", "level_terms_days", "timing_index"),
            *("unpaid_share", "level_late_days"),
        )
    )
    return (
        f"{{dso_bridge.{side}_pace_index}}*SUMPRODUCT({mix}*({terms}*{timing}*{unpaid}+{late}))"
        f"+{{dso_bridge.{side}_one_off_days}}"
    )


FIGURES |= {
    "dso_bridge.then_dso_days": _dso_of("then"),
    "dso_bridge.now_dso_days": _dso_of("now"),
    "dso_bridge.change_days": (
        "{dso_bridge.sales_days}+{dso_bridge.terms_days}+{dso_bridge.lateness_days}"
        "+{dso_bridge.mix_days}+{dso_bridge.one_offs_days}"
    ),
    "dso_bridge.one_offs_days": "{dso_bridge.now_one_off_days}-{dso_bridge.then_one_off_days}",
    **{
        f"dso_bridge.{name}_days": f"SUM([dso_bridge_groups.{name}_effect_days])"
        for name in ("sales", "terms", "lateness", "mix")
    },
}

ROWS = {
    ("dso_bridge", "effect_cents"): "ROUND([@effect_days]*{dso.sales_per_day_cents},2)",
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
