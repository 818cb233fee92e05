"""Findings and opening of the chapter on segments."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from credit_helpers.findings.conclusion import Conclusion
from credit_helpers.findings.debtors import evidence, named, who
from credit_helpers.findings.finding import Finding
from credit_helpers.findings.rule import Measure, judged

SUBJECT = "segmentation"


def rules(audit: Any) -> Iterator[Finding]:
    """Yield what is beyond the norm in the segments."""
    yield from judged((_high_risk, _starters, _alike, _careful), SUBJECT, audit)


def _owing(audit: Any, column: str, value: str) -> pd.DataFrame:
    rows = audit.segments
    return rows[(rows[column] == value) & (rows["outstanding_cents"] > 0)]


def _share(cents: float, audit: Any) -> float:
    balance = audit.ageing_totals.outstanding_cents
    return cents / balance if balance > 0 else math.nan


def _is_nearly_all(share: float, audit: Any) -> bool:
    """Whether so much is at high risk that the risks tell nobody apart; of a few they may."""
    owing = (audit.segments["outstanding_cents"] > 0).sum()
    is_many = owing > audit.policy.ageing.few_debtors_count
    return bool(is_many and share >= audit.policy.segmentation.indistinct_share)


def _high_risk(audit: Any) -> Measure:
    rows = _owing(audit, "risk", "high")
    cents = int(rows["outstanding_cents"].sum())
    share = _share(cents, audit)
    is_all = _is_nearly_all(share, audit)
    return Measure(
        code="nearly_all_high_risk" if is_all else "high_risk_balance",
        policy_key="segmentation.max_high_share",
        value=share,
        impact_cents=cents,
        department="sales",
        unit="share",
        evidence=evidence("segments", rows),
        values={**who(rows, audit), "high_share": share},
    )


def _starters(audit: Any) -> Measure:
    rows = _owing(audit, "life_stage", "starter")
    rows = rows[rows["outstanding_cents"] > audit.policy.segmentation.max_starter_cents]
    largest = float(rows["outstanding_cents"].max()) if len(rows) else math.nan
    return Measure(
        code="exposed_starters",
        policy_key="segmentation.max_starter_cents",
        value=largest,
        impact_cents=int(rows["outstanding_cents"].sum()),
        department="sales",
        unit="cents",
        evidence=evidence("segments", rows),
        values={
            **who(rows, audit),
            "largest_cents": largest,
            "starter_days": audit.policy.segmentation.starter_days,
        },
    )


def _alike(audit: Any) -> Measure:
    """What is sold to high risk on the usual term or a longer one."""
    figures, rows = audit.treatment, _owing(audit, "risk", "high")
    return Measure(
        code="alike_treatment",
        policy_key="segmentation.max_alike_share",
        value=figures.high_usual_share,
        impact_cents=figures.release_cents,
        department="sales",
        unit="share",
        evidence=evidence("treatment", rows.head(0)),
        values={
            "high_usual_share": figures.high_usual_share,
            "usual_days": figures.usual_terms_days,
            "release_cents": figures.release_cents,
            "reached_share": audit.policy.segmentation.reached_share,
        },
    )


def _careful(audit: Any) -> Measure:
    """Sectors of which surely fewer debtors pay on time than of all."""
    rows = audit.payer_groups
    rows = rows[(rows["trait"] == "sector") & (rows["verdict"] == "careful")]
    worst = rows.sort_values("outstanding_cents", ascending=False)
    shown = worst["group"].head(audit.policy.findings.names_count)
    cents = int(rows["outstanding_cents"].clip(lower=0).sum())
    return Measure(
        code="careful_sectors",
        policy_key="segmentation.max_careful_count",
        value=len(rows),
        impact_cents=cents,
        department="sales",
        unit="count",
        evidence=evidence("payer_groups", worst, "group"),
        values={
            "names": tuple(shown),
            "debtors_count": int(rows["debtors_count"].sum()),
            "prompt_count": int(rows["prompt_count"].sum()),
            "careful_cents": cents,
        },
        gravest="middle",
    )


def conclude(audit: Any) -> Conclusion:
    """Return the opening: how much of the balance is at high risk, against the norm."""
    high, starters = _owing(audit, "risk", "high"), _owing(audit, "life_stage", "starter")
    low, unknown = _owing(audit, "risk", "low"), _owing(audit, "risk", "unknown")
    owing = audit.segments[audit.segments["outstanding_cents"] > 0]
    values = {
        "outstanding_cents": audit.ageing_totals.outstanding_cents,
        "owing_count": len(owing),
        "owing_cents": int(owing["outstanding_cents"].sum()),
        "high_count": len(high),
        "high_cents": int(high["outstanding_cents"].sum()),
        "high_share": _share(high["outstanding_cents"].sum(), audit),
        "max_high_share": audit.policy.segmentation.max_high_share,
        "names": named(high, audit),
        "low_count": len(low),
        "low_share": _share(low["outstanding_cents"].sum(), audit),
        "unknown_count": len(unknown),
        "unknown_share": _share(unknown["outstanding_cents"].sum(), audit),
        "starters_count": len(starters),
        "starters_cents": int(starters["outstanding_cents"].sum()),
        "large_count": int(audit.segments["is_large"].sum()),
    }
    return Conclusion(SUBJECT, _opening(audit, values), values)


def _opening(audit: Any, values: dict[str, Any]) -> str:
    if not values["owing_count"]:
        return "empty"
    if values["outstanding_cents"] <= 0:
        return "credit_balance"
    if values["unknown_share"] > audit.policy.findings.majority_share:
        return "mostly_unknown"
    if _is_nearly_all(values["high_share"], audit):
        return "nearly_all_high_risk"
    if values["high_share"] > values["max_high_share"]:
        return "much_high_risk"
    return "some_high_risk" if values["high_count"] else "no_high_risk"
