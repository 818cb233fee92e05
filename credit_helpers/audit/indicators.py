"""The tables of the indicators: the whole DSO family, and why the DSO moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

import pandas as pd

from credit_helpers.audit.practice import Practice
from credit_helpers.cents import ratio
from credit_helpers.findings import indicators as judging
from credit_helpers.metrics import (
    collectable,
    collection,
    debtor_groups,
    dso,
    dso_bridge,
    dso_family,
    indicators,
    write_offs,
)
from credit_helpers.portfolio.snapshot import Snapshot

NAN = float("nan")

# Each form of the DSO: its figure from invoice and from delivery, and its column in the series.
FORMS = {
    "dso": ("dso.dso_days", "dso_family.dso_delivery_days", "dso_days"),
    "countback": (
        "dso.countback_dso_days",
        "dso_family.countback_delivery_days",
        "countback_dso_days",
    ),
    "per_invoice": (
        "dso_family.per_invoice_dso_days",
        "dso_family.per_invoice_delivery_days",
        "",
    ),
    "sales_weighted": ("dso_family.sales_weighted_dso_days", "", ""),
    "best_possible": ("dso.best_possible_dso_days", "", "best_possible_dso_days"),
    "delinquent": ("dso.average_days_delinquent", "", "average_days_delinquent"),
    "invoiced_terms": ("dso_family.invoiced_terms_days", "", ""),
    "agreed_terms": ("dso_family.agreed_terms_days", "", ""),
}


@dataclass(frozen=True)
class Indicators(Practice):
    """Adds what a credit manager steers on, and what made it move."""

    @cached_property
    def dso_family(self) -> dso_family.DsoFamilyFigures:
        """The forms of the DSO per invoice, sales-weighted and from delivery; the terms given."""
        return dso_family.figures(
            self.snapshot.items,
            self.snapshot.customers,
            as_of=self.as_of,
            simple=(self.dso.dso_days, self.dso.countback_dso_days),
            policy=self.policy.dso,
        )

    @cached_property
    def indicator_series(self) -> pd.DataFrame:
        """The indicators that follow from balances and sales, at each month end."""
        return indicators.series(self.ageing_trend, self.sales, self._edges)

    @cached_property
    def indicators(self) -> indicators.IndicatorFigures:
        """Effectiveness, turnover, disputes and what could be collected, on the as-of date."""
        last, own = self.indicator_series.iloc[-1], self.client.facts
        totals, period = self.ageing_totals, self.policy.dso.period_days
        known = {name: float(last[name]) for name in indicators.OF_SERIES}
        written_off, sold = self.write_offs.written_off_cents, self.dso.credit_sales_cents
        target, collected = self._collectable(self.snapshot)
        received = indicators.received(self.payments, as_of=self.as_of, period_days=period)
        resolved = collectable.resolved_per_day(
            self.snapshot.raised_disputes, self.snapshot.items, as_of=self.as_of, period_days=period
        )
        return indicators.IndicatorFigures(
            **known,
            days_to_pay=indicators.days_to_pay(self.payments, as_of=self.as_of, period_days=period),
            bad_debt_ceiling_cents=indicators.bad_debt_ceiling(
                sold if self.ledger.has_payment_history else NAN,
                self.policy.quality.max_write_off_share,
            ),
            recover_sales_cents=indicators.sales_to_recover(written_off, own.gross_margin_share),
            disputed_share=ratio(totals.disputed_cents, totals.outstanding_cents),
            deduction_days=indicators.deduction_days(totals.disputed_cents, resolved),
            resolved_per_day_cents=resolved,
            collectable_cents=target,
            collected_cents=collected,
            collected_share=ratio(collected, target),
            next_collectable_cents=collectable.next_month(
                self.snapshot.open_items, month_end(self.as_of + pd.Timedelta(days=1))
            ),
            gross_margin_share=own.gross_margin_share,
            collection_cost_cents=own.collection_cost_cents,
            received_cents=received,
            cost_share=indicators.cost_share(own.collection_cost_cents, received, period),
        )

    @cached_property
    def indicators_year_ago(self) -> dict[str, float]:
        """The indicators of a year ago by the key of their figure, where they can be known."""
        then, period = self.dso_then_on, self.policy.dso.period_days
        if then is None:
            return {}
        row = self.indicator_series.set_index("as_of").loc[then]
        before = self._then(then)
        written = write_offs.figures(
            before.items, before.settlements, as_of=then, period_days=period
        )
        open_items = before.open_items
        disputed = int(open_items["outstanding_cents"][open_items["is_disputed"]].sum())
        resolved = collectable.resolved_per_day(
            before.raised_disputes, before.items, as_of=then, period_days=period
        )
        promises = collection.judged_promises(
            before.promises, before.items, before.settlements, as_of=then
        )
        target, collected = self._collectable(before)
        return {
            **{f"indicators.{name}": float(row[name]) for name in indicators.OF_SERIES},
            "indicators.days_to_pay": indicators.days_to_pay(
                self.payments, as_of=then, period_days=period
            ),
            "write_offs.written_off_share": written.written_off_share,
            "indicators.disputed_share": ratio(disputed, before.outstanding_cents),
            "indicators.deduction_days": indicators.deduction_days(disputed, resolved),
            "indicators.collected_share": ratio(collected, target),
            "collection.kept_share": collection.kept_share(promises),
        }

    @cached_property
    def indicators_judged(self) -> pd.DataFrame:
        """Each indicator with its norm, its values of then, and the judgement."""
        return judging.judged(self)

    def _collectable(self, known: Snapshot) -> tuple[float, float]:
        """Return what could be collected in the latest whole month, and what was."""
        day, end = known.as_of, month_end(known.as_of)
        end = end if end == day else day.replace(day=1) - pd.Timedelta(days=1)
        start, first = end.replace(day=1) - pd.Timedelta(days=1), self.ledger.history_from
        if not self.ledger.has_payment_history or first is None or start < first:
            return NAN, NAN
        return collectable.collectable(known.items, known.settlements, start=start, end=end)

    @cached_property
    def dso_months(self) -> pd.DataFrame:
        """What is still open of each month's invoices, beside the sales of that month."""
        months = dso_family.by_month(self.snapshot.items, self.as_of)
        return months if self.ledger.has_payment_history else months.iloc[:0]

    @cached_property
    def dso_forms(self) -> pd.DataFrame:
        """Every form of the DSO in days, from invoice and from delivery, then and now."""
        now = {f"dso.{key}": value for key, value in asdict(self.dso).items()}
        now |= {f"dso_family.{key}": value for key, value in asdict(self.dso_family).items()}
        then = dso.year_ago(self.dso_series)
        year_ago = then.iloc[0].to_dict() if len(then) else {}
        rows = [
            {
                "form": form,
                "from_invoice_days": now[figure],
                "from_delivery_days": now.get(delivered),
                "year_ago_days": year_ago.get(column),
                "previous_days": self.previous_figures.get(figure),
            }
            for form, (figure, delivered, column) in FORMS.items()
        ]
        frame = pd.DataFrame(rows)
        days = frame.columns[1:]
        return frame.astype({"form": "string", **dict.fromkeys(days, "float64")})

    @property
    def previous_figures(self) -> Mapping[str, float]:
        """The figures of an earlier audit; none are known here."""
        return {}

    @property
    def previous_on(self) -> pd.Timestamp | None:
        """The day of an earlier audit; none is known here."""
        return None

    @cached_property
    def dso_then_on(self) -> pd.Timestamp | None:
        """The day a year ago with which the DSO is compared; ``None`` without a DSO then."""
        then = dso.year_ago(self.dso_series)
        known = len(then) and then["dso_days"].notna().all()
        return pd.Timestamp(then["as_of"].iloc[0]) if known else None

    @cached_property
    def dso_bridge(self) -> dso_bridge.DsoBridgeFigures:
        """What made the DSO differ from that of a year ago."""
        return self._year_bridge[0]

    @cached_property
    def dso_bridge_groups(self) -> pd.DataFrame:
        """The factors of each group of debtors then and now, and their effects."""
        return self._year_bridge[1]

    @cached_property
    def _year_bridge(self) -> tuple[dso_bridge.DsoBridgeFigures, pd.DataFrame]:
        return self._bridge(self.dso_then_on)

    @cached_property
    def dso_bridge_causes(self) -> pd.DataFrame:
        """The effect of each cause in days and in cents; since an earlier audit where known."""
        table = dso_bridge.causes(self.dso_bridge, self.dso.sales_per_day_cents)
        start, then = self.ledger.history_from, self.previous_on
        if then is None or start is None or then < start or table.empty:
            return table
        since = dso_bridge.causes(self._bridge(then)[0], self.dso.sales_per_day_cents)
        return table.assign(since_previous_days=since["effect_days"])

    def _bridge(
        self, then_on: pd.Timestamp | None
    ) -> tuple[dso_bridge.DsoBridgeFigures, pd.DataFrame]:
        policy, now = self.policy.dso, self._position(self.as_of)
        then = now if then_on is None else self._position(then_on)
        if then_on is None or pd.isna(self.dso.dso_days) or then.is_idle or now.is_idle:
            empty = dso_bridge.by_group(now, now, policy).iloc[:0]
            return dso_bridge.UNKNOWN, self._debtor_groups[1].iloc[:0].join(empty)
        groups = dso_bridge.by_group(then, now, policy)
        figures = dso_bridge.figures(then, now, groups, policy)
        used = groups.filter(like="_cents").any(axis=1)
        return figures, self._debtor_groups[1].join(groups)[used].reset_index(drop=True)

    @cached_property
    def _debtor_groups(self) -> tuple[pd.Series, pd.DataFrame]:
        late = self.behaviour_by_customer.set_index("customer_id")["days_late"]
        return debtor_groups.by_terms_and_lateness(self.snapshot.items, late, self._edges)

    def _position(self, day: pd.Timestamp) -> dso_bridge.Position:
        codes, classes = self._debtor_groups
        items = self._then(day).items
        return dso_bridge.position(
            items, codes, count=len(classes), as_of=day, policy=self.policy.dso
        )

    def _then(self, day: pd.Timestamp) -> Snapshot:
        """Return the ledger of a day; an earlier one is not kept, since it is as large again."""
        return self.snapshot if day == self.as_of else self.ledger.at(day)


def month_end(day: pd.Timestamp) -> pd.Timestamp:
    """Return the last day of a day's month."""
    return day + pd.offsets.MonthEnd(0)
