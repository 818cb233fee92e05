"""The payment curve: share paid by days since the invoice, one line per cohort."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import alt, values
from credit_helpers.views.table import Table, table
from credit_helpers.words import Words

COHORTS_COUNT = 4
TICK_DAYS = 30


def curve(frame: pd.DataFrame, cohorts: pd.DataFrame, words: Words) -> go.Figure | None:
    """Draw the curves of the latest cohorts, the newest strongest.

    Parameters
    ----------
    frame : DataFrame
        ``audit.payment_curve``.
    cohorts : DataFrame
        ``audit.payment_cohorts``, for the message.
    words : Words
    """
    lines = frame[frame["cohort_month"].notna() & frame["paid_share"].notna()]
    months = lines["cohort_month"].drop_duplicates().tolist()[-COHORTS_COUNT:]
    known = cohorts[cohorts["cohort_month"].isin(months) & cohorts["half_days"].notna()]
    if not months or known.empty:
        return None
    title = _message(known, words)
    halves = {row.cohort_month: row.half_days for row in known.itertuples()}
    names = {m: words.prose("charts.payment_curve.cohort", from_month=m) for m in months}
    told = [(names[m], f"{words.formats.days(halves[m])}") for m in months if m in halves]
    chart = style.figure(
        title, unit=words.prose("charts.payment_curve.unit"), words=words, height=270,
        alt=alt(title, told),
    )  # fmt: skip
    colours = [style.NOT_DUE, style.SOFT, style.MUTED, style.ACCENT][-len(months) :]
    for month, colour in zip(months, colours, strict=True):
        rows = lines[lines["cohort_month"] == month]
        chart.add_scatter(
            x=rows["since_issue_days"].tolist(), y=values(rows["paid_share"]), mode="lines",
            name=names[month], line={"color": colour, "shape": "hv"},
            hovertemplate="%{x}: %{y:.0%}<extra></extra>",
        )  # fmt: skip
    chart.update_yaxes(range=[0, 1.02], tickformat=".0%")
    chart.update_xaxes(dtick=TICK_DAYS, showticklabels=True)
    # The lines end together, so a key names them.
    chart.update_layout(showlegend=True)
    return chart


def cohorts(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return the curve of each cohort read on some days; the workbook holds it."""
    if frame.empty:
        return None
    read = [key for key in frame if str(key).startswith("paid_d")]
    keys = ["cohort_month", "items_count", "invoiced_cents", "unpaid_cents", "half_days", *read]
    return table("payment_cohorts", frame, words, keys=keys, shown_rows=0)


def days(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return every day of every curve; the workbook holds it."""
    if frame.empty:
        return None
    keys = [
        "cohort_month", "since_issue_days", "waiting_count", "waiting_cents", "paid_cents",
        "paid_share",
    ]  # fmt: skip
    return table("payment_curve", frame, words, keys=keys, shown_rows=0)


def _message(known: pd.DataFrame, words: Words) -> str:
    """Return how long half of the money takes now, and how long it took a year before."""
    first, last = known.iloc[0], known.iloc[-1]
    values: dict[str, Any] = {"half_days": last["half_days"], "first_days": first["half_days"]}
    values["first_month"] = first["cohort_month"]
    shift = last["half_days"] - first["half_days"]
    kind = "steady" if round(shift) == 0 else "later" if shift > 0 else "earlier"
    kind = "single" if len(known) == 1 else kind
    return words.prose(f"charts.payment_curve.{kind}", **values)
