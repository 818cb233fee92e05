"""Which file, or which sheet of it, the client's settings give which role."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PLACE = re.compile(r"(?P<file>.+?\.\w+) \[(?P<sheet>.*)\]", re.DOTALL)
UNUSED = "unused"

Files = Mapping[str, tuple[str, ...]]


def split_place(place: str) -> tuple[str, str]:
    """Return the file and the sheet that a place names; the sheet is empty for a whole file.

    Examples
    --------
    >>> split_place("boek.xlsx [Open posten]"), split_place("facturen.csv")
    (('boek.xlsx', 'Open posten'), ('facturen.csv', ''))
    """
    found = PLACE.fullmatch(place)
    return (found["file"], found["sheet"]) if found else (place, "")


def places_of(value: Any) -> tuple[str, ...]:
    """Return the places that a role's value names: one text, or a list of them.

    Examples
    --------
    >>> places_of("a.csv"), places_of(["a.csv", "b.csv"]), places_of(3)
    (('a.csv',), ('a.csv', 'b.csv'), ())
    """
    known = [value] if isinstance(value, str) else value
    if not isinstance(known, list) or not all(isinstance(one, str) for one in known):
        return ()
    return tuple(known)


def files_of(files: Files) -> list[str]:
    """Return every file that the settings name, once, in their order."""
    return list(dict.fromkeys(split_place(place)[0] for held in files.values() for place in held))


def role_at(files: Files, file: str, sheet: str) -> str:
    """Return the role that the settings give a sheet; ``""`` when they leave it open.

    Of a file of which they name sheets, the other sheets are :data:`UNUSED`.

    Examples
    --------
    >>> files = {"invoices": ("boek.xlsx [Open]",), "customers": ("klanten.csv",)}
    >>> role_at(files, "boek.xlsx", "Open"), role_at(files, "boek.xlsx", "Kladblok")
    ('invoices', 'unused')
    >>> role_at(files, "klanten.csv", ""), role_at(files, "anders.csv", "")
    ('customers', '')
    """
    told = {split_place(place): role for role, held in files.items() for place in held}
    if (file, sheet) in told:
        return told[file, sheet]
    if (file, "") in told:
        return told[file, ""]
    return UNUSED if any(name == file for name, _ in told) else ""
