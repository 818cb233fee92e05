"""Formulas of concentration."""

from __future__ import annotations

_CURVE = "[concentration_curve.outstanding_cents]"

FIGURES = {
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
}

ROWS = {
    ("concentration_curve", "outstanding_share"): f"[@outstanding_cents]/SUM({_CURVE})",
}

HELD = {
    "concentration.largest_cents": "[concentration_curve.outstanding_cents first]",
    "concentration.top1_share": "[concentration_curve.outstanding_share first]",
}
