"""The tables of payment: how late, how steadily, and with which course."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from credit_helpers.audit.balance import Balance
from credit_helpers.metrics import behaviour


@dataclass(frozen=True)
class Payment(Balance):
    """Adds to the balance how it was paid until now."""

    @cached_property
    def payments(self) -> pd.DataFrame:
        """Each dated payment of an invoice with its days late."""
        return behaviour.payments(self.snapshot.items, self.snapshot.settlements)

    @cached_property
    def behaviour_by_customer(self) -> pd.DataFrame:
        """Days late, their spread and their drift per debtor."""
        policy, customers = self.policy.behaviour, self.snapshot.customers
        return behaviour.by_customer(self.payments, customers, as_of=self.as_of, policy=policy)

    @cached_property
    def behaviour(self) -> behaviour.BehaviourFigures:
        """Days late of the portfolio, weighted and unweighted, and who gets worse or better."""
        table, policy = self.behaviour_by_customer, self.policy.behaviour
        return behaviour.figures(self.payments, table, as_of=self.as_of, policy=policy)

    @cached_property
    def behaviour_by_month(self) -> pd.DataFrame:
        """Days late by month of payment."""
        return behaviour.by_month(self.payments)

    @cached_property
    def behaviour_distribution(self) -> pd.DataFrame:
        """Payments by class of days late."""
        return behaviour.distribution(self.payments, self._edges)
