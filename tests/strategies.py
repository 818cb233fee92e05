"""Random small ledgers for property tests; shared by portfolio, metrics and audit.

`ledgers()` draws a whole Ledger, `days()` an as-of date around its documents. Whoever needs
another kind of row (two currencies, reminders, ...) adds it here.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from hypothesis import strategies as st

from credit_helpers.portfolio.ledger import Ledger
from credit_helpers.portfolio.schema import DISPUTES, ITEM_KINDS, ITEMS, SETTLEMENTS

FIRST_DAY = pd.Timestamp("2026-01-01")
SPAN_DAYS = 150
CUSTOMERS = ("001", "002", "003")


def days(span_days: int = SPAN_DAYS + 60) -> st.SearchStrategy[pd.Timestamp]:
    """An as-of date, from before the first document until after the last settlement."""
    return st.integers(-5, span_days).map(lambda n: FIRST_DAY + pd.Timedelta(days=n))


@st.composite
def _item(draw: Callable, number: int) -> dict:
    kind = draw(st.sampled_from(("invoice", "invoice", "invoice", *ITEM_KINDS)))
    issued = FIRST_DAY + pd.Timedelta(days=draw(st.integers(0, SPAN_DAYS)))
    terms = draw(st.one_of(st.none(), st.integers(0, 60)))
    has_due = terms is not None and kind != "unapplied_cash"
    cents = draw(st.integers(1, 1_000_000)) * (1 if kind == "invoice" else -1)
    return {
        "item_id": f"F{number}",
        "customer_id": draw(st.sampled_from(CUSTOMERS)),
        "kind": kind,
        "issued_on": issued,
        "due_on": issued + pd.Timedelta(days=terms) if has_due else pd.NaT,
        "amount_cents": cents,
        "currency": "EUR",
        "amount_minor": cents,
    }


@st.composite
def _settlement(draw: Callable, items: list[dict], *, undated: bool) -> dict:
    item = draw(st.sampled_from(items))
    sign = 1 if item["amount_cents"] > 0 else -1
    lag = draw(st.one_of(st.none(), st.integers(0, 90)) if undated else st.integers(0, 90))
    whole = abs(item["amount_cents"])
    return {
        "item_id": item["item_id"],
        "settled_on": pd.NaT if lag is None else item["issued_on"] + pd.Timedelta(days=lag),
        "kind": draw(st.sampled_from(("payment", "payment", "credit", "write_off"))),
        # Often the whole amount, sometimes a part, now and then too much.
        "amount_cents": sign * draw(st.one_of(st.just(whole), st.integers(1, 2 * whole))),
    }


@st.composite
def _dispute(draw: Callable, items: list[dict]) -> dict:
    item = draw(st.sampled_from(items))
    start = item["issued_on"] + pd.Timedelta(days=draw(st.integers(0, 40)))
    lasts = draw(st.one_of(st.none(), st.integers(0, 60)))
    ended = pd.NaT if lasts is None else start + pd.Timedelta(days=lasts)
    return {"item_id": item["item_id"], "disputed_on": start, "resolved_on": ended}


@st.composite
def ledgers(draw: Callable, *, max_items: int = 8, undated: bool = True) -> Ledger:
    """A ledger of up to ``max_items`` documents of three debtors, also an empty one.

    Parameters
    ----------
    undated : bool
        Whether settlements without a date may occur.
    """
    items = [draw(_item(number)) for number in range(draw(st.integers(0, max_items)))]
    settlements, disputes = [], []
    if items:
        size = st.integers(0, 2 * max_items)
        settlements = [draw(_settlement(items, undated=undated)) for _ in range(draw(size))]
        disputes = [draw(_dispute(items)) for _ in range(draw(st.integers(0, 3)))]
    return Ledger(
        customers=pd.DataFrame({"customer_id": CUSTOMERS, "name": ("Alfa", "Bèta", "Gamma")}),
        items=pd.DataFrame(items, columns=list(ITEMS.required)),
        settlements=pd.DataFrame(settlements, columns=list(SETTLEMENTS.required)),
        disputes=pd.DataFrame(disputes, columns=["item_id", "disputed_on", "resolved_on"]),
        observed_on=FIRST_DAY + pd.Timedelta(days=SPAN_DAYS + 60),
    )


def frozen(ledger: Ledger, as_of: pd.Timestamp) -> Ledger:
    """What the ledger would have held had it been exported at the end of ``as_of``."""
    items = ledger.items[ledger.items["issued_on"] <= as_of]
    settled, disputed = ledger.settlements, ledger.disputes.copy()
    made = settled["settled_on"].isna() | (settled["settled_on"] <= as_of)
    known = disputed["disputed_on"] <= as_of
    if "resolved_on" in disputed:
        disputed["resolved_on"] = disputed["resolved_on"].where(disputed["resolved_on"] <= as_of)
    return Ledger(
        customers=ledger.customers,
        items=items,
        settlements=settled[made & settled["item_id"].isin(items["item_id"])],
        disputes=DISPUTES.frame(disputed[known & disputed["item_id"].isin(items["item_id"])]),
        observed_on=as_of,
    )


def shuffled(ledger: Ledger, seed: int) -> Ledger:
    """The same ledger with its rows in another order."""
    return Ledger(
        customers=ledger.customers.sample(frac=1, random_state=seed),
        items=ledger.items.sample(frac=1, random_state=seed),
        settlements=ledger.settlements.sample(frac=1, random_state=seed + 1),
        disputes=ledger.disputes.sample(frac=1, random_state=seed + 2),
        observed_on=ledger.observed_on,
    )
