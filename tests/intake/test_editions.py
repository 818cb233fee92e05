"""One balance that was delivered twice counts once: two days of a list, two years of accounts."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.read import read_ledger

_spec = importlib.util.spec_from_file_location(
    "audit_files", Path(__file__).with_name("audit_files.py")
)
assert _spec is not None and _spec.loader is not None
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

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


def year(number: int, opening: str, lines: list[str]) -> str:
    people = [{"custSupID": "001", "custSupName": "Alfa B.V.", "custSupTp": "C"}]
    text = make.xaf(customers=people, opening=opening, lines=lines)
    return text.replace("2025-01-01<", f"{number}-01-01<").replace(
        "2025-12-31<", f"{number}-12-31<"
    )


def line(number: int, amount: str, **more: object) -> str:
    days = {"invDt": "2024-11-01", "invDueDt": "2024-12-01", "mutTp": "I"}
    values = {"amnt": amount, "custSupID": "001", "invRef": f"F{number}"}
    return make.sub_line(number, **{**values, **days, **more})


def test_the_opening_of_a_next_year_counts_once(tmp_path: Path) -> None:
    first = year(2024, "", [line(1, "100.00"), line(2, "40.00")])
    opened = "".join(
        f"<obSbLine>{make.tags(nr=n, amnt=amount, amntTp='D', custSupID='001', invRef=f'F{n}', invDt='2024-11-01', mutTp='I')}</obSbLine>"  # noqa: E501
        for n, amount in ((1, "100.00"), (2, "40.00"))
    )
    opening = (
        "<openingBalance><opBalDate>2025-01-01</opBalDate><obSubledgers><obSubledger>"
        f"{make.tags(sbType='CU')}{opened}</obSubledger></obSubledgers></openingBalance>"
    )
    new = line(3, "7.00", invDt="2025-03-01", invDueDt="2025-03-31")
    (tmp_path / "2024.xaf").write_text(first, encoding="utf-8")
    (tmp_path / "2025.xaf").write_text(year(2025, opening, [new]), encoding="utf-8")
    ledger = read_ledger(tmp_path)
    assert ledger.at(pd.Timestamp("2025-12-31")).outstanding_cents == 14700
    assert ledger.quarantine["reason"].tolist() == ["opening_repeated"] * 2 + ["same_customer"]
    alone = read_ledger(tmp_path / "2025.xaf")
    assert alone.at(pd.Timestamp("2025-12-31")).outstanding_cents == 14700
    assert alone.quarantine.empty


def test_lines_in_a_foreign_currency_are_told(tmp_path: Path) -> None:
    foreign = line(1, "100.00").replace(
        "</sbLine>", "<currency><curCode>USD</curCode><curAmnt>110.00</curAmnt></currency></sbLine>"
    )
    (tmp_path / "a.xaf").write_text(year(2024, "", [foreign, line(2, "5.00")]), encoding="utf-8")
    ledger = read_ledger(tmp_path / "a.xaf")
    notes = {note.code: note.values for note in ledger.notes}
    assert notes["audit_foreign"] == {"file": "a.xaf", "rows_count": 1, "currency": "EUR"}
    assert ledger.items["amount_cents"].tolist() == [10000, 500]
