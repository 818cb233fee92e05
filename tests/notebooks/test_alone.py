"""Each notebook runs on its own, as it is committed, with the sample client."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CHAPTERS = [path for path in NOTEBOOKS if path.stem != "00_start_here"]
PARTS = 3  # to be shared out; each notebook has a kernel of its own
SUBJECTS = [
    "summary", "data_quality", "ageing", "dso", "indicators", "behaviour", "concentration",
    "segmentation", "early_warning", "limits", "order_to_cash", "collection", "priority",
    "findings", "maturity", "changes", "method",
]  # fmt: skip
PARAMETERS = 'client = "sample:wholesaler"\nas_of = ""\nlanguage = "nl"\npolicy = ""\nprevious = ""'


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def tagged(notebook: dict, tag: str) -> list[dict]:
    return [cell for cell in notebook["cells"] if tag in cell["metadata"].get("tags", [])]


def source(cell: dict) -> str:
    return "".join(cell["source"])


@pytest.mark.parametrize("part", range(PARTS))
def test_every_notebook_runs_alone(part: int):
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-current-env"]
    ran = subprocess.run(
        [*command, "-p", "no:cacheprovider", "-p", "no:xdist", *map(str, NOTEBOOKS[part::PARTS])],
        cwd=ROOT, env=own, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-4000:]


def test_there_is_a_notebook_per_chapter_in_the_order_of_the_report():
    assert [read(path)["metadata"]["credit_audit"]["subject"] for path in CHAPTERS] == SUBJECTS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_one_parameters_cell_and_one_set_up_cell(path: Path):
    notebook = read(path)
    (parameters,), (setup,) = tagged(notebook, "parameters"), tagged(notebook, "setup")
    assert source(parameters) == PARAMETERS
    assert source(setup).endswith(
        "audit = open_audit(\n"
        "    client, as_of=as_of, language=language, policy=policy, previous=previous\n)"
    )
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_prose_is_for_the_lab_and_a_call_follows_it(path: Path):
    cells = read(path)["cells"]
    prose = [cell for cell in cells if cell["cell_type"] == "markdown"]
    assert all("lab" in cell["metadata"]["tags"] for cell in prose)
    kinds = "".join(cell["cell_type"][0] for cell in cells)
    assert re.fullmatch(r"mccc(mc)+", kinds)
    subject = read(path)["metadata"]["credit_audit"]["subject"]
    assert f'show.opening(audit.conclusions["{subject}"]' in source(cells[5])
    assert "lab" in cells[3]["metadata"]["tags"]
