"""An empty questionnaire: every question in the reader's language, and never over an older one."""

from __future__ import annotations

import openpyxl
import pytest
from typer.testing import CliRunner

from credit_helpers.cli import app
from credit_helpers.errors import InputError
from credit_helpers.questionnaire import questions
from credit_helpers.report.questionnaire_book import write_questionnaire
from credit_helpers.words import Words

NAMES = {"nl": "vragenlijst.xlsx", "en": "questionnaire.xlsx"}


def run(*arguments):
    return CliRunner().invoke(app, ["questionnaire", *map(str, arguments)])


@pytest.mark.parametrize(("language", "drop_down"), [("nl", '"ja,nee"'), ("en", '"yes,no"')])
def test_it_asks_every_question_with_the_kind_of_its_answer(tmp_path, language, drop_down):
    path, kept = write_questionnaire(tmp_path, Words(language))
    assert (path.name, kept) == (NAMES[language], ())
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value in questions()}
    assert list(rows) == list(questions())
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    for key, (_, question, kind, answer) in rows.items():
        assert question.value == Words(language).raw(f"maturity.question.{key}")
        assert answer.value is None
        rule = rules[answer.coordinate]
        if questions()[key].kind == "flag":
            assert (rule.type, rule.formula1) == ("list", drop_down)
        else:
            assert (rule.type, rule.formula1, rule.formula2) == ("decimal", "0", "365")
        assert kind.value == Words(language).raw(f"maturity.sheet.{questions()[key].kind}")


def test_nothing_is_overwritten_without_force_and_then_it_is_kept(tmp_path):
    (tmp_path / "questionnaire.xlsx").write_bytes(b"answered")
    refused = run(tmp_path)
    assert refused.exit_code == 2
    assert "questionnaire.xlsx" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["questionnaire.xlsx"]
    assert run(tmp_path, "--force").exit_code == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["questionnaire.old.xlsx", "vragenlijst.xlsx"]
    assert (tmp_path / "questionnaire.old.xlsx").read_bytes() == b"answered"


def test_the_file_follows_the_language_of_the_client(tmp_path):
    (tmp_path / "client.toml").write_text('language = "en"\n', encoding="utf-8")
    result = run(tmp_path)
    assert result.exit_code == 0
    assert "Questionnaire ready" in result.stdout
    assert (tmp_path / "questionnaire.xlsx").is_file()


def test_a_write_that_fails_leaves_nothing(tmp_path, monkeypatch):
    (tmp_path / "vragenlijst.xlsx").write_bytes(b"answered")
    monkeypatch.setattr("credit_helpers.report.questionnaire_book._write", _fail)
    with pytest.raises(InputError):
        write_questionnaire(tmp_path, Words("nl"), is_forced=True)
    assert [path.name for path in tmp_path.iterdir()] == ["vragenlijst.xlsx"]
    with pytest.raises(InputError):
        write_questionnaire(tmp_path / "nowhere", Words("nl"))


def _fail(*_):
    raise OSError
