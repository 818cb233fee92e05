"""How the workbook's figures follow from the rows of its own sheets.

Each formula is that of a spreadsheet, in which brackets stand for cells that are looked up when the
workbook is written:

=============================  ====================================================
``[open_items.bucket]``        every row of a column
``[dso_series.as_of first]``   its first row; ``last``, ``total`` and ``nth`` likewise
``[@outstanding_cents]``       a column of the same row
``{dso.dso_days}``             a figure
``{policy:dso.period_days}``   a value of the policy
``{word:kind.invoice}``        a code in the language of the workbook
=============================  ====================================================

What a report does not show cannot be looked up; the cell then holds the value alone.
"""

from __future__ import annotations

from typing import Any

from credit_helpers.views.formula import (
    ageing,
    behaviour,
    collection,
    concentration,
    credit,
    data_quality,
    dso,
    early_warning,
    failure,
    indicators,
    limits,
    movement,
    order_to_cash,
    priority,
    segmentation,
    write_offs,
)

SUBJECTS = (
    ageing,
    dso,
    indicators,
    movement,
    behaviour,
    concentration,
    failure,
    segmentation,
    early_warning,
    limits,
    order_to_cash,
    credit,
    collection,
    priority,
    write_offs,
    data_quality,
)


def _merged(name: str) -> dict[Any, str]:
    """Return what the subjects say under a name, together."""
    return {key: text for one in SUBJECTS for key, text in getattr(one, name, {}).items()}


FIGURES: dict[str, str] = _merged("FIGURES")
"""Every figure that follows from rows of the workbook, or from figures that do."""

ROWS: dict[tuple[str, str], str] = _merged("ROWS")
"""Cells of a table that follow from the same row or from another sheet."""

HELD: dict[str, str] = _merged("HELD")
"""Where a table itself has a figure; it is looked up there first."""

_OPEN = "[open_items.outstanding_cents]"
_BALANCE = "{ageing.outstanding_cents}"
CHECKS = {
    "buckets": ("SUM([ageing.outstanding_cents])", _BALANCE),
    "issue_buckets": ("SUM([ageing_by_issue.outstanding_cents])", _BALANCE),
    "customers": ("SUM([ageing_by_customer.outstanding_cents])", _BALANCE),
    "trend": ("[ageing_trend.outstanding_cents last]", _BALANCE),
    "open_items": (f"SUM({_OPEN})", _BALANCE),
    "kinds": (
        "SUM([ageing.invoices_cents])+SUM([ageing.credit_notes_cents])"
        "+SUM([ageing.unapplied_cash_cents])",
        _BALANCE,
    ),
    "movement": (
        "SUM([movement.opening_cents])+SUM([movement.invoiced_cents])+SUM([movement.other_cents])"
        "-SUM([movement.credited_cents])-SUM([movement.received_cents])"
        "-SUM([movement.written_off_cents])",
        "SUM([movement.closing_cents])",
    ),
    "causes": ("SUM([overdue_causes.overdue_cents])", "{ageing.overdue_cents}"),
    "intake_rows": (
        "[intake.rows_in nth]",
        "[intake.rows_accepted nth]+[intake.rows_quarantined nth]",
    ),
    "intake_cents": (
        "[intake.cents_in nth]",
        "[intake.cents_accepted nth]+[intake.cents_quarantined nth]",
    ),
}
"""Both sums of a check; ``nth`` is the row of its own."""

BARS = frozenset({"overdue_share", "outstanding_share", "settled_share", "priority_score"})
"""Columns with a bar in each cell, as long as the figure is large."""

ALARMS = {
    "days_past_due": ">={ageing.oldest_from_days}",
    "oldest_days": ">={ageing.oldest_from_days}",
    "excess_cents": ">0",
    "utilisation_share": ">{policy:limits.max_utilisation_share}",
}
"""Columns whose cells are marked, and from which value on."""
