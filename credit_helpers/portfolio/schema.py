"""The tables of a ledger: their columns and types, and the check that a frame has them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from pandas.api.types import is_float_dtype

TEXT, CENTS, DAY, WHOLE, FLAG = "string", "int64", "datetime64[ns]", "Int64", "boolean"


@dataclass(frozen=True)
class Schema:
    """A table's required and optional columns with their types.

    Parameters
    ----------
    name : str
        Name of the table.
    required, optional : dict of str to str
        Column names and pandas types. An optional column may be absent; when it is present it
        has this type.
    """

    name: str
    required: dict[str, str]
    optional: dict[str, str]

    def frame(self, rows: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return ``rows`` with this table's types and column order, or an empty table.

        Columns that the schema does not know are refused, so that no misspelt one is lost. Days
        lose their time of day: what happened at 15:00 happened on that day.

        Raises
        ------
        KeyError
            When a required column is missing or a column is unknown.
        ValueError
            When an amount is missing or is not a whole number of cents.
        """
        if rows is None:
            return self.frame(pd.DataFrame({name: [] for name in self.required}))
        known = {**self.required, **self.optional}
        wrong = [c for c in self.required if c not in rows] + [c for c in rows if c not in known]
        if wrong:
            raise KeyError(f"{self.name}: {', '.join(wrong)}")
        present = [column for column in known if column in rows]
        types = {column: known[column] for column in present}
        self._refuse_part_cents(rows, types)
        frame = rows[present].astype(types).reset_index(drop=True)
        for column in (c for c in present if known[c] == DAY):
            if not (days := frame[column].dt.normalize()).equals(frame[column]):
                frame[column] = days
        return frame

    def _refuse_part_cents(self, rows: pd.DataFrame, types: dict[str, str]) -> None:
        # A cast of 10.5 to int64 would drop the half cent without a word.
        for column in (c for c, kind in types.items() if kind == CENTS):
            if is_float_dtype(rows[column]) and (rows[column] % 1 != 0).any():
                raise ValueError(f"{self.name}.{column} is not whole cents")


CUSTOMERS = Schema(
    "customers",
    {"customer_id": TEXT, "name": TEXT},
    {
        "country": TEXT,
        "sector": TEXT,
        "region": TEXT,
        "segment_hint": TEXT,
        "kvk": TEXT,
        "vat_id": TEXT,
        "terms_days": WHOLE,
        "credit_limit_cents": WHOLE,
        "insured_limit_cents": WHOLE,
        "discretionary_limit_cents": WHOLE,
        "open_orders_cents": WHOLE,
        "since_on": DAY,
        "founded_on": DAY,
        "report_on": DAY,
        "group_id": TEXT,
        "is_consumer": FLAG,
        "salesperson": TEXT,
    },
)

ITEM_KINDS = ("invoice", "credit_note", "unapplied_cash")
ITEMS = Schema(
    "items",
    {
        "item_id": TEXT,
        "customer_id": TEXT,
        "kind": TEXT,
        "issued_on": DAY,
        "due_on": DAY,
        "amount_cents": CENTS,
        "currency": TEXT,
        "amount_minor": CENTS,
    },
    {
        "document": TEXT,
        "delivered_on": DAY,
        "order_ref": TEXT,
        "salesperson": TEXT,
        "department": TEXT,
        "reminder_level": WHOLE,
        "source_row": WHOLE,
        "source_file": TEXT,
    },
)

SETTLEMENT_KINDS = ("payment", "credit", "write_off", "fx")
SETTLEMENTS = Schema(
    "settlements",
    {"item_id": TEXT, "settled_on": DAY, "kind": TEXT, "amount_cents": CENTS},
    # Whether the order was ours: the payer did not say which invoice it was for.
    {"is_allocated": FLAG},
)

PROMISES = Schema(
    "promises",
    {"customer_id": TEXT, "promised_on": DAY, "promised_for": DAY, "amount_cents": CENTS},
    {"item_id": TEXT},
)

DISPUTES = Schema(
    "disputes",
    {"item_id": TEXT, "disputed_on": DAY},
    {"resolved_on": DAY, "reason": TEXT},
)

REMINDERS = Schema(
    "reminders",
    {"item_id": TEXT, "sent_on": DAY},
    {"level": WHOLE, "channel": TEXT},
)

SIGNALS = Schema(
    "signals",
    {"customer_id": TEXT, "reported_on": DAY, "signal": TEXT},
    {"reported_by": TEXT, "note": TEXT},
)

QUARANTINE = Schema(
    "quarantine",
    {"file": TEXT, "sheet": TEXT, "row": "int64", "table": TEXT, "reason": TEXT},
    {"column": TEXT, "currency": TEXT, "cents": WHOLE, "original": TEXT},
)

# Reasons to set a row aside by which nothing is lost: what it says counts elsewhere, or not at all.
NOTHING_LOST = (
    "total_row",
    "repeated_header",
    "group_row",
    "exact_duplicate",
    "duplicate_elsewhere",
    "older_list",
    "opening_repeated",
    "period_covered",
    "same_customer",
    "annulled_document",
    "summary_document",
    "document_line",
)

TIE_OUT = Schema(
    "tie_out",
    {
        "what": TEXT,
        "file": TEXT,
        "place": TEXT,
        "as_of": DAY,
        "currency": TEXT,
        "source_cents": CENTS,
        "own_cents": CENTS,
        "difference_cents": CENTS,
        "cause": TEXT,
    },
    {"source_count": WHOLE, "own_count": WHOLE},
)

INTAKE = Schema(
    "intake",
    {
        "file": TEXT,
        "sheet": TEXT,
        "table": TEXT,
        "rows_in": "int64",
        "rows_accepted": "int64",
        "rows_quarantined": "int64",
        "cents_in": CENTS,
        "cents_accepted": CENTS,
        "cents_quarantined": CENTS,
    },
    {"currency": TEXT},
)
