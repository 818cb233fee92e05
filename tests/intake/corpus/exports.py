# ruff: noqa: E501 (lines of the files stay whole)
"""Exports as packages write them and lists as people keep them: a small imitation of each.

A layout is kept where it matters: titles, party rows, totals, the notation of amounts and days, and
the columns beside those that count.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Export:
    """The text of a file, and the cents open and overdue on 31-03-2026, or the refusal."""

    name: str
    text: str
    open_cents: int = 170_000
    overdue_cents: int = 123_456
    file: str = "posten.csv"
    encoding: str = "utf-8"
    refused: str = ""


EXPORTS = (
    Export(
        "printed list in German with lines drawn between the rows",
        """\
Debitoren-Einzelpostenliste

-----------------------------------------------------------------------------
|Debitor|Name 1|Belegnr|Belegdatum|Nettofälligkeit|Betrag in HW|HWähr|
-----------------------------------------------------------------------------
|001    |Bakker|F1     |13.01.2026|12.02.2026     |  1.234,56  |EUR  |
|001    |Bakker|C3     |25.02.2026|               |     34,56- |EUR  |
|002    |Zoë   |F2     |20.03.2026|19.04.2026     |    500,00  |EUR  |
-----------------------------------------------------------------------------
|*      |      |       |          |               |  1.700,00  |EUR  |
-----------------------------------------------------------------------------
""",
        file="fbl5n.txt",
    ),
    Export(
        "number and name of the debtor above the rows, in columns of their own",
        """\
Openstaande posten;;;;;;
Per: 31-03-2026;;;;;;
Debiteur;Naam;Datum;Factuurnummer;Vervaldatum;Bedrag;Openstaand
001;Bakker;;;;;
;;13-01-2026;F1;12-02-2026;1.234,56;1.234,56
;;25-02-2026;C3;;-34,56;-34,56
;Totaal Bakker;;;;1.200,00;1.200,00

002;Zoë;;;;;
;;20-03-2026;F2;19-04-2026;500,00;500,00
;Totaal Zoë;;;;500,00;500,00

;Totaal;;;;1.700,00;1.700,00
""",
    ),
    Export(
        "sum of the debtor beside its number and name",
        """\
Debiteur;Naam;Datum;Factuurnummer;Vervaldatum;Openstaand
001;Bakker;;;;1.200,00
;;13-01-2026;F1;12-02-2026;1.234,56
;;25-02-2026;C3;;-34,56
002;Zoë;;;;500,00
;;20-03-2026;F2;19-04-2026;500,00
""",
    ),
    Export(
        "debit, credit and their total",
        """\
Nr. debiteur;Naam debiteur;Factuur;Boekdatum;Vervaldatum;Debet;Credit
001;Bakker;F1;13-01-2026;12-02-2026;1.234,56;
002;Zoë;F2;20-03-2026;19-04-2026;500,00;
001;Bakker;C3;25-02-2026;;;34,56
Totaal;;;;;1.734,56;34,56
""",
    ),
    Export(
        "classes of age as headings with a total of each",
        """\
Date;Transaction type;Num;Customer;Due date;Amount;Open balance
1 - 60 days past due;;;;;;
13-01-2026;Invoice;F1;Bakker;12-02-2026;1.234,56;1.234,56
25-02-2026;Credit Memo;C3;Bakker;;-34,56;-34,56
Total for 1 - 60 days past due;;;;;1.200,00;1.200,00
Current;;;;;;
20-03-2026;Invoice;F2;Zoë;19-04-2026;500,00;500,00
Total for Current;;;;;500,00;500,00
TOTAL;;;;;1.700,00;1.700,00
""",
    ),
    Export(
        "exact screen, party rows",
        """\
Openstaande posten: Debiteuren
Administratie;900 Voorbeeld B.V.
Peildatum;31-03-2026

Dagboek;Boekstuk;Factuurnummer;Omschrijving;Datum;Vervaldatum;Dagen;Bedrag;Openstaand;Valuta
001 - Bakker B.V.;;;;;;;;;
70;20260001;20260001;Verkoop;13-01-2026;12-02-2026;47;1.234,56;1.234,56;EUR
70;20260007;20260007;Credit;25-02-2026;;;-34,56;-34,56;EUR
Subtotaal 001 - Bakker B.V.;;;;;;;1.200,00;1.200,00;EUR
002 - Café Zoë;;;;;;;;;
70;20260009;20260009;Verkoop;20-03-2026;19-04-2026;;500,00;500,00;EUR
Subtotaal 002 - Café Zoë;;;;;;;500,00;500,00;EUR
Totaal;;;;;;;1.700,00;1.700,00;EUR
""",
    ),
    Export(
        "exact api padded, zero number",
        """\
