"""Tables and charts of payment behaviour."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.codes import bucket_label
from credit_helpers.views.marks import alt, end_labels, rows_of, values
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

PROMPT = ("early", "on_time")
MOVERS_COUNT = 8
SHOWN_DEBTORS = 15
LINES = {
    "days_late": ("weighted", style.ACCENT, "solid"),
    "unweighted_days_late": ("unweighted", style.MUTED, "dash"),
}


def by_customer(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return how late each debtor pays, those with the largest amount first."""
    if frame.empty or not frame["settled_count"].any():
        return None
    keys = [
        "name", "customer_id", "settled_count", "settled_cents", "days_to_pay", "days_late",
        "floored_days_late", "unweighted_days_late", "late_share", "previous_days_late",
        "recent_days_late", "drift_days", "std_days", "is_erratic", "weight_cents",
    ]  # fmt: skip
    totals: dict[str, Total] = {
        "name": "label",
        "settled_count": "sum",
        "settled_cents": "sum",
    }
    rows = frame.sort_values(["settled_cents", "customer_id"], ascending=[False, True])
    shown = table("behaviour_by_customer", rows, words, keys=keys, totals=totals)
    hidden = ("customer_id", "settled_count", "unweighted_days_late", "floored_days_late")
    for key in (*hidden, "weight_cents"):
        shown = shown.styled(key, only_workbook=True)
    return shown.limited(SHOWN_DEBTORS)


