"""Terms on the invoice beside those agreed, where either may be unknown."""

import pandas as pd

from credit_helpers.metrics import terms

ITEMS = pd.DataFrame(
    {
        "kind": ["invoice", "invoice", "credit_note", "invoice", "invoice"],
        "customer_id": ["1", "1", "1", "1", "2"],
        "issued_on": pd.Timestamp("2026-03-01"),
        "due_on": pd.to_datetime(["2026-03-31", "2026-03-15", "2026-03-15", None, "2026-03-15"]),
    }
)


def test_only_invoices_of_which_both_terms_are_known_can_differ():
    agreed = pd.DataFrame(
        {"customer_id": ["2", "1"], "terms_days": pd.array([None, 30], dtype="Int64")}
    )
    assert terms.differing(ITEMS, agreed).tolist() == [False, True, pd.NA, pd.NA, pd.NA]


def test_without_agreed_terms_nothing_can_be_told():
    found = terms.differing(ITEMS, pd.DataFrame({"customer_id": ["1"]}))
    assert found.isna().all()
    assert terms.differing(ITEMS.head(0), pd.DataFrame({"customer_id": []})).empty
