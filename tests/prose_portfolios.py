"""Synthetic portfolios for the prose: cheap, each of another shape, the same for the same seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from credit_helpers.audit import Audit
from credit_helpers.intake.answers import Answers
from credit_helpers.intake.client import ClientConfig
from credit_helpers.policy import load_policy
from credit_helpers.portfolio.ledger import Ledger
from credit_helpers.questionnaire import FLAG, questions

AS_OF = pd.Timestamp("2026-10-31")
NAMES = (
    "Tolsma B.V.", "De Vries & Zn", "Bakkerij Aalbers", "Garage Wester", "Stichting De Linde",
    "Van Dam Transport", "Installatiebedrijf Koers", "Hotel Zeezicht", "Drukkerij Punt",
    "Gemeente Oosterveld", "Kwekerij Groen", "Bouwgroep Meridiaan N.V.", "Slagerij Prins",
    "Ingenieursbureau Lijn", "Tandartspraktijk Wit",
)  # fmt: skip


def portfolio(seed: int) -> Audit:
    """Return the audit of a synthetic client, in Dutch."""
    draw = np.random.default_rng(seed)
    debtors = int(draw.choice([1, 2, 3, 5, 9, 15]))
    ids = [f"{number:03d}" for number in range(debtors)]
    items = _items(draw, ids)
    tables = {
        "customers": _customers(draw, ids),
        "items": items,
        "settlements": _settlements(draw, items),
        "disputes": _events(draw, items, "disputed_on", 0.15),
        "reminders": _events(draw, items, "sent_on", float(draw.choice([0.0, 0.4, 2.5]))),
        "promises": _promises(draw, ids),
    }
    config = ClientConfig("Proef", answers=Answers(_answers(draw)))
    return Audit(config, Ledger(**tables, observed_on=AS_OF), AS_OF, load_policy(), "nl")


def _items(draw: Any, ids: list[str]) -> pd.DataFrame:
    count = int(draw.choice([0, 1, 2, 6, 25, 90]))
    months = int(draw.choice([1, 6, 26]))
    issued = AS_OF - pd.to_timedelta(draw.integers(0, 30 * months, count), unit="D")
    kinds = draw.choice(
        ["invoice", "credit_note", "unapplied_cash"],
        count,
        p=draw.choice([[1, 0, 0], [0.8, 0.1, 0.1], [0.2, 0.4, 0.4]]),
    )
    scale = float(draw.choice([1_000, 50_000, 2_000_000]))
    cents = np.maximum(draw.lognormal(np.log(scale), 1.0, count).astype("int64"), 1)
    terms = draw.choice([0, 14, 30, 60], count)
    due = pd.Series(issued + pd.to_timedelta(terms, unit="D"))
    undated = draw.random(count) < float(draw.choice([0.0, 0.0, 0.1, 1.0]))
    due[undated | (kinds == "unapplied_cash")] = pd.NaT
    signed = np.where(kinds == "invoice", cents, -cents)
    owner = draw.choice(ids, count, p=_uneven(draw, len(ids)))
    return pd.DataFrame(
        {
            "item_id": [f"F{n}" for n in range(count)],
            "customer_id": owner,
            "kind": kinds,
            "issued_on": issued,
            "due_on": due,
            "amount_cents": signed,
            "currency": "EUR",
            "amount_minor": signed,
        }
    )


def _uneven(draw: Any, count: int) -> np.ndarray:
    weights = draw.pareto(1.0, count) + 0.05
    return weights / weights.sum()


def _settlements(draw: Any, items: pd.DataFrame) -> pd.DataFrame:
    paid = items[draw.random(len(items)) < float(draw.choice([0.0, 0.5, 0.9, 1.0]))]
    late = draw.normal(float(draw.choice([-6, 3, 25, 70])), float(draw.choice([1, 25])), len(paid))
    base = paid["due_on"].fillna(paid["issued_on"])
    settled = base + pd.to_timedelta(np.round(late), unit="D")
    settled = settled.where(settled > paid["issued_on"], paid["issued_on"])
    if draw.random() < 0.15:
        settled = pd.Series(pd.NaT, index=paid.index)
    kinds = draw.choice(["payment", "write_off"], len(paid), p=[0.97, 0.03])
    return pd.DataFrame(
        {
            "item_id": paid["item_id"],
            "settled_on": settled.astype("datetime64[s]"),
            "kind": kinds,
            "amount_cents": (paid["amount_cents"] * draw.choice([1.0, 1.0, 0.5])).astype("int64"),
        }
    ).reset_index(drop=True)


def _customers(draw: Any, ids: list[str]) -> pd.DataFrame:
    count = len(ids)
    frame = pd.DataFrame({"customer_id": ids, "name": NAMES[:count]})
    if draw.random() < 0.6:
        limits = pd.array(draw.choice([50_000, 1_000_000, 20_000_000], count), dtype="Int64")
        frame["credit_limit_cents"] = limits
    if draw.random() < 0.4:
        frame["insured_limit_cents"] = pd.array(draw.choice([0, 500_000], count), dtype="Int64")
    if draw.random() < 0.5:
        frame["sector"] = draw.choice(["Bouw", "Zorg", "Handel"], count)
        frame["country"] = draw.choice(["NL", "DE"], count)
    return frame


def _events(draw: Any, items: pd.DataFrame, column: str, per_item: float) -> pd.DataFrame:
    rows = items.sample(n=int(len(items) * per_item), replace=True, random_state=draw.integers(9))
    days = pd.to_timedelta(draw.integers(0, 60, len(rows)), unit="D")
    happened = (rows["due_on"].fillna(rows["issued_on"]) + days).astype("datetime64[s]")
    if column == "disputed_on":
        rows = rows.assign(happened=happened).drop_duplicates("item_id")
        happened = rows["happened"].where(draw.random(len(rows)) > 0.2)
    frame = pd.DataFrame({"item_id": rows["item_id"], column: happened})
    return frame[~(frame[column] > AS_OF)].reset_index(drop=True)


def _promises(draw: Any, ids: list[str]) -> pd.DataFrame:
    count = int(draw.choice([0, 1, 12]))
    made = AS_OF - pd.to_timedelta(draw.integers(5, 200, count), unit="D")
    return pd.DataFrame(
        {
            "customer_id": draw.choice(ids, count),
            "promised_on": made,
            "promised_for": made + pd.to_timedelta(draw.integers(0, 30, count), unit="D"),
            "amount_cents": draw.integers(1_000, 3_000_000, count),
        }
    )


def _answers(draw: Any) -> dict[str, float]:
    share = float(draw.choice([0.0, 0.3, 1.0]))
    yes = float(draw.choice([0.1, 0.9]))
    return {
        key: float(draw.random() < yes) if question.kind == FLAG else float(draw.integers(0, 30))
        for key, question in questions().items()
        if draw.random() < share
    }
