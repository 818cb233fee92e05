"""A small imitation of each package's export: recognised by name, and open to the cent."""

from __future__ import annotations

import pandas as pd
import pytest

from credit_helpers.intake.client import ClientConfig
from credit_helpers.intake.client_check import DATE_ORDERS, DECIMALS
from credit_helpers.intake.headers import columns
from credit_helpers.intake.profiles import profile_of, profiles
from credit_helpers.intake.read import read_ledger
from credit_helpers.intake.reading import read_tables

# Per profile: lines, open cents and overdue cents on 31 March 2026.
PACKAGES: dict[str, tuple[list[str], int, int]] = {
    "Exact Online": ([
        "HID,AccountCode,AccountId,AccountName,Amount,CurrencyCode,Description,DueDate,"
        "EntryNumber,Id,InvoiceDate,InvoiceNumber,JournalCode,YourRef",
        '1,"               100",g1,Alfa,1500.00,EUR,Factuur,2026-02-01,55,x,2026-01-01,26001,70,PO',
        '2,"               101",g2,Beta,-250.00,EUR,Credit,2026-04-05,56,y,2026-03-05,26002,70,',
    ], 125_000, 150_000),
    "AFAS Profit": ([
        "Factuurnr.;Naam;Deb.nr.;Omschrijving factuur;Boekstuk;Vervalt;Factuur;Saldo;Aanmaningen",
        "26001;Alfa;1001;Verkoop;13-01-2026;12-02-2026;1.210,00;605,00;2",
        "26002;Beta;1002;Verkoop;13-03-2026;12-04-2026;2.420,00;2.420,00;0",
    ], 302_500, 60_500),
    "AFAS Profit (connector)": ([
        "InvoiceNr;DebtorId;Description;NookPieceDate;ExpDate;AmtInvoice;Balance;UnitId;CurrencyId",
        "26001;1001;Verkoop;2026-01-13;2026-02-12;1210,00;605,00;1;EUR",
    ], 60_500, 60_500),
    "Twinfield": ([
        "Dagboek;Naam;Boekst.nr.;Status;Boekdatum;Debiteur;Naam;Valuta;Bedrag;Openstaand bedrag;"
        "Factuurnr.;Vervaldatum;Betaalstatus",
        "VRK;Verkoop;202600001;final;13-01-2026;1001;Alfa;EUR;1.210,00;605,00;26001;12-02-2026;"
        "Beschikbaar",
    ], 60_500, 60_500),
    "SnelStart": ([
        "id;verkoopBoeking;openstaandSaldo;factuurnummer;vervalDatum;relatie;factuurDatum;"
        "factuurBedrag",
        "a;b;605,00;26001;2026-02-12;Alfa;2026-01-13;1210,00",
    ], 60_500, 60_500),
    "Moneybird": ([
        "id,contact_id,contact,invoice_id,state,invoice_date,due_date,currency,paid_at,total_paid,"
        "total_unpaid,total_price_incl_tax",
        "1,c1,Alfa,2026-0001,paid,2026-01-05,2026-02-04,EUR,2026-02-10,121.00,0.00,121.00",
        "2,c1,Alfa,2026-0002,late,2026-01-13,2026-02-12,EUR,,0.00,242.00,242.00",
    ], 24_200, 24_200),
    "e-Boekhouden": ([
        "MutDatum;MutFactuur;RelCode;RelBedrijf;Bedrag;Voldaan;Openstaand",
        "2026-01-13;F1;K1;Alfa;100,00;0,00;100,00",
        "2026-02-13;F2;K2;Beta;200,00;50,00;150,00",
    ], 25_000, 0),
    "e-Boekhouden (CSV)": ([
        "Relatiecode;Relatie;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand;Soort",
        "K1;Alfa;F1;13-01-2026;12-02-2026;100,00;60,00;Factuur",
    ], 6_000, 6_000),
    "Yuki": ([
        "Date;Description;Contact;OpenAmount;OriginalAmount;Type;Reference;DueDate;ContactCode",
        "2026-01-13;Verkoop;Alfa;60,00;100,00;Verkoopfactuur;F1;2026-02-12;K1",
    ], 6_000, 6_000),
    "AccountView": ([
        "Debiteurnummer;Naam;Factuurnummer;Factuurdatum;Vervaldatum;DR_AMT;CR_AMT;CRED_DAYS;"
        "CUR_CODE;DJ_CODE",
        "K1;Alfa;F1;13-01-2026;12-02-2026;100,00;;30;EUR;VRK",
        "K1;Alfa;C2;14-01-2026;13-02-2026;;40,00;30;EUR;VRK",
    ], 6_000, 6_000),
    "SAP FBL5N (German)": ([
        "Konto\tZuordnung\tBelegnummer\tBelegart\tBelegdatum\tNettofälligkeit"
        "\tBetrag in Hauswährung\tHauswährung\tText",
        "100001\tx\t9000001\tRV\t13.01.2026\t12.02.2026\t1.000,00\tEUR\t",
        "100001\tx\t9000002\tDZ\t20.02.2026\t20.02.2026\t400,00-\tEUR\t",
        "*\t\t\t\t\t\t600,00\tEUR\t",
    ], 60_000, 60_000),
    "SAP FBL5N (English)": ([
        "Account\tDocument Number\tDocument Type\tDocument Date\tNet due date"
        "\tAmount in local currency\tLocal Currency\tAssignment",
        "100001\t9000001\tRV\t13.01.2026\t12.02.2026\t1.000,00\tEUR\tx",
        "100001\t9000002\tDZ\t20.02.2026\t20.02.2026\t400,00-\tEUR\tx",
        "*\t\t\t\t\t600,00\tEUR\t",
    ], 60_000, 60_000),
    "Dynamics 365 Business Central": ([
        "Entry_No,Customer_No,Posting_Date,Due_Date,Document_Date,Document_Type,Document_No,"
        "Currency_Code,Amount,Remaining_Amount",
        "1,C001,2026-01-13,2026-02-12,2026-01-13,Invoice,F1,EUR,100.00,60.00",
        "2,C001,2026-01-20,2026-01-20,2026-01-20,Credit Memo,C2,EUR,-10.00,-10.00",
    ], 5_000, 5_000),
    "Odoo (OCA open items)": ([
        "Date,Entry,Journal,Account,Partner,Ref - Label,Due date,Original,Residual",
        "2026-01-13,INV/2026/1,INV,110000,Alfa,INV/2026/1,2026-02-12,100.00,60.00",
    ], 6_000, 6_000),
    "Odoo (OCA open posten)": ([
        "Datum,Boeking,Dagboek,Rekening,Partner,Ref - Label,Vervaldatum,Origineel,Resterend",
        "2026-01-13,INV/2026/1,INV,110000,Alfa,INV/2026/1,2026-02-12,100.00,60.00",
    ], 6_000, 6_000),
    "ERPNext": ([
        "Posting Date,Party,Voucher Type,Voucher No,Due Date,Invoiced Amount,Paid Amount,"
        "Credit Note,Outstanding Amount,Age (Days),Currency",
        "2026-01-13,Alfa,Sales Invoice,SINV-1,2026-02-12,100.00,40.00,0.00,60.00,47,EUR",
    ], 6_000, 6_000),
    "QuickBooks": ([
        "Acme Inc", "A/R Aging Detail", '"As of March 31, 2026"', "",
        "Num,Customer,Date,Due Date,Amount,Open Balance,P.O. #",
        '1001,Alfa,01/13/2026,02/12/2026,"1,284.50","1,284.50",PO7',
    ], 128_450, 128_450),
    "Xero": ([
        "Aged Receivables Detail", "Demo", "As at 31 March 2026", "Ageing by due date", "",
        "Contact Account Number,Primary Person,Phone,Contact Group,Invoice Date,Due Date,"
        "Expected Date,Invoice Number,Invoice Reference,< 1 Month,1 Month,2 Months,3 Months,Older,"
        "Total,Outstanding Tax",
        "",
        "Alfa,,,,,,,,,,,,,,,",
        ",,,,13 Jan 2026,12 Feb 2026,,F1,,,60.00,,,,60.00,10.00",
        ",,,,15 Jan 2026,14 Feb 2026,,F2,,,40.00,,,,40.00,5.00",
        "Total Alfa,,,,,,,,,,100.00,,,,100.00,15.00",
        "Total,,,,,,,,,,100.00,,,,100.00,15.00",
    ], 10_000, 10_000),
    "Sage 50 (audit trail)": ([
        "TRAN_NUMBER,TYPE,DATE,ACCOUNT_REF,INV_REF,DETAILS,DUE_DATE,NET_AMOUNT,TAX_AMOUNT,"
        "GROSS_AMOUNT,AMOUNT_PAID,OUTSTANDING,CURRENCY",
        "1,SI,13/01/2026,ALFA,F1,Goods,12/02/2026,100.00,20.00,120.00,40.00,80.00,1",
        "2,SC,20/01/2026,ALFA,C2,Returned,20/01/2026,-10.00,-2.00,-12.00,0.00,-12.00,1",
    ], 6_800, 6_800),
    "Sage 50 (aged debtors)": ([
        "CustomerRecord.AccountReference,CustomerRecord.AccountName,TransactionOverview.Number,"
        "TransactionOverview.Type,TransactionOverview.Date,TransactionOverview.Reference,"
        "TransactionOverview.Details,TransactionOverview.AgedAmount",
        "ALFA,Alfa Ltd,1,SI,13/01/2026,F1,Goods,80.00",
        "BETA,Beta Ltd,2,SI,14/01/2026,F2,Goods,20.00",
    ], 10_000, 0),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(profile.name for profile in profiles().values()))
