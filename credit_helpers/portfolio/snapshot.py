"""The ledger as it stood at the end of a day; what happened later does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from credit_helpers.cents import count_by, sum_by
from credit_helpers.keys import CUSTOMER, ITEM
from credit_helpers.portfolio.ledger import Ledger


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A ledger at the end of ``as_of``.

    Parameters
    ----------
    ledger : Ledger
    as_of : Timestamp
        Documents issued and settlements made on this day count; later ones do not exist. A
        settlement without a date happened before the export and always counts.

    Examples
    --------
    >>> from credit_helpers.portfolio.schema import CUSTOMERS, ITEMS, SETTLEMENTS
    >>> day = pd.Timestamp("2026-01-31")
    >>> items = pd.DataFrame({"item_id": ["F1"], "customer_id": ["1"], "kind": ["invoice"],
    ...     "issued_on": [pd.Timestamp("2026-01-01")], "due_on": [day], "amount_cents": [10_000],
    ...     "currency": ["EUR"], "amount_minor": [10_000]})
    >>> paid = pd.DataFrame({"item_id": ["F1"], "settled_on": [pd.Timestamp("2026-02-03")],
    ...     "kind": ["payment"], "amount_cents": [4_000]})
    >>> ledger = Ledger(pd.DataFrame({"customer_id": ["1"], "name": ["A"]}), items, paid)
    >>> int(ledger.at(day).outstanding_cents), int(ledger.at(day).items["days_past_due"][0])
    (10000, 0)
    >>> int(ledger.at(pd.Timestamp("2026-02-03")).outstanding_cents)
    6000
    """

    ledger: Ledger
    as_of: pd.Timestamp

    def __post_init__(self) -> None:
        object.__setattr__(self, "as_of", pd.Timestamp(self.as_of).normalize())

    @cached_property
    def _is_issued(self) -> np.ndarray:
        return (self.ledger.items["issued_on"] <= self.as_of).to_numpy()

    @cached_property
    def _issued(self) -> pd.DataFrame:
        items = self.ledger.items
        return items if self._is_issued.all() else items[self._is_issued].reset_index(drop=True)

    @cached_property
    def _counts(self) -> np.ndarray:
        """Which settlements of the ledger count: made by the as-of date, of an item of then."""
        made = _by(self.ledger.settlements["settled_on"], self.as_of).to_numpy()
        return made & self._is_issued[self.ledger.settled_places]

    @cached_property
    def settlements(self) -> pd.DataFrame:
        """Settlements made on or before the as-of date, of items that exist by then.

        Adds ``item_place``, the row of the item in the ledger.
        """
        return _with_place(self.ledger.settlements, self.ledger.settled_places, self._counts)

    @cached_property
    def items(self) -> pd.DataFrame:
        """Every item issued by the as-of date, settled ones included.

        Adds ``outstanding_cents``; ``days_past_due`` (float: negative before
        the due date, 0 on it, ``nan`` without one); ``age_days`` since issue; ``settled_on`` (day
        of the last settlement; ``NaT`` while something is outstanding or when a settlement has no
        day); ``is_disputed``; ``item_place`` and ``customer_place`` (rows of the ledger).
        """
        items = self._issued.copy(deep=False)  # only gets columns of its own
        items[ITEM] = np.flatnonzero(self._is_issued).astype("int32")
        items[CUSTOMER] = self.ledger.customer_places[self._is_issued]
        # Positions among the issued items, from those in the ledger.
        place = (np.cumsum(self._is_issued) - 1)[self.ledger.settled_places[self._counts]]
        settled = sum_by(place, self.settlements["amount_cents"], len(items))
        items["outstanding_cents"] = items["amount_cents"] - settled
        items["days_past_due"] = (self.as_of - items["due_on"]).dt.days.astype("float64")
        items["age_days"] = (self.as_of - items["issued_on"]).dt.days
        last = pd.Series(_last_at(place, self.settlements["settled_on"], len(items)))
        items["settled_on"] = last.mask(items["outstanding_cents"] != 0)
        items["is_disputed"] = self._is_disputed[self._is_issued]
        return items

    @cached_property
    def open_items(self) -> pd.DataFrame:
        """The items that are not fully settled; a balance of either sign is open."""
        items = self.items
        return items[items["outstanding_cents"] != 0].reset_index(drop=True)

    @property
    def outstanding_cents(self) -> int:
        """The balance of the ledger."""
        return int(self.open_items["outstanding_cents"].sum())

    @cached_property
    def disputes(self) -> pd.DataFrame:
        """Disputes that run on the as-of date; one without a date runs always."""
        rows = self.raised_disputes
        if "resolved_on" not in rows:
            return rows
        runs = rows["resolved_on"].isna() | (rows["resolved_on"] > self.as_of)
        return rows[runs].reset_index(drop=True)

    @cached_property
    def raised_disputes(self) -> pd.DataFrame:
        """Disputes that were raised by the as-of date, those that ended included.

        Adds ``item_place``, the row of the item in the ledger.
        """
        rows = self.ledger.disputes
        raised = _by(rows["disputed_on"], self.as_of).to_numpy()
        return _with_place(rows, self.ledger.disputed_places, raised)

    @property
    def _is_disputed(self) -> np.ndarray:
        """Which items of the ledger are disputed on the as-of date."""
        found = np.zeros(len(self.ledger.items) + 1, dtype=bool)
        found[self.disputes[ITEM]] = True
        return found[:-1]  # the last one is of items that the ledger does not know

    @cached_property
    def promises(self) -> pd.DataFrame:
        """Promises to pay that were given by the as-of date; one without a date always was."""
        rows = self.ledger.promises
        return rows[_by(rows["promised_on"], self.as_of)].reset_index(drop=True)

    @cached_property
    def reminders(self) -> pd.DataFrame:
        """Reminders that were sent by the as-of date; one without a date always was.

        Adds ``item_place``, the row of the item in the ledger.
        """
        rows = self.ledger.reminders
        sent = _by(rows["sent_on"], self.as_of).to_numpy()
        return _with_place(rows, self.ledger.reminded_places, sent)

    @property
    def customers(self) -> pd.DataFrame:
        """The customers of the ledger."""
        return self.ledger.customers

    def month_ends(self, count: int = 24) -> pd.DatetimeIndex:
        """Return the as-of date and the month ends before it, ``count`` days in all, in order.

        Month ends before the first document, or before the history can be rebuilt, are left out;
        the as-of date itself is always there.
        """
        today = pd.DatetimeIndex([self.as_of])
        ends = pd.date_range(end=self.as_of, periods=count, freq="ME", unit=today.unit)
        start = self.ledger.history_from
        before = (ends < self.as_of) & (ends >= start if start is not None else False)
        return ends[before][max(0, int(before.sum()) - (count - 1)) :].append(today)

    @cached_property
    def sales(self) -> pd.DataFrame:
        """Credit sales: what was invoiced minus what was credited, by day of issue.

        Columns ``issued_on`` and ``amount_cents``: each day with a document once, in order.
        """
        is_sold = (self._issued["kind"] != "unapplied_cash").to_numpy(dtype=bool)
        days = self._issued["issued_on"].to_numpy("datetime64[D]")[is_sold]
        number = (days - days.min()).astype("int64") if len(days) else days.astype("int64")
        size = int(number.max(initial=-1)) + 1
        sums = sum_by(number, self._issued["amount_cents"][is_sold], size)
        sold = np.flatnonzero(count_by(number, size))
        first = days.min() if len(days) else np.datetime64("1970-01-01")
        return pd.DataFrame(
            {
                "issued_on": (first + sold).astype("datetime64[ns]"),
                "amount_cents": sums[sold],
            }
        )


def _by(days: pd.Series, as_of: pd.Timestamp) -> pd.Series:
    """Whether each day is known to be by the as-of date; without a day: before the export."""
    return days.isna() | (days <= as_of)


def _with_place(rows: pd.DataFrame, places: np.ndarray, counts: np.ndarray) -> pd.DataFrame:
    """Return the rows that count with the place of their item; nothing is copied when all do."""
    if counts.all():
        return rows.assign(**{ITEM: places})
    return rows[counts].reset_index(drop=True).assign(**{ITEM: places[counts]})


def _last_at(places: np.ndarray, days: pd.Series, size: int) -> np.ndarray:
    """The latest day per place; ``NaT`` where there is none, or where one of them is unknown."""
    start = np.datetime64("0001-01-01", "D")
    last = np.full(size, start)
    np.maximum.at(last, places, days.to_numpy("datetime64[D]"))  # NaT propagates
    last[last == start] = np.datetime64("NaT")
    return last.astype("datetime64[ns]")
