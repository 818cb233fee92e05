"""Tables and chart of what changed since the last audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import fill
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.errors import ReportError
from credit_helpers.formats import EMPTY, unit_of
from credit_helpers.views import style
from credit_helpers.views.marks import alt
from credit_helpers.views.table import Table, table
from credit_helpers.views.writing import change_text, course_text, figure_label, written
from credit_helpers.words import Words

WRITTEN = ("then", "now", "change", "target")
NUMBERS = ("key", "then_index", "now_index", "change_index")
# The figures that the chart draws, each with a short name of its own.
DRAWN = (
    "ageing.overdue_share",
    "ageing.oldest_share",
    "dso.dso_days",
    "behaviour.days_late",
    "concentration.top1_share",
    "collection.first_action_days",
)
COLOURS = (style.NOT_DUE, style.ACCENT)
GAP = 0.035
HEIGHT_PX = 280
LABEL_PX = 9
HEADROOM = 1.2
# The part of the height below the names, and the characters of a line of a name.
BELOW_NAMES = 0.72
NAME_WIDTH = 12
NAMED = ("ageing.overdue_share", "dso.dso_days")


def figures(frame: pd.DataFrame, previous: Any, as_of: Any, words: Words) -> Table | None:
    """Return every figure then and now, the main ones in the HTML; nothing without a last audit.

    Parameters
    ----------
    frame : DataFrame
        ``audit.changes``.
    previous : Previous, optional
        ``audit.previous``, whose day stands above its column.
    as_of : Timestamp
    words : Words
    """
    if previous is None or frame.empty:
        return None
    keys = ["figure", "then", "now", "change", "course", "target", "target_met"]
    made = table(
        "changes", _in_writing(frame, words), words, keys=[*keys, *NUMBERS],
        shown_rows=int(frame["is_main"].sum()),
    )  # fmt: skip
    for name in WRITTEN:
        made = made.styled(name, is_right=True)
    for name in NUMBERS:
        made = made.styled(name, only_workbook=True)
    made = made.styled("then", label=words.formats.short_date(previous.as_of))
    return made.styled("now", label=words.formats.short_date(as_of))


def findings(frame: pd.DataFrame, now: Iterable[Any], previous: Any, words: Words) -> Table | None:
    """Return what became of each finding, with its effect then and now.

    Parameters
    ----------
    frame : DataFrame
        ``audit.changed_findings``.
    now : iterable of Finding
        ``audit.findings``, for the titles.
    previous : Previous, optional
        ``audit.previous``, for the titles of what is gone.
    words : Words
    """
    if previous is None:
        return None
    titles = {f.code: earlier_title(f, words) for f in previous.findings}
    titles |= {finding.code: finding.text("title", words) for finding in now}
    rows = frame.assign(
        title=[titles[code] for code in frame["code"]],
        status=[words.label(f"change_status.{status}") for status in frame["status"]],
    )
    rows = rows.rename(columns={"impact_cents": "now_impact_cents"})
    keys = ["title", "status", "subject", "then_impact_cents", "now_impact_cents"]
    return table("changed_findings", rows, words, keys=keys)


def then_and_now(frame: pd.DataFrame, previous: Any, as_of: Any, words: Words) -> go.Figure | None:
    """Draw the headlines then and now side by side, each on its own scale, with its norm.

    Parameters
    ----------
    frame : DataFrame
        ``audit.changes``.
    previous : Previous, optional
        ``audit.previous``.
    as_of : Timestamp
    words : Words
    """
    if previous is None or frame.empty:
        return None
    known = frame[frame["key"].isin(DRAWN) & frame["change"].notna()]
    if known.empty:
        return None
    rows = [_panel(row, words) for row in known.to_dict("records")]
    title = _message(rows, words)
    moments = {"then_on": previous.as_of, "now_on": as_of}
    chart = style.figure(
        title, unit=words.prose("charts.changes.unit", **moments), words=words, height=HEIGHT_PX,
        alt=alt(title, ((r["name"], f"{' – '.join(r['texts'])} ({r['course']})") for r in rows)),
    )  # fmt: skip
    names = [words.prose(f"charts.changes.{moment}") for moment in ("then", "now")]
    for place, row in enumerate(rows):
        _draw(chart, row, names, place, len(rows))
    chart.update_layout(showlegend=False)
    return chart


def basis(previous: Any, policy: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the notes of the chapter name: the last audit, and what changed in the policy.

    Parameters
    ----------
    previous : Previous, optional
        ``audit.previous``; without it every value is empty.
    policy : mapping
        ``audit.policy.flat()``.
    """
    if previous is None:
        return {"then_on": None, "then_version": EMPTY, "changed_norms": ""}
    return {
        "then_on": previous.as_of,
        "then_version": previous.version,
        "changed_norms": ", ".join(f"`{key}`" for key in previous.changed_norms(policy)),
    }


