"""Tables and charts of risk, size and payment behaviour."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import add_bars, alt, money_scale, row_labels, rows_of, values
from credit_helpers.views.table import Column, Table, Total, table
from credit_helpers.words import Words

RISKS = ("high", "middle", "low", "unknown")
SIZES = ("large", "middle", "small")
BEHAVIOURS = ("early", "on_time", "late", "very_late", "erratic", "unknown")
SHOWN_DEBTORS = 4
SHOWN = frozenset(
    {"name", "reasons", "risk", "sales_cents", "outstanding_cents", "overdue_cents", "days_late"}
)


def summary(frame: pd.DataFrame, words: Words) -> Table:
    """Return the balance by risk."""
    keys = [
        "risk", "debtors_count", "outstanding_cents", "outstanding_share", "overdue_cents",
        "overdue_share",
    ]  # fmt: skip
    totals: dict[str, Total] = dict.fromkeys(keys[1:5], "sum")
    totals |= {
        "risk": "label",
        "overdue_share": ("ratio", "overdue_cents", "outstanding_cents"),
    }
    return table("segment_summary", frame, words, keys=keys, totals=totals)


def debtors(frame: pd.DataFrame, words: Words) -> Table:
    """Return every debtor with its risk and the reasons, the highest risk first."""
    place = frame["risk"].map({risk: i for i, risk in enumerate(RISKS)})
    order = ["place", "outstanding_cents", "customer_id"]
    rows = frame.assign(place=place).sort_values(order, ascending=[True, False, True])
    keys = [
        "name", "customer_id", "reasons", "risk", "approach", "size", "behaviour", "life_stage",
        "is_large",
        "sales_cents", "outstanding_cents", "overdue_cents", "days_late", "drift_days", "drift",
    ]  # fmt: skip
    totals: dict[str, Total] = {"name": "label", "outstanding_cents": "sum", "overdue_cents": "sum"}
    totals["sales_cents"] = "sum"
    shown = table("segments", rows, words, keys=keys, totals=totals, shown_rows=SHOWN_DEBTORS)
    for key in keys:
        shown = shown.styled(key, only_workbook=key not in SHOWN)
    return shown.styled("reasons", under="name")


def groups(frame: pd.DataFrame, words: Words) -> Table:
    """Return the homogeneous groups in full; the report shows them as :func:`matrix`."""
    keys = [
        "size", "behaviour", "debtors_count", "sales_cents", "outstanding_cents", "overdue_cents",
        "days_late",
    ]  # fmt: skip
    totals: dict[str, Total] = dict.fromkeys(keys[2:6], "sum")
    totals |= {"size": "label"}
    return table("segment_groups", frame, words, keys=keys, totals=totals, shown_rows=0)


def matrix(frame: pd.DataFrame, words: Words) -> Table:
    """Return the balance of each group, sizes down and payment behaviour across."""
    known = {
        (row.size_, row.behaviour): (row.outstanding_cents, row.debtors_count)
        for row in frame[frame["debtors_count"] > 0].rename(columns={"size": "size_"}).itertuples()
    }
    cells = {
        behaviour: [known.get((size, behaviour)) for size in SIZES]
        for behaviour in BEHAVIOURS
        if any((size, behaviour) in known for size in SIZES)
    }
    sizes = [words.label(f"size.{size}") for size in SIZES]
    rows: dict[str, list[str | int]] = {"size": list(sizes)}
    for behaviour, column in cells.items():
        rows[f"{behaviour}_cents"] = [cell[0] if cell else 0 for cell in column]
        rows[f"{behaviour}_count"] = [
            words.prose("labels.word.debtors", debtors_count=cell[1]) if cell else ""
            for cell in column
        ]
    columns = [Column("size", words.label("column.size"), "text", "label")]
    for behaviour in cells:
        label = words.label(f"behaviour_group.{behaviour}")
        columns.append(Column(f"{behaviour}_cents", label, "cents", "sum"))
        columns.append(Column(f"{behaviour}_count", label, "text", under=f"{behaviour}_cents"))
    title = words.label("table.segment_matrix")
    return Table("segment_matrix", title, tuple(columns), pd.DataFrame(rows), words)


def risks(frame: pd.DataFrame, words: Words) -> go.Figure | None:
    """Draw the balance by risk, overdue and not."""
    rows = frame[frame["outstanding_cents"] > 0]
    if rows.empty:
        return None
    high = rows.loc[rows["risk"] == "high", "outstanding_share"].sum()
    title = words.prose(f"charts.segment_summary.{'some' if high else 'none'}", high_share=high)
    per, unit = money_scale(rows["outstanding_cents"], words)
    names = [words.label(f"risk.{risk}") for risk in rows["risk"]]
    texts = [
        words.prose("charts.segment_summary.label", outstanding_share=share)
        for share in rows["outstanding_share"]
    ]
    chart = style.figure(
        title, unit=unit, words=words,
        alt=alt(title, zip(names, texts, strict=True)),
    )  # fmt: skip
    places = rows_of(chart, names)
    overdue = rows["overdue_cents"].clip(lower=0)
    series = {
        "current": values(rows["outstanding_cents"] - overdue, per),
        "overdue": values(overdue, per),
    }
    labels = {key: words.prose(f"charts.segment_summary.{key}") for key in series}
    colours = {"current": style.NOT_DUE, "overdue": style.OVERDUE[2]}
    add_bars(chart, series, places, colours=colours, labels=labels, is_horizontal=True)
    row_labels(chart, values(rows["outstanding_cents"], per), places, texts)
    return chart
