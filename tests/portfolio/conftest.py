"""Small portfolios that can be added by hand."""

import pandas as pd
import pytest

from credit_helpers.portfolio.ledger import Ledger


def items_of(*rows):
    """Items from (item_id, kind, issued, due, cents) for customer 1."""
    columns = ["item_id", "kind", "issued_on", "due_on", "amount_cents"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(
        customer_id="1",
        issued_on=pd.to_datetime(frame["issued_on"]),
        due_on=pd.to_datetime(frame["due_on"]),
        currency="EUR",
        amount_minor=frame["amount_cents"],
    )


def settlements_of(*rows):
    """Settlements from (item_id, day, kind, cents)."""
    frame = pd.DataFrame(rows, columns=["item_id", "settled_on", "kind", "amount_cents"])
    return frame.assign(settled_on=pd.to_datetime(frame["settled_on"]))


@pytest.fixture
def make_ledger():
    """A ledger of one customer from rows of items and of settlements."""

    def make(items=(), settlements=(), **tables):
        customers = pd.DataFrame({"customer_id": ["1"], "name": ["Alfa"]})
        return Ledger(customers, items_of(*items), settlements_of(*settlements), **tables)

    return make
