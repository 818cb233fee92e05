"""The exports of accounting packages, one data file each: recognised by their columns.

A profile names the package, and what its headers do not say by themselves. Adding one is adding a
file to ``profiles/``; its name is the profile's name in ``client.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from credit_helpers.intake.headers import key_of

LEAST_SHARE, LEAST_COUNT = 0.4, 4
NO_PROFILE = "none"  # what the user answers when the package was recognised wrongly


@dataclass(frozen=True)
class Profile:
    """A package's export.

    Parameters
    ----------
    code : str
        Its name in ``client.toml``.
    name, report : str
        Package, and the report that it is called there.
    headers : tuple of str
        Its columns.
    marks : tuple of str
        Columns without which it is not this export.
    columns : mapping of str to str
        Our word -> header, where the name alone would mislead.
    formats : mapping of str to str
        ``dates`` and ``decimals`` as this package writes them, where that is known.
    ask : mapping of str to str
        What an audit needs -> the report of this package that has it.
    language : str
        Language of its headers.
    """

    code: str
    name: str
    report: str
    headers: tuple[str, ...]
    marks: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    ask: Mapping[str, str] = field(default_factory=dict)
    language: str = "nl"


@cache
def profiles() -> Mapping[str, Profile]:
    """Return every profile there is by its name in ``client.toml``, in alphabetical order."""
    folder = Path(__file__).with_name("profiles")
    found = {}
    for path in sorted(folder.glob("*.toml")):
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        headers, marks = tuple(values.pop("headers")), tuple(values.pop("marks"))
        found[path.stem] = Profile(path.stem, headers=headers, marks=marks, **values)
    return found


def profile_of(headers: Collection[str], confirmed: str = "") -> tuple[Profile | None, float]:
    """Return the package that writes these columns, and the share of its columns that are there.

    A confirmed profile goes before any other, on every table that has the columns it is known by;
    a share below 1 then only tells that the export was made with fewer columns. Confirmed as
    :data:`NO_PROFILE`, there is none.

    Examples
    --------
    >>> found, share = profile_of(["MutDatum", "MutFactuur", "RelCode", "RelBedrijf", "Bedrag"])
    >>> found.code, round(share, 2)
    ('eboekhouden', 0.71)
    >>> profile_of(["Klant", "Factuur", "Datum", "Bedrag"])
    (None, 0.0)
    """
    if confirmed == NO_PROFILE:
        return None, 0.0
    keys = {key_of(header) for header in headers}
    best, best_count, best_share = None, 0, 0.0
    for profile in profiles().values():
        if not all(key_of(mark) in keys for mark in profile.marks):
            continue
        count = sum(key_of(header) in keys for header in profile.headers)
        share = count / len(profile.headers)
        if profile.code == confirmed:
            return profile, share
        if count >= LEAST_COUNT and share >= LEAST_SHARE and count > best_count:
            best, best_count, best_share = profile, count, share
    return best, best_share
