"""Which of two documents repeats the other, and which row is told so."""

import pandas as pd

from credit_helpers.metrics import repeats


def items(*rows):
    """Invoices of one debtor from (id, document, issued, cents)."""
    frame = pd.DataFrame(rows, columns=["item_id", "document", "issued_on", "amount_cents"])
    issued = pd.to_datetime(frame["issued_on"])
    return frame.assign(customer_id="1", kind="invoice", issued_on=issued, due_on=issued)


def told(rows, days=3):
    found = repeats.flags(rows, days)
    return {name: found.index[found[name]].tolist() for name in repeats.COLUMNS}


def test_the_later_one_is_told_whatever_the_order_of_the_rows():
    rows = items(
        ("A", "17", "2026-03-05", 500),
        ("B", "18", "2026-03-02", 500),  # three days before
        ("C", "0018a", "2026-01-01", 500),  # of which B has the bare number
        ("D", "19", "2026-03-05", 501),
    )
    expected = {"repeated_document": [], "similar_number": [1], "near_duplicate": [0]}
    assert told(rows) == expected
    # the rows of a selection are numbered anew: flags stand beside them by place
    assert told(rows.set_axis([9, 3, 7, 1])) == expected
    assert told(rows, days=2)["near_duplicate"] == []


def test_what_is_told_as_a_similar_number_is_no_near_duplicate_as_well():
    rows = items(("A", "17", "2026-03-01", 500), ("B", "17a", "2026-03-01", 500))
    assert told(rows) == {"repeated_document": [], "similar_number": [1], "near_duplicate": []}


def test_only_invoices_that_add_to_the_balance_take_part():
    rows = items(("A", "17", "2026-03-01", -500), ("B", "17", "2026-03-01", -500))
    nothing = {name: [] for name in repeats.COLUMNS}
    assert told(rows) == nothing
    notes = items(("A", "17", "2026-03-01", 500), ("B", "17", "2026-03-01", 500))
    assert told(notes.assign(kind="credit_note")) == nothing
    assert told(notes.drop(columns="document"))["near_duplicate"] == [1]
    assert told(notes.head(0)) == nothing
