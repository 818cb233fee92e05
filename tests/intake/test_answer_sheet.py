"""The questionnaire as a sheet: read beside client.toml, told with its rows, never a ledger."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.check import check
from credit_helpers.intake.client import read_client
from credit_helpers.intake.read import read_ledger
from credit_helpers.questionnaire import questions
from credit_helpers.report.questionnaire_book import write_questionnaire
from credit_helpers.words import Words

LEDGER = "Debiteurnummer;Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag\n"
ROWS = "1;Alfa;F1;13-01-2026;12-02-2026;1.210,50\n2;Beta;F2;14-01-2026;13-02-2026;99,00\n"


@pytest.fixture
def client(tmp_path: Path) -> Path:
    (tmp_path / "open.csv").write_text(LEDGER + ROWS, encoding="utf-8")
    return tmp_path


def fill(folder: Path, language: str = "nl", **answers: object) -> Path:
    """Fill in an empty questionnaire as its reader would, in the last column."""
    path, _ = write_questionnaire(folder, Words(language), is_forced=True)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        if row[0].value in answers:
            row[3].value = answers[row[0].value]
    book.save(path)
    return path


def row_of(key: str) -> int:
    """Return the row of a question: three lines and a heading above, a line for every step."""
    keys = list(questions())
    steps = list(dict.fromkeys(question.step for question in questions().values()))
    return 4 + keys.index(key) + 1 + steps.index(questions()[key].step) + 1


def faults(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read_client(folder)
    return tuple(caught.value.faults)


@pytest.mark.parametrize(("language", "yes", "no"), [("nl", "Ja", "nee"), ("en", "yes", "No.")])
def test_answers_are_read_in_either_language(client: Path, language, yes, no) -> None:
    fill(client, language, limits_set=yes, handed_over=no, first_action_days=5, dispute_days="2,5")
    told = {"limits_set": 1.0, "handed_over": 0.0, "first_action_days": 5.0, "dispute_days": 2.5}
    assert read_client(client).questionnaire == told
    notes = {note.code: note.values for note in read_ledger(client).notes}
    assert notes["answers_read"]["answers_count"] == 4
    assert "answers_overruled" not in notes


def test_the_settings_go_first_and_it_is_said(client: Path) -> None:
    text = "[questionnaire]\nlimits_set = false\nfirst_action_days = 5\n"
    (client / "client.toml").write_text(text, encoding="utf-8")
    fill(client, limits_set="ja", first_action_days=5, handed_over="ja")
    config = read_client(client)
    told = {"limits_set": 0.0, "first_action_days": 5.0, "handed_over": 1.0}
    assert config.questionnaire == told
    # what both answer alike is no contradiction
    assert config.answers.overruled == ("limits_set",)
    notes = {note.code: note.values for note in check(client).notes}
    assert notes["answers_overruled"]["keys"] == "limits_set"
    assert notes["answers_read"]["answers_count"] == 1
    assert "questionnaire" in check(client).capabilities


def test_an_empty_questionnaire_answers_nothing_and_is_no_ledger(client: Path) -> None:
    without = read_ledger(client)
    write_questionnaire(client, Words("nl"))
    ledger = read_ledger(client)
    assert read_client(client).questionnaire == {}
    assert [source.name for source in ledger.sources] == ["open.csv"]
    assert len(ledger.items) == len(without.items) == 2
    assert [note.code for note in ledger.notes if "vragenlijst.xlsx" in note.values.values()] == [
        "answers_read"
    ]


def test_a_questionnaire_alone_is_no_ledger(client: Path) -> None:
    path = fill(client, limits_set="ja")
    with pytest.raises(InputError) as caught:
        read_ledger(path)
    assert [fault.code for fault in caught.value.faults] == ["questionnaire_no_ledger"]
    (client / "client.toml").write_text(f'[files]\ninvoices = ["{path.name}"]\n', encoding="utf-8")
    with pytest.raises(InputError):
        read_ledger(client)


def test_every_fault_names_its_row_and_its_cure(client: Path) -> None:
    fill(client, limits_set="soms", first_action_days="spoedig", dispute_days=900, handed_over="ja")
    found = {fault.values["row"]: fault.code for fault in faults(client)}
    assert found == {
        row_of("limits_set"): "questionnaire_flag_wrong",
        row_of("first_action_days"): "questionnaire_days_wrong",
        row_of("dispute_days"): "questionnaire_days_wrong",
    }
    for language, cure in (("nl", "Vul ja of nee in"), ("en", "Fill in yes or no")):
        texts = [fault.text(language) for fault in faults(client)]
        row = row_of("limits_set")
        assert any(f" {row} " in text and "Vragenlijst" in text and cure in text for text in texts)


def test_faults_are_told_in_the_language_of_the_client(client: Path) -> None:
    (client / "client.toml").write_text('language = "en"\n', encoding="utf-8")
    fill(client, "en", limits_set="perhaps")
    with pytest.raises(InputError, match="sheet 'Questionnaire', row 11 .limits_set.: 'perhaps'"):
        read_client(client)


def test_a_sheet_of_ones_own_is_read_by_its_wording(client: Path) -> None:
    book = openpyxl.Workbook()
    asked = [Words(lang).raw("maturity.question.limits_set") for lang in ("nl", "en")]
    for row in (
        ["Vraag", "antwoord"],
        [asked[0], True],
        ["Hoe oud bent u?", "12"],
        [asked[1], "x"],
    ):
        book.worksheets[0].append(row)
    book.save(client / "vragenlijst.xlsx")
    assert [(fault.code, fault.values["row"]) for fault in faults(client)] == [
        ("questionnaire_unknown", 3),
        ("questionnaire_repeated", 4),
    ]


def test_a_sheet_without_answers_or_a_second_one_is_refused(client: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["iets", "anders"])
    book.save(client / "questionnaire.xlsx")
    assert [fault.code for fault in faults(client)] == ["questionnaire_no_answers"]
    book.save(client / "vragenlijst.xlsx")
    assert [fault.code for fault in faults(client)] == ["questionnaire_twice"]
    (client / "vragenlijst.xlsx").unlink()
    (client / "questionnaire.xlsx").write_bytes(b"no workbook")
    assert [fault.code for fault in faults(client)] == ["not_a_workbook"]
