"""Formulas of early warnings."""

from __future__ import annotations

_WARNED = "[early_warnings.is_warned],{word:flag.yes}"

FIGURES = {
    "early_warning.warned_debtors_count": f"COUNTIF({_WARNED})",
    "early_warning.warned_cents": (
        f"ROUND(SUMIFS([early_warnings.outstanding_cents],{_WARNED}),2)"
    ),
}
