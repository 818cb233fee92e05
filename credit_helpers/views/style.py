"""The look of every chart: palette, fonts, axes, and the few marks that all charts share.

A chart says one thing. Its title is that message, its unit stands beside it, and a text
alternative says the same to somebody who cannot see it. The report moves title and unit into the
page, draws the key itself, and swaps the colours of :data:`PALETTE` for the brand's and for those
of the dark screen; so a chart uses no other colours than these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape, unescape
from typing import Any

import plotly.graph_objects as go

from credit_helpers.words import Words

INK = "#16202E"
MUTED = "#5B6675"
RULE = "#D9DEE5"
PAPER = "#FFFFFF"
ACCENT = "#0B5C6B"
SOFT = "#8FB4BC"
RED = "#8C2F14"
NOT_DUE = "#B9C7D3"
OVERDUE = ("#F2D5A8", "#E6A45C", "#C96A2B", RED)
NO_DUE_DATE = "#E9ECF0"

# Every colour by the name that the page knows it by.
PALETTE = {
    "ink": INK,
    "muted": MUTED,
    "rule": RULE,
    "paper": PAPER,
    "accent": ACCENT,
    "soft": SOFT,
    "not-due": NOT_DUE,
    "overdue-1": OVERDUE[0],
    "overdue-2": OVERDUE[1],
    "overdue-3": OVERDUE[2],
    "red": RED,
    "no-due-date": NO_DUE_DATE,
}
# The same names on a dark screen; the accent is the brand's, lightened.
DARK = {
    "ink": "#E6EAEF",
    "muted": "#A3AFBC",
    "rule": "#2E3946",
    "paper": "#11171F",
    "soft": "#43656D",
    "red": "#F0795A",
    "not-due": "#4C5C6C",
    "overdue-1": "#8D7448",
    "overdue-2": "#BE8039",
    "overdue-3": "#DE7B3F",
    "no-due-date": "#29323D",
}
SANS = "Inter, Arial, sans-serif"
SERIF = "Source Serif 4, Georgia, serif"
LABEL_PX = 10
ROW_PX = 22
# What the title takes of a chart's height; the page writes it in the caption instead.
TITLE_PX = 56
TOP_PX = 8
END_LABEL_PX = 92


def _axis(**own: Any) -> dict[str, Any]:
    return {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": True,
        "title": {"font": {"size": LABEL_PX, "color": MUTED}},
        "tickfont": {"size": LABEL_PX, "color": MUTED},
        "gridcolor": RULE,
        "gridwidth": 0.7,
        "linecolor": RULE,
        "zerolinecolor": RULE,
        "fixedrange": True,
        **own,
    }


TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": SANS, "size": LABEL_PX + 0.5, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": [ACCENT, MUTED, OVERDUE[1], RED, NOT_DUE],
        "margin": {"l": 4, "r": 8, "t": TITLE_PX + TOP_PX, "b": 24, "pad": 4},
        "title": {
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "font": {"family": SERIF, "size": 15, "color": INK},
            "subtitle": {"font": {"family": SANS, "size": LABEL_PX, "color": MUTED}},
        },
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "bottom",
            "traceorder": "normal",
            "font": {"size": LABEL_PX, "color": MUTED},
        },
        "bargap": 0.14,
        "barmode": "stack",
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": RULE,
            "font": {"family": SANS, "size": LABEL_PX + 1, "color": INK},
        },
        "xaxis": _axis(),
        "yaxis": _axis(showgrid=True, zeroline=True, nticks=5, rangemode="tozero"),
        "annotationdefaults": {"showarrow": False, "font": {"size": LABEL_PX, "color": MUTED}},
    },
    data={
        "bar": [
            {
                "marker": {"line": {"width": 0}},
                "textfont": {"size": LABEL_PX, "color": INK},
                "cliponaxis": False,
            }
        ],
        "scatter": [{"line": {"width": 1.8}, "marker": {"size": 5}, "cliponaxis": False}],
    },
)


def figure(title: str, *, unit: str, alt: str, height: int = 220, words: Words) -> go.Figure:
    """Return an empty chart in the house style.

    Parameters
    ----------
    title : str
        The message, as a sentence in plain text.
    unit : str
        What the axis counts, for example ``"× € 1.000"``.
    alt : str
        The text alternative: what somebody would read out from this chart.
    height : int
        Height in pixels of 1/96 inch, of which the title takes ``TITLE_PX``.
    words : Words
        Its language decides the separators of the numbers.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    shown = go.Figure()
    shown.update_layout(
        template=TEMPLATE,
        title={"text": title, "subtitle": {"text": unit}},
        height=height,
        separators=",." if words.language == "nl" else ".,",
        meta={"unit": unit, "alt": alt},
    )
    return shown