def distribution(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return what was paid when, by days late."""
    if not frame["settled_count"].any():
        return None
    keys = ["days_late_class", "settled_count", "settled_cents", "settled_share"]
    totals: dict[str, Total] = dict.fromkeys(keys[1:], "sum")
    totals |= {"days_late_class": "label"}
    return table("behaviour_distribution", frame, words, keys=keys, totals=totals)


def month_table(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return days late by month of payment; the report shows them as a chart."""
    keys = [
        "month", "settled_count", "settled_cents", "days_late", "floored_days_late",
        "unweighted_days_late",
    ]  # fmt: skip
    if frame.empty:
        return None
    return table("behaviour_by_month", frame, words, keys=keys, shown_rows=0)


def by_month(frame: pd.DataFrame, figures: Any, policy: Any, words: Words) -> go.Figure | None:
    """Draw days late by month of payment, by amount and per invoice.

    Parameters
    ----------
    frame : DataFrame
        ``audit.behaviour_by_month``.
    figures : BehaviourFigures
        ``audit.behaviour``, for the message.
    policy : BehaviourPolicy
        For the norm.
    words : Words
    """
    rows = frame.tail(24)
    if len(rows) < 2:
        return None
    title = _message(figures, words)
    chart = style.figure(
        title, unit=words.prose("charts.behaviour_by_month.unit"), alt=title, words=words,
        height=250,
    )  # fmt: skip
    months = style.month_axis(chart, rows["month"], words)
    ends = []
    for key, (name, colour, dash) in LINES.items():
        label = words.prose(f"charts.behaviour_by_month.{name}")
        chart.add_scatter(
            x=months, y=values(rows[key]), mode="lines", name=label,
            line={"color": colour, "dash": dash}, hovertemplate="%{x}: %{y:.0f}<extra></extra>",
        )  # fmt: skip
        ends.append((rows[key].iloc[-1], label, colour))
    norm = float(policy.max_days_late)
    chart.add_hline(y=norm, line={"color": style.MUTED, "width": 1, "dash": "dot"})
    ends.append((norm, words.prose("charts.behaviour_by_month.norm", days=norm), style.MUTED))
    height = max(float(rows[[*LINES]].max().max()), norm) - min(0, rows[[*LINES]].min().min())
    end_labels(chart, ends, height)
    chart.update_layout(showlegend=False)
    return chart


def spread(frame: pd.DataFrame, words: Words) -> go.Figure | None:
    """Draw which part of the amount paid came how late."""
    if not frame["settled_count"].any():
        return None
    late = ~frame["days_late_class"].isin(PROMPT)
    title = words.prose(
        "charts.behaviour_distribution.title", late_share=frame.loc[late, "settled_share"].sum()
    )
    names = [
        style.plain(bucket_label(code, words, in_days=True)) for code in frame["days_late_class"]
    ]
    texts = [words.formats.by_unit(share, "share") for share in frame["settled_share"]]
    chart = style.figure(
        title, unit=words.prose("charts.behaviour_distribution.unit"), words=words, height=230,
        alt=alt(title, zip(names, texts, strict=True)),
    )  # fmt: skip
    buckets = [
        code for code, is_late in zip(frame["days_late_class"], late, strict=True) if is_late
    ]
    colours = style.bucket_colours(["not_due", *buckets])
    for code, name, share, text in zip(
        frame["days_late_class"], names, values(frame["settled_share"]), texts, strict=True
    ):
        chart.add_bar(
            x=[name], y=[share], name=name, text=[text], textposition="outside",
            marker={"color": colours.get(code, style.NOT_DUE)},
            hovertemplate="%{x}: %{text}<extra></extra>",
        )  # fmt: skip
    chart.update_layout(showlegend=False, bargap=0.4)
    chart.update_xaxes(type="category", tickfont={"color": style.INK})
    chart.update_yaxes(visible=False, showgrid=False)
    return chart


def movers(frame: pd.DataFrame, figures: Any, words: Words) -> go.Figure | None:
    """Draw the debtors that shifted most towards later, from before to now."""
    rows = frame[frame["drift_days"] > 0].nlargest(MOVERS_COUNT, "drift_days")
    if rows.empty:
        return None
    count = int(figures.worse_debtors_count)
    kind = "some" if count else "none"
    title = words.prose(f"charts.behaviour_movers.{kind}", worse_count=count)
    days = [
        f"{words.formats.days(before)} → {words.formats.days(now)}"
        for before, now in zip(rows["previous_days_late"], rows["recent_days_late"], strict=True)
    ]
    chart = style.figure(
        title, unit=words.prose("charts.behaviour_movers.unit"), words=words,
        alt=alt(title, zip(rows["name"], days, strict=True)),
    )  # fmt: skip
    places = rows_of(chart, rows["name"])
    before, now = values(rows["previous_days_late"]), values(rows["recent_days_late"])
    for place, start, end in zip(places, before, now, strict=True):
        chart.add_scatter(
            x=[start, end], y=[place, place], mode="lines", showlegend=False, hoverinfo="skip",
            line={"color": style.RULE, "width": 3},
        )  # fmt: skip
    marks = {"before": (before, style.MUTED, "circle-open"), "now": (now, style.ACCENT, "circle")}
    for key, (numbers, colour, symbol) in marks.items():
        chart.add_scatter(
            x=numbers, y=places, mode="markers", name=words.prose(f"charts.behaviour_movers.{key}"),
            marker={"color": colour, "symbol": symbol, "size": 8},
            hovertemplate="%{x:.0f}<extra></extra>",
        )  # fmt: skip
    chart.update_xaxes(showticklabels=True, showgrid=True, zeroline=True)
    chart.update_layout(showlegend=False, height=chart.layout.height + 20)
    for place, end, text in zip(places, now, days, strict=True):
        chart.add_annotation(x=end, y=place, text=text, xanchor="left", xshift=8,
                             font={"color": style.INK, "size": style.LABEL_PX})  # fmt: skip
    return chart


def _message(figures: Any, words: Words) -> str:
    change = figures.change_days
    if pd.isna(change):
        kind, recent = "unknown", figures.days_late
    else:
        kind = "steady" if round(change) == 0 else "later" if change > 0 else "earlier"
        recent = figures.recent_days_late
    side = "before" if recent < 0 else "after"
    moment = words.prose(f"charts.behaviour_by_month.{side}", recent_days=abs(recent))
    return words.prose(
        f"charts.behaviour_by_month.{kind}",
        change_days=abs(change),
        moment=moment,
    )  # fmt: skip
