"""Both languages say the same things, and committed notebooks only ask and show."""

import json
import re
import string
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAX_CODE_CELLS = 12
LANGUAGES = ("nl", "en")


def flat(tree, prefix=""):
    keys = {}
    for key, value in tree.items():
        name = f"{prefix}{key}"
        keys.update(flat(value, f"{name}.") if isinstance(value, dict) else {name: str(value)})
    return keys


def placeholders(text):
    """The named values of a text; how each language writes them is its own affair."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def unequal(one, other):
    """Return the keys that only one language has, or whose named values differ."""
    shared = one.keys() & other.keys()
    differ = {key for key in shared if placeholders(one[key]) != placeholders(other[key])}
    return sorted((one.keys() ^ other.keys()) | differ)


def texts(language):
    folder = ROOT / "templates" / "text" / language
    return {
        f"{path.stem}.{key}": text
        for path in sorted(folder.glob("*.toml"))
        for key, text in flat(tomllib.loads(path.read_text(encoding="utf-8"))).items()
    }


def test_both_languages_say_the_same_things():
    dutch, english = (texts(language) for language in LANGUAGES)
    assert dutch
    assert unequal(dutch, english) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": "x"}, {"a": "x", "b": "y"}),
        ({"a": "{share}"}, {"a": "none"}),
        ({"a": "{x_count:post|posten}"}, {"a": "{y_count:item|items}"}),
    ],
)
def test_a_text_that_differs_is_seen(one, other):
    assert unequal(one, other)
    assert unequal({"a": "{x_count:post|posten}"}, {"a": "{x_count:item|items}"}) == []


def notebook_faults(notebook):
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    faults = []
    if len(code) > MAX_CODE_CELLS:
        faults.append(f"{len(code)} code cells")
    for cell in code:
        if cell["outputs"] or cell["execution_count"] is not None:
            faults.append(f"{cell.get('id')}: has outputs")
        if re.search(
            r"^\s*(async )?(def|class) |\blambda\b|groupby", "".join(cell["source"]), re.M
        ):
            faults.append(f"{cell.get('id')}: computes")
    return faults


NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_only_ask_and_show(path):
    assert notebook_faults(json.loads(path.read_text(encoding="utf-8"))) == []


def cell(source="1", outputs=(), count=None):
    texts = {"source": [source], "outputs": list(outputs), "execution_count": count}
    return {"cell_type": "code", "id": "a", **texts}


@pytest.mark.parametrize(
    "cells",
    [
        [cell(outputs=[{}])],
        [cell(count=3)],
        [cell("def f():\n    pass")],
        [cell("x = 1\nclass A: ...")],
        [cell("audit.ageing.groupby('bucket').sum()")],
        [cell()] * (MAX_CODE_CELLS + 1),
    ],
)
def test_a_notebook_that_works_too_hard_is_seen(cells):
    assert notebook_faults({"cells": cells})
    assert notebook_faults({"cells": [cell("audit.ageing"), {"cell_type": "markdown"}]}) == []
