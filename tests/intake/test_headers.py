"""Columns are recognised in the words of the packages that write them."""

from __future__ import annotations

import pytest

from credit_helpers.intake.csv_file import read_csv
from credit_helpers.intake.headers import meanings
from credit_helpers.intake.layout import lay_out
from credit_helpers.intake.read import read_ledger
from credit_helpers.intake.recognise import recognise
from credit_helpers.intake.tables import Table


def recognised(path) -> Table:
    raw = lay_out(read_csv(path)[0])
    assert raw is not None
    return recognise(raw)


def mapped(table: Table) -> dict[str, str]:
    return {word: choice.header for word, choice in table.columns.items()}


@pytest.mark.parametrize(
    ("header", "concept"),
    [
        ("customerID", "customer_id"),
        ("Deb.nr.", "customer_id"),
        ("VERVAL_DATUM", "due_date"),
        ("due_in_date", "due_date"),
        ("Fälligkeitsdatum", "due_date"),
        ("Date d'échéance", "due_date"),
        ("Openstaand (EUR)", "amount_open"),
        ("Amount in doc. curr.", "amount"),
        ("Factuurdatm", "invoice_date"),
        ("Klant vervaldatum", "due_date"),
    ],
)
def test_names(header: str, concept: str) -> None:
    assert meanings(header)[0].concept == concept


@pytest.mark.parametrize(
    "header", ["Payment_date_predict", "Delay_predict", "Aging_bucket", "Days_Overdue", "DaysLate"]
)
def test_model_output_and_days_are_never_data(header: str) -> None:
    assert [m.concept for m in meanings(header) if m.concept != "ignored"] == []


def test_twinfield_takes_the_name_behind_the_debtor(write) -> None:
    table = recognised(
        write(
            "tw.csv",
            "Dagboek;Naam;Boekst.nr.;Status;Boekdatum;Debiteur;Naam;Valuta;Bedrag;"
            "Openstaand bedrag;Factuurnr.;Vervaldatum;Betaaldatum",
            "VRK;Verkoop;1;def;13-01-2026;1001;Alfa;EUR;121,00;0,00;F1;12-02-2026;20-02-2026",
        )
    )
    assert table.role == "invoices"
    found = mapped(table)
    assert (found["name"], found["document"], found["issued_on"]) == (
        "Naam.1",
        "Factuurnr.",
        "Boekdatum",
    )


def test_a_column_is_what_it_holds_not_what_it_is_called(write) -> None:
    """In this export ``Boekstuk`` holds the invoice date and ``Factuur`` the amount."""
    table = recognised(
        write(
            "pbc.csv",
            "Factuurnr.,Naam,Deb.nr.,Boekstuk,Vervalt,Factuur,Saldo,Vervaldagen",
            "26001,Alfa,1001,2026-01-13,2026-02-12,121.00,121.00,20",
        )
    )
    found = mapped(table)
    assert (found["issued_on"], found["amount"], found["open_amount"]) == (
        "Boekstuk",
        "Factuur",
        "Saldo",
    )
    assert table.columns["issued_on"].confidence == 1.0


@pytest.mark.parametrize(
    ("head", "row", "role"),
    [
        ("Payment_ID,Invoice_ID,Payment_Date,Amount_Paid", "P1,F1,2026-01-13,5", "payments"),
        ("Klantnummer,Naam,Land,KvK", "1,A,NL,12345678", "customers"),
        ("Customer_ID,Credit_Limit,Current_Exposure", "1,100,50", "limits"),
        ("Order_ID,Customer_ID,Sales_Date,Sales_Amount", "1,A,2026-01-13,5", ""),
        ("Factuurnr,Verzonden op,Niveau", "F1,2026-01-13,1", "reminders"),
        ("Factuurnr,Betwist op,Reden betwisting", "F1,2026-01-13,x", "disputes"),
        ("Klantnummer,Toegezegd op,Toegezegd voor", "1,2026-01-13,2026-01-20", "promises"),
    ],
)
def test_roles(write, head: str, row: str, role: str) -> None:
    assert recognised(write("x.csv", head, row)).role == role


def test_headers_on_two_rows_read_as_one(write) -> None:
    ledger = read_ledger(
        write(
            "twee.csv",
            "Debiteur;;Factuur;;;Bedrag;",
            "nummer;naam;nummer;datum;vervaldatum;origineel;openstaand",
            "001;Alfa;F1;15-01-2026;14-02-2026;1.000,00;400,00",
            "002;Beta;F2;20-03-2026;19-04-2026;250,50;250,50",
        )
    )
    assert ledger.items["amount_cents"].tolist() == [100_000, 25_050]
    assert ledger.settlements["amount_cents"].tolist() == [60_000]
    assert ledger.customers["name"].tolist() == ["Alfa", "Beta"]


def test_units_below_the_headers_are_no_row(write) -> None:
    ledger = read_ledger(
        write(
            "bills.csv",
            "Sundry Debtors;;;;;;",
            "Date;Ref. No.;Party's Name;Opening;Pending;Due on;Overdue",
            ";;;Amount;Amount;;by days",
            "15-01-2026;S/1;Alfa;1.000,00;400,00;14-02-2026;45",
            "20-03-2026;S/2;Beta;250,50;250,50;19-04-2026;",
        )
    )
    assert ledger.items["amount_cents"].tolist() == [100_000, 25_050]
    assert len(ledger.quarantine) == 0
