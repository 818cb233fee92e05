"""Tables and charts of the DSO family."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import alt, end_labels, values
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

LINES = {
    "dso_days": ("dso", style.ACCENT, "solid", 2.4),
    "countback_dso_days": ("countback", style.SOFT, "solid", 1.4),
    "best_possible_dso_days": ("best", style.MUTED, "dash", 1.4),
}


def series_table(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the DSO per month end, the latest first; the report shows it as a chart."""
    if frame["dso_days"].isna().all():
        return None
    keys = [
        "as_of", "outstanding_cents", "credit_sales_cents", "dso_days", "countback_dso_days",
        "best_possible_dso_days", "average_days_delinquent",
    ]  # fmt: skip
    newest_first = frame.iloc[::-1]
    return table("dso_series", newest_first, words, keys=keys, shown_rows=0)


def forms(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return every form of the DSO side by side; nothing when no DSO is known.

    Parameters
    ----------
    frame : DataFrame
        ``audit.dso_forms``; a column without any figure is left out.
    words : Words
    """
    known = frame[frame["from_invoice_days"].notna()]
    if known.empty:
        return None
    codes = [str(form) for form in known["form"]]
    rows = known.dropna(axis="columns", how="all").assign(
        form=[words.label(f"dso_form.{code}") for code in codes],
        form_meaning=[words.label(f"dso_form_text.{code}") for code in codes],
    )
    keys = [
        "form", "from_invoice_days", "from_delivery_days", "year_ago_days", "previous_days",
        "form_meaning",
    ]  # fmt: skip
    return table("dso_forms", rows, words, keys=keys)


def months(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return what is open of each month's invoices; the workbook holds it."""
    if frame.empty:
        return None
    keys = [
        "month", "month_days", "credit_sales_cents", "open_invoices_cents", "mean_age_days",
        "mean_delivery_age_days",
    ]  # fmt: skip
    rows = frame.dropna(axis="columns", how="all")
    totals: dict[str, Total] = {"month": "label", "open_invoices_cents": "sum"}
    return table("dso_months", rows, words, keys=keys, totals=totals, shown_rows=0)


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
