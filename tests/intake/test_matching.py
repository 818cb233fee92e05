"""Receipts without a reference: apart, by their description, or oldest first when asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credit_helpers.errors import InputError
from credit_helpers.intake.allocate import oldest_first
from credit_helpers.intake.read import read_ledger
from credit_helpers.portfolio.ledger import Ledger

Write = Callable[..., Path]
HEAD = "Debiteurnr;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Factuurbedrag"
INVOICES = (
    "001;Alfa;F-1001;2026-01-01;2026-01-31;100,00",
    "001;Alfa;F-1002;2026-01-10;2026-02-09;50,00",
    "001;Alfa;F-1003;2026-03-01;2026-03-31;70,00",
    "002;Beta;F-1004;2026-01-05;2026-02-04;80,00",
    "002;Beta;F-1005;2026-01-06;2026-02-05;20,00",
)
PAID = "Betalingsnummer;Debiteurnr;Factuurnummer;Betaaldatum;Bedrag betaald;Omschrijving"
DAY = pd.Timestamp("2026-04-30")


def read(write: Write, *payments: str, toml: tuple[str, ...] = ()) -> Ledger:
    write("client.toml", 'name = "Jansen"', 'currency = "EUR"', *toml)
    write("facturen.csv", HEAD, *INVOICES)
    return read_ledger(write("betalingen.csv", PAID, *payments).parent)


def open_cents(ledger: Ledger) -> dict[str, int]:
    rows = ledger.at(DAY).open_items
    return dict(zip(rows["document"].fillna(""), rows["outstanding_cents"].tolist(), strict=True))


def codes(ledger: Ledger) -> dict[str, dict]:
    return {note.code: note.values for note in ledger.notes}


ASKED = ("[matching]", 'unreferenced = "oldest_first"')


def test_receipts_without_a_reference_stay_apart_unless_asked(write: Write) -> None:
    ledger = read(write, "B1;001;;2026-02-15;120,00;overboeking")
    assert open_cents(ledger) == {
        "F-1001": 10000, "F-1002": 5000, "F-1003": 7000, "F-1004": 8000, "F-1005": 2000,
        "": -12000,
    }  # fmt: skip
    assert "is_allocated" not in ledger.settlements


def test_oldest_first_never_reaches_a_later_invoice_and_keeps_the_cents(write: Write) -> None:
    payments = (
        "B1;001;;2026-02-15;120,00;",
        "B2;001;;2026-02-20;60,00;",
        "B3;001;F-1003;2026-04-01;5,00;",
    )
    before, ledger = read(write, *payments), read(write, *payments, toml=ASKED)
    # 180.00 came in before F-1003 was issued: 150.00 settles both others, 30.00 stays apart.
    assert open_cents(ledger) == {"F-1003": 6500, "F-1004": 8000, "F-1005": 2000, "": -3000}
    assert ledger.at(DAY).outstanding_cents == before.at(DAY).outstanding_cents
    marked = ledger.settlements[ledger.settlements["is_allocated"]]
    assert marked["amount_cents"].tolist() == [10000, -10000, 2000, -2000, 3000, -3000]
    assert marked["settled_on"].dt.day.tolist() == [15, 15, 15, 15, 20, 20]
    named = ledger.settlements["amount_cents"] == 500
    assert not ledger.settlements.loc[named, "is_allocated"].any()
    assert codes(ledger)["cash_allocated"] == {"rows_count": 2, "items_count": 3}


def test_a_rule_nobody_knows_is_refused(write: Write) -> None:
    with pytest.raises(InputError, match=r"oldest_first"):
        read(write, "B1;001;;2026-02-15;1,00;", toml=("[matching]", 'unreferenced = "newest"'))


def test_a_description_that_fits_settles_each_invoice_that_it_names(write: Write) -> None:
    ledger = read(write, "B1;001;;2026-02-15;150,00;Fact. F-1001/F-1002 d.d. 10-01-2026")
    assert open_cents(ledger) == {"F-1003": 7000, "F-1004": 8000, "F-1005": 2000}
    assert codes(ledger)["cash_by_description"] == {"rows_count": 1}
    assert "cash_named_partly" not in codes(ledger)
    assert not ledger.settlements["is_allocated"].any()


def test_a_description_that_does_not_fit_settles_the_oldest_named(write: Write) -> None:
    ledger = read(write, "B1;001;;2026-03-15;160,00;F-1001, F-1003")
    assert open_cents(ledger) == {"F-1002": 5000, "F-1003": 1000, "F-1004": 8000, "F-1005": 2000}
    assert ledger.settlements["is_allocated"].all()
    over = read(write, "B1;001;;2026-02-15;180,00;F-1001 en F-1002")
    assert open_cents(over)[""] == -3000
    assert codes(over)["cash_named_partly"] == {"rows_count": 1}


@pytest.mark.parametrize(
    "text",
    ["F-10012", "XF-1001", "F-1004", "1001 stuks", "2026", "levering F-100"],
)
def test_only_whole_numbers_of_the_same_debtor_count(write: Write, text: str) -> None:
    ledger = read(write, f"B1;001;;2026-02-15;100,00;{text}")
    assert open_cents(ledger)[""] == -10000


def test_a_receipt_without_a_debtor_follows_the_numbers_of_one_debtor(write: Write) -> None:
    ledger = read(write, "B1;;;2026-02-15;100,00;F-1004 F-1005", "B2;001;;2026-02-16;1,00;")
    assert open_cents(ledger) == {"F-1001": 10000, "F-1002": 5000, "F-1003": 7000, "": -100}
    mixed = read(write, "B1;;;2026-02-15;100,00;F-1001 F-1005", "B2;001;;2026-02-16;1,00;")
    assert mixed.quarantine["reason"].tolist() == ["unknown_document"]


def test_a_description_does_not_settle_what_was_issued_later(
    write: Write,
) -> None:
    ledger = read(write, "B1;001;;2026-02-15;70,00;voorschot F-1003")
    assert open_cents(ledger)["F-1003"] == 7000
    assert open_cents(ledger)[""] == -7000


@st.composite
def books(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    count = draw(st.integers(1, 12))
    rows = [
        {
            "item_id": f"I{n}",
            "customer_id": draw(st.sampled_from("ab")),
            "currency": draw(st.sampled_from(["EUR", "USD"])),
            "kind": (kind := draw(st.sampled_from(["invoice", "unapplied_cash", "credit_note"]))),
            "issued_on": pd.Timestamp("2026-01-01") + pd.Timedelta(days=draw(st.integers(0, 30))),
            "due_on": draw(st.sampled_from([pd.NaT, pd.Timestamp("2026-01-20")])),
            "amount_minor": draw(st.integers(1, 500)) * (1 if kind == "invoice" else -1),
        }
        for n in range(count)
    ]
    items = pd.DataFrame(rows).astype({"due_on": "datetime64[ns]"})
    ids = st.sampled_from(items["item_id"].tolist())
    paid = draw(st.lists(st.tuples(ids, st.integers(1, 300))))
    return items, pd.DataFrame(paid, columns=["item_id", "minor"]).astype({"minor": "int64"})


@settings(deadline=None, max_examples=60)
@given(books())
def test_allocation_keeps_every_cent_and_never_runs_ahead(book: tuple) -> None:
    items, paid = book
    made = oldest_first(items, paid)
    sums = pd.concat([paid, made]).groupby("item_id")["minor"].sum()
    by_id = items.set_index("item_id")
    rest = by_id["amount_minor"].sub(sums, fill_value=0)
    before = by_id["amount_minor"].sub(paid.groupby("item_id")["minor"].sum(), fill_value=0)
    assert rest.sum() == before.sum()
    touched = made["item_id"].unique()
    # Nothing changes its sign, and nothing but open invoices and receipts is touched.
    assert ((rest[touched] == 0) | ((rest[touched] > 0) == (before[touched] > 0))).all()
    assert (rest[touched].abs() <= before[touched].abs()).all()
    assert by_id["kind"].reindex(touched).isin(["invoice", "unapplied_cash"]).all()
    for invoice, receipt in zip(made["item_id"][::2], made["item_id"][1::2], strict=True):
        own, cash = by_id.loc[invoice], by_id.loc[receipt]
        assert (own["customer_id"], own["currency"]) == (cash["customer_id"], cash["currency"])
        assert own["issued_on"] <= cash["issued_on"]
    # What is left apart could not be placed: no invoice of that debtor was open by then.
    rest = rest[by_id.index]
    cash = by_id[(by_id["kind"] == "unapplied_cash") & (rest < 0)]
    owed = by_id[(by_id["kind"] == "invoice") & (rest > 0)]
    for row in cash.itertuples():
        same = (owed["customer_id"] == row.customer_id) & (owed["currency"] == row.currency)
        assert not (same & (owed["issued_on"] <= row.issued_on)).any()


def test_a_receipt_has_the_currency_that_every_invoice_has(write: Write) -> None:
    write("facturen.csv", "Klant;Factuur;Datum;Vervaldatum;Bedrag;Valuta",
          "A;F1;13-01-2026;12-02-2026;100,00;USD")  # fmt: skip
    path = write("betalingen.csv", "Klant;Factuur;Betaaldatum;Bedrag", "A;F1;20-02-2026;60,00")
    ledger = read_ledger(path.parent)
    assert (ledger.reporting_currency, ledger.apart) == ("USD", ())
    assert ledger.at(pd.Timestamp("2026-03-01")).outstanding_cents == 4000
