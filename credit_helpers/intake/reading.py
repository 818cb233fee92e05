"""From files to typed tables: every stage collects its faults, so that all are told at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from rapidfuzz import process

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.answers import answer_notes
from credit_helpers.intake.client import CONFIG_NAME, ClientConfig
from credit_helpers.intake.customers import without_due_dates
from credit_helpers.intake.editions import set_older_lists_aside, set_repeated_openings_aside
from credit_helpers.intake.groups import spread_groups
from credit_helpers.intake.headers import columns, key_of, words_of
from credit_helpers.intake.layout import LOOK_ROWS, lay_out
from credit_helpers.intake.places import UNUSED, role_at
from credit_helpers.intake.profiles import profile_of
from credit_helpers.intake.recognise import candidates, missing_groups, recognise
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
from credit_helpers.intake.tables import Candidates, RawTable, Table
from credit_helpers.intake.typed import Values, type_table
from credit_helpers.portfolio.ledger import Note
from credit_helpers.portfolio.schema import INTAKE, QUARANTINE

LOW_CONFIDENCE = 0.7
MISSING_COLUMN = {
    "customer_id": "no_customer_column",
    "issued_on": "no_issue_date_column",
    "amount": "no_amount_column",
}
DEBTOR = frozenset(["customer_id", "customer_name", "customer"])
SAMPLE_KINDS = 2_000


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
    _recognise_all(reading, raws)
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
            reading.faults += suspicions(values)
            reading.notes += values.notes[told:]
            typed = values.typed
            found = (totals_note(typed), repeated_sum_note(typed), mostly_negative(values))
            reading.notes += [note for note in found if note]
            reading.values.append(values)
    if not reading.faults:
        _set_editions_aside(reading)
        _set_copies_aside(reading)
    return reading


def _lay_out_all(reading: Reading) -> list[RawTable]:
    own = [h for words in reading.config.columns.values() for h in words.values()]
    raws, lost = [], []
    for grid in reading.delivery.grids:
        reading.notes += grid.notes
        try:
            raw = lay_out(grid, own)
        except InputError as error:
            reading.faults += error.faults
            continue
        if raw is not None and raw.known is None:
            raw = spread_groups(raw)
            reading.notes += raw.notes[len(grid.notes) :]
        if raw is None:
            lost.append(grid)
        elif not len(raw.cells):
            reading.faults.append(Fault("no_rows", {"file": raw.place}))
        else:
            raws.append(raw)
    for grid in lost:
        if raws:
            reading.notes.append(Note("table_unused", {"file": grid.place["file"]}))
        else:
            head = grid.cells.head(LOOK_ROWS).to_numpy()
            code = "ageing_summary" if any(map(ageing_summary, head)) else "no_columns"
            reading.faults.append(Fault(code, grid.place))
    named = name_debtors(raws)
    for raw, other in zip(raws, named, strict=True):
        reading.notes += other.notes[len(raw.notes) :]
    return named


def _recognise_all(reading: Reading, raws: list[RawTable]) -> None:
    found = [_recognise(reading.config, raw) for raw in raws]
    owed = [table for table in found if _is_creditors(table)]
    found = [table for table in found if not any(table is other for other in owed)]
    reading.tables += [table for table in found if table.role]
    has_invoices = any(table.role == "invoices" for table in found)
    for table in owed:
        where = {"file": table.raw.place}
        if has_invoices:
            reading.notes.append(Note("creditors_unused", dict(where)))
        else:
            reading.faults.append(Fault("creditor_list", where))
    reading.unused += [table.raw for table in found if not table.role]
    for table in [table for table in found if not table.role]:
        if has_invoices:
            reading.notes.append(Note("table_unused", {"file": table.raw.place}))
        else:
            reading.faults += _why_no_role(table.raw)
    if found and not has_invoices and not reading.faults:
        files = ", ".join(sorted({table.raw.file for table in found}))
        reading.faults.append(Fault("no_invoices", {"file": files}))


def _recognise(config: ClientConfig, raw: RawTable) -> Table:
    role = role_at(config.files, raw.file, raw.sheet)
    if role == UNUSED:
        return Table(raw, "")
    return recognise(raw, role, config.columns, profile=config.profile)


def _why_no_role(raw: RawTable) -> list[Fault]:
    """Return which column keeps a table from being a list of invoices."""
    found = candidates(raw)
    mapped = recognise(raw, "invoices").columns
    if ageing_summary(raw.cells.columns) and not {"document", "issued_on"} & set(mapped):
        return [Fault("ageing_summary", {"file": raw.place})]
    missing = missing_groups("invoices", mapped)
    if len(found) < 2 or len(missing) > 2:
        return [Fault("no_columns", {"file": raw.place})]
    codes = [MISSING_COLUMN[next(w for w in group if w in MISSING_COLUMN)] for group in missing]
    return [_missing(code, raw) for code in codes] or [Fault("no_columns", {"file": raw.place})]


def _missing(code: str, raw: RawTable) -> Fault:
    values = {"file": raw.place, "row": raw.header_row, "config": CONFIG_NAME}
    return Fault(code, values)


def _is_creditors(table: Table) -> bool:
    """Return whether a table lists what the client owes instead of what it is owed."""
    if table.raw.known is not None:
        return False
    marks = set(columns()["names"]["creditors"])
    headers = {word for header in table.raw.cells.columns for word in words_of(header)}
    found = _debtor_headers(table.found, marks)
    if headers & marks and not found:
        return True
    around = " ".join((table.raw.file.rpartition(".")[0], table.raw.sheet, *table.raw.titles))
    debtors = {"debiteur", "debiteuren", "debtor", "debtors", "customer", "customers", "klant"}
    named = set(words_of(around))
    if named & marks and not named & debtors and not headers & debtors:
        return True
    return _kinds_are_purchases(table)


def _debtor_headers(found: Candidates, marks: set[str]) -> bool:
    return any(
        not set(words_of(entry[3])) & marks
        for concept in DEBTOR
        for entry in found.get(concept, [])
    )


def _kinds_are_purchases(table: Table) -> bool:
    if "kind" not in table.columns or table.role != "invoices":
        return False
    texts = table.raw.cells[table.columns["kind"].header].head(SAMPLE_KINDS)
    texts = texts[texts != ""]
    pattern = r"inkoop|purchase|crediteur|leverancier|supplier|vendor|lieferant"
    return len(texts) > 0 and bool(texts.str.contains(pattern, case=False).mean() > 0.5)


def _check_own_columns(reading: Reading) -> None:
    """Refuse a mapping that names a header which no table of that role has."""
    for role, words in reading.config.columns.items():
        tables = [table for table in reading.tables if table.role == role]
        headers = sorted({str(h) for table in tables for h in table.raw.cells.columns})
        keys = {key_of(header) for header in headers}
        for word, header in words.items():
            if not tables or header in headers or key_of(header) in keys:
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
            reading.faults += _why_no_role(table.raw)
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
    """Set aside what repeats a balance: an older list, the opening of a next year."""
    has_payments = bool(reading.of("payments"))
    notes, faults = set_older_lists_aside(reading.of("invoices"), has_payments=has_payments)
    tables = [*reading.of("invoices"), *reading.of("payments")]
    reading.notes += [*notes, *set_repeated_openings_aside(tables)]
    reading.faults += faults


def _set_copies_aside(reading: Reading) -> None:
    """Set aside rows that another sheet or file already has, such as a filtered copy of a list."""
    seen: set[tuple[object, ...]] = set()
    for values in sorted(reading.of("invoices"), key=lambda v: -len(v.typed.values)):
        typed = values.typed
        key = [w for w in ("document", "customer_id", "name", "issued_on") if w in typed.values]
        key += [word for word in ("amount", "open_amount") if word in typed.values][:1]
        if "document" not in key or len(reading.of("invoices")) == 1:
            continue
        rows = typed.values[key].astype("string").fillna("")
        keys = pd.Series(list(map(tuple, rows.to_numpy())), index=rows.index)
        named = rows["document"] != ""
        typed.set_aside((keys.isin(seen) & named).to_numpy(), "duplicate_elsewhere")
        seen |= set(keys[named & (typed.reasons == "")])