def bucket_colours(buckets: Sequence[str]) -> dict[str, str]:
    """Return a colour per ageing bucket, from cool to warm with falling lightness.

    Parameters
    ----------
    buckets : sequence of str
        Names of buckets in order, however many the policy's edges make.

    Examples
    --------
    >>> bucket_colours(["not_due", "d1_30", "d31_plus", "no_due_date"])["d31_plus"]
    '#8C2F14'
    """
    apart = {"not_due": NOT_DUE, "no_due_date": NO_DUE_DATE}
    overdue = [name for name in buckets if name not in apart]
    last = max(len(overdue) - 1, 1)
    spread = {
        name: _between(i * (len(OVERDUE) - 1) / last) if len(overdue) > 1 else OVERDUE[-1]
        for i, name in enumerate(overdue)
    }
    return {name: apart.get(name) or spread[name] for name in buckets}


def _between(place: float) -> str:
    low = min(int(place), len(OVERDUE) - 2)
    part = place - low
    pair = [[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in OVERDUE[low : low + 2]]
    mixed = (round(a + (b - a) * part) for a, b in zip(*pair, strict=True))
    return "#" + "".join(f"{value:02X}" for value in mixed)


def plain(text: object) -> str:
    """Return customer text as Plotly may show it: never as markup.

    Examples
    --------
    >>> plain("De Vries & <b>Zn</b>")
    'De Vries &amp; &lt;b&gt;Zn&lt;/b&gt;'
    """
    return escape(str(text), quote=False)


def month_axis(
    chart: go.Figure, dates: Iterable[Any], words: Words, *, every: int = 6
) -> list[str]:
    """Write months along the x axis, counted back from the last, and return the x values.

    Parameters
    ----------
    chart : Figure
        Gets a category axis.
    dates : iterable of dates
        One per point, in order.
    words : Words
        The language of the months.
    every : int
        Months between two ticks.
    """
    labels = [words.formats.month(day) for day in dates]
    ticks = labels[::-1][::every][::-1]
    chart.update_xaxes(type="category", tickvals=ticks, ticktext=ticks, tickangle=0)
    return labels


def target(chart: go.Figure, value: float, label: str) -> None:
    """Draw a dotted line at a target or norm, with its name at the right end."""
    chart.add_hline(y=value, line={"color": MUTED, "width": 1, "dash": "dot"})
    end_label(chart, value, label)


def end_label(chart: go.Figure, y: float, label: str, *, colour: str = MUTED) -> None:
    """Name a line directly, to the right of its end, and make room for the name."""
    chart.add_annotation(
        xref="paper", x=1, xanchor="left", xshift=4, yref="y", y=y, text=plain(unescape(label)),
        align="left", font={"color": colour, "size": LABEL_PX},
    )  # fmt: skip
    chart.update_layout(margin={"r": END_LABEL_PX})


def horizontal(chart: go.Figure, rows: int) -> None:
    """Turn the axes for horizontal bars: first row on top, a fixed height per row."""
    height = ROW_PX * max(rows, 1) + TITLE_PX + 12
    chart.update_layout(height=height, bargap=0.34, margin={"b": 4})
    chart.update_yaxes(
        autorange="reversed", showgrid=False, zeroline=False, type="category",
        tickfont={"color": INK, "size": LABEL_PX},
    )  # fmt: skip
    chart.update_xaxes(showticklabels=False, rangemode="tozero")
