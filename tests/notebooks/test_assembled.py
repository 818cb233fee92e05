"""All chapters together: every one opens, nothing shown is empty, every sheet is shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from credit_helpers.report.assemble import assemble, chapters
from credit_helpers.report.execute import execute
from credit_helpers.words import Words, texts

LANGUAGES = ("nl", "en")


def run(folder: Path, **parameters: str) -> list[dict]:
    """Return what the assembled chapters displayed, as data by type."""
    whole = execute(assemble(chapters()), {**parameters, "output": str(folder)}, folder=folder)
    return [
        output["data"]
        for cell in whole.cells
        for output in cell.get("outputs", [])
        if "data" in output
    ]


@pytest.fixture(scope="module", params=LANGUAGES)
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp(request.param)
    outputs = run(folder, client="sample:installer", language=request.param)
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return Words(request.param), outputs, results


def html(outputs: list[dict]) -> list[str]:
    return [data["text/html"] for data in outputs if "text/html" in data]


def test_every_chapter_opens_with_its_conclusion(shown):
    words, outputs, results = shown
    headers = [text for text in html(outputs) if text.startswith('<header class="opening"')]
    assert [re.search(r'data-subject="(\w+)"', text)[1] for text in headers] == list(chapters())
    assert words.label("chapter.dso") in "".join(headers)
    assert set(results["conclusions"]) == set(chapters())


def test_charts_and_tables_are_shown_and_nothing_else(shown):
    _, outputs, _ = shown
    kinds = {"text/html", "application/vnd.plotly.v1+json"}
    assert all(kinds & set(data) for data in outputs)
    assert sum("application/vnd.plotly.v1+json" in data for data in outputs) >= 12


def test_no_code_is_left_without_a_word_and_no_value_without_its_form(shown):
    _, outputs, _ = shown
    text = re.sub(r"<code>.*?</code>|<[^>]+>", " ", " ".join(html(outputs)))
    for raw in ("None", "NaN", "NaT", "&lt;NA&gt;", "d1_30", "not_due", "_cents", "Timestamp"):
        assert not re.search(rf"(?<![\w.]){raw}\b", text), raw


def test_each_table_is_shown_once_and_goes_to_the_workbook(shown):
    _, outputs, results = shown
    names = re.findall(r'id="table-(\w+)"', " ".join(html(outputs)))
    assert len(names) == len(set(names))
    assert set(names) == set(results["tables"])


def test_both_languages_show_the_same_tables():
    sheets = {
        language: {key for key in texts(language) if key.startswith("labels.sheet.")}
        for language in LANGUAGES
    }
    assert sheets["nl"] == sheets["en"]


POSITION = """Factuurnummer;Debiteurnummer;Naam;Factuurdatum;Vervaldatum;Openstaand bedrag
F1;100;De Vries & <b>Zn</b>;2026-09-01;2026-10-01;1.210,00
F2;100;De Vries & <b>Zn</b>;2026-10-10;2026-11-09;605,00
F3;200;Tolsma;2026-06-01;2026-07-01;99,95
"""


def test_a_list_of_open_items_alone_gives_a_report_that_says_what_it_lacks(tmp_path: Path):
    (tmp_path / "posten.csv").write_text(POSITION, encoding="utf-8")
    output = tmp_path / "output"
    output.mkdir()
    outputs = run(output, client=str(tmp_path / "posten.csv"), as_of="2026-10-31", language="nl")
    text = " ".join(html(outputs))
    assert text.count('<section class="missing">') == 6
    assert "<b>" not in text
    results = json.loads((output / "results.json").read_text(encoding="utf-8"))
    assert results["figures"]["ageing.outstanding_cents"]["value"] == 191_495
    assert results["figures"]["dso.dso_days"]["value"] is None
