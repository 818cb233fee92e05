"""Formulas of the worklist."""

from __future__ import annotations

_PARTS = "[@amount_score]+[@lateness_score]+[@drift_score]"

ROWS = {
    ("priority", "priority_score"): (f"{_PARTS}+[@promise_score]+[@limit_score]+[@dispute_score]"),
}
