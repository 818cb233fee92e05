"""Why the DSO moved: a waterfall from then to now, and the causes beside their meaning."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import alt
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

STEADY_DAYS = 0.5
THEN, NOW = "then", "now"


def causes(frame: pd.DataFrame, figures: Any, words: Words) -> Table | None:
    """Return the effect of each cause in days and euros, with what it means.

    Parameters
    ----------
    frame : DataFrame
        ``audit.dso_bridge_causes``.
    figures : DsoFigures
        ``audit.dso``, for what a day is worth.
    words : Words
    """
    if frame.empty:
        return None
    names = [str(cause) for cause in frame["cause"]]
    rows = frame.assign(
        cause=[words.label(f"dso_cause.{name}") for name in names],
        cause_meaning=[words.label(f"dso_cause_text.{name}") for name in names],
    )
    keys = ["cause", "effect_days", "effect_cents", "since_previous_days", "cause_meaning"]
    totals: dict[str, Total] = {"cause": "label", "effect_days": "sum", "effect_cents": "sum"}
    totals["since_previous_days"] = "sum"
    note = words.prose("labels.word.day_worth", day_cents=figures.sales_per_day_cents)
    return table("dso_bridge", rows, words, keys=keys, totals=totals, note=note)


def groups(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the factors of each group of debtors; the workbook holds them."""
    if frame.empty:
        return None
    sides = [
        f"{side}_{key}"
        for side in (THEN, NOW)
        for key in (
            "recent_cents", "granted_cents", "not_due_cents", "late_cents", "mix_share",
            "level_terms_days", "timing_index", "unpaid_share", "level_late_days",
        )
    ]  # fmt: skip
    effects = [f"{name}_effect_days" for name in ("sales", "terms", "lateness", "mix")]
    keys = ["terms_class", "late_class", *sides, *effects]
    totals: dict[str, Total] = dict.fromkeys(effects, "sum")
    totals |= {"terms_class": "label"} | {k: "sum" for k in sides if k.endswith("_cents")}
    return table("dso_bridge_groups", frame, words, keys=keys, totals=totals, shown_rows=0)


def waterfall(
    frame: pd.DataFrame, figures: Any, then_on: pd.Timestamp | None, words: Words
) -> go.Figure | None:
    """Draw how the DSO of then became that of now.

    Parameters
    ----------
    frame : DataFrame
        ``audit.dso_bridge_causes``.
    figures : DsoBridgeFigures
        ``audit.dso_bridge``.
    then_on : Timestamp, optional
        The day of then.
    words : Words
    """
    if frame.empty or then_on is None:
        return None
    days = {
        str(cause): float(effect)
        for cause, effect in zip(frame["cause"], frame["effect_days"], strict=True)
    }
    title = _message(days, figures, then_on, words)
    bars = _bars(days, figures.then_dso_days, figures.now_dso_days)
    labels = {name: words.label(f"dso_cause.{name}") for name in days}
    names = [
        labels.get(name) or words.prose(f"charts.dso_bridge.{name}", then_month=then_on)
        for name, _, _ in bars
    ]
    texts = [
        words.formats.number(height, decimals=1) if name in (THEN, NOW) else signed(height, words)
        for name, _, height in bars
    ]
    chart = style.figure(
        title, unit=words.prose("charts.dso_bridge.unit"), words=words, height=250,
        alt=alt(title, zip(names, texts, strict=True)),
    )  # fmt: skip
    for (key, base, height), name, text in zip(bars, names, texts, strict=True):
        colour = (
            style.ACCENT
            if key in (THEN, NOW)
            else style.OVERDUE[1]
            if height > 0
            else style.NOT_DUE
        )
        place = name.replace(" ", "<br>", 1) if key in labels else name
        chart.add_bar(
            x=[place], y=[height], base=[base], name=name,
            marker={"color": colour}, text=[text],
            textposition="outside", cliponaxis=False, hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
    top = max(max(base, base + height) for _, base, height in bars)
    chart.update_layout(showlegend=False, barmode="overlay", bargap=0.4)
    chart.update_xaxes(type="category", tickangle=0, tickfont={"color": style.INK})
    chart.update_yaxes(range=[min(0.0, *(b + h for _, b, h in bars)), top * 1.12])
    return chart


def signed(days: float, words: Words) -> str:
    """Return days with their sign and one decimal.

    Examples
    --------
    >>> signed(2.04, Words("en")), signed(-0.94, Words("nl"))
    ('+2.0', '−0,9')
    """
    return f"{'+' if days > 0 else ''}{words.formats.number(days, decimals=1)}"


def _bars(days: dict[str, float], then: float, now: float) -> list[tuple[str, float, float]]:
    bars, level = [(THEN, 0.0, then)], then
    for name, effect in days.items():
        bars.append((name, level, effect))
        level += effect
    return [*bars, (NOW, 0.0, now)]


def _message(days: dict[str, float], figures: Any, then_on: pd.Timestamp, words: Words) -> str:
    """Say the change, and the cause that did most in its direction."""
    change = figures.change_days
    if abs(change) < STEADY_DAYS:
        return words.prose(
            "charts.dso_bridge.steady", dso_days=figures.now_dso_days, then_on=then_on
        )
    rose = change > 0
    most = max(days, key=lambda name: days[name] if rose else -days[name])
    return words.prose(
        f"charts.dso_bridge.{'rose' if rose else 'fell'}", change_days=abs(change),
        then_on=then_on, most=words.label(f"dso_cause_most.{most}"), effect_days=abs(days[most]),
    )  # fmt: skip
