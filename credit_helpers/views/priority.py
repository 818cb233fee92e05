"""The worklist: who first, why and how."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import add_bars, alt, row_labels, rows_of, values
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

COMPONENTS = {
    "amount_score": style.ACCENT,
    "lateness_score": style.OVERDUE[2],
    "drift_score": style.OVERDUE[1],
    "promise_score": style.OVERDUE[0],
    "limit_score": style.SOFT,
    "dispute_score": style.NOT_DUE,
}
SHOWN_DEBTORS = 10
DRAWN_COUNT = 8


def worklist(frame: pd.DataFrame, words: Words) -> Table:
    """Return every debtor with something overdue, in the order to contact them."""
    keys = [
        "rank_count", "name", "customer_id", "reasons", "overdue_cents", "outstanding_cents",
        "disputed_cents", "oldest_days", *COMPONENTS, "priority_score", "step", "channel", "tone",
    ]  # fmt: skip
    totals: dict[str, Total] = {
        "name": "label",
        "overdue_cents": "sum",
        "outstanding_cents": "sum",
        "disputed_cents": "sum",
    }
    shown = table("priority", frame, words, keys=keys, totals=totals, shown_rows=SHOWN_DEBTORS)
    for key in ("customer_id", "outstanding_cents", "disputed_cents", *COMPONENTS):
        shown = shown.styled(key, only_workbook=True, is_folded=key in COMPONENTS)
    for key, above in (("reasons", "name"), ("channel", "step"), ("tone", "step")):
        shown = shown.styled(key, under=above)
    return shown.styled("priority_score", bar=True)


def components(frame: pd.DataFrame, words: Words) -> go.Figure | None:
    """Draw what the score of the first debtors is made of."""
    rows = frame.head(DRAWN_COUNT)
    if rows.empty:
        return None
    everything = frame["overdue_cents"].sum()
    kind = "one" if len(frame) == 1 else "all" if len(frame) == len(rows) else "first"
    title = words.prose(
        f"charts.priority.{kind}",
        top_count=len(rows), top_share=rows["overdue_cents"].sum() / everything,
        overdue_cents=everything,
    )  # fmt: skip
    texts = [words.formats.by_unit(score, "score") for score in rows["priority_score"]]
    chart = style.figure(
        title, unit=words.prose("charts.priority.unit"), words=words,
        alt=alt(title, zip(rows["name"], texts, strict=True)),
    )  # fmt: skip
    places = rows_of(chart, rows["name"])
    series = {key: values(rows[key]) for key in COMPONENTS if rows[key].any()}
    labels = {key: words.label(f"column.{key}") for key in series}
    add_bars(chart, series, places, colours=COMPONENTS, labels=labels, is_horizontal=True)
    row_labels(chart, values(rows["priority_score"]), places, texts)
    return chart
