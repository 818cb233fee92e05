"""The indicators held against their norms, their findings, and the opening of their chapter."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.finding import Evidence, Finding
from credit_helpers.findings.judgement import verdict
from credit_helpers.findings.rule import Measure, beyond, norm_of
from credit_helpers.findings.rule import judged as held

SUBJECT = "indicators"
OVERDUE = "ageing.max_overdue_share"


@dataclass(frozen=True)
class Indicator:
    """One row of the table.

    Parameters
    ----------
    code : str
        Its name in the texts.
    figure : str
        The audit's figures and the field, as in ``indicators.cei_month_share``.
    norm : str
        Key of the policy; empty when there is none.
    is_least : bool
        Whether the norm is the least that is good.
    is_rest : bool
        Whether the policy gives the other part of a whole: what may be overdue, not what is not.
    """

    code: str
    figure: str
    norm: str = ""
    is_least: bool = False
    is_rest: bool = False


ROWS = (
    Indicator("cei_month", "indicators.cei_month_share", "indicators.min_cei_share", True),
    Indicator("cei_year", "indicators.cei_year_share"),
    Indicator("collected", "indicators.collected_share", "indicators.min_collected_share", True),
    Indicator("next_collectable", "indicators.next_collectable_cents"),
    Indicator("turnover", "indicators.turnover_index"),
    Indicator("collection_days", "indicators.collection_days"),
    Indicator("days_to_pay", "indicators.days_to_pay"),
    Indicator("current", "indicators.current_share", OVERDUE, is_least=True, is_rest=True),
    Indicator("oldest", "indicators.oldest_share", "ageing.max_d91_plus_share"),
    Indicator("written_off", "write_offs.written_off_share", "quality.max_write_off_share"),
    Indicator("bad_debt_ceiling", "indicators.bad_debt_ceiling_cents"),
    Indicator("recover_sales", "indicators.recover_sales_cents"),
    Indicator("disputed", "indicators.disputed_share", "quality.max_dispute_share"),
    Indicator("deductions", "indicators.deduction_days", "indicators.max_deduction_days"),
    Indicator("promises_kept", "collection.kept_share", "collection.min_kept_share", True),
    Indicator("cost", "indicators.cost_share", "indicators.max_cost_share"),
)


def judged(audit: Any) -> pd.DataFrame:
    """Return each indicator with its norm, its values of then, and the verdict.

    Returns
    -------
    DataFrame
        ``indicator`` (code), ``figure`` (key), ``value``, ``norm``, ``year_ago``, ``previous``
        (``nan`` where unknown), ``verdict``.
    """
    rows = []
    for one in ROWS:
        subject, field = one.figure.split(".")
        unknown = bool(audit.missing(subject))
        value = math.nan if unknown else float(getattr(getattr(audit, subject), field))
        norm = float(norm_of(audit, one.norm)) if one.norm else math.nan
        norm = 1 - norm if one.is_rest else norm
        distance = beyond(value, norm, is_least=one.is_least)
        rows.append(
            {
                "indicator": one.code,
                "figure": one.figure,
                "value": value,
                "norm": norm,
                "year_ago": audit.indicators_year_ago.get(one.figure, math.nan),
                "previous": audit.previous_figures.get(one.figure, math.nan),
                "verdict": verdict(distance, audit.policy.findings),
            }
        )
    return pd.DataFrame(rows)


def rules(audit: Any) -> Iterator[Finding]:
    """Yield what is beyond the norm among the indicators that no other chapter judges."""
    yield from held((_effectiveness, _target_missed), SUBJECT, audit)


def _effectiveness(audit: Any) -> Measure:
    share, norm = audit.indicators.cei_month_share, audit.policy.indicators.min_cei_share
    last = audit.indicator_series.iloc[-1]
    overdue = last["opening_cents"] + last["month_sales_cents"] - last["not_due_cents"]
    return Measure(
        code="low_effectiveness",
        policy_key="indicators.min_cei_share",
        value=share,
        impact_cents=(norm - share) * overdue,
        department="administration",
        unit="share",
        evidence=Evidence("indicator_series"),
        values={"cei_share": share, "possible_cents": overdue},
        is_least=True,
        gravest="middle",
    )


def _target_missed(audit: Any) -> Measure:
    figures, norm = audit.indicators, audit.policy.indicators.min_collected_share
    return Measure(
        code="target_missed",
        policy_key="indicators.min_collected_share",
        value=figures.collected_share,
        impact_cents=(norm - figures.collected_share) * figures.collectable_cents,
        department="administration",
        unit="share",
        evidence=Evidence("indicators"),
        values={
            "collected_share": figures.collected_share,
            "collected_cents": figures.collected_cents,
            "collectable_cents": figures.collectable_cents,
            "next_collectable_cents": figures.next_collectable_cents,
        },
        is_least=True,
    )


def conclude(audit: Any) -> Conclusion:
    """Return the opening: how many indicators hold their norm, and what was collected."""
    verdicts = audit.indicators_judged["verdict"]
    known = int((verdicts != "unknown").sum())
    within = int((verdicts == "good").sum())
    figures = audit.indicators
    values = {
        "known_count": known,
        "within_count": within,
        "beyond_count": known - within,
        "cei_share": figures.cei_month_share,
        "min_cei_share": audit.policy.indicators.min_cei_share,
        "collected_share": figures.collected_share,
        "collectable_cents": figures.collectable_cents,
        "next_collectable_cents": figures.next_collectable_cents,
    }
    return Conclusion(SUBJECT, _opening(known, within, values), values)


def _opening(known: int, within: int, values: dict[str, Any]) -> str:
    if not known:
        return "cannot_judge"
    if math.isnan(values["cei_share"]) or math.isnan(values["collected_share"]):
        return "some_known"
    return "all_within" if within == known else "some_beyond"
