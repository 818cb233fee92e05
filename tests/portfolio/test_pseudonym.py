"""A pseudonym is stable per key, tells nothing, and changes no amount and no day."""

import pandas as pd
import pytest

from credit_helpers.portfolio.ledger import Ledger, Note, SourceFile
from credit_helpers.portfolio.pseudonym import Pseudonyms, pseudonymise

KEY, OTHER = b"k" * 32, b"o" * 32
WORDS = {"debtor": "Debiteur", "person": "Verkoper", "file": "bestand", "sheet": "blad"}


def ledger():
    day = pd.Timestamp("2026-01-31")
    customers = pd.DataFrame(
        {
            "customer_id": ["1001", "1002"],
            "name": ["Jansen", "De Vries"],
            "kvk": ["12345678", None],
            "group_id": ["1001", None],
            "salesperson": ["Piet", "Piet"],
            "sector": ["bouw", "zorg"],
        }
    )
    items = pd.DataFrame(
        {
            "item_id": ["F1", "F2", "F3"],
            "customer_id": ["1001", "1002", "1001"],
            "kind": "invoice",
            "issued_on": day,
            "due_on": day,
            "amount_cents": [100, 200, 300],
            "currency": "EUR",
            "amount_minor": [100, 200, 300],
            "document": ["F1", "F2", None],
            "order_ref": ["Jansen/7", "", None],
            "source_file": "jansen.csv",
        }
    )
    paid = pd.DataFrame(
        {"item_id": ["F2"], "settled_on": [day], "kind": "payment", "amount_cents": [50]}
    )
    disputes = pd.DataFrame({"item_id": ["F1"], "disputed_on": [day], "reason": ["Jansen belde"]})
    quarantine = pd.DataFrame(
        {
            "file": ["jansen.csv"],
            "sheet": ["Jansen"],
            "row": [7],
            "table": "invoices",
            "reason": "missing_amount",
            "original": "Jansen;F9",
        }
    )
    return Ledger(
        customers,
        items,
        paid,
        disputes=disputes,
        quarantine=quarantine,
        sources=(SourceFile("jansen.csv", "ab" * 32, "invoices"),),
        notes=(Note("file_not_read", {"file": "jansen.csv"}), Note("x", {"rows_count": 2})),
    )


@pytest.fixture(scope="module")
def made():
    return pseudonymise(ledger(), Pseudonyms(KEY, WORDS))


def test_no_name_or_number_is_left(made):
    tables = ("customers", "items", "settlements", "disputes", "quarantine", "intake")
    said = " ".join(getattr(made, name).to_csv() for name in tables)
    said += f"{made.sources} {[note.values for note in made.notes]}"
    for name in ("1001", "1002", "Jansen", "jansen", "Vries", "12345678", "Piet", "F1", "F9"):
        assert name not in said


def test_amounts_days_and_groups_stay(made):
    before = ledger()
    assert made.items["amount_cents"].tolist() == [100, 200, 300]
    assert made.customers["sector"].tolist() == ["bouw", "zorg"]
    assert made.settled_places.tolist() == before.settled_places.tolist()
    assert made.items["issued_on"].equals(before.items["issued_on"])


def test_what_belonged_together_belongs_together(made):
    customers, items = made.customers, made.items
    assert items["customer_id"].tolist() == [customers["customer_id"][i] for i in (0, 1, 0)]
    assert customers["group_id"][0] == customers["customer_id"][0]
    assert items["document"][0] == items["item_id"][0]
    assert pd.isna(items["document"][2])
    assert pd.isna(customers["kvk"][1])
    assert customers["name"][0] == f"Debiteur {customers['customer_id'][0]}"
    assert customers["salesperson"].nunique() == 1
    assert made.sources[0].name == items["source_file"][0] == "bestand-1.csv"
    assert made.quarantine["sheet"].tolist() == ["blad-1"]
    assert made.notes[1].values == {"rows_count": 2}


def test_a_key_always_gives_the_same_and_another_key_others():
    names = pd.Series(["Jansen", "De Vries", None, ""], dtype="string")
    first = Pseudonyms(KEY).codes(names, "customer")
    again = Pseudonyms(KEY).codes(names[::-1], "customer")[::-1]
    assert first.equals(again)
    assert first[2] is pd.NA
    assert first[3] == ""
    assert not set(first[:2]) & set(Pseudonyms(OTHER).codes(names, "customer")[:2])
    assert first[0] == Pseudonyms(KEY).code("Jansen", "customer")
    assert first[0] != Pseudonyms(KEY).code("Jansen", "person")


def test_many_numbers_all_differ():
    numbers = pd.Series(range(20_000)).astype("string")
    codes = Pseudonyms(KEY).codes(numbers, "person")
    assert codes.is_unique
    assert codes.str.fullmatch("[B-Z]{6,}").all()


def test_the_key_is_not_shown():
    assert "kkk" not in repr(Pseudonyms(KEY, WORDS))


def test_an_empty_ledger_stays_empty():
    empty = Ledger(*(getattr(ledger(), n).iloc[:0] for n in ("customers", "items")))
    assert pseudonymise(empty, Pseudonyms(KEY, WORDS)).items.empty
