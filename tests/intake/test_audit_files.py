"""Audit files: every line lands in the ledger, matched by what the file itself says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.read import read_ledger
from credit_helpers.portfolio.ledger import Ledger

_spec = importlib.util.spec_from_file_location(
    "audit_files", Path(__file__).with_name("audit_files.py")
)
assert _spec is not None and _spec.loader is not None
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

YEAR_END = pd.Timestamp("2025-12-31")
ALFA = {"custSupID": "001", "custSupName": "Alfa B.V.", "custSupTp": "C", "custCreditLimit": "5000"}
BETA = {"custSupID": "002", "custSupName": "Bêta", "custSupTp": "B", "commerceNr": "01234567"}
SHOP = {"custSupID": "900", "custSupName": "Leverancier", "custSupTp": "S"}


def saved(folder: Path, text: str, name: str = "a.xaf", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def codes(ledger: Ledger) -> set[str]:
    return {note.code for note in ledger.notes}


def open_by_item(ledger: Ledger, day: pd.Timestamp = YEAR_END) -> dict[str, int]:
    rows = ledger.at(day).open_items
    return dict(zip(rows["item_id"], rows["outstanding_cents"].tolist(), strict=True))


def tied(ledger: Ledger) -> list[tuple[object, ...]]:
    """Return the tie-out in short: what, where, both figures, and the cause."""
    columns = ["what", "place", "source_cents", "own_cents", "cause"]
    return list(ledger.tie_out[columns].itertuples(index=False, name=None))


def invoice(number: int, amount: str, **more: object) -> str:
    values = {"amnt": amount, "custSupID": "001", "invRef": f"F{number}", "mutTp": "I"}
    days = {"invDt": "2025-03-01", "invDueDt": "2025-03-31"}
    return make.sub_line(number, **{**values, **days, **more})


def receipt(number: int, amount: str, **more: object) -> str:
    values = {"amnt": amount, "amntTp": "C", "custSupID": "001", "mutTp": "P", "jrnID": "20"}
    return make.sub_line(number, **{**values, "invDt": "2025-04-10", **more})


def test_a_receipt_names_its_invoice_and_another_shares_its_key(tmp_path: Path) -> None:
    lines = [
        invoice(1, "100.00"),
        invoice(2, "80.00", matchKeyID="K1"),
        invoice(3, "70.00", matchKeyID="K1", invDueDt="2025-05-31"),
        receipt(4, "60.00", invRef="F1"),
        receipt(5, "120.00", invRef="0", matchKeyID="K1"),
        receipt(6, "15.00", invRef="0"),
    ]
    booked = [
        make.transaction(4, "2025-04-11", {"accID": "1300", "amnt": "60.00", "amntTp": "C"}),
        make.transaction(5, "2025-04-12", {"accID": "1300", "amnt": "120.00", "amntTp": "C"}),
        make.transaction(6, "2025-04-13", {"accID": "1300", "amnt": "15.00", "amntTp": "C"}),
    ]
    text = make.xaf(
        namespace=make.XAF31, customers=[ALFA, SHOP], journals={("20", "B"): booked}, lines=lines
    )
    ledger = read_ledger(saved(tmp_path, text))
    assert list(open_by_item(ledger).values()) == [4000, 3000, -1500]
    paid = ledger.settlements.sort_values("settled_on")
    assert paid["settled_on"].dt.day.tolist() == [11, 12, 12]
    assert ledger.customers["name"].tolist() == ["Alfa B.V."]
    assert ledger.customers["credit_limit_cents"].tolist() == [500_000]
    assert {"audit_read", "tie_out_differs"} <= codes(ledger)
    assert ledger.tie_out["difference_cents"].tolist() == [-19_500 - 5_500]


def test_a_credit_goes_with_the_invoice_that_it_names(tmp_path: Path) -> None:
    lines = [
        invoice(1, "100.00"),
        invoice(2, "30.00", amntTp="C", invRef="F1", docRef="C2", invDt="2025-04-01", invDueDt=""),
        invoice(3, "50.00", matchKeyID="K"),
        invoice(4, "50.00", amntTp="C", docRef="C4", invRef="C4", matchKeyID="K", invDueDt=""),
        invoice(5, "7.00", amntTp="C", docRef="C5", invRef="C5", invDueDt=""),
    ]
    ledger = read_ledger(saved(tmp_path, make.xaf(customers=[ALFA], lines=lines)))
    assert open_by_item(ledger) == {"F1": 7000, "C5": -700}
    assert (ledger.items["kind"] == "credit_note").sum() == 3
    assert set(ledger.settlements["kind"]) == {"credit"}


def test_a_credit_under_the_number_of_its_invoice_is_settled_with_it(tmp_path: Path) -> None:
    lines = [
        invoice(1, "100.00", docRef="F1"),
        invoice(2, "30.00", amntTp="C", invRef="F1", docRef="F1", invDueDt=""),
        invoice(3, "20.00", amntTp="C", invRef="F1", invDueDt=""),
    ]
    ledger = read_ledger(saved(tmp_path, make.xaf(customers=[ALFA], lines=lines)))
    assert list(open_by_item(ledger).values()) == [5_000]


def test_opening_items_count_from_the_day_before(tmp_path: Path) -> None:
    opened = make.tags(
        obLine=make.tags(nr=1, accID="1300", amnt="125.00", amntTp="D"),
        obSubledgers=f"<obSubledger>{make.tags(sbType='CU')}"
        f"<obSbLine>{make.tags(nr=1, amnt='100.00', amntTp='D', custSupID='001', invRef='F0', invDt='2024-11-01', invDueDt='2024-12-01', mutTp='I')}</obSbLine>"  # noqa: E501
        f"<obSbLine>{make.tags(nr=2, amnt='25.00', amntTp='D', custSupID='002')}</obSbLine>"
        "</obSubledger>",
    )
    opening = f"<openingBalance><opBalDate>2025-01-01</opBalDate>{opened}</openingBalance>"
    lines = [receipt(1, "100.00", invRef="F0")]
    booked = [make.transaction(1, "2025-04-11", {"accID": "1300", "amnt": "100", "amntTp": "C"})]
    text = make.xaf(
        customers=[ALFA, BETA], opening=opening, lines=lines, journals={("20", "B"): booked}
    )
    ledger = read_ledger(saved(tmp_path, text))
    assert sorted(open_by_item(ledger).values()) == [2500]
    assert ledger.items["issued_on"].dt.strftime("%Y-%m-%d").tolist() == [
        "2024-11-01",
        "2024-12-31",
    ]
    assert {"audit_opening_undated", "tie_out_agrees"} <= codes(ledger)
    assert tied(ledger) == [
        ("general_ledger", "1300", 2500, 2500, ""),
        ("opening_balance", "1300", 12500, 12500, ""),
    ]


def ledger_lines() -> dict[tuple[str, str], list[str]]:
    sold = {"accID": "1300", "amntTp": "D", "custSupID": "001", "effDate": "2025-02-01"}
    paid = {"accID": "1300", "amntTp": "C", "custSupID": "001"}
    return {
        ("70", "S"): [
            make.transaction(1, "2025-02-01", {**sold, "amnt": "100", "invRef": "F1"}),
            make.transaction(2, "2025-02-03", {**sold, "amnt": "50", "invRef": "F2"}),
            make.transaction(3, "2025-02-04", {**paid, "amnt": "20", "invRef": "C3"}),
        ],
        ("20", "B"): [
            make.transaction(4, "2025-03-01", {**paid, "amnt": "100", "invRef": "F1"}),
            make.transaction(5, "2025-03-02", {**paid, "amnt": "30"}),
            make.transaction(6, "2025-03-02", {"accID": "1310", "amnt": "9", "amntTp": "C"}),
        ],
    }


@pytest.mark.parametrize("suppliers_only", [False, True])
def test_without_a_sub_ledger_the_account_is_taken(tmp_path: Path, suppliers_only: bool) -> None:
    customer = {**ALFA, "opBalDesc": "12.50", "opBalTp": "D"}
    lines = [make.sub_line(1, amnt="5", amntTp="C")] if suppliers_only else []
    text = make.xaf(
        namespace=make.XAF4, customers=[customer], journals=ledger_lines(), lines=lines, kind="SU"
    )
    ledger = read_ledger(saved(tmp_path, text, "a.xml"))
    assert sorted(open_by_item(ledger).values()) == [-3000, -2000, 1250, 5000]
    assert ledger.items["kind"].tolist().count("credit_note") == 1
    assert {"audit_no_subledger", "no_due_dates"} <= codes(ledger)
    note = next(note for note in ledger.notes if note.code == "audit_no_subledger")
    assert note.values["format"] == "XAF 4.0"
    assert "due_dates" not in ledger.capabilities


def test_bytes_that_are_not_the_declared_utf_8(tmp_path: Path) -> None:
    text = make.xaf(customers=[BETA], lines=[invoice(1, "5.00", custSupID="002")])
    ledger = read_ledger(saved(tmp_path, text, encoding="cp1252"))
    assert ledger.customers["name"].tolist() == ["Bêta"]
    assert "audit_encoding" in codes(ledger)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = make.xaf(customers=[BETA], lines=[invoice(1, "5.00", custSupID="002")])
    text = text.replace("UTF-8", "UTF-16" if encoding == "utf-16" else "UTF-8")
    ledger = read_ledger(saved(tmp_path, text, encoding=encoding))
    assert ledger.customers["name"].tolist() == ["Bêta"]
    assert "audit_encoding" not in codes(ledger)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>'
    "<auditfile>&y;</auditfile>"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "xml_entities"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><auditfile/>', "xml_entities"),
        ("<?xml version='1.0'?><html/>", "file_xml"),
        (make.xaf(customers=[ALFA]), "audit_no_debtors"),
        (make.xaf(lines=[invoice(1, "5")])[:-40], "file_truncated"),
        (make.xaf(lines=[invoice(1, "5")]).replace("</sbLine>", "</sb>"), "xml_damaged"),
        ("<" * 10, "file_truncated"),
        (make.saft_pt("", ""), "audit_no_debtors"),
    ],
)
def test_files_that_are_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_ledger(saved(tmp_path, text))
    assert [fault.code for fault in caught.value.faults] == [code]
    assert caught.value.text("nl") and caught.value.text("en")


def test_lines_that_cannot_be_read_are_set_aside(tmp_path: Path) -> None:
    lines = [
        invoice(1, "100.00"),
        invoice(2, "honderd"),
        invoice(3, "5.00", custSupID=""),
        invoice(4, "6.00", invDt="2025-02-31", invDueDt=""),
        invoice(5, "7.00", invDt=""),
    ]
    ledger = read_ledger(saved(tmp_path, make.xaf(customers=[ALFA], lines=lines)))
    assert ledger.items["item_id"].tolist() == ["F1"]
    assert sorted(ledger.quarantine["reason"]) == [
        "missing_customer", "missing_issue_date", "unreadable_amount", "unreadable_date",
    ]  # fmt: skip
    counts = ledger.intake[ledger.intake["table"] == "invoices"].iloc[0]
    assert (counts.rows_in, counts.rows_accepted, counts.cents_in) == (5, 1, 11800)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"invDueDt": "2025-02-31"}, "unreadable_date"),
        ({"invDueDt": "00:00.0"}, "unreadable_date"),
        ({"invDt": "gisteren"}, "unreadable_date"),
        ({"amnt": "honderd"}, "unreadable_amount"),
    ],
)
def test_one_bad_value_in_a_small_file_costs_its_own_row_only(
    tmp_path: Path, bad: dict[str, str], reason: str
) -> None:
    lines = [invoice(1, "5.00", **bad), invoice(2, "100.00", invDueDt="")]
    ledger = read_ledger(saved(tmp_path, make.xaf(customers=[ALFA], lines=lines)))
    assert open_by_item(ledger) == {"F2": 10_000}
    assert ledger.quarantine["reason"].tolist() == [reason]


def test_a_file_with_nothing_but_bad_rows_is_refused(tmp_path: Path) -> None:
    text = make.xaf(customers=[ALFA], lines=[invoice(1, "5.00", invDueDt="2025-02-31")])
    with pytest.raises(InputError) as caught:
        read_ledger(saved(tmp_path, text))
    assert [fault.code for fault in caught.value.faults] == ["no_rows_accepted"]


def test_a_line_in_a_foreign_currency_keeps_what_was_invoiced(tmp_path: Path) -> None:
    def foreign(line: str, amount: str, code: str = "USD") -> str:
        told = make.tags(currency=make.tags(curCode=code, curAmnt=amount))
        return line.replace("</sbLine>", f"{told}</sbLine>")

    lines = [
        foreign(invoice(1, "100.00"), "110.00"),
        foreign(invoice(2, "30.00", amntTp="C", docRef="C2", invDueDt=""), "33.00"),
        foreign(invoice(3, "5.00"), "5.00", "EUR"),
        foreign(receipt(4, "96.00", invRef="F1"), "110.00"),
        receipt(5, "4.00", invRef="F1", jrnID="90"),  # what the rate cost
    ]
    ledger = read_ledger(saved(tmp_path, make.xaf(customers=[ALFA], lines=lines)))
    assert (ledger.reporting_currency, ledger.apart) == ("EUR", ())
    items = ledger.items.set_index("item_id")
    assert items["currency"].tolist() == ["USD", "USD", "EUR"]
    assert items["amount_minor"].tolist() == [11_000, -3_300, 500]
    assert items["amount_cents"].tolist() == [10_000, -3_000, 500]
    assert open_by_item(ledger) == {"F2": -3_000, "F3": 500}
    notes = {note.code: note.values for note in ledger.notes}
    assert notes["audit_foreign"] == {"file": "a.xaf", "rows_count": 3, "currency": "EUR"}


@pytest.mark.parametrize("has_subledger", [True, False])
def test_a_write_off_is_no_credit_note(tmp_path: Path, has_subledger: bool) -> None:
    def memo(number: int, amount: str, ref: str, *beside: tuple[str, str]) -> str:
        own = {"accID": "1300", "amnt": amount, "amntTp": "C", "custSupID": "001", "invRef": ref}
        return make.transaction(
            number, "2025-12-31", own,
            *({"accID": name, "amnt": part, "amntTp": "D"} for name, part in beside),
        )  # fmt: skip

    memos = [
        memo(11, "121.00", "F1", ("1310", "100.00"), ("1500", "21.00")),
        memo(12, "3.00", "F2", ("4750", "3.00")),
        memo(13, "5.00", "F2", ("8000", "4.13"), ("1500", "0.87")),
    ]
    sold = {"accID": "1300", "amntTp": "D", "custSupID": "001", "effDate": "2025-03-01"}
    sales = [
        make.transaction(n, "2025-03-01", sold | {"amnt": amount, "invRef": f"F{n}"})
        for n, amount in ((1, "121.00"), (2, "50.00"))
    ]
    lines = [invoice(1, "121.00"), invoice(2, "50.00")]
    lines += [
        receipt(n, amount, invRef=ref, mutTp="I", jrnID="90", trNr=n, docRef=f"M{n}")
        for n, amount, ref in ((11, "121.00", "F1"), (12, "3.00", "F2"), (13, "5.00", "F2"))
    ]
    text = make.xaf(
        customers=[ALFA],
        journals={("70", "S"): sales, ("90", "M"): memos},
        lines=lines if has_subledger else (),
    )
    ledger = read_ledger(saved(tmp_path, text))
    assert list(open_by_item(ledger).values()) == [4_200]
    assert ledger.settlements.groupby("kind")["amount_cents"].apply(
        lambda part: sorted(part)
    ).to_dict() == {"credit": [-500, 500], "fx": [300], "write_off": [12_100]}  # fmt: skip
    assert not ledger.tie_out["difference_cents"].any()


CUSTOMER = (
    f"<Customer>{make.tags(CustomerID='C1', CompanyName='Padaria', CustomerTaxID='5')}</Customer>"
)


def test_portuguese_documents(tmp_path: Path) -> None:
    invoices = "".join(
        [
            make.pt_invoice("FT A/1", "2025-01-10", "123.00"),
            make.pt_invoice("FT A/2", "2025-02-10", "50.00", status="A"),
            make.pt_invoice("FT A/3", "2025-02-11", "60.00", status="R"),
            make.pt_invoice("FR A/4", "2025-03-01", "10.00", kind="FR"),
            make.pt_invoice("NC A/5", "2025-03-02", "23.00", kind="NC", reference="FT A/1"),
            make.pt_invoice("FT A/6", "2025-04-02", "40.00"),
        ]
    )
    payments = make.pt_receipt("RC 1", "2025-05-01", {"FT A/1": "80.00", "FT A/6": "15.00"})
    payments += make.pt_receipt("RC 2", "2025-05-02", {"FT A/6": "25.00"}, status="A")
    ledger = read_ledger(saved(tmp_path, make.saft_pt(CUSTOMER, invoices, payments), "pt.xml"))
    assert open_by_item(ledger) == {"FT A/1": 2000, "FT A/6": 2500}
    aside = ledger.quarantine.set_index("reason")["cents"]
    assert aside["annulled_document"].tolist() == [5000, 2500]
    assert aside["summary_document"] == 6000
    assert ledger.customers["name"].tolist() == ["Padaria"]
    assert ledger.reporting_currency == "EUR"
    assert {"audit_read", "no_due_dates"} <= codes(ledger)
    assert ledger.observed_on == YEAR_END


def test_norwegian_ledger_lines(tmp_path: Path) -> None:
    def line(side: str, amount: str, **more: str) -> str:
        own = make.tags(AccountID="1500", CustomerID="12000", **{side: make.tags(Amount=amount)})
        return f"<Line>{own}{make.tags(**more)}</Line>"

    def booking(day: str, *lines: str) -> str:
        return f"<Transaction>{make.tags(TransactionDate=day)}{''.join(lines)}</Transaction>"

    customer = make.tags(CustomerID="12000", Name="Kunden AS", AccountID="1500")
    customer += make.tags(OpeningDebitBalance="10.00", ClosingDebitBalance="45.00")
    text = make.saft_no(
        f"<Customer>{customer}</Customer>",
        booking("2025-01-15", line("DebitAmount", "100.00", ReferenceNumber="1",
                                   DueDate="2025-02-14"))
        + booking("2025-02-20", line("CreditAmount", "60.00", CrossReference="1"))
        + booking("2025-02-21", line("CreditAmount", "5.00", Description="Kreditnota")),
    )  # fmt: skip
    ledger = read_ledger(saved(tmp_path, text, "no.xml"))
    assert sorted(open_by_item(ledger).values()) == [-500, 1000, 4000]
    assert ledger.at(YEAR_END).outstanding_cents == 4500
    assert tied(ledger) == [("closing_balance", "1500", 4500, 4500, "")]
    assert ledger.reporting_currency == "NOK"


def test_a_receipt_without_a_day_is_set_aside(tmp_path: Path) -> None:
    lines = [invoice(1, "100.00"), receipt(2, "60.00", invRef="F1", invDt="")]
    ledger = read_ledger(saved(tmp_path, make.xaf(customers=[ALFA], lines=lines)))
    assert open_by_item(ledger) == {"F1": 10_000}
    assert ledger.quarantine["reason"].tolist() == ["missing_payment_date"]


@pytest.mark.parametrize("end", ["2025-12-XX", "2025-02-30", "99999999999999", "0001-01-01"])
def test_a_period_that_ends_on_no_day_is_not_told(tmp_path: Path, end: str) -> None:
    text = make.xaf(customers=[ALFA], lines=[invoice(1, "100.00")], journals=ledger_lines())
    assert "<endDate>2025-12-31</endDate>" in text
    damaged = text.replace("<endDate>2025-12-31</endDate>", f"<endDate>{end}</endDate>")
    ledger = read_ledger(saved(tmp_path, damaged))
    assert open_by_item(ledger) == {"F1": 10_000}
    assert ledger.tie_out["as_of"].isna().tolist() == [True]