HID;AccountCode;AccountName;Amount;CurrencyCode;Description;DueDate;EntryNumber;InvoiceDate;InvoiceNumber;JournalCode;YourRef
1;"                 1";Bakker;1234.56;EUR;x;2026-02-12;26700001;2026-01-13;26700001;70;PO 1
2;"                 2";Zoë;500;EUR;x;2026-04-19;26700002;2026-03-20;26700002;70;
3;"                 1";Bakker;-34.56;EUR;betaling;;26200001;2026-02-25;0;20;
""",
    ),
    Export(
        "afas pbc",
        """\
Factuurnr.;Naam;Deb.nr.;Omschrijving factuur;Boekstuk;Vervalt;Factuur;Saldo;Aanmaningen;Vervaldagen;Factuurstatus
F1;Bakker;10001;levering;13-01-2026;12-02-2026;1.234,56;1.234,56;1;47;Open
F2;Zoë;10002;levering;20-03-2026;19-04-2026;800,00;500,00;0;-19;Open
C3;Bakker;10001;retour;25-02-2026;;-34,56;-34,56;0;;Open
""",
    ),
    Export(
        "afas openstaande posten gegroepeerd",
        """\
Voorbeeld B.V.;;;;;;
Openstaande posten verkoop per 31-03-2026;;;;;;
;;;;;;
Debiteur;Naam;Factuurnummer;Datum;Vervaldatum;Oorspr. bedrag;Openstaand bedrag
10001;Bakker;F1;13-01-2026;12-02-2026;1.234,56;1.234,56
;;C3;25-02-2026;25-02-2026;-34,56;-34,56
Totaal 10001;;;;;1.200,00;1.200,00
10002;Zoë;F2;20-03-2026;19-04-2026;500,00;500,00
Totaal 10002;;;;;500,00;500,00
Eindtotaal;;;;;1.700,00;1.700,00
""",
        overdue_cents=120_000,
    ),
    Export(
        "debtor on its first row only, a nameless total below each",
        """\
Debiteur;;Factuur;;;Valuta;Openstaand
Code;Naam;Nummer;Datum;Verval;;EUR
001;Bakker;F1;13-01-2026;12-02-2026;EUR;1.234,56
;;C3;25-02-2026;;EUR;-34,56
;Totaal;;;;;1.200,00
002;Zoë;F2;20-03-2026;19-04-2026;EUR;500,00
;Totaal;;;;;500,00
;Generaal totaal;;;;;1.700,00
""",
        encoding="cp1252",
    ),
    Export(
        "twinfield kaart",
        """\
Dagboek;Naam;Boekst.nr.;Status;Boekdatum;Debiteur;Naam;Valuta;Bedrag;Euro;Openstaand bedrag;Factuurnr.;Vervaldatum;Betaalstatus
VRK;Verkoop;2026001;Definitief;13-01-2026;1001;Bakker;EUR;1.234,56;1.234,56;1.234,56;F1;12-02-2026;Beschikbaar
VRK;Verkoop;2026002;Definitief;20-03-2026;1002;Zoë;EUR;500,00;500,00;500,00;F2;19-04-2026;Beschikbaar
VRK;Verkoop;2026003;Definitief;25-02-2026;1001;Bakker;EUR;-34,56;-34,56;-34,56;C3;;Beschikbaar
""",
    ),
    Export(
        "amounts in columns of age only",
        """\
Debiteur;Factuur;Factuurdatum;Vervaldatum;Niet vervallen;1-30;31-60;61-90;> 90
Bakker;F1;13-01-2026;12-02-2026;0,00;0,00;1.234,56;0,00;0,00
Zoë;F2;20-03-2026;19-04-2026;500,00;;;;
Bakker;C3;25-02-2026;;-34,56;;;;
Totaal;;;;465,44;0,00;1.234,56;0,00;0,00
""",
    ),
    Export(
        "snelstart lijst",
        """\
