"""The questionnaire in client.toml: answers are read, and what is wrong is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.client import read_client
from credit_helpers.portfolio.sample_answers import ANSWERS
from credit_helpers.questionnaire import questions


def test_answers_are_read_as_numbers(tmp_path: Path) -> None:
    text = "[questionnaire]\nlimits_set = true\nhanded_over = false\nfirst_action_days = 5\n"
    (tmp_path / "client.toml").write_text(text, encoding="utf-8")
    answers = {"limits_set": 1.0, "handed_over": 0.0, "first_action_days": 5.0}
    assert read_client(tmp_path).questionnaire == answers


def test_every_fault_is_told(tmp_path: Path) -> None:
    text = '[questionnaire]\nlimit_set = true\nhanded_over = "ja"\nfirst_action_days = -1\n'
    (tmp_path / "client.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_client(tmp_path)
    found = {(fault.code, fault.values["key"]) for fault in caught.value.faults}
    assert found == {
        ("config_key_unknown", "questionnaire.limit_set"),
        ("config_value_wrong", "questionnaire.handed_over"),
        ("config_value_wrong", "questionnaire.first_action_days"),
    }


def test_without_answers_there_is_no_questionnaire(tmp_path: Path) -> None:
    assert read_client(tmp_path).questionnaire == {}


def test_the_samples_answer_every_question() -> None:
    assert all(set(answers) == set(questions()) for answers in ANSWERS.values())
