"""Errors that tell the person with the file what is wrong, where, how often, and the cure.

An error holds faults; a fault holds a code and values. The sentence is made from
``templates/text/<language>/errors.toml`` when it is shown, so that the same error reads in the
user's own language. Values never hold debtor names or amounts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from credit_helpers.resources import resource

LANGUAGES = ("nl", "en")


@cache
def _texts(language: str) -> Mapping[str, Any]:
    path = resource("templates", "text", language, "errors.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a code of ``errors.toml`` and the values of its sentence.

    Examples
    --------
    >>> Fault("file_missing", {"file": "debiteuren.xlsx"}).text("en")
    'debiteuren.xlsx: this file does not exist. Check the name and the folder.'
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Return the sentence in ``language`` (``"nl"`` or ``"en"``)."""
        return str(_texts(language)[self.code]).format(**self.values)


class CreditHelpersError(Exception):
    """The base of every error that the program raises on purpose.

    Parameters
    ----------
    faults : iterable of Fault
        Everything that is wrong, at least one; all faults are collected before raising.
    """

    language = "nl"
    """The language in which ``str`` writes an error; a report's kernel sets it for all of them."""

    def __init__(self, faults: Iterable[Fault] | Fault) -> None:
        self.faults = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__(*(fault.code for fault in self.faults))

    def text(self, language: str) -> str:
        """Return one line per fault, in ``language``."""
        return "\n".join(fault.text(language) for fault in self.faults)

    def __str__(self) -> str:
        return self.text(self.language)


class InputError(CreditHelpersError):
    """What the client delivered cannot be read as it is."""


class PolicyError(CreditHelpersError):
    """A policy or a setting is unknown or out of range."""


class ReportError(CreditHelpersError):
    """A report could not be made or written."""
