"""Audit files of several years, or of several companies, in one folder."""

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

ALFA = {"companyIdent": "1", "companyName": "Alfa Handel B.V.", "taxRegIdent": "001B01"}
BETA = {"companyIdent": "1", "companyName": "Beta Bouw B.V.", "taxRegIdent": "002B01"}
DEBTOR = {"custSupID": "001", "custSupName": "Jansen", "custSupTp": "C"}
OLD = {"custSupID": "001", "invDt": "2024-11-01", "invDueDt": "2024-12-01"}
END = pd.Timestamp("2025-12-31")


def booked(number: int, amount: str, day: str = "2024-11-01", **more: object) -> str:
    values = {"custSupID": "001", "invRef": f"F{number}", "mutTp": "I", "amnt": amount}
    return make.sub_line(number, **{**values, "invDt": day, "invDueDt": day, **more})


def folder_of(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.xaf").write_text(text, encoding="utf-8")
    return folder


def year(number: int, lines: list[str], opening: str = "", company: object = None) -> str:
    period = (f"{number}-01-01", f"{number}-12-31")
    return make.xaf(
        customers=[DEBTOR], lines=lines, opening=opening, company=company, period=period
    )


def codes(ledger: Ledger) -> set[str]:
    return {note.code for note in ledger.notes}


def tied(ledger: Ledger) -> list[tuple[object, ...]]:
    columns = ["what", "file", "place", "source_cents", "own_cents", "cause"]
    return list(ledger.tie_out[columns].itertuples(index=False, name=None))


FIRST = [booked(1, "100.00"), booked(2, "40.00")]
NEW = [booked(3, "7.00", "2025-03-01")]


def carried(*amounts: str, ledger: str = "") -> str:
    lines = [{**OLD, "amnt": a, "invRef": f"F{n}", "mutTp": "I"} for n, a in enumerate(amounts, 1)]
    return make.opening_of("2025-01-01", ledger, *lines)


@pytest.mark.parametrize("company", [None, ALFA])
def test_the_opening_of_a_next_year_counts_once(tmp_path: Path, company: object) -> None:
    second = year(2025, NEW, carried("100.00", "40.00"), company)
    folder_of(tmp_path, first=year(2024, FIRST, company=company), second=second)
    ledger = read_ledger(tmp_path)
    assert ledger.at(END).outstanding_cents == 14_700
    assert ledger.quarantine["reason"].tolist() == ["opening_repeated"] * 2 + ["same_customer"]
    assert ("carried_over", "second.xaf", "first.xaf", 14_000, 14_000, "") in tied(ledger)
    assert "carried_over_agrees" in codes(ledger)
    alone = read_ledger(tmp_path / "second.xaf")
    assert alone.at(END).outstanding_cents == 14_700
    assert alone.quarantine.empty


def test_an_opening_that_is_not_the_closing_before_is_a_difference(tmp_path: Path) -> None:
    second = year(2025, NEW, carried("100.00", "40.00", "2.50"), ALFA)
    ledger = read_ledger(folder_of(tmp_path, first=year(2024, FIRST, company=ALFA), second=second))
    assert ledger.at(END).outstanding_cents == 14_700
    line = ledger.tie_out[ledger.tie_out["what"] == "carried_over"].iloc[0]
    assert (line.source_cents, line.own_cents, line.difference_cents) == (14_250, 14_000, 250)
    assert "carried_over_differs" in {note.code for note in ledger.notes if note.asks}


def test_an_opening_in_the_general_ledger_only_is_held_against_the_year_before(
    tmp_path: Path,
) -> None:
    sold = {"accID": "1300", "amnt": "7.00", "amntTp": "D"}
    second = make.xaf(
        customers=[DEBTOR], lines=NEW, opening=carried(ledger="140.00"), company=ALFA,
        journals={("70", "S"): [make.transaction(3, "2025-03-01", sold)]},
    )  # fmt: skip
    alone = read_ledger(folder_of(tmp_path, second=second))
    assert tied(alone) == [
        ("general_ledger", "second.xaf", "1300", 14_700, 700, "no_items"),
        ("opening_balance", "second.xaf", "1300", 14_000, 0, "no_items"),
    ]
    both = read_ledger(folder_of(tmp_path, first=year(2024, FIRST, company=ALFA)))
    assert both.at(END).outstanding_cents == 14_700
    assert not both.tie_out["difference_cents"].any()
    assert sorted(str(row[0]) for row in tied(both)) == [
        "carried_over", "general_ledger", "opening_balance",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (ALFA | {"companyName": "ALFA HANDEL BV", "companyIdent": "77"}, 14_700),
        (ALFA | {"companyName": "Alfa Groep B.V."}, 14_700),
        (BETA, 28_700),
        (ALFA | {"companyName": "Alfa Vastgoed B.V.", "companyIdent": "2"}, 28_700),
    ],
)
def test_only_years_of_one_company_follow_on_from_each_other(
    tmp_path: Path, other: dict[str, str], count: int
) -> None:
    second = year(2025, NEW, carried("100.00", "40.00"), other)
    ledger = read_ledger(folder_of(tmp_path, first=year(2024, FIRST, company=ALFA), second=second))
    assert ledger.at(END).outstanding_cents == count
    is_one = count == 14_700
    assert ("carried_over" in set(ledger.tie_out["what"])) == is_one
    assert ("audit_companies" in {note.code for note in ledger.notes if note.asks}) != is_one


