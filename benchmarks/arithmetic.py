"""Our arithmetic against the plain pandas way, side by side in one run.

    python benchmarks/arithmetic.py [--invoices 1000000] [--debtors 100000] [--apply]

Both ways compute the same from the same generated ledger, and the answers are compared before a
time is printed. Ratios carry over to other machines, seconds do not.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from credit_helpers.buckets import bucket_names
from credit_helpers.metrics import ageing, ageing_trend, behaviour, drift, dso, receipts
from credit_helpers.policy import load_policy

AS_OF = pd.Timestamp("2026-10-31")
POLICY = load_policy()
EDGES = POLICY.ageing.edges_days
MONTHS = pd.date_range(end=AS_OF, periods=24, freq="ME")
SEED = 1


def make_ledger(invoices: int, debtors: int) -> dict[str, pd.DataFrame]:
    """Return items, settlements and customers: five years, nine in ten invoices paid."""
    rng = np.random.default_rng(SEED)
    issued = np.datetime64("2021-11-01") + rng.integers(0, 1_825, invoices)
    due = issued + rng.choice([14, 30, 60], invoices)
    paid = due + rng.integers(-10, 60, invoices)
    items = pd.DataFrame(
        {
            "item_id": np.arange(invoices).astype(str),
            "customer_id": rng.integers(0, debtors, invoices).astype(str),
            "kind": "invoice",
            "issued_on": issued.astype("datetime64[ns]"),
            "due_on": due.astype("datetime64[ns]"),
            "amount_cents": rng.integers(1_000, 1_000_000, invoices),
        }
    ).astype({"item_id": "string", "customer_id": "string", "kind": "string"})
    is_paid = (paid <= AS_OF) & (rng.random(invoices) < 0.9)
    settlements = pd.DataFrame(
        {
            "item_id": items["item_id"],
            "settled_on": paid.astype("datetime64[ns]"),
            "kind": pd.Series("payment", index=items.index, dtype="string"),
            "amount_cents": items["amount_cents"],
        }
    )[is_paid].reset_index(drop=True)
    ids = pd.Series(np.arange(debtors).astype(str), dtype="string")
    customers = pd.DataFrame({"customer_id": ids, "name": ids})
    return {"items": items, "settlements": settlements, "customers": customers}


def open_items(ledger: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the unpaid items on the as-of date, as a snapshot has them."""
    items = ledger["items"]
    rows = items[~items["item_id"].isin(ledger["settlements"]["item_id"])]
    days = (AS_OF - rows["due_on"]).dt.days.astype("float64")
    rows = rows.assign(outstanding_cents=rows["amount_cents"], days_past_due=days)
    return rows.reset_index(drop=True)


