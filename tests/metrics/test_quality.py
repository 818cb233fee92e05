import pandas as pd

from credit_helpers.metrics import quality, repeats, terms
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, ledger_of

POLICY = load_policy().quality


def checks(items, settlements, customers, as_of=DAY):
    compared = repeats.flags(items, POLICY.near_duplicate_days)
    compared["differing_terms"] = terms.differing(items, customers)
    return quality.checks(items, settlements, compared, as_of=as_of, policy=POLICY)


def checked(items, settlements=(), *, as_of=DAY, documents=None, **columns):
    ledger = ledger_of(items, settlements)
    now = ledger.at(as_of)
    rows = now.items if documents is None else now.items.assign(document=documents)
    customers = ledger.customers.assign(**columns)
    found = checks(rows, now.settlements, customers, as_of)
    return {
        check: list(zip(rows["item_id"], rows["amount_cents"], strict=True))
        for check, rows in found.groupby("check", sort=False)
    }


def invoice(number, issued, due, cents, customer="1"):
    return (number, customer, "invoice", issued, due, cents)


def test_dates_and_signs():
    items = (
        invoice("F1", "2026-03-01", None, 500),
        invoice("F2", "2026-03-02", "2026-03-01", 600),
        invoice("F3", "2026-03-03", "2026-03-03", -700),
        ("U1", "1", "unapplied_cash", "2026-03-04", None, -80),
        ("C1", "1", "credit_note", "2026-03-04", None, -90),
    )
    assert checked(items) == {
        "missing_due_date": [("F1", 500)],
        "due_before_issue": [("F2", 600)],
        "negative_invoice": [("F3", -700)],
        "unapplied_cash": [("U1", -80)],
    }


def test_settlements():
    items = (
        invoice("F1", "2026-03-01", "2026-03-31", 500),
        invoice("F2", "2026-03-02", "2026-03-31", 600),
        ("U1", "1", "unapplied_cash", "2026-03-04", None, -80),
    )
    settled = (
        ("F1", "2026-03-05", "payment", 510),
        ("F2", None, "payment", 100),
        ("F2", None, "payment", 50),
        ("U1", "2026-03-05", "payment", -80),  # matched: not listed
    )
    assert checked(items, settled) == {
        "overpaid": [("F1", -10)],
        "undated_settlement": [("F2", 150)],
    }


def test_near_duplicates_are_the_later_ones():
    items = (
        invoice("F1", "2026-03-01", "2026-03-31", 500),
        invoice("F2", "2026-03-04", "2026-03-31", 500),  # three days later
        invoice("F3", "2026-03-08", "2026-03-31", 500),  # four days after that
        invoice("F4", "2026-03-01", "2026-03-31", 500, customer="2"),
        invoice("F5", "2026-03-01", "2026-03-31", 501),
    )
    assert checked(items) == {"near_duplicate": [("F2", 500)]}
    assert checked(items[::-1]) == {"near_duplicate": [("F2", 500)]}


def test_parts_of_one_document_are_no_duplicates():
    items = (
        invoice("F1", "2026-03-01", "2026-03-31", 500),
        invoice("F2", "2026-03-01", "2026-04-30", 500),
    )
    assert checked(items, documents=["A-1", "A-1"]) == {}
    assert checked(items, documents=["A-1", None]) == {"near_duplicate": [("F2", 500)]}


def test_terms_that_differ_from_what_was_agreed():
    items = (
        invoice("F1", "2026-03-01", "2026-03-31", 500),
        invoice("F2", "2026-03-01", "2026-03-15", 600),
        invoice("F3", "2026-03-01", "2026-03-15", 700, customer="2"),  # nothing agreed
    )
    terms = pd.array([30, None, None], dtype="Int64")
    assert checked(items, terms_days=terms) == {"differing_terms": [("F2", 600)]}


def test_a_stale_ledger_names_its_latest_document():
    items = (
        invoice("F1", "2026-02-01", "2026-03-31", 500),
        invoice("F2", "2026-02-14", "2026-03-31", 600),
    )
    assert checked(items) == {}  # 45 days
    assert checked(items, as_of=pd.Timestamp("2026-04-01")) == {"stale_ledger": [("F2", 0)]}


def test_documents_after_the_export():
    items = ledger_of((invoice("F1", "2026-03-31", None, 5), invoice("F2", "2026-04-01", None, 6)))
    found = quality.future_documents(items.items, DAY)
    assert found[["check", "item_id", "amount_cents"]].to_numpy().tolist() == [
        ["future_document", "F2", 6]
    ]
    assert quality.future_documents(items.items, None).empty


def test_evidence_and_summary():
    ledger = ledger_of(
        (invoice("F1", "2026-03-01", None, 500), invoice("F2", "2026-03-01", None, 9))
    )
    now = ledger.at(DAY)
    found = checks(now.items, now.settlements, now.customers)
    assert list(found) == list(quality.COLUMNS)
    assert found["document"].tolist() == ["F1", "F2"]
    assert quality.summary(found).to_numpy().tolist() == [["missing_due_date", 2, 509]]


def test_an_empty_ledger():
    now = ledger_of().at(DAY)
    found = checks(now.items, now.settlements, now.customers)
    assert found.empty
    assert found.dtypes.to_dict() == {
        name: pd.Series(dtype=kind).dtype for name, kind in quality.COLUMNS.items()
    }
    assert quality.summary(found).empty


def test_what_is_left_after_payment_is_a_discount_or_too_little():
    items = tuple(invoice(f"F{n}", "2026-03-01", "2026-03-31", 10_000) for n in range(1, 6))
    settled = (
        ("F1", "2026-03-15", "payment", 9_700),  # day 14, 3% left
        ("F2", "2026-03-16", "payment", 9_700),  # a day too late for a discount
        ("F3", "2026-03-10", "payment", 9_699),  # more than 3% left
        ("F4", "2026-03-10", "payment", 8_999),  # more than a tenth left: a part payment
        ("F5", None, "payment", 9_800),
    )
    found = checked(items, settled)
    assert found["discount_taken"] == [("F1", 300)]
    assert found["underpaid"] == [("F2", 300), ("F3", 301), ("F5", 200)]


def test_the_same_number_twice_and_numbers_that_are_nearly_the_same():
    items = (
        invoice("A", "2026-03-01", "2026-03-31", 500),
        invoice("B", "2026-03-01", "2026-03-31", 500),
        invoice("C", "2026-01-10", "2026-03-31", 500),
        invoice("D", "2026-01-20", "2026-03-31", 500),
        invoice("E", "2026-01-20", "2026-03-31", 500, customer="2"),
        invoice("F", "2026-01-20", "2026-03-31", 501),
    )
    # The second F-17 repeats the first; 0017a is that of January with zeros and a letter.
    found = checked(items, documents=["F-17", "F-17", "17", "0017a", "0017", "0017"])
    assert found == {"repeated_document": [("B", 500)], "similar_number": [("D", 500)]}


def test_a_credit_note_that_adds_to_the_balance():
    items = (
        ("C1", "1", "credit_note", "2026-03-04", None, 90),
        ("C2", "1", "credit_note", "2026-03-04", None, -90),
    )
    assert checked(items) == {"positive_credit_note": [("C1", 90)]}
