"""A made-up ledger of any size: part payments, credit notes, write-offs, late and early payers.

The same size gives the same ledger. Each debtor has a character, so that lateness differs between
debtors and not only between invoices; nine in ten invoices that can have been paid are.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from credit_helpers.audit.audit import Audit
from credit_helpers.intake.client import ClientConfig
from credit_helpers.policy import load_policy
from credit_helpers.portfolio.ledger import Ledger

AS_OF = pd.Timestamp("2026-10-31")
END = np.datetime64("2026-10-31")
REACH_DAYS = 4 * 365
SEED = 1
Frames = dict[str, pd.DataFrame]


def make_frames(invoices: int, debtors: int) -> Frames:
    """Return the frames of a ledger, as a reader would hand them over."""
    rng = np.random.default_rng(SEED)
    customers = _customers(debtors, rng)
    items = _items(invoices, customers, rng)
    made = {"customers": customers, "items": items, "settlements": _settlements(items, rng)}
    late = _some(items, 0.3, rng)
    made["reminders"] = _of_items(late, "sent_on", rng.integers(3, 30, len(late))).assign(
        level=1, channel=_text(np.array(["email", "letter"])[rng.integers(0, 2, len(late))])
    )
    odd = _some(items, 0.02, rng)
    made["disputes"] = _of_items(odd, "disputed_on", rng.integers(-10, 20, len(odd))).assign(
        reason=_text(np.array(["price", "quality", "delivery"])[rng.integers(0, 3, len(odd))])
    )
    given = _some(items, 0.05, rng)
    promises = _of_items(given, "promised_on", rng.integers(5, 20, len(given)))
    later = promises["promised_on"] + pd.Timedelta(days=7)
    made["promises"] = promises.assign(
        customer_id=given["customer_id"].array,
        promised_for=later,
        amount_cents=given["amount_cents"].array,
    )
    return made


def ledger_of(frames: Frames) -> Ledger:
    """Return the ledger of these frames."""
    return Ledger(**frames, observed_on=AS_OF)


def audit_of(ledger: Ledger) -> Audit:
    """Return the audit of a ledger on its last day."""
    config = ClientConfig("Benchmark", "en", folder=Path())
    return Audit(config, ledger, AS_OF, load_policy(), "en")


def _customers(debtors: int, rng: np.random.Generator) -> pd.DataFrame:
    number = np.arange(debtors)
    countries, sectors = np.array(["NL", "BE", "DE"]), np.array(["bouw", "zorg", "handel", "ict"])
    return pd.DataFrame(
        {
            "customer_id": _numbered("D", number + 100_000),
            "name": _numbered("Afnemer ", number),
            "country": _text(countries[rng.choice(3, debtors, p=[0.8, 0.12, 0.08])]),
            "sector": _text(sectors[rng.integers(0, 4, debtors)]),
            "group_id": _numbered("G", number // 3).where(rng.random(debtors) < 0.2),
            "terms_days": pd.array(rng.choice([14, 30, 30, 60], debtors), dtype="Int64"),
            "credit_limit_cents": pd.array(rng.integers(1, 500, debtors) * 10_000, dtype="Int64"),
            "insured_limit_cents": pd.array(rng.integers(0, 300, debtors) * 10_000, dtype="Int64"),
        }
    )


def _items(invoices: int, customers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    debtor = rng.integers(0, len(customers), invoices)
    issued = END - rng.integers(0, REACH_DAYS, invoices)
    terms = customers["terms_days"].to_numpy("int64")[debtor]
    is_credit = rng.random(invoices) < 0.03
    cents = np.round(np.exp(rng.normal(10.5, 1.2, invoices))).astype("int64") + 500
    cents = np.where(is_credit, -(cents // 4), cents)
    return pd.DataFrame(
        {
            "item_id": _numbered("F", np.arange(invoices) + 2_022_000_000),
            "customer_id": customers["customer_id"].array.take(debtor),
            "kind": _text(np.where(is_credit, "credit_note", "invoice")),
            "issued_on": _days(issued),
            "due_on": _days(issued + terms),
            "amount_cents": cents,
            "currency": _text(np.full(invoices, "EUR")),
            "amount_minor": cents,
            "delivered_on": _days(issued - rng.integers(0, 9, invoices)),
            "order_ref": _numbered("O", np.arange(invoices)).where(rng.random(invoices) < 0.8),
            "salesperson": _text(np.array(["Anna", "Bram", "Carla"])[debtor % 3]),
        }
    )


def _settlements(items: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return payments in one or two parts, credits by day, and here and there a write-off."""
    count = len(items)
    debtor = items["customer_id"].str.slice(1).astype("int64").to_numpy()
    late = (debtor * 7_919 % 61) - 15 + rng.integers(-8, 9, count)
    settled = np.maximum(
        items["due_on"].to_numpy("datetime64[D]") + late,
        items["issued_on"].to_numpy("datetime64[D]"),
    )
    kind = np.where(items["kind"] == "credit_note", "credit", "payment")
    kind = np.where((kind == "payment") & (rng.random(count) < 0.004), "write_off", kind)
    cents = items["amount_cents"].to_numpy()
    parts = (rng.random(count) < 0.1) & (kind == "payment")
    first = np.where(parts, cents // 3, cents)
    goes = rng.random(count) < 0.95
    rows = pd.DataFrame(
        {"item_id": items["item_id"], "settled_on": settled, "kind": kind, "amount_cents": first}
    )
    rest = rows.assign(settled_on=settled + rng.integers(5, 40, count), amount_cents=cents - first)[
        parts & (rng.random(count) < 0.8) & goes
    ]
    both = pd.concat([rows[goes], rest], ignore_index=True)
    both = both[both["settled_on"] <= AS_OF]
    return both.assign(settled_on=_days(both["settled_on"]), kind=_text(both["kind"].to_numpy()))


def _some(items: pd.DataFrame, share: float, rng: np.random.Generator) -> pd.DataFrame:
    return items[(rng.random(len(items)) < share) & (items["kind"] == "invoice").to_numpy(bool)]


def _of_items(items: pd.DataFrame, day: str, after: np.ndarray) -> pd.DataFrame:
    """Return a table with a day some days after the due date of each item."""
    on = items["due_on"].to_numpy("datetime64[D]") + after
    return pd.DataFrame({"item_id": items["item_id"].array, day: _days(on)})


def _days(days: object) -> np.ndarray:
    return np.asarray(days, dtype="datetime64[ns]")


def _text(values: np.ndarray) -> pd.api.extensions.ExtensionArray:
    return pd.array(values, dtype="string")


def _numbered(word: str, numbers: np.ndarray) -> pd.Series:
    return word + pd.Series(numbers).astype("string")
