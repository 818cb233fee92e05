"""What a column holds, from a sample of its cells: a name alone does not make a date column."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from credit_helpers.intake.dates import DAY_FIRST, DESTROYED, EMPTY, MONTH_FIRST, READ, parse_dates
from credit_helpers.intake.totals import is_total

SAMPLE = 2_000
LIKELY = 0.5
DATE_CONCEPTS = frozenset(
    [
        "invoice_date",
        "posting_date",
        "document_date",
        "date",
        "due_date",
        "payment_date",
        "delivered_date",
        "dispute_date",
        "resolved_date",
        "since",
        "reminder_date",
        "promised_on",
        "promised_for",
    ]
)
AMOUNT_CONCEPTS = frozenset(
    [
        "amount_invoice",
        "amount",
        "amount_open",
        "amount_paid",
        "amount_base",
        "open_base",
        "debit",
        "credit",
        "credit_limit",
        "insured_limit",
        "discretionary_limit",
        "open_orders",
        "promised_amount",
    ]
)
NUMBER = (
    r"[-+(€$£¥₹\u2212\s]*(?:[A-Za-z]{3}\s?)?[-\u2212]?\d[\d.,\s\u00a0'’]*"
    r"(?:[eE][+-]?\d+)?[-)\u2212\s€$£]*(?:[A-Za-z]{2,3})?"
)


@dataclass(frozen=True)
class Content:
    """Shares of a column's filled cells, 0 to 1; all 0 when the column is empty."""

    filled_count: int
    date_share: float
    number_share: float
    decimal_share: float
    is_flag: bool


def content_of(cells: pd.Series) -> Content:
    """Return what a column holds.

    Examples
    --------
    >>> found = content_of(pd.Series(["2026-01-31", "", "2026-02-28"]))
    >>> found.date_share, found.number_share
    (1.0, 0.0)
    """
    filled = _first_filled(cells)
    filled = filled[~is_total(filled)]
    if filled.empty:
        return Content(0, 0.0, 0.0, 0.0, False)
    is_number = filled.str.fullmatch(NUMBER)
    day_first = parse_dates(filled, DAY_FIRST).state
    is_date = (day_first == READ) | (day_first == DESTROYED)
    is_date[~is_date] = parse_dates(filled[~is_date], MONTH_FIRST).state == READ
    dated = is_date | (day_first == EMPTY)
    decimals = filled.str.fullmatch(r".*\d[.,]\d{1,2}[-)]?") & ~filled.str.endswith(".0")
    return Content(
        len(filled),
        float(dated.mean()) if is_date.any() else 0.0,
        float((is_number & ~_like_written_date(filled)).mean()),
        float((decimals & is_number).mean()),
        bool(filled.isin(["0", "1"]).all()),
    )


def _first_filled(cells: pd.Series) -> pd.Series:
    """Return the first filled cells; no more of the column is looked at than that takes."""
    for part in (cells.head(2 * SAMPLE), cells):
        filled = part[part != ""].head(SAMPLE)
        if len(filled) == SAMPLE:
            break
    return filled


def _like_written_date(cells: pd.Series) -> pd.Series:
    return cells.str.contains(r"\d[-/]\d|\d{1,2}\.\d{1,2}\.\d{4}", regex=True)


def fits(concept: str, content: Content) -> bool:
    """Return whether a column can be what its name says; an empty one can."""
    if content.filled_count == 0:
        return True
    if concept in DATE_CONCEPTS:
        return content.date_share >= LIKELY
    if concept in AMOUNT_CONCEPTS:
        is_flag = concept in ("amount_open", "open_base") and content.is_flag
        return content.number_share >= LIKELY and not is_flag
    if concept == "document":
        numbers = content.number_share > 0.9
        written_dates = content.date_share > 0.9 and not numbers
        return not written_dates and not (content.decimal_share > 0.5 and numbers)
    if concept in ("customer", "customer_name", "customer_id"):
        return content.date_share < 0.9 or content.number_share > 0.9
    return True
