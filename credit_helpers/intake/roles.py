"""Gives every table its role, or says which column keeps it from having one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from credit_helpers.errors import Fault
from credit_helpers.intake.client import CONFIG_NAME, ClientConfig
from credit_helpers.intake.headers import columns, words_of
from credit_helpers.intake.places import UNUSED, role_at
from credit_helpers.intake.recognise import candidates, missing_groups, recognise
from credit_helpers.intake.suspicions import ageing_summary
from credit_helpers.intake.tables import Candidates, RawTable, Table
from credit_helpers.portfolio.ledger import Note

MISSING_COLUMN = {
    "customer_id": "no_customer_column",
    "issued_on": "no_issue_date_column",
    "amount": "no_amount_column",
}
DEBTOR = frozenset(["customer_id", "customer_name", "customer"])
SAMPLE_KINDS = 2_000


@dataclass
class Roles:
    """The tables with a role, those that are not used, and what came up."""

    tables: list[Table] = field(default_factory=list)
    unused: list[RawTable] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def recognise_all(config: ClientConfig, raws: Sequence[RawTable]) -> Roles:
    """Return the role of every table; a list of creditors is no list of invoices."""
    found = [_recognise(config, raw) for raw in raws]
    owed = [table for table in found if _is_creditors(table)]
    found = [table for table in found if not any(table is other for other in owed)]
    lost = [table.raw for table in found if not table.role]
    result = Roles([table for table in found if table.role], lost)
    has_invoices = any(table.role == "invoices" for table in found)
    for table in owed:
        where = {"file": table.raw.place}
        if has_invoices:
            result.notes.append(Note("creditors_unused", dict(where)))
        else:
            result.faults.append(Fault("creditor_list", where))
    for raw in lost:
        if has_invoices:
            result.notes.append(Note("table_unused", {"file": raw.place}))
        else:
            result.faults += why_no_role(raw, config.columns)
    return result


def _recognise(config: ClientConfig, raw: RawTable) -> Table:
    role = role_at(config.files, raw.file, raw.sheet)
    if role == UNUSED:
        return Table(raw, "")
    return recognise(raw, role, config.columns, profile=config.profile)


def why_no_role(raw: RawTable, own: Mapping[str, Mapping[str, str]]) -> list[Fault]:
    """Return which column keeps a table from being a list of invoices.

    Parameters
    ----------
    raw : RawTable
    own : mapping
        The client's own mapping per role.
    """
    mapped = recognise(raw, "invoices", own).columns
    found = {*candidates(raw), *(c.header for c in mapped.values() if c.concept == "own")}
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
