"""The ledger as it stood at the end of a day; what happened later does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from credit_helpers.portfolio.ledger import Ledger


@dataclass(frozen=True)
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

    @cached_property
    def settlements(self) -> pd.DataFrame:
        """Settlements made on or before the as-of date, of items that exist by then."""
        rows = self.ledger.settlements
        day = rows["settled_on"]
        known = rows["item_id"].isin(self._issued["item_id"])
        return rows[(day.isna() | (day <= self.as_of)) & known].reset_index(drop=True)

    @cached_property
    def _issued(self) -> pd.DataFrame:
        items = self.ledger.items
        return items[items["issued_on"] <= self.as_of].reset_index(drop=True)

    @cached_property
    def items(self) -> pd.DataFrame:
        """Every item issued by the as-of date, settled ones included.

        Adds ``settled_cents``; ``outstanding_cents``; ``days_past_due`` (float: negative before
        the due date, 0 on it, ``nan`` without one); ``age_days`` since issue; ``settled_on`` (day
        on which the last cent was settled; ``NaT`` while something is outstanding or the day is
        unknown); ``is_disputed``.
        """
        items = self._issued.copy()
        place = pd.Index(items["item_id"]).get_indexer(self.settlements["item_id"])
        settled = np.zeros(len(items), dtype="int64")
        np.add.at(settled, place, self.settlements["amount_cents"].to_numpy())
        items["settled_cents"] = settled
        items["outstanding_cents"] = items["amount_cents"] - settled
        items["days_past_due"] = (self.as_of - items["due_on"]).dt.days.astype("float64")
        items["age_days"] = (self.as_of - items["issued_on"]).dt.days
        last = self.settlements.groupby("item_id")["settled_on"].max()
        undated = self.settlements.loc[self.settlements["settled_on"].isna(), "item_id"]
        last = last.reindex(items["item_id"]).to_numpy()
        open_or_undated = (items["outstanding_cents"] != 0) | items["item_id"].isin(undated)
        items["settled_on"] = pd.Series(last).mask(open_or_undated.to_numpy())
        items["is_disputed"] = items["item_id"].isin(self.disputes["item_id"])
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
        rows = self.ledger.disputes
        runs = rows["disputed_on"].isna() | (rows["disputed_on"] <= self.as_of)
        if "resolved_on" in rows:
            runs &= rows["resolved_on"].isna() | (rows["resolved_on"] > self.as_of)
        return rows[runs].reset_index(drop=True)

    @cached_property
    def promises(self) -> pd.DataFrame:
        """Promises to pay that were given by the as-of date."""
        rows = self.ledger.promises
        return rows[rows["promised_on"] <= self.as_of].reset_index(drop=True)

    @cached_property
    def reminders(self) -> pd.DataFrame:
        """Reminders that were sent by the as-of date."""
        rows = self.ledger.reminders
        return rows[rows["sent_on"] <= self.as_of].reset_index(drop=True)

    @property
    def customers(self) -> pd.DataFrame:
        """The customers of the ledger."""
        return self.ledger.customers

    def month_ends(self, count: int = 24) -> pd.DatetimeIndex:
        """Return the last ``count`` month ends up to the as-of date, and that date itself.

        Months before the first document, or before the history can be rebuilt, are left out.
        """
        ends = pd.date_range(end=self.as_of, periods=count + 1, freq="ME")
        ends = ends[ends < self.as_of][-(count - 1) :].append(pd.DatetimeIndex([self.as_of]))
        start = self.ledger.history_from
        return ends[ends >= start] if start is not None else ends[-1:]

    @cached_property
    def sales(self) -> pd.DataFrame:
        """Credit sales: every invoice and credit note by its day of issue.

        Columns ``issued_on`` and ``amount_cents``, in order of day.
        """
        documents = self._issued[self._issued["kind"] != "unapplied_cash"]
        return documents[["issued_on", "amount_cents"]].sort_values("issued_on", kind="stable")
