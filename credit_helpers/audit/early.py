"""The tables of early warnings: who shows which signal, and what the signals were worth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
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
        policy, customers = self.policy.early_warning, self.snapshot.customers
        return early_warning.by_customer(self._warnings, customers, policy)

    @cached_property
    def early_warning_signals(self) -> pd.DataFrame:
        """What each signal says now, and what it was worth in the past."""
        panel, names = self._warnings, early_warning.SIGNALS
        flags = dict(zip(names, panel.flags, strict=True))
        return back_test.by_signal(
            flags, panel.outstanding_cents, panel.days, self._failed_on, **self._past
        )

    @cached_property
    def early_warning(self) -> back_test.BackTestFigures:
        """How early the warnings spoke of debtors that failed, and how often for nothing."""
        panel, policy = self._warnings, self.policy.early_warning
        warned = panel.scores(policy) >= policy.warn_from_count
        return back_test.figures(
            warned, panel.outstanding_cents, panel.days, self._failed_on, **self._past
        )

    @property
    def _past(self) -> dict:
        return {"start": self._warnings.start, "policy": self.policy.early_warning}

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
    def _failed_on(self) -> np.ndarray:
        now, ids = self.snapshot, self._warnings.customer_id
        insolvent = self.reported_signals[self.reported_signals["signal"] == INSOLVENT]
        policy = self.policy.early_warning
        return back_test.failures(now.items, now.settlements, insolvent, ids, policy)

    @cached_property
    def _warnings(self) -> early_warning.Panel:
        now, policy = self.snapshot, self.policy.early_warning
        history = early_warning.History(
            now.items,
            now.settlements,
            part_payments.of_invoices(now.items, now.settlements, policy),
            now.raised_disputes,
            self.promises,
            now.customers,
            self.reported_signals[self.reported_signals["signal"] != INSOLVENT],
        )
        return early_warning.panel(history, self.as_of, policy)