Factuurnummer;Factuurdatum;Vervaldatum;Klantnummer;Klant;Factuurbedrag;Openstaand saldo
F1;13-01-2026;12-02-2026;1;Bakker;€ 1.234,56;€ 1.234,56
F2;20-03-2026;19-04-2026;2;Zoë;€ 800,00;€ 500,00
C3;25-02-2026;;1;Bakker;€ -34,56;€ -34,56
""",
    ),
    Export(
        "moneybird",
        """\
Factuurnummer,Referentie,Contact,Klantnummer,Factuurdatum,Vervaldatum,Status,Totaal excl. btw,Btw,Totaal incl. btw,Betaald,Nog te betalen,Valuta
2026-0001,,Bakker,1,2026-01-13,2026-02-12,late,1020.30,214.26,1234.56,0.00,1234.56,EUR
2026-0002,,Zoë,2,2026-03-20,2026-04-19,open,661.16,138.84,800.00,300.00,500.00,EUR
2026-0003,,Bakker,1,2026-02-25,2026-02-25,open,-28.56,-6.00,-34.56,0.00,-34.56,EUR
2026-0004,,Zoë,2,2026-02-25,2026-02-25,paid,100.00,21.00,121.00,121.00,0.00,EUR
""",
        overdue_cents=120_000,
    ),
    Export(
        "eboekhouden",
        """\
Relatiecode;Relatie;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand;Soort
BAK;Bakker;F1;13-01-2026;12-02-2026;1234,56;1234,56;Factuur verstuurd
ZOE;Zoë;F2;20-03-2026;19-04-2026;800;500;Factuur verstuurd
BAK;Bakker;C3;25-02-2026;;-34,56;-34,56;Factuur verstuurd
""",
    ),
    Export(
        "yuki",
        """\
Datum;Omschrijving;Relatie;Openstaand bedrag;Oorspronkelijk bedrag;Type;Referentie;Vervaldatum;Relatiecode
13-01-2026;Factuur F1;Bakker;1.234,56;1.234,56;Verkoopfactuur;F1;12-02-2026;1
20-03-2026;Factuur F2;Zoë;500,00;800,00;Verkoopfactuur;F2;19-04-2026;2
25-02-2026;Credit C3;Bakker;-34,56;-34,56;Verkoopfactuur;C3;;1
""",
    ),
    Export(
        "sap de pipe list",
        """\
31.03.2026                     Dynamische Listenausgabe                     1
------------------------------------------------------------------------------
Debitorenkonto        1000234
Buchungskreis         NL01

------------------------------------------------------------------------------
|Konto  |Name    |Belegnr   |Art|Belegdatum|Nettofälligkeit|Betrag in Hauswährung|HWähr|
------------------------------------------------------------------------------
|1000234|Bakker  |1800000001|DR |13.01.2026|12.02.2026     |            1.234,56 |EUR  |
|1000235|Zoë     |1800000002|DR |20.03.2026|19.04.2026     |              500,00 |EUR  |
|1000234|Bakker  |1600000003|DG |25.02.2026|25.02.2026     |               34,56-|EUR  |
------------------------------------------------------------------------------
|*      |        |          |   |          |               |            1.700,00 |EUR  |
------------------------------------------------------------------------------
""",
        overdue_cents=120_000,
        file="fbl5n.txt",
        encoding="cp1252",
    ),
    Export(
        "sap en tab",
        """\
Account\tName 1\tDocument Number\tDocument Type\tDocument Date\tNet due date\tAmount in local currency\tLocal Currency\tText
1000234\tBakker\t1800000001\tRV\t01/13/2026\t02/12/2026\t1,234.56\tEUR\t
1000235\tZoë\t1800000002\tRV\t03/20/2026\t04/19/2026\t500.00\tEUR\t
1000234\tBakker\t1600000003\tRG\t02/25/2026\t02/25/2026\t34.56-\tEUR\t
\t\t\t\t\t\t1,700.00\tEUR\t
""",
        overdue_cents=120_000,
        file="export.xls",
        encoding="utf-16",
    ),
    Export(
        "sap de csv",
        """\
