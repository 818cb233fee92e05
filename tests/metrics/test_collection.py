import numpy as np
import pandas as pd
import pytest

from credit_helpers.metrics import collection
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, ledger_of

POLICY = load_policy().collection
ITEMS = (
    ("F1", "1", "invoice", "2026-01-01", "2026-01-31", 10_000),
    ("F2", "1", "invoice", "2026-01-01", "2026-01-31", 5_000),
    ("F3", "2", "invoice", "2026-01-01", "2026-03-24", 8_000),
    ("U1", "2", "unapplied_cash", "2026-03-10", None, -3_000),
)
PAID = (("F1", "2026-03-05", "payment", 4_000), ("F1", "2026-03-11", "payment", 6_000))


def promise(customer, made, until, cents, item=None):
    return {
        "customer_id": customer,
        "promised_on": pd.Timestamp(made),
        "promised_for": pd.Timestamp(until),
        "amount_cents": cents,
        "item_id": item,
    }


def judged(*promises, settlements=PAID):
    now = ledger_of(ITEMS, settlements, promises=pd.DataFrame(promises)).at(DAY)
    return collection.judged_promises(now.promises, now.items, now.settlements, as_of=DAY)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (promise("1", "2026-03-01", "2026-03-11", 10_000), "kept"),  # both payments together
        (promise("1", "2026-03-01", "2026-03-10", 10_000), "broken"),  # the second a day late
        (promise("1", "2026-03-05", "2026-03-05", 4_000), "kept"),  # on the day of the promise
        (promise("1", "2026-03-06", "2026-03-10", 4_000), "broken"),  # paid before it was given
        (promise("1", "2026-03-12", "2026-03-30", 1), "broken"),
        (promise("1", "2026-03-12", "2026-03-31", 1), "open"),  # today is still in time
        (promise("1", "2026-03-01", "2026-03-11", 1, "F2"), "broken"),  # another item was paid
        (promise("1", "2026-03-01", "2026-03-11", 10_000, "F1"), "kept"),
        (promise("2", "2026-03-01", "2026-03-11", 3_000), "kept"),  # unapplied cash
        (promise("3", "2026-03-01", "2026-03-11", 3_000), "broken"),  # never a document
    ],
)
def test_a_promise(given, status):
    assert judged(given)["status"].tolist() == [status]


def test_a_credit_or_an_undated_payment_keeps_no_promise():
    settlements = (("F1", "2026-03-05", "credit", 10_000), ("F2", None, "payment", 5_000))
    found = judged(promise("1", "2026-03-01", "2026-03-11", 100), settlements=settlements)
    assert found[["paid_cents", "status"]].to_numpy().tolist() == [[0, "broken"]]


def figures_of(promises=(), reminders=(), items=ITEMS):
    sent = pd.DataFrame(reminders, columns=["item_id", "sent_on"])
    sent["sent_on"] = pd.to_datetime(sent["sent_on"])
    given = pd.DataFrame(promises) if promises else None
    tables = {"reminders": sent, **({"promises": given} if promises else {})}
    now = ledger_of(items, PAID if items else (), **tables).at(DAY)
    found = collection.judged_promises(now.promises, now.items, now.settlements, as_of=DAY)
    table = collection.by_customer(found, now.reminders, now.items, now.customers)
    return collection.figures(found, now.reminders, now.items, POLICY), table


PROMISES = (
    promise("1", "2026-03-01", "2026-03-11", 10_000),
    promise("1", "2026-03-01", "2026-03-10", 10_000),
    promise("2", "2026-03-20", "2026-04-10", 8_000),
)
REMINDERS = (
    ("F1", "2026-02-03"),
    ("F2", "2026-02-14"),
    ("F2", "2026-02-10"),
    ("F2", "2026-03-01"),
)


def test_figures():
    figures, _ = figures_of(PROMISES, REMINDERS)
    assert (figures.promises_count, figures.kept_count, figures.broken_count) == (3, 1, 1)
    assert (figures.open_promises_count, figures.kept_share) == (1, 0.5)
    assert figures.broken_cents == 10_000
    assert figures.reminded_items_count == 1  # F1 is paid
    assert (figures.over_reminded_items_count, figures.over_reminded_cents) == (1, 5_000)
    assert figures.first_action_days == 6.5  # 3 for F1, 10 for F2
    assert figures.open_unreminded_cents == 0  # F3 is exactly 7 days past due


def test_an_item_that_nobody_reminded_of():
    items = (*ITEMS, ("F4", "3", "invoice", "2026-01-01", "2026-03-23", 700))
    assert figures_of(reminders=REMINDERS, items=items)[0].open_unreminded_cents == 700


def test_by_customer():
    _, table = figures_of(PROMISES, REMINDERS)
    columns = ["reminders_count", "promises_count", "broken_promises_count", "broken_cents"]
    assert table["name"].tolist() == ["Alfa", "Bèta"]
    assert table[columns].to_numpy().tolist() == [[4, 2, 1, 10_000], [0, 1, 0, 0]]


def test_without_promises_and_reminders_practice_is_unknown():
    figures, table = figures_of()
    assert table.empty
    unknown = [figures.kept_share, figures.first_action_days, figures.open_unreminded_cents]
    assert np.isnan(unknown).all()
    assert figures_of(items=())[0].promises_count == 0
    assert table.dtypes.to_dict() == figures_of(PROMISES, REMINDERS)[1].dtypes.to_dict()
