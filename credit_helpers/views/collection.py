"""Tables and charts of collection practice: first action, steps, channels, promises."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import add_bars, alt, row_labels, rows_of, values
from credit_helpers.views.show import Shown, sentence
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

LATE = ("too_late", "never")


def first_actions(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return when the first reminder went out; the report shows it as a chart."""
    if not frame["items_count"].any():
        return None
    sums = ["items_count", "items_share", "amount_cents"]
    totals: dict[str, Total] = dict.fromkeys(sums, "sum")
    keys = ["first_action_class", *sums]
    return table(
        "first_actions", frame, words, keys=keys, totals=totals | {"first_action_class": "label"},
        shown_rows=0,
    )  # fmt: skip


def steps(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return for each written step how much of what was due for it has had it."""
    if not frame["items_count"].any():
        return None
    keys = [
        "step", "from_days", "items_count", "outstanding_cents", "done_count", "done_share",
        "undone_cents",
    ]  # fmt: skip
    shown = table("collection_steps", frame, words, keys=keys)
    return shown.styled("done_count", only_workbook=True)


def channels(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return how often a payment followed a reminder, with the interval of chance."""
    if frame.empty:
        return None
    none = words.label("word.no_value")
    rows = frame.assign(reminder_channel=frame["reminder_channel"].fillna(none))
    keys = [
        "reminder_channel", "reminder_level", "reminders_count", "responses_count",
        "response_share", "low_share", "high_share",
    ]  # fmt: skip
    return table("reminder_responses", rows, words, keys=keys).styled(
        "reminder_level", unit="count"
    )


def by_salesperson(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return overdue balance and follow-up per salesperson; nothing when none is known."""
    if not (frame["salesperson"] != "").any():
        return None
    none = words.label("word.no_value")
    rows = frame.assign(salesperson=frame["salesperson"].replace("", none))
    sums = ["debtors_count", "overdue_cents", "reminders_count", "unreminded_cents"]
    totals: dict[str, Total] = dict.fromkeys(sums, "sum")
    keys = [
        "salesperson", "debtors_count", "overdue_cents", "unreminded_cents", "reminders_count",
        "first_action_days",
    ]  # fmt: skip
    return table(
        "collection_by_salesperson", rows, words, keys=keys,
        totals=totals | {"salesperson": "label"},
    )  # fmt: skip


def by_customer(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return reminders and promises per debtor, most broken first; the workbook holds it."""
    counts = ["reminders_count", "promises_count", "broken_promises_count"]
    rows = frame[frame[counts].sum(axis=1) > 0]
    if rows.empty:
        return None
    order = ["broken_cents", "broken_promises_count", "reminders_count", "customer_id"]
    rows = rows.sort_values(order, ascending=[False, False, False, True])
    totals: dict[str, Total] = dict.fromkeys([*counts, "broken_cents"], "sum")
    keys = ["name", "customer_id", *counts, "broken_cents"]
    shown = table(
        "collection_by_customer", rows, words, keys=keys, totals=totals | {"name": "label"},
        shown_rows=0,
    )  # fmt: skip
    return shown.styled("customer_id", only_workbook=True)


def early_contact(figures: Any, words: Words) -> Shown | None:
    """Return in one sentence what contact before the due date did; nothing without reminders."""
    if not figures.contacted_count + figures.other_count:
        return None
    values = {
        name: getattr(figures, name) for name in ("contacted_count", "other_count", "gain_days")
    }
    if not figures.contacted_count:
        return sentence(words.prose("collection.early_contact.none", **values))
    if pd.isna(figures.gain_days):
        return sentence(words.prose("collection.early_contact.few", **values))
    bounds = {
        "low_gain_days": abs(figures.low_gain_days),
        "high_gain_days": abs(figures.high_gain_days),
    }
    if figures.low_gain_days > 0:
        return sentence(words.prose("collection.early_contact.sooner", **values, **bounds))
    return sentence(words.prose("collection.early_contact.unclear", **values))


def first_actions_chart(frame: pd.DataFrame, words: Words) -> go.Figure | None:
    """Draw when the first reminder of what needed one went out."""
    if not frame["items_count"].any():
        return None
    shares = frame.set_index("first_action_class")["items_share"]
    late = float(shares[[*LATE]].sum())
    title = words.prose(
        "charts.first_actions.title", late_share=late, never_share=float(shares["never"])
    )
    names = [words.label(f"first_action.{name}") for name in shares.index]
    texts = [words.formats.by_unit(share, "share") for share in shares]
    chart = style.figure(
        title, unit=words.prose("charts.first_actions.unit"), words=words,
        alt=alt(title, zip(names, texts, strict=True)),
    )  # fmt: skip
    places = rows_of(chart, names)
    is_late = shares.index.isin(LATE)
    numbers = shares * 100
    series = {
        "in_time": values(numbers.where(~is_late)),
        "late": values(numbers.where(is_late)),
    }
    colours = {"in_time": style.NOT_DUE, "late": style.OVERDUE[2]}
    labels = {key: words.prose(f"charts.first_actions.{key}") for key in series}
    add_bars(chart, series, places, colours=colours, labels=labels, is_horizontal=True)
    row_labels(chart, values(numbers), places, texts)
    return chart
