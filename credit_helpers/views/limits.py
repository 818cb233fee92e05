"""Tables and charts of credit limits and cover."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import add_bars, alt, money_scale, row_labels, rows_of, values
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

DRAWN_COUNT = 12
SHOWN_DEBTORS = 10


def by_customer(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return balance, limit and cover per debtor; nothing when no limit is known."""
    limits = ["credit_limit_cents", "insured_limit_cents"]
    if frame[limits].isna().all().all():
        return None
    keys = [
        "name", "customer_id", "outstanding_cents", "open_orders_cents", "exposure_cents", *limits,
        "utilisation_share", "excess_cents", "unused_cents", "uninsured_cents", "oldest_days",
        "stopping_days", "over_months_count", "peak_cents",
    ]  # fmt: skip
    has_orders = bool(frame["open_orders_cents"].notna().any())
    keys = keys if has_orders else [key for key in keys if key != "open_orders_cents"]
    sums = [key for key in keys[2:] if key.endswith("_cents") and key != "peak_cents"]
    totals: dict[str, Total] = dict.fromkeys(sums, "sum")
    totals |= {"name": "label"}
    late = {name: frame[name].where(frame[name] > 0) for name in ("oldest_days", "stopping_days")}
    rows = frame.assign(**late)
    shown = table("limits", rows, words, keys=keys, totals=totals, shown_rows=SHOWN_DEBTORS)
    shown = shown.styled("exposure_cents", only_workbook=not has_orders)
    for key in ("customer_id", "unused_cents", "peak_cents", "stopping_days"):
        shown = shown.styled(key, only_workbook=True)
    return shown


def use(frame: pd.DataFrame, figures: Any, words: Words) -> go.Figure | None:
    """Draw the debtors that use most of their limit, with what lies above it.

    Parameters
    ----------
    frame : DataFrame
        ``audit.limits``.
    figures : LimitsFigures
        ``audit.limits_totals``, for the message.
    words : Words
    """
    known = frame[frame["credit_limit_cents"].notna() & (frame["exposure_cents"] > 0)]
    order = ["excess_cents", "utilisation_share", "exposure_cents"]
    rows = known.sort_values(order, ascending=False).head(DRAWN_COUNT)
    if rows.empty:
        return None
    count = int(figures.over_limit_count)
    title = words.prose(
        f"charts.limits.{'some' if count else 'none'}",
        over_count=count, excess_cents=figures.excess_cents,
    )  # fmt: skip
    limits = rows["credit_limit_cents"].astype("float64")
    per, unit = money_scale([*rows["exposure_cents"], *limits], words)
    texts = [words.formats.by_unit(share, "share") for share in rows["utilisation_share"]]
    chart = style.figure(
        title, unit=unit, words=words,
        alt=alt(title, zip(rows["name"], texts, strict=True)),
    )  # fmt: skip
    places = rows_of(chart, rows["name"])
    series = {
        "within": values(rows["exposure_cents"] - rows["excess_cents"], per),
        "excess": values(rows["excess_cents"], per),
    }
    labels = {key: words.prose(f"charts.limits.{key}") for key in ("within", "excess")}
    colours = {"within": style.NOT_DUE, "excess": style.RED}
    add_bars(chart, series, places, colours=colours, labels=labels, is_horizontal=True)
    _limits(chart, values(limits, per), places, words)
    ends = values(pd.concat([rows["exposure_cents"], limits], axis=1).max(axis=1), per)
    row_labels(chart, ends, places, texts)
    return chart


def history(frame: pd.DataFrame, words: Words) -> go.Figure | None:
    """Draw what stood above today's limits at each month end."""
    if len(frame) < 2 or not frame["limited_cents"].any():
        return None
    first, last = frame.iloc[0], frame.iloc[-1]
    course = "rose" if last["excess_cents"] > first["excess_cents"] else "fell"
    facts = {
        "first_cents": first["excess_cents"],
        "last_cents": last["excess_cents"],
        "months_count": int((frame["over_limit_count"] > 0).sum()),
        "all_count": len(frame),
    }
    kind = course if frame["excess_cents"].any() else "none"
    title = words.prose(f"charts.limit_history.{kind}", **facts)
    per, unit = money_scale(frame["excess_cents"], words)
    chart = style.figure(
        title, unit=words.prose("charts.limit_history.unit", unit=unit), alt=title, words=words
    )
    months = style.month_axis(chart, frame["as_of"], words)
    chart.add_bar(
        x=months, y=values(frame["excess_cents"], per), marker={"color": style.RED},
        customdata=values(frame["over_limit_count"]), showlegend=False,
        hovertemplate="%{x}: %{y:,.0f} (%{customdata:.0f})<extra></extra>",
    )  # fmt: skip
    return chart


def _limits(chart: go.Figure, limits: list[float | None], places: list[str], words: Words) -> None:
    chart.add_scatter(
        x=limits, y=places, mode="markers", name=words.prose("charts.limits.limit"),
        marker={
            "color": style.INK,
            "symbol": "line-ns-open",
            "size": 15,
            "line": {"width": 2, "color": style.INK},
        },
        hovertemplate="%{x:,.0f}<extra></extra>",
    )  # fmt: skip
