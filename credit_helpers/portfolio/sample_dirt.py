"""The dirty rows of a sample client's invoice file, as every real export has a few.

Only invoices that nothing happened to lose a value, so that no receipt or reminder is left without
its document.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

DUPLICATES_COUNT = 2
MISSING_DUE_COUNT = 3
UNREADABLE_DATE = "31-09-2026"  # September has thirty days
TOTAL = "Totaal"


def soil(tables: dict[str, pd.DataFrame], seed: int) -> pd.DataFrame:
    """Return the invoices with dirty rows, every column as objects.

    Two exact duplicates, one missing amount, one unreadable invoice date, three missing due
    dates, one near duplicate (same debtor and amount, next day, other number) and a total row.

    Parameters
    ----------
    tables : dict of str to DataFrame
        As made by ``make_tables``.
    seed : int
        Which rows are struck.
    """
    rng = np.random.default_rng([seed, 1])
    invoices = tables["invoices"]
    rows = invoices.astype(object).where(invoices.notna(), None)
    unpaid = _unpaid(tables, rng)
    amount, unreadable, near = unpaid[:3]
    rows.loc[amount, "amount_cents"] = None
    rows.loc[unreadable, "issued_on"] = UNREADABLE_DATE
    rows.loc[unpaid[3 : 3 + MISSING_DUE_COUNT], "due_on"] = None
    twice = rows.loc[unpaid[3 + MISSING_DUE_COUNT :][:DUPLICATES_COUNT]]
    extra = [_near_duplicate(rows.loc[near]), *(row for _, row in twice.iterrows())]
    places = [near, *twice.index]
    added = pd.DataFrame(extra, index=[place + 0.5 for place in places], columns=rows.columns)
    rows = pd.concat([rows, added.astype(object)]).sort_index(kind="stable")
    return pd.concat([rows, _total_row(rows)], ignore_index=True)


def _unpaid(tables: dict[str, pd.DataFrame], rng: np.random.Generator) -> np.ndarray:
    """Rows of ordinary invoices that nothing happened to yet, in random order."""
    invoices = tables["invoices"]
    events = ("payments", "disputes", "promises", "reminders")
    used = pd.concat([tables[name]["document"] for name in events])
    fits = (invoices["kind"] == "invoice") & ~invoices["document"].isin(used)
    ordinary = tables["customers"].loc[tables["customers"]["story"] == "", "customer_id"]
    fits &= invoices["customer_id"].isin(ordinary)
    fits &= invoices["issued_on"] < invoices["issued_on"].max() - pd.Timedelta(days=10)
    return rng.permutation(np.flatnonzero(fits))


def _near_duplicate(row: pd.Series) -> pd.Series:
    """The same delivery, invoiced once more the next day under a number of its own."""
    day = pd.Timedelta(days=1)
    changed = {"document": f"{row['document']}A", "issued_on": row["issued_on"] + day}
    return pd.Series({**row.to_dict(), **changed, "due_on": row["due_on"] + day})


def _total_row(rows: pd.DataFrame) -> pd.DataFrame:
    total = sum(cents for cents in rows["amount_cents"] if cents is not None)
    row = dict.fromkeys(rows.columns)
    return pd.DataFrame([{**row, "document": TOTAL, "amount_cents": total}], dtype=object)
