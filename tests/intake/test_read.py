"""Small ledgers in the layouts of accounting packages, with expected values written out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from credit_helpers.intake.read import read_ledger
from credit_helpers.portfolio.ledger import Ledger

EBOEKHOUDEN = (
    "Relatiecode;Relatie;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand;Soort",
    "00123;Bakker B.V.;2026001;13-01-2026;12-02-2026;1.234,56;1.234,56;Factuur",
    "00124;Café Zoë;2026002;02-02-2026;04-03-2026;100,00;50,00;Factuur",
    "00124;Café Zoë;2026003;05-02-2026;;-20,00;-20,00;Creditnota",
    ";;;;;1.314,56;1.264,56;",
)


def codes(ledger: Ledger) -> set[str]:
    return {note.code for note in ledger.notes}


def reasons(ledger: Ledger) -> dict[int, str]:
    rows = ledger.quarantine
    return dict(zip(rows["row"].tolist(), rows["reason"].tolist(), strict=True))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_encodings_and_separators(write, encoding: str, separator: str) -> None:
    lines = [line.replace(";", separator) for line in EBOEKHOUDEN]
    ledger = read_ledger(write("open.csv", *lines, encoding=encoding))
    assert ledger.items["item_id"].tolist() == ["2026001", "2026002", "2026003"]
    assert ledger.items["amount_cents"].tolist() == [123456, 10000, -2000]
    assert ledger.items["kind"].tolist() == ["invoice", "invoice", "credit_note"]
    assert ledger.customers["customer_id"].tolist() == ["00123", "00124"]
    assert ledger.customers["name"].tolist() == ["Bakker B.V.", "Café Zoë"]
    assert ledger.settlements["amount_cents"].tolist() == [5000]
    assert ledger.settlements["settled_on"].isna().all()
    assert reasons(ledger) == {5: "total_row"}
    assert ("encoding_cp1252" in codes(ledger)) == (encoding == "cp1252")


def test_rows_and_cents_are_conserved(write) -> None:
    row = read_ledger(write("open.csv", *EBOEKHOUDEN)).intake.iloc[0]
    assert (row.rows_in, row.rows_accepted, row.rows_quarantined) == (4, 3, 1)
    assert (row.cents_in, row.cents_accepted, row.cents_quarantined) == (262912, 131456, 131456)


def test_titles_above_the_headers_and_the_day_of_the_export(write) -> None:
    ledger = read_ledger(
        write(
            "qb.csv",
            "Acme Inc,,,,,,",
            "As of 31 December 2025,,,,,,",
            ",,,,,,",
            "Num,Customer,Date,Due Date,Amount,Open Balance,P.O. #",
            '1001,Alpha Co,10/15/2025,11/14/2025,"1,284.50","1,284.50",',
            "1002,Beta LLC,10/20/2025,11/19/2025,300.00,100.00,P1",
            'TOTAL,,,,"1,584.50","1,384.50",',
        )
    )
    assert ledger.observed_on == pd.Timestamp("2025-12-31")
    assert ledger.items["due_on"].dt.day.tolist() == [14, 19]
    assert ledger.items["source_row"].tolist() == [5, 6]
    assert reasons(ledger) == {7: "total_row"}
    assert "totals_agree" in codes(ledger)


def test_subtotals_between_the_rows(write) -> None:
    ledger = read_ledger(
        write(
            "sub.csv",
            "Debiteurnummer;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Openstaand",
            "1;Alfa;F1;13-01-2026;12-02-2026;100,00",
            "1;Alfa;F2;14-01-2026;13-02-2026;50,00",
            "1;Subtotaal Alfa;;;;150,00",
            "2;Beta;F3;15-01-2026;14-02-2026;25,00",
            "2;Beta;;;;25,00",
            "Totaal;;;;;175,00",
        )
    )
    assert ledger.items["amount_cents"].sum() == 17500
    assert set(reasons(ledger).values()) == {"total_row"}


def test_a_total_that_does_not_agree_is_told(write) -> None:
    path = write(
        "t.csv",
        "Klant;Factuur;Factuurdatum;Vervaldatum;Bedrag",
        "A;F1;13-01-2026;12-02-2026;100,00",
        "Totaal;;;;300,00",
    )
    assert "totals_differ" in codes(read_ledger(path))


def test_names_zeros_and_na_stay(write) -> None:
    ledger = read_ledger(
        write(
            "na.csv",
            "customer,invoice no,invoice date,due date,amount",
            "NA,001,2026-01-13,2026-02-12,10.00",
            "NA,002,2026-01-13,,(5.00)",
            "null,003,2026-01-13,0000-00-00,12-",
        )
    )
    assert ledger.customers["name"].tolist() == ["NA", "null"]
    assert ledger.items["item_id"].tolist() == ["001", "002", "003"]
    assert ledger.items["due_on"].isna().tolist() == [False, True, True]


def test_rows_that_lack_something_are_set_aside_with_the_reason(write) -> None:
    ledger = read_ledger(
        write(
            "dirty.csv",
            "Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag",
            "A;1;13-01-2026;12-02-2026;10,00",
            "A;2;13-01-2026;12-02-2026;",
            "A;3;;12-02-2026;10,00",
            ";4;13-01-2026;12-02-2026;10,00",
            "A;5;13-01-2026;31-02-2026;10,00",
            "A;6;13-01-2026;12-02-2026;tien",
            "A;1;13-01-2026;12-02-2026;10,00",
            "A;7;14-01-2026;13-02-2026;11,00",
            "",
            "A;8;14-01-2026;13-02-2026;11,00;x",
            "A;9;14-01-2026;13-02-2026;11,00",
        )
    )
    assert reasons(ledger) == {
        3: "missing_amount",
        4: "missing_issue_date",
        5: "missing_customer",
        6: "unreadable_date",
        7: "unreadable_amount",
        8: "exact_duplicate",
        11: "ragged_row",
    }
    assert ledger.items["document"].tolist() == ["1", "7", "9"]
    assert '"Factuurnummer": "2"' in ledger.quarantine["original"].iloc[0]
    assert "many_set_aside" in codes(ledger)


def test_invoices_and_their_settlement_in_one_file(write) -> None:
    ledger = read_ledger(
        write(
            "paid.csv",
            "Klant,Factuurnr,Factuurdatum,Vervaldatum,Factuurbedrag,Betaald op",
            "A,1,2026-01-13,2026-02-12,10.00,2026-02-20",
            "B,2,2026-01-13,2026-02-12,10.00,",
        )
    )
    assert ledger.settlements["item_id"].tolist() == ["1"]
    assert ledger.settlements["settled_on"].iloc[0] == pd.Timestamp("2026-02-20")
    assert ledger.at(pd.Timestamp("2026-03-01")).outstanding_cents == 1000


def test_debit_and_credit_columns(write) -> None:
    ledger = read_ledger(
        write(
            "card.csv",
            "Debiteur;Naam;Datum;Vervaldatum;Boekstuk;Soort;Debet;Credit",
            "1;A;13-01-2026;12-02-2026;F1;Factuur;100,00;",
            "1;A;20-01-2026;;B1;Betaling;;40,00",
        )
    )
    assert ledger.items["amount_cents"].tolist() == [10000, -4000]
    assert ledger.items["kind"].tolist() == ["invoice", "unapplied_cash"]


def test_credits_without_a_sign_are_turned(write) -> None:
    ledger = read_ledger(
        write(
            "c.csv",
            "Klant;Factuurnr;Factuurdatum;Vervaldatum;Bedrag;Soort",
            "A;1;13-01-2026;12-02-2026;100,00;Factuur",
            "A;2;14-01-2026;12-02-2026;40,00;Creditnota",
        )
    )
    assert ledger.items["amount_cents"].tolist() == [10000, -4000]
    assert "credits_turned" in codes(ledger)


def test_disputes_from_a_flag_or_a_reason(write) -> None:
    head = "Klant,Factuurnr,Factuurdatum,Vervaldatum,Bedrag,"
    flagged = write("a.csv", head + "Betwist", "A,1,2026-01-13,2026-02-12,10.00,Ja")
    assert read_ledger(flagged).disputes["item_id"].tolist() == ["1"]
    row = "A,{},2026-01-13,2026-02-12,10.00,{}"
    reason = write("b.csv", head + "Dispute Reason", row.format(1, "Prijs"), row.format(2, ""))
    assert read_ledger(reason).disputes["reason"].tolist() == ["Prijs"]


def test_one_number_with_several_names_keeps_the_most_frequent(write) -> None:
    row = "{},7,{},2026-01-{},2026-02-12,10.00"
    ledger = read_ledger(
        write(
            "n.csv",
            "Klantnaam,Klantnummer,Factuurnr,Factuurdatum,Vervaldatum,Bedrag",
            row.format("Alfa", 1, 13),
            row.format("Alfa BV", 2, 14),
            row.format("Alfa BV", 3, 15),
        )
    )
    assert ledger.customers["name"].tolist() == ["Alfa BV"]
    assert "names_differ" in codes(ledger)


def test_the_same_number_twice_gets_ids_of_its_own(write) -> None:
    ledger = read_ledger(
        write(
            "d.csv",
            "Klant,Factuurnr,Factuurdatum,Vervaldatum,Bedrag",
            "A,1,2026-01-13,2026-02-12,10.00",
            "B,1,2026-01-13,2026-02-12,20.00",
            "B,,2026-01-13,2026-02-12,30.00",
        )
    )
    assert ledger.items["item_id"].tolist() == ["A/1", "B/1", "B/4"]
    assert ledger.items["document"].tolist() == ["1", "1", ""]


def test_one_table_grouped_by_debtor(tmp_path: Path) -> None:
    rows = [
        ["Aged Receivables Detail"],
        ["As at 31 March 2026"],
        [],
        ["Invoice Date", "Due Date", "Invoice Number", "Reference", "< 1 Month", "Older", "Total"],
        ["Alfa BV"],
        [dt.datetime(2026, 1, 13), dt.datetime(2026, 2, 12), "INV-1", "", 0, 100.5, 100.5],
        [dt.datetime(2026, 2, 13), dt.datetime(2026, 3, 12), "INV-2", "", 50, 0, 50],
        ["Total Alfa BV", "", "", "", 50, 100.5, 150.5],
        ["Beta BV"],
        [dt.datetime(2026, 2, 13), dt.datetime(2026, 3, 12), "INV-3", "", 25, 0, 25],
        ["Total", "", "", "", 75, 100.5, 0],
    ]
    ledger = read_ledger(workbook(tmp_path / "xero.xlsx", {"Aged": rows}))
    assert ledger.items["customer_id"].tolist() == ["Alfa BV", "Alfa BV", "Beta BV"]
    assert ledger.items["amount_cents"].tolist() == [10050, 5000, 2500]
    assert ledger.observed_on == pd.Timestamp("2026-03-31")


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd-mm-yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    book.close()
    return path


def test_several_sheets_and_day_numbers(tmp_path: Path) -> None:
    head = ["Debiteur", "Factuurnummer", "Factuurdatum", "Vervaldatum", "Bedrag"]
    first, second = [1, "F1", 45000, 45030, 100], [2, "F2", 45001, 45031, 200.35]
    sheets = {
        "Alles": [head, first, second],
        "Vervallen": [head, first],
        "Uitleg": [["Over deze lijst"]],
    }
    ledger = read_ledger(workbook(tmp_path / "m.xlsx", sheets))
    assert ledger.items["amount_cents"].tolist() == [10000, 20035]
    assert ledger.items["issued_on"].iloc[0] == pd.Timestamp("2023-03-15")
    assert ledger.items["customer_id"].tolist() == ["1", "2"]
    assert ledger.quarantine["reason"].tolist() == ["duplicate_elsewhere"]
    assert "table_unused" in codes(ledger)


def test_parquet_with_dates_and_numbers(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "customer": ["A", "B"],
            "invoice_number": [17, 18],
            "invoice_date": pd.to_datetime(["2026-01-03", "2026-01-04"]),
            "due_date": pd.to_datetime(["2026-02-03", None]),
            "amount": [10.1, 0.29],
        }
    )
    frame.to_parquet(tmp_path / "l.parquet")
    ledger = read_ledger(tmp_path / "l.parquet")
    assert ledger.items["amount_cents"].tolist() == [1010, 29]
    assert ledger.items["due_on"].isna().tolist() == [False, True]
    assert ledger.items["item_id"].tolist() == ["17", "18"]


def test_a_base_amount_alone_is_the_amount(write) -> None:
    """SAP writes the minus behind the amount, and a total per currency below the rows."""
    ledger = read_ledger(
        write(
            "fbl5n.txt",
            "Account\tDocument Number\tDocument Type\tDocument Date\tNet due date"
            "\tAmount in local currency\tLocal Currency",
            "0000100001\t9000001\tRV\t01.09.2026\t01.10.2026\t1.000,00\tEUR",
            "0000100001\t9000002\tDZ\t15.10.2026\t15.10.2026\t400,00-\tEUR",
            "0000100002\t9000003\tRV\t20.10.2026\t19.11.2026\t2.500,50\tUSD",
            "*\t\t\t\t\t600,00\tEUR",
            "*\t\t\t\t\t2.500,50\tUSD",
            encoding="utf-16",
        )
    )
    (apart,) = ledger.apart
    assert ledger.items["amount_cents"].tolist() == [100_000, -40_000]
    assert apart.items["amount_cents"].tolist() == [250_050]
    assert reasons(ledger) == {5: "total_row", 6: "total_row"}
    assert "totals_agree" in codes(ledger)


def test_terms_take_the_place_of_due_dates_only_when_asked(write, tmp_path: Path) -> None:
    write("open.csv", "Klant;Factuur;Datum;Termijn;Bedrag", "A;F1;13-01-2026;14;100,00")
    left = read_ledger(tmp_path)
    assert left.items["due_on"].isna().all()
    assert "no_due_dates_but_terms" in codes(left)
    rule = '[terms]\nmissing_due_date = "customer_terms"\n'
    (tmp_path / "client.toml").write_text(rule, encoding="utf-8")
    told = read_ledger(tmp_path)
    assert told.items["due_on"].tolist() == [pd.Timestamp("2026-01-27")]
    assert "due_dates_by_rule" in codes(told)
    assert "no_due_dates_but_terms" not in codes(told)
