"""The tables of a sample client with documents, names and dates, before a layout is chosen."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.portfolio.sample_book import make_credit_notes, make_invoices, make_receipts
from credit_helpers.portfolio.sample_debtors import make_debtors
from credit_helpers.portfolio.sample_orders import make_orders
from credit_helpers.portfolio.sample_profiles import LAST, PROFILES, START, Profile
from credit_helpers.portfolio.sample_stories import credit_limits, day, tell
from credit_helpers.portfolio.sample_trail import make_disputes, make_promises, make_reminders

OVERPAID_COUNT = 2


def make_tables(name: str) -> dict[str, pd.DataFrame]:
    """Return the tables of a sample client, clean: what the books would say.

    Parameters
    ----------
    name : str
        A key of ``PROFILES``.

    Returns
    -------
    dict of str to DataFrame
        ``invoices``, ``payments``, ``customers``, ``promises``, ``reminders`` and ``disputes``.
        ``customers`` has a column ``story`` that no file shows.
    """
    profile = PROFILES[name]
    rng = np.random.default_rng(profile.seed)
    debtors = tell(make_debtors(profile, rng))
    invoices = make_invoices(profile, debtors, rng)
    notes = make_credit_notes(debtors, invoices, rng)
    receipts = make_receipts(debtors, invoices, rng)
    reminders = make_reminders(profile, debtors, invoices, rng)
    promises = make_promises(debtors, invoices, rng)
    debtors = credit_limits(debtors, invoices, rng)
    documents = _documents(profile, debtors, invoices, notes)
    documents = documents.join(_orders(make_orders(profile, debtors, invoices)))
    number = documents["document"].to_numpy()[: len(invoices)]
    customer = debtors["customer_id"].to_numpy()[invoices["debtor"]]
    payments = _payments(documents, invoices, receipts, notes)
    odd = _odd_receipts(profile, debtors, invoices, rng)
    payments = pd.concat([payments, odd, _overpaid(payments)], ignore_index=True)
    return {
        "invoices": _in_order(documents.drop(columns="paid")),
        "payments": _in_order(payments, "settled_on"),
        "customers": debtors.sort_values("customer_id", ignore_index=True),
        "promises": _promises(promises, number, customer),
        "reminders": _trail(reminders, number, {"day": "sent_on"}),
        "disputes": _trail(
            make_disputes(invoices), number, {"day": "disputed_on", "resolved": "resolved_on"}
        ),
    }


def _documents(
    profile: Profile, debtors: pd.DataFrame, invoices: pd.DataFrame, notes: pd.DataFrame
) -> pd.DataFrame:
    """Invoices, then credit notes, numbered in order of issue within each year."""
    columns = ["debtor", "issued", "due", "amount_cents", "paid"]
    rows = pd.concat([invoices[columns], notes[columns]], ignore_index=True)
    is_note = rows.index >= len(invoices)
    year = (START + rows["issued"].to_numpy()).astype("datetime64[Y]").astype(int) + 1970
    serial = rows.groupby([is_note, year], sort=False)["issued"].rank(method="first").astype(int)
    names = [
        ("C" if n else "") + profile.number.format(year=y % 100, serial=s)
        for n, y, s in zip(is_note, year, serial, strict=True)
    ]
    return pd.DataFrame(
        {
            "document": names,
            "customer_id": debtors["customer_id"].to_numpy()[rows["debtor"]],
            "name": debtors["name"].to_numpy()[rows["debtor"]],
            "issued_on": START + rows["issued"].to_numpy(),
            "due_on": START + rows["due"].to_numpy(),
            "amount_cents": rows["amount_cents"],
            "kind": np.where(is_note, "credit_note", "invoice"),
            "paid": rows["paid"],
        }
    )


def _orders(orders: pd.DataFrame) -> pd.DataFrame:
    """Return delivery and order of the invoices; a credit note has neither."""
    delivered = START + orders["delivered"].to_numpy()
    return pd.DataFrame({"delivered_on": delivered, "order_ref": orders["order_ref"]})


def _payments(
    documents: pd.DataFrame, invoices: pd.DataFrame, receipts: pd.DataFrame, notes: pd.DataFrame
) -> pd.DataFrame:
    """Receipts on invoices, and credit notes set off against them with their own sign."""
    offset = pd.DataFrame(
        {
            "invoice": np.arange(len(notes)) + len(invoices),
            "day": notes["paid"],
            "amount_cents": notes["amount_cents"],
            "is_write_off": False,
            "text": "Verrekening creditnota",
        }
    )
    rows = pd.concat([receipts, offset[offset["day"] <= LAST]], ignore_index=True)
    place = rows["invoice"].to_numpy()
    return pd.DataFrame(
        {
            "document": documents["document"].to_numpy()[place],
            "customer_id": documents["customer_id"].to_numpy()[place],
            "settled_on": day(rows["day"]),
            "amount_cents": rows["amount_cents"],
            "kind": np.where(rows["is_write_off"], "write_off", "payment"),
            "text": rows["text"],
        }
    )


def _odd_receipts(
    profile: Profile, debtors: pd.DataFrame, invoices: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Receipts that name no invoice, in the last weeks, for the very sum of one that is open."""
    is_open = (invoices["paid"] > LAST) & (invoices["due"].between(LAST - 45, LAST - 3))
    is_open &= (invoices["disputed"] > LAST) & (invoices["issued"] < LAST - 20)
    is_open &= debtors["story"].to_numpy()[invoices["debtor"]] == ""
    chosen = rng.choice(np.flatnonzero(is_open), profile.unapplied_count, replace=False)
    picked = invoices.loc[np.sort(chosen)]
    return pd.DataFrame(
        {
            "document": "",
            "customer_id": debtors["customer_id"].to_numpy()[picked["debtor"]],
            "settled_on": day(LAST - rng.integers(0, 15, len(picked))),
            "amount_cents": picked["amount_cents"].to_numpy(),
            "kind": "payment",
            "text": "Betaling zonder kenmerk",
        }
    )


def _overpaid(payments: pd.DataFrame) -> pd.DataFrame:
    """Return receipts that came twice: the latest full ones, once more three days later."""
    late = payments["settled_on"] < (START + (LAST - 5))
    full = payments[late & (payments["text"] == "Ontvangst")].tail(60).head(OVERPAID_COUNT)
    return full.assign(settled_on=full["settled_on"] + pd.Timedelta(days=3))


def _in_order(rows: pd.DataFrame, column: str = "issued_on") -> pd.DataFrame:
    return rows.sort_values([column, "document"], kind="stable", ignore_index=True)


def _trail(rows: pd.DataFrame, number: np.ndarray, days: dict[str, str]) -> pd.DataFrame:
    """Replace the row number of an invoice by its document, and day numbers by dates."""
    dated = {name: day(rows[column]) for column, name in days.items()}
    rest = rows.drop(columns=["invoice", *days])
    return pd.DataFrame({"document": number[rows["invoice"]], **dated}).join(rest)


def _promises(rows: pd.DataFrame, number: np.ndarray, customer: np.ndarray) -> pd.DataFrame:
    place = rows["invoice"].to_numpy()
    return pd.DataFrame(
        {
            "customer_id": customer[place],
            "document": number[place],
            "promised_on": day(rows["day"]),
            # A promise may be for a day that is still to come.
            "promised_for": START + rows["until"].to_numpy(),
            "amount_cents": rows["amount_cents"],
        }
    )
