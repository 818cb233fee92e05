"""The tables of practice: how the client invoices, reminds and collects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from credit_helpers.audit.exposure import Exposure
from credit_helpers.metrics import collection


@dataclass(frozen=True)
class Practice(Exposure):
    """Adds what the client does, from reminder to promise."""

    @cached_property
    def promises(self) -> pd.DataFrame:
        """Each promise to pay, with what was paid on it and whether it was kept."""
        now = self.snapshot
        return collection.judged_promises(
            now.promises, now.items, now.settlements, as_of=self.as_of
        )

    @cached_property
    def collection(self) -> collection.CollectionFigures:
        """Promises kept and broken, reminders sent and left out."""
        now, policy = self.snapshot, self.policy.collection
        return collection.figures(self.promises, now.reminders, now.items, policy)

    @cached_property
    def collection_by_customer(self) -> pd.DataFrame:
        """Reminders and promises per debtor."""
        now = self.snapshot
        return collection.by_customer(self.promises, now.reminders, now.items, now.customers)
