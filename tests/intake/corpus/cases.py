"""The corpus: small files in the shapes that clients send, each with what must come of it.

A case is the lines of a file and the cents that are open and overdue on its as-of date, or the code
of the message that refuses it. Most cases write one ledger in another notation:

    001  Bakker     F1   13-01-2026  12-02-2026   1.234,56   overdue
    002  Café Zoë   F2   20-03-2026  19-04-2026     500,00   not due on 31-03-2026
    001  Bakker     C3   25-02-2026                 -34,56   credit note
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

OPEN, OVERDUE = 170_000, 123_456
AS_OF = "2026-03-31"
LEDGER = [
    ("001", "Bakker", "F1", date(2026, 1, 13), date(2026, 2, 12), 123_456),
    ("002", "Café Zoë", "F2", date(2026, 3, 20), date(2026, 4, 19), 50_000),
    ("001", "Bakker", "C3", date(2026, 2, 25), None, -3_456),
]
HEAD = "Debiteurnummer;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag"


@dataclass(frozen=True)
class Case:
    """A file and what must come of it: cents, or a message."""

    name: str
    lines: tuple[str, ...]
    open_cents: int = OPEN
    overdue_cents: int = OVERDUE
    as_of: str = AS_OF
    file: str = "posten.csv"
    encoding: str = "utf-8"
    refused: str = ""


def dutch(cents: int) -> str:
    """Write cents as 1.234,56."""
    text = f"{abs(cents) // 100:,}".replace(",", ".") + f",{abs(cents) % 100:02d}"
    return f"-{text}" if cents < 0 else text


def english(cents: int) -> str:
    """Write cents as 1,234.56."""
    return f"{cents / 100:,.2f}"


def day(value: date | None) -> str:
    """Write a day as 31-12-2026."""
    return f"{value:%d-%m-%Y}" if value else ""


def ledger(
    *,
    amount: Callable[[int], str] = dutch,
    on: Callable[[date | None], str] = day,
    head: str = HEAD,
    separator: str = ";",
) -> tuple[str, ...]:
    """Return the ledger as lines of text."""
    rows = [(c, n, d, on(i), on(u), amount(a)) for c, n, d, i, u, a in LEDGER]
    lines = [head.split(";"), *[[f'"{v}"' if separator in v else v for v in r] for r in rows]]
    return tuple(separator.join(line) for line in lines)


AMOUNTS: dict[str, Callable[[int], str]] = {
    "dutch": dutch,
    "english": english,
    "plain point": lambda c: f"{c / 100:.2f}",
    "plain comma": lambda c: f"{c / 100:.2f}".replace(".", ","),
    "blank groups": lambda c: f"{c / 100:,.2f}".replace(",", " ").replace(".", ","),
    "hard blank groups": lambda c: f"{c / 100:,.2f}".replace(",", "\u00a0").replace(".", ","),
    "swiss": lambda c: f"{c / 100:,.2f}".replace(",", "'"),
    "euro before": lambda c: f"€ {dutch(c)}",
    "euro behind": lambda c: f"{dutch(c)} €",
    "code before": lambda c: f"EUR {dutch(c)}",
    "code behind": lambda c: f"{dutch(c)} EUR",
    "minus behind": lambda c: dutch(abs(c)) + ("-" if c < 0 else ""),
    "brackets": lambda c: f"({dutch(-c)})" if c < 0 else dutch(c),
    "real minus": lambda c: dutch(c).replace("-", "\u2212"),
    "credit mark": lambda c: f"{dutch(abs(c))} CR" if c < 0 else dutch(c),
    "euro and minus": lambda c: f"-€ {dutch(-c)}" if c < 0 else f"€ {dutch(c)}",
}
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LONG = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
    "oktober", "november", "december",
)  # fmt: skip
DAYS: dict[str, Callable[[date], str]] = {
    "dashes": lambda d: f"{d:%d-%m-%Y}",
    "slashes": lambda d: f"{d:%d/%m/%Y}",
    "points": lambda d: f"{d:%d.%m.%Y}",
    "short": lambda d: f"{d.day}-{d.month}-{d.year}",
    "two digits of the year": lambda d: f"{d:%d-%m-%y}",
    "iso": lambda d: f"{d:%Y-%m-%d}",
    "iso with time": lambda d: f"{d:%Y-%m-%dT00:00:00}",
    "iso with blank and time": lambda d: f"{d:%Y-%m-%d 00:00:00}",
    "one number": lambda d: f"{d:%Y%m%d}",
    "packed with the year behind": lambda d: f"{d:%d%m%Y}",
    "packed without its zero": lambda d: f"{d:%d%m%Y}".lstrip("0"),
    "packed in six": lambda d: f"{d:%d%m%y}",
    "packed in six, year in front": lambda d: f"{d:%y%m%d}",
    "year of two digits in front": lambda d: f"{d:%y-%m-%d}",
    "packed american": lambda d: f"{d:%m%d%y}",
    "american": lambda d: f"{d:%m/%d/%Y}",
    "short american": lambda d: f"{d.month}/{d.day}/{d.year}",
    "dutch month": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "dutch month with dashes": lambda d: f"{d.day:02d}-{MONTHS[d.month - 1]}-{d.year}",
    "dutch month in full": lambda d: f"{d.day} {LONG[d.month - 1]} {d.year}",
    "english month": lambda d: f"{d.day} {d:%b} {d.year}",
    "english month first": lambda d: f"{d:%B} {d.day}, {d.year}",
    "serial of a spreadsheet": lambda d: str((d - date(1899, 12, 30)) // timedelta(days=1)),
}
NO_DAY = ("", "0", "00-00-0000", "-")
HEADS = {
    "dutch long": HEAD,
    "dutch short": "Deb.nr.;Naam;Factuurnr.;Fact.datum;Verv.datum;Bedrag",
    "dutch customer": "Klantcode;Klantnaam;Factuur;Datum;Vervalt op;Openstaand bedrag",
    "dutch relation": "Relatiecode;Relatie;Factuurnr;Factuurdatum;Vervaldatum;Saldo",
    "english": "Customer No;Customer Name;Invoice No;Invoice Date;Due Date;Amount",
    "english open": "Customer ID;Customer;Invoice;Date;Due Date;Open Balance",
    "camel case": "CustomerNumber;CustomerName;InvoiceNumber;InvoiceDate;DueDate;TotalOpenAmount",
    "snake case": "cust_number;name_customer;invoice_id;invoice_date;due_date;outstanding_amount",
    "german": "Kundennummer;Kundenname;Rechnungsnummer;Rechnungsdatum;Fällig am;Betrag",
    "french": "Code client;Nom client;Numéro de facture;Date de facture;Échéance;Montant",
    "spanish": "Número de cliente;Nombre cliente;Número de factura;Fecha de factura;"
    "Fecha de vencimiento;Importe",
    "portuguese": "Código do cliente;Nome do cliente;Número da fatura;Data da fatura;"
    "Data de vencimento;Valor",
    "with a currency": "Debiteurnr;Debiteurnaam;Factuurnr;Factuurdatum;Vervaldatum;Bedrag (EUR)",
    "in capitals": HEAD.upper(),
    "misspelt": "Debiteurnumer;Naam;Factuurnumer;Factuurdatm;Vervaldatm;Bedrag",
}


def notations() -> Iterator[Case]:
    """Yield the ledger in every notation of amounts, days, headers and files."""
    for name, amount in AMOUNTS.items():
        yield Case(f"amounts: {name}", ledger(amount=amount))
    for name, write in DAYS.items():
        lines = ledger(on=lambda d, write=write: write(d) if d else "")
        yield Case(f"days: {name}", lines)
    for text in NO_DAY:
        yield Case(f"no day: {text!r}", ledger(on=lambda d, text=text: day(d) if d else text))
    for name, head in HEADS.items():
        yield Case(f"headers: {name}", ledger(head=head))
    for separator in (";", ",", "\t", "|"):
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be"):
            name = f"file: {separator!r} in {encoding}"
            yield Case(name, ledger(separator=separator), encoding=encoding)
    for ending in (".tsv", ".txt", ".asc", ".xls"):
        yield Case(f"ending: {ending}", ledger(separator="\t"), file=f"posten{ending}")


ROW1 = "001;Bakker;F1;13-01-2026;12-02-2026;1.234,56"
ROW2 = "002;Café Zoë;F2;20-03-2026;19-04-2026;500,00"
ROW3 = "001;Bakker;C3;25-02-2026;;-34,56"
SHORT = "Factuurnummer;Factuurdatum;Vervaldatum;Bedrag"


def layouts() -> Iterator[Case]:
    """Yield the ledger in the layouts of lists that are made for reading, not for reading in."""
    plain = (HEAD, ROW1, ROW2, ROW3)
    yield Case("title rows", ("Zaak B.V.", "Openstaande posten", "Per 31-03-2026", "", *plain))
    yield Case("total with a word", (*plain, ";;;;Totaal;1.700,00"))
    yield Case("total without a word", (*plain, ";;;;;1.700,00"))
    yield Case("total with a star", (*plain, "*;;;;;1.700,00"))
    yield Case("headers again on a next page", (HEAD, ROW1, HEAD, ROW2, ROW3))
    yield Case("blank rows", (HEAD, "", ROW1, ";;;;;", ROW2, "", ROW3))
    yield Case("separator stated", ("sep=;", *plain))
    yield Case("exact duplicate", (HEAD, ROW1, ROW1, ROW2, ROW3))
    yield Case(
        "subtotals and a total",
        (HEAD, ROW1, ROW3, "Subtotaal Bakker;;;;;1.200,00", ROW2, "Subtotaal Zoë;;;;;500,00",
         "Totaal;;;;;1.700,00"),
    )  # fmt: skip
    yield Case(
        "subtotals by arithmetic only",
        (HEAD, ROW1, ROW3, "001;Bakker;;;;1.200,00", ROW2, "002;Café Zoë;;;;500,00"),
    )
    yield Case(
        "sums above their rows",
        (HEAD, "001;Bakker;;;;1.200,00", ROW1, ROW3, "002;Café Zoë;;;;500,00", ROW2),
    )
    groups = ("Bakker;;;", "F1;13-01-2026;12-02-2026;1.234,56", "C3;25-02-2026;;-34,56",
              "Café Zoë;;;", "F2;20-03-2026;19-04-2026;500,00")  # fmt: skip
    yield Case("names above their rows", (SHORT, *groups))
    yield Case("names and sums above", (SHORT, "Bakker;;;1.200,00", *groups[1:3],
                                        "Café Zoë;;;500,00", groups[4]))  # fmt: skip
    yield Case(
        "names above, in a column of their own",
        ("Klant;" + SHORT, "Bakker;;;;", f";{groups[1]}", f";{groups[2]}", "Café Zoë;;;;",
         f";{groups[4]}"),
    )  # fmt: skip
    yield Case(
        "name on the first row only",
        ("Klant;" + SHORT, f"Bakker;{groups[1]}", f";{groups[2]}", "Totaal Bakker;;;;1.200,00",
         f"Café Zoë;{groups[4]}", "Totaal Café Zoë;;;;500,00"),
    )  # fmt: skip
    yield Case(
        "headers on two rows",
        ("Debiteur;;Factuur;;;Bedrag", "nummer;naam;nummer;datum;vervaldatum;origineel",
         ROW1, ROW2, ROW3),
    )  # fmt: skip
    yield Case(
        "units below the headers",
        (HEAD, ";;;dag;dag;euro", ROW1, ROW2, ROW3),
    )
    yield Case(
        "debit and credit apart",
        ("Debiteurnummer;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Debet;Credit",
         "001;Bakker;F1;13-01-2026;12-02-2026;1.234,56;",
         "002;Café Zoë;F2;20-03-2026;19-04-2026;500,00;",
         "001;Bakker;C3;25-02-2026;;;34,56"),
    )  # fmt: skip
    yield Case(
        "side in a column",
        (HEAD + ";D/C", f"{ROW1};D", f"{ROW2};D", "001;Bakker;C3;25-02-2026;;34,56;C"),
    )
    yield Case(
        "credit by its type only",
        (HEAD + ";Soort", f"{ROW1};Factuur", f"{ROW2};Factuur",
         "001;Bakker;C3;25-02-2026;;34,56;Creditnota"),
    )  # fmt: skip
    yield Case(
        "one row per instalment",
        (HEAD, "001;Bakker;F1;13-01-2026;12-02-2026;1.200,00",
         "001;Bakker;F1;13-01-2026;12-04-2026;500,00"),
        overdue_cents=120_000,
    )  # fmt: skip
    yield Case(
        "several spellings of one number",
        (HEAD, ROW1, "001;BAKKER B.V.;F2;20-03-2026;19-04-2026;500,00", ROW3),
    )
    yield Case("a customer called NA", (HEAD, ROW1.replace("Bakker", "NA"), ROW2, ROW3))
    yield Case(
        "a name with a semicolon", (HEAD, ROW1.replace("Bakker", '"Bakker; zoon"'), ROW2, ROW3)
    )
    yield Case("a name over two lines", (HEAD, ROW1.replace("Bakker", '"Bakker\nBV"'), ROW2, ROW3))
    yield Case("ageing columns beside the rows", (
        HEAD + ";0-30;31-60;61-90;>90;Dagen te laat",
        f"{ROW1};;1.234,56;;;47", f"{ROW2};500,00;;;;", f"{ROW3};;;;;",
    ))  # fmt: skip
    yield Case("open beside the amount", (
        HEAD + ";Openstaand", f"{ROW1};1.234,56",
        "002;Café Zoë;F2;20-03-2026;19-04-2026;800,00;500,00", f"{ROW3};-34,56",
    ))  # fmt: skip
    yield Case("part paid", (
        HEAD + ";Betaald", f"{ROW1};0,00", "002;Café Zoë;F2;20-03-2026;19-04-2026;800,00;300,00",
        f"{ROW3};0,00",
    ))  # fmt: skip


def refusals() -> Iterator[Case]:
    """Yield what must be refused or asked, with the code of the message."""
    wrong = {
        "dates_destroyed,dates_destroyed": (HEAD, "1;A;F1;00:00.0;00:00.0;5,00"),
        "dates_unreadable": (HEAD, "1;A;F1;week 3;13-02-2026;5,00"),
        "amounts_unreadable": (HEAD, "1;A;F1;13-01-2026;12-02-2026;veel"),
        "question_dates": (HEAD, "1;A;F1;01-02-2026;03-04-2026;5,00"),
        "question_decimals": (HEAD, "1;A;F1;13-01-2026;12-02-2026;1.234"),
        "no_amount_column": ("Klant;Factuurnummer;Factuurdatum", "A;1;13-01-2026"),
        "no_issue_date_column": ("Klant;Factuurnummer;Bedrag", "A;1;5,00"),
        "no_customer_column": (SHORT, "1;13-01-2026;12-02-2026;5,00"),
        "no_columns": ("foo;bar;baz", "1;2;3"),
        "no_rows": (HEAD,),
        "file_empty": ("", " "),
        "no_invoices": ("Klant;Kredietlimiet", "A;5.000,00"),
        "no_rows_accepted": (HEAD, "1;A;F1;;13-02-2026;5,00"),
        "creditor_list": (
            "Crediteurnummer;Crediteur;Factuurnummer;Factuurdatum;Bedrag",
            "1;A;2;13-01-2026;5,00",
        ),
        "rows_ragged": ("Klant,Factuurnummer,Factuurdatum,Bedrag", "A,1,2026-01-13,x,y"),
        "decimal_comma_unquoted": ("Klant,Factuurnr,Factuurdatum,Bedrag", "A,1,2026-01-13,5,25"),
        "quote_open": (HEAD, '1;"A;F1;13-01-2026;12-02-2026;5,00', "2;B;F2;13-01-2026;;6,00"),
    }  # fmt: skip
    packed = (HEAD, "1;A;F1;010203;020304;5,00")
    yield Case("refused: six digits that can be three dates", packed, refused="question_dates")
    packed = (HEAD, "1;A;F1;01022026;03042026;5,00")
    yield Case("refused: eight digits that can be two", packed, refused="question_dates")
    for code, lines in wrong.items():
        yield Case(f"refused: {code}", lines, refused=code)


def cases() -> list[Case]:
    """Return the whole corpus."""
    return [*notations(), *layouts(), *refusals()]
