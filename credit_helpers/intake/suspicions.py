"""Names what reads without trouble and cannot be right: swapped, summed, destroyed, scaled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from credit_helpers.errors import Fault
from credit_helpers.intake.client import CONFIG_NAME
from credit_helpers.intake.tables import Table
from credit_helpers.intake.texts import matches
from credit_helpers.intake.typed import Values
from credit_helpers.portfolio.ledger import Note

MIN_ROWS = 3
MOSTLY_NEGATIVE, MOSTLY_EARLY, MANY_DESTROYED = 0.6, 0.5, 0.2
LEAST_BUCKETS = 3
MAX_BREAKS = 0.2
DESTROYED_NUMBER = r"^\d[.,]\d{2,}[eE]\+\d{1,2}$"
THOUSANDS = re.compile(
    r"(?:\b(?:x|in|maal|per)\s*(?:€|eur|euro|\$)?\s*1[.,]?000\b)|\bin (?:duizend|thousand)"
    r"|\b(?:bedragen|amounts)\W+(?:x\s*)?k€|\bTEUR\b",
    re.IGNORECASE,
)
BUCKET = re.compile(
    r"[<>≤≥]?\s*\d{1,3}\s*(?:-|–|t/m|tot|to|bis)\s*\d{1,3}\b.*|[<>≤≥+]\s*\d{1,3}\b.*"
    r"|\d{1,3}\s*(?:\+|and over|and above|en ouder|months?|maand).*|<\s*1 month"
    r"|current|huidig|niet vervallen|nog niet vervallen|not (?:yet )?due|older|ouder|period \d",
    re.IGNORECASE,
)


def ageing_summary(cells: Iterable[object]) -> bool:
    """Return whether a row of headers names classes of age and no document or day.

    Examples
    --------
    >>> ageing_summary(["", "Current", "1 - 30", "31 - 60", "91 and over", "Total"])
    True
    >>> ageing_summary(["Klant", "Factuur", "0-30"])
    False
    """
    return sum(bool(BUCKET.fullmatch(str(cell).strip())) for cell in cells) >= LEAST_BUCKETS


def suspicions(values: Values) -> Iterator[Fault]:
    """Yield what makes a table of invoices unfit to draw conclusions from."""
    table = values.typed.table
    if table.raw.known is not None or table.role != "invoices":
        return
    accepted = values.typed.is_accepted
    if any(THOUSANDS.search(title) for title in table.raw.titles):
        yield Fault("amounts_in_thousands", {"file": table.raw.place})
    yield from _destroyed_numbers(table)
    yield from _swapped_sides(values, accepted)
    yield from _swapped_dates(values, accepted)


def mostly_negative(values: Values) -> Note | None:
    """Return whether most amounts are negative where no column says which side they are on."""
    table = values.typed.table
    if table.raw.known is not None or table.role != "invoices" or _has_sides(table):
        return None
    if "kind" in table.columns or not _is_negative(values, values.typed.is_accepted):
        return None
    return Note("mostly_negative", {"file": table.raw.place})


def drop_running_balance(values: Values) -> None:
    """Forget an open amount that only adds up the rows above it, and say so.

    Every row then repeats the money of the rows before: a balance of the account, not of the row.
    """
    table, frame = values.typed.table, values.typed.values
    if "open_amount" not in frame or not ({"debit", "credit", "amount"} & set(frame)):
        return
    if "amount" in frame:
        moved = frame["amount"].fillna(0)
    else:
        none = pd.Series(0, index=frame.index, dtype="Int64")
        moved = frame.get("debit", none).fillna(0) - frame.get("credit", none).fillna(0)
    balance, moved = frame["open_amount"].fillna(0).to_numpy("int64"), moved.to_numpy("int64")
    goes_on = np.diff(balance, prepend=balance[:1] - moved[:1]) == moved
    afresh = balance == moved
    runs = int((goes_on & ~afresh).sum())
    if runs < max(2, (1 - MAX_BREAKS) * int((~afresh).sum())) or afresh[1:].all():
        return
    where = {"file": table.raw.place, "column": table.columns["open_amount"].header}
    del frame["open_amount"], values.states["open_amount"]
    values.notes.append(Note("running_balance", dict(where)))


def _destroyed_numbers(table: Table) -> Iterator[Fault]:
    for word in ("customer_id", "document"):
        if word not in table.columns:
            continue
        header = table.columns[word].header
        cells = table.raw.cells[header]
        hit = matches(cells, DESTROYED_NUMBER)
        if hit.sum() > MANY_DESTROYED * max(int((cells != "").sum()), 1):
            values = {"rows": int(hit.sum()), "row": int(table.raw.rows[int(np.argmax(hit))])}
            yield Fault("numbers_destroyed", {"file": table.raw.place, "column": header, **values})


def _has_sides(table: Table) -> bool:
    return bool({"debit", "credit", "debit_credit"} & set(table.columns))


def _is_negative(values: Values, accepted: np.ndarray) -> bool:
    frame = values.typed.values
    word = next((word for word in ("amount", "open_amount") if word in frame), None)
    cents = frame.loc[accepted, word].dropna() if word else pd.Series(dtype="Int64")
    if len(cents) < MIN_ROWS:
        return False
    return bool((cents < 0).mean() > MOSTLY_NEGATIVE and cents.sum() < 0)


def _swapped_sides(values: Values, accepted: np.ndarray) -> Iterator[Fault]:
    table = values.typed.table
    told = {word for word, choice in table.columns.items() if choice.concept == "own"}
    if not _has_sides(table) or told & {"debit", "credit", "debit_credit"}:
        return
    if _is_negative(values, accepted):
        yield Fault("sides_swapped", {"file": table.raw.place, "config": CONFIG_NAME})


def _swapped_dates(values: Values, accepted: np.ndarray) -> Iterator[Fault]:
    table, frame = values.typed.table, values.typed.values
    if not {"issued_on", "due_on"} <= set(frame):
        return
    days = frame.loc[accepted, ["issued_on", "due_on"]].dropna()
    chosen = [table.columns[word] for word in ("issued_on", "due_on")]
    if len(days) < MIN_ROWS or all(choice.concept == "own" for choice in chosen):
        return
    if (days["due_on"] < days["issued_on"]).mean() > MOSTLY_EARLY:
        where = {"file": table.raw.place, "config": CONFIG_NAME}
        yield Fault("dates_swapped", {**where, "issued": chosen[0].header, "due": chosen[1].header})
