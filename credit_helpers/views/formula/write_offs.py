"""Formulas of write-offs."""

from __future__ import annotations

FIGURES = {
    "write_offs.written_off_share": "{write_offs.written_off_cents}/{dso.credit_sales_cents}",
}
