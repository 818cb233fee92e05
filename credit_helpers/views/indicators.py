"""The table of indicators and the course of the collection effectiveness."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.formats import EMPTY, unit_of
from credit_helpers.views import style
from credit_helpers.views.marks import alt, end_labels, values
from credit_helpers.views.table import Table, table
from credit_helpers.words import Words

WRITTEN = ("value", "norm_value", "year_ago", "previous")
# Turnover is a number of times; in whole times nothing would be seen to move.
TIMES = "indicators.turnover_index"


def overview(frame: pd.DataFrame, words: Words) -> Table:
    """Return each indicator with norm, value, the values of then, judgement and meaning.

    Parameters
    ----------
    frame : DataFrame
        ``audit.indicators_judged``.
    words : Words
    """
    rows = pd.DataFrame(
        {
            "indicator": [words.label(f"indicator.{code}") for code in frame["indicator"]],
            "value": _texts(frame, "value", words),
            "norm_value": _texts(frame, "norm", words),
            "year_ago": _texts(frame, "year_ago", words),
            "judgement": [
                _judgement(*row, words)
                for row in zip(frame["verdict"], frame["value"], frame["norm"], strict=True)
            ],
            "indicator_meaning": [
                _meaning(*row, words)
                for row in zip(frame["indicator"], frame["value"], strict=True)
            ],
            "key": frame["figure"],
            "value_index": frame["value"],
        }
    )
    if frame["previous"].notna().any():
        rows["previous"] = _texts(frame, "previous", words)
    keys = [
        "indicator", "value", "norm_value", "year_ago", "previous", "judgement",
        "indicator_meaning", "key", "value_index",
    ]  # fmt: skip
    shown = table("indicators", rows, words, keys=keys)
    for key in WRITTEN:
        shown = shown.styled(key, is_right=True)
    shown = shown.styled("indicator_meaning", under="indicator")
    return shown.styled("key", only_workbook=True).styled("value_index", only_workbook=True)


def series(frame: pd.DataFrame, words: Words) -> Table:
    """Return the indicators per month end; the workbook holds them."""
    keys = [
        "as_of", "opening_cents", "month_sales_cents", "outstanding_cents", "not_due_cents",
        "cei_month_share", "year_sales_cents", "average_cents", "cei_year_share",
        "turnover_index", "collection_days", "current_share", "oldest_share",
    ]  # fmt: skip
    return table("indicator_series", frame, words, keys=keys, shown_rows=0)


def effectiveness(frame: pd.DataFrame, min_cei_share: float, words: Words) -> go.Figure | None:
    """Draw the CEI of each month beside its norm.

    Parameters
    ----------
    frame : DataFrame
        ``audit.indicator_series``.
    min_cei_share : float
    words : Words
    """
    known = frame[frame["cei_month_share"].notna()]
    if len(known) < 2:
        return None
    last = float(known["cei_month_share"].iloc[-1])
    title = words.prose(
        f"charts.cei.{'within' if last >= min_cei_share else 'below'}",
        cei_share=last, min_cei_share=min_cei_share, last_on=known["as_of"].iloc[-1],
    )  # fmt: skip
    name = words.label("indicator.cei_month")
    chart = style.figure(
        title, unit=words.prose("charts.cei.unit"), alt=alt(title, []), words=words, height=220
    )
    months = style.month_axis(chart, known["as_of"], words)
    chart.add_scatter(
        x=months, y=values(known["cei_month_share"], 0.01), mode="lines", name=name,
        line={"color": style.ACCENT, "width": 2.2}, hovertemplate="%{x}: %{y:.0f}<extra></extra>",
    )  # fmt: skip
    norm = min_cei_share * 100
    chart.add_hline(y=norm, line={"color": style.MUTED, "width": 1, "dash": "dot"})
    ends = [
        (last * 100, words.prose("charts.cei.cei", cei_share=last), style.ACCENT),
        (norm, words.prose("charts.cei.norm", min_cei_share=min_cei_share), style.MUTED),
    ]
    lowest = float(min(known["cei_month_share"].min() * 100, norm, 0))
    end_labels(chart, ends, 100 - lowest)
    chart.update_layout(showlegend=False)
    chart.update_yaxes(range=[lowest, max(100.0, float(known["cei_month_share"].max()) * 100)])
    return chart


def _texts(frame: pd.DataFrame, column: str, words: Words) -> list[str]:
    return [
        _written(figure, value, words)
        for figure, value in zip(frame["figure"], frame[column], strict=True)
    ]


def _written(figure: str, value: float, words: Words) -> str:
    if pd.isna(value):
        return EMPTY
    if figure == TIMES:
        return words.prose("labels.word.times", number=words.formats.number(value, decimals=1))
    unit = unit_of(figure.rpartition(".")[2])
    text = words.formats.by_unit(value, unit)
    return words.prose("labels.word.days", number=text) if unit == "days" else text


def _judgement(verdict: str, value: float, norm: float, words: Words) -> str:
    is_free = pd.isna(norm) and not pd.isna(value)
    return EMPTY if is_free else words.label(f"judgement.{verdict}")


def _meaning(code: str, value: float, words: Words) -> str:
    """Return what an indicator means; what to give when only the client can tell it."""
    asked = f"labels.indicator_ask.{code}"
    if pd.isna(value) and words.has(asked):
        return words.raw(asked)
    return words.label(f"indicator_text.{code}")
