"""Tables and chart of early warnings: who shows which signal, and what signals were worth."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.codes import word_of
from credit_helpers.views.marks import alt, row_labels, rows_of, values
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

SHOWN_DEBTORS = 5


def warned(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the debtors that are warned about, the most points first.

    Parameters
    ----------
    frame : DataFrame
        ``audit.early_warnings``.
    words : Words
    """
    return _by_customer("early_warnings", frame[frame["is_warned"]], SHOWN_DEBTORS, words)


def others(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the debtors with a signal, and too few points for a warning; in the workbook."""
    rows = frame[(frame["warning_count"] > 0) & ~frame["is_warned"]]
    return _by_customer("early_signs", rows, 0, words)


def reported(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return what people saw of debtors, the latest first; nothing when nobody told anything.

    Parameters
    ----------
    frame : DataFrame
        ``audit.reported_signals``.
    words : Words
    """
    if frame.empty:
        return None
    keys = ["name", "customer_id", "reported_on", "reported_signal", "reported_by", "signal_note"]
    rows = frame.rename(columns={"signal": "reported_signal", "note": "signal_note"})
    told = [key for key in keys if key in rows and rows[key].notna().any()]
    shown = table("reported_signals", rows, words, keys=told, shown_rows=SHOWN_DEBTORS)
    return shown.styled("customer_id", only_workbook=True)


def _by_customer(name: str, rows: pd.DataFrame, shown_rows: int, words: Words) -> Table | None:
    if rows.empty:
        return None
    keys = ["name", "customer_id", "outstanding_cents", "warning_count", "signals"]
    totals: dict[str, Total] = {"name": "label", "outstanding_cents": "sum"}
    shown = table(name, rows, words, keys=keys, totals=totals, shown_rows=shown_rows)
    return shown.styled("signals", under="name").styled("customer_id", only_workbook=True)


def signals(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return what each signal says now and what it was worth by itself; in the workbook."""
    if frame.empty:
        return None
    keys = [
        "signal", "points_count", "debtors_count", "outstanding_cents", "warnings_count",
        "right_count", "wrong_count", "precision_share",
    ]  # fmt: skip
    return table("early_warning_signals", frame, words, keys=keys, shown_rows=0)


def worth(frame: pd.DataFrame, figures: Any, words: Words) -> go.Figure | None:
    """Draw how often each signal was right in the past; nothing when that says too little.

    Parameters
    ----------
    frame : DataFrame
        ``audit.early_warning_signals``.
    figures : BackTestFigures
        ``audit.early_warning``, for the message.
    words : Words
    """
    rows = frame[frame["precision_share"].notna()]
    rows = rows.sort_values("precision_share", ascending=False, kind="stable")
    if rows.empty or pd.isna(figures.precision_share):
        return None
    title = words.prose(
        "charts.early_warning.title",
        precision_share=figures.precision_share, base_share=figures.base_share,
    )  # fmt: skip
    names = [word_of("warning_signal", code, words) for code in rows["signal"]]
    texts = [
        words.prose(
            "charts.early_warning.of",
            precision_share=row.precision_share,
            right_count=row.right_count,
            decided_count=row.right_count + row.wrong_count,
        )
        for row in rows.itertuples()
    ]
    chart = style.figure(
        title, unit=words.prose("charts.early_warning.unit"), words=words,
        alt=alt(title, zip(names, texts, strict=True)),
    )  # fmt: skip
    places = rows_of(chart, names)
    ends = values(rows["precision_share"])
    chart.add_bar(
        x=ends, y=places, orientation="h", marker={"color": style.ACCENT}, name=names[0],
        hovertemplate="%{x:.0%}<extra></extra>",
    )  # fmt: skip
    row_labels(chart, ends, places, texts)
    chart.update_layout(showlegend=False)
    return chart
