"""Exports with a row per line of an invoice: the total of the invoice stands on each of them."""

from __future__ import annotations

import re

import numpy as np

from credit_helpers.intake.tables import TypedTable

LINE_AMOUNT = re.compile(
    r"line ?(?:amount|total|value)|(?:amount|total) line|regel ?(?:bedrag|totaal)"
    r"|unit ?(?:amount|price)|stuks?prijs|prijs per|einzelpreis|positionsbetrag",
    re.IGNORECASE,
)
SAME = ("customer_id", "name", "document", "issued_on", "due_on", "amount", "open_amount")


def repeated_lines(typed: TypedTable) -> np.ndarray:
    """Return which rows repeat an invoice that a row above has, for another line of it.

    Only in a table that has amounts of lines beside those of invoices, and where every invoice of
    several rows has one amount: then the rest of the row tells of the line.
    """
    none = np.zeros(len(typed.reasons), dtype=bool)
    used = {choice.header for choice in typed.table.columns.values()}
    lines = [h for h in typed.table.raw.cells if h not in used and LINE_AMOUNT.search(str(h))]
    if not lines or "document" not in typed.values or "amount" not in typed.values:
        return none
    if LINE_AMOUNT.search(typed.table.columns["amount"].header):
        return none
    keys = typed.values[[word for word in SAME if word in typed.values]]
    named = (keys["document"] != "").to_numpy()
    owner = [word for word in ("customer_id", "name", "document") if word in keys]
    several = keys[named & (typed.is_accepted)].duplicated(owner, keep=False)
    rows = keys.loc[several.index[several]]
    if rows.empty or rows.groupby(owner)["amount"].nunique(dropna=False).gt(1).any():
        return none
    return keys.duplicated().to_numpy() & named
