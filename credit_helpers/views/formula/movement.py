"""Formulas of the movement of the balance."""

from __future__ import annotations

ROWS = {
    ("movement_by_bucket", "closing_cents"): (
        "ROUND([@opening_cents]+[@invoiced_cents]-[@credited_cents]-[@received_cents]"
        "-[@written_off_cents]+[@other_cents]+[@rolled_in_cents]-[@rolled_out_cents],2)"
    ),
    ("movement", "closing_cents"): (
        "ROUND([@opening_cents]+[@invoiced_cents]-[@credited_cents]-[@received_cents]"
        "-[@written_off_cents]+[@other_cents],2)"
    ),
}
