"""From files to typed tables: every stage collects its faults, so that all are told at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from rapidfuzz import process

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.age_amounts import with_open_amount
from credit_helpers.intake.answers import answer_notes
from credit_helpers.intake.audit_years import (
    companies,
    set_carried_over_aside,
    set_covered_aside,
)
from credit_helpers.intake.client import CONFIG_NAME, ClientConfig
from credit_helpers.intake.customers import without_due_dates
from credit_helpers.intake.editions import set_copies_aside, set_older_lists_aside
from credit_helpers.intake.groups import spread_groups
from credit_helpers.intake.headers import key_of
from credit_helpers.intake.layout import LOOK_ROWS, is_title, lay_out, with_titles
from credit_helpers.intake.profiles import profile_of
from credit_helpers.intake.receipts import mark_receipts
from credit_helpers.intake.roles import recognise_all, why_no_role
from credit_helpers.intake.rows import (
    intake_rows,
    quarantine_rows,
    repeated_sum_note,
    set_rows_aside,
    totals_note,
)
from credit_helpers.intake.sheet_debtors import name_debtors
from credit_helpers.intake.sides import join_sides
from credit_helpers.intake.sources import Delivery, read_delivery
from credit_helpers.intake.suspicions import (
    ageing_summary,
    drop_running_balance,
    mostly_negative,
    suspicions,
)
from credit_helpers.intake.tables import RawTable, Table
from credit_helpers.intake.typed import Values, type_table
from credit_helpers.portfolio.ledger import Note
from credit_helpers.portfolio.schema import INTAKE, QUARANTINE

LOW_CONFIDENCE = 0.7


@dataclass
class Reading:
    """What came of reading a client's files, however far it got."""

    config: ClientConfig
    delivery: Delivery = field(default_factory=Delivery)
    tables: list[Table] = field(default_factory=list)
    unused: list[RawTable] = field(default_factory=list)
    values: list[Values] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def of(self, role: str) -> list[Values]:
        """Return the typed tables of a role."""
        return [values for values in self.values if values.typed.table.role == role]

    def counts(self, default: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return rows and cents per file and table, and the rows that were set aside."""
        intake = [intake_rows(values.typed, default) for values in self.values]
        aside = [quarantine_rows(values.typed, default) for values in self.values]
        return (
            INTAKE.frame(pd.concat(intake, ignore_index=True) if intake else None),
            QUARANTINE.frame(pd.concat(aside, ignore_index=True) if aside else None),
        )


def read_tables(path: Path, config: ClientConfig) -> Reading:
    """Return every table of a file or folder with its values and its rows judged."""
    reading = Reading(config, read_delivery(path, config))
    reading.faults += reading.delivery.faults
    reading.notes += reading.delivery.notes
    reading.notes += answer_notes(config.answers)
    raws = _lay_out_all(reading)
    _give_roles(reading, raws)
    _check_own_columns(reading)
    _check_tables(reading)
    for table in reading.tables:
        values = type_table(table, config)
        reading.faults += values.faults
        reading.notes += values.notes
        if not values.faults:
            told = len(values.notes)
            drop_running_balance(values)
            join_sides(values)
            set_rows_aside(values)
            mark_receipts(values)
            reading.faults += suspicions(values)
            reading.notes += values.notes[told:]
            typed = values.typed
            found = (totals_note(typed), repeated_sum_note(typed), mostly_negative(values))
            reading.notes += [note for note in found if note]
            reading.values.append(values)
    if not reading.faults:
        _set_editions_aside(reading)
    return reading


def _lay_out_all(reading: Reading) -> list[RawTable]:
    own = [h for words in reading.config.columns.values() for h in words.values() if h]
    raws, lost = [], []
    for grid in reading.delivery.grids:
        reading.notes += grid.notes
        try:
            raw = lay_out(grid, own)
        except InputError as error:
            reading.faults += error.faults
            continue
        if raw is not None and raw.known is None:
            raw = with_open_amount(spread_groups(raw))
            reading.notes += raw.notes[len(grid.notes) :]
        if raw is None:
            lost.append(grid)
        elif not len(raw.cells):
            reading.faults.append(Fault("no_rows", {"file": raw.place}))
        else:
            raws.append(raw)
    if not raws:
        lost = [grid for grid in lost if not is_title(grid)] or lost
    for grid in lost:
        if raws and is_title(grid):
            raws = [with_titles(raw, grid) for raw in raws]
        elif raws:
            reading.notes.append(Note("table_unused", {"file": grid.place["file"]}))
        else:
            head = grid.cells.head(LOOK_ROWS).to_numpy()
            code = "ageing_summary" if any(map(ageing_summary, head)) else "no_columns"
            reading.faults.append(Fault(code, grid.place))
    named = name_debtors(raws)
    for raw, other in zip(raws, named, strict=True):
        reading.notes += other.notes[len(raw.notes) :]
    return named


def _give_roles(reading: Reading, raws: list[RawTable]) -> None:
    found = recognise_all(reading.config, raws)
    reading.tables, reading.unused = found.tables, found.unused
    reading.faults += found.faults
    reading.notes += found.notes
    has_invoices = any(table.role == "invoices" for table in found.tables)
    if raws and not has_invoices and not reading.faults:
        files = ", ".join(sorted({raw.file for raw in raws}))
        reading.faults.append(Fault("no_invoices", {"file": files}))


def _check_own_columns(reading: Reading) -> None:
    """Refuse a mapping that names a header which no table of that role has."""
    for role, words in reading.config.columns.items():
        tables = [table for table in reading.tables if table.role == role]
        headers = sorted({str(h) for table in tables for h in table.raw.cells.columns})
        keys = {key_of(header) for header in headers}
        for word, header in words.items():
            if not tables or not header or header in headers or key_of(header) in keys:
                continue
            nearest = process.extractOne(header, headers)
            values = {
                "config": CONFIG_NAME,
                "key": f"columns.{role}.{word}",
                "column": header,
                "file": tables[0].raw.place,
                "nearest": nearest[0] if nearest else "",
            }
            reading.faults.append(Fault("column_not_found", values))


def _check_tables(reading: Reading) -> None:
    for table in reading.tables:
        reading.notes += _notes_of(table, reading.config.profile)
        if table.role == "invoices" and "issued_on" not in table.columns:
            reading.faults += why_no_role(table.raw, reading.config.columns)
        if table.role == "invoices" and "due_on" not in table.columns:
            code = without_due_dates(reading.tables, reading.config.missing_due_date)
            reading.notes.append(Note(code, {"file": table.raw.place}))


def _notes_of(table: Table, profile: str) -> list[Note]:
    notes = []
    where: dict[str, object] = {"file": table.raw.place}
    package, share = profile_of(list(table.raw.cells.columns), profile)
    if package is not None and table.role == "invoices":
        told = {"package": package.name, "report": package.report, "percent": round(100 * share)}
        notes.append(Note("package_recognised", where | told))
    for word in ("issued_on", "settled_on"):
        choice = table.columns.get(word)
        if choice and choice.others and choice.concept != "own":
            others = ", ".join(dict.fromkeys(choice.others))
            values = {**where, "column": choice.header, "others": others, "role": table.role}
            notes.append(Note("date_column_chosen", {**values, "word": word}))
    for word, choice in table.columns.items():
        if choice.confidence < LOW_CONFIDENCE:
            values = {**where, "column": choice.header, "word": word, "role": table.role}
            notes.append(Note("column_uncertain", values))
    return notes


def _set_editions_aside(reading: Reading) -> None:
    """Set aside what repeats a balance: an older list, the opening of a next year, a copy."""
    has_payments = bool(reading.of("payments"))
    notes, faults = set_older_lists_aside(reading.of("invoices"), has_payments=has_payments)
    reading.notes += notes
    reading.faults += faults
    for told, asked in (companies(reading.values), set_covered_aside(reading.values)):
        reading.notes += told
        reading.faults += asked
    reading.notes += set_carried_over_aside(reading.values, reading.delivery.grids)
    set_copies_aside(reading.of("invoices"))
