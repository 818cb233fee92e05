"""An earlier audit of the same client, read from the folder of its report."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from credit_helpers.errors import Fault, InputError
from credit_helpers.portfolio.ledger import Note

RESULTS_NAME = "results.json"
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class PreviousFinding:
    """A finding of an earlier audit.

    Parameters
    ----------
    code, subject : str
        What it was, and its chapter.
    impact_cents : int
        Its effect then, in cents.
    title : str
        Its title in the language of that report.
    values : mapping
        The named values of its sentences; empty when that report did not keep them.
    """

    code: str
    subject: str
    impact_cents: int
    title: str
    values: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True)
class Previous:
    """What an earlier audit stated.

    Parameters
    ----------
    client, currency, version : str
        Name of the client and reporting currency then; version of the program that made it.
    as_of : Timestamp
        Its as-of date.
    figures : mapping
        Value by ``subject.field``; ``nan`` for what was not known.
    findings : tuple of PreviousFinding
    unjudged : frozenset of str
        Subjects that the input could not support then.
    capabilities : frozenset of str, optional
        What the input supported then; ``None`` when that report does not say.
    policy : mapping
        Policy values by key, as JSON keeps them.
    notes : tuple of Note
        What the reader should know about the comparison.
    """

    client: str
    as_of: pd.Timestamp
    currency: str
    version: str
    figures: Mapping[str, float]
    findings: tuple[PreviousFinding, ...] = ()
    unjudged: frozenset[str] = frozenset()
    capabilities: frozenset[str] | None = None
    policy: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    notes: tuple[Note, ...] = ()

    @property
    def judged_figures(self) -> dict[str, float]:
        """The figures with ``nan`` for those of a subject that could not be judged then."""
        return {
            key: math.nan if key.partition(".")[0] in self.unjudged else value
            for key, value in self.figures.items()
        }

    def changed_norms(self, policy: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the keys of the policy values that differ from those of then.

        Values that only one of the two knows came or went with a version and are left out.
        """
        now = json.loads(json.dumps(dict(policy)))
        return tuple(k for k, v in now.items() if k in self.policy and self.policy[k] != v)


def read_previous(
    folder: Path | str, *, client: str, currency: str, as_of: pd.Timestamp
) -> Previous:
    """Return the earlier audit of a client from the folder of its report.

    Parameters
    ----------
    folder : Path or str
        Holds ``results.json``; that file itself will do as well.
    client, currency : str
        Name and reporting currency of the client now. Another name is noted, another currency
        is refused: its amounts cannot be compared.
    as_of : Timestamp
        The as-of date now, which must be later.

    Raises
    ------
    InputError
        With everything that makes the comparison impossible.
    """
    path = Path(folder)
    file = path if path.name == RESULTS_NAME else path / RESULTS_NAME
    shown = file.parent.name or str(file.parent)
    found = _read(file, shown)
    if faults := _faults(found, shown, currency, as_of):
        raise InputError(faults)
    is_same = _plain_name(found.client) == _plain_name(client)
    other = Note("previous_other_client", {"folder": shown, "then_name": found.client})
    return found if is_same else replace(found, notes=(other,))


def _read(file: Path, shown: str) -> Previous:
    if not file.is_file():
        raise InputError(Fault("previous_missing", {"folder": shown}))
    try:
        return _from_results(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(Fault("previous_unreadable", {"folder": shown})) from error


def _from_results(results: Mapping[str, Any]) -> Previous:
    known = results.get("capabilities")
    missing = frozenset(results.get("missing", {}))
    return Previous(
        client=str(results["client"]),
        as_of=pd.Timestamp(datetime.date.fromisoformat(results["as_of"])),
        currency=str(results["currency"]),
        version=str(results["version"]),
        figures={str(k): _number(figure["value"]) for k, figure in results["figures"].items()},
        findings=tuple(_finding(found) for found in results["findings"]),
        # what needs the payments that the DSO needs, and is no chapter of its own
        unjudged=missing | ({"write_offs"} if "dso" in missing else set()),
        capabilities=None if known is None else frozenset(known),
        policy=dict(results["policy"]),
    )


def _finding(found: Mapping[str, Any]) -> PreviousFinding:
    values = found.get("values", {}).items()
    return PreviousFinding(
        code=str(found["code"]),
        subject=str(found["subject"]),
        impact_cents=int(found["impact_cents"]),
        title=str(found["title"]),
        # JSON knows no tuples, and a tuple is what a sentence writes as a list of names.
        values={k: tuple(map(str, v)) if isinstance(v, list) else v for k, v in values},
    )


def _number(value: Any) -> float:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number else math.nan


def _faults(found: Previous, shown: str, currency: str, as_of: pd.Timestamp) -> list[Fault]:
    faults = []
    if found.currency != currency:
        values = {"folder": shown, "then_currency": found.currency, "currency": currency}
        faults.append(Fault("previous_currency", values))
    if found.as_of >= as_of:
        days = {"then_as_of": f"{found.as_of:%Y-%m-%d}", "as_of": f"{as_of:%Y-%m-%d}"}
        faults.append(Fault("previous_not_earlier", {"folder": shown, **days}))
    return faults


def _plain_name(name: str) -> str:
    return " ".join(name.casefold().split())
