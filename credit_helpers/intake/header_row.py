"""Finds the headers of a grid, on one row or on two rows that read as one."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import pandas as pd

from credit_helpers.intake.headers import key_of, meanings
from credit_helpers.intake.profiles import profile_of

MIN_KNOWN = 2
CERTAIN = 0.85
MAX_LENGTH = 60
NOT_HEADER = re.compile(r"\d")


@dataclass(frozen=True)
class Header:
    """The rows that hold the headers, first and last, and the name of every column."""

    rows: tuple[int, ...]
    names: list[str]


def find_header(head: pd.DataFrame, own: set[str]) -> Header | None:
    """Return the headers with the most different known names; the first of equals.

    Parameters
    ----------
    head : DataFrame
        First rows of a grid, stripped, ``""`` when empty.
    own : set of str
        Keys of headers that the client's own mapping names.

    Examples
    --------
    >>> head = pd.DataFrame([["Factuur", "", "Bedrag", ""], ["nr", "datum", "origineel", "open"]])
    >>> find_header(head, set()).names
    ['Factuur nr', 'Factuur datum', 'Bedrag origineel', 'Bedrag open']
    """
    rows = [[str(cell) for cell in cells] for cells in head.itertuples(index=False)]
    best, best_score = None, 0.0
    for place in range(len(rows)):
        for header in _headers(rows, place):
            score = _score(header.names, own)
            if score > best_score:
                best, best_score = header, score
    return _with_second_row(rows, best) if best else None


def guess_header(head: pd.DataFrame) -> list[str]:
    """Return the first row that can be headers by its looks; empty when there is none.

    Parameters
    ----------
    head : DataFrame
        First rows of a grid, ``""`` when empty.

    Examples
    --------
    >>> guess_header(pd.DataFrame([["Wie", "Wanneer", "Hoeveel"], ["Bakker", "1-2-2026", "5"]]))
    ['Wie', 'Wanneer', 'Hoeveel']
    """
    rows = [[str(cell).strip() for cell in cells] for cells in head.itertuples(index=False)]
    for row, below in itertools.pairwise(rows):
        names = [cell for cell in row if cell]
        filled = [cell for cell in below if cell]
        is_data = any(NOT_HEADER.search(cell) for cell in filled)
        if _is_words(row) and len(set(names)) == len(names) <= len(filled) + 2 and is_data:
            return names
    return []


def _headers(rows: list[list[str]], place: int) -> list[Header]:
    """Return the row alone and, when both hold only words, together with the row below it."""
    found = [Header((place,), rows[place])]
    if place + 1 < len(rows) and _is_words(rows[place]) and _is_words(rows[place + 1]):
        found.append(Header((place, place + 1), joined(rows[place], rows[place + 1])))
    return found


def _with_second_row(rows: list[list[str]], header: Header) -> Header:
    """Return headers with the row below them where that can be no row of data."""
    below = header.rows[-1] + 1
    if len(header.rows) > 1 or below + 1 >= len(rows) or not _is_words(rows[below]):
        return header
    # A row of data has a number somewhere; so has the row that follows a second row of headers.
    if not any(NOT_HEADER.search(cell) for cell in rows[below + 1]):
        return header
    return Header((*header.rows, below), joined(header.names, rows[below]))


def _is_words(cells: list[str]) -> bool:
    """Return whether a row can be headers: two words or more, and no figures."""
    filled = [cell for cell in cells if cell.strip("-– ")]
    plain = all(len(cell) < MAX_LENGTH and not NOT_HEADER.search(cell) for cell in filled)
    return len(filled) > 1 and plain


def joined(upper: list[str], lower: list[str]) -> list[str]:
    """Return one name per column: the two together, or the one that says something.

    A name above an empty cell spans the columns to its right.

    Examples
    --------
    >>> joined(["Datum", "Bedrag", ""], ["", "origineel", "Openstaand"])
    ['Datum', 'Bedrag origineel', 'Bedrag Openstaand']
    """
    names, span = [], ""
    for above, below in zip(upper, lower, strict=True):
        below = below if below.strip("-– ") else ""
        span = above or (span if below else "")
        together = f"{span} {below}".strip()
        certain = [n for n in (together, above, below) if n and _meaning(n) is not None]
        names.append(certain[0] if certain else together)
    return names


def _score(names: list[str], own: set[str]) -> float:
    known: set[str] = set()
    score = 0.0
    for name in names:
        if name and key_of(name) in own:
            score += 3
            known |= {name, name + "+"}
        concept = _meaning(name)
        if concept is not None:
            score += 0.5 if concept == "ignored" else 1
            known |= {concept} - {"ignored"}
    if len(known) < MIN_KNOWN:
        # A package may have names of its own for everything.
        package, share = profile_of(names)
        return share * len(package.headers) if package else 0.0
    return score


def _meaning(name: str) -> str | None:
    found = [m for m in meanings(name) if m.confidence >= CERTAIN] if name else []
    return found[0].concept if found else None
