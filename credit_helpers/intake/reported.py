"""Signals that a person gives: what no ledger shows, from ``client.toml`` or a sheet.

::

    [[signals]]
    customer_id = "10023"
    date = 2026-05-01
    signal = "staff_leaving"

A sheet in the client's folder is known by its columns: debtor, signal, day, and perhaps who saw it
and a note. There a signal is named by its code, or by its name in either language.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

import pandas as pd

from credit_helpers.errors import LANGUAGES, Fault
from credit_helpers.intake.toml_file import unknown_key, wrong_value
from credit_helpers.portfolio.schema import SIGNALS as SCHEMA
from credit_helpers.words import texts

INSOLVENT = "insolvent"
SIGNALS = (
    *("staff_leaving", "unreachable", "bank_change", "key_customer_lost", "renegotiates"),
    *("negative_report", "taxes_unpaid", "moved", "bad_press", INSOLVENT),
)
FIELDS = ("customer_id", "date", "signal")


class HasSignals(Protocol):
    """A client's configuration, as far as signals go."""

    @property
    def signals(self) -> tuple[Mapping[str, Any], ...]:
        """The signals as they stand in ``client.toml``."""
        ...


def wrong_signals(values: Any, file: str) -> list[Fault]:
    """Return what is wrong in the signals of a ``client.toml``, every fault at once.

    Examples
    --------
    >>> day = datetime.date(2026, 5, 1)
    >>> rows = [{"customer_id": "1", "date": day, "signal": "hearsay"}]
    >>> [fault.values["key"] for fault in wrong_signals(rows, "client.toml")]
    ['signals.1.signal']
    """
    rows = values if isinstance(values, list) else [values]
    faults = []
    for number, row in enumerate(rows, start=1):
        key = f"signals.{number}"
        if not isinstance(row, Mapping):
            faults.append(wrong_value(file, "signals", row, "[[signals]]"))
            continue
        names = [f"signals.{name}" for name in FIELDS]
        faults += [unknown_key(file, f"{key}.{k}", names) for k in row if k not in FIELDS]
        faults += [
            wrong_value(file, f"{key}.{name}", row.get(name), allowed)
            for name, allowed in _wrong_fields(row).items()
        ]
    return faults


def reported_signals(client: HasSignals) -> pd.DataFrame:
    """Return the signals of a client: ``customer_id``, ``reported_on``, ``signal``."""
    rows = client.signals
    return pd.DataFrame(
        {
            "customer_id": pd.array([str(row["customer_id"]) for row in rows], dtype="string"),
            "reported_on": pd.to_datetime([row["date"] for row in rows]).astype("datetime64[ns]"),
            "signal": pd.array([row["signal"] for row in rows], dtype="string"),
        }
    )


def codes_of_signals(names: pd.Series) -> pd.Series:
    """Return the code of each signal, by its code or its name; ``""`` for what is none.

    Examples
    --------
    >>> codes_of_signals(pd.Series(["Onbereikbaar", "bad_press", "gossip"])).tolist()
    ['unreachable', 'bad_press', '']
    """
    folded = names.astype("string").fillna("").str.strip().str.casefold()
    return folded.map(lambda name: _known_signals().get(name, "")).astype("string")


def signals_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the accepted rows of a sheet as signals of the ledger."""
    kept = [word for word in ("customer_id", "reported_on", "reported_by", "note") if word in rows]
    return SCHEMA.frame(rows[kept].assign(signal=codes_of_signals(rows["signal"])))


@cache
def _known_signals() -> Mapping[str, str]:
    """Return the code of each signal by its code and by its name in each language."""
    names = {code.casefold(): code for code in SIGNALS}
    for language in LANGUAGES:
        known = texts(language)
        names |= {known[f"labels.reported_signal.{code}"].casefold(): code for code in SIGNALS}
    return names


def _wrong_fields(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields that are wrong or missing, with what is allowed."""
    name, day = row.get("customer_id"), row.get("date")
    found = {}
    if not isinstance(name, str) or not name.strip():
        found["customer_id"] = '"10023"'
    if not isinstance(day, datetime.date):
        found["date"] = "2026-05-01"
    if row.get("signal") not in SIGNALS:
        found["signal"] = ", ".join(f'"{signal}"' for signal in SIGNALS)
    return found
