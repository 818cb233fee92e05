"""Tables and charts of payment behaviour."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import show, style
from credit_helpers.views.marks import alt, end_labels, from_to, rows_of, values
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

MOVERS_COUNT = 8
SHOWN_DEBTORS = 10
SHOWN = frozenset(
    {"name", "settled_cents", "days_to_pay", "previous_days_late", "recent_days_late", "drift"}
    | {
        "std_days",
        "paydex_score",
    }
)
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
        "recent_days_late", "drift_days", "paid_months_count", "slope_days", "slope_low_days",
        "slope_high_days", "drift", "std_days", "is_erratic", "paydex_score",
        "payment_days_count", "rhythm", "weekday", "weekday_share", "month_end_share",
        "weight_cents",
    ]  # fmt: skip
    totals: dict[str, Total] = {
        "name": "label",
        "settled_count": "sum",
        "settled_cents": "sum",
    }
    rows = frame.sort_values(["settled_cents", "customer_id"], ascending=[False, True])
    shown = table("behaviour_by_customer", rows, words, keys=keys, totals=totals)
    for key in set(keys).difference(SHOWN):
        shown = shown.styled(key, only_workbook=True)
    return shown.limited(SHOWN_DEBTORS)


def key_figures(audit: Any) -> show.Shown | None:
    """Return days late, the PAYDEX-like index, and what rolls on from the first overdue bucket.

    Parameters
    ----------
    audit : Audit
        Read only: ``behaviour``, ``paydex``, ``roll_rates``, ``policy``, ``words``.
    """
    words, norms, index = audit.words, audit.policy.behaviour, audit.paydex
    if pd.isna(audit.behaviour.days_late):
        return None
    formats, rolled = words.formats, audit.roll_rates["rolled_share"].iloc[1:2]
    figures = [
        show.KeyFigure(
            words.label("column.days_late"),
            formats.days(audit.behaviour.days_late),
            against=words.prose("labels.against.at_most", norm_days=norms.max_days_late),
            is_beyond=audit.behaviour.days_late > norms.max_days_late,
            name="behaviour.days_late",
        ),
        show.KeyFigure(
            words.label("column.paydex_score"),
            formats.by_unit(index.paydex_score, "score"),
            against=words.label("against.paydex"),
            name="paydex.paydex_score",
        ),
    ]
    if rolled.notna().any():
        share = float(rolled.iloc[0])
        figures.append(
            show.KeyFigure(
                words.label("figure.rolled"),
                formats.share(share),
                against=words.prose("labels.against.rolled", max_roll_share=norms.max_roll_share),
                is_beyond=share > norms.max_roll_share,
            )
        )
    return show.key_figures(figures)


def distribution(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return what was paid when, by days late; the workbook holds it."""
    if not frame["settled_count"].any():
        return None
    keys = ["days_late_class", "settled_count", "settled_cents", "settled_share"]
    totals: dict[str, Total] = dict.fromkeys(keys[1:], "sum")
    totals |= {"days_late_class": "label"}
    shown = table("behaviour_distribution", frame, words, keys=keys, totals=totals)
    return shown.limited(0)


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


def movers(frame: pd.DataFrame, figures: Any, words: Words) -> go.Figure | None:
    """Draw the debtors of whom it is sure that they pay later, from before to now."""
    surely = (frame["drift"] == "later") & (frame["drift_days"] > 0)
    count = int(figures.worse_debtors_count)
    rows = frame[surely].nlargest(min(MOVERS_COUNT, count), "drift_days")
    if rows.empty:
        return None
    title = words.prose("charts.behaviour_movers.some", worse_count=count)
    days = [
        from_to(words.formats.days(before), words.formats.days(now), words)
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
