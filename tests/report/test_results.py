"""``results.json``: plain values, everything that is printed, the same bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from credit_helpers.report.checks import checks_of
from credit_helpers.report.handover import cover_of, hand_over, tables_in
from credit_helpers.report.results import fingerprint, plain, results_of, write_json
from credit_helpers.views import ageing
from credit_helpers.words import Words
from tests.report import small


def handed_over(folder, audit):
    shown = [ageing.by_bucket(audit.ageing, audit.words), None, "text", 3]
    hand_over(audit, shown, str(folder))
    return json.loads((folder / "results.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.int64(3), 3),
        (float("nan"), None),
        (float("inf"), None),
        (pd.NA, None),
        (pd.NaT, None),
        (pd.Timestamp("2026-10-31"), "2026-10-31"),
        (np.bool_(True), True),
        ((1, frozenset({"b", "a"})), [1, ["a", "b"]]),
    ],
)
def test_values_are_plain(value, expected):
    assert plain(value) == expected


@pytest.mark.parametrize(("language", "balance"), [("nl", "€\xa019.930"), ("en", "€19,930")])
def test_every_figure_has_its_value_unit_and_text(language, balance, tmp_path):
    results, words = handed_over(tmp_path, small.audit(language)), Words(language)
    figures = results["figures"]
    assert figures["ageing.outstanding_cents"] == {
        "value": 1_993_000,
        "unit": "cents",
        "text": balance,
        "evidence": f"{words.label('sheet.ageing')}!G11",
        "name": "ageing_outstanding_cents",
    }
    assert figures["ageing.overdue_cents"]["value"] == 1_700_000
    assert figures["ageing.overdue_share"]["value"] == 0.85
    assert (results["client"], results["as_of"]) == ("Proef B.V.", "2026-10-31")
    assert (results["language"], results["currency"]) == (language, "EUR")


def test_a_table_has_its_columns_rows_and_totals(tmp_path):
    table = handed_over(tmp_path, small.audit())["tables"]["ageing"]
    keys = [column["key"] for column in table["columns"]]
    place = keys.index("outstanding_cents")
    assert [row[place] for row in table["rows"]] == [300_000, 0, 0, 0, 1_700_000, -7_000]
    assert table["totals"]["outstanding_cents"] == 1_993_000


def test_findings_and_conclusions_are_in_words(tmp_path):
    results = handed_over(tmp_path, small.audit("en"))
    finding = next(f for f in results["findings"] if f["code"] == "overdue_share")
    assert finding["policy_key"] == "ageing.max_overdue_share"
    assert finding["threshold"] == 0.35
    assert all(finding[part] for part in ("title", "seen", "norm", "cause", "risk", "advice"))
    assert "85%" in results["conclusions"]["ageing"]["heading"]


def test_what_could_not_be_judged_is_named(tmp_path):
    results = handed_over(tmp_path, small.audit(with_payments=False))
    assert results["missing"]["behaviour"] == ["payment_history"]


def test_sums_agree_to_the_cent():
    checks = checks_of(small.audit())
    assert [check.code for check in checks][:2] == ["buckets", "issue_buckets"]
    assert {check.difference for check in checks} == {0}
    assert checks[0].right == 1_993_000


def test_nothing_is_handed_over_in_the_lab(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    hand_over(small.audit(), [], "")
    assert list(tmp_path.iterdir()) == []


def test_only_the_first_table_of_a_name_counts():
    audit = small.audit()
    first, second = (ageing.by_bucket(audit.ageing, audit.words) for _ in range(2))
    assert tables_in([first, second, first]) == [first]
    assert tables_in([first, second])[0] is first


def test_the_workbook_holds_what_was_displayed(tmp_path):
    handed_over(tmp_path, small.audit())
    book = openpyxl.load_workbook(tmp_path / "evidence.xlsx", data_only=True)
    assert book.sheetnames == [
        *("Voorblad", "Inhoud", "Ouderdom"),
        *("Kengetallen", "Beleidswaarden", "Controles", "Kolommen"),
    ]
    sums = book["Controles"].iter_rows(min_row=5, values_only=True)
    rows = [row for row in sums if row[1] is not None]
    assert len(rows) == len(checks_of(small.audit()))
    assert {row[3] for row in rows} == {0}


def test_the_fingerprint_follows_input_policy_and_day():
    same = small.audit()
    assert fingerprint(same) == fingerprint(small.audit())
    assert fingerprint(same) != fingerprint(small.audit("en"))


def test_the_cover_says_what_the_audit_rests_on():
    cover = cover_of(small.audit("en"))
    assert cover.as_of == "31 October 2026"
    assert cover.period == "1 December 2025 – 31 October 2026"
    assert cover.basis == "6 documents from 1 file"
    assert cover.date == ""


def test_the_same_input_gives_the_same_bytes_wherever_it_runs(tmp_path):
    program = (
        "import pathlib, sys; sys.path.insert(0, sys.argv[2]);"
        "from tests.report import small; from tests.report.test_results import handed_over;"
        "handed_over(pathlib.Path(sys.argv[1]), small.audit())"
    )
    made = []
    for zone, locale in (("Asia/Tokyo", "C"), ("America/New_York", "nl_NL.UTF-8")):
        folder = tmp_path / zone.replace("/", "_")
        folder.mkdir()
        env = {
            **os.environ,
            "TZ": zone,
            "LANG": locale,
            "LC_ALL": locale,
            "PYTHONHASHSEED": str(len(zone)),
        }
        here = str(Path(__file__).parents[2])
        subprocess.run([sys.executable, "-c", program, str(folder), here], check=True, env=env)
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert sorted(made[0]) == ["evidence.xlsx", "results.json"]
    assert made[0] == made[1]


def test_the_order_of_the_rows_does_not_matter(tmp_path):
    results = [
        results_of(audit, [ageing.by_customer(audit.ageing_by_customer, audit.words)])
        for audit in (small.audit(), small.audit(order=slice(None, None, -1)))
    ]
    for number, result in enumerate(results):
        write_json(result, tmp_path / f"{number}.json")
    assert (tmp_path / "0.json").read_bytes() == (tmp_path / "1.json").read_bytes()
