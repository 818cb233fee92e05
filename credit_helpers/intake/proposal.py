"""Proposes the settings of a client from the files in its folder; what nothing tells stays open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake import evidence
from credit_helpers.intake.client import ClientConfig
from credit_helpers.intake.column_questions import (
    CAN_ASK,
    PREFIX,
    ColumnQuestion,
    column_questions,
    hints,
)
from credit_helpers.intake.evidence import Answer
from credit_helpers.intake.owner import client_name
from credit_helpers.intake.read import ledger_of
from credit_helpers.intake.reading import Reading
from credit_helpers.intake.tables import Table
from credit_helpers.portfolio.ledger import Ledger

KEYS = (
    "name",
    "language",
    "profile",
    "currency",
    "dates",
    "decimals",
    "observed_on",
    "as_of",
)
ASKED = ("question_dates", "question_decimals")


@dataclass(frozen=True)
class Proposal:
    """What a client's settings would be.

    Parameters
    ----------
    folder : Path
    answers : mapping of str to Answer
        Per key of :data:`KEYS`.
    reading : Reading
        How the files were read under these settings.
    ledger : Ledger, optional
        ``None`` as long as a question keeps the files from being read.
    asked : tuple of ColumnQuestion
        The columns that somebody has to point out.
    hints : tuple of ColumnQuestion
        Columns that are not needed, and that nobody recognised.
    """

    folder: Path
    answers: Mapping[str, Answer]
    reading: Reading
    ledger: Ledger | None = None
    asked: tuple[ColumnQuestion, ...] = ()
    hints: tuple[ColumnQuestion, ...] = ()

    @property
    def open_keys(self) -> tuple[str, ...]:
        """The settings that somebody has to tell, the columns first."""
        own = tuple(key for key, answer in self.answers.items() if answer.is_open)
        return (*(question.key for question in self.asked), *own)

    @property
    def files(self) -> dict[str, tuple[str, ...]]:
        """Role -> the files or sheets that have it."""
        found: dict[str, list[str]] = {}
        for table in self.reading.tables:
            # An audit file tells itself what its tables are; it is named once.
            if not _is_known(table) or table.role == "invoices":
                found.setdefault(table.role, []).append(self._place(table))
        return {role: tuple(dict.fromkeys(held)) for role, held in found.items()}

    @property
    def columns(self) -> dict[str, dict[str, str]]:
        """Role -> our word -> their header, as far as the tables of a role agree."""
        seen: dict[str, dict[str, set[str]]] = {}
        for table in self.reading.tables:
            if not _is_known(table):
                words = seen.setdefault(table.role, {})
                for word, choice in table.columns.items():
                    words.setdefault(word, set()).add(choice.header)
        found = {
            role: {word: next(iter(h)) for word, h in words.items() if len(h) == 1}
            for role, words in seen.items()
        }
        for role, words in self.reading.config.columns.items():  # what no column holds stays so
            none = {word: header for word, header in words.items() if not header}
            found[role] = found.get(role, {}) | none
        return found

    def _place(self, table: Table) -> str:
        raw, delivery = table.raw, self.reading.delivery
        if raw.file in delivery.archives:
            return delivery.archives[raw.file]
        sheets = [grid for grid in delivery.grids if grid.file == raw.file]
        return raw.place if len(sheets) > 1 and not _is_known(table) else raw.file


def propose(folder: Path, given: Mapping[str, str]) -> Proposal:
    """Return the settings that the files in a folder tell, with what the user said over them.

    Parameters
    ----------
    folder : Path
    given : mapping of str to str
        Keys of :data:`KEYS` that the user answered already, as ``client.toml`` writes them, and
        keys such as ``columns.invoices.issued_on`` with a header.

    Raises
    ------
    InputError
        When the files cannot be read, for everything that is wrong at once.
    """
    if not folder.is_dir():
        raise InputError(Fault("not_a_folder", {"file": folder.name or str(folder)}))
    told = {key: value for key, value in given.items() if value or key.startswith(PREFIX)}
    ledger, reading = ledger_of(folder, _config(folder, told))
    profile, package = evidence.package(reading)
    formats = {
        "dates": evidence.date_order(reading, profile),
        "decimals": evidence.decimal_sign(reading, profile),
    }
    helped = {key: a.value for key, a in formats.items() if a.reason == "package"}
    if helped and ledger is None:
        ledger, reading = ledger_of(folder, _config(folder, {**helped, **told}))
    asked = _asked(reading, told)
    speech = evidence.language(reading, profile)
    answers = {
        "name": client_name(reading, folder),
        "language": speech,
        "profile": package,
        "currency": evidence.currency(
            reading,
            speech.value if speech.reason != "house_language" else "",
            ledger.reporting_currency if ledger else "",
        ),
        **formats,
        **_days(reading, ledger, told.get("dates", formats["dates"].value)),
    }
    answers |= {key: evidence.given(value) for key, value in told.items()}
    answers = {key: answers[key] for key in KEYS}
    return Proposal(folder, answers, reading, ledger, asked, hints(reading))


def _asked(reading: Reading, told: Mapping[str, str]) -> tuple[ColumnQuestion, ...]:
    """Return the columns to ask for; raise what no answer mends, an answer of no use included."""
    faults = [fault for fault in reading.faults if fault.code not in ASKED]
    asked = column_questions(reading) if all(fault.code in CAN_ASK for fault in faults) else ()
    if faults and (not asked or any(question.key in told for question in asked)):
        raise InputError(faults)
    return asked


def _config(folder: Path, told: Mapping[str, str]) -> ClientConfig:
    columns = {k.removeprefix(PREFIX): v for k, v in told.items() if k.startswith(PREFIX)}
    return ClientConfig(
        folder.resolve().name or "client",
        folder=folder,
        dates=told.get("dates", ""),
        decimals=told.get("decimals", ""),
        currency=told.get("currency", ""),
        profile=told.get("profile", ""),
        columns={"invoices": columns} if columns else {},
    )


def _days(reading: Reading, ledger: Ledger | None, order: str) -> dict[str, Answer]:
    """Return the day of the export and the as-of date: that day, else the last in the files."""
    latest = ledger.latest_on if ledger else None
    parts = [part.latest_on for part in ledger.apart] if ledger else []
    latest = max((day for day in (latest, *parts) if day is not None), default=None)
    export = evidence.export_day(reading, order, latest)
    if export.value:
        return {"observed_on": export, "as_of": replace(export, reason="export_day", values={})}
    if latest is not None:
        as_of = Answer(f"{latest:%Y-%m-%d}", "latest")
    elif ledger is None:
        as_of = Answer("", "waits")
    else:
        as_of = Answer("", "no_day", is_open=True)
    return {"observed_on": export, "as_of": as_of}


def same(one: Ledger, other: Ledger) -> bool:
    """Return whether two ledgers hold the same, row by row."""
    names = ("customers", "items", "settlements", "promises", "disputes", "reminders", "intake")
    alike = all(_equal(getattr(one, name), getattr(other, name)) for name in names)
    alike &= one.reporting_currency == other.reporting_currency
    return alike and len(one.apart) == len(other.apart) and all(map(same, one.apart, other.apart))


def _equal(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return one.reset_index(drop=True).equals(other.reset_index(drop=True))


def _is_known(table: Table) -> bool:
    return table.raw.known is not None
