"""One ledger per currency that has no rate, beside the one in the reporting currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from credit_helpers.intake import events
from credit_helpers.intake.observed import observed_on
from credit_helpers.intake.reading import Reading
from credit_helpers.intake.reported import signals_table
from credit_helpers.intake.texts import is_member
from credit_helpers.intake.tie_out import tie_out, tie_out_notes
from credit_helpers.portfolio.ledger import Ledger, Note, SourceFile
from credit_helpers.portfolio.schema import ITEMS, SETTLEMENTS


@dataclass(frozen=True)
class Book:
    """Everything that was accepted, in all currencies.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Accepted rows per role.
    customers, items, settlements : DataFrame
        ``items`` has ``amount_cents`` and ``has_rate``.
    reporting : str
        Reporting currency.
    default : str
        Currency of rows that name none.
    """

    frames: Mapping[str, pd.DataFrame]
    customers: pd.DataFrame
    items: pd.DataFrame
    settlements: pd.DataFrame
    reporting: str
    default: str


def make_ledger(book: Book, reading: Reading) -> Ledger:
    """Return the ledger in the reporting currency, with the currencies without a rate apart."""
    foreign = book.items[~book.items["has_rate"]]
    for code in sorted(foreign["currency"].unique()):
        values: dict[str, object] = {"currency": code, "reporting": book.reporting}
        reading.notes.append(Note("rate_missing", values))
    apart = tuple(
        _ledger(book, rows, str(code), rows["customer_id"], observed_on=_observed_on(reading))
        for code, rows in foreign.groupby("currency")
    )
    own, here = book.items, book.customers["customer_id"]
    if len(foreign):
        own = own[own["has_rate"]]
        elsewhere = ~is_member(foreign["customer_id"], own["customer_id"])
        here = here[~is_member(here, foreign.loc[elsewhere, "customer_id"])]
    intake, quarantine = reading.counts(book.default)
    ledger = _ledger(
        book,
        own,
        book.reporting,
        here,
        observed_on=_observed_on(reading),
        sources=_sources(reading),
        notes=tuple(reading.notes),
        intake=intake,
        quarantine=quarantine,
        apart=apart,
    )
    tied = tie_out(ledger, reading, book.default)
    if tied.empty:
        return ledger
    return replace(ledger, tie_out=tied, notes=(*ledger.notes, *tie_out_notes(tied)))


def _ledger(
    book: Book, items: pd.DataFrame, currency: str, about: pd.Series, **told: Any
) -> Ledger:
    kept = [column for column in (*ITEMS.required, *ITEMS.optional) if column in items]
    paid, places = book.settlements, None
    if len(items) < len(book.items):
        paid = paid[is_member(paid["item_id"], items["item_id"])]
    elif "place" in paid and paid["place"].notna().all():
        places = paid["place"].to_numpy(dtype="int64")
    return Ledger(
        customers=book.customers[is_member(book.customers["customer_id"], about)],
        items=items[kept],
        settlements=_settlements(paid),
        reporting_currency=currency,
        places=places,
        **_events(book.frames, items, about),
        **told,
    )


def _settlements(paid: pd.DataFrame) -> pd.DataFrame:
    if "is_allocated" not in paid:
        return paid[list(SETTLEMENTS.required)]
    marked = paid["is_allocated"].astype("boolean").fillna(False)
    return paid[list(SETTLEMENTS.required)].assign(is_allocated=marked)


def _events(
    frames: Mapping[str, pd.DataFrame], items: pd.DataFrame, about: pd.Series
) -> dict[str, pd.DataFrame]:
    flagged = events.disputes_of(items)
    found = {"disputes": flagged}
    for role in ("disputes", "reminders", "promises"):
        rows = frames[role]
        if "source_row" not in rows:
            continue
        item_id = events.item_of(rows, items)
        if role == "disputes":
            known = events.disputes_table(rows, item_id)
            both = pd.concat([known, flagged], ignore_index=True)
            found[role] = both.drop_duplicates(["item_id", "disputed_on"])
        elif role == "reminders":
            found[role] = events.reminders_table(rows, item_id)
        else:
            promises = events.promises_table(rows, item_id, items)
            found[role] = promises[is_member(promises["customer_id"], about)]
    if "source_row" in frames["signals"]:
        signals = signals_table(frames["signals"])
        found["signals"] = signals[is_member(signals["customer_id"], about)]
    return found


def _observed_on(reading: Reading) -> pd.Timestamp | None:
    """Return the day of the export: the client's word, else a title above the invoices."""
    titles = [table.raw.titles for table in reading.tables if table.role == "invoices"]
    days = [day for day in map(observed_on, titles) if day is not None]
    return reading.config.observed_on or (max(days) if days else None)


def _sources(reading: Reading) -> tuple[SourceFile, ...]:
    used = sorted({(table.raw.file, table.role) for table in reading.tables})
    hashes = reading.delivery.hashes
    return tuple(SourceFile(name, hashes[name], role) for name, role in used)
