"""Public ledgers through the command line, with no more settings than ``new`` asks for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from credit_helpers.audit.opening import open_audit
from credit_helpers.cli import app
from credit_helpers.intake.client import read_client
from credit_helpers.report.results import results_of

DATA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the public ledgers are not here")
USD = ("--currency", "USD")

# What is in the folder, the one question that is left, rows in and aside, and per as-of date the
# open and the overdue cents.
LEDGERS = {
    "ibm": (
        "ibm_accounts_receivable.csv",
        USD,
        (2_466, 0),
        {"2013-06-30": (511_985, 83_556), "2012-12-31": (572_506, 78_874)},
    ),
    "dirty": (
        "order_to_cash",
        USD,
        (15_756, 14),
        {
            "2026-03-31": (3_984_769_000, 3_982_841_500),
            "2025-12-31": (5_271_515_800, 4_140_426_800),
        },
    ),
    "ageing": (
        "ar_ageing_dataset.xlsx",
        (),
        (150, 0),
        {"2026-03-31": (1_778_640_000, 1_324_490_000)},
    ),
    "currencies": (
        "open_items_two_currencies.csv",
        (),
        (9_700, 0),
        {
            "2020-05-31": (27_511_371_683, 27_335_670_892),
            "2020-04-30": (24_800_562_366, 18_692_293_410),
        },
    ),
    "audit file": (
        "xaf32_exact_online_2016.xml",
        (),
        (33, 0),
        {"2016-12-31": (-30_422_009, 10_412_237)},
    ),
    "duplicates": (
        "bad_input/duplicate_rows_bom.csv",
        USD,
        (21, 2),
        {"2026-01-31": (1_316_500, None)},
    ),
}


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, " ".join(result.stdout.split())


@pytest.fixture
def settled(tmp_path, monkeypatch):
    """Copy a ledger to a client's folder and let ``new`` write its settings."""
    monkeypatch.chdir(tmp_path)

    def settle(name: str, answers: tuple[str, ...]) -> Path:
        source, folder = DATA / name, tmp_path / "client"
        folder.mkdir()
        for file in source.iterdir() if source.is_dir() else [source]:
            shutil.copy(file, folder / file.name)
        if answers:
            status, shown = run("new", folder, "--yes", "--language", "en")
            assert (status, "--currency EUR" in shown) == (1, True)
            assert shown.count("•") == 1
        assert run("new", folder, "--yes", *answers)[0] == 0
        return folder

    return settle


@pytest.mark.parametrize("ledger", LEDGERS)
def test_the_control_totals_with_no_more_than_new_asked_for(settled, ledger) -> None:
    name, answers, (rows_in, rows_aside), totals = LEDGERS[ledger]
    folder = settled(name, answers)
    status, shown = run("check", folder, "--language", "en")
    assert status == int("There is no rate for CAD" in shown)
    assert "Can be judged" in shown
    assert (Path("reports") / read_client(folder).slug / "quarantine.xlsx").exists() == (
        rows_aside > 0
    )
    for as_of, (open_cents, overdue_cents) in totals.items():
        results = results_of(open_audit(folder, as_of=as_of), [])
        counts = [(row["rows_in"], row["rows_quarantined"]) for row in results["intake"]]
        assert tuple(map(sum, zip(*counts, strict=True))) == (rows_in, rows_aside)
        figures = results["figures"]
        assert figures["ageing.outstanding_cents"]["value"] == open_cents
        if overdue_cents is not None:
            assert figures["ageing.overdue_cents"]["value"] == overdue_cents


def test_the_report_says_the_same(settled, monkeypatch) -> None:
    monkeypatch.setenv("CREDIT_AUDIT_BROWSER", "none")
    name, answers, _, totals = LEDGERS["ageing"]
    folder = settled(name, answers)
    assert run("report", folder, "--output", "made")[0] == 0
    results = json.loads(Path("made", "results.json").read_text(encoding="utf-8"))
    assert results["as_of"] == "2026-03-31"
    figures = [results["figures"][f"ageing.{name}_cents"]["value"] for name in FIGURES]
    assert tuple(figures) == totals["2026-03-31"]


FIGURES = ("outstanding", "overdue")


def test_rows_that_do_not_line_up_are_refused_with_the_cure(tmp_path) -> None:
    shutil.copy(DATA / "bad_input" / "decimal_comma_unquoted.csv", tmp_path / "open.csv")
    result = CliRunner().invoke(app, ["new", str(tmp_path), "--yes"])
    assert result.exit_code == 2
    assert "puntkomma" in result.stderr
    assert not (tmp_path / "client.toml").exists()