def test_two_companies_that_number_other_debtors_alike_are_not_added_up(tmp_path: Path) -> None:
    second = year(2025, NEW, company=BETA).replace("Jansen", "Pietersen")
    folder_of(tmp_path, first=year(2024, FIRST, company=ALFA), second=second)
    with pytest.raises(InputError) as caught:
        read_ledger(tmp_path)
    assert [fault.code for fault in caught.value.faults] == ["audit_companies"]
    assert caught.value.text("nl") and caught.value.text("en")


def test_a_file_of_part_of_the_year_counts_in_the_file_of_the_whole(tmp_path: Path) -> None:
    paid = booked(1, "60.00", "2025-02-01", amntTp="C", mutTp="P")
    half = [booked(1, "100.00", "2025-01-15"), paid]
    texts = [
        make.xaf(customers=[DEBTOR], lines=lines, company=ALFA, period=("2025-01-01", last))
        for lines, last in ((half, "2025-06-30"), ([*half, booked(2, "5.00")], "2025-12-31"))
    ]
    ledger = read_ledger(folder_of(tmp_path, part=texts[0], whole=texts[1]))
    assert ledger.at(END).outstanding_cents == 4_500
    assert ledger.quarantine["reason"].value_counts()["period_covered"] == 2
    assert "audit_covered" in codes(ledger)


def test_periods_that_overlap_in_part_are_asked_about(tmp_path: Path) -> None:
    texts = [
        make.xaf(customers=[DEBTOR], lines=FIRST, company=ALFA, period=period)
        for period in (("2025-01-01", "2025-06-30"), ("2025-04-01", "2025-12-31"))
    ]
    with pytest.raises(InputError) as caught:
        read_ledger(folder_of(tmp_path, one=texts[0], two=texts[1]))
    assert [fault.code for fault in caught.value.faults] == ["audit_overlap"]
    assert caught.value.text("nl") and caught.value.text("en")


def test_each_audit_file_is_in_its_own_currency(tmp_path: Path) -> None:
    euro = year(2024, FIRST, company=ALFA)
    krona = year(2025, NEW, company=ALFA | {"companyName": "Alfa AB", "taxRegIdent": "9"})
    krona = krona.replace("<curCode>EUR<", "<curCode>SEK<")
    ledger = read_ledger(folder_of(tmp_path, euro=euro, krona=krona))
    parts = {
        one.reporting_currency: one.at(END).outstanding_cents for one in (ledger, *ledger.apart)
    }
    assert parts == {"EUR": 14_000, "SEK": 700}
