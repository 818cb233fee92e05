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

from credit_helpers.audit.early import Early
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
    changed_findings,
    changes,
    dso,
    limits,
    maturity,
    newcomers,
    on_time,
    pricing,
    quality,
)
from credit_helpers.questionnaire import questions

NEEDS = {
    "dso": dso.NEEDS,
    "dso_family": dso.NEEDS,
    "dso_bridge": dso.NEEDS,
    "behaviour": behaviour.NEEDS,
    "on_time": on_time.NEEDS,
    "paydex": behaviour.NEEDS,
    "early_warning": behaviour.NEEDS,
    "pricing": pricing.NEEDS,
    "limits": limits.NEEDS,
    "newcomer": newcomers.NEEDS,
    "changes": changes.NEEDS,
    "maturity": maturity.NEEDS,
    # without payments nothing is known to be written off, which is not the same as nothing
    "write_offs": dso.NEEDS,
}
FIGURES = (
    *(
        "ageing_totals",
        "dso",
        "dso_family",
        "dso_bridge",
        "indicators",
        "behaviour",
        "on_time",
        "paydex",
    ),
    *(
        "concentration",
        "failure",
        "treatment",
        "pricing",
        "limits_totals",
        "cover",
        "newcomer_figures",
    ),
    *("order_to_cash", "invoicing", "disputes", "collection", "early_warning"),
)


@dataclass(frozen=True)
class Audit(Early):
    """A client's portfolio on one day, under one policy, in one language.

    Adds to the tables of the portfolio the quality of the data, and what it all says; and, where
    an earlier audit is given as ``previous``, what changed since. The consultant's own
    ``remarks`` are Markdown by subject.
    """

    previous: Previous | None = None
    remarks: Mapping[str, str] = field(default_factory=dict)

    @property
    def capabilities(self) -> frozenset[str]:
        """What the input supports; ``previous`` and ``questionnaire`` when they are given."""
        given = {"previous": self.previous, "questionnaire": self.client.questionnaire}
        return self.ledger.capabilities | {name for name, value in given.items() if value}

    @property
    def previous_figures(self) -> Mapping[str, float]:
        """The figures of the earlier audit that it could judge."""
        return self.previous.judged_figures if self.previous else {}

    @property
    def previous_on(self) -> pd.Timestamp | None:
        """The day of the earlier audit, where one is given."""
        return self.previous.as_of if self.previous else None

    def missing(self, subject: str) -> tuple[str, ...]:
        """Return what the input lacks for a subject; nothing when it can be judged."""
        return tuple(need for need in NEEDS.get(subject, ()) if need not in self.capabilities)

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

    @property
    def tie_out(self) -> pd.DataFrame:
        """What the source states of itself beside what was read, differences first."""
        return self.ledger.tie_out

    @cached_property
    def quality_items(self) -> pd.DataFrame:
        """Every document that a data-quality check stops at."""
        later = quality.future_documents(self.ledger.items, self.ledger.observed_on)
        return pd.concat([self._checked, later], ignore_index=True)

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
            f"{name.removesuffix('_totals').removesuffix('_figures')}.{field}": value
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
            return changed_findings.compare(now, earlier)
        subjects = [subject for subject in NEEDS if self.missing(subject)]
        return changed_findings.compare(
            now,
            earlier,
            unjudged_now=changed_findings.unjudged(subjects, self.capabilities),
            unjudged_then=then.unjudged
            if then.capabilities is None
            else changed_findings.unjudged(then.unjudged, then.capabilities),
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
