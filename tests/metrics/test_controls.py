"""Control totals of public ledgers, read here without the intake so that only metrics are tested.

The files lie beside the project; without them these tests are skipped.
"""

from pathlib import Path

import pandas as pd
import pytest

from credit_helpers import cents
from credit_helpers.metrics import ageing, ageing_trend, dso, receipts
from credit_helpers.policy import load_policy
from credit_helpers.portfolio.ledger import Ledger

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the public ledgers are not here")
POLICY = load_policy()
EDGES = POLICY.ageing.edges_days


def made(items, settlements):
    cents = (items["amount"] * 100).round().astype("int64")
    items = items.assign(
        kind="invoice", amount_cents=cents, amount_minor=cents, currency="EUR"
    ).drop(columns="amount")
    paid = (settlements["amount"] * 100).round().astype("int64")
    settlements = settlements.assign(kind="payment", amount_cents=paid).drop(columns="amount")
    ids = items["customer_id"].drop_duplicates()
    customers = pd.DataFrame({"customer_id": ids, "name": ids})
    return Ledger(customers=customers, items=items, settlements=settlements)


@pytest.fixture(scope="module")
def ibm():
    table = pd.read_csv(DATA / "ibm_accounts_receivable.csv", dtype=str)
    names = {
        "invoiceNumber": "item_id",
        "customerID": "customer_id",
        "InvoiceDate": "issued_on",
        "DueDate": "due_on",
        "SettledDate": "settled_on",
        "InvoiceAmount": "amount",
    }
    table = table[list(names)].rename(columns=names)
    table["amount"] = table["amount"].astype(float)
    for name in ("issued_on", "due_on", "settled_on"):
        table[name] = pd.to_datetime(table[name], format="%m/%d/%Y")
    return made(table.drop(columns="settled_on"), table[["item_id", "settled_on", "amount"]])


@pytest.fixture(scope="module")
def order_to_cash():
    folder = DATA / "order_to_cash"
    names = {
        "Invoice_ID": "item_id",
        "Customer_ID": "customer_id",
        "Invoice_Date": "issued_on",
        "Due_Date": "due_on",
        "Invoice_Amount": "amount",
    }
    invoices = pd.read_csv(folder / "Invoices.csv").drop_duplicates("Invoice_ID")
    invoices = invoices[list(names)].rename(columns=names)
    invoices["amount"] = invoices["amount"].fillna(0)
    for name in ("issued_on", "due_on"):
        usual = pd.to_datetime(invoices[name], format="%Y-%m-%d", errors="coerce")
        other = pd.to_datetime(invoices[name], format="%d/%m/%Y", errors="coerce")
        invoices[name] = usual.fillna(other)
    paid = pd.read_csv(folder / "Payments.csv").rename(
        columns={"Invoice_ID": "item_id", "Payment_Date": "settled_on", "Amount_Paid": "amount"}
    )
    paid["settled_on"] = pd.to_datetime(paid["settled_on"])
    return made(invoices, paid[["item_id", "settled_on", "amount"]])


def family(ledger, day):
    snapshot = ledger.at(pd.Timestamp(day))
    trend = ageing_trend.by_month(ledger.items, ledger.settlements, [snapshot.as_of], EDGES)
    series = dso.series(trend, snapshot.sales, POLICY.dso)
    return ageing.totals(snapshot.open_items, EDGES), dso.figures(series, POLICY.dso)


@pytest.mark.parametrize(
    ("day", "balance", "items", "overdue", "overdue_items", "days"),
    [
        ("2013-06-30", 511_985, 84, 83_556, 12, 23.74),
        ("2012-12-31", 572_506, 99, 78_874, 13, 27.47),
    ],
)
def test_a_settled_history_with_monthly_terms(
    ibm, day, balance, items, overdue, overdue_items, days
):
    totals, figures = family(ibm, day)
    assert (totals.outstanding_cents, totals.open_items_count) == (balance, items)
    assert (totals.overdue_cents, totals.overdue_items_count) == (overdue, overdue_items)
    assert figures.dso_days == pytest.approx(days, abs=0.005)


@pytest.mark.parametrize(
    ("day", "balance", "overdue", "overdue_items", "days"),
    [
        ("2026-03-31", 3_984_769_000, 3_982_841_500, 2_074, 189.21),
        ("2025-12-31", 5_271_515_800, 4_140_426_800, 2_099, 187.62),
    ],
)
def test_a_dirty_ledger_with_part_payments(
    order_to_cash, day, balance, overdue, overdue_items, days
):
    totals, figures = family(order_to_cash, day)
    assert (totals.outstanding_cents, totals.overdue_cents) == (balance, overdue)
    assert totals.overdue_items_count == overdue_items
    assert figures.dso_days == pytest.approx(days, abs=0.005)


def test_days_late_over_the_whole_file(ibm, order_to_cash):
    late = receipts.of_invoices(ibm.items, ibm.settlements)
    floored = late["days_late"].clip(lower=0)
    assert cents.weighted_mean(late["days_late"], late["weight_cents"]) == pytest.approx(
        -3.2994, abs=5e-5
    )
    assert cents.weighted_mean(floored, late["weight_cents"]) == pytest.approx(3.5711, abs=5e-5)
    late = receipts.of_invoices(order_to_cash.items, order_to_cash.settlements)
    assert cents.weighted_mean(late["days_late"], late["weight_cents"]) == pytest.approx(
        17.685, abs=5e-4
    )


def test_a_first_invoice_361_days_ago_covers_the_period():
    table = pd.read_excel(DATA / "ar_ageing_dataset.xlsx", engine="calamine")
    table["item_id"] = table["Invoice_ID"]
    items = pd.DataFrame(
        {
            "item_id": table["Invoice_ID"],
            "customer_id": table["Customer_Name"],
            "issued_on": pd.to_datetime(table["Invoice_Date"]),
            "due_on": pd.to_datetime(table["Due_Date"]),
            "amount": table["Invoice_Amount"],
        }
    )
    paid = table[table["Amount_Received"] > 0]
    settlements = pd.DataFrame(
        {
            "item_id": paid["Invoice_ID"],
            "settled_on": pd.to_datetime(paid["Payment_Date"], errors="coerce"),
            "amount": paid["Amount_Received"],
        }
    )
    totals, figures = family(made(items, settlements), "2026-03-31")
    assert (totals.outstanding_cents, totals.overdue_cents) == (1_778_640_000, 1_324_490_000)
    assert figures.dso_days == pytest.approx(67.16, abs=0.005)
