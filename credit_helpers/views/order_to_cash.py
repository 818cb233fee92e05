"""Tables and charts of what goes wrong between order and payment."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import (
    add_bars,
    alt,
    end_labels,
    money_scale,
    row_labels,
    rows_of,
    values,
)
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

OWN, PAYER = "own", "payer"


def causes(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the overdue balance by cause, up to its total."""
    if frame.empty:
        return None
    counts = ["items_count", "debtors_count"]
    keys = ["overdue_cause", *counts, "overdue_cents", "overdue_share"]
    totals: dict[str, Total] = {
        "overdue_cause": "label",
        "items_count": "sum",
        "overdue_cents": "sum",
    }
    return table("overdue_causes", frame, words, keys=keys, totals=totals)


def errors(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return how often each error occurs and what it does to the day of payment."""
    if not frame["items_count"].any():
        return None
    keys = [
        "error", "items_count", "amount_cents", "amount_share", "open_cents", "days_late",
        "other_days_late", "extra_days",
    ]  # fmt: skip
    return table("own_errors", frame, words, keys=keys)


def reasons(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return disputes by reason, with how long they wait and took."""
    if frame.empty:
        return None
    sums = ["disputes_count", "disputes_share", "open_count", "open_cents"]
    totals: dict[str, Total] = dict.fromkeys(sums, "sum")
    none = words.label("word.no_value")
    rows = frame.assign(dispute_reason=frame["dispute_reason"].replace("", none))
    keys = ["dispute_reason", *sums, "open_days", "resolve_days"]
    return table(
        "dispute_reasons", rows, words, keys=keys, totals=totals | {"dispute_reason": "label"}
    )


def lag_table(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the days from delivery to invoice per month; the report shows them as a chart."""
    if frame.empty:
        return None
    keys = ["month", "items_count", "amount_cents", "lag_days", "lagged_share"]
    return table("invoicing_lags", frame, words, keys=keys, shown_rows=0)


def causes_chart(frame: pd.DataFrame, figures: Any, words: Words) -> go.Figure | None:
    """Draw the overdue invoices by cause, our own errors in the darker colour.

    Parameters
    ----------
    frame : DataFrame
        ``audit.overdue_causes``.
    figures : OrderToCashFigures
        ``audit.order_to_cash``, for the message.
    words : Words
    """
    rows = frame[frame["overdue_share"].notna() & (frame["overdue_cents"] > 0)]
    if rows.empty:
        return None
    kind = "some" if figures.own_error_cents else "none"
    title = words.prose(
        f"charts.overdue_causes.{kind}",
        own_error_share=figures.own_error_share, own_error_cents=figures.own_error_cents,
    )  # fmt: skip
    names = [words.label(f"cause.{cause}") for cause in rows["overdue_cause"]]
    texts = [words.formats.by_unit(share, "share") for share in rows["overdue_share"]]
    per, unit = money_scale(rows["overdue_cents"], words)
    chart = style.figure(
        title, unit=unit, words=words, alt=alt(title, zip(names, texts, strict=True))
    )
    places = rows_of(chart, names)
    cents, is_own = rows["overdue_cents"], (rows["overdue_cause"] != PAYER).to_numpy()
    series = {OWN: values(cents.where(is_own), per), PAYER: values(cents.where(~is_own), per)}
    colours = {OWN: style.OVERDUE[2], PAYER: style.NOT_DUE}
    labels = {key: words.prose(f"charts.overdue_causes.{key}") for key in series}
    add_bars(chart, series, places, colours=colours, labels=labels, is_horizontal=True)
    row_labels(chart, values(cents, per), places, texts)
    return chart


def lag_chart(frame: pd.DataFrame, figures: Any, policy: Any, words: Words) -> go.Figure | None:
    """Draw the days from delivery to invoice per month, with the norm.

    Parameters
    ----------
    frame : DataFrame
        ``audit.invoicing_lags``.
    figures : InvoicingFigures
        ``audit.invoicing``, for the message.
    policy : OrderToCashPolicy
        For the norm.
    words : Words
    """
    if len(frame) < 2 or pd.isna(figures.lag_days):
        return None
    norm = float(policy.max_invoicing_lag_days)
    title = words.prose(
        f"charts.invoicing_lags.{'above' if figures.lag_days > norm else 'within'}",
        lag_days=figures.lag_days, max_invoicing_lag_days=norm,
    )  # fmt: skip
    last = float(frame["lag_days"].iloc[-1])
    chart = style.figure(
        title, unit=words.prose("charts.invoicing_lags.unit"), words=words, height=220,
        alt=alt(title, [(words.label("column.lag_days"), words.formats.by_unit(last, "days"))]),
    )  # fmt: skip
    chart.add_scatter(
        x=style.month_axis(chart, frame["month"], words), y=values(frame["lag_days"]),
        mode="lines", name=words.label("column.lag_days"),
        line={"color": style.ACCENT, "width": 2.4},
        hovertemplate="%{x}: %{y:.1f}<extra></extra>",
    )  # fmt: skip
    chart.add_hline(y=norm, line={"color": style.MUTED, "width": 1, "dash": "dot"})
    ends = [
        (last, words.prose("charts.invoicing_lags.last", days=last), style.ACCENT),
        (norm, words.prose("charts.invoicing_lags.norm", days=norm), style.MUTED),
    ]
    end_labels(chart, ends, float(max(frame["lag_days"].max(), norm)) * 1.05)
    chart.update_layout(showlegend=False, margin={"r": 118})
    chart.update_yaxes(rangemode="tozero")
    return chart
