"""Marks that several charts share: scaled money, short names, stacked rows, labels that fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from babel.numbers import get_currency_symbol

from credit_helpers.views import style
from credit_helpers.views.codes import bucket_label
from credit_helpers.words import Words

NAME_CHARACTERS = 34
# Below this an axis in thousands would say 0, 2, 4.
THOUSANDS_FROM_CENTS = 2_000_000
LABEL_ROOM_PX = 12
# A full chapter's charts are drawn this much lower on paper; an axis ends above its highest value.
LOWEST_PART = 0.8
HEADROOM = 1.06
MARGINS_PX = 32
# A label's width and the narrowest plot, generously: a label is never cut off.
CHARACTER_PX = 6.5
PLOT_PX = 420


def money_scale(cents: Iterable[Any], words: Words) -> tuple[int, str]:
    """Return by how many cents an axis divides, and how its unit is written.

    Examples
    --------
    >>> money_scale([123_456_789], Words("nl"))
    (100000, '× € 1.000')
    >>> money_scale([150_000, 0], Words("en"))
    (100, 'in €')
    """
    symbol = get_currency_symbol(words.currency, locale=words.formats.locale)
    largest = max((abs(float(value)) for value in cents if not pd.isna(value)), default=0)
    kind, cents_per_unit = (
        ("in_thousands", 100_000) if largest >= THOUSANDS_FROM_CENTS else ("in_currency", 100)
    )
    return cents_per_unit, words.prose(f"labels.word.{kind}", symbol=symbol)


def values(column: pd.Series, per: float = 1) -> list[float | None]:
    """Return a column as a chart takes it: divided, and a gap where the value is unknown."""
    return [None if pd.isna(value) else float(value) / per for value in column]


def short(name: Any, characters: int = NAME_CHARACTERS) -> str:
    """Return a customer's name as a chart may show it: never markup, never too long.

    Examples
    --------
    >>> short("Aannemersbedrijf en Timmerfabriek Gebroeders Van der Meulen B.V.")
    'Aannemersbedrijf en Timmerfabriek…'
    """
    text = str(name)
    if len(text) > characters:
        text = text[: characters - 1].rstrip() + "…"
    return style.plain(text)


def rows_of(
    chart: go.Figure, names: Iterable[Any], *, characters: int = NAME_CHARACTERS
) -> list[str]:
    """Write names along the y axis, one row each, and return the rows' places.

    Two debtors of the same name keep a row each.
    """
    labels = [short(name, characters) for name in names]
    places = [str(i) for i in range(len(labels))]
    style.horizontal(chart, len(labels))
    chart.update_yaxes(
        tickmode="array", tickvals=places, ticktext=labels,
        categoryorder="array", categoryarray=places,
    )  # fmt: skip
    return places


def row_labels(
    chart: go.Figure, ends: Sequence[float | None], places: Sequence[str], texts: Sequence[str]
) -> None:
    """Write a text behind the end of each row."""
    for end, place, text in zip(ends, places, texts, strict=True):
        chart.add_annotation(
            x=max(end or 0, 0), y=place, text=style.plain(text), xanchor="left", xshift=4,
            font={"color": style.INK, "size": style.LABEL_PX},
        )  # fmt: skip
    room = max(
        (
            max(end or 0, 0) / (1 - min(len(text) * CHARACTER_PX / PLOT_PX, 0.5))
            for end, text in zip(ends, texts, strict=True)
        ),
        default=0,
    )
    lowest = min((end for end in ends if end is not None), default=0)
    chart.update_xaxes(range=[min(lowest, 0), max(room, 1e-9)])


def add_bars(
    chart: go.Figure, series: dict[str, list[float | None]], places: list[str], *,
    colours: dict[str, str], labels: dict[str, str], is_horizontal: bool = False,
) -> None:  # fmt: skip
    """Add stacked bars, one trace per series."""
    for name, numbers in series.items():
        across = {"x": numbers, "y": places, "orientation": "h"}
        upright = {"x": places, "y": numbers}
        number = "%{x:,.0f}" if is_horizontal else "%{y:,.0f}"
        chart.add_bar(
            **(across if is_horizontal else upright),
            name=labels[name],
            marker={"color": colours[name]},
            hovertemplate=f"{labels[name]}: {number}<extra></extra>",
        )
    chart.update_layout(barmode="relative")


def bucket_labels(buckets: Sequence[str], words: Words) -> dict[str, str]:
    """Return the names of buckets as a chart's key shows them."""
    return {name: style.plain(bucket_label(name, words, in_days=True)) for name in buckets}


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Return places in rising order moved up until no two are nearer than ``gap``.

    Examples
    --------
    >>> spread([1.0, 1.2, 9.0], 1.0)
    [1.0, 2.0, 9.0]
    """
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap) if moved else place)
    return moved


def end_labels(chart: go.Figure, ends: Sequence[tuple[float, str, str]], height: float) -> None:
    """Name lines at their right end, moved apart where they would touch.

    Parameters
    ----------
    chart : Figure
    ends : sequence of (value, label, colour)
        One per line; unknown values get no label.
    height : float
        Span of the y axis, in its own unit.
    """
    known = sorted(end for end in ends if not pd.isna(end[0]))
    drawn_px = (chart.layout.height - style.TITLE_PX) * LOWEST_PART - MARGINS_PX
    gap = height * HEADROOM * LABEL_ROOM_PX / max(drawn_px, LABEL_ROOM_PX)
    places = spread([end[0] for end in known], gap)
    for place, (_, label, colour) in zip(places, known, strict=True):
        style.end_label(chart, place, label, colour=colour)


def alt(title: str, parts: Iterable[tuple[str, str]]) -> str:
    """Return a text alternative: the message, then the values that it rests on."""
    shown = "; ".join(f"{label}: {text}" for label, text in parts)
    return f"{title} {shown}." if shown else title


def from_to(before: str, after: str, words: Words) -> str:
    """Return two values as a course: ``12 naar 30``."""
    return words.prose("labels.word.from_to", before_text=before, after_text=after)
