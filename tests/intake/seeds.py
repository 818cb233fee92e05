"""Small files of every kind that a client may send, each sound before it is damaged."""

from __future__ import annotations

import datetime
import importlib.util
import io
import zipfile
from pathlib import Path

import pandas as pd
import xlsxwriter


def _beside(name: str):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


audit, formats = _beside("audit_files"), _beside("formats")

HEAD = [
    "Debiteurnummer",
    "Naam",
    "Factuurnummer",
    "Factuurdatum",
    "Vervaldatum",
    "Bedrag",
    "Valuta",
]
ROWS = [
    ["001", "Alfa B.V.", "F1", "13-01-2026", "12-02-2026", "1.234,56", "EUR"],
    ["002", "Café Zoë", "F2", "14-01-2026", "13-02-2026", "-50,00", "USD"],
    ["003", '="x"', "F3", "28-02-2026", "", "7,10", ""],
    ["", "Totaal", "", "", "", "1.191,66", "EUR"],
]
PAYMENTS = [["F1", "20-02-2026", "1.000,00"], ["F9", "21-02-2026", "3,00"]]


def seeds() -> dict[str, bytes]:
    """Return the files by name."""
    lines = [";".join(row) for row in [HEAD, *ROWS]]
    text = "\r\n".join(lines) + "\r\n"
    tabs = "\n".join("\t".join(row) for row in [["Acme"], HEAD, *ROWS])
    line = audit.sub_line(1, amnt="100.00", custSupID="1", invRef="F1", matchKeyID="K", mutTp="I",
                          invDt="2025-03-01", invDueDt="2025-03-31")  # fmt: skip
    paid = audit.sub_line(2, amnt="60.00", amntTp="C", custSupID="1", matchKeyID="K", mutTp="P",
                          invDt="2025-04-01")  # fmt: skip
    people = [{"custSupID": "1", "custSupName": "Alfa", "custSupTp": "C"}]
    booked = {("20", "B"): [audit.transaction(2, "2025-04-02", {"accID": "1300", "amnt": "60"})]}
    portuguese = audit.saft_pt(
        f"<Customer>{audit.tags(CustomerID='C1', CompanyName='P')}</Customer>",
        audit.pt_invoice("FT 1", "2025-01-10", "10.00"),
        audit.pt_receipt("RC 1", "2025-02-10", {"FT 1": "4.00"}),
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("facturen.csv", text)
        zipped.writestr("betalingen.csv", "\n".join(";".join(row) for row in PAYMENTS))
    parquet = io.BytesIO()
    pd.DataFrame(ROWS, columns=HEAD).to_parquet(parquet)
    opened = {("V", "S"): [audit.transaction(1, "2025-03-01", {"accID": "1300", "amnt": "100",
              "amntTp": "D", "custSupID": "1", "invRef": "F1"})]}  # fmt: skip
    norwegian = audit.saft_no(
        f"<Customer>{audit.tags(CustomerID='K1', Name='Nord AS')}</Customer>",
        "<Transaction><TransactionDate>2025-02-03</TransactionDate><Line><CustomerID>K1"
        "</CustomerID><ReferenceNumber>7</ReferenceNumber><DueDate>2025-03-03</DueDate>"
        "<DebitAmount><Amount>80.00</Amount></DebitAmount></Line></Transaction>",
    )
    clair = [{"day": "2010-03-01", "debit": "100.00", "document": "F1"},
             {"day": "2010-04-01", "credit": "60.00", "journal": "B"}]  # fmt: skip
    opening = audit.opening_of(
        "2025-01-01", "90.00",
        {"amnt": "90.00", "custSupID": "1", "invRef": "F0", "invDt": "2024-11-01", "mutTp": "I"},
    )  # fmt: skip
    dollars = audit.tags(currency=audit.tags(curCode="USD", curAmnt="110.00"))
    foreign = line.replace("</sbLine>", f"{dollars}</sbLine>")
    company = {"companyIdent": "1", "companyName": "Zaak B.V.", "taxRegIdent": "001B01"}
    whole = audit.xaf(namespace=audit.XAF31, customers=people, lines=[foreign, paid],
                      opening=opening, journals=booked, company=company)  # fmt: skip
    years = {
        "2024.xaf": audit.xaf(customers=people, lines=[line], company=company,
                              period=("2024-01-01", "2024-12-31")).encode(),
        "2025.xaf": whole.encode(),
    }  # fmt: skip
    typed = [HEAD, *[[*row[:3], *map(_typed, row[3:6]), row[6]] for row in ROWS]]
    return {
        "i.xls": formats.xls(typed),
        "j.xlsb": formats.xlsb(typed),
        "k.ods": formats.ods(typed),
        "l.xls": formats.web_page(typed),
        "m.xls": formats.spreadsheetml(typed),
        "n.xaf": audit.xaf(namespace=audit.XAF4, customers=people, journals=opened).encode(),
        "o.xml": norwegian.encode(),
        "q.xaf": whole.replace("UTF-8", "UTF-16").encode("utf-16"),
        "r.xaf": whole.encode(),
        "s.zip": formats.zipped(years),
        "p.xaf": audit.clair(*clair).encode("cp1252"),
        "a.csv": text.encode(),
        "b.csv": text.encode("cp1252"),
        "c.txt": tabs.encode("utf-16"),
        "d.xlsx": _workbook(),
        "e.parquet": parquet.getvalue(),
        "f.zip": archive.getvalue(),
        "g.xaf": audit.xaf(customers=people, lines=[line, paid], journals=booked).encode(),
        "h.xml": portuguese.encode(),
    }


def _typed(text: str) -> object:
    """Return a date or a number where the text is one."""
    if text.count("-") == 2:
        return datetime.datetime.strptime(text, "%d-%m-%Y").date()
    is_amount = "," in text and text[-1].isdigit()
    return float(text.replace(".", "").replace(",", ".")) if is_amount else text or None


def _workbook() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Openstaand")
        for row, cells in enumerate([["Peildatum 31-03-2026"], HEAD, *ROWS]):
            sheet.write_row(row, 0, cells)
        sheet.write_number(2, 5, 1234.56)
        sheet.write_datetime(3, 3, pd.Timestamp("2026-01-14").to_pydatetime(),
                             book.add_format({"num_format": "dd-mm-yyyy"}))  # fmt: skip
    return stream.getvalue()