Konto;Name 1;Belegnummer;Belegart;Belegdatum;Nettofälligkeitsdatum;Betrag in Hauswährung;Hauswährung;Ausgleichsbeleg;Text
1000234;Bakker;1800000001;DR;13.01.2026;12.02.2026;1.234,56;EUR;;
1000235;Zoë;1800000002;DR;20.03.2026;19.04.2026;500,00;EUR;;
1000234;Bakker;1600000003;DG;25.02.2026;25.02.2026;34,56-;EUR;;
;;;;;;1.700,00;EUR;;
""",
        overdue_cents=120_000,
        encoding="cp1252",
    ),
    Export(
        "bc en",
        """\
Posting Date,Document Type,Document No.,Customer No.,Customer Name,Description,Currency Code,Original Amount,Amount,Amount (LCY),Remaining Amount,Remaining Amt. (LCY),Due Date,Open
1/13/2026,Invoice,103001,C10,Bakker,Order 1,,"1,234.56","1,234.56","1,234.56","1,234.56","1,234.56",2/12/2026,Yes
3/20/2026,Invoice,103002,C20,Zoë,Order 2,,800.00,800.00,800.00,500.00,500.00,4/19/2026,Yes
2/25/2026,Credit Memo,104001,C10,Bakker,Credit,,-34.56,-34.56,-34.56,-34.56,-34.56,2/25/2026,Yes
""",
        overdue_cents=120_000,
    ),
    Export(
        "bc nl klantposten",
        """\
Boekingsdatum;Documentsoort;Documentnr.;Klantnr.;Klantnaam;Omschrijving;Valutacode;Oorspronkelijk bedrag;Bedrag;Bedrag (LV);Restbedrag;Restbedrag (LV);Vervaldatum;Open
13-01-2026;Factuur;103001;C10;Bakker;Order 1;;1.234,56;1.234,56;1.234,56;1.234,56;1.234,56;12-02-2026;Ja
20-03-2026;Factuur;103002;C20;Zoë;Order 2;;800,00;800,00;800,00;500,00;500,00;19-04-2026;Ja
25-02-2026;Creditnota;104001;C10;Bakker;Credit;;-34,56;-34,56;-34,56;-34,56;-34,56;25-02-2026;Ja
""",
        overdue_cents=120_000,
    ),
    Export(
        "odoo oca open items",
        """\
Open Items - Voorbeeld B.V. - EUR;;;;;;;;
Date at filter;31-03-2026;;;;;;;
110000 - Debiteuren;;;;;;;;
Bakker;;;;;;;;
Date;Entry;Journal;Account;Partner;Ref - Label;Due date;Original;Residual
13-01-2026;INV/2026/0001;INV;110000;Bakker;INV/2026/0001;12-02-2026;1234.56;1234.56
25-02-2026;RINV/2026/0001;INV;110000;Bakker;RINV/2026/0001;25-02-2026;-34.56;-34.56
Ending balance Bakker;;;;;;;1200.00;1200.00
Zoë;;;;;;;;
Date;Entry;Journal;Account;Partner;Ref - Label;Due date;Original;Residual
20-03-2026;INV/2026/0002;INV;110000;Zoë;INV/2026/0002;19-04-2026;800.00;500.00
Ending balance Zoë;;;;;;;800.00;500.00
Ending balance 110000 - Debiteuren;;;;;;;2000.00;1700.00
""",
        overdue_cents=120_000,
    ),
    Export(
        "odoo aged receivable with one ledger account and sums beside each debtor",
        """\
Aged Receivable;;;;;;;
;Invoice Date;Due Date;Currency;Account;At Date;1-30;Total
Bakker;;;;;0.00;1200.00;1200.00
INV/2026/0001;2026-01-13;2026-02-12;EUR;110200 Debtors;0.00;1234.56;1234.56
RINV/2026/0001;2026-02-25;2026-02-25;EUR;110200 Debtors;0.00;-34.56;-34.56
Zoë;;;;;500.00;0.00;500.00
INV/2026/0002;2026-03-20;2026-04-19;EUR;110200 Debtors;500.00;0.00;500.00
Total;;;;;500.00;1200.00;1700.00
""",
        overdue_cents=120_000,
    ),
    Export(
        "odoo native",
        """\
