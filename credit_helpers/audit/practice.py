"""The tables of practice: how the client invoices, reminds and collects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from credit_helpers.audit.exposure import Exposure
from credit_helpers.metrics import (
    collection,
    disputes,
    invoicing,
    order_to_cash,
    quality,
    reminders,
    repeats,
    responses,
    terms,
)


@dataclass(frozen=True)
class Practice(Exposure):
    """Adds what the client does, from delivery to promise."""

    # -- order to cash

    @cached_property
    def near_duplicates(self) -> frozenset[str]:
        """The invoices that may have been sent twice."""
        found = self._checked
        return frozenset(found.loc[found["check"] == "near_duplicate", "item_id"])

    @cached_property
    def _checked(self) -> pd.DataFrame:
        """Every document of the snapshot that a data-quality check stops at."""
        now, policy = self.snapshot, self.policy.quality
        compared = repeats.flags(now.items, policy.near_duplicate_days)
        compared = compared.assign(differing_terms=terms.differing(now.items, now.customers))
        return quality.checks(now.items, now.settlements, compared, as_of=self.as_of, policy=policy)

    @cached_property
    def own_errors(self) -> pd.DataFrame:
        """How often each error occurs, and how much later such invoices are paid."""
        return self._errors[0]

    @cached_property
    def overdue_causes(self) -> pd.DataFrame:
        """The overdue balance by cause: an error of our own, or the debtor."""
        return self._errors[1]

    @cached_property
    def order_to_cash(self) -> order_to_cash.OrderToCashFigures:
        """Own errors in one line."""
        return self._errors[2]

    @cached_property
    def _errors(self) -> tuple[pd.DataFrame, pd.DataFrame, order_to_cash.OrderToCashFigures]:
        disputed = self.dispute_list["item_id"] if len(self.ledger.disputes) else None
        found = order_to_cash.invoices(
            self.snapshot.items,
            terms.more_days(self.snapshot.items, self.snapshot.customers),
            disputed=None if disputed is None else frozenset(disputed),
            duplicates=self.near_duplicates,
            policy=self.policy.order_to_cash,
        )
        return (
            order_to_cash.by_error(found, since=self._since),
            order_to_cash.causes(found, self.ageing_totals.overdue_cents),
            order_to_cash.figures(found, since=self._since),
        )

    @cached_property
    def invoicing_lags(self) -> pd.DataFrame:
        """Days from delivery to invoice per month."""
        return self._invoiced[0]

    @cached_property
    def reversals(self) -> pd.DataFrame:
        """Credit notes that take back a whole invoice."""
        days = self.policy.order_to_cash.reversal_days
        return invoicing.reversals(self.snapshot.items, lookback_days=days)

    @cached_property
    def invoicing(self) -> invoicing.InvoicingFigures:
        """Invoicing lag and credit notes in one line."""
        return self._invoiced[1]

    @cached_property
    def _invoiced(self) -> tuple[pd.DataFrame, invoicing.InvoicingFigures]:
        items, policy = self.snapshot.items, self.policy.order_to_cash
        lags = invoicing.lags(items)
        return invoicing.by_month(lags, policy), invoicing.figures(
            lags,
            self.reversals,
            items,
            since=self._since,
            sales_per_day_cents=self.dso.sales_per_day_cents,
            policy=policy,
        )

    @cached_property
    def dispute_list(self) -> pd.DataFrame:
        """Every dispute raised by now, those that ended included."""
        now = self.snapshot
        return disputes.listed(now.raised_disputes, now.items, as_of=self.as_of)

    @cached_property
    def dispute_reasons(self) -> pd.DataFrame:
        """Disputes by reason: number, balance, age and time to an answer."""
        return disputes.by_reason(self.dispute_list)

    @cached_property
    def disputes(self) -> disputes.DisputeFigures:
        """Disputes in one line."""
        return disputes.figures(self.dispute_list)

    # -- collection

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

    @cached_property
    def first_actions(self) -> pd.DataFrame:
        """When the first reminder went out of the invoices that needed one."""
        now, policy = self.snapshot, self.policy.collection
        return reminders.first_actions(
            self._known(now.items),
            now.reminders,
            since=self._since,
            as_of=self.as_of,
            policy=policy,
        )

    @cached_property
    def collection_steps(self) -> pd.DataFrame:
        """The written steps of the ladder, and how much of what was due for them had them."""
        now = self.snapshot
        rows = self._known(now.open_items)
        return reminders.steps(rows, now.reminders, self.policy.priority.ladder)

    @cached_property
    def collection_by_salesperson(self) -> pd.DataFrame:
        """Overdue balance and follow-up per salesperson."""
        now = self.snapshot
        rows = self._known(now.items)
        sellers = self._of_items("salesperson")[: len(rows)]
        return reminders.by_salesperson(rows, now.reminders, sellers)

    @cached_property
    def reminder_responses(self) -> pd.DataFrame:
        """How often a payment followed a reminder, per channel and number of the reminder."""
        now, policy = self.snapshot, self.policy.collection
        return responses.by_channel(now.reminders, now.settlements, as_of=self.as_of, policy=policy)

    @cached_property
    def early_contact(self) -> responses.EarlyContact:
        """What contact before the due date did to lateness."""
        now, policy = self.snapshot, self.policy.collection
        return responses.early_contact(self._known(now.items), now.reminders, policy)

    def _known(self, items: pd.DataFrame) -> pd.DataFrame:
        """Return the documents whose reminders are known: none when the input tells of none."""
        return items if "reminders" in self.ledger.capabilities else items.iloc[:0]

    @property
    def _since(self) -> pd.Timestamp:
        return self.as_of - pd.Timedelta(days=self.policy.order_to_cash.period_days)

    def _of_items(self, attribute: str) -> pd.Series:
        """Return an attribute of each item, from the item or else from its debtor."""
        items, customers = self.snapshot.items, self.snapshot.customers
        own = items[attribute] if attribute in items else pd.Series(pd.NA, index=items.index)
        if attribute not in customers:
            return own.astype("string")
        of_debtor = items["customer_id"].map(customers.set_index("customer_id")[attribute])
        return own.astype("string").fillna(of_debtor.astype("string"))
