"""The tables of credit: what each debtor may owe, what is insured, and on what that rests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from credit_helpers.audit.debtors import Debtors
from credit_helpers.metrics import cover, evidence, newcomers, proposals

OPTIONAL = ("insurance", "orders", "self_assessed", "reports")
NEW_STAGES = ("starter",)


@dataclass(frozen=True)
class Credit(Debtors):
    """Adds proposed limits, the cover that stopped, the evidence, and the new customers."""

    @cached_property
    def cover_by_customer(self) -> pd.DataFrame:
        """Insured debtors whose cover stopped or is at risk."""
        return cover.by_customer(
            self.snapshot.items,
            self.snapshot.customers,
            as_of=self.as_of,
            period_days=self.policy.segmentation.sales_days,
            policy=self.policy.limits,
        )

    @cached_property
    def cover(self) -> cover.CoverFigures:
        """What was delivered without cover, and what was reported too late."""
        is_insured = "insurance" in self.ledger.capabilities
        return cover.figures(self.cover_by_customer, is_insured=is_insured)

    @cached_property
    def limit_proposals(self) -> pd.DataFrame:
        """A proposed limit per debtor, with every part of its formula."""
        return proposals.by_customer(
            self.segments,
            self.snapshot.items,
            self.snapshot.customers,
            as_of=self.as_of,
            policy=self.policy,
        )

    @cached_property
    def credit_facts(self) -> pd.DataFrame:
        """Reports, own experience and losses per debtor."""
        now = self.snapshot
        return evidence.facts(
            now.items, now.settlements, now.customers, as_of=self.as_of, policy=self.policy
        )

    @cached_property
    def self_assessed(self) -> pd.DataFrame:
        """Self-assessed limits against the rules; no rows when the input has none."""
        return evidence.self_assessed(self.credit_facts, self.limits, self.policy)

    @cached_property
    def without_report(self) -> pd.DataFrame:
        """Debtors that need a credit report and have none; no rows when the input tells nothing."""
        found = evidence.without_report(self.credit_facts, self.limits, self.policy)
        return found if "reports" in self.ledger.capabilities else found.iloc[:0]

    @property
    def credit_gaps(self) -> tuple[str, ...]:
        """What the input lacks to judge cover, orders, self-assessed limits and reports."""
        return tuple(word for word in OPTIONAL if word not in self.ledger.capabilities)

    @cached_property
    def newcomers(self) -> pd.DataFrame:
        """New customers with what became of their first invoice."""
        return newcomers.by_customer(self.snapshot.items, self.segments, NEW_STAGES)

    @cached_property
    def newcomer_figures(self) -> newcomers.NewcomerFigures:
        """How many new customers paid their first invoice late, and what they owe."""
        return newcomers.figures(self.newcomers)
