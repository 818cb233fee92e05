"""A report comes into place when it is complete, or not at all."""

import pytest

from credit_helpers.errors import ReportError
from credit_helpers.report import place
from credit_helpers.report.place import in_place_of


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_appears_with_its_parents(tmp_path):
    folder = tmp_path / "reports" / "client" / "2026-10-31"
    with in_place_of(folder) as made:
        (made / "report.html").write_text("new")
        assert not folder.exists()
    assert (folder / "report.html").read_text() == "new"
    assert names(folder.parent) == ["2026-10-31"]


def test_an_earlier_report_is_replaced_as_a_whole(tmp_path):
    folder = tmp_path / "r"
    folder.mkdir()
    (folder / "report.pdf").write_text("old")
    with in_place_of(folder) as made:
        (made / "report.html").write_text("new")
    assert names(folder) == ["report.html"]
    assert names(tmp_path) == ["r"]


def test_files_of_somebody_else_stay(tmp_path):
    folder = tmp_path / "r"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    (folder / "report.pdf").write_text("old")
    with in_place_of(folder) as made:
        (made / "report.html").write_text("new")
    assert names(folder) == ["mine.txt", "report.html"]
    assert (folder / "mine.txt").read_text() == "mine"


def test_the_folder_that_one_is_in_stays_the_same_folder(tmp_path, monkeypatch):
    folder = tmp_path / "r"
    folder.mkdir()
    monkeypatch.chdir(folder)
    before = folder.stat().st_ino
    with in_place_of(folder) as made:
        (made / "report.html").write_text("new")
    assert folder.stat().st_ino == before
    assert names(folder) == ["report.html"]


def test_a_folder_in_a_place_that_cannot_be_written_to_will_do(tmp_path, monkeypatch):
    folder = tmp_path / "r"
    folder.mkdir()
    real = place._new

    def refuse(parent, name):
        if parent == tmp_path:
            raise PermissionError
        return real(parent, name)

    monkeypatch.setattr(place, "_new", refuse)
    with in_place_of(folder) as made:
        (made / "report.html").write_text("new")
    assert names(folder) == ["report.html"]


def test_a_failure_leaves_the_earlier_report(tmp_path):
    folder = tmp_path / "r"
    folder.mkdir()
    (folder / "report.html").write_text("old")
    with pytest.raises(KeyError), in_place_of(folder) as made:
        (made / "report.html").write_text("half")
        raise KeyError
    assert (folder / "report.html").read_text() == "old"
    assert names(tmp_path) == ["r"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "in deze map kan niet worden geschreven. Kies met --output een andere map."),
        ("en", "this folder cannot be written to. Choose another one with --output."),
    ],
)
@pytest.mark.parametrize("below", ["", "client/2026-10-31"])
def test_a_file_in_the_place_of_the_folder_is_a_sentence(tmp_path, language, sentence, below):
    (tmp_path / "r").write_text("a file")
    with pytest.raises(ReportError) as error, in_place_of(tmp_path / "r" / below):
        pass
    assert sentence in error.value.text(language)
    assert (tmp_path / "r").read_text() == "a file"


def test_a_report_that_is_in_use_stays_and_says_what_to_close(tmp_path, monkeypatch):
    folder = tmp_path / "r"
    folder.mkdir()
    (folder / "evidence.xlsx").write_text("open in Excel")

    def refuse(made, folder):
        raise PermissionError

    monkeypatch.setattr(place, "_swap", refuse)
    with pytest.raises(ReportError) as error, in_place_of(folder) as made:
        (made / "report.html").write_text("new")
    assert "Sluit de bestanden die nog openstaan" in error.value.text("nl")
    assert "Close the files that are still open" in error.value.text("en")
    assert names(folder) == ["evidence.xlsx"]
    assert names(tmp_path) == ["r"]


def test_the_old_report_comes_back_when_the_new_one_cannot_move(tmp_path, monkeypatch):
    folder = tmp_path / "r"
    folder.mkdir()
    (folder / "report.html").write_text("old")
    real, moves = type(folder).rename, []

    def second_fails(self, target):
        moves.append(self)
        if len(moves) == 2:
            raise PermissionError
        return real(self, target)

    monkeypatch.setattr(type(folder), "rename", second_fails)
    with pytest.raises(ReportError), in_place_of(folder) as made:
        (made / "report.html").write_text("new")
    assert (folder / "report.html").read_text() == "old"
