"""One balance that was delivered twice counts once: two days of a list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.read import read_ledger

Write = Callable[..., Path]
HEAD = "Debiteurnr;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Openstaand"
SEPTEMBER = (
    "001;Alfa;F1;2026-07-01;2026-07-31;100,00",
    "001;Alfa;F2;2026-08-01;2026-08-31;250,00",
    "002;Beta;F3;2026-08-15;2026-09-14;40,00",
    "002;Beta;F4;2026-08-20;2026-09-19;60,00",
)
# F1 was paid, F2 in part; F5 is new.
OCTOBER = (
    SEPTEMBER[1].replace("250,00", "150,00"),
    *SEPTEMBER[2:],
    "003;Gamma;F5;2026-10-05;2026-11-04;9,50",
)


def test_of_two_lists_the_latest_counts(write: Write) -> None:
    write("openstaand 30-09-2026.csv", HEAD, *SEPTEMBER)
    ledger = read_ledger(write("openstaand 31-10-2026.csv", HEAD, *OCTOBER).parent)
    assert ledger.items["amount_cents"].tolist() == [15000, 4000, 6000, 950]
    aside = ledger.quarantine
    assert aside["reason"].tolist() == ["older_list"] * 4
    assert aside["cents"].sum() == 45000
    notes = {note.code: note.values for note in ledger.notes}
    assert notes["older_list"]["file"] == "openstaand 30-09-2026.csv"
    assert notes["older_list"]["other"] == "openstaand 31-10-2026.csv"


def test_two_lists_that_contradict_each_other_without_a_day_are_asked_about(write: Write) -> None:
    write("oud.csv", HEAD, *SEPTEMBER)
    with pytest.raises(InputError) as caught:
        read_ledger(write("nieuw.csv", HEAD, *OCTOBER).parent)
    assert [fault.code for fault in caught.value.faults] == ["two_lists"]


def test_lists_of_other_documents_both_count(write: Write) -> None:
    write("noord 30-09-2026.csv", HEAD, *SEPTEMBER[:2])
    ledger = read_ledger(write("zuid 31-10-2026.csv", HEAD, *SEPTEMBER[2:]).parent)
    assert ledger.items["amount_cents"].sum() == 45000
    assert ledger.quarantine.empty
