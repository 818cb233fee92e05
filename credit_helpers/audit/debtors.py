"""The tables of debtors: who they are, what fits them, and whom to contact first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from credit_helpers.audit.indicators import Indicators
from credit_helpers.metrics import priority, segmentation


@dataclass(frozen=True)
class Debtors(Indicators):
    """Adds the segments of the debtors and the worklist."""

    @cached_property
    def segments(self) -> pd.DataFrame:
        """Risk with its reasons, life stage, size and behaviour per debtor."""
        profiles = segmentation.profiles(
            self.snapshot.items,
            self.snapshot.customers,
            as_of=self.as_of,
            policy=self.policy.segmentation,
        )
        held, kept = self.limits, self.collection_by_customer
        marks = {
            "over_limit": held.loc[held["excess_cents"] > 0, "customer_id"].tolist(),
            "broken_promise": kept.loc[kept["broken_promises_count"] > 0, "customer_id"].tolist(),
        }
        balance, paid = self.ageing_by_customer, self.behaviour_by_customer
        return segmentation.by_customer(profiles, balance, paid, marks=marks, policy=self.policy)

    @cached_property
    def segment_summary(self) -> pd.DataFrame:
        """The balance per risk."""
        return segmentation.summary(self.segments)

    @cached_property
    def segment_groups(self) -> pd.DataFrame:
        """Homogeneous groups by size and behaviour."""
        return segmentation.groups(self.segments)

    @cached_property
    def priority(self) -> pd.DataFrame:
        """The worklist: whom to contact first, why and how."""
        circumstances = priority.circumstances(
            self.snapshot.customers,
            self.limits,
            self.collection_by_customer,
            self.snapshot.open_items,
        )
        policy = self.policy.priority
        return priority.rank(self.ageing_by_customer, self.segments, circumstances, policy=policy)
