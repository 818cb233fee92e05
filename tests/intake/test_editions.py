"""One balance that was delivered twice counts once: two days of a list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

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


def test_of_monthly_sheets_the_last_counts_and_the_others_tell_what_was_settled(tmp_path) -> None:
    open_items = {
        "jan": [("Alfa", "F1", "2026-01-01", 100), ("Beta", "F2", "2026-01-05", 170)],
        "feb": [("Beta", "F2", "2026-01-05", 170), ("Gamma", "F3", "2026-02-05", 60)],
        "mrt": [("Beta", "F2", "2026-01-05", 150), ("Delta", "F4", "2026-03-05", 50)],
    }
    with xlsxwriter.Workbook(tmp_path / "debiteuren 2026.xlsx") as book:
        for name, rows in open_items.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Debiteur", "Factuurnr", "Factuurdatum", "Openstaand"])
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, row)
    ledger = read_ledger(tmp_path)
    assert ledger.items["document"].tolist() == ["F2", "F4"]
    assert ledger.items["amount_cents"].tolist() == [15000, 5000]
    assert ledger.quarantine["reason"].tolist() == ["older_list"] * 4
    notes = [note.values for note in ledger.notes if note.code == "older_list_settled"]
    assert [(note["file"], note["items_count"]) for note in notes] == [
        ("debiteuren 2026.xlsx [jan]", 1),
        ("debiteuren 2026.xlsx [feb]", 1),
    ]


def test_lists_of_two_days_without_a_number_in_common(write: Write) -> None:
    write("a.csv", "Openstaande posten per 31-01-2026", HEAD, "001;Alfa;F1;2026-01-01;;100,00")
    lines = ("Openstaande posten per 28-02-2026", HEAD, "001;Alfa;F2;2026-02-14;;40,00")
    folder = write("lijst 28-02-2026.csv", *lines).parent
    assert read_ledger(folder).items["document"].tolist() == ["F1", "F2"]  # two names: two lists
    (folder / "a.csv").rename(folder / "lijst 31-01-2026.csv")
    assert read_ledger(folder).items["document"].tolist() == ["F2"]


def test_a_journal_per_month_counts_whole(write: Write) -> None:
    head = HEAD.replace("Openstaand", "Bedrag")
    write("verkoop 2026-01.csv", head, "001;Alfa;F1;2026-01-01;2026-01-31;100,00")
    ledger = read_ledger(
        write("verkoop 2026-02.csv", head, "001;Alfa;F2;2026-02-14;2026-03-14;40,00").parent
    )
    assert ledger.items["amount_cents"].sum() == 14000
    assert ledger.quarantine.empty


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
