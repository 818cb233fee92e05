"""The audit: what a notebook holds in its hand. Each table is computed once, when first asked.

This is the one place that wires the metrics: what one needs of another is passed on here.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from credit_helpers.findings.decision import Decision, decisions

from credit_helpers.errors import LANGUAGES, CreditHelpersError, Fault, InputError, PolicyError
from credit_helpers.findings.collect import collect
from credit_helpers.findings.conclusions import Conclusion, conclude
from credit_helpers.findings.finding import Finding
from credit_helpers.findings.judgement import Judgement, judgements
from credit_helpers.intake.client import ClientConfig, read_client
from credit_helpers.intake.read import read_ledger
from credit_helpers.metrics import (
    ageing,
    behaviour,
    collection,
    concentration,
    dso,
    limits,
    movement,
    priority,
    quality,
    segmentation,
    write_offs,
)
from credit_helpers.policy import Policy, load_policy, read_toml
from credit_helpers.portfolio.ledger import Ledger
from credit_helpers.portfolio.sample import sample_folder
from credit_helpers.portfolio.snapshot import Snapshot
from credit_helpers.words import Words

SAMPLE = "sample:"
TREND_MONTHS, MOVEMENT_MONTHS = 24, 12
NEEDS = {"dso": dso.NEEDS, "behaviour": behaviour.NEEDS, "limits": limits.NEEDS}
FIGURES = ("ageing_totals", "dso", "behaviour", "concentration", "limits_totals", "collection")


@dataclass(frozen=True)
class Audit:
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

    @property
    def capabilities(self) -> frozenset[str]:
        """What the input supports."""
        return self.ledger.capabilities

    def missing(self, subject: str) -> tuple[str, ...]:
        """Return what the input lacks for a subject; nothing when it can be judged."""
        return tuple(need for need in NEEDS.get(subject, ()) if need not in self.capabilities)

    # -- portfolio and ageing

    @cached_property
    def open_items(self) -> pd.DataFrame:
        """Every open item with its debtor and its bucket, the largest debtors first."""
        items = self.snapshot.open_items
        codes = ageing.bucket_codes(items["days_past_due"].to_numpy(), self._edges)
        names = pd.array(ageing.bucket_names(self._edges), dtype="string")
        items = items.assign(bucket=names[codes])
        items["name"] = items["customer_id"].map(self._names)
        items["document"] = items.get("document", items["item_id"])
        columns = [
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
        place = self.ageing_by_customer.reset_index().set_index("customer_id")["index"]
        order = pd.DataFrame({"place": items["customer_id"].map(place), "on": items["issued_on"]})
        return items.loc[order.sort_values(["place", "on"], kind="stable").index, columns]

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

    def ageing_by(self, attribute: str) -> pd.DataFrame:
        """Return the balance by bucket for each value of a column of items or customers.

        A value that is not known is the empty text; without such a column all are unknown.
        """
        items, customers = self.snapshot.open_items, self.snapshot.customers
        if attribute in items:
            values = items[attribute]
        elif attribute in customers:
            values = items["customer_id"].map(customers.set_index("customer_id")[attribute])
        else:
            values = pd.Series(pd.NA, index=items.index, dtype="string")
        return ageing.by_attribute(items, values.astype("string").fillna(""), self._edges)

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
        ends = self.snapshot.month_ends(MOVEMENT_MONTHS)
        return movement.by_month(self.ledger.items, self.ledger.settlements, ends)

    @cached_property
    def write_offs(self) -> write_offs.WriteOffFigures:
        """Write-offs and credit notes of the past period against its sales."""
        items, settlements = self.snapshot.items, self.snapshot.settlements
        days = self.policy.dso.period_days
        return write_offs.figures(items, settlements, as_of=self.as_of, period_days=days)

    # -- DSO and payment behaviour

    @cached_property
    def dso_series(self) -> pd.DataFrame:
        """The DSO family at each month end, as it stood then."""
        return dso.series(self.ageing_trend, self.snapshot.sales, self.policy.dso)

    @cached_property
    def dso(self) -> dso.DsoFigures:
        """The DSO family on the as-of date, and the cash that the target would release."""
        return dso.figures(self.dso_series, self.policy.dso)

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

    # -- concentration, limits, segments

    @cached_property
    def concentration_curve(self) -> pd.DataFrame:
        """Debtors by balance with their cumulative share."""
        return concentration.curve(self.ageing_by_customer)

    @cached_property
    def concentration(self) -> concentration.ConcentrationFigures:
        """Top shares, HHI, Gini and the 80/20 point."""
        return concentration.figures(self.concentration_curve, self.policy.concentration)

    @cached_property
    def limits(self) -> pd.DataFrame:
        """Balance against own and insured limit per debtor."""
        customers, policy = self.snapshot.customers, self.policy.limits
        return limits.by_customer(self.ageing_by_customer, customers, policy)

    @cached_property
    def limits_totals(self) -> limits.LimitsFigures:
        """Breaches, debtors without a limit, and what insurance covers."""
        return limits.totals(self.limits, self.policy.limits)

    @cached_property
    def segments(self) -> pd.DataFrame:
        """Risk with its reasons, life stage, size and behaviour per debtor."""
        profiles = segmentation.profiles(
            self.snapshot.items,
            self.snapshot.customers,
            as_of=self.as_of,
            policy=self.policy.segmentation,
        )
        held, kept = self.limits, self.collection_by_customer
        marks = {
            "over_limit": held.loc[held["excess_cents"] > 0, "customer_id"].tolist(),
            "broken_promise": kept.loc[kept["broken_promises_count"] > 0, "customer_id"].tolist(),
        }
        balance, paid = self.ageing_by_customer, self.behaviour_by_customer
        return segmentation.by_customer(profiles, balance, paid, marks=marks, policy=self.policy)

    @cached_property
    def segment_summary(self) -> pd.DataFrame:
        """The balance per risk."""
        return segmentation.summary(self.segments)

    @cached_property
    def segment_groups(self) -> pd.DataFrame:
        """Homogeneous groups by size and behaviour."""
        return segmentation.groups(self.segments)

    # -- collection and priority

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

    # -- data quality

    @cached_property
    def quality_items(self) -> pd.DataFrame:
        """Every document that a data-quality check stops at."""
        now, policy = self.snapshot, self.policy.quality
        found = quality.checks(
            now.items, now.settlements, now.customers, as_of=self.as_of, policy=policy
        )
        later = quality.future_documents(self.ledger.items, self.ledger.observed_on)
        return pd.concat([found, later], ignore_index=True)

    @cached_property
    def quality(self) -> pd.DataFrame:
        """Number and amount per data-quality check."""
        return quality.summary(self.quality_items)

    @cached_property
    def quarantine_summary(self) -> pd.DataFrame:
        """Rows and cents set aside, per table and reason."""
        rows = self.ledger.quarantine
        cents = rows["cents"] if "cents" in rows else pd.Series(0, index=rows.index)
        rows = rows[["table", "reason"]].assign(rows_count=1, cents=cents.fillna(0).astype("int64"))
        return rows.groupby(["table", "reason"], as_index=False).sum()

    # -- what it all says

    @cached_property
    def figures(self) -> dict[str, Any]:
        """Every single figure by ``subject.field``, for example ``ageing.overdue_cents``."""
        return {
            f"{name.removesuffix('_totals')}.{field}": value
            for name in (*FIGURES, "write_offs")
            for field, value in dataclasses.asdict(getattr(self, name)).items()
        }

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, the gravest first."""
        return collect(self)

    @cached_property
    def conclusions(self) -> Mapping[str, Conclusion]:
        """The opening of each chapter by its subject."""
        return conclude(self)

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """One judgement per area, held against its norm."""
        return judgements(self)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """What is asked of whom, from the gravest findings."""
        return decisions(self.findings, self.policy.findings)

    @property
    def _edges(self) -> tuple[int, ...]:
        return self.policy.ageing.edges_days

    @cached_property
    def _names(self) -> pd.Series:
        return self.snapshot.customers.set_index("customer_id")["name"]

    def _trend(self, months: int) -> pd.DataFrame:
        ends = self.snapshot.month_ends(months)
        return ageing.trend(self.ledger.items, self.ledger.settlements, ends, self._edges)


