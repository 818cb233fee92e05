"""Tables of the approach per segment, of how alike debtors are treated, and of who pays."""

from __future__ import annotations

from typing import Any

import pandas as pd

from credit_helpers.strategy import ASPECTS
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

# The report shows what is agreed with a debtor; how it is approached stands in the workbook too.
SHOWN_ASPECTS = ("terms", "prepayment", "cover", "manner")
SHOWN_GROUPS = 4
SHOWN_DEBTORS = 4


def strategy(frame: pd.DataFrame, words: Words) -> Table:
    """Return the approaches with their debtors, and what fits each of them.

    Parameters
    ----------
    frame : DataFrame
        ``audit.strategy_summary``.
    words : Words
    """
    said = {
        aspect: frame["approach"].map(lambda code, a=aspect: words.raw(f"strategy.{code}.{a}"))
        for aspect in ASPECTS
    }
    keys = ["approach", "debtors_count", "outstanding_cents", *ASPECTS]
    keys[3:3] = ["sales_cents", "outstanding_share", "overdue_cents"]
    totals: dict[str, Total] = dict.fromkeys(
        ["debtors_count", "sales_cents", "outstanding_cents", "outstanding_share", "overdue_cents"],
        "sum",
    )
    totals |= {"approach": "label"}
    rows = frame.assign(**said).astype(dict.fromkeys(ASPECTS, "string"))
    shown = table("strategy", rows, words, keys=keys, totals=totals)
    hidden = {"sales_cents", "outstanding_share", "overdue_cents", *ASPECTS} - {*SHOWN_ASPECTS}
    for key in hidden:
        shown = shown.styled(key, only_workbook=True)
    return shown


def treatment(frame: pd.DataFrame, words: Words) -> Table:
    """Return terms, limits and reminders per risk for the workbook, without unknown columns."""
    measured = ["terms_days", "usual_share", "limit_months_index", "reminders_index"]
    keys = ["risk", "debtors_count", "invoiced_cents"]
    keys += [key for key in measured if frame[key].notna().any()]
    totals: dict[str, Total] = {"risk": "label", "debtors_count": "sum", "invoiced_cents": "sum"}
    return table("treatment", frame, words, keys=keys, totals=totals, shown_rows=0)


def prices(frame: pd.DataFrame, figures: Any, words: Words) -> Table | None:
    """Return what each risk costs, and by how much that exceeds low risk.

    Parameters
    ----------
    frame : DataFrame
        ``audit.pricing_by_risk``.
    figures : PricingFigures
        ``audit.pricing``, for the rate of interest.
    words : Words
    """
    if frame.empty:
        return None
    sums = ["sales_cents", "overdue_cents", "interest_cents", "lost_cents", "surcharge_cents"]
    keys = ["risk", *sums[:4], "risk_cost_share", "surcharge_share", "surcharge_cents"]
    totals: dict[str, Total] = dict.fromkeys(sums, "sum")
    totals |= {"risk": "label"}
    note = words.prose("labels.pricing.note", interest_share=figures.interest_share)
    return table("pricing", frame, words, keys=keys, totals=totals, note=note)


def payers(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return which groups of debtors pay on time; nothing when no group is large enough."""
    if frame.empty:
        return None
    keys = [
        "group", "trait", "verdict", "debtors_count", "prompt_count", "prompt_share",
        "low_share", "high_share", "days_late", "sales_cents", "outstanding_cents",
    ]  # fmt: skip
    sizes = frame["trait"] == "size"
    named = frame["group"].mask(
        sizes, frame["group"].map(lambda c: words.label(f"size.{c}") if words.has(_size(c)) else c)
    )
    shown = table(
        "payer_groups", frame.assign(group=named.astype("string")), words, keys=keys,
        shown_rows=SHOWN_GROUPS, note=words.label("payers.note"),
    )  # fmt: skip
    for key in ("prompt_count", "sales_cents"):
        shown = shown.styled(key, only_workbook=True)
    return shown.styled("trait", under="group")


def _size(code: str) -> str:
    return f"labels.size.{code}"


def room(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the good payers with room in their limit; nothing when there are none."""
    if frame.empty:
        return None
    keys = [
        "name", "customer_id", "sales_cents", "days_late", "credit_limit_cents", "exposure_cents",
        "unused_cents",
    ]  # fmt: skip
    totals: dict[str, Total] = dict.fromkeys(["sales_cents", *keys[-3:]], "sum")
    totals |= {"name": "label"}
    shown = table("room_for_sales", frame, words, keys=keys, totals=totals)
    return shown.limited(SHOWN_DEBTORS).styled("customer_id", only_workbook=True)
