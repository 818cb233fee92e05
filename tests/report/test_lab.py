"""The lab opens the notebooks with a kernel of this interpreter."""

import json
import sys

import pytest

from credit_helpers.errors import ReportError
from credit_helpers.report import lab
from credit_helpers.report.lab import command, working_copy, write_kernel


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The notebooks as they lie in an installed wheel."""
    package = tmp_path / "site" / "credit_helpers"
    (package / "_notebooks").mkdir(parents=True)
    (package / "_notebooks" / "30_ageing.ipynb").write_text("packaged")
    monkeypatch.setattr(lab, "PACKAGE", package)
    monkeypatch.setattr(lab, "resource", lambda folder: package / f"_{folder}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_in_a_checkout_the_notebooks_themselves_are_opened():
    assert working_copy().name == "notebooks"


def test_an_installed_program_works_on_a_copy(installed):
    folder = working_copy()
    assert (folder / "30_ageing.ipynb").read_text() == "packaged"
    assert folder.absolute() == installed / "notebooks"


def test_what_somebody_changed_stays(installed):
    working_copy()
    (installed / "notebooks" / "30_ageing.ipynb").write_text("mine")
    working_copy()
    assert (installed / "notebooks" / "30_ageing.ipynb").read_text() == "mine"


def test_a_file_in_the_place_of_the_folder_is_a_sentence(installed):
    (installed / "notebooks").write_text("a file")
    with pytest.raises(ReportError) as error:
        working_copy()
    assert "Kies een andere map" in error.value.text("nl")
    assert "Choose another folder" in error.value.text("en")


def test_the_kernel_is_this_interpreter_and_the_server_stays_on_this_machine(tmp_path):
    write_kernel(tmp_path / "kernels" / "python3")
    spec = json.loads((tmp_path / "kernels" / "python3" / "kernel.json").read_text())
    assert spec["argv"][0] == sys.executable
    line = command(tmp_path, ["--no-browser"])
    assert line[:3] == [sys.executable, "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={tmp_path}" in line
    assert "--ServerApp.ip=localhost" in line
    assert line[-1] == "--no-browser"
