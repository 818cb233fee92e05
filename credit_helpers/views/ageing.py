"""Tables and charts of the portfolio and its ageing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.codes import bucket_label, buckets_in
from credit_helpers.views.marks import (
    add_bars,
    alt,
    bucket_labels,
    end_labels,
    money_scale,
    row_labels,
    rows_of,
    values,
)
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

OVERDUE_OF_AGED: Total = ("ratio", "overdue_cents", "aged_cents")
LARGEST_COUNT = 10
SHOWN_DEBTORS = 10
MOSTLY_SHARE = 0.5
STEADY_SHARE = 0.02
# A thinner layer cannot be seen, and its name would push the others away.
VISIBLE_SHARE = 0.005


def by_bucket(frame: pd.DataFrame, words: Words, *, name: str = "ageing") -> Table:
    """Return the balance by bucket, with credits and what is disputed of it apart."""
    kinds = ["invoices_cents", "credit_notes_cents", "unapplied_cash_cents"]
    keys = ["bucket", "items_count", "debtors_count", *kinds, "outstanding_cents"]
    keys.append("disputed_cents")
    sums = ["items_count", *kinds, "outstanding_cents", "disputed_cents"]
    totals: dict[str, Total] = dict.fromkeys(sums, "sum")
    totals |= {"bucket": "label", "outstanding_share": "sum"}
    return table(name, frame, words, keys=[*keys, "outstanding_share"], totals=totals)


def by_issue(frame: pd.DataFrame, words: Words) -> Table:
    """Return the balance by days since the invoice date, for the workbook."""
    return by_bucket(frame, words, name="ageing_by_issue").limited(0)


def by_customer(frame: pd.DataFrame, words: Words) -> Table:
    """Return every debtor by bucket, the largest first."""
    before = ["name", "customer_id"]
    after = ["outstanding_cents", "overdue_cents", "overdue_share", "oldest_days"]
    late = frame["oldest_days"] > 0
    rows = frame.assign(oldest_days=frame["oldest_days"].where(late))
    shown = bucket_table("ageing_by_customer", rows, words, before=before, after=after)
    for key in ("customer_id", "overdue_cents"):
        shown = shown.styled(key, only_workbook=True)
    return shown


def trend_table(frame: pd.DataFrame, words: Words) -> Table:
    """Return the balance by bucket per month end; the report shows it as a chart."""
    keys = ["as_of", *_columns(frame), "outstanding_cents", "overdue_cents", "overdue_share"]
    return table("ageing_trend", frame, words, keys=keys, shown_rows=0)


def open_items(frame: pd.DataFrame, words: Words) -> Table:
    """Return every open item; the workbook holds them, the report names the sheet."""
    keys = [
        "name", "customer_id", "document", "kind", "issued_on", "due_on", "days_past_due",
        "bucket", "amount_cents", "outstanding_cents", "is_disputed", "currency",
    ]  # fmt: skip
    totals: dict[str, Total] = {"name": "label", "outstanding_cents": "sum"}
    return table("open_items", frame, words, keys=keys, totals=totals, shown_rows=0)


def currencies(frame: pd.DataFrame, words: Words) -> Table:
    """Return the balance per currency, on the page when there are two; they are never added."""
    keys = [
        "currency", "items_count", "debtors_count", "not_due_cents", "overdue_cents",
        "no_due_date_cents", "outstanding_cents",
    ]  # fmt: skip
    shown = table("currencies", frame, words, keys=keys, has_unit=False)
    return shown if len(frame) > 1 else shown.limited(0)


def trend(frame: pd.DataFrame, words: Words) -> go.Figure | None:
    """Draw the balance by bucket at each month end, as it stood then.

    A single moment is no course: then there is no chart.
    """
    if len(frame) < 2:
        return None
    buckets = _drawn(frame)
    per, unit = money_scale(frame["outstanding_cents"], words)
    first, last = frame["overdue_share"].iloc[[0, -1]]
    title = words.prose(
        f"charts.ageing_trend.{_direction(first, last)}",
        first_share=first, last_share=last, from_month=frame["as_of"].iloc[0],
    )  # fmt: skip
    labels, colours = bucket_labels(buckets, words), style.bucket_colours(buckets)
    series = {b: values(frame[f"{b}_cents"], per) for b in buckets}
    chart = style.figure(
        title, unit=words.prose("charts.ageing_trend.unit", unit=unit), words=words,
        alt=alt(title, _last(series, labels, words)), height=290,
    )  # fmt: skip
    months = style.month_axis(chart, frame["as_of"], words)
    add_bars(chart, series, months, colours=colours, labels=labels)
    _name_layers(chart, series, [bucket_label(b, words, in_days=True) for b in buckets])
    chart.update_yaxes(tickformat=",.0f")
    return chart


def largest(frame: pd.DataFrame, words: Words, *, count: int = LARGEST_COUNT) -> go.Figure | None:
    """Draw the largest debtors by bucket; one debtor needs no chart."""
    rows = frame[frame["outstanding_cents"] > 0].head(count)
    if len(rows) < 2:
        return None
    late = int((rows["overdue_share"] > MOSTLY_SHARE).sum())
    title = words.prose(
        f"charts.ageing_largest.{'some' if late else 'none'}",
        late_count=late, top_count=len(rows), mostly_share=MOSTLY_SHARE,
    )  # fmt: skip
    texts = [words.formats.money(cents) for cents in rows["outstanding_cents"]]
    return stacked(rows, rows["name"], words, title=title, texts=texts)


def stacked(
    rows: pd.DataFrame, names: pd.Series, words: Words, *, title: str, texts: Sequence[str]
) -> go.Figure:
    """Draw a row per debtor or group, its balance stacked by bucket."""
    buckets = _drawn(rows)
    per, unit = money_scale(rows["outstanding_cents"], words)
    shown = alt(title, zip(names, texts, strict=True))
    chart = style.figure(title, unit=unit, alt=shown, words=words)
    places = rows_of(chart, names)
    series = {b: values(rows[f"{b}_cents"], per) for b in buckets if rows[f"{b}_cents"].any()}
    labels, colours = bucket_labels(buckets, words), style.bucket_colours(buckets)
    add_bars(chart, series, places, colours=colours, labels=labels, is_horizontal=True)
    ends = [sum(max(s[i] or 0, 0) for s in series.values()) for i in range(len(rows))]
    row_labels(chart, ends, places, texts)
    return chart


def bucket_table(
    name: str, frame: pd.DataFrame, words: Words, *, before: list[str], after: list[str]
) -> Table:
    """Return a table with a column per bucket between others, and its totals."""
    amounts = [*_columns(frame), *(key for key in after if key.endswith("_cents"))]
    totals: dict[str, Total] = dict.fromkeys(amounts, "sum")
    totals |= {before[0]: "label", "overdue_share": OVERDUE_OF_AGED}
    keys = [*before, *_columns(frame), *after]
    undated = frame.get("no_due_date_cents", 0)
    frame = frame.assign(aged_cents=frame["outstanding_cents"] - undated)
    return table(name, frame, words, keys=keys, totals=totals, shown_rows=SHOWN_DEBTORS)


def _columns(frame: pd.DataFrame) -> list[str]:
    return [f"{bucket}_cents" for bucket in _drawn(frame)]


def _drawn(frame: pd.DataFrame) -> list[str]:
    """Return the buckets of a table, without "no due date" when nothing is in it."""
    return [
        bucket
        for bucket in buckets_in(frame)
        if bucket != "no_due_date" or frame[f"{bucket}_cents"].any()
    ]


def _direction(first: float, last: float) -> str:
    if pd.isna(first) or pd.isna(last):
        return "unknown"
    if abs(last - first) < STEADY_SHARE:
        return "steady"
    return "rose" if last > first else "fell"


def _last(
    series: dict[str, list[float | None]], labels: dict[str, str], words: Words
) -> list[tuple[str, str]]:
    return [(labels[b], words.formats.number(s[-1] or 0)) for b, s in series.items()]


def _name_layers(
    chart: go.Figure, series: dict[str, list[float | None]], labels: Sequence[str]
) -> None:
    """Name the layers of the last bar directly, so that no key is needed."""
    tops = (sum(max(n or 0, 0) for n in month) for month in zip(*series.values(), strict=True))
    highest = max(tops, default=0) or 1.0
    ends, base = [], 0.0
    for numbers, label in zip(series.values(), labels, strict=True):
        height = max(numbers[-1] or 0.0, 0.0)
        if height > VISIBLE_SHARE * highest:
            ends.append((base + height / 2, label, style.INK))
        base += height
    end_labels(chart, ends, highest)
    chart.update_layout(showlegend=False)
