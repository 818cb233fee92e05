"""Formulas of the indicators."""

from __future__ import annotations

_OPENING = "[indicator_series.opening_cents last]"
_SOLD = "[indicator_series.month_sales_cents last]"
_CLOSING = "[indicator_series.outstanding_cents last]"
_CURRENT = "[indicator_series.not_due_cents last]"

FIGURES = {
    "indicators.cei_month_share": (
        f"({_OPENING}+{_SOLD}-{_CLOSING})/({_OPENING}+{_SOLD}-{_CURRENT})"
    ),
    "indicators.turnover_index": (
        "[indicator_series.year_sales_cents last]/[indicator_series.average_cents last]"
    ),
    "indicators.current_share": "{ageing.not_due_cents}/{ageing.aged_cents}",
    "indicators.oldest_share": "{ageing.oldest_cents}/{ageing.aged_cents}",
    "indicators.bad_debt_ceiling_cents": (
        "{dso.credit_sales_cents}*{policy:quality.max_write_off_share}"
    ),
    "indicators.recover_sales_cents": (
        "{write_offs.written_off_cents}/{indicators.gross_margin_share}"
    ),
    "indicators.disputed_share": "{ageing.disputed_cents}/{ageing.outstanding_cents}",
    "indicators.deduction_days": ("{ageing.disputed_cents}/{indicators.resolved_per_day_cents}"),
    "indicators.cost_share": (
        "{indicators.collection_cost_cents}*12*{policy:dso.period_days}/365"
        "/{indicators.received_cents}"
    ),
    "indicators.collected_share": ("{indicators.collected_cents}/{indicators.collectable_cents}"),
}

ROWS = {
    ("indicator_series", "cei_month_share"): (
        "([@opening_cents]+[@month_sales_cents]-[@outstanding_cents])"
        "/([@opening_cents]+[@month_sales_cents]-[@not_due_cents])"
    ),
    ("indicator_series", "turnover_index"): "[@year_sales_cents]/[@average_cents]",
}

HELD = {
    "indicators.cei_year_share": "[indicator_series.cei_year_share last]",
    "indicators.collection_days": "[indicator_series.collection_days last]",
}