"Invoice Partner Display Name","Number","Invoice/Bill Date","Due Date","Tax Excluded Signed","Total Signed","Amount Due Signed","Payment Status","Status"
"Bakker","INV/2026/00001","2026-01-13","2026-02-12","1020.30","1234.56","1234.56","Not Paid","Posted"
"Zoë","INV/2026/00002","2026-03-20","2026-04-19","661.16","800.00","500.00","Partially Paid","Posted"
"Bakker","RINV/2026/00001","2026-02-25","2026-02-25","-28.56","-34.56","-34.56","Not Paid","Posted"
"Oud","INV/2026/00003","2026-02-25","2026-02-25","100.00","121.00","0.00","Paid","Posted"
""",
        overdue_cents=120_000,
    ),
    Export(
        "erpnext",
        """\
Posting Date,Customer,Receivable Account,Voucher Type,Voucher No,Due Date,Invoiced Amount,Paid Amount,Credit Note,Outstanding Amount,Age (Days),0-30,31-60,61-90,91-120,121-Above,Currency
2026-01-13,Bakker,Debtors - V,Sales Invoice,ACC-SINV-2026-00001,2026-02-12,1234.56,0.0,0.0,1234.56,77,0.0,0.0,1234.56,0.0,0.0,EUR
2026-03-20,Zoë,Debtors - V,Sales Invoice,ACC-SINV-2026-00002,2026-04-19,800.0,300.0,0.0,500.0,11,500.0,0.0,0.0,0.0,0.0,EUR
2026-02-25,Bakker,Debtors - V,Sales Invoice,ACC-SINV-2026-00003,2026-02-25,-34.56,0.0,0.0,-34.56,34,0.0,-34.56,0.0,0.0,0.0,EUR
Total,,,,,,2000.0,300.0,0.0,1700.0,,500.0,-34.56,1234.56,0.0,0.0,
""",
        overdue_cents=120_000,
    ),
    Export(
        "quickbooks detail",
        """\
Voorbeeld B.V.
A/R Aging Detail
"As of March 31, 2026"

Date,Transaction Type,Num,Customer,Due Date,Amount,Open Balance
"31 - 60 days past due",,,,,,
02/25/2026,Credit Memo,1003,Bakker,02/25/2026,-34.56,-34.56
01/13/2026,Invoice,1001,Bakker,02/12/2026,"1,234.56","1,234.56"
"Total for 31 - 60 days past due",,,,,"$1,200.00","$1,200.00"
Current,,,,,,
03/20/2026,Invoice,1002,Zoë,04/19/2026,800.00,500.00
"Total for Current",,,,,$800.00,$500.00
TOTAL,,,,,"$2,000.00","$1,700.00"

"Tuesday, March 31, 2026 10:05 AM GMT+01:00"
""",
        overdue_cents=120_000,
    ),
    Export(
        "quickbooks summary",
        """\
Voorbeeld B.V.
A/R Aging Summary
"As of March 31, 2026"

,Current,1 - 30,31 - 60,61 - 90,91 and over,Total
Bakker,,,"1,200.00",,,"1,200.00"
Zoë,500.00,,,,,500.00
TOTAL,500.00,0.00,"1,200.00",0.00,0.00,"$1,700.00"
""",
        refused="ageing_summary",
    ),
    Export(
        "xero detail",
        """\
Aged Receivables Detail,,,,,,,,,,
Voorbeeld B.V.,,,,,,,,,,
As at 31 March 2026,,,,,,,,,,
Ageing by due date,,,,,,,,,,

Invoice Date,Due Date,Invoice Number,Invoice Reference,Current,< 1 Month,1 Month,2 Months,3 Months,Older,Total
Bakker,,,,,,,,,,
13 Jan 2026,12 Feb 2026,INV-0001,PO 1,,,1234.56,,,,1234.56
25 Feb 2026,25 Feb 2026,CN-0003,,,,-34.56,,,,-34.56
Total Bakker,,,,0.00,0.00,1200.00,0.00,0.00,0.00,1200.00
Zoë,,,,,,,,,,
20 Mar 2026,19 Apr 2026,INV-0002,,500.00,,,,,,500.00
Total Zoë,,,,500.00,0.00,0.00,0.00,0.00,0.00,500.00
Total,,,,500.00,0.00,1200.00,0.00,0.00,0.00,1700.00
Percentage of total,,,,29.41%,0.00%,70.59%,0.00%,0.00%,0.00%,100.00%
""",
        overdue_cents=120_000,
    ),
    Export(
        "xero line export",
        """\
