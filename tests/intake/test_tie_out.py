"""What the source states of itself beside what was read: every difference is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.client import read_client
from credit_helpers.intake.read import read_ledger
from credit_helpers.portfolio.ledger import Ledger

Write = Callable[..., Path]
HEAD = "Debiteurnr;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag"
ROWS = (
    "001;Alfa;F1;2026-01-01;2026-01-31;100,00",
    "001;Alfa;F2;2026-02-01;2026-03-03;250,50",
    "002;Beta;F3;2026-03-01;2026-03-31;40,00",
    "002;Beta;F4;2026-03-20;2026-04-19;60,00",
    "003;Gamma;F5;2026-03-25;2026-04-24;9,50",
)
TOML = ('name = "Jansen"', 'currency = "EUR"', "as_of = 2026-03-31")
COLUMNS = ["what", "place", "source_cents", "own_cents", "cause"]


def tied(ledger: Ledger) -> list[tuple[object, ...]]:
    return list(ledger.tie_out[COLUMNS].itertuples(index=False, name=None))


def codes(ledger: Ledger) -> set[str]:
    return {note.code for note in ledger.notes}


def test_the_balance_of_the_general_ledger_is_compared_on_its_day(write: Write) -> None:
    write("client.toml", *TOML, "[tie_out]", "general_ledger = 460.00", 'account = "1300"')
    ledger = read_ledger(write("open.csv", HEAD, *ROWS).parent)
    assert tied(ledger) == [("general_ledger", "1300", 46000, 46000, "")]
    assert "tie_out_agrees" in codes(ledger)
    assert ledger.tie_out["as_of"].tolist() == [pd.Timestamp("2026-03-31")]


def test_a_difference_with_the_general_ledger_asks_and_names_an_equal_amount(write: Write) -> None:
    lines = ("general_ledger = 509.50", "as_of = 2026-03-31")
    write("client.toml", *TOML, "[tie_out]", *lines, "opening = 90.00", "opening_on = 2026-01-31")
    ledger = read_ledger(write("open.csv", HEAD, *ROWS, ROWS[0].replace("F1", "F6")).parent)
    # 560.00 were read: 50.50 less in the general ledger, which no single figure explains.
    assert tied(ledger) == [
        ("general_ledger", "", 50950, 56000, "unknown"),
        ("opening_balance", "", 9000, 20000, "unknown"),
    ]
    assert [note.code for note in ledger.notes if note.asks] == ["tie_out_differs"]
    write("client.toml", *TOML, "[tie_out]", "general_ledger = 550.50")
    assert tied(read_ledger(write("open.csv", HEAD, *ROWS, ROWS[0].replace("F1", "F6")).parent))[
        0
    ] == ("general_ledger", "", 55050, 56000, "one_document")


@pytest.mark.parametrize(
    "line",
    ["general_ledger = 1.005", 'general_ledger = "12"', "general_ledger = nan", "as_of = 3",
     "opening = 5.00", "ledger = 5.00", "account = true"],
)  # fmt: skip
def test_a_stated_balance_that_is_none_is_refused(write: Write, line: str) -> None:
    path = write("client.toml", "[tie_out]", line)
    with pytest.raises(InputError) as caught:
        read_client(path)
    assert {fault.code for fault in caught.value.faults} <= {
        "config_value_wrong",
        "config_key_unknown",
    }


AGED = HEAD + ";Niet vervallen;0-30;31-60;> 60"
AMOUNTS = (";0,00;0,00;100,00;0,00", ";;250,50;;", ";40,00;;;", ";60,00;;;", ";9,50;;;")


def test_the_ageing_of_the_source_agrees_per_column_in_rows_and_cents(write: Write) -> None:
    rows = [row + aged for row, aged in zip(ROWS, AMOUNTS, strict=True)]
    # F1 is 59 days past due, F2 28; F3 falls due today, which this source calls day 0.
    rows[2] = rows[2].replace(";40,00;;;", ";;40,00;;")
    write("client.toml", *TOML)
    ledger = read_ledger(write("open.csv", AGED, *rows).parent)
    assert tied(ledger) == [
        ("ageing_due", "Niet vervallen", 6950, 6950, ""),
        ("ageing_due", "0-30", 29050, 29050, ""),
        ("ageing_due", "31-60", 10000, 10000, ""),
        ("ageing_due", "> 60", 0, 0, ""),
    ]
    assert ledger.tie_out["source_count"].tolist() == [2, 2, 1, 0]
    assert ledger.tie_out["own_count"].tolist() == [2, 2, 1, 0]
    assert "ageing_agrees" in codes(ledger)
    assert ledger.items["amount_cents"].sum() == 46000


def test_an_amount_in_the_wrong_column_is_a_difference_in_both(write: Write) -> None:
    rows = [row + aged for row, aged in zip(ROWS, AMOUNTS, strict=True)]
    rows[2] = rows[2].replace(";40,00;;;", ";;;40,00;")
    write("client.toml", *TOML)
    ledger = read_ledger(write("open.csv", AGED, *rows).parent)
    differ = ledger.tie_out[ledger.tie_out["difference_cents"] != 0]
    assert differ["difference_cents"].tolist() == [-4000, 4000]
    assert differ["place"].tolist() == ["0-30", "31-60"]
    assert "ageing_differs" in codes(ledger)


def test_an_ageing_by_day_of_issue_is_recognised_and_so_is_another_day(write: Write) -> None:
    head = HEAD + ";0 - 30 dagen;31 - 60 dagen;61+ dagen"
    aged = (";;;100,00", ";;250,50;", ";40,00;;", ";60,00;;", ";9,50;;")
    rows = [row + more for row, more in zip(ROWS, aged, strict=True)]
    write("client.toml", *TOML)
    ledger = read_ledger(write("open.csv", head, *rows).parent)
    assert set(ledger.tie_out["what"]) == {"ageing_issue"}
    assert not ledger.tie_out["difference_cents"].any()
    write("client.toml", *TOML[:2], "as_of = 2026-05-05")
    later = read_ledger(write("open.csv", head, *rows).parent).tie_out
    differ = later[later["difference_cents"] != 0]
    assert set(differ["cause"]) == {"other_day"}


def test_a_column_with_the_class_of_each_row_is_compared_as_well(write: Write) -> None:
    names = ("31-60", "1-30", "Current", "Current", "Current")
    rows = [f"{row};{name}" for row, name in zip(ROWS, names, strict=True)]
    write("client.toml", *TOML)
    ledger = read_ledger(write("open.csv", HEAD + ";Klasse", *rows).parent)
    assert [row[1:4] for row in tied(ledger)] == [
        ("Current", 10950, 10950),
        ("1-30", 25050, 25050),
        ("31-60", 10000, 10000),
    ]


def test_a_summary_per_debtor_is_held_against_the_list_of_documents(write: Write) -> None:
    write("client.toml", *TOML)
    write(
        "ouderdom.csv", "Debiteurnr;Naam;0-30;31-60;>60", "001;Alfa;250,50;100,00;",
        "002;Beta;100,00;;", "003;Gamma;19,50;;", "Totaal;;370,00;100,00;0,00",
    )  # fmt: skip
    ledger = read_ledger(write("open.csv", HEAD, *ROWS).parent)
    assert tied(ledger) == [
        ("ageing_due", "0-30", 37000, 36000, "unknown"),
        ("ageing_due", "31-60", 10000, 10000, ""),
        ("ageing_due", ">60", 0, 0, ""),
    ]


def test_printed_totals_stand_beside_the_rows_and_say_what_was_set_aside(write: Write) -> None:
    lines = (*ROWS[:2], ";;Subtotaal;;;350,50", *ROWS[2:], ";;Totaal;;;460,00")
    agrees = read_ledger(write("goed.csv", HEAD, *lines))
    assert tied(agrees) == [("printed_total", "Bedrag · 8", 46000, 46000, "")]
    lines = (*ROWS, "004;Delta;F9;geen;2026-04-24;10,00", ";;Totaal;;;470,00")
    aside = read_ledger(write("apart.csv", HEAD, *lines))
    assert tied(aside) == [("printed_total", "Bedrag · 8", 47000, 46000, "set_aside")]
    wrong = read_ledger(write("fout.csv", HEAD, *ROWS, ";;Totaal;;;461,00"))
    assert tied(wrong) == [("printed_total", "Bedrag · 7", 46100, 46000, "unknown")]


def test_opening_and_movement_make_the_closing_balance(write: Write) -> None:
    lines = ("Beginsaldo;;;;;1.000,00", *ROWS, "Eindsaldo;;;;;1.460,00")
    assert tied(read_ledger(write("a.csv", HEAD, *lines))) == [
        ("closing_balance", "8", 146000, 146000, "")
    ]
    assert "totals_differ" not in codes(read_ledger(write("a.csv", HEAD, *lines)))
    lines = ("Beginsaldo;;;;;1.000,00", *ROWS, "Eindsaldo;;;;;1.400,00")
    assert tied(read_ledger(write("b.csv", HEAD, *lines)))[0][2:] == (
        140000, 146000, "one_document",
    )  # fmt: skip
    lines = ("Beginsaldo;;;;;1.000,00", *ROWS)
    assert tied(read_ledger(write("c.csv", HEAD, *lines)))[0] == (
        "opening_balance", "2", 100000, 0, "no_items",
    )  # fmt: skip


def test_a_list_without_figures_of_its_own_has_no_tie_out(write: Write) -> None:
    assert read_ledger(write("open.csv", HEAD, *ROWS)).tie_out.empty
