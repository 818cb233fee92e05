"""Formulas of the tie-out."""

from __future__ import annotations

ROWS = {
    ("tie_out", "difference_cents"): "ROUND([@source_cents]-[@own_cents],2)",
}