*ContactName,EmailAddress,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,TaxTotal,InvoiceAmountPaid,InvoiceAmountDue,InventoryItemCode,*Description,*Quantity,*UnitAmount,LineAmount,Currency,Type,Sent,Status
Bakker,,INV-1,,13/01/2026,12/02/2026,1234.56,214.26,0.00,1234.56,A,Stoel,1,1000,1000.00,EUR,Sales invoice,Sent,Awaiting Payment
Bakker,,INV-1,,13/01/2026,12/02/2026,1234.56,214.26,0.00,1234.56,B,Tafel,1,20.30,20.30,EUR,Sales invoice,Sent,Awaiting Payment
Zoë,,INV-2,,20/03/2026,19/04/2026,800.00,138.84,300.00,500.00,A,Stoel,1,661.16,661.16,EUR,Sales invoice,Sent,Awaiting Payment
Bakker,,CN-3,,25/02/2026,25/02/2026,-34.56,-6.00,0.00,-34.56,A,Stoel,-1,28.56,-28.56,EUR,Sales credit note,Sent,Awaiting Payment
""",
        overdue_cents=120_000,
    ),
    Export(
        "sage 50 aged detailed",
        """\
Aged Debtors Analysis (Detailed)
Date From: 01/01/1980,,,,,,,
A/C,Name,No,Type,Date,Due Date,Ref,Details,Balance,Current,Period 1
BAK001,Bakker,101,SI,13/01/2026,12/02/2026,1001,Goods,1234.56,,1234.56
BAK001,Bakker,103,SC,25/02/2026,25/02/2026,1003,Credit,-34.56,,-34.56
ZOE001,Zoë,102,SI,20/03/2026,19/04/2026,1002,Goods,500.00,500.00,
""",
        overdue_cents=120_000,
    ),
    Export(
        "datev opos",
        """\
Konto;Kontobezeichnung;Rechnungs-Nr.;Datum;Fälligkeit;Betrag Soll;Betrag Haben;Saldo;S/H
10001;Bakker;F1;13.01.2026;12.02.2026;1.234,56;;1.234,56;S
10002;Zoë;F2;20.03.2026;19.04.2026;500,00;;500,00;S
10001;Bakker;C3;25.02.2026;25.02.2026;;34,56;34,56;H
""",
        overdue_cents=120_000,
        encoding="cp1252",
    ),
    Export(
        "multivers",
        """\
Deb.nr;Naam;Factnr;Fact.dat;Verv.dat;Fact.bedrag;Openst.
1;Bakker;F1;130126;120226;1234,56;1234,56
2;Zoë;F2;200326;190426;800,00;500,00
1;Bakker;C3;250226;;-34,56;-34,56
""",
    ),
    Export(
        "running balance",
        """\
Debiteur;Naam;Boekstuk;Factuurdatum;Vervaldatum;Debet;Credit;Saldo
1;Bakker;F1;13-01-2026;12-02-2026;1.234,56;;1.234,56
1;Bakker;C3;25-02-2026;;;34,56;1.200,00
1;Bakker;F4;26-02-2026;28-03-2026;100,00;;1.300,00
1;Bakker;F5;27-02-2026;29-03-2026;50,00;;1.350,00
2;Zoë;F2;20-03-2026;19-04-2026;350,00;;350,00
""",
        overdue_cents=138_456,
    ),
    Export(
        "buckets only",
        """\
Klant;Factuur;Datum;Niet vervallen;0-30;31-60;61-90;>90
Bakker;F1;13-01-2026;;;1.234,56;;
Zoë;F2;20-03-2026;500,00;;;;
Bakker;C3;25-02-2026;;;-34,56;;
""",
        overdue_cents=0,  # no due dates
    ),
    Export(
        "hand kept",
        """\
Klant;factuur;datum;bedrag;betaald;opm
Bakker;F1;13-1-2026;€ 1.234,56;nee;bellen!
Zoë;F2;20-3-2026;€ 500,-;nee;
Bakker;C3;25-2-2026;(34,56);;creditnota
Oud;F0;2-1-2026;€ 100,-;ja;
""",
        overdue_cents=0,
    ),
    Export(
        "dates without year",
        """\