def open_audit(
    client: str | Path,
    *,
    as_of: str | datetime.date = "",
    language: str = "",
    policy: str | Path | Mapping[str, Any] = "",
) -> Audit:
    """Read a client's files and return the audit of one day.

    Parameters
    ----------
    client : str or Path
        A file, a client folder, or ``"sample:wholesaler"``, ``"sample:staffing"``,
        ``"sample:installer"``.
    as_of : str or date, optional
        As ``2026-10-31``. Without it the day in ``client.toml``, else the day of the export, else
        the day of the latest document.
    language : str, optional
        ``"nl"`` or ``"en"``; without it the client's own.
    policy : str, Path or mapping, optional
        TOML file, or sections of values, laid over the client's own policy.

    Returns
    -------
    Audit

    Raises
    ------
    InputError
        When the files cannot be read, or the as-of date does not fit them.
    PolicyError
        For an unknown or impossible policy value or language.

    Examples
    --------
    >>> audit = open_audit("sample:wholesaler", policy={"dso": {"target_days": 40}})
    >>> audit.policy.dso.target_days, audit.words.formats.date(audit.as_of)
    (40.0, '31 oktober 2026')
    """
    spoken = language if language in LANGUAGES else "nl"
    try:
        config = _client(client)
        spoken = language or config.language
        words = Words(spoken)  # refuses an unknown language before anything is read
        laid_over = load_policy(_laid_over(config.policy, policy))
        source = config.folder if _is_sample(client) else Path(client)
        ledger = read_ledger(source, config)
        day = _as_of(as_of, config, ledger)
        return Audit(config, ledger, day, laid_over, words.language)
    except CreditHelpersError as error:
        error.language = spoken if spoken in LANGUAGES else "nl"
        raise


