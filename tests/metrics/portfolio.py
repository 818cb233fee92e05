"""Small portfolios that can be added by hand, on 2026-03-31."""

import pandas as pd

from credit_helpers.portfolio.ledger import Ledger

DAY = pd.Timestamp("2026-03-31")
EDGES = (0, 30, 60, 90)


def day(text):
    return pd.Timestamp(text) if text else pd.NaT


def items_of(*rows):
    """Items from (item_id, customer_id, kind, issued, due, cents)."""
    columns = ["item_id", "customer_id", "kind", "issued_on", "due_on", "amount_cents"]
    frame = pd.DataFrame(rows, columns=columns)
    for name in ("issued_on", "due_on"):
        frame[name] = pd.to_datetime(frame[name])
    return frame.assign(currency="EUR", amount_minor=frame["amount_cents"])


def settlements_of(*rows):
    """Settlements from (item_id, day, kind, cents)."""
    frame = pd.DataFrame(rows, columns=["item_id", "settled_on", "kind", "amount_cents"])
    return frame.assign(settled_on=pd.to_datetime(frame["settled_on"]))


def ledger_of(items=(), settlements=(), **tables):
    customers = tables.pop("customers", None)
    if customers is None:
        customers = pd.DataFrame(
            {"customer_id": ["1", "2", "3"], "name": ["Alfa", "Bèta", "Gamma"]}
        )
    return Ledger(customers, items_of(*items), settlements_of(*settlements), **tables)


FIVE = (
    ("F1", "1", "invoice", "2026-03-01", "2026-03-31", 10_000),  # due today
    ("F2", "1", "invoice", "2026-01-30", "2026-03-01", 20_000),  # 30 days: still d1_30
    ("F3", "2", "invoice", "2025-11-01", "2025-12-01", 40_000),  # 120 days
    ("C1", "2", "credit_note", "2026-02-01", "2026-02-28", -5_000),  # 31 days, negative
    ("U1", "3", "unapplied_cash", "2026-03-15", None, -1_000),
)
PART_PAID = (("F3", "2026-01-15", "payment", 15_000),)


def five():
    """Outstanding 49,000: not due 10,000, 1-30 20,000, 31-60 −5,000, 91+ 25,000, undated −1,000."""
    return ledger_of(FIVE, PART_PAID)
