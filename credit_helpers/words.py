"""Labels and prose per language, from ``templates/text/<language>/*.toml``.

A text is named by its file and its keys: ``ageing.opening.mostly_overdue.heading`` is the key
``heading`` of table ``[opening.mostly_overdue]`` in ``ageing.toml``. A text gets named values and
decides nothing; each value is written by the unit that its name's suffix promises. In a text,
``{debtors_count:debiteur|debiteuren}`` writes the number with the right word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from string import Formatter
from typing import Any

from credit_helpers.errors import LANGUAGES, Fault, PolicyError, ReportError
from credit_helpers.formats import Formats, unit_of
from credit_helpers.resources import resource


def _flatten(prefix: str, tree: Mapping[str, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        name = f"{prefix}.{key}"
        flat.update(_flatten(name, value) if isinstance(value, Mapping) else {name: str(value)})
    return flat


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return every text of a language by its full name."""
    flat: dict[str, str] = {}
    for path in sorted(resource("templates", "text", language).glob("*.toml")):
        flat.update(_flatten(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))))
    return flat


class _Shown:
    """A value in a text: written by its unit, or with the word that its number asks for."""

    def __init__(self, value: Any, unit: str, formats: Formats) -> None:
        self.value, self.unit, self.formats = value, unit, formats

    def __format__(self, spec: str) -> str:
        if "|" in spec:
            one, many = spec.split("|")
            shown = self.formats.by_unit(self.value, self.unit)
            return f"{shown} {one if shown == '1' else many}"
        if spec == "tenths":
            return self.formats.days(self.value, decimals=1)
        if spec == "short":
            return self.formats.short_date(self.value)
        if spec == "exact":
            return self.formats.money(self.value, decimals=2)
        return self.formats.by_unit(self.value, self.unit)


@dataclass(frozen=True)
class Words:
    """The labels and the prose of one language, with its way to write figures.

    Parameters
    ----------
    language : str
        ``"nl"`` or ``"en"``; anything else is a :class:`PolicyError`.
    currency : str
        Reporting currency of the amounts.
    stated : dict
        Takes up every text that was written with values: by its name and the text as it reads, the
        values. With what ``formats`` wrote, a report can say of each number which value it was.

    Examples
    --------
    >>> Words("nl").label("bucket.not_due")
    'Niet vervallen'
    """

    language: str
    currency: str = "EUR"
    stated: dict[tuple[str, str], dict[str, Any]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise PolicyError(Fault("language_unknown", {"language": self.language}))

    @cached_property
    def formats(self) -> Formats:
        """How this language writes figures; what it wrote is kept."""
        return Formats(self.language, self.currency, written={})

    @cached_property
    def cell_formats(self) -> Formats:
        """The same for the cells of a table, which ``results.json`` holds row by row."""
        return Formats(self.language, self.currency)

    def has(self, key: str) -> bool:
        """Return whether a text exists."""
        return key in texts(self.language)

    def raw(self, key: str) -> str:
        """Return a text as it is written in its file.

        Raises
        ------
        ReportError
            When the text does not exist: a missing text fails the build.
        """
        try:
            return texts(self.language)[key]
        except KeyError:
            values = {"key": key, "language": self.language}
            raise ReportError(Fault("text_missing", values)) from None

    def label(self, key: str) -> str:
        """Return a label of ``labels.toml``, for example ``column.due_on``."""
        return self.raw(f"labels.{key}")

    def prose(self, key: str, **values: Any) -> str:
        """Return a text with its named values filled in, each written by its unit.

        Raises
        ------
        ReportError
            When the text does not exist, or asks for a value that is not given.
        """
        text = self.raw(key)
        asked = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
        for name in asked:
            if name not in values:
                raise ReportError(Fault("text_value_missing", {"key": key, "name": name}))
        shown = {n: _Shown(values[n], unit_of(n), self.formats) for n in asked}
        written = text.format(**shown)
        if asked:
            self.stated[key, written] = {name: values[name] for name in asked}
        return written
