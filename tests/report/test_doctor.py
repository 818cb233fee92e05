"""The doctor names every part, and how to mend what is not in order."""

import pytest

from credit_helpers.report import browser, doctor
from credit_helpers.report.doctor import Diagnosis, examine
from credit_helpers.words import Words

PARTS = ["python", "kernel", "templates", "fonts", "disk", "output", "browser"]


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(doctor, "_kernel", lambda: (True, "python"))
    monkeypatch.setattr(doctor, "_templates", lambda: (True, "11"))


def found(output):
    return {diagnosis.code: diagnosis for diagnosis in examine(output)}


def test_every_part_is_examined_and_leaves_nothing_behind(quick, tmp_path):
    parts = found(tmp_path / "reports")
    assert list(parts) == PARTS
    assert parts["python"].is_well
    assert parts["fonts"].is_well
    assert parts["output"].is_well
    assert list(tmp_path.iterdir()) == []


def test_the_kernel_really_starts():
    is_well, _ = doctor._kernel()
    assert is_well


def test_a_folder_that_cannot_be_written_to_is_essential(quick, tmp_path):
    (tmp_path / "reports").write_text("a file")
    part = found(tmp_path / "reports")["output"]
    assert part == Diagnosis("output", False, str(tmp_path / "reports"))


def test_without_a_browser_a_report_can_still_be_made(quick, tmp_path, monkeypatch):
    monkeypatch.setenv(browser.VARIABLE, "none")
    part = found(tmp_path)["browser"]
    assert (part.is_well, part.is_essential) == (False, False)


def test_a_part_that_raises_is_ill_and_the_rest_is_examined(quick, tmp_path, monkeypatch):
    def faint():
        raise OSError("no kernel here")

    monkeypatch.setattr(doctor, "_kernel", faint)
    parts = found(tmp_path)
    assert not parts["kernel"].is_well
    assert "no kernel here" in parts["kernel"].found
    assert list(parts) == PARTS


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_a_name_and_a_cure(part, language):
    words = Words(language)
    assert words.label(f"doctor.{part}")
    assert words.label(f"doctor.mend_{part}").endswith(".")
