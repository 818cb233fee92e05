"""Writes small audit files, readable in a test: XAF 3 and 4, and the two shapes of SAF-T."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

XAF3 = "http://www.auditfiles.nl/XAF/3.2"
XAF31 = "http://www.auditfiles.nl/XAF/3.1"
XAF4 = "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP/1.1/structures/XmlauditfileXAF_4.0"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def tags(**values: object) -> str:
    """Return one element per value that is there."""
    return "".join(f"<{name}>{value}</{name}>" for name, value in values.items() if value != "")


def sub_line(number: int, **values: object) -> str:
    """Return a line of a sub-ledger; ``amnt`` with ``amntTp`` D by default."""
    filled = {"nr": number, "jrnID": "70", "trNr": number, "trLineNr": 1, "amntTp": "D", **values}
    return f"<sbLine>{tags(**filled)}</sbLine>"


def opening_of(day: str, ledger: str = "", *lines: Mapping[str, object]) -> str:
    """Return an opening balance: of account 1300, and of its customers."""
    total = tags(obLine=tags(nr=1, accID="1300", amnt=ledger, amntTp="D")) if ledger else ""
    own = "".join(
        f"<obSbLine>{tags(**{'nr': n, 'amntTp': 'D', **line})}</obSbLine>"
        for n, line in enumerate(lines, 1)
    )
    sub = tags(obSubledgers=tags(obSubledger=tags(sbType="CU") + own)) if own else ""
    return tags(openingBalance=tags(opBalDate=day) + total + sub)


def transaction(number: int, day: str, *lines: Mapping[str, object]) -> str:
    """Return a booking."""
    made = "".join(f"<trLine>{tags(nr=k, **line)}</trLine>" for k, line in enumerate(lines, 1))
    return f"<transaction>{tags(nr=number, trDt=day)}{made}</transaction>"


def xaf(
    *,
    namespace: str = XAF3,
    customers: Iterable[Mapping[str, object]] = (),
    journals: Mapping[tuple[str, str], Iterable[str]] | None = None,
    lines: Iterable[str] = (),
    opening: str = "",
    kind: str = "CU",
    company: Mapping[str, object] | None = None,
    period: tuple[str, str] = ("2025-01-01", "2025-12-31"),
) -> str:
    """Return a Dutch audit file, of 2025 by default, with account 1300 for debtors."""
    people = "".join(f"<customerSupplier>{tags(**c)}</customerSupplier>" for c in customers)
    account = tags(accID="1300", accDesc="Debiteuren", accTp="B")
    provision = tags(accID="1310", accDesc="Voorziening oninbare debiteuren", accTp="B")
    others = "".join(
        f"<ledgerAccount>{tags(accID=number, accDesc=name)}</ledgerAccount>"
        for number, name in (("1500", "Btw hoog"), ("4750", "Koersverschillen"), ("8000", "Omzet"))
    )
    booked = "".join(
        f"<journal>{tags(jrnID=name, jrnTp=letter)}{''.join(bookings)}</journal>"
        for (name, letter), bookings in (journals or {}).items()
    )
    sub = "".join(lines)
    if sub:
        sub = f"<subledgers><subledger>{tags(sbType=kind)}{sub}</subledger></subledgers>"
    header = tags(startDate=period[0], endDate=period[1], curCode="EUR")
    return (
        f'{HEAD}<auditfile xmlns="{namespace}"><header>{header}</header><company>'
        f"{tags(**(company or {}))}<customersSuppliers>{people}</customersSuppliers>"
        f"<generalLedger><ledgerAccount>{account}</ledgerAccount>"
        f"<ledgerAccount>{provision}</ledgerAccount>{others}</generalLedger>{opening}"
        f"<transactions>{booked}{sub}</transactions></company></auditfile>"
    )


def clair(*lines: Mapping[str, str], encoding: str = "ISO-8859-1") -> str:
    """Return an audit file of version 2 (CLAIR) of 2010, one booking per line of debtors.

    A line has ``day``, ``journal`` (S sales, B bank), ``debit`` or ``credit``, ``document``.
    """
    head = tags(auditfileVersion="CLAIR2.00.00", companyName="Zaak", fiscalYear="2010",
                startDate="2010-01-01", endDate="2010-12-31", currencyCode="EUR",
                dateCreated="2011-01-10", productID="Pakket")  # fmt: skip
    accounts = "".join(
        f"<ledgerAccount>{tags(accountID=number, accountDesc=name, accountType='B')}"
        "</ledgerAccount>"
        for number, name in (("1300", "Debiteuren"), ("1600", "Crediteuren"))
    )
    person = tags(custSupID="K7", type="C", companyName="Café Zoë")
    bookings = ""
    for number, line in enumerate(lines, start=1):
        letter = line.get("journal", "S")
        money = tags(debitAmount=line.get("debit", ""), creditAmount=line.get("credit", ""))
        own = tags(recordID=1, accountID="1300", custSupID=line.get("customer", "K7"),
                   documentID=line.get("document", ""), effectiveDate=line["day"])  # fmt: skip
        told = tags(transactionID=number, transactionDate=line["day"])
        bookings += (
            f"<journal>{tags(journalID=letter + '1', type=letter)}<transaction>{told}"
            f"<line>{own}{money}</line></transaction></journal>"
        )
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<auditfile><header>{head}</header>'
        f"<generalLedger>{accounts}</generalLedger><customersSuppliers><customerSupplier>{person}"
        "</customerSupplier></customersSuppliers><transactions>"
        f"{tags(numberEntries=len(lines))}{bookings}</transactions></auditfile>"
    )


def saft_pt(customers: str, invoices: str, payments: str = "") -> str:
    """Return a Portuguese SAF-T of 2025."""
    header = tags(StartDate="2025-01-01", EndDate="2025-12-31", CurrencyCode="EUR")
    return (
        f'{HEAD}<AuditFile xmlns="urn:OECD:StandardAuditFile-Tax:PT_1.04_01">'
        f"<Header>{header}</Header><MasterFiles>{customers}</MasterFiles><SourceDocuments>"
        f"<SalesInvoices>{invoices}</SalesInvoices><Payments>{payments}</Payments>"
        "</SourceDocuments></AuditFile>"
    )


def pt_invoice(number: str, day: str, total: str, *, kind: str = "FT", **more: str) -> str:
    """Return an invoice; ``status`` N by default, ``reference`` for what it credits."""
    status = tags(DocumentStatus=tags(InvoiceStatus=more.get("status", "N")))
    named = more.get("reference", "")
    line = f"<Line>{tags(References=tags(Reference=named))}</Line>" if named else ""
    own = tags(InvoiceNo=number) + status
    own += tags(InvoiceDate=day, InvoiceType=kind, CustomerID=more.get("customer", "C1"))
    return f"<Invoice>{own}{line}{tags(DocumentTotals=tags(GrossTotal=total))}</Invoice>"


def pt_receipt(number: str, day: str, paid: Mapping[str, str], *, status: str = "N") -> str:
    """Return a receipt for one or more invoices."""
    lines = "".join(
        f"<Line>{tags(SourceDocumentID=tags(OriginatingON=invoice), CreditAmount=amount)}</Line>"
        for invoice, amount in paid.items()
    )
    own = tags(PaymentRefNo=number, TransactionDate=day, PaymentType="RC")
    own += tags(DocumentStatus=tags(PaymentStatus=status), CustomerID="C1")
    return f"<Payment>{own}{lines}</Payment>"


def saft_no(customers: str, transactions: str) -> str:
    """Return a Norwegian SAF-T of 2025."""
    period = tags(PeriodStart=1, PeriodStartYear=2025, PeriodEnd=12, PeriodEndYear=2025)
    header = tags(AuditFileCountry="NO", DefaultCurrencyCode="NOK", SelectionCriteria=period)
    text = (
        '<n:AuditFile xmlns:n="urn:StandardAuditFile-Taxation-Financial:NO">'
        f"<Header>{header}</Header><MasterFiles><Customers>{customers}</Customers></MasterFiles>"
        f"<GeneralLedgerEntries><Journal>{transactions}</Journal></GeneralLedgerEntries>"
        "</n:AuditFile>"
    )
    return HEAD + text
