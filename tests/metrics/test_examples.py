"""Published worked examples; ``examples.json`` names the source of each."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from credit_helpers import cents
from credit_helpers.metrics import (
    ageing,
    concentration,
    dso,
    indicators,
    paydex,
    receipts,
    roll_rates,
)

EXAMPLES = json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8"))
MIDDLE_DAYS = {"0-30": 10.0, "current": 0.0, "31-60": 45.0, "61-90": 75.0, ">90": 120.0}
EDGES = (0, 30, 60, 90)


def of(*metrics):
    found = [example for example in EXAMPLES if example["metric"] in metrics]
    return pytest.mark.parametrize("example", found, ids=[example["id"] for example in found])


def close(value, example, part=None):
    expected = example["expected"] if part is None else example["expected"][part]
    assert value == pytest.approx(expected, abs=example["tolerance"])


def open_items(rows):
    """Open invoices from (customer, amount, bucket)."""
    frame = pd.DataFrame(rows, columns=["customer_id", "outstanding_cents", "bucket"])
    days = frame["bucket"].map(MIDDLE_DAYS)
    return frame.assign(kind="invoice", days_past_due=days, is_disputed=False)


@of("dso_simple")
def test_dso(example):
    given = example["inputs"]
    close(dso.dso(given["receivables"], given["credit_sales"], given["days"]), example)


@of("dso_bpdso_add")
def test_the_dso_family(example):
    given = example["inputs"]
    period = (given["credit_sales"], given["days"])
    simple = dso.dso(given["receivables"], *period)
    best = dso.best_possible_dso(given["current_receivables"], *period)
    close(simple, example, "dso")
    close(best, example, "bpdso")
    if "add" in example["expected"]:
        close(dso.average_days_delinquent(simple, best), example, "add")


@of("dso_countback")
def test_countback_dso(example):
    close(dso.countback_dso(*example["inputs"].values()), example)


@of("average_days_to_pay")
def test_days_to_pay(example):
    days = pd.Series(example["inputs"]["days"])
    issued = pd.Timestamp("2026-01-01")
    due = pd.Timestamp("2026-01-31")
    items = pd.DataFrame({"item_id": days.index.astype(str), "issued_on": issued, "due_on": due})
    items = items.assign(customer_id="1", kind="invoice", amount_cents=100)
    settled = issued + pd.to_timedelta(days, unit="D")
    paid = pd.DataFrame({"item_id": items["item_id"], "settled_on": settled, "kind": "payment"})
    table = receipts.of_invoices(items, paid.assign(amount_cents=100))
    close(table["days_to_pay"].mean(), example)


@of("weighted_average_days_to_pay", "weighted_average_days_late_signed")
def test_weighted_days(example):
    rows = pd.DataFrame(example["inputs"]["invoices"])
    close(cents.weighted_mean(rows["days"], rows["amount"]), example)


@of("weighted_average_days_late_floored")
def test_floored_days_late(example):
    rows = pd.DataFrame(example["inputs"]["invoices"])
    issued = pd.to_datetime(rows["invoice_date"])
    items = pd.DataFrame({"item_id": rows.index.astype(str), "issued_on": issued})
    items["due_on"] = issued + pd.to_timedelta(rows["terms"], unit="D")
    items = items.assign(customer_id="1", kind="invoice", amount_cents=rows["amount"])
    paid = pd.DataFrame({"item_id": items["item_id"], "settled_on": pd.to_datetime(rows["paid"])})
    table = receipts.of_invoices(items, paid.assign(kind="payment", amount_cents=rows["amount"]))
    late = table["days_late"].clip(lower=0)
    close(cents.weighted_mean(late, table["weight_cents"]), example)


@of("roll_rate")
def test_roll_rate(example):
    given = example["inputs"]
    close(roll_rates.roll_rate(given["from_bucket_t0"], given["rolled_to_next_t1"]) * 100, example)


@of("paydex_days_for_score")
def test_paydex(example):
    close(float(paydex.days_late(example["inputs"]["score"])), example)
    score = float(paydex.score(example["expected"]))
    assert paydex.days_late(score) == pytest.approx(example["expected"], abs=1e-9)


@of("ageing_table")
def test_an_ageing_table(example):
    rows = [(r["customer"], r["amount"], r["bucket"]) for r in example["inputs"]["open_items"]]
    table = ageing.by_bucket(open_items(rows), EDGES).set_index("bucket")["outstanding_cents"]
    found = {"0-30": table["d1_30"], "31-60": table["d31_60"], "61-90": table["d61_90"]}
    found |= {">90": table["d91_plus"], "total": table.sum()}
    assert found == example["expected"]


@of("ageing_shares")
def test_shares_of_buckets(example):
    given = {k: v for k, v in example["inputs"].items() if k != "total"}
    items = open_items([("A", amount, bucket) for bucket, amount in given.items()])
    table = ageing.by_bucket(items, EDGES).set_index("bucket")["outstanding_share"] * 100
    close(table["not_due"], example, "percent_current")
    close(table["d91_plus"], example, "percent_over_90")


@of("hhi")
def test_hhi(example):
    close(concentration.hhi(np.array(example["inputs"]["shares_percent"]) / 100), example)


@of("gini")
def test_gini(example):
    close(concentration.gini(example["inputs"]["values"]), example)
    close(concentration.gini(example["inputs"]["values"][::-1]), example)


@of("cei")
def test_collection_effectiveness(example):
    given = example["inputs"]
    balances = (given["beginning_receivables"], given["credit_sales_total"], given["ending_total"])
    share = indicators.collection_effectiveness(
        *balances, given["ending_current"], months=given["months"]
    )
    close(share * 100, example)


@of("ar_turnover", "ar_turnover_and_days")
def test_turnover(example):
    given = example["inputs"]
    turns = indicators.turnover(given["credit_sales"], given["average_receivables"])
    if "days" not in given:
        close(turns, example)
        return
    close(turns, example, "turnover")
    close(indicators.collection_days(turns, given["days"]), example, "collection_days")


@of("deduction_days_outstanding")
def test_deduction_days(example):
    given = example["inputs"]
    close(
        indicators.deduction_days(given["open_deductions"], given["average_daily_resolved"]),
        example,
    )


@of("bad_debt_to_sales_amount")
def test_bad_debt(example):
    given = example["inputs"]
    share = given["bad_debt_ratio_percent"] / 100
    close(indicators.bad_debt_ceiling(given["sales"], share), example)
