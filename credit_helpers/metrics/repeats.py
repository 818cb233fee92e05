"""Invoices that stand twice in a ledger, or that look as if the same was invoiced twice."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.keys import customer_groups

NEEDS: tuple[str, ...] = ()
COLUMNS = ("repeated_document", "similar_number", "near_duplicate")


def flags(items: pd.DataFrame, days: int) -> pd.DataFrame:
    """Return of each item whether it repeats an earlier one.

    Parameters
    ----------
    items : DataFrame
        The snapshot's, settled ones included; ``document`` where the input has numbers.
    days : int
        How many days after another a near duplicate was issued at most.

    Returns
    -------
    DataFrame
        A row per item, in the same order, of bool; only invoices that add to the balance.

        - ``repeated_document``: the number, debtor, amount and both dates of one before;
        - ``similar_number``: number and debtor only differ in leading zeros, punctuation, capitals
          or a letter at the end from one before of the same amount;
        - ``near_duplicate``: same debtor and amount as another document that was issued at most
          ``days`` before, and no ``similar_number``; only the later one, so that the amount is
          what may have been invoiced twice.

    Examples
    --------
    >>> items = pd.DataFrame({"item_id": ["F1", "F2"], "customer_id": "1", "kind": "invoice",
    ...     "document": ["17", "0017a"], "amount_cents": 500,
    ...     "issued_on": pd.to_datetime(["2026-01-10", "2026-01-20"]), "due_on": pd.NaT})
    >>> flags(items, 14).loc[1].tolist()
    [False, True, False]
    """
    rows = _alike(items.reset_index(drop=True))
    numbered = _numbered(rows)
    similar = _similar(numbered).reindex(rows.index, fill_value=False)
    hits = (_repeated(numbered), similar, _near(rows, days) & ~similar)
    index = pd.RangeIndex(len(items))
    columns = [hit.reindex(index, fill_value=False) for hit in hits]
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def _alike(items: pd.DataFrame) -> pd.DataFrame:
    """Return the invoices of whose debtor another one has the same amount: few, of many."""
    counts = (items["kind"] == "invoice") & (items["amount_cents"] > 0)
    place = np.flatnonzero(counts)
    debtor = customer_groups(items)[0][place]
    cents = items["amount_cents"].to_numpy()[place]
    order = np.lexsort((cents, debtor))
    debtor, cents = debtor[order], cents[order]
    same = (debtor[1:] == debtor[:-1]) & (cents[1:] == cents[:-1])
    alike = np.append(same, False) | np.append(False, same)
    return items.iloc[np.sort(place[order[alike[: len(order)]]])]


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the invoices with a number, in order, with that number bare.

    Bare is without signs, leading zeros and a last letter.
    """
    document = rows["document"] if "document" in rows else pd.Series("", index=rows.index)
    document = document.astype("string").fillna("").str.strip()
    bare = document.str.upper().str.replace(r"[^0-9A-Z]", "", regex=True).str.lstrip("0")
    bare = bare.str.replace(r"([0-9])[A-Z]$", r"\1", regex=True)
    rows = rows.assign(document=document, bare=bare)[document != ""]
    return rows.sort_values(["issued_on", "item_id"], kind="stable")


def _repeated(numbered: pd.DataFrame) -> pd.Series:
    return numbered.duplicated(["customer_id", "document", "amount_cents", "issued_on", "due_on"])


def _similar(numbered: pd.DataFrame) -> pd.Series:
    """Return which invoices have nearly the number of an earlier one, and the same amount."""
    once = numbered.drop_duplicates(["customer_id", "document", "amount_cents"])
    return once.duplicated(["customer_id", "bare", "amount_cents"])


def _near(rows: pd.DataFrame, days: int) -> pd.Series:
    """Return which invoices follow another document of the same debtor and amount."""
    document = rows["document"] if "document" in rows else rows["item_id"]
    keys = ["customer_id", "amount_cents", "issued_on", "document", "item_id"]
    ordered = rows.assign(document=document.fillna(rows["item_id"]))[keys]
    ordered = ordered.sort_values(keys, kind="stable")
    before = ordered.shift(1)
    same = (ordered["customer_id"] == before["customer_id"]) & (
        ordered["amount_cents"] == before["amount_cents"]
    )
    near = (ordered["issued_on"] - before["issued_on"]).dt.days <= days
    hit = same & near & (ordered["document"] != before["document"])
    return hit.fillna(False).astype(bool).reindex(rows.index)
