"""Formulas of segments."""

from __future__ import annotations

ROWS = {
    ("segment_summary", "outstanding_share"): (
        "[@outstanding_cents]/SUM([segment_summary.outstanding_cents])"
    ),
}
