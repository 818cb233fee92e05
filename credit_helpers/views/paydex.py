"""The table of the PAYDEX-like index."""

from __future__ import annotations

import pandas as pd

from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words


def by_customer(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the index of each debtor, the lowest first; the workbook holds it.

    Parameters
    ----------
    frame : DataFrame
        ``audit.paydex_by_customer``.
    words : Words
    """
    if frame.empty:
        return None
    keys = [
        "name", "customer_id", "experiences_count", "experiences_cents", "mean_score",
        "paydex_score", "paydex_class",
    ]  # fmt: skip
    totals: dict[str, Total] = dict.fromkeys(["experiences_count", "experiences_cents"], "sum")
    totals |= {"name": "label"}
    rows = frame.sort_values(["paydex_score", "customer_id"], kind="stable")
    return table("paydex", rows, words, keys=keys, totals=totals, shown_rows=0)
