"""The way of working: answers in words, what the ledger measures, and the chart's message."""

from __future__ import annotations

import math

import pandas as pd

from credit_helpers.questionnaire import questions
from credit_helpers.views import maturity
from credit_helpers.words import Words

NL, EN = Words("nl"), Words("en")
NAN = math.nan
ANSWERS = pd.DataFrame(
    {
        "question": ["limits_set", "first_action_days", "written_policy", "handed_over"],
        "step": ["limits", "monitoring", "assess", "collection"],
        "kind": ["flag", "days", "flag", "flag"],
        "answer": [1.0, 1.0, 0.0, NAN],
        "ledger": [0.47, 10.0, NAN, NAN],
        "norm": [0.1, 1.0, NAN, 0.02],
        "status": ["contradiction", "contradiction", "admitted", "unanswered"],
    }
)
STEPS = pd.DataFrame(
    {
        "step": ["assess", "limits"],
        "questions_count": [4, 3],
        "answered_count": [4, 2],
        "answer_score": [50.0, 100.0],
        "tested_score": [NAN, 100.0],
        "ledger_score": [NAN, 25.0],
        "contradictions_count": [0, 1],
    }
)


def test_answers_stand_beside_the_ledger():
    frame = maturity.answers(ANSWERS, NL).frame
    assert frame["answer"].tolist() == ["ja", "1 dag", "nee", "geen antwoord"]
    assert frame["ledger"].tolist() == [
        "47% van het saldo zonder limiet (norm 10%)",
        "10 dagen tot de eerste herinnering",
        "–",
        "–",
    ]  # fmt: skip
    assert frame["proof"].tolist()[:2] == ["spreekt tegen"] * 2


def test_steps_have_a_total_of_what_can_be_added():
    totals = maturity.steps(STEPS, EN).totals()
    assert (totals["questions_count"], totals["contradictions_count"]) == (7, 1)
    assert "answer_score" not in totals


def test_the_chart_says_where_the_difference_is_largest():
    chart = maturity.scores(STEPS, NL)
    assert chart is not None
    assert "‘2 Kredietlimieten stellen’: 100 gezegd, 25 bewezen" in chart.layout.title.text
    agreed = maturity.scores(STEPS.assign(ledger_score=100.0), NL)
    assert agreed is not None
    assert "minstens" in agreed.layout.title.text
    assert maturity.scores(STEPS.head(1), NL) is None


def test_every_question_has_words():
    for words in (NL, EN):
        for key in questions():
            assert words.raw(f"maturity.question.{key}").endswith("?")
            assert words.raw(f"maturity.measure.{key}")
