"""Formulas of early warnings."""

from __future__ import annotations

_DECIDED = "({early_warning.right_count}+{early_warning.wrong_count})"

FIGURES = {
    "early_warning.warned_debtors_count": "COUNT([early_warnings.outstanding_cents])",
    "early_warning.warned_cents": "ROUND(SUM([early_warnings.outstanding_cents]),2)",
    "early_warning.recall_share": "{early_warning.caught_count}/{early_warning.failures_count}",
    "early_warning.precision_share": f"{{early_warning.right_count}}/{_DECIDED}",
}

ROWS = {
    ("early_warning_signals", "precision_share"): (
        "[@right_count]/([@right_count]+[@wrong_count])"
    ),
}

HELD = {"early_warning.warned_cents": "[early_warnings.outstanding_cents total]"}
