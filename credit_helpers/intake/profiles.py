"""The exports of accounting packages, one data file each: recognised by their columns.

A profile names the package, and what its headers do not say by themselves. Adding one is adding a
file to ``profiles/``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from credit_helpers.intake.headers import key_of

LEAST_SHARE, LEAST_COUNT = 0.4, 4


@dataclass(frozen=True)
class Profile:
    """A package's export.

    Parameters
    ----------
    name, report : str
        Package, and the report that it is called there.
    headers : tuple of str
        Its columns.
    marks : tuple of str
        Columns without which it is not this export.
    columns : mapping of str to str
        Our word -> header, where the name alone would mislead.
    """

    name: str
    report: str
    headers: tuple[str, ...]
    marks: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)


@cache
def profiles() -> tuple[Profile, ...]:
    """Return every profile there is, by file name."""
    folder = Path(__file__).with_name("profiles")
    found = []
    for path in sorted(folder.glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        headers, marks = tuple(values.pop("headers")), tuple(values.pop("marks"))
        found.append(Profile(**values, headers=headers, marks=marks))
    return tuple(found)


def profile_of(headers: Collection[str]) -> tuple[Profile | None, float]:
    """Return the package that writes these columns, and the share of its columns that are there.

    Examples
    --------
    >>> found, share = profile_of(["MutDatum", "MutFactuur", "RelCode", "RelBedrijf", "Bedrag"])
    >>> found.name, round(share, 2)
    ('e-Boekhouden', 0.71)
    >>> profile_of(["Klant", "Factuur", "Datum", "Bedrag"])
    (None, 0.0)
    """
    keys = {key_of(header) for header in headers}
    best, best_count, best_share = None, 0, 0.0
    for profile in profiles():
        if not all(key_of(mark) in keys for mark in profile.marks):
            continue
        count = sum(key_of(header) in keys for header in profile.headers)
        share = count / len(profile.headers)
        if count >= LEAST_COUNT and share >= LEAST_SHARE and count > best_count:
            best, best_count, best_share = profile, count, share
    return best, best_share
