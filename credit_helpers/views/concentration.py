"""Tables and charts of how the balance is spread over debtors."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import alt, short, values
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

SHOWN_DEBTORS = 8
COVER = ("covered_cents", "loss_cents")
NAMED_COUNT = 3


def curve_table(frame: pd.DataFrame, words: Words) -> Table:
    """Return every debtor with a balance, the largest first, and what they hold together."""
    keys = ["rank_count", "name", "customer_id", "outstanding_cents", "outstanding_share"]
    totals: dict[str, Total] = {
        "name": "label",
        "outstanding_cents": "sum",
        "outstanding_share": "sum",
    }
    return table(
        "concentration_curve", frame, words, keys=[*keys, "cumulative_share"], totals=totals,
        shown_rows=0,
    )  # fmt: skip


def exposures(frame: pd.DataFrame, words: Words) -> Table:
    """Return what each group, or debtor without one, owes, and what cover leaves of it."""
    keys = [
        "rank_count", "name", "customer_id", "group_id", "debtors_count", "outstanding_cents",
        "outstanding_share", "covered_cents", "loss_cents",
    ]  # fmt: skip
    # Without groups each row is one debtor, and without insurance nothing is covered.
    keys = [key for key in keys if key not in ("group_id", *COVER) or frame[key].notna().any()]
    totals: dict[str, Total] = dict.fromkeys(keys[keys.index("debtors_count") :], "sum")
    totals |= {"name": "label"}
    shown = table("exposures", frame, words, keys=keys, totals=totals, shown_rows=SHOWN_DEBTORS)
    is_grouped = bool((frame["debtors_count"] > 1).any())
    shown = shown.styled("debtors_count", only_workbook=not is_grouped)
    for key in ("customer_id", "group_id"):
        shown = shown.styled(key, only_workbook=True)
    return shown


def losses(frame: pd.DataFrame, words: Words) -> Table:
    """Return what is lost when the largest fail today, with and without cover."""
    keys = ["top_count", "outstanding_cents", "outstanding_share"]
    keys += COVER if frame["covered_cents"].notna().any() else ()
    note = words.label("failure.note" if len(keys) > 3 else "failure.note_uninsured")
    shown = table("failure_losses", frame, words, keys=keys, note=note)
    return shown.styled("outstanding_cents", label=words.label("failure.uncovered"))


def curve(frame: pd.DataFrame, figures: Any, words: Words) -> go.Figure | None:
    """Draw which part of the balance the largest debtors hold together.

    Parameters
    ----------
    frame : DataFrame
        ``audit.concentration_curve``.
    figures : ConcentrationFigures
        ``audit.concentration``, for the point that is named.
    words : Words
    """
    if len(frame) < 2:
        return None
    count = int(figures.pareto_debtors_count)
    facts = {
        "holders_count": count,
        "held_share": float(frame["cumulative_share"].iloc[count - 1]),
        "debtors_share": figures.pareto_debtors_share,
    }
    title = words.prose("charts.concentration_curve.title", **facts)
    shares = [words.formats.share(share) for share in frame["cumulative_share"]]
    chart = style.figure(
        title, unit=words.prose("charts.concentration_curve.unit"), words=words, height=230,
        alt=alt(title, list(zip(frame["name"], shares, strict=True))[:NAMED_COUNT]),
    )  # fmt: skip
    chart.add_scatter(
        x=[0, 1], y=[0, 1], mode="lines", hoverinfo="skip", showlegend=False,
        line={"color": style.MUTED, "width": 1, "dash": "dot"},
    )  # fmt: skip
    chart.add_scatter(
        x=[0, *values(frame["debtors_share"])], y=[0, *values(frame["cumulative_share"])],
        text=["", *(short(name) for name in frame["name"])], mode="lines", showlegend=False,
        line={"color": style.ACCENT, "width": 2.4},
        hovertemplate="%{text}: %{y:.0%}<extra></extra>",
    )  # fmt: skip
    _point(chart, facts, words)
    _axes(chart, words)
    return chart


def _point(chart: go.Figure, facts: dict[str, Any], words: Words) -> None:
    x, y = facts["debtors_share"], facts["held_share"]
    for ends in ({"x": [0, x], "y": [y, y]}, {"x": [x, x], "y": [0, y]}):
        chart.add_scatter(
            **ends, mode="lines", hoverinfo="skip", showlegend=False,
            line={"color": style.RULE, "width": 1},
        )  # fmt: skip
    chart.add_scatter(
        x=[x], y=[y], mode="markers", hoverinfo="skip", showlegend=False,
        marker={"color": style.ACCENT, "size": 8},
    )  # fmt: skip
    chart.add_annotation(
        x=x, y=y, text=words.prose("charts.concentration_curve.point", **facts),
        font={"color": style.INK, "size": style.LABEL_PX}, **_beside(x),
    )  # fmt: skip
    chart.add_annotation(
        x=0.62, y=0.56, text=words.prose("charts.concentration_curve.even"), xanchor="left",
    )  # fmt: skip


def _beside(x: float) -> dict[str, Any]:
    """Return where a label stands: below the curve, or above it where the diagonal is near."""
    if x < 0.5:
        return {"xanchor": "left", "xshift": 8, "yanchor": "top", "yshift": -4}
    return {"xanchor": "right", "xshift": -8, "yanchor": "bottom", "yshift": 2}


def _axes(chart: go.Figure, words: Words) -> None:
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    texts = [words.formats.share(tick) for tick in ticks]
    chart.update_xaxes(range=[0, 1], tickvals=ticks, ticktext=texts)
    chart.update_layout(margin={"r": 24})
    chart.update_yaxes(range=[0, 1.02], tickvals=ticks, ticktext=texts)
