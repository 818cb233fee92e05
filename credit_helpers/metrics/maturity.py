"""Maturity of the credit management: what the client answers beside what its ledger proves.

A score runs from 0 to 100. A flag answered "yes" scores 100, "no" 0; days run from 100 at their
best to 0. What the ledger proves scores 100 within the norm and nothing at twice the norm, evenly
in between. An answer is a claim when it scores half or more. A claim contradicts the ledger when
that is further beyond the norm than ``contradiction_beyond_share``; for an answer in days the
norm is the answer itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from credit_helpers.questionnaire import DAYS, STEPS, MaturityPolicy, Question

NEEDS = ("questionnaire",)
# in the order in which a reader wants them
STATUSES = (
    "contradiction", "doubtful", "admitted", "unproven", "better", "confirmed", "unanswered",
)  # fmt: skip
CLAIM_SCORE = 50.0
FULL_SCORE = 100.0
LEAST_DAYS = 1.0  # an answer of zero days is held against one day
NAN = float("nan")


@dataclass(frozen=True)
class MaturityFigures:
    """Answers and proof in one line.

    Scores are averages over the questions, ``nan`` without any. ``preventive_score`` is that of
    the questions on what happens before the due date; ``proven_preventive_score`` counts each of
    those no higher than the ledger proves.
    """

    questions_count: int
    answered_count: int
    contradictions_count: int
    answer_score: float
    ledger_score: float
    preventive_score: float
    proven_preventive_score: float


def answers(
    questions: Iterable[Question],
    given: Mapping[str, float],
    measures: Mapping[str, float],
    norms: Mapping[str, float],
    policy: MaturityPolicy,
) -> pd.DataFrame:
    """Return one row per question, contradictions first, then in order of the steps.

    Parameters
    ----------
    questions : iterable of Question
    given : mapping
        Answers by key: 1 and 0 for yes and no, else days.
    measures : mapping
        What the ledger measures, ``nan`` when it cannot.
    norms : mapping
        Policy values by their key.
    policy : MaturityPolicy

    Returns
    -------
    DataFrame
        ``question``, ``step``, ``kind``, ``is_preventive``, ``answer`` (1, 0 or days),
        ``ledger`` and ``norm`` (share or days), ``answer_score``, ``ledger_score``, ``status``
        (of ``STATUSES``).
    """
    asked = tuple(questions)
    frame = pd.DataFrame(
        {
            "question": pd.array([q.key for q in asked], dtype="string"),
            "step": pd.array([q.step for q in asked], dtype="string"),
            "kind": pd.array([q.kind for q in asked], dtype="string"),
            "is_preventive": np.array([q.preventive for q in asked], dtype=bool),
            "answer": [float(given.get(q.key, NAN)) for q in asked],
            "ledger": [float(measures.get(q.measure, NAN)) for q in asked],
        }
    )
    is_days = (frame["kind"] == DAYS).to_numpy(dtype=bool)
    full, none = (np.array([getattr(q, name) for q in asked]) for name in ("full", "none"))
    own = np.array([norms.get(q.norm, NAN) for q in asked], dtype=float)
    said = frame["answer"].to_numpy(dtype=float)
    frame["norm"] = np.where(is_days, said, own)
    least = np.array([q.least for q in asked], dtype=bool)
    held = np.where(is_days, np.maximum(said, LEAST_DAYS), own)
    beyond = _beyond(frame["ledger"].to_numpy(dtype=float), held, least)
    frame["answer_score"] = np.where(is_days, _between(said, full, none), said * FULL_SCORE)
    days_score = _between(frame["ledger"].to_numpy(dtype=float), full, none)
    shares = np.clip(1 - beyond, 0, 1) * FULL_SCORE
    frame["ledger_score"] = np.where(is_days, days_score, shares)
    frame["status"] = _statuses(frame, beyond, policy.contradiction_beyond_share)
    place = frame["status"].map(STATUSES.index)
    order = pd.DataFrame({"place": place, "step": frame["step"].map(STEPS.index)})
    return frame.loc[order.sort_values(["place", "step"], kind="stable").index].reset_index(
        drop=True
    )


def _beyond(value: np.ndarray, norm: np.ndarray, least: np.ndarray) -> np.ndarray:
    """Return how far beyond its norm a value is, as a share of the norm; zero or less is within."""
    high, low = np.where(least, norm, value), np.where(least, value, norm)
    with np.errstate(divide="ignore", invalid="ignore"):
        far = high / low - 1
    far = np.where((low == 0) & (high > 0), np.inf, far)
    return np.where((low == 0) & (high == 0), 0.0, far)


def _between(days: np.ndarray, full: np.ndarray, none: np.ndarray) -> np.ndarray:
    return np.clip((none - days) / (none - full), 0, 1) * FULL_SCORE


def _statuses(frame: pd.DataFrame, beyond: np.ndarray, edge: float) -> np.ndarray:
    score = frame["answer_score"].to_numpy(dtype=float)
    claimed = score >= CLAIM_SCORE
    is_known = ~np.isnan(beyond)
    conditions = [
        np.isnan(score),
        claimed & is_known & (beyond > edge),
        claimed & is_known & (beyond > 0),
        claimed & is_known,
        claimed,
        is_known & (beyond <= 0),
    ]
    names = ["unanswered", "contradiction", "doubtful", "confirmed", "unproven", "better"]
    return np.select(conditions, names, default="admitted").astype(object)


def by_step(rows: pd.DataFrame) -> pd.DataFrame:
    """Return per step how much was answered, both scores and the contradictions.

    Returns
    -------
    DataFrame
        ``step`` in its order, ``questions_count``, ``answered_count``, ``answer_score``;
        ``tested_score`` and ``ledger_score`` over the answers that the ledger can check, ``nan``
        when it can check none; ``contradictions_count``.
    """
    marked = rows.assign(
        is_answered=rows["status"] != "unanswered",
        is_contradiction=rows["status"] == "contradiction",
        tested_score=rows["answer_score"].where(rows["ledger_score"].notna()),
        proven_score=rows["ledger_score"].where(rows["answer_score"].notna()),
    )
    steps = marked.groupby("step")
    found = pd.DataFrame(
        {
            "questions_count": steps["question"].count(),
            "answered_count": steps["is_answered"].sum(),
            "answer_score": steps["answer_score"].mean(),
            "tested_score": steps["tested_score"].mean(),
            "ledger_score": steps["proven_score"].mean(),
            "contradictions_count": steps["is_contradiction"].sum(),
        }
    )
    order = [step for step in STEPS if step in found.index]
    return found.loc[order].rename_axis("step").reset_index()


def figures(rows: pd.DataFrame) -> MaturityFigures:
    """Return the figures of all answers; see :class:`MaturityFigures`."""
    preventive = rows[rows["is_preventive"]]
    proven = preventive[["answer_score", "ledger_score"]].min(axis=1)
    proven = proven.where(preventive["answer_score"].notna())
    return MaturityFigures(
        questions_count=len(rows),
        answered_count=int((rows["status"] != "unanswered").sum()),
        contradictions_count=int((rows["status"] == "contradiction").sum()),
        answer_score=_mean(rows["answer_score"]),
        ledger_score=_mean(rows["ledger_score"]),
        preventive_score=_mean(preventive["answer_score"]),
        proven_preventive_score=_mean(proven),
    )


def _mean(values: pd.Series) -> float:
    return float(values.mean()) if values.notna().any() else NAN
