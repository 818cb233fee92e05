"""Tables and charts of the movement of the balance: how it came about, and what rolled on."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import alt, end_labels, money_scale, values
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

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
ROLLED = ("rolled_overdue_cents", "rolled_older_cents", "cleared_overdue_cents")
COURSES = {
    "rolled_overdue_cents": ("rolled", style.RED),
    "cleared_overdue_cents": ("cleared", style.ACCENT),
}


def movement(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return how each month's opening balance became its closing balance; the page has a chart."""
    if frame.empty:
        return None
    flows = [key for key in STEPS if key not in ENDS]
    totals: dict[str, Total] = dict.fromkeys(flows, "sum")
    totals |= dict.fromkeys(ROLLED, "sum")
    keys = ["as_of", *STEPS, *ROLLED]
    shown = table("movement", frame, words, keys=keys, totals={"as_of": "label", **totals})
    for key in ROLLED[1:]:
        shown = shown.styled(key, only_workbook=True)
    return shown.styled("as_of", unit="month", label=words.label("column.month")).limited(0)


def by_bucket(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return how each bucket's balance moved, the last month first; the workbook holds it.

    Parameters
    ----------
    frame : DataFrame
        ``audit.movement_by_bucket``.
    words : Words
    """
    empty = (frame["bucket"] == "no_due_date") & (frame["closing_cents"] == 0)
    rows = frame[~empty | (frame["opening_cents"] != 0)]
    if rows.empty:
        return None
    rows = rows.sort_values("as_of", ascending=False, kind="stable")
    flows = [key for key in STEPS if key not in ENDS]
    keys = [
        "as_of", "bucket", "opening_cents", *flows, "rolled_in_cents", "rolled_out_cents",
        "closing_cents",
    ]  # fmt: skip
    shown = table("movement_by_bucket", rows, words, keys=keys, shown_rows=0)
    return shown.styled("as_of", unit="month", label=words.label("column.month"))


def arrears(frame: pd.DataFrame, words: Words) -> go.Figure | None:
    """Draw what became overdue in each month beside what was cleared of the overdue balance.

    Parameters
    ----------
    frame : DataFrame
        ``audit.movement``.
    words : Words
    """
    if len(frame) < 2 or not frame["rolled_overdue_cents"].any():
        return None
    sums = {name: int(frame[key].sum()) for key, (name, _) in COURSES.items()}
    per, unit = money_scale(
        [*frame["rolled_overdue_cents"], *frame["cleared_overdue_cents"]], words
    )
    title = words.prose(
        f"charts.arrears.{'grew' if sums['rolled'] > sums['cleared'] else 'shrank'}",
        rolled_cents=sums["rolled"], cleared_cents=sums["cleared"], months_count=len(frame),
    )  # fmt: skip
    names = {key: words.prose(f"charts.arrears.{name}") for key, (name, _) in COURSES.items()}
    last = [(names[key], words.formats.money(frame[key].iloc[-1])) for key in COURSES]
    chart = style.figure(
        title, unit=words.prose("charts.arrears.unit", unit=unit), alt=alt(title, last),
        words=words, height=220,
    )  # fmt: skip
    months = style.month_axis(chart, frame["as_of"], words)
    for key, (_, colour) in COURSES.items():
        chart.add_scatter(
            x=months, y=values(frame[key], per), mode="lines", name=names[key],
            line={"color": colour, "width": 2}, hovertemplate="%{x}: %{y:,.0f}<extra></extra>",
        )  # fmt: skip
    ends = [(frame[key].iloc[-1] / per, names[key], colour) for key, (_, colour) in COURSES.items()]
    end_labels(chart, ends, float(frame[list(COURSES)].max().max()) / per * 1.05)
    chart.update_layout(showlegend=False, margin={"r": 118})
    chart.update_yaxes(tickformat=",.0f")
    return chart