def _is_sample(client: str | Path) -> bool:
    return isinstance(client, str) and client.startswith(SAMPLE)


def _client(client: str | Path) -> ClientConfig:
    if _is_sample(client):
        return read_client(sample_folder(str(client).removeprefix(SAMPLE)))
    return read_client(Path(client))


def _laid_over(own: Mapping[str, Any], given: str | Path | Mapping[str, Any]) -> dict[str, Any]:
    """Return the client's policy values with the given ones over them, section by section."""
    if isinstance(given, (str, Path)):
        given = read_toml(Path(given)) if str(given) else {}
    sections = {**own, **given}
    both = [s for s in sections if isinstance(own.get(s), Mapping) and s in given]
    return {**sections, **{s: {**own[s], **given[s]} for s in both}}


def _as_of(given: str | datetime.date, config: ClientConfig, ledger: Ledger) -> pd.Timestamp:
    first, observed_on = ledger.first_on, ledger.observed_on
    if first is None:
        raise InputError(Fault("ledger_empty", {}))
    day = _day(given) if given else config.as_of or observed_on or ledger.latest_on
    if day < first:
        values = {"as_of": f"{day:%Y-%m-%d}", "first": f"{first:%Y-%m-%d}"}
        raise InputError(Fault("as_of_before_first", values))
    if observed_on is not None and day > observed_on:
        values = {"as_of": f"{day:%Y-%m-%d}", "observed_on": f"{observed_on:%Y-%m-%d}"}
        raise InputError(Fault("as_of_after_export", values))
    return day


def _day(given: str | datetime.date) -> pd.Timestamp:
    try:
        text = given if isinstance(given, str) else given.isoformat()[:10]
        return pd.Timestamp(datetime.date.fromisoformat(text))
    except ValueError:
        raise PolicyError(Fault("as_of_unreadable", {"value": str(given)})) from None
