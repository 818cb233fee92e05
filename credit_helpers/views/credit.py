"""Tables of what each debtor may owe, what insurance may not pay, and on what limits rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from credit_helpers.formats import unit_of
from credit_helpers.views.glossary import figure_label
from credit_helpers.views.show import KeyFigure, Shown, key_figures, sentence
from credit_helpers.views.summary import in_large
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

SHOWN_PROPOSALS = 8
KEYS = (
    "limits.excess_cents",
    "limits.unused_cents",
    "cover.stopped_open_cents",
    "cover.at_risk_cents",
    "newcomer.outstanding_cents",
    "newcomer.first_late_share",
)


def headline(figures: Mapping[str, Any], words: Words) -> Shown:
    """Return six figures of credit: limits, cover, and new customers."""
    return key_figures([_figure(key, figures[key], words) for key in KEYS])


def _figure(key: str, value: Any, words: Words) -> KeyFigure:
    shown, unit = in_large(value, unit_of(key), words)
    return KeyFigure(label=figure_label(key, words), value=shown, unit=unit, name=key)


def gaps(lacking: Iterable[str], words: Words) -> Shown | None:
    """Return a sentence with what was not delivered, so that the chapter does not judge it."""
    asked = words.formats.join(words.label(f"capability.{need}") for need in lacking)
    return sentence(words.prose("labels.missing.partly", needs=asked)) if asked else None


def proposals(frame: pd.DataFrame, words: Words) -> Table:
    """Return the proposed limits with each part of their formula, the largest change first."""
    keys = [
        "name", "customer_id", "sales_cents", "period_days", "terms_days", "behaviour",
        "behaviour_share", "cap_cents", "outstanding_cents", "credit_limit_cents",
        "proposed_limit_cents", "change_cents",
    ]  # fmt: skip
    sums = ["sales_cents", *keys[-4:]]
    totals: dict[str, Total] = dict.fromkeys(sums, "sum")
    totals |= {"name": "label"}
    shown = table(
        "limit_proposals", frame, words, keys=keys, totals=totals, shown_rows=SHOWN_PROPOSALS,
        note=words.label("proposal.note"),
    )  # fmt: skip
    for key in ("customer_id", "period_days", "behaviour_share", "cap_cents"):
        shown = shown.styled(key, only_workbook=True)
    return shown.styled("behaviour", under="name")


def cover(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return insured debtors whose cover stopped or is at risk; nothing when there are none."""
    keys = [
        "name", "customer_id", "insured_limit_cents", "beyond_cents", "late_cents",
        "at_risk_cents", "stopped_count", "stopped_cents", "stopped_open_cents",
    ]  # fmt: skip
    totals: dict[str, Total] = dict.fromkeys(keys[3:], "sum")
    totals |= {"name": "label"}
    return _in_workbook("cover", frame, words, keys=keys, totals=totals)


def self_assessed(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the limits that the client set itself, with the rules that they break."""
    keys = [
        "name", "customer_id", "faults", "outstanding_cents", "discretionary_limit_cents",
        "report_on", "evidence_days", "paid_count", "written_off_cents",
    ]  # fmt: skip
    totals: dict[str, Total] = {"name": "label", "outstanding_cents": "sum"}
    totals |= {"discretionary_limit_cents": "sum", "written_off_cents": "sum"}
    return _in_workbook("self_assessed", frame, words, keys=keys, totals=totals)


def without_report(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return who needs a credit report and has none, or an old one."""
    keys = [
        "name", "customer_id", "exposure_cents", "largest_invoice_cents", "report_on",
        "evidence_days",
    ]  # fmt: skip
    totals: dict[str, Total] = {"name": "label", "exposure_cents": "sum"}
    return _in_workbook("without_report", frame, words, keys=keys, totals=totals)


def newcomers(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the new customers with what became of their first invoice."""
    keys = [
        "name", "customer_id", "first_on", "first_invoice_cents", "first_status",
        "first_days_late", "outstanding_cents", "overdue_cents",
    ]  # fmt: skip
    totals: dict[str, Total] = dict.fromkeys(keys[-2:], "sum")
    totals |= {"name": "label"}
    return _in_workbook("newcomers", frame, words, keys=keys, totals=totals)


def history(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the breaches of today's limits at each month end."""
    keys = ["as_of", "limited_cents", "over_limit_count", "excess_cents"]
    return _in_workbook("limit_history", frame, words, keys=keys, totals={})


def _in_workbook(
    name: str, frame: pd.DataFrame, words: Words, *, keys: list[str], totals: dict[str, Total]
) -> Table | None:
    """Return a table that stands in the workbook alone; nothing when it has no rows."""
    if frame.empty:
        return None
    return table(name, frame, words, keys=keys, totals=totals, shown_rows=0)
