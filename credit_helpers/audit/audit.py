"""The audit: what a notebook holds in its hand. Each table is computed once, when first asked.

This room is the one place that wires the metrics: what one needs of another is passed on here.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from credit_helpers.audit.balance import Balance
from credit_helpers.audit.way_of_working import measures
from credit_helpers.findings import plan
from credit_helpers.findings.collect import collect
from credit_helpers.findings.conclusions import Conclusion, conclude
from credit_helpers.findings.decision import Decision, decisions
from credit_helpers.findings.finding import Finding
from credit_helpers.findings.judgement import Judgement, judgements
from credit_helpers.intake.previous import Previous
from credit_helpers.metrics import (
    behaviour,
    changes,
    collection,
    concentration,
    dso,
    limits,
    maturity,
    priority,
    quality,
    segmentation,
)
from credit_helpers.questionnaire import questions

NEEDS = {
    "dso": dso.NEEDS,
    "behaviour": behaviour.NEEDS,
    "limits": limits.NEEDS,
    "changes": changes.NEEDS,
    "maturity": maturity.NEEDS,
    # without payments nothing is known to be written off, which is not the same as nothing
    "write_offs": dso.NEEDS,
}
FIGURES = ("ageing_totals", "dso", "behaviour", "concentration", "limits_totals", "collection")


@dataclass(frozen=True)
class Audit(Balance):
    """A client's portfolio on one day, under one policy, in one language.

    Adds to the tables of the balance those of the debtors, the quality of the data, and what it
    all says; and, where an earlier audit is given as ``previous``, what changed since. The
    consultant's own ``remarks`` are Markdown by subject.
    """

    previous: Previous | None = None
    remarks: Mapping[str, str] = field(default_factory=dict)

    @property
    def capabilities(self) -> frozenset[str]:
        """What the input supports; ``previous`` and ``questionnaire`` when they are given."""
        given = {"previous": self.previous, "questionnaire": self.client.questionnaire}
        return self.ledger.capabilities | {name for name, value in given.items() if value}

    def missing(self, subject: str) -> tuple[str, ...]:
        """Return what the input lacks for a subject; nothing when it can be judged."""
        return tuple(need for need in NEEDS.get(subject, ()) if need not in self.capabilities)

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

    # -- way of working

    @cached_property
    def maturity_answers(self) -> pd.DataFrame:
        """Each answer of the questionnaire beside the ledger, contradictions first."""
        given, policy = self.client.questionnaire, self.policy
        asked = questions().values()
        return maturity.answers(asked, given, measures(self), policy.flat(), policy.maturity)

    @cached_property
    def maturity_steps(self) -> pd.DataFrame:
        """Both scores for each of the five steps."""
        return maturity.by_step(self.maturity_answers)

    @cached_property
    def maturity(self) -> maturity.MaturityFigures:
        """Scores, the place from defensive to preventive, and the contradictions."""
        return maturity.figures(self.maturity_answers)

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

    # -- since the last audit

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Every figure then and now; no rows without an earlier audit."""
        if self.previous is None:
            return changes.figures({}, {}, {})
        now = {key: self._judged(key, float(value)) for key, value in self.figures.items()}
        return changes.figures(now, self.previous.judged_figures, self.policy.flat())

    @cached_property
    def changed_findings(self) -> pd.DataFrame:
        """Findings new, remaining and closed; no rows without an earlier audit."""
        columns = ["code", "subject", "impact_cents"]
        then = self.previous
        found = (self.findings, then.findings) if then else ((), ())
        now, earlier = (pd.DataFrame(map(vars, rows), columns=columns) for rows in found)
        if then is None:
            return changes.findings(now, earlier)
        subjects = [subject for subject in NEEDS if self.missing(subject)]
        return changes.findings(
            now,
            earlier,
            unjudged_now=changes.unjudged(subjects, self.capabilities),
            unjudged_then=then.unjudged
            if then.capabilities is None
            else changes.unjudged(then.unjudged, then.capabilities),
        )

    def _judged(self, key: str, value: float) -> float:
        """Return a figure, ``nan`` when its subject cannot be judged."""
        return math.nan if self.missing(key.partition(".")[0]) else value

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, the gravest first."""
        return collect(self)

    @cached_property
    def plan_totals(self) -> pd.DataFrame:
        """The improvement plan per term: its actions, and what each department brings, net."""
        return plan.totals(self.findings)

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
