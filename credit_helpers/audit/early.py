"""The tables of early warnings: who shows which signal, and what the signals were worth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from credit_helpers.audit.credit import Credit
from credit_helpers.intake.reported import INSOLVENT, reported_signals
from credit_helpers.metrics import back_test, early_warning, part_payments


@dataclass(frozen=True)
class Early(Credit):
    """Adds the early warnings, and their test on the client's own past."""

    @cached_property
    def early_warnings(self) -> pd.DataFrame:
        """The points of each debtor who owes something, with the signals that gave them."""
        return self._warned[0]

    @cached_property
    def early_warning_signals(self) -> pd.DataFrame:
        """What each signal says now, and what it was worth in the past."""
        return self._warned[1]

    @cached_property
    def early_warning(self) -> back_test.BackTestFigures:
        """How early the warnings spoke of debtors that failed, and how often for nothing."""
        return self._warned[2]

    @cached_property
    def reported_signals(self) -> pd.DataFrame:
        """What a person saw of a debtor by now, in the settings or a sheet, the latest first."""
        rows = pd.concat([self.ledger.signals, reported_signals(self.client)], ignore_index=True)
        rows = rows[rows["reported_on"] <= self.as_of]
        rows = rows.drop_duplicates(["customer_id", "reported_on", "signal"])
        names = self.snapshot.customers.set_index("customer_id")["name"]
        rows = rows.assign(name=rows["customer_id"].map(names))
        order = ["reported_on", "customer_id", "signal"]
        return rows.sort_values(order, ascending=[False, True, True], ignore_index=True)

    @cached_property
    def _warned(self) -> tuple[pd.DataFrame, pd.DataFrame, back_test.BackTestFigures]:
        now, policy, told = self.snapshot, self.policy.early_warning, self.reported_signals
        insolvent = told["signal"] == INSOLVENT
        history = early_warning.History(
            now.items,
            now.settlements,
            part_payments.of_invoices(now.items, now.settlements, policy),
            now.raised_disputes,
            self.promises,
            now.customers,
            told[~insolvent],
        )
        panel = early_warning.panel(history, self.as_of, policy)
        del history
        failed_on = back_test.failures(
            now.items, now.settlements, told[insolvent], panel.customer_id, policy
        )
        flags = dict(zip(early_warning.SIGNALS, panel.flags, strict=True))
        warned = panel.scores(policy) >= policy.warn_from_count
        past = (panel.outstanding_cents, panel.days, failed_on)
        return (
            early_warning.by_customer(panel, now.customers, policy),
            back_test.by_signal(flags, *past, start=panel.start, policy=policy),
            back_test.figures(warned, *past, start=panel.start, policy=policy),
        )
