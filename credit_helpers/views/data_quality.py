"""Tables of what was delivered, what was set aside, and what stands out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pandas as pd

from credit_helpers.views.show import Shown, sentence
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

ROWS = ("rows_in", "rows_accepted", "rows_quarantined")
CENTS = ("cents_in", "cents_accepted", "cents_quarantined")
TIED = (
    "what", "place", "file", "as_of", "source_count", "own_count", "source_cents", "own_cents",
    "difference_cents", "tie_cause",
)  # fmt: skip
# What a client may deliver, and the chapters that are poorer without it.
SERVES = {
    "due_dates": "ageing",
    "payment_history": "dso;behaviour",
    "limits": "limits",
    "insurance": "limits",
    "terms": "order_to_cash",
    "promises": "collection",
    "reminders": "collection",
    "disputes": "order_to_cash",
    "delivery_dates": "order_to_cash",
    "order_refs": "order_to_cash",
    "country": "ageing",
    "sector": "ageing",
    "region": "ageing",
    "questionnaire": "maturity",
}


def tie_out(frame: pd.DataFrame, words: Words) -> Table | Shown:
    """Return what the source states of itself beside what was read, differences first.

    The rows are of different kinds and overlap, so they have no total: a difference never
    disappears against another one.
    """
    if frame.empty:
        return sentence(words.label("missing.tie_out"))
    has_one = frame["currency"].dropna().nunique() < 2
    rows = frame.rename(columns={"cause": "tie_cause"})
    keys = [*TIED, *([] if has_one else ["currency"])]
    shown = table("tie_out", rows, words, keys=keys, has_unit=has_one)
    for key in ("file", "as_of", "source_count", "own_count", "currency"):
        shown = shown.styled(key, only_workbook=True)
    for key in ("source_cents", "own_cents", "difference_cents"):
        shown = shown.styled(key, is_exact=True)
    return shown.styled("place", under="what")


def intake(frame: pd.DataFrame, words: Words) -> Table:
    """Return rows and amounts per file: delivered, read and set aside.

    Amounts have no total: what was invoiced and what was paid are not to be added.
    """
    has_one = "currency" not in frame or frame["currency"].dropna().nunique() < 2
    totals: dict[str, Total] = dict.fromkeys(ROWS, "sum")
    keys = ["file", "sheet", "table", *ROWS, *CENTS, *([] if has_one else ["currency"])]
    shown = table(
        "intake", frame, words, keys=keys, totals=totals | {"file": "label"}, has_unit=has_one
    )
    for key in ROWS:
        shown = shown.styled(key, unit="count")
    for key in CENTS:
        shown = shown.styled(key, unit="cents")
    return shown.styled("sheet", only_workbook=True)


def sources(files: Iterable[Any], words: Words) -> Table:
    """Return the files with their fingerprint, for the workbook."""
    rows = [{"file": f.name, "table": f.table, "sha256": f.sha256} for f in files]
    frame = pd.DataFrame(rows, columns=["file", "table", "sha256"])
    return table("sources", frame, words, keys=["file", "table", "sha256"], shown_rows=0)


def quarantine(frame: pd.DataFrame, words: Words) -> Table:
    """Return why rows were set aside: how many, how much money is in them, and the cure."""
    cures = [words.raw(f"errors.quarantine.{reason}.cure") for reason in frame["reason"]]
    rows = frame.assign(cure=pd.array(cures, dtype="string"))
    keys = ["table", "reason", "cure", "rows_count", "cents"]
    totals: dict[str, Total] = {"table": "label", "rows_count": "sum", "cents": "sum"}
    shown = table("quarantine_summary", rows, words, keys=keys, totals=totals)
    return shown.styled("cure", under="reason")


def quarantine_rows(frame: pd.DataFrame, words: Words) -> Table:
    """Return every row that was set aside as it was delivered; the workbook holds them."""
    keys = ["file", "sheet", "row", "table", "reason", "column", "currency", "cents", "original"]
    shown = table("quarantine", frame, words, keys=keys, shown_rows=0)
    return shown.styled("row", unit="count")


def quality(frame: pd.DataFrame, words: Words) -> Table:
    """Return what stands out in the rows that were read; signals overlap, so no total."""
    return table("quality", frame, words, keys=["check", "items_count", "amount_cents"])


def quality_items(frame: pd.DataFrame, words: Words) -> Table:
    """Return the items behind the signals; the workbook holds them."""
    keys = ["check", "document", "item_id", "customer_id", "amount_cents"]
    return table("quality_items", frame, words, keys=keys, shown_rows=0)


def missing(capabilities: Collection[str], words: Words) -> Table | Shown:
    """Return what the input lacks, and the chapters that would gain by it.

    Parameters
    ----------
    capabilities : collection of str
        ``audit.capabilities``: what the input supports.
    words : Words
    """
    rows = [
        {"needed": words.label(f"capability.{word}"), "serves": subjects}
        for word, subjects in SERVES.items()
        if word not in capabilities
    ]
    if not rows:
        return sentence(words.label("missing.complete"))
    frame = pd.DataFrame(rows, columns=["needed", "serves"])
    return table("missing", frame, words, keys=["needed", "serves"])
