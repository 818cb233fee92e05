"""The tables of the balance: what is open, how old it is, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from credit_helpers.intake.client import ClientConfig
from credit_helpers.metrics import (
    ageing,
    ageing_groups,
    ageing_trend,
    dso,
    movement,
    write_offs,
)
from credit_helpers.policy import Policy
from credit_helpers.portfolio.ledger import Ledger
from credit_helpers.portfolio.snapshot import Snapshot
from credit_helpers.words import Words

TREND_MONTHS, MOVEMENT_MONTHS = 24, 12
OPEN_ITEM_COLUMNS = [
    "item_id",
    "customer_id",
    "name",
    "document",
    "kind",
    "issued_on",
    "due_on",
    "days_past_due",
    "bucket",
    "amount_cents",
    "outstanding_cents",
    "currency",
    "amount_minor",
    "is_disputed",
]


@dataclass(frozen=True)
class Balance:
    """A client's portfolio on one day, under one policy, in one language.

    Frames are tidy, unit-suffixed and unrounded; a class of figures names its fields.

    Parameters
    ----------
    client : ClientConfig
    ledger : Ledger
    as_of : Timestamp
    policy : Policy
    language : str
    """

    client: ClientConfig
    ledger: Ledger
    as_of: pd.Timestamp
    policy: Policy
    language: str

    @cached_property
    def words(self) -> Words:
        """The labels, prose and formats of the report's language."""
        return Words(self.language, self.ledger.reporting_currency)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The ledger as it stood at the end of the as-of date."""
        return self.ledger.at(self.as_of)

    @cached_property
    def open_items(self) -> pd.DataFrame:
        """Every open item with its debtor and its bucket, the largest debtors first."""
        items = self.snapshot.open_items
        codes = ageing.bucket_codes(items["days_past_due"].to_numpy(), self._edges)
        names = pd.array(ageing.bucket_names(self._edges), dtype="string")
        debtors = self.ageing_by_customer["customer_id"]
        place = pd.Index(debtors).get_indexer(items["customer_id"])
        listed = items.assign(
            bucket=names[codes],
            name=items["customer_id"].map(self._names),
            document=items.get("document", items["item_id"]),
        )
        order = pd.DataFrame({"place": place, "issued_on": items["issued_on"]})
        order = order.sort_values(["place", "issued_on"], kind="stable").index
        return listed.loc[order, OPEN_ITEM_COLUMNS].reset_index(drop=True)

    @cached_property
    def ageing_totals(self) -> ageing.AgeingTotals:
        """Balance, overdue and oldest amounts, credits and disputes."""
        return ageing.totals(self.snapshot.open_items, self._edges)

    @cached_property
    def ageing(self) -> pd.DataFrame:
        """The balance by ageing bucket."""
        return ageing.by_bucket(self.snapshot.open_items, self._edges)

    @cached_property
    def ageing_by_issue(self) -> pd.DataFrame:
        """The balance by days since the day of issue."""
        return ageing.by_bucket(self.snapshot.open_items, self._edges, basis="issued_on")

    @cached_property
    def ageing_by_customer(self) -> pd.DataFrame:
        """The balance of each debtor by bucket."""
        open_items, customers = self.snapshot.open_items, self.snapshot.customers
        return ageing.by_customer(open_items, customers, self._edges)

    @cached_property
    def ageing_groups(self) -> dict[str, pd.DataFrame]:
        """The balance by bucket for each value of an attribute, for each attribute that is known.

        An attribute is a column of the items or the customers in which something stands; the
        empty text is the group of which it is not known. The currency is that of the invoice and
        has a table when there are several.
        """
        items, customers = self.snapshot.open_items, self.snapshot.customers
        found = {}
        for attribute in ageing_groups.ATTRIBUTES:
            if attribute in items:
                values = items[attribute]
            elif attribute in customers:
                values = items["customer_id"].map(customers.set_index("customer_id")[attribute])
            else:
                continue
            known = values.astype("string").fillna("")
            if known.nunique() > 1:
                found[attribute] = ageing.by_attribute(items, known, self._edges)
        return found

    @cached_property
    def ageing_compared(self) -> pd.DataFrame:
        """The worst group of each attribute beside all others, the widest gap first."""
        return ageing_groups.compare(self.ageing_groups, self.policy.ageing.min_group_share)

    @cached_property
    def ageing_trend(self) -> pd.DataFrame:
        """The balance by bucket at each month end, as it stood then."""
        return self._trend(TREND_MONTHS)

    @cached_property
    def currencies(self) -> pd.DataFrame:
        """Totals per currency, the reporting currency first; never added to each other."""
        ledgers = (self.ledger, *self.ledger.apart)
        rows = [
            ageing.currency_row(ledger.at(self.as_of).open_items, ledger.reporting_currency)
            for ledger in ledgers
        ]
        return pd.DataFrame(rows)

    @cached_property
    def movement(self) -> pd.DataFrame:
        """What made the balance move, month by month."""
        now = self.snapshot
        table = movement.by_month(now.items, now.settlements, now.month_ends(MOVEMENT_MONTHS))
        return movement.with_rolled(table, self.movement_by_bucket)

    @cached_property
    def movement_by_bucket(self) -> pd.DataFrame:
        """What made the balance of each bucket move, and what rolled on, month by month."""
        now = self.snapshot
        ends = now.month_ends(MOVEMENT_MONTHS)
        return movement.by_bucket(now.items, now.settlements, ends, self._edges)

    @cached_property
    def write_offs(self) -> write_offs.WriteOffFigures:
        """Write-offs and credit notes of the past period against its sales, if those are known."""
        items, settlements = self.snapshot.items, self.snapshot.settlements
        items = items if self.ledger.has_payment_history else items.iloc[:0]
        days = self.policy.dso.period_days
        return write_offs.figures(items, settlements, as_of=self.as_of, period_days=days)

    @cached_property
    def sales(self) -> pd.DataFrame:
        """Credit sales by day; none for a list of open items, which lacks what was paid."""
        sales = self.snapshot.sales
        return sales if self.ledger.has_payment_history else sales.iloc[:0]

    @cached_property
    def dso_series(self) -> pd.DataFrame:
        """The DSO family at each month end, as it stood then."""
        return dso.series(self.ageing_trend, self.sales, self.policy.dso)

    @cached_property
    def dso(self) -> dso.DsoFigures:
        """The DSO family on the as-of date, and the cash that the target would release."""
        return dso.figures(self.dso_series, self.policy.dso)

    @property
    def _edges(self) -> tuple[int, ...]:
        return self.policy.ageing.edges_days

    @cached_property
    def _names(self) -> pd.Series:
        return self.snapshot.customers.set_index("customer_id")["name"]

    def _trend(self, months: int) -> pd.DataFrame:
        now = self.snapshot
        ends = now.month_ends(months)
        return ageing_trend.by_month(now.items, now.settlements, ends, self._edges)