Klant;Factuur;Datum;Bedrag
Bakker;F1;13 jan;1.234,56
Zoë;F2;20 mrt;500,00
""",
        refused="dates_unreadable",
    ),
    Export(
        "two digit year apostrophe",
        """\
Klant;Factuur;Datum;Vervaldatum;Bedrag
Bakker;F1;13 jan '26;12 feb '26;1.234,56
Zoë;F2;20 mrt '26;19 apr '26;500,00
Bakker;C3;25 feb '26;;-34,56
""",
    ),
    Export(
        "weekday dates",
        """\
Klant;Factuur;Datum;Vervaldatum;Bedrag
Bakker;F1;dinsdag 13 januari 2026;donderdag 12 februari 2026;1.234,56
Zoë;F2;vrijdag 20 maart 2026;zondag 19 april 2026;500,00
Bakker;C3;wo 25 februari 2026;;-34,56
""",
    ),
    Export(
        "iso datetime tz",
        """\
klant,factuur,invoice_date,due_date,bedrag
Bakker,F1,2026-01-13T00:00:00Z,2026-02-12T00:00:00+01:00,1234.56
Zoë,F2,2026-03-20T00:00:00.000Z,2026-04-19 00:00:00,500.00
Bakker,C3,2026-02-25T00:00:00Z,,-34.56
""",
    ),
    Export(
        "am pm",
        """\
Customer,Invoice,Invoice Date,Due Date,Amount
Bakker,F1,1/13/2026 12:00:00 AM,2/12/2026 12:00:00 AM,"$1,234.56"
Zoë,F2,3/20/2026 12:00:00 AM,4/19/2026 12:00:00 AM,$500.00
Bakker,C3,2/25/2026 12:00:00 AM,,($34.56)
""",
    ),
    Export(
        "trailing totals per currency",
        """\
Klant;Factuur;Datum;Vervaldatum;Bedrag;Valuta
Bakker;F1;13-01-2026;12-02-2026;1.234,56;EUR
Zoë;F2;20-03-2026;19-04-2026;500,00;EUR
Bakker;C3;25-02-2026;;-34,56;EUR
Smith;F9;13-01-2026;12-02-2026;70,00;USD
Smith;F10;14-01-2026;12-02-2026;30,00;USD
;;;;1.700,00;EUR
;;;;100,00;USD
""",
    ),
    Export(
        "pages",
        """\
Blad 1;;;;
Klant;Factuur;Datum;Vervaldatum;Bedrag
Bakker;F1;13-01-2026;12-02-2026;1.234,56
Transporteren;;;;1.234,56
Blad 2;;;;
Klant;Factuur;Datum;Vervaldatum;Bedrag
Transport;;;;1.234,56
Zoë;F2;20-03-2026;19-04-2026;500,00
Bakker;C3;25-02-2026;;-34,56
Totaal;;;;1.700,00
""",
    ),
    Export(
        "side by side",
        """\
DEBITEUREN;;;;;;CREDITEUREN;;;
Klant;Factuur;Datum;Vervaldatum;Bedrag;;Leverancier;Factuur;Datum;Bedrag
Bakker;F1;13-01-2026;12-02-2026;1.234,56;;Gas;G1;01-01-2026;99,00
Zoë;F2;20-03-2026;19-04-2026;500,00;;Licht;G2;14-01-2026;98,00
Bakker;C3;25-02-2026;;-34,56;;;;;
""",
    ),
    Export(
        "name wrapped on own row",
        """\
Nr;Debiteur;Factuur;Datum;Vervalt;Bedrag
1;Bakker Bouw en;F1;13-01-2026;12-02-2026;1.234,56
;Onderhoud B.V.;;;;
2;Zoë;F2;20-03-2026;19-04-2026;500,00
1;Bakker Bouw en;C3;25-02-2026;;-34,56
;Onderhoud B.V.;;;;
""",
    ),
    Export(
        "beginsaldo card",
        """\
