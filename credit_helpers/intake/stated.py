"""What a client's configuration states of the balance: ``[tie_out]`` of ``client.toml``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from credit_helpers.errors import Fault
from credit_helpers.intake.toml_file import wrong_value

STATED_KEYS = ("general_ledger", "account", "as_of", "opening", "opening_on")
EXAMPLES = {
    "general_ledger": "123456.78",
    "account": '"1300"',
    "as_of": "2026-10-31",
    "opening": "98765.43",
    "opening_on": "2025-12-31",
}


@dataclass(frozen=True)
class Stated:
    """Balances that the client took from its general ledger.

    Parameters
    ----------
    general_ledger_cents, opening_cents : int, optional
        Balance of the debtors' account at the end of ``as_of`` and of ``opening_on``, in cents of
        the reporting currency; ``None`` when it is not given.
    account : str
        Number or name of the account; empty when it is not given.
    as_of, opening_on : Timestamp, optional
        Without ``as_of`` it is the day of the report.
    """

    general_ledger_cents: int | None = None
    account: str = ""
    as_of: pd.Timestamp | None = None
    opening_cents: int | None = None
    opening_on: pd.Timestamp | None = None


def stated(section: Mapping[str, Any]) -> Stated:
    """Return the section ``[tie_out]``, which :func:`wrong_stated` found right.

    Examples
    --------
    >>> found = stated({"general_ledger": 1234.56, "account": 1300})
    >>> found.general_ledger_cents, found.account, found.as_of
    (123456, '1300', None)
    """
    return Stated(
        general_ledger_cents=_cents(section.get("general_ledger")),
        account=str(section.get("account", "")),
        as_of=_day(section.get("as_of")),
        opening_cents=_cents(section.get("opening")),
        opening_on=_day(section.get("opening_on")),
    )


def wrong_stated(section: Mapping[str, Any], config: str) -> list[Fault]:
    """Return the faults of the section: a part of a cent, an opening balance without its day."""
    faults = [
        wrong_value(config, f"tie_out.{key}", section[key], EXAMPLES[key])
        for key in STATED_KEYS
        if key in section and not _fits(key, section[key])
    ]
    if "opening" in section and "opening_on" not in section:
        faults.append(wrong_value(config, "tie_out.opening_on", "", EXAMPLES["opening_on"]))
    return faults


def _fits(key: str, value: Any) -> bool:
    if key in ("as_of", "opening_on"):
        return isinstance(value, datetime.date)
    if key == "account":
        return isinstance(value, (str, int)) and not isinstance(value, bool)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or abs(value) >= 1e13:  # also what is infinite or no number at all
        return False
    return value == value and Decimal(str(value)) * 100 % 1 == 0


def _cents(value: Any) -> int | None:
    return None if value is None else int(Decimal(str(value)) * 100)


def _day(value: Any) -> pd.Timestamp | None:
    return None if value is None else pd.Timestamp(value).normalize()
