"""The versions stand in three files; a consultant gets the same ones whichever is used."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PIN = re.compile(r"(?P<name>[\w.-]+)(\[[\w,]+\])?==(?P<version>[\w.]+)( ; (?P<marker>.+))?")


def pins(lines: list[str]) -> dict[str, str]:
    """Return name and version of lines that all are pins."""
    found = {line: PIN.fullmatch(line) for line in lines}
    loose = [line for line, match in found.items() if match is None]
    assert not loose, f"not pinned with ==: {loose}"
    return {match["name"].lower(): match["version"] for match in found.values() if match}


def conda_lines() -> list[str]:
    """Return the entries of environment.yml, without comments and keys."""
    lines = (ROOT / "environment.yml").read_text("utf-8").splitlines()
    return [line.strip()[2:] for line in lines if re.match(r"\s+- (?!.*:$)", line)]


DEPENDENCIES = pins(PROJECT["dependencies"])
DEVELOPMENT = pins(PROJECT["optional-dependencies"]["dev"])
DECK = pins(PROJECT["optional-dependencies"]["deck"])
CONSTRAINTS = (ROOT / "constraints.txt").read_text("utf-8").splitlines()


def test_conda_gets_every_pin_and_no_other():
    channel, python, pip, *pinned, project = conda_lines()
    assert (channel, pip, project) == ("conda-forge", "pip", "-e .")
    assert python == f"python{PROJECT['requires-python']},<3.14"
    assert pins(pinned) == DEPENDENCIES


def test_the_tests_have_what_can_be_added():
    assert DECK.items() <= DEVELOPMENT.items()


def test_the_constraints_hold_every_pin():
    constrained = pins(CONSTRAINTS)
    for name, pinned in {**DEPENDENCIES, **DEVELOPMENT}.items():
        assert constrained.get(name) == pinned, f"{name}: run make pins"


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt", "environment.yml"])
def test_no_file_of_versions_holds_an_address(name):
    assert not re.search(r"://|index-url|find-links", (ROOT / name).read_text("utf-8"))


@pytest.mark.parametrize(("name", "pinned"), sorted({**DEPENDENCIES, **DEVELOPMENT}.items()))
def test_what_is_installed_is_what_is_pinned(name, pinned):
    assert version(name) == pinned, "run make setup"
