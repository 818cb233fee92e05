"""Tables and charts of the DSO family and the movement of the balance."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import alt, end_labels, money_scale, values
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

LINES = {
    "dso_days": ("dso", style.ACCENT, "solid", 2.4),
    "countback_dso_days": ("countback", style.SOFT, "solid", 1.4),
    "best_possible_dso_days": ("best", style.MUTED, "dash", 1.4),
}
STEPS = {
    "opening_cents": 1,
    "invoiced_cents": 1,
    "credited_cents": -1,
    "received_cents": -1,
    "written_off_cents": -1,
    "other_cents": 1,
    "closing_cents": 1,
}
ENDS = ("opening_cents", "closing_cents")


def series_table(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the DSO per month end, the latest first; nothing when no DSO is known."""
    if frame["dso_days"].isna().all():
        return None
    keys = [
        "as_of", "outstanding_cents", "credit_sales_cents", "dso_days", "countback_dso_days",
        "best_possible_dso_days", "average_days_delinquent",
    ]  # fmt: skip
    newest_first = frame.iloc[::-1]
    return table("dso_series", newest_first, words, keys=keys, shown_rows=13)


def movement(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return how each month's opening balance became its closing balance."""
    if frame.empty:
        return None
    flows = [key for key in STEPS if key not in ENDS]
    totals: dict[str, Total] = dict.fromkeys(flows, "sum")
    keys = ["as_of", *STEPS]
    shown = table("movement", frame, words, keys=keys, totals={"as_of": "label", **totals})
    return shown.styled("as_of", unit="month", label=words.label("column.month"))


def series(frame: pd.DataFrame, figures: Any, words: Words) -> go.Figure | None:
    """Draw the DSO with its countback form, the best possible one and the target.

    Parameters
    ----------
    frame : DataFrame
        ``audit.dso_series``.
    figures : DsoFigures
        ``audit.dso``, of which the last DSO and the target are named.
    words : Words
    """
    known = frame[frame["dso_days"].notna()]
    if len(known) < 2:
        return None
    title = _message(figures, words)
    labels = {key: _named(line[0], known[key].iloc[-1], words) for key, line in LINES.items()}
    chart = style.figure(
        title, unit=words.prose("charts.dso_series.unit"), words=words, height=270,
        alt=alt(title, [(words.label(f"column.{k}"), _last(known[k], words)) for k in LINES]),
    )  # fmt: skip
    months = style.month_axis(chart, known["as_of"], words)
    for key, (_, colour, dash, width) in LINES.items():
        chart.add_scatter(
            x=months, y=values(known[key]), mode="lines", name=words.label(f"column.{key}"),
            line={"color": colour, "dash": dash, "width": width},
            hovertemplate="%{x}: %{y:.0f}<extra></extra>",
        )  # fmt: skip
    aim = float(figures.target_days)
    chart.add_hline(y=aim, line={"color": style.MUTED, "width": 1, "dash": "dot"})
    ends = [(known[key].iloc[-1], labels[key], _ink(LINES[key][1])) for key in LINES]
    ends.append((aim, _named("target", aim, words), style.MUTED))
    end_labels(chart, ends, float(max(known[[*LINES]].max().max(), aim)) * 1.05)
    chart.update_layout(showlegend=False, margin={"r": 118})
    return chart


def growth(frame: pd.DataFrame, figures: Any, words: Words) -> go.Figure | None:
    """Draw the balance beside the sales, each with its first month end as 100."""
    known = frame[(frame["credit_sales_cents"] > 0) & frame["dso_days"].notna()]
    if len(known) < 2 or known["outstanding_cents"].iloc[0] <= 0:
        return None
    lines = {
        "balance": known["outstanding_cents"] / known["outstanding_cents"].iloc[0] * 100,
        "sales": known["credit_sales_cents"] / known["credit_sales_cents"].iloc[0] * 100,
    }
    grown = {f"{name}_share": line.iloc[-1] / 100 - 1 for name, line in lines.items()}
    is_faster = grown["balance_share"] > grown["sales_share"]
    title = words.prose(f"charts.dso_growth.{'faster' if is_faster else 'slower'}", **grown)
    unit = words.prose("charts.dso_growth.unit", period_days=figures.period_days)
    chart = style.figure(title, unit=unit, alt=title, words=words, height=240)
    months = style.month_axis(chart, known["as_of"], words)
    colours = {"balance": style.ACCENT, "sales": style.MUTED}
    for name, line in lines.items():
        chart.add_scatter(
            x=months, y=values(line), mode="lines", name=words.prose(f"charts.dso_growth.{name}"),
            line={"color": colours[name], "dash": "solid" if name == "balance" else "dash"},
            hovertemplate="%{x}: %{y:.0f}<extra></extra>",
        )  # fmt: skip
    _direct_labels(chart, lines, colours, words)
    return chart


def waterfall(frame: pd.DataFrame, words: Words) -> go.Figure | None:
    """Draw how the opening balance of the first month became the last closing balance."""
    if frame.empty:
        return None
    steps = {key: int(frame[key].sum()) * sign for key, sign in STEPS.items() if key not in ENDS}
    per, unit = money_scale([*frame["opening_cents"], *steps.values()], words)
    title = words.prose(
        "charts.movement.title",
        received_cents=-steps["received_cents"], invoiced_cents=steps["invoiced_cents"],
    )  # fmt: skip
    bars = _bars(frame, steps)
    texts = [words.formats.number(height / per) for _, _, height in bars]
    names = [words.label(f"column.{key}") for key, _, _ in bars]
    chart = style.figure(
        title, unit=words.prose("charts.movement.unit", unit=unit, months_count=len(frame)),
        alt=alt(title, zip(names, texts, strict=True)), words=words, height=270,
    )  # fmt: skip
    for (key, base, height), name, text in zip(bars, names, texts, strict=True):
        colour = style.ACCENT if key in ENDS else style.NOT_DUE if height >= 0 else style.SOFT
        chart.add_bar(
            x=[name], y=[height / per], base=[base / per], name=name, marker={"color": colour},
            text=[text], textposition="outside", hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
    chart.update_layout(showlegend=False, barmode="overlay", bargap=0.4)
    chart.update_xaxes(type="category", tickfont={"color": style.INK})
    chart.update_yaxes(tickformat=",.0f")
    return chart


def _bars(frame: pd.DataFrame, steps: dict[str, int]) -> list[tuple[str, int, int]]:
    level = int(frame["opening_cents"].iloc[0])
    bars = [("opening_cents", 0, level)]
    for key, change in steps.items():
        if change:
            bars.append((key, level, change))
        level += change
    return [*bars, ("closing_cents", 0, int(frame["closing_cents"].iloc[-1]))]


def _message(figures: Any, words: Words) -> str:
    if pd.isna(figures.dso_days):
        return words.prose("charts.dso_series.unknown")
    gap = figures.dso_days - figures.target_days
    return words.prose(
        f"charts.dso_series.{'above' if round(gap) > 0 else 'within'}",
        dso_days=figures.dso_days, gap_days=gap, target_days=figures.target_days,
    )  # fmt: skip


def _named(line: str, days: float, words: Words) -> str:
    return words.prose(f"charts.dso_series.{line}", days=days)


def _ink(colour: str) -> str:
    """Return a line's colour for its name: a soft one is too light to read."""
    return style.MUTED if colour == style.SOFT else colour


def _last(column: pd.Series, words: Words) -> str:
    return words.formats.by_unit(column.iloc[-1], "days")


def _direct_labels(
    chart: go.Figure, lines: dict[str, pd.Series], colours: dict[str, str], words: Words
) -> None:
    ends = [
        (
            line.iloc[-1],
            f"{words.prose(f'charts.dso_growth.{name}')} {words.formats.number(line.iloc[-1])}",
            colours[name],
        )
        for name, line in lines.items()
    ]
    end_labels(chart, ends, float(max(line.max() for line in lines.values())))
    chart.update_layout(showlegend=False)
