"""The ledger: everything a client delivered that was accepted, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from credit_helpers.keys import places
from credit_helpers.portfolio.schema import (
    CUSTOMERS,
    DISPUTES,
    INTAKE,
    ITEM_KINDS,
    ITEMS,
    PROMISES,
    QUARANTINE,
    REMINDERS,
    SETTLEMENT_KINDS,
    SETTLEMENTS,
    SIGNALS,
    TEXT,
    TIE_OUT,
)

if TYPE_CHECKING:
    from credit_helpers.portfolio.snapshot import Snapshot

# Notes of the reader that leave a question open; the others are only good to know.
ASKING_NOTES = (
    "rate_missing",
    "column_uncertain",
    "totals_differ",
    "row_repeats_sum",
    "customers_filled_down",
    "many_set_aside",
    "mostly_negative",
    "rows_hidden",
    "tie_out_differs",
    "carried_over_differs",
    "audit_version",
    "audit_companies",
    "ageing_differs",
    "audit_controls_differ",
    "audit_no_subledger",
)


@dataclass(frozen=True)
class SourceFile:
    """One file that was read.

    Parameters
    ----------
    name : str
        File name, without its folder.
    sha256 : str
        Fingerprint of its bytes.
    table : str
        What it holds: ``invoices``, ``payments``, ``customers``, ``limits``, ...
    """

    name: str
    sha256: str
    table: str


@dataclass(frozen=True)
class Note:
    """Something the reader should know about the input, by a code and values (no prose)."""

    code: str
    values: dict[str, object] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Whether it leaves a question that a person must answer."""
        return self.code in ASKING_NOTES


