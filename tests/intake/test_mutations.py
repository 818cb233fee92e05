"""Whatever happens to a file, reading it ends in a ledger or in a message to its owner."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.read import read_ledger

_spec = importlib.util.spec_from_file_location(
    "mutations", Path(__file__).with_name("mutations.py")
)
assert _spec is not None and _spec.loader is not None
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

TRIES = 500
SEEDS = make.seeds()


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_damage_ends_in_a_ledger_or_a_message(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(SEEDS[name])
    assert len(read_ledger(path).items)
    for seed in range(TRIES // len(SEEDS) + 1):
        path.write_bytes(make.mutated(name, SEEDS[name], seed))
        try:
            ledger = read_ledger(path)
        except InputError as error:
            assert error.text("nl") and error.text("en"), seed
        else:
            counts = ledger.intake
            assert (counts["rows_accepted"] + counts["rows_quarantined"]).equals(counts["rows_in"])
            assert len(ledger.quarantine) == counts["rows_quarantined"].sum()