def our_ageing(rows: pd.DataFrame, ledger: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Balance per debtor and bucket."""
    table = ageing.by_customer(rows, ledger["customers"], EDGES).set_index("customer_id")
    return table[[f"{name}_cents" for name in bucket_names(EDGES)[:-1]]].sort_index()


def plain_ageing(rows: pd.DataFrame, ledger: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The same with cut and pivot_table."""
    names = [f"{name}_cents" for name in bucket_names(EDGES)[:-1]]
    buckets = pd.cut(rows["days_past_due"], [-np.inf, *EDGES, np.inf], labels=names)
    return (
        rows.assign(bucket=buckets)
        .pivot_table(
            index="customer_id",
            columns="bucket",
            values="outstanding_cents",
            aggfunc="sum",
            observed=False,
            fill_value=0,
        )
        .sort_index()
    )


def our_countback(rows: pd.DataFrame, ledger: dict[str, pd.DataFrame]) -> np.ndarray:
    """Countback DSO at 24 month ends, each rebuilt as it stood then."""
    trend = ageing_trend.by_month(ledger["items"], ledger["settlements"], MONTHS, EDGES)
    sales = ledger["items"][["issued_on", "amount_cents"]]
    return dso.series(trend, sales, POLICY.dso)["countback_dso_days"].to_numpy()


def plain_countback(rows: pd.DataFrame, ledger: dict[str, pd.DataFrame]) -> np.ndarray:
    """The same with a filtered merge and a groupby per month end."""
    items, paid = ledger["items"], ledger["settlements"]
    months = items["issued_on"].dt.to_period("M")
    sales = items.groupby(months)["amount_cents"].sum()
    answers = []
    for end in MONTHS:
        settled = paid[paid["settled_on"] <= end].groupby("item_id")["amount_cents"].sum()
        issued = items[items["issued_on"] <= end]
        left = issued.merge(settled.rename("settled"), on="item_id", how="left")
        balance = int((left["amount_cents"] - left["settled"].fillna(0)).sum())
        days = 0.0
        for month in reversed(sales[sales.index <= end.to_period("M")].index):
            taken = min(balance, sales[month])
            days += month.days_in_month * taken / sales[month]
            balance -= taken
            if balance <= 0:
                break
        answers.append(days)
    return np.array(answers)


def our_lateness(rows: pd.DataFrame, ledger: dict[str, pd.DataFrame]) -> np.ndarray:
    """Days late per debtor, weighted by amount (with all other measures of behaviour)."""
    payments = receipts.of_invoices(ledger["items"], ledger["settlements"])
    course = drift.by_customer(payments, as_of=AS_OF, policy=POLICY.behaviour)
    table = behaviour.by_customer(
        payments, ledger["customers"], course, as_of=AS_OF, policy=POLICY.behaviour
    )
    return table["days_late"].to_numpy()


def _paid(ledger: dict[str, pd.DataFrame]) -> pd.DataFrame:
    columns = ["item_id", "customer_id", "due_on", "amount_cents"]
    paid = ledger["settlements"][["item_id", "settled_on"]]
    rows = ledger["items"][columns].merge(paid, on="item_id")
    return rows.assign(days=(rows["settled_on"] - rows["due_on"]).dt.days)


def plain_lateness(rows: pd.DataFrame, ledger: dict[str, pd.DataFrame]) -> np.ndarray:
    """The same single measure with a merge and a groupby of a product column."""
    paid = _paid(ledger)
    paid["product"] = paid["days"] * paid["amount_cents"]
    sums = paid.groupby("customer_id")[["product", "amount_cents"]].sum()
    return (sums["product"] / sums["amount_cents"]).to_numpy()


def applied_lateness(rows: pd.DataFrame, ledger: dict[str, pd.DataFrame]) -> np.ndarray:
    """The same single measure with a function applied to each debtor."""

    def mean(group: pd.DataFrame) -> float:
        return float(np.average(group["days"], weights=group["amount_cents"]))

    groups = _paid(ledger).groupby("customer_id")[["days", "amount_cents"]]
    return groups.apply(mean).to_numpy()


def timed(work: Callable[..., Any], *given: Any, runs: int) -> tuple[float, Any]:
    """Return the shortest time in seconds, and the answer."""
    seconds, answer = [], None
    for _ in range(runs):
        start = time.perf_counter()
        answer = work(*given)
        seconds.append(time.perf_counter() - start)
    return min(seconds), answer


def main() -> None:
    """Print a line per subject: our seconds, the plain way's, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--invoices", type=int, default=1_000_000)
    parser.add_argument("--debtors", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--apply", action="store_true", help="also the slow way: half a minute")
    options = parser.parse_args()
    ledger = make_ledger(options.invoices, options.debtors)
    rows = open_items(ledger)
    subjects: list[tuple[str, Callable, Callable]] = [
        ("ageing x debtor", our_ageing, plain_ageing),
        ("countback DSO, 24 months", our_countback, plain_countback),
        ("days late per debtor", our_lateness, plain_lateness),
    ]
    if options.apply:
        subjects.append(("days late, apply per debtor", our_lateness, applied_lateness))
    print(f"{options.invoices:,} invoices, {options.debtors:,} debtors, best of {options.runs}")
    for label, ours, plain in subjects:
        own, answer = timed(ours, rows, ledger, runs=options.runs)
        other, expected = timed(plain, rows, ledger, runs=1 if "apply" in label else options.runs)
        np.testing.assert_allclose(np.asarray(answer, float), np.asarray(expected, float))
        print(f"{label:<28} ours {own:6.3f} s   plain {other:6.3f} s   ratio {other / own:5.1f}x")


if __name__ == "__main__":
    main()
