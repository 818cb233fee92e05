"""An earlier audit: read from its results, or refused with the reason."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pandas as pd
import pytest

from credit_helpers.errors import LANGUAGES, InputError
from credit_helpers.intake.client import read_client
from credit_helpers.intake.previous import read_previous
from credit_helpers.words import Words

NOW = {"client": "Proef B.V.", "currency": "EUR", "as_of": pd.Timestamp("2026-10-31")}
RESULTS = {
    "client": "PROEF  b.v.",
    "as_of": "2026-07-31",
    "currency": "EUR",
    "version": "0.1.0",
    "policy": {"ageing.max_overdue_share": 0.35, "ageing.edges_days": [0, 30], "gone.value": 1},
    "figures": {
        "ageing.overdue_share": {"value": 0.52, "unit": "share", "text": "52%"},
        "limits.excess_cents": {"value": 0, "unit": "cents", "text": "€ 0"},
        "dso.dso_days": {"value": None, "unit": "days", "text": "–"},
    },
    "missing": {"limits": ["limits"], "dso": ["payment_history"]},
    "findings": [
        {
            "code": "overdue_share",
            "subject": "ageing",
            "impact_cents": 1200,
            "title": "52% van het saldo is vervallen",
            "values": {"overdue_share": 0.52, "names": ["A", "B"]},
        }
    ],
}


def written(folder: Path, text: str | None = None, **changes: object) -> Path:
    made = json.dumps({**RESULTS, **changes}) if text is None else text
    (folder / "results.json").write_text(made, encoding="utf-8")
    return folder


def codes(folder: Path, **now: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_previous(folder, **{**NOW, **now})
    for language in LANGUAGES:
        assert folder.name in caught.value.text(language)
    return [fault.code for fault in caught.value.faults]


@pytest.mark.parametrize("name", ["", "results.json"])
def test_what_it_stated(tmp_path: Path, name: str) -> None:
    found = read_previous(written(tmp_path) / name, **NOW)
    assert found.as_of == pd.Timestamp("2026-07-31")
    assert found.figures["ageing.overdue_share"] == 0.52
    assert math.isnan(found.figures["dso.dso_days"])
    assert math.isnan(found.judged_figures["limits.excess_cents"])
    assert found.findings[0].values["names"] == ("A", "B")
    assert (found.notes, found.capabilities) == ((), None)


def test_changed_norms_are_those_that_both_know(tmp_path: Path) -> None:
    found = read_previous(written(tmp_path), **NOW)
    policy = {"ageing.max_overdue_share": 0.3, "ageing.edges_days": (0, 30), "new.value": 2}
    assert found.changed_norms(policy) == ("ageing.max_overdue_share",)


def test_another_name_is_noted(tmp_path: Path) -> None:
    found = read_previous(written(tmp_path, client="Ander"), **NOW)
    assert [note.code for note in found.notes] == ["previous_other_client"]
    for language in LANGUAGES:
        text = Words(language).prose("errors.note.previous_other_client", **found.notes[0].values)
        assert "Ander" in text and tmp_path.name in text


@pytest.mark.parametrize("is_folder", [True, False])
def test_no_results(tmp_path: Path, is_folder: bool) -> None:
    assert codes(tmp_path if is_folder else tmp_path / "nowhere") == ["previous_missing"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", "3", "\x00", '{"client": 1}', "[" * 100_000,
     json.dumps({**RESULTS, "as_of": "31-07-2026"}), json.dumps({**RESULTS, "figures": [1]}),
     json.dumps({**RESULTS, "findings": [{}]}), json.dumps({**RESULTS, "policy": None})],
)  # fmt: skip
def test_what_is_no_result_of_an_audit_is_refused(tmp_path: Path, text: str) -> None:
    assert codes(written(tmp_path, text)) == ["previous_unreadable"]


@pytest.mark.parametrize("as_of", ["2026-07-31", "2026-07-30"])
def test_all_that_makes_it_incomparable_is_said_at_once(tmp_path: Path, as_of: str) -> None:
    found = codes(written(tmp_path), currency="USD", as_of=pd.Timestamp(as_of))
    assert found == ["previous_currency", "previous_not_earlier"]


def test_client_toml_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / "client.toml").write_text('previous = "../earlier"\n', encoding="utf-8")
    assert read_client(tmp_path).previous == "../earlier"
    (tmp_path / "client.toml").write_text("previous = 3\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_client(tmp_path)
    assert [fault.code for fault in caught.value.faults] == ["config_value_wrong"]
