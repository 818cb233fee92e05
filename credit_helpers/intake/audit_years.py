"""Audit files of adjoining years of one company: a balance that is carried over counts once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np

from credit_helpers.errors import Fault
from credit_helpers.intake.audit_lines import day_before
from credit_helpers.intake.tables import Books, Grid
from credit_helpers.intake.typed import Values
from credit_helpers.portfolio.ledger import Note

LETTERS = re.compile(r"[\W_]+")


def is_same_company(one: Books, other: Books) -> bool:
    """Return whether two audit files are of one company; what one of them leaves out is no proof.

    The name goes first: packages number the companies of every client from 1, and companies of
    one tax group share its VAT number. Another name with the same VAT number is a new name of the
    company, unless their own numbers differ as well.

    Examples
    --------
    >>> is_same_company(Books(number="1", name="Jansen B.V."), Books(number="7", name="JANSEN BV"))
    True
    >>> is_same_company(Books(number="1", name="Jansen"), Books(number="1", name="Bakker"))
    False
    """
    alike = _alike(one, other)
    if "name" in alike:
        return alike["name"] or (alike.get("tax", False) and alike.get("number", True))
    return alike.get("tax", alike.get("number", True))


def _alike(one: Books, other: Books) -> dict[str, bool]:
    """Return what both tell of their company, and whether they tell the same."""
    found = {}
    for word in ("number", "name", "tax"):
        pair = [LETTERS.sub("", getattr(books, word)).upper() for books in (one, other)]
        if all(pair):
            found[word] = pair[0] == pair[1]
    return found


def year_before(books: Books, grids: Iterable[Grid]) -> Grid | None:
    """Return the invoices of the audit file that ends where another begins, of the same company."""
    last = day_before(books.start)
    for grid in grids:
        known = grid.known
        if known is None or known.role != "invoices" or not last:
            continue
        if known.books.until == last and is_same_company(books, known.books):
            return grid
    return None


def set_carried_over_aside(tables: Sequence[Values], grids: Sequence[Grid]) -> list[Note]:
    """Set aside opening lines of an audit file of which the year before is there as well."""
    notes = []
    for one in tables:
        known = one.typed.table.raw.known
        if known is None or known.opening is None or not known.opening.any():
            continue
        if year_before(known.books, grids) is None:
            continue
        one.typed.set_aside(known.opening, "opening_repeated")
        told = {"file": one.typed.table.raw.place, "rows_count": int(known.opening.sum())}
        notes.append(Note("opening_repeated", dict(told)))
    return notes


def set_covered_aside(tables: Sequence[Values]) -> tuple[list[Note], list[Fault]]:
    """Set aside the bookings of an audit file whose whole period another of the company covers.

    Returns
    -------
    notes, faults
        Which file was left out for which; a question when two periods overlap in part, or are
        the same and their balances are not.
    """
    held = _files(tables)
    notes: list[Note] = []
    left: set[str] = set()
    for (file, one), (other, two) in combinations(held.items(), 2):
        if left & {file, other} or not _overlap(one, two):
            continue
        outer, inner = (other, file) if _covers(two, one) else (file, other)
        is_copy = (one.opening_cents, one.closing_cents) == (two.opening_cents, two.closing_cents)
        is_same = (one.start, one.until) == (two.start, two.until)
        if not _covers(held[outer], held[inner]) or (is_same and not is_copy):
            return [], [Fault("audit_overlap", {"file": file, "other": other})]
        left.add(inner)
        notes.append(Note("audit_covered", {"file": inner, "other": outer}))
    for values in tables:
        if values.typed.table.raw.file in left and _books(values) is not None:
            values.typed.set_aside(np.ones(len(values.typed.reasons), dtype=bool), "period_covered")
    return notes, []


def _overlap(one: Books, other: Books) -> bool:
    """Return whether two files that are surely of one company have days in common."""
    is_dated = all((one.start, one.until, other.start, other.until))
    if not is_dated or not _alike(one, other) or not is_same_company(one, other):
        return False
    return one.start <= other.until and other.start <= one.until


def _covers(outer: Books, inner: Books) -> bool:
    return outer.start <= inner.start and inner.until <= outer.until


def companies(tables: Sequence[Values]) -> tuple[list[Note], list[Fault]]:
    """Return what to say of audit files of two companies in one folder.

    Returns
    -------
    notes, faults
        A note that they are read as one portfolio; a fault when one number stands for two
        debtors, because their items would be added up.
    """
    first, *others = _files(tables).items() or [("", Books())]
    notes: list[Note] = []
    for file, books in others:
        if is_same_company(first[1], books):
            continue
        told: dict[str, object] = {"file": first[0], "other": file}
        if _shared_numbers(tables, first[0], file):
            return [], [Fault("audit_companies", told)]
        notes.append(Note("audit_companies", told))
    return notes, []


def _files(tables: Sequence[Values]) -> dict[str, Books]:
    """Return the books of each audit file by its name."""
    found = ((one.typed.table.raw.file, _books(one)) for one in tables)
    return {file: books for file, books in found if books is not None}


def _books(values: Values) -> Books | None:
    known = values.typed.table.raw.known
    return known.books if known is not None and known.role != "customers" else None


def _shared_numbers(tables: Sequence[Values], one: str, other: str) -> bool:
    """Return whether a customer number has another name in the other file."""
    names: dict[str, dict[str, str]] = {one: {}, other: {}}
    for values in tables:
        typed = values.typed
        if typed.table.raw.file in names and typed.table.role == "customers":
            rows = typed.values[["customer_id", "name"]].astype("string").fillna("")
            found = zip(rows["customer_id"], rows["name"].str.casefold(), strict=True)
            names[typed.table.raw.file] |= dict(found)
    return any(names[other].get(key, name) != name for key, name in names[one].items())
