"""Every case of the corpus is exact, or refused with the message that fits."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pandas as pd
import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.read import read_ledger

_spec = importlib.util.spec_from_file_location("corpus_cases", Path(__file__).with_name("cases.py"))
assert _spec is not None and _spec.loader is not None
made = importlib.util.module_from_spec(_spec)
sys.modules["corpus_cases"] = made
_spec.loader.exec_module(made)
CASES = made.cases()
_spec = importlib.util.spec_from_file_location(
    "corpus_exports", Path(__file__).with_name("exports.py")
)
assert _spec is not None and _spec.loader is not None
exports = importlib.util.module_from_spec(_spec)
sys.modules["corpus_exports"] = exports
_spec.loader.exec_module(exports)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(tmp_path: Path, case) -> None:
    path = tmp_path / case.file
    path.write_bytes("\n".join([*case.lines, ""]).encode(case.encoding))
    if case.refused:
        with pytest.raises(InputError) as caught:
            read_ledger(path)
        assert ",".join(sorted(fault.code for fault in caught.value.faults)) == case.refused
        return
    ledger = read_ledger(path)
    open_items = ledger.at(pd.Timestamp(case.as_of)).open_items
    overdue = open_items[open_items["days_past_due"] > 0]
    found = (open_items["outstanding_cents"].sum(), overdue["outstanding_cents"].sum())
    assert found == (case.open_cents, case.overdue_cents)
    assert ledger.customers["customer_id"].nunique() == len(set(ledger.items["customer_id"]))
    counts = ledger.intake
    assert (counts["cents_accepted"] + counts["cents_quarantined"]).equals(counts["cents_in"])


@pytest.mark.parametrize("export", exports.EXPORTS, ids=[e.name for e in exports.EXPORTS])
def test_export(tmp_path: Path, export) -> None:
    path = tmp_path / export.file
    path.write_bytes(export.text.encode(export.encoding))
    if export.refused:
        with pytest.raises(InputError) as caught:
            read_ledger(path)
        assert ",".join(sorted(fault.code for fault in caught.value.faults)) == export.refused
        assert caught.value.text("nl") and caught.value.text("en")
        return
    open_items = read_ledger(path).at(pd.Timestamp("2026-03-31")).open_items
    overdue = open_items[open_items["days_past_due"] > 0]
    found = (open_items["outstanding_cents"].sum(), overdue["outstanding_cents"].sum())
    assert found == (export.open_cents, export.overdue_cents)


def test_the_corpus_is_large_enough() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 120