Debiteur;Naam;Datum;Omschrijving;Factuur;Vervaldatum;Debet;Credit
1;Bakker;01-01-2026;Beginbalans;;;100,00;
1;Bakker;13-01-2026;Factuur;F1;12-02-2026;1.234,56;
2;Zoë;20-03-2026;Factuur;F2;19-04-2026;500,00;
1;Bakker;25-02-2026;Credit;C3;;;34,56
1;Bakker;28-02-2026;Betaling;F1;;;100,00
""",
        overdue_cents=113_456,  # F1 less what was paid of it
    ),
    Export(
        "thin spaces and plus",
        """\
Klant;Factuur;Datum;Vervaldatum;Bedrag
Bakker;F1;13\u201101\u20112026;12\u201102\u20112026;+1\u202f234,56
Zoë;F2;20\u201103\u20112026;19\u201104\u20112026;500,00\u00a0€
Bakker;C3;25\u201102\u20112026;;\u201334,56
""",
    ),
    Export(
        "three decimals and cents",
        """\
Klant;Factuur;Datum;Vervaldatum;Bedrag
Bakker;F1;13-01-2026;12-02-2026;1234,560
Zoë;F2;20-03-2026;19-04-2026;500,000
Bakker;C3;25-02-2026;;-34,560
""",
    ),
    Export(
        "amount in cents",
        """\
Klant;Factuur;Datum;Vervaldatum;Bedrag in centen
Bakker;F1;13-01-2026;12-02-2026;123456
Zoë;F2;20-03-2026;19-04-2026;50000
Bakker;C3;25-02-2026;;-3456
""",
        refused="no_amount_column",
    ),
    Export(
        "in duizenden",
        """\
Bedragen x € 1.000
Klant;Factuur;Datum;Vervaldatum;Bedrag
Bakker;F1;13-01-2026;12-02-2026;1,23
Zoë;F2;20-03-2026;19-04-2026;0,50
""",
        refused="amounts_in_thousands",
    ),
    Export(
        "excl btw",
        """\
Klant;Factuur;Datum;Vervaldatum;Bedrag excl. btw;Btw;Bedrag incl. btw
Bakker;F1;13-01-2026;12-02-2026;1.020,30;214,26;1.234,56
Zoë;F2;20-03-2026;19-04-2026;413,22;86,78;500,00
Bakker;C3;25-02-2026;;-28,56;-6,00;-34,56
""",
    ),
    Export(
        "payables without word",
        """\
Leverancier;Factuur;Datum;Vervaldatum;Bedrag
Bakker;F1;13-01-2026;12-02-2026;1.234,56
Zoë;F2;20-03-2026;19-04-2026;500,00
""",
        refused="creditor_list",
    ),
    Export(
        "swapped debit credit",
        """\
Klant;Factuur;Datum;Vervaldatum;Debet;Credit
Bakker;F1;13-01-2026;12-02-2026;;1.234,56
Zoë;F2;20-03-2026;19-04-2026;;500,00
Bakker;C3;25-02-2026;;34,56;
""",
        refused="sides_swapped",
    ),
    Export(
        "instalments",
        """\
Klant;Factuur;Termijn;Datum;Vervaldatum;Bedrag
Bakker;F1;1/3;13-01-2026;12-02-2026;400,00
Bakker;F1;2/3;13-01-2026;12-03-2026;400,00
Bakker;F1;3/3;13-01-2026;12-04-2026;400,00
""",
        open_cents=120_000,
        overdue_cents=80_000,
    ),
    Export(
        "due before issued swapped",
        """\
Klant;Factuur;Factuurdatum;Vervaldatum;Bedrag
Bakker;F1;12-02-2026;13-01-2026;1.234,56
Zoë;F2;19-04-2026;20-03-2026;500,00
Alfa;F3;19-04-2026;20-03-2026;500,00
""",
        refused="dates_swapped",
    ),
    Export(
        "sharps in dates",
        """\
Klant;Factuur;Datum;Vervaldatum;Bedrag
Bakker;F1;########;########;1.234,56
Zoë;F2;########;########;500,00
""",
        refused="dates_destroyed,dates_destroyed",
    ),
    Export(
        "sci notation ids",
        """\
Klantnr;Naam;Factuur;Datum;Vervaldatum;Bedrag
1,23457E+11;Bakker;F1;13-01-2026;12-02-2026;1.234,56
1,23457E+11;Zoë;F2;20-03-2026;19-04-2026;500,00
1,23457E+11;Bakker;C3;25-02-2026;;-34,56
""",
        refused="numbers_destroyed",
    ),
)
