"""The tables of debtors: who they are, what fits them, and whom to contact first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from credit_helpers.audit.indicators import Indicators
from credit_helpers.keys import customer_places, item_places
from credit_helpers.metrics import (
    behaviour,
    drift,
    payers,
    pricing,
    priority,
    profiles,
    segmentation,
    strategies,
    treatment,
)
from credit_helpers.strategy import approaches


@dataclass(frozen=True)
class Debtors(Indicators):
    """Adds the segments of the debtors and the worklist."""

    @cached_property
    def segments(self) -> pd.DataFrame:
        """Risk with its reasons, life stage, size, behaviour and approach per debtor."""
        now, policy = self.snapshot, self.policy
        known = profiles.by_customer(
            now.items, now.customers, as_of=self.as_of, policy=policy.segmentation
        )
        held, given = self.limits, self.promises
        ago = (self.as_of - given["promised_for"]).dt.days
        broken = given[(given["status"] == "broken") & (ago <= policy.segmentation.promise_days)]
        marks = {
            "over_limit": held.loc[held["excess_cents"] > 0, "customer_id"].tolist(),
            "broken_promise": broken["customer_id"].tolist(),
        }
        found = segmentation.by_customer(
            known, self.ageing_by_customer, self._recent_behaviour(), marks=marks, policy=policy
        )
        return found.assign(approach=strategies.assigned(found, approaches()))

    def _recent_behaviour(self) -> pd.DataFrame:
        """The behaviour by which risk is judged: of the past year where that says enough."""
        ago = (self.as_of - self.payments["settled_on"]).dt.days
        rows = self.payments[ago < self.policy.segmentation.recent_days].reset_index(drop=True)
        now = {"as_of": self.as_of, "policy": self.policy.behaviour}
        course = drift.by_customer(rows, **now)
        recent = behaviour.by_customer(rows, self.snapshot.customers, course, **now)
        return segmentation.recent_behaviour(recent, self.behaviour_by_customer, self.policy)

    @cached_property
    def strategy_summary(self) -> pd.DataFrame:
        """What each approach is about."""
        return strategies.summary(self.segments, approaches())

    @cached_property
    def payer_groups(self) -> pd.DataFrame:
        """Which countries, sectors, regions and sizes pay on time."""
        policy = self.policy.segmentation
        return payers.by_group(self.segments, self.snapshot.customers, policy)

    @cached_property
    def room_for_sales(self) -> pd.DataFrame:
        """Good payers with room in their limit."""
        return payers.with_room(self.segments, self.limits)

    @cached_property
    def treatment_by_risk(self) -> pd.DataFrame:
        """Terms, limits and reminders per risk."""
        return self._treated[0]

    @cached_property
    def treatment(self) -> treatment.TreatmentFigures:
        """How alike debtors are treated, and what treating them apart releases."""
        return self._treated[1]

    @cached_property
    def _treated(self) -> tuple[pd.DataFrame, treatment.TreatmentFigures]:
        now, policy = self.snapshot, self.policy.segmentation
        days, terms = policy.sales_days, {one.code: one.terms_days for one in approaches()}
        sold = treatment.invoices(now.items, now.reminders, as_of=self.as_of, days=days)
        table = treatment.by_risk(sold, self.segments, self.limits, days)
        if "reminders" not in self.ledger.capabilities:
            table = table.assign(reminders_index=float("nan"))
        found = treatment.figures(table, sold, self.segments, terms=terms, policy=policy)
        return table, found

    @cached_property
    def pricing_by_risk(self) -> pd.DataFrame:
        """What each risk costs in interest and losses; no rows without a payment history."""
        now, segments = self.snapshot, self.segments
        rows = segments if self.ledger.has_payment_history else segments.iloc[:0]
        debtor = customer_places(now.items, segments)
        lost = pricing.written_off(
            now.settlements,
            debtor[item_places(now.settlements, now.items)],
            len(segments),
            since=self.as_of - pd.Timedelta(days=self.policy.segmentation.sales_days),
        )
        return pricing.by_risk(rows, lost[: len(rows)], self._interest_share)

    @cached_property
    def pricing(self) -> pricing.PricingFigures:
        """What risk costs in one line."""
        return pricing.figures(self.pricing_by_risk, self._interest_share)

    @property
    def _interest_share(self) -> float:
        """The client's own rate of interest, else that of the policy."""
        own = self.client.facts.interest_share
        return self.policy.segmentation.interest_share if pd.isna(own) else own

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
