"""Answers beside the ledger: scores, contradictions and their order, on questions written out."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from credit_helpers.metrics import maturity
from credit_helpers.policy import load_policy
from credit_helpers.questionnaire import FLAG, STEPS, Question, questions

POLICY = load_policy()
NAN = math.nan
ASKED = (
    Question("limits_set", "limits", "flag", True, "without", "n.without"),
    Question("kept", "monitoring", "flag", False, "kept", "n.kept", least=True),
    Question("days", "monitoring", "days", False, "days", full=3, none=13),
    Question("policy", "assess", "flag", True),
)
NORMS = {"n.without": 0.1, "n.kept": 0.8}


def rows(given: dict, **measures: float) -> pd.DataFrame:
    return maturity.answers(ASKED, given, measures, NORMS, POLICY.maturity)


def status(key: str, answer: float, **measures: float) -> str:
    frame = rows({key: answer}, **measures)
    return frame.set_index("question").loc[key, "status"]


@pytest.mark.parametrize(
    ("key", "answer", "measures", "expected"),
    [
        ("limits_set", 1, {"without": 0.1}, "confirmed"),
        ("limits_set", 1, {"without": 0.15}, "doubtful"),
        ("limits_set", 1, {"without": 0.151}, "contradiction"),
        ("limits_set", 0, {"without": 0.3}, "admitted"),
        ("limits_set", 0, {"without": 0.05}, "better"),
        ("limits_set", 1, {}, "unproven"),
        ("limits_set", NAN, {"without": 0.3}, "unanswered"),
        ("kept", 1, {"kept": 0.8}, "confirmed"),
        ("kept", 1, {"kept": 0.5}, "contradiction"),
        ("kept", 1, {"kept": 0.0}, "contradiction"),
        ("days", 4, {"days": 4.0}, "confirmed"),
        ("days", 4, {"days": 6.0}, "doubtful"),
        ("days", 4, {"days": 6.1}, "contradiction"),
        ("days", 0, {"days": 1.0}, "confirmed"),
        ("policy", 0, {}, "admitted"),
    ],
)
def test_status_of_an_answer(key, answer, measures, expected) -> None:
    assert status(key, answer, **measures) == expected


def test_scores_run_from_the_norm_to_twice_the_norm() -> None:
    frame = rows({"limits_set": 1, "days": 8}, without=0.15, days=13.0).set_index("question")
    assert frame.loc["limits_set", "ledger_score"] == pytest.approx(50)
    assert frame.loc["days", ["answer_score", "ledger_score"]].tolist() == [50, 0]
    assert math.isnan(frame.loc["kept", "answer_score"])


def test_contradictions_come_first_then_the_steps() -> None:
    frame = rows({"limits_set": 1, "kept": 1, "policy": 1}, without=0.05, kept=0.1)
    assert frame["question"].tolist() == ["kept", "policy", "limits_set", "days"]


def test_steps_count_only_what_can_be_checked_as_proof() -> None:
    frame = rows({"limits_set": 1, "kept": 1, "policy": 1}, without=0.2, kept=0.8, days=3.0)
    steps = maturity.by_step(frame).set_index("step")
    assert steps.index.tolist() == ["assess", "limits", "monitoring"]
    assert steps.loc["monitoring", ["tested_score", "ledger_score"]].tolist() == [100, 100]
    assert math.isnan(steps.loc["assess", "ledger_score"])
    assert steps["contradictions_count"].tolist() == [0, 1, 0]


def test_preventive_counts_no_more_than_is_proven() -> None:
    found = maturity.figures(rows({"limits_set": 1, "policy": 1}, without=0.15))
    assert (found.preventive_score, found.proven_preventive_score) == (100, pytest.approx(75))
    assert (found.answered_count, found.contradictions_count) == (2, 0)
    assert math.isnan(maturity.figures(rows({})).answer_score)


def test_the_questions_know_their_steps_and_norms() -> None:
    asked = questions().values()
    assert len(asked) >= 15
    assert {q.step for q in asked} == set(STEPS)
    known = POLICY.flat()
    assert all((q.norm in known) == (q.kind == FLAG and bool(q.measure)) for q in asked)
