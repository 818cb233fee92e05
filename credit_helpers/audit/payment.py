"""The tables of payment: how late, how steadily, and with which course."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from credit_helpers import benchmark
from credit_helpers.audit.balance import Balance
from credit_helpers.metrics import (
    behaviour,
    drift,
    on_time,
    paydex,
    payment_curve,
    receipts,
    rhythm,
    roll_rates,
)

ROLL_MONTHS = 12


@dataclass(frozen=True)
class Payment(Balance):
    """Adds to the balance how it was paid until now."""

    @cached_property
    def payments(self) -> pd.DataFrame:
        """Each dated payment of an invoice with its days late."""
        return receipts.of_invoices(self.snapshot.items, self.snapshot.settlements)

    @cached_property
    def behaviour_by_customer(self) -> pd.DataFrame:
        """Days late, their spread and their course per debtor, with its index and its rhythm."""
        now = {"as_of": self.as_of, "policy": self.policy.behaviour}
        course = drift.by_customer(self.payments, **now)
        table = behaviour.by_customer(self.payments, self.snapshot.customers, course, **now)
        score = self.paydex_by_customer[["customer_id", "paydex_score"]]
        table = table.merge(score, on="customer_id", how="left", validate="1:1")
        days = rhythm.by_customer(self.payments, self.policy.behaviour)
        return table.merge(days, on="customer_id", how="left", validate="1:1")

    @cached_property
    def behaviour(self) -> behaviour.BehaviourFigures:
        """Days late of the portfolio, weighted and unweighted, and who gets worse or better."""
        table, policy = self.behaviour_by_customer, self.policy.behaviour
        return behaviour.figures(self.payments, table, as_of=self.as_of, policy=policy)

    @cached_property
    def on_time(self) -> on_time.OnTimeFigures:
        """Invoices of the last year paid on time, by number."""
        now, days = self.snapshot, self.policy.dso.period_days
        return on_time.figures(now.items, now.settlements, as_of=self.as_of, period_days=days)

    @cached_property
    def benchmarks(self) -> pd.DataFrame:
        """What is published of other companies beside the client's own, the newest first."""
        own = {
            "overdue_share": self.ageing_totals.overdue_share,
            "on_time_share": self.on_time.on_time_share,
        }
        columns = ["measure", "kind", "sector", "size", "year", "half", "value", "source"]
        rows = [vars(each) for each in benchmark.beside(self.client.sector)]
        frame = pd.DataFrame(rows, columns=columns)
        return frame.assign(own_value=frame["measure"].map(own).astype("float64"))

    @cached_property
    def behaviour_by_month(self) -> pd.DataFrame:
        """Days late by month of payment."""
        return behaviour.by_month(self.payments)

    @cached_property
    def behaviour_distribution(self) -> pd.DataFrame:
        """Payments by class of days late."""
        return behaviour.distribution(self.payments, self._edges)

    @cached_property
    def paydex_by_customer(self) -> pd.DataFrame:
        """The PAYDEX-like index of each debtor."""
        policy, open_items = self.policy.paydex, self.snapshot.open_items
        rows = paydex.experiences(self.payments, open_items, as_of=self.as_of, policy=policy)
        return paydex.by_customer(rows, self.snapshot.customers, policy)

    @cached_property
    def paydex(self) -> paydex.PaydexFigures:
        """The PAYDEX-like index of the portfolio."""
        return paydex.figures(self.paydex_by_customer)

    @cached_property
    def roll_rates(self) -> pd.DataFrame:
        """What became of each bucket in a month, over the whole months before the as-of date."""
        ends = self.snapshot.month_ends(ROLL_MONTHS + 2)
        whole = ends[ends.is_month_end][-(ROLL_MONTHS + 1) :]
        now = self.snapshot
        return roll_rates.matrix(now.items, now.settlements, whole, self._edges)

    @cached_property
    def payment_curve(self) -> pd.DataFrame:
        """Share paid by days since the invoice, per cohort and for all together."""
        return self._curve[0]

    @cached_property
    def payment_cohorts(self) -> pd.DataFrame:
        """The payment curve of each cohort, read on some days."""
        return self._curve[1]

    @cached_property
    def _curve(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        now, policy = self.snapshot, self.policy.curve
        amounts = payment_curve.observations(now.items, now.settlements, policy)
        by_day = payment_curve.by_day(amounts, policy)
        return by_day, payment_curve.by_cohort(by_day, amounts, policy)