def test_an_imitation_is_recognised_and_exact(write, name: str) -> None:
    lines, open_cents, overdue_cents = PACKAGES[name]
    ledger = read_ledger(write("export.csv", *lines))
    note = next(note for note in ledger.notes if note.code == "package_recognised")
    assert note.values["package"] == name
    open_items = ledger.at(pd.Timestamp("2026-03-31")).open_items
    overdue = open_items[open_items["days_past_due"] > 0]
    found = (open_items["outstanding_cents"].sum(), overdue["outstanding_cents"].sum())
    assert found == (open_cents, overdue_cents)


def test_a_confirmed_profile_goes_before_the_one_that_the_columns_suggest() -> None:
    both = [*profiles()["moneybird"].headers, "Num", "Open Balance"]
    assert profile_of(both)[0] is profiles()["moneybird"]
    assert profile_of(both, "quickbooks")[0] is profiles()["quickbooks"]
    assert profile_of(["Num"], "quickbooks") == (None, 0.0)


@pytest.mark.parametrize(("confirmed", "known"), [("", set()), ("afas", {"AFAS Profit"})])
def test_a_confirmed_profile_is_known_by_few_of_its_columns(write, confirmed, known) -> None:
    lines = ["Deb.nr.;Boekstuk;Vervalt;Saldo", "1001;13-01-2026;12-02-2026;605,00"]
    reading = read_tables(write("export.csv", *lines), ClientConfig("x", profile=confirmed))
    notes = [note.values for note in reading.notes if note.code == "package_recognised"]
    assert {values["package"] for values in notes} == known


@pytest.mark.parametrize("profile", profiles().values(), ids=lambda profile: profile.code)
def test_a_profile_says_only_what_the_program_understands(profile) -> None:
    words = columns()["tables"]["invoices"]
    assert set(profile.columns) <= set(words)
    assert set(profile.columns.values()) <= set(profile.headers)
    assert set(profile.formats) <= {"dates", "decimals"}
    assert profile.formats.get("dates", DATE_ORDERS[0]) in DATE_ORDERS
    assert profile.formats.get("decimals", ",") in DECIMALS
    assert set(profile.ask) <= {"payment_history", "due_dates", "limits", "terms"}
    assert profile.language in ("nl", "en")
