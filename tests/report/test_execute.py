"""The notebook: joined, executed by this interpreter, and the same every time."""

import sys
from pathlib import Path

import nbformat
import pytest

from credit_helpers.errors import PolicyError, ReportError
from credit_helpers.report import assemble as assembling
from credit_helpers.report.assemble import assemble, parameters_of
from credit_helpers.report.execute import execute
from credit_helpers.report.kernel import Worker

PARAMETERS = 'client = "sample:installer"\nas_of = ""\nlanguage = "nl"\npolicy = ""'


def chapter(subject, *cells):
    code = nbformat.v4.new_code_cell
    book = nbformat.v4.new_notebook(metadata={"credit_audit": {"subject": subject}})
    book.cells = [
        nbformat.v4.new_markdown_cell("# Question", metadata={"tags": ["lab"]}),
        code(PARAMETERS, metadata={"tags": ["parameters"]}),
        code("audit = (client, language)", metadata={"tags": ["setup"]}),
        *(code(cell) for cell in cells),
    ]
    return book


@pytest.fixture
def books(tmp_path, monkeypatch):
    def write(**cells):
        paths = {}
        for subject, sources in cells.items():
            paths[subject] = tmp_path / f"{subject}.ipynb"
            nbformat.write(chapter(subject, *sources), paths[subject])
        monkeypatch.setattr(assembling, "chapters", lambda: paths)
        monkeypatch.setattr(assembling, "HAND_OVER", "len(Out)")

    return write


def test_chapters_are_joined_with_one_parameters_and_one_setup_cell(books):
    books(ageing=["1 + 1"], dso=["2 + 2", "3 + 3"])
    whole = assemble(["dso", "ageing"], parameters={"language": "en"})
    assert [cell.source for cell in whole.cells[1:]] == [
        "audit = (client, language)",
        "2 + 2",
        "3 + 3",
        "1 + 1",
        "len(Out)",
    ]
    assert parameters_of(whole) == {
        "client": "sample:installer",
        "as_of": "",
        "language": "en",
        "policy": "",
        "output": "",
    }
    assert [cell.metadata["credit_audit"]["subject"] for cell in whole.cells[2:5]] == [
        "dso",
        "dso",
        "ageing",
    ]
    nbformat.validate(whole)


def test_an_unknown_chapter_names_the_known_ones(books):
    books(ageing=["1"], dso=["1"])
    with pytest.raises(ReportError) as error:
        assemble(["agein"])
    assert error.value.text("en") == ("There is no chapter 'agein'. The chapters are: ageing, dso.")


def test_an_unknown_parameter_is_refused_before_anything_runs(books, tmp_path):
    books(ageing=["open('ran', 'w').close()"])
    notebook = assemble(["ageing"])
    with pytest.raises(PolicyError) as error:
        execute(notebook, {"langauge": "en"}, folder=tmp_path)
    assert error.value.text("nl") == (
        "'langauge' is geen parameter van het rapport. Bedoelt u 'language'?"
    )
    assert error.value.text("en") == (
        "'langauge' is not a parameter of the report. Did you mean 'language'?"
    )
    assert not (tmp_path / "ran").exists()


def test_the_same_notebook_gives_the_same_bytes(books, tmp_path):
    books(ageing=["class A: pass", "A()", "audit"])
    given = {"language": "en", "output": str(tmp_path)}
    first, second = (
        nbformat.writes(execute(assemble(["ageing"]), given, folder=tmp_path)) for _ in range(2)
    )
    assert first == second
    assert str(tmp_path) not in first
    assert "papermill" not in first
    assert "('sample:installer', 'en')" in first


def test_the_kernel_is_the_running_interpreter_without_the_users_settings(books, tmp_path):
    books(ageing=["import sys, os; (sys.executable, os.environ['IPYTHONDIR'])"])
    done = execute(assemble(["ageing"]), {}, folder=tmp_path)
    shown = done.cells[2].outputs[0].data["text/plain"]
    assert sys.executable in shown
    assert ".ipython" not in shown


def test_a_failure_names_the_chapter_and_shows_no_traceback(books, tmp_path):
    books(dso=["1"], ageing=["1 / 0"])
    with pytest.raises(ReportError) as error:
        execute(assemble(["dso", "ageing"]), {}, folder=tmp_path)
    for language in ("nl", "en"):
        text = error.value.text(language)
        assert "ZeroDivisionError: division by zero" in text
        assert "Traceback" not in text
        assert "\n" not in text
    assert "ageing" in str(error.value) or "uderdom" in str(error.value)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "x.csv: dit bestand bestaat niet. Controleer de naam en de map."),
        ("en", "x.csv: this file does not exist. Check the name and the folder."),
    ],
)
def test_an_error_of_ours_goes_through_unchanged(books, tmp_path, language, sentence):
    raising = (
        "from credit_helpers.errors import Fault, InputError\n"
        "raise InputError(Fault('file_missing', {'file': 'x.csv'}))"
    )
    books(ageing=[raising])
    with pytest.raises(ReportError) as error:
        execute(assemble(["ageing"]), {"language": language}, folder=tmp_path)
    assert error.value.text(language) == sentence


def test_a_kernel_that_dies_is_a_sentence(books, tmp_path):
    books(ageing=["import os; os._exit(3)"])
    with pytest.raises(ReportError) as error:
        execute(assemble(["ageing"]), {}, folder=tmp_path)
    assert "credit-audit doctor" in error.value.text("nl")


OPEN = 'from credit_helpers import open_audit\nopen_audit("gone.csv", as_of={!r})'


def test_an_audit_that_was_opened_before_is_not_read_again(books, tmp_path):
    books(ageing=[OPEN.format("2026-01-31")])
    opened = (("gone.csv", "2026-01-31", "", "", ""), "the audit")
    done = execute(assemble(["ageing"]), {}, folder=tmp_path, opened=opened)
    assert done.cells[2].outputs[0].data["text/plain"] == "'the audit'"


def test_another_day_is_not_answered_with_the_audit_that_was_opened(books, tmp_path):
    books(ageing=[OPEN.format("2026-02-28")])
    opened = (("gone.csv", "2026-01-31", "", "", ""), "the audit")
    with pytest.raises(ReportError, match=r"gone\.csv"):
        execute(assemble(["ageing"]), {}, folder=tmp_path, opened=opened)


def test_a_worker_that_is_not_needed_leaves_nothing():
    with Worker() as worker:
        profile = Path(worker.profile.name)
        assert profile.is_dir()
    assert worker.process.poll() is not None
    assert not profile.exists()