# Frames have no equality of their own that fits, so a ledger is equal to itself only.
@dataclass(frozen=True, eq=False)
class Ledger:
    """A portfolio of receivables in one currency; never altered once made.

    Amounts are whole cents of ``reporting_currency``. A currency without a rate has a ledger of
    its own under ``apart``, so that nobody can add it to another by mistake.

    Parameters
    ----------
    customers, items, settlements : DataFrame
        See :mod:`credit_helpers.portfolio.schema`. A settlement without a date happened at an
        unknown moment before the export.
    promises, disputes, reminders, signals : DataFrame, optional
        Empty when the file has none. Signals are what a person saw of a debtor.
    observed_on : Timestamp, optional
        Day of the export; ``None`` when the input does not tell.
    quarantine, intake : DataFrame
        Rows set aside with their reason; rows and cents in, accepted and set aside per file.
    tie_out : DataFrame
        What the source states of itself (a balance of the general ledger, an ageing, a total)
        beside what was read, with the difference.
    apart : tuple of Ledger
        The currencies that have no rate.
    places : ndarray of int, optional
        The row number in ``items`` of each settlement, as far as the maker knows; looked up where
        that does not hold.

    Raises
    ------
    ValueError
        When the tables do not fit together: a double key, an unknown kind, an item without a day
        of issue or of an unknown customer, a settlement of an unknown item. Such rows would
        otherwise drop out of one figure and stay in another.
    """

    customers: pd.DataFrame
    items: pd.DataFrame
    settlements: pd.DataFrame = field(default_factory=SETTLEMENTS.frame)
    promises: pd.DataFrame = field(default_factory=PROMISES.frame)
    disputes: pd.DataFrame = field(default_factory=DISPUTES.frame)
    reminders: pd.DataFrame = field(default_factory=REMINDERS.frame)
    signals: pd.DataFrame = field(default_factory=SIGNALS.frame)
    reporting_currency: str = "EUR"
    observed_on: pd.Timestamp | None = None
    sources: tuple[SourceFile, ...] = ()
    notes: tuple[Note, ...] = ()
    quarantine: pd.DataFrame = field(default_factory=QUARANTINE.frame)
    intake: pd.DataFrame = field(default_factory=INTAKE.frame)
    tie_out: pd.DataFrame = field(default_factory=TIE_OUT.frame)
    apart: tuple[Ledger, ...] = ()
    places: np.ndarray | None = None

    def __post_init__(self) -> None:
        schemas = {
            "customers": CUSTOMERS,
            "items": ITEMS,
            "settlements": SETTLEMENTS,
            "promises": PROMISES,
            "disputes": DISPUTES,
            "reminders": REMINDERS,
            "signals": SIGNALS,
            "quarantine": QUARANTINE,
            "intake": INTAKE,
            "tie_out": TIE_OUT,
        }
        for name, schema in schemas.items():
            object.__setattr__(self, name, schema.frame(getattr(self, name)))
        wrong = self._misfits()
        if wrong:
            raise ValueError("; ".join(wrong))

    def _misfits(self) -> list[str]:
        items, settlements = self.items, self.settlements
        checks = {
            "customers.customer_id is not unique": self._owed[1],
            "items.item_id is not unique": self._settled[1],
            "items.issued_on is missing": items["issued_on"].notna().all(),
            "items.kind is unknown": items["kind"].isin(ITEM_KINDS).all(),
            "items.customer_id is unknown": (self.customer_places >= 0).all(),
            "settlements.kind is unknown": settlements["kind"].isin(SETTLEMENT_KINDS).all(),
        }
        wrong = [words for words, right in checks.items() if not right]
        if self._settled[1] and (self.settled_places < 0).any():
            wrong.append("settlements.item_id is unknown")
        return wrong

    @cached_property
    def _settled(self) -> tuple[np.ndarray, bool]:
        own, known = self.settlements["item_id"], self.items["item_id"]
        if self.places is None or not known.take(self.places).array.equals(own.array):
            return _places(own, known)
        return self.places, known.is_unique

    @cached_property
    def _owed(self) -> tuple[np.ndarray, bool]:
        return _places(self.items["customer_id"], self.customers["customer_id"])

    @property
    def settled_places(self) -> np.ndarray:
        """The row number in ``items`` of each settlement; found once, used by every snapshot."""
        return self._settled[0]

    @property
    def customer_places(self) -> np.ndarray:
        """The row number in ``customers`` of each item."""
        return self._owed[0]

    @cached_property
    def disputed_places(self) -> np.ndarray:
        """The row number in ``items`` of each dispute, -1 for an item that is not there."""
        return places(self.disputes["item_id"], self.items["item_id"]).astype("int32")

    @cached_property
    def reminded_places(self) -> np.ndarray:
        """The row number in ``items`` of each reminder, -1 for an item that is not there."""
        return places(self.reminders["item_id"], self.items["item_id"]).astype("int32")

    @property
    def first_on(self) -> pd.Timestamp | None:
        """The day of the first document, or ``None`` for an empty ledger."""
        return None if self.items.empty else self.items["issued_on"].min()

    @property
    def latest_on(self) -> pd.Timestamp | None:
        """The last day that anything in the ledger happened, as far as it has a date."""
        days = pd.concat([self.items["issued_on"], self.settlements["settled_on"]]).dropna()
        return None if days.empty else days.max()

    @property
    def has_payment_history(self) -> bool:
        """Whether settled documents are in the file, with the day on which they were settled."""
        return bool(self.settlements["settled_on"].notna().any())

    @property
    def history_from(self) -> pd.Timestamp | None:
        """The first as-of date that can be rebuilt completely; ``None`` when none can.

        With a payment history and no undated settlement every day from the first document on can
        be rebuilt. Without, only the day of the export is complete.
        """
        if self.has_payment_history and self.settlements["settled_on"].notna().all():
            return self.first_on
        return self.observed_on

    @cached_property
    def capabilities(self) -> frozenset[str]:
        """What the input supports: the words an analysis may ask for under ``NEEDS``."""
        columns = {
            "limits": "credit_limit_cents",
            "insurance": "insured_limit_cents",
            "self_assessed": "discretionary_limit_cents",
            "orders": "open_orders_cents",
            "reports": "report_on",
            "terms": "terms_days",
            "country": "country",
            "sector": "sector",
            "groups": "group_id",
            "region": "region",
        }
        found = {
            word
            for word, column in columns.items()
            if column in self.customers and self.customers[column].notna().any()
        }
        if self.items["due_on"].notna().any():
            found.add("due_dates")
        for word, column in {"delivery_dates": "delivered_on", "order_refs": "order_ref"}.items():
            if column in self.items and _says_something(self.items[column]):
                found.add(word)
        if self.has_payment_history:
            found.add("payment_history")
        tables = {"promises", "disputes", "reminders"}
        return frozenset(found | {name for name in tables if len(getattr(self, name))})

    def at(self, as_of: pd.Timestamp) -> Snapshot:
        """Return the ledger as it stood at the end of ``as_of``."""
        from credit_helpers.portfolio.snapshot import Snapshot

        return Snapshot(self, pd.Timestamp(as_of))


def _says_something(column: pd.Series) -> bool:
    known = column.dropna()
    return len(known) > 0 and (known.dtype != TEXT or bool((known != "").any()))


def _places(named: pd.Series, known: pd.Series) -> tuple[np.ndarray, bool]:
    """Return where each key stands among the known ones, -1 for nowhere, and if those are unique.

    Both are told by one numbering of all keys, in the order in which they are first met.
    """
    codes, _ = pd.factorize(pd.concat([known, named]), use_na_sentinel=False)
    is_unique = bool((codes[: len(known)] == np.arange(len(known))).all())
    found = codes[len(known) :].astype("int32")
    return np.where(found < len(known), found, -1), is_unique
