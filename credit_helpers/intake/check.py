"""What ``credit-audit check`` tells: how a client's files were understood, before any report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.client import ClientConfig, read_client
from credit_helpers.intake.evidence import package
from credit_helpers.intake.read import ledger_of
from credit_helpers.intake.reading import LOW_CONFIDENCE, Reading
from credit_helpers.portfolio.ledger import Note
from credit_helpers.portfolio.schema import INTAKE, QUARANTINE, TIE_OUT

ASKED = ("question_dates", "question_decimals")


@dataclass(frozen=True)
class Column:
    """One column as it was understood: our word, their header, the confidence from 0 to 1."""

    file: str
    table: str
    word: str
    header: str
    confidence: float


@dataclass(frozen=True)
class Check:
    """How a client's files were understood.

    Parameters
    ----------
    config : ClientConfig, optional
        ``None`` when ``client.toml`` itself is wrong.
    columns : tuple of Column
        Every column that is used.
    intake, quarantine : DataFrame
        Rows and cents in, accepted and set aside per file, table and currency; the rows set aside.
    faults, questions : tuple of Fault
        What has to be mended, and what has to be answered, before there can be a report.
    notes : tuple of Note
        What one should know; the texts are under ``errors.note``.
    tie_out : DataFrame
        What the source states of itself beside what was read, differences first.
    latest_on, observed_on : Timestamp, optional
        Last day in the files; day of the export.
    capabilities : frozenset of str
        What the files and the settings support; ``None`` while there is no ledger.
    package : str
        The package that the files are an export of, ``""`` when it is not known.
    asks : mapping of str to str
        What an audit needs -> the report of that package that has it.
    """

    config: ClientConfig | None = None
    columns: tuple[Column, ...] = ()
    intake: pd.DataFrame = field(default_factory=INTAKE.frame)
    quarantine: pd.DataFrame = field(default_factory=QUARANTINE.frame)
    faults: tuple[Fault, ...] = ()
    questions: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()
    tie_out: pd.DataFrame = field(default_factory=TIE_OUT.frame)
    first_on: pd.Timestamp | None = None
    latest_on: pd.Timestamp | None = None
    observed_on: pd.Timestamp | None = None
    capabilities: frozenset[str] | None = None
    package: str = ""
    asks: Mapping[str, str] = field(default_factory=dict)

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to mend, answer or confirm something."""
        asked = any(note.asks for note in self.notes)
        return bool(self.faults or self.questions) or asked

    @property
    def reasons(self) -> pd.DataFrame:
        """Rows and cents set aside per file, table and reason; most rows first.

        The texts are under ``errors.quarantine.<reason>.reason`` and ``.cure``; ``first_row`` is
        the row number that a spreadsheet shows.
        """
        keys = ["file", "sheet", "table", "reason", "column", "currency"]
        grouped = self.quarantine.groupby(keys, dropna=False)
        sums = grouped.agg(
            rows_count=("row", "size"), cents=("cents", "sum"), first_row=("row", "min")
        )
        order = ["rows_count", "file", "reason"]
        return sums.reset_index().sort_values(order, ascending=[False, True, True])


def check(path: Path | str) -> Check:
    """Return how a file or a client folder is understood; nothing is raised.

    Examples
    --------
    >>> found = check("does-not-exist.csv")
    >>> [fault.code for fault in found.faults], found.needs_person
    (['file_missing'], True)
    """
    try:
        config = read_client(path)
        ledger, reading = ledger_of(Path(path), config)
    except InputError as error:
        return Check(faults=error.faults)
    questions = tuple(fault for fault in reading.faults if fault.code in ASKED)
    profile, _ = package(reading)
    found = {
        "config": config,
        "columns": _columns(reading),
        "faults": tuple(fault for fault in reading.faults if fault.code not in ASKED),
        "questions": questions,
        "package": profile.name if profile else "",
        "asks": profile.ask if profile else {},
    }
    if ledger is None:
        intake, quarantine = reading.counts()
        return Check(**found, notes=tuple(reading.notes), intake=intake, quarantine=quarantine)
    return Check(
        **found,
        notes=ledger.notes,
        intake=ledger.intake,
        quarantine=ledger.quarantine,
        tie_out=ledger.tie_out,
        first_on=ledger.first_on,
        latest_on=ledger.latest_on,
        observed_on=ledger.observed_on,
        capabilities=ledger.capabilities | _told(config),
    )


def _told(config: ClientConfig) -> set[str]:
    """Return what the settings give beside the files."""
    given = {"previous": config.previous, "questionnaire": config.questionnaire}
    return {name for name, value in given.items() if value}


def _columns(reading: Reading) -> tuple[Column, ...]:
    return tuple(
        Column(table.raw.place, table.role, word, choice.header, choice.confidence)
        for table in reading.tables
        for word, choice in table.columns.items()
    )


__all__ = ["LOW_CONFIDENCE", "Check", "Column", "check"]
