"""An account card holds invoices, receipts and credit notes; words and numbers tell which."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from credit_helpers.intake.read import read_ledger

Write = Callable[..., Path]
CARD = "Debiteur;Datum;Omschrijving;Debet;Credit;Saldo"
ROWS = (
    "Alfa;13-01-2026;Factuur 2026001;1.000,00;;1.000,00",
    "Alfa;20-02-2026;Bank 2026001;;600,00;400,00",
    "Alfa;25-02-2026;Creditnota 2026009;;50,00;350,00",
    "Alfa;28-02-2026;Overgenomen;;20,00;330,00",
    "Alfa;02-03-2026;Factuur 2026002;500,00;;830,00",
)


def test_a_card_without_a_column_for_the_kind(write: Write) -> None:
    ledger = read_ledger(write("kaart.csv", CARD, *ROWS))
    items = ledger.items.set_index("document")
    assert items["kind"].to_dict() == {
        "2026001": "invoice",
        "2026009": "credit_note",
        "2026002": "invoice",
        "": "unapplied_cash",
    }
    assert ledger.settlements["amount_cents"].tolist() == [60000]
    assert ledger.settlements["settled_on"].tolist() == [pd.Timestamp("2026-02-20")]
    assert ledger.at(pd.Timestamp("2026-03-31")).outstanding_cents == 83000
    notes = {note.code: note.values.get("rows_count") for note in ledger.notes}
    assert (notes["card_receipts"], notes["card_unsure"]) == (1, 1)
    assert notes["documents_from_text"] == 3
    counts = ledger.intake.iloc[0]
    assert counts["cents_in"] == counts["cents_accepted"] == 83000


def test_a_journal_tells_receipts_under_the_number_of_their_invoice(write: Write) -> None:
    head = "Debiteur;Stuknr;Datum;Vervaldatum;Dagboek;Bedrag"
    ledger = read_ledger(
        write(
            "mutaties.csv",
            head,
            "Alfa;F1;13-01-2026;12-02-2026;VRK;100,00",
            "Alfa;F1;20-02-2026;;BNK;-40,00",
            "Alfa;C2;21-02-2026;;VRK;-5,00",
        )
    )
    assert ledger.items["kind"].tolist() == ["invoice", "credit_note"]
    assert ledger.settlements["amount_cents"].tolist() == [4000]
    assert ledger.items["item_id"].tolist() == ["F1", "C2"]


def test_a_write_off_on_a_card_is_no_payment(write: Write) -> None:
    lost = "Alfa;26-02-2026;Afboeking 2026001 oninbaar;;400,00;0,00"
    rows = (*ROWS[:2], lost, ROWS[4].replace("830", "500"))
    ledger = read_ledger(write("kaart.csv", CARD, *rows))
    assert ledger.settlements["kind"].tolist() == ["payment", "write_off"]
    assert ledger.at(pd.Timestamp("2026-03-31")).outstanding_cents == 50000


def test_an_open_receipt_in_a_list_of_open_items_stays_open(write: Write) -> None:
    head = "Debiteur;Factuurnr;Factuurdatum;Vervaldatum;Omschrijving;Openstaand"
    ledger = read_ledger(
        write(
            "open.csv",
            head,
            "Alfa;F1001;13-01-2026;12-02-2026;Levering;100,00",
            "Alfa;B7;20-02-2026;;Betaling F1001;-40,00",
        )
    )
    assert ledger.items["kind"].tolist() == ["invoice", "unapplied_cash"]
    assert ledger.settlements.empty


def test_the_first_debtor_of_a_grouped_card_stands_above_the_headers(write: Write) -> None:
    ledger = read_ledger(
        write(
            "kaart.csv",
            "Debiteurenkaart",
            "1001 Alfa B.V.",
            CARD.removeprefix("Debiteur;"),
            *(row.removeprefix("Alfa;") for row in ROWS[:2]),
            "1002 Beta B.V.",
            "20-01-2026;Factuur 2026003;500,00;;500,00",
            "15-03-2026;Factuur 2026004;50,00;;550,00",
        )
    )
    open_items = ledger.at(pd.Timestamp("2026-03-31")).open_items
    assert open_items.groupby("customer_id")["outstanding_cents"].sum().to_dict() == {
        "1001 Alfa B.V.": 40000,
        "1002 Beta B.V.": 55000,
    }
