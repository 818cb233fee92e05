"""Sums that must agree to the cent: they stand in the workbook so that a reader can see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from credit_helpers.audit import Audit


@dataclass(frozen=True)
class Check:
    """Two sums that must be the same.

    Parameters
    ----------
    code : str
        Key of its sentence in ``labels.control``.
    unit : str
        ``"cents"`` or ``"count"``.
    left, right : int
        The two sums, in the order in which the sentence names them.
    of : str
        What the check is about when there are several, for example a file.
    """

    code: str
    unit: str
    left: int
    right: int
    of: str = ""

    @property
    def difference(self) -> int:
        """0 when the sums agree."""
        return self.left - self.right


def checks_of(audit: Audit) -> tuple[Check, ...]:
    """Return every check of an audit, in the order of the workbook."""
    return (*_balance(audit), *_movement(audit), *_intake(audit.ledger.intake))


def _balance(audit: Audit) -> Iterator[Check]:
    balance = int(audit.snapshot.outstanding_cents)
    frames = {
        "buckets": audit.ageing,
        "issue_buckets": audit.ageing_by_issue,
        "customers": audit.ageing_by_customer,
        "trend": audit.ageing_trend.tail(1),
        "open_items": audit.open_items,
    }
    for code, frame in frames.items():
        yield Check(code, "cents", int(frame["outstanding_cents"].sum()), balance)
    kinds = ["invoices_cents", "credit_notes_cents", "unapplied_cash_cents"]
    yield Check("kinds", "cents", int(audit.ageing[kinds].to_numpy().sum()), balance)


def _movement(audit: Audit) -> Iterator[Check]:
    rows = audit.movement
    if rows.empty:
        return
    more = rows["opening_cents"] + rows["invoiced_cents"] + rows["other_cents"]
    less = rows["credited_cents"] + rows["received_cents"] + rows["written_off_cents"]
    yield Check("movement", "cents", int((more - less).sum()), int(rows["closing_cents"].sum()))


def _intake(intake: pd.DataFrame) -> Iterator[Check]:
    for row in intake.itertuples(index=False):
        file = f"{row.file} {row.sheet}".strip() if isinstance(row.sheet, str) else str(row.file)
        taken = int(row.rows_accepted + row.rows_quarantined)
        yield Check("intake_rows", "count", int(row.rows_in), taken, file)
        taken = int(row.cents_accepted + row.cents_quarantined)
        yield Check("intake_cents", "cents", int(row.cents_in), taken, file)
