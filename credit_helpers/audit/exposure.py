"""The tables of exposure: where the balance is concentrated, and within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from credit_helpers.audit.payment import Payment
from credit_helpers.metrics import breaches, concentration, failure, limits


@dataclass(frozen=True)
class Exposure(Payment):
    """Adds where the balance is concentrated, and what limits and insurance hold."""

    @cached_property
    def concentration_curve(self) -> pd.DataFrame:
        """Debtors by balance with their cumulative share."""
        return concentration.curve(self.ageing_by_customer)

    @cached_property
    def concentration(self) -> concentration.ConcentrationFigures:
        """Top shares, HHI, Gini and the 80/20 point."""
        return concentration.figures(self.concentration_curve, self.policy.concentration)

    @cached_property
    def exposures(self) -> pd.DataFrame:
        """What each group, or debtor without one, owes, and what cover leaves of it."""
        payout = self.policy.limits.insured_payout_share
        return failure.exposures(self.ageing_by_customer, self.snapshot.customers, payout)

    @cached_property
    def failure_losses(self) -> pd.DataFrame:
        """What is lost when the largest exposures fail today."""
        return failure.losses(self.exposures, self.policy.concentration)

    @cached_property
    def failure(self) -> failure.FailureFigures:
        """The largest exposure, the largest group, and what cover leaves."""
        return failure.figures(self.exposures)

    @cached_property
    def limits(self) -> pd.DataFrame:
        """Balance against own and insured limit per debtor."""
        customers, policy = self.snapshot.customers, self.policy.limits
        balance = self.ageing_by_customer
        balance = balance.assign(
            stopping_days=limits.stopping_days(
                self.snapshot.open_items, balance["customer_id"], policy
            )
        )
        held = limits.by_customer(balance, customers, policy)
        return held.merge(self._breaches[0], on="customer_id", how="left")

    @cached_property
    def limit_history(self) -> pd.DataFrame:
        """Breaches of today's limits at the month ends of the past two years."""
        return self._breaches[1]

    @cached_property
    def _breaches(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The breaches of the past per customer and per month end."""
        now, policy = self.snapshot, self.policy.limits
        ends = now.month_ends()
        owed = breaches.balances(now.items, now.settlements, now.customers, ends)
        return (
            breaches.by_customer(owed, now.customers, ends, policy),
            breaches.by_month(owed, now.customers, ends, policy),
        )

    @cached_property
    def limits_totals(self) -> limits.LimitsFigures:
        """Breaches, debtors without a limit, and what insurance covers."""
        return limits.totals(self.limits, self.policy.limits)
