"""Write-offs and credit notes of a period, against what was sold in it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from credit_helpers.cents import ratio

NEEDS: tuple[str, ...] = ()


@dataclass(frozen=True)
class WriteOffFigures:
    """What was written off and credited in the period, both as positive amounts.

    ``written_off_share`` is of the credit sales (invoices minus credit notes),
    ``credit_notes_share`` of the invoices; ``nan`` without any.
    """

    written_off_cents: int
    written_off_share: float
    credit_notes_cents: int
    credit_notes_share: float


def figures(
    items: pd.DataFrame, settlements: pd.DataFrame, *, as_of: pd.Timestamp, period_days: int
) -> WriteOffFigures:
    """Return write-offs and credit notes of the ``period_days`` up to and including the day.

    Parameters
    ----------
    items, settlements : DataFrame
        Those of the snapshot. A write-off counts on the day it was booked; one without a date is
        left out. A credit note counts on its day of issue; a credit that was booked on an invoice
        counts as well, and cancels out where it only matches a credit note with its invoice.
    as_of : Timestamp
    period_days : int

    Examples
    --------
    >>> day = pd.Timestamp
    >>> items = pd.DataFrame({"item_id": ["F1", "C1"], "kind": ["invoice", "credit_note"],
    ...     "issued_on": [day("2026-01-05"), day("2026-02-01")], "amount_cents": [10_000, -2_000]})
    >>> booked = pd.DataFrame({"item_id": ["F1"], "kind": ["write_off"],
    ...     "settled_on": [day("2026-03-01")], "amount_cents": [400]})
    >>> found = figures(items, booked, as_of=day("2026-03-31"), period_days=365)
    >>> found.written_off_cents, found.written_off_share, found.credit_notes_share
    (400, 0.05, 0.2)
    """
    start = as_of - pd.Timedelta(days=period_days)
    columns = ["kind", "amount_cents"]
    is_recent, is_booked = (
        (days > start) & (days <= as_of) for days in (items["issued_on"], settlements["settled_on"])
    )
    issued, booked = items.loc[is_recent, columns], settlements.loc[is_booked, columns]
    invoiced = int(issued["amount_cents"][issued["kind"] == "invoice"].sum())
    notes = -int(issued["amount_cents"][issued["kind"] == "credit_note"].sum())
    matched = int(booked["amount_cents"][booked["kind"] == "credit"].sum())
    written_off = int(booked["amount_cents"][booked["kind"] == "write_off"].sum())
    return WriteOffFigures(
        written_off_cents=written_off,
        written_off_share=ratio(written_off, invoiced - notes),
        credit_notes_cents=notes + matched,
        credit_notes_share=ratio(notes + matched, invoiced),
    )