def earlier_title(finding: Any, words: Words) -> str:
    """Return the title of an earlier finding in the reader's language, where it can be made.

    A report that kept no values, or a text that asks for others now, leaves the title as it was.
    """
    values = {
        name: words.formats.join(value) if isinstance(value, tuple) else value
        for name, value in finding.values.items()
    }
    try:
        return words.prose(f"findings.{finding.code}.title", **values)
    except (ReportError, TypeError, ValueError):
        return finding.title


def _in_writing(frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return the figures as texts, each by its own unit, and beside them as numbers."""
    units = [unit_of(key.rpartition(".")[2]) for key in frame["key"]]
    shown = frame[["key", "target_met"]].assign(
        figure=[figure_label(key, words) for key in frame["key"]],
        change=[change_text(*pair, words) for pair in zip(frame["change"], units, strict=True)],
        course=[
            course_text(*pair, words) for pair in zip(frame["course"], frame["change"], strict=True)
        ],
    )
    for name in ("then", "now", "target"):
        shown[name] = [written(*pair, words) for pair in zip(frame[name], units, strict=True)]
    scale = [100 if unit == "cents" else 1 for unit in units]
    for name in ("then", "now", "change"):
        shown[f"{name}_index"] = frame[name] / scale
    return shown


def _message(rows: Sequence[Mapping[str, Any]], words: Words) -> str:
    parts = [
        words.prose(
            "charts.changes.part", name=row["name"], then=row["texts"][0], now=row["texts"][1]
        )
        for row in [row for row in rows if row["key"] in NAMED] or rows[:1]
    ]
    return f"{'; '.join(parts)}."


def _panel(row: Mapping[Any, Any], words: Words) -> dict[str, Any]:
    name = row["key"].rpartition(".")[2]
    unit = unit_of(name)
    per = 0.01 if unit == "share" else 1.0
    return {
        "key": row["key"],
        "name": words.prose(f"charts.changes.{name}"),
        "course": course_text(row["course"], row["change"], words),
        "values": [row["then"] / per, row["now"] / per],
        "texts": [written(row[moment], unit, words) for moment in ("then", "now")],
        "numbers": [_bare(row[moment], unit, words) for moment in ("then", "now")],
        "target": row["target"] / per,
    }


def _bare(value: float, unit: str, words: Words) -> str:
    """Return a figure as short as a narrow bar can carry: days without the word."""
    return (
        words.formats.number(value, decimals=1) if unit == "days" else written(value, unit, words)
    )


def _draw(
    chart: go.Figure, row: Mapping[str, Any], names: list[str], place: int, count: int
) -> None:
    axis = "" if place == 0 else str(place + 1)
    width = (1 - GAP * (count - 1)) / count
    start = place * (width + GAP)
    bars = zip(names, row["values"], row["numbers"], COLOURS, strict=True)
    for name, value, text, colour in bars:
        chart.add_bar(
            x=[name], y=[value], text=[text], textposition="outside", constraintext="none",
            textangle=0, textfont={"size": LABEL_PX}, cliponaxis=False,
            marker={"color": colour}, name=row["name"],
            xaxis=f"x{axis}", yaxis=f"y{axis}", hovertemplate="%{x}: %{text}<extra></extra>",
        )  # fmt: skip
    reach = [0.0, *row["values"], *([] if pd.isna(row["target"]) else [row["target"]])]
    low, high = min(reach) * HEADROOM, max(*reach, 1e-9) * HEADROOM
    across = {
        "domain": [start, min(start + width, 1.0)], "anchor": f"y{axis}", "type": "category",
        "tickangle": 0,
    }  # fmt: skip
    up = {
        "domain": [0, BELOW_NAMES], "anchor": f"x{axis}", "showticklabels": False,
        "showgrid": False, "range": [low, high],
    }  # fmt: skip
    chart.update_layout({f"xaxis{axis}": across, f"yaxis{axis}": up})
    if not pd.isna(row["target"]):
        chart.add_shape(
            type="line", xref=f"x{axis} domain", yref=f"y{axis}", x0=0, x1=1,
            y0=row["target"], y1=row["target"],
            line={"color": style.INK, "width": 1, "dash": "dot"},
        )  # fmt: skip
    chart.add_annotation(
        xref=f"x{axis} domain", yref="paper", x=0.5, y=1, yanchor="top", align="center",
        text=f"<b>{fill(row['name'], NAME_WIDTH)}</b>\n{row['course']}".replace("\n", "<br>"),
        font={"color": style.INK, "size": style.LABEL_PX},
    )  # fmt: skip
