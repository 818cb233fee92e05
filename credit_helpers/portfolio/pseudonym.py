"""A ledger that can be shared: names and numbers replaced by pseudonyms, amounts and days kept.

A pseudonym follows from the key and the name by HMAC-SHA256. The same key gives the same
pseudonym in every report; without the key nobody can find the name, or try names out.

What a value says of a group (country, sector, region, department, segment) stays, since the
report counts by it; what somebody typed freely (a dispute's reason, the original of a row that
was set aside, an order's reference) is left out.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd

from credit_helpers.portfolio.ledger import Ledger, Note

# Consonants only: no pseudonym is a word, and none is a number that occurs in the file.
LETTERS = np.frombuffer(b"BCDFGHJKLMNPQRSTVWXZ", dtype=np.uint8)
DIGEST_BYTES = 32
LENGTHS = {"customer": 8, "document": 10, "person": 6, "identifier": 10}
LEFT_OUT = {
    "items": ("order_ref",),
    "disputes": ("reason",),
    "reminders": ("channel",),
    "signals": ("note",),
}


@dataclass(frozen=True)
class Pseudonyms:
    """Gives the pseudonyms that belong to a key.

    Parameters
    ----------
    key : bytes
        Secret; at least 16 bytes.
    words : mapping
        What stands before a pseudonym or a number: ``debtor``, ``person``, ``file``, ``sheet``.

    Examples
    --------
    >>> made = Pseudonyms(bytes(32))
    >>> made.code("Bouw Noord", "customer"), made.code("Bouw Noord", "customer")
    ('JLWMBWXB', 'JLWMBWXB')
    """

    key: bytes = field(repr=False)
    words: Mapping[str, str] = field(default_factory=dict)

    def code(self, value: str, kind: str) -> str:
        """Return the pseudonym of one value."""
        return str(self.codes(pd.Series([value], dtype="string"), kind)[0])

    def codes(self, values: pd.Series, kind: str, *, before: str = "") -> pd.Series:
        """Return the pseudonym of every value; what is missing or empty stays so.

        Parameters
        ----------
        values : Series of string
        kind : str
            One of ``LENGTHS``; the same text has another pseudonym as another kind.
        before : str
            Word of ``words`` that stands before each.
        """
        places, known = pd.factorize(values)
        texts = [f"{kind}\0{value}".encode() for value in known.tolist()]
        digests = [hmac.digest(self.key, text, "sha256") for text in texts]
        drawn = np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(-1, DIGEST_BYTES)
        codes = _distinct(LETTERS[drawn % len(LETTERS)], LENGTHS[kind])
        word = f"{self.words.get(before, before)} " if before else ""
        codes = np.where(np.asarray(known == "", dtype=bool), "", np.char.add(word, codes))
        named = np.array([*codes.tolist(), None], dtype=object)[places]
        return pd.Series(named, index=values.index, dtype="string")


def _distinct(signs: np.ndarray, length: int) -> np.ndarray:
    """Return rows of letters as texts, as short as allowed and long enough to differ."""
    while True:
        codes = np.ascontiguousarray(signs[:, :length]).view(f"S{length}").ravel()
        if len(np.unique(codes)) == len(codes) or length == signs.shape[1]:
            return codes.astype(f"U{length}")
        length += 1


def pseudonymise(ledger: Ledger, made: Pseudonyms) -> Ledger:
    """Return the ledger with pseudonyms for names, numbers, documents, persons and files."""
    files = _numbered(
        [*(source.name for source in ledger.sources), *ledger.intake["file"]], made.words, "file"
    )
    sheets = _numbered([*ledger.intake["sheet"], *ledger.quarantine["sheet"]], made.words, "sheet")
    tables = {
        name: _renamed(name, getattr(ledger, name), made)
        for name in (
            *("customers", "items", "settlements"),
            *("promises", "disputes", "reminders", "signals"),
        )
    }
    if "source_file" in tables["items"]:
        tables["items"]["source_file"] = tables["items"]["source_file"].map(files)
    for name in ("quarantine", "intake"):
        frame = getattr(ledger, name)
        placed = {"file": frame["file"].map(files), "sheet": frame["sheet"].map(sheets)}
        tables[name] = frame.assign(**placed).drop(columns="original", errors="ignore")
    return replace(
        ledger,
        **tables,
        sources=tuple(replace(source, name=files[source.name]) for source in ledger.sources),
        notes=tuple(_noted(note, files) for note in ledger.notes),
        apart=tuple(pseudonymise(other, made) for other in ledger.apart),
    )


def _renamed(name: str, frame: pd.DataFrame, made: Pseudonyms) -> pd.DataFrame:
    """Return one table with its names and numbers replaced."""
    kinds = {
        "customer_id": "customer",
        "group_id": "customer",
        "item_id": "document",
        "document": "document",
        "kvk": "identifier",
        "vat_id": "identifier",
    }
    changed = {c: made.codes(frame[c], kind) for c, kind in kinds.items() if c in frame}
    if "name" in frame:
        changed["name"] = made.codes(frame["customer_id"], "customer", before="debtor")
    for person in ("salesperson", "reported_by"):
        if person in frame:
            changed[person] = made.codes(frame[person], "person", before="person")
    left_out = [column for column in LEFT_OUT.get(name, ()) if column in frame]
    return frame.assign(**changed).drop(columns=left_out)


def _numbered(names: Iterable[Any], words: Mapping[str, str], word: str) -> dict[str, str]:
    """Return a number for each name that is not empty, with the kind of file it was."""
    known = [name for name in dict.fromkeys(names) if not pd.isna(name)]
    return {
        name: f"{words.get(word, word)}-{number}{PurePath(name).suffix if word == 'file' else ''}"
        if name
        else ""
        for number, name in enumerate(known, start=1)
    }


def _noted(note: Note, files: Mapping[str, str]) -> Note:
    """Return a note with the names of files replaced, the longest first."""
    values = dict(note.values)
    for key, value in values.items():
        if isinstance(value, str):
            for name in sorted(filter(None, files), key=len, reverse=True):
                value = value.replace(name, files[name])
            values[key] = value
    return Note(note.code, values)
