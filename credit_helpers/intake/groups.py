"""Lists grouped by debtor: a row with only the name stands above the rows of that debtor."""

from __future__ import annotations

import dataclasses

import numpy as np

from credit_helpers.intake.headers import meanings
from credit_helpers.intake.tables import RawTable
from credit_helpers.intake.totals import is_total

CUSTOMER = frozenset(("customer", "customer_id", "customer_name"))
HEADER = "Debiteur"
MIN_FILLED = 3


def spread_groups(raw: RawTable) -> RawTable:
    """Return the table with the debtor of each group in a column of its own.

    Only when no header names a debtor, and rows with a single text stand right above rows with
    more. Those rows are set aside as ``group_row``; they hold no money.
    """
    known = {meaning.concept for header in raw.cells.columns for meaning in meanings(header)}
    if known & CUSTOMER or HEADER in raw.cells or raw.cells.shape[1] < MIN_FILLED:
        return raw
    filled = (raw.cells != "").sum(axis=1).to_numpy()
    first = raw.cells.iloc[:, 0]
    lone = (filled == 1) & (first != "").to_numpy() & ~is_total(first)
    opens = lone & (np.append(filled[1:], 0) >= MIN_FILLED)
    if not opens.any():
        return raw
    name = first.where(opens).ffill().fillna("")
    reasons = raw.reasons.copy()
    reasons[lone & (reasons == "")] = "group_row"
    cells = raw.cells.assign(**{HEADER: name})
    kinds = None if raw.kinds is None else raw.kinds.assign(**{HEADER: np.int8(0)})
    return dataclasses.replace(raw, cells=cells, kinds=kinds, reasons=reasons)
