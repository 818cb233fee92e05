"""The balance by what the ledger knows of an item or a debtor: sector, salesperson, country, ..."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.formats import EMPTY
from credit_helpers.views.ageing import bucket_table, stacked
from credit_helpers.views.show import Together, together
from credit_helpers.views.table import Table, table
from credit_helpers.words import Words

GROUPS_COUNT = 8
COUNTRY = "country"


def breakdown(
    frames: Mapping[str, pd.DataFrame], compared: pd.DataFrame, words: Words
) -> Together | None:
    """Return where the overdue balance sits; nothing when the ledger knows no attribute.

    The chart is of the attribute whose worst group differs most from all others. A table sets the
    attributes beside each other; each one's own table is in the workbook.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        ``audit.ageing_groups``.
    compared : DataFrame
        ``audit.ageing_compared``.
    words : Words
    """
    known = compared[compared["gap_share"] > 0]["attribute"]
    first = known.iloc[0] if len(known) else next(iter(frames), None)
    chart = groups(frames[first], first, words) if first else None
    tables = [by_group(frame, name, words) for name, frame in frames.items()]
    return together(chart, attributes(compared, words), *(t.limited(0) for t in tables if t))


def attributes(compared: pd.DataFrame, words: Words) -> Table | None:
    """Return the worst group of each attribute beside all others."""
    compared = compared[compared["gap_share"].notna()]
    if compared.empty:
        return None
    names = [
        _group_names(pd.Series([group]), name, words).iloc[0]
        for name, group in zip(compared["attribute"], compared["group"], strict=True)
    ]
    rows = compared.assign(
        attribute=[words.label(f"group.{name}") for name in compared["attribute"]], group=names
    )
    keys = [
        "attribute", "groups_count", "group", "outstanding_cents", "overdue_share",
        "others_overdue_share", "gap_share", "unknown_cents",
    ]  # fmt: skip
    shown = table("ageing_groups", rows, words, keys=keys)
    shown = shown.styled("group", label=words.label("column.worst_group"))
    return shown.styled("unknown_cents", only_workbook=True)


def by_group(frame: pd.DataFrame, attribute: str, words: Words) -> Table | None:
    """Return the balance per value of an attribute; nothing when the input has none.

    Parameters
    ----------
    frame : DataFrame
        One of ``audit.ageing_groups``.
    attribute : str
        ``country``, ``sector``, ``region``, ``salesperson``, ``department``, ...
    words : Words
    """
    if not (frame["group"] != "").any():
        return None
    after = ["outstanding_cents", "overdue_cents", "overdue_share"]
    shown = bucket_table(
        f"ageing_by_{attribute}",
        frame.assign(group=_group_names(frame["group"], attribute, words)),
        words,
        before=["group", "debtors_count"],
        after=after,
    )
    return shown.styled("group", label=words.label(f"group.{attribute}"))


def groups(frame: pd.DataFrame, attribute: str, words: Words) -> go.Figure | None:
    """Draw the largest groups of an attribute by bucket, each with its overdue share."""
    rows = frame[(frame["group"] != "") & (frame["outstanding_cents"] > 0)]
    rows = rows.sort_values("outstanding_cents", ascending=False).head(GROUPS_COUNT)
    if len(rows) < 2 or rows["overdue_share"].isna().all():
        return None
    names = _group_names(rows["group"], attribute, words)
    worst = rows["overdue_share"].idxmax()
    title = words.prose(
        f"charts.ageing_groups.{'country' if attribute == COUNTRY else 'other'}",
        group=names[worst], overdue_share=rows["overdue_share"][worst],
    )  # fmt: skip
    texts = [
        EMPTY if pd.isna(share) else words.prose("charts.ageing_groups.label", overdue_share=share)
        for share in rows["overdue_share"]
    ]
    return stacked(rows, names, words, title=title, texts=texts)


def _group_names(groups: pd.Series, attribute: str, words: Words) -> pd.Series:
    territories = words.formats.locale.territories if attribute == COUNTRY else {}
    known = {
        code: territories.get(code, code) or words.label("word.no_value")
        for code in groups.unique()
    }
    return groups.map(known)
