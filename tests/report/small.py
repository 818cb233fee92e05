"""A portfolio of six documents that can be added by hand: 19,930.00 outstanding."""

import pandas as pd

from credit_helpers.audit import Audit
from credit_helpers.intake.client import ClientConfig
from credit_helpers.policy import load_policy
from credit_helpers.portfolio.ledger import Ledger, SourceFile

AS_OF = pd.Timestamp("2026-10-31")
ITEMS = (
    ("F0", "1", "invoice", "2025-12-01", "2025-12-31", 100_000),
    ("F1", "1", "invoice", "2026-03-01", "2026-03-31", 250_000),
    ("F2", "2", "invoice", "2026-07-01", "2026-07-31", 1_500_000),
    ("F3", "2", "invoice", "2026-09-15", "2026-10-31", 300_000),
    ("C4", "3", "credit_note", "2026-10-01", None, -5_000),
    ("U5", "3", "unapplied_cash", "2026-10-05", None, -2_000),
)
PAID = (("F0", "2026-01-10", 100_000), ("F1", "2026-05-01", 50_000))


def ledger(*, with_payments=True, order=slice(None)):
    names = ["item_id", "customer_id", "kind", "issued_on", "due_on", "amount_cents"]
    items = pd.DataFrame(ITEMS[order], columns=names)
    for name in ("issued_on", "due_on"):
        items[name] = pd.to_datetime(items[name])
    items = items.assign(currency="EUR", amount_minor=items["amount_cents"])
    paid = pd.DataFrame(PAID, columns=["item_id", "settled_on", "amount_cents"])
    paid["settled_on"] = pd.to_datetime(paid["settled_on"]) if with_payments else pd.NaT
    customers = pd.DataFrame(
        {
            "customer_id": ["1", "2", "3"],
            "name": ["=A & Zn", "<b>B</b>", "C"],
            "credit_limit_cents": pd.array([100_000, 200_000, None], dtype="Int64"),
        }
    )
    return Ledger(
        customers,
        items,
        paid.assign(kind="payment"),
        observed_on=AS_OF,
        sources=(SourceFile("facturen.csv", "ab" * 32, "invoices"),),
    )


def audit(language="nl", **settings):
    config = ClientConfig("Proef B.V.", language=language)
    return Audit(config, ledger(**settings), AS_OF, load_policy(), language)
