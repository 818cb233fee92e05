"""What is wrong with the input, as one row each: where it is, what it is, and the cure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from credit_helpers.errors import Fault
from credit_helpers.words import Words

# A sentence of errors.toml begins with the place, which has columns of its own here.
_PLACE = re.compile(r"^(?:chapters/)?\{(?:file|config|folder)\}[^:{]*(?:\{[^}]*\}[^:{]*)*: ")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_SHEET = re.compile(r"(.+?\.\w+) \[(.*)\]", re.DOTALL)


@dataclass(frozen=True)
class Place:
    """One thing that is wrong, in the words of the user; an unknown part is empty."""

    file: str
    sheet: str
    row: str
    column: str
    what: str
    cure: str


def placed(fault: Fault, words: Words) -> Place:
    """Return where a fault is, what it is and the cure.

    Examples
    --------
    >>> fault = Fault("xml_damaged", {"file": "a.xml", "row": 7})
    >>> found = placed(fault, Words("en"))
    >>> found.file, found.row, found.what
    ('a.xml', '7', 'This XML file is damaged there and cannot be read on.')
    """
    body = _PLACE.sub("", words.raw(f"errors.{fault.code}"))
    what, *rest = _SENTENCE.split(body, maxsplit=1)
    said = what.format(**fault.values)
    values = fault.values
    file, sheet = _parts(str(values.get("file", values.get("config", values.get("folder", "")))))
    return Place(
        file,
        sheet,
        str(values.get("row", "")),
        str(values.get("column", "")),
        said[:1].upper() + said[1:],
        rest[0].format(**values) if rest else "",
    )


def _parts(place: str) -> tuple[str, str]:
    found = _SHEET.fullmatch(place)
    return (found[1], found[2]) if found else (place, "")


def used(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return which columns hold anything at all; the others need not be shown.

    Examples
    --------
    >>> used([["a", "", "x"], ["b", "", ""]])
    [0, 2]
    """
    return [place for place, cells in enumerate(zip(*rows, strict=True)) if any(cells)]
