"""A Plotly figure of the notebook as a figure of the page: caption, key and the drawing's JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from credit_helpers.views import style

CHART_TYPE = "application/vnd.plotly.v1+json"
_HEIGHT_PX = 220
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_NAMES = {colour: name for name, colour in style.PALETTE.items()}


@dataclass(frozen=True)
class Mark:
    """One entry of a chart's key: a name, its colour for CSS, and the trace it stands for."""

    name: str
    colour: str
    kind: str
    trace: int


@dataclass(frozen=True)
class Chart:
    """One chart of the page; ``figure`` is JSON that may stand inside a script element."""

    title: str
    unit: str
    alt: str
    height: int
    marks: tuple[Mark, ...]
    figure: str


def as_chart(figure: Mapping[str, Any]) -> Chart:
    """Return the page's chart from a figure's JSON; the figure is not altered.

    The template is left out: the page carries it once. Title and unit go to the caption.
    """
    layout = dict(figure.get("layout", {}))
    traces = list(figure.get("data", []))
    title = layout.pop("title", None) or {}
    meta = layout.pop("meta", None) or {}
    layout.pop("template", None)
    marks = _marks(traces, layout)
    height = int(layout.get("height", _HEIGHT_PX)) - style.TITLE_PX
    layout.update(height=height, showlegend=False)
    layout["margin"] = {**layout.get("margin", {}), "t": style.TOP_PX}
    message = str(title.get("text", "") if isinstance(title, Mapping) else title)
    return Chart(
        title=message,
        unit=str(meta.get("unit", "")),
        alt=str(meta.get("alt", "") or message),
        height=height,
        marks=marks,
        figure=safe_json({"data": traces, "layout": layout}),
    )


def safe_json(value: Any) -> str:
    r"""Return JSON that cannot end the script element it stands in.

    Examples
    --------
    >>> safe_json({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _marks(traces: list[Mapping[str, Any]], layout: Mapping[str, Any]) -> tuple[Mark, ...]:
    named = [
        (place, trace)
        for place, trace in enumerate(traces)
        if trace.get("name") and trace.get("showlegend", True)
    ]
    wanted = layout.get("showlegend", len(named) > 1)
    return tuple(_mark(place, trace) for place, trace in named) if wanted else ()


def _mark(place: int, trace: Mapping[str, Any]) -> Mark:
    line = trace.get("line") or {}
    marker = trace.get("marker") or {}
    is_bar = trace.get("type") == "bar"
    colour = marker.get("color") if is_bar else line.get("color") or marker.get("color")
    dotted = str(line.get("dash", "solid")) != "solid"
    kind = "bar" if is_bar else "dotted" if dotted else "line"
    return Mark(unescape(str(trace["name"])), _css_colour(colour), kind, place)


def _css_colour(colour: Any) -> str:
    """Return a palette colour by its CSS name, so that it follows brand and dark screen."""
    text = str(colour).upper()
    if text in _NAMES:
        return f"var(--{_NAMES[text]})"
    return text if _COLOUR.fullmatch(text) else "var(--accent)"
