"""The charts of the deck: which tables of the results they draw, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.util import Inches, Pt

from credit_helpers.report.email import one_line
from credit_helpers.views import style
from credit_helpers.words import Words

if TYPE_CHECKING:
    from pptx.slide import Slide

MOST_CHARTS, MOST_BARS, MOST_MONTHS = 6, 10, 24
THOUSAND_CENTS = 100_000
SANS = "Arial"
# What the program that writes a chart's own sheet would take for a formula or a link.
_ACTIVE = re.compile(r"[={+\-@]|\w+:")
_BUCKET = re.compile(r"(not_due|d\d+_\w+?|no_due_date)_cents")


@dataclass(frozen=True)
class Source:
    """A table of the results and how it is drawn.

    Parameters
    ----------
    table, subject : str
        Its name, and the chapter whose conclusion is the slide's title; none for the table's own.
    names : str
        Column of the categories.
    values : tuple of str
        Columns that are drawn; none for all ageing buckets, on top of each other.
    kind : str
        ``column``, ``bar`` (the largest first), ``stacked`` or ``line``.
    """

    table: str
    subject: str
    names: str
    values: tuple[str, ...]
    kind: str


SOURCES = (
    Source("ageing", "ageing", "bucket", ("outstanding_cents",), "column"),
    Source("ageing_trend", "", "as_of", (), "stacked"),
    Source("dso_series", "dso", "as_of", ("dso_days", "best_possible_dso_days"), "line"),
    Source("behaviour_distribution", "behaviour", "days_late_class", ("settled_share",), "column"),
    Source("concentration_curve", "concentration", "name", ("outstanding_cents",), "bar"),
    Source("segment_summary", "segmentation", "risk", ("outstanding_cents",), "column"),
    # Where the file cannot support one of the above.
    Source("priority", "priority", "name", ("overdue_cents",), "bar"),
    Source("ageing_by_issue", "", "bucket", ("outstanding_cents",), "column"),
)


@dataclass(frozen=True)
class Chart:
    """What a slide draws: names, series of numbers, and the sentence above them."""

    title: str
    caption: str
    kind: str
    unit: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]


def charts(results: Mapping[str, Any], words: Words) -> list[Chart]:
    """Return the first six charts that the results have rows for."""
    return list(islice(_charts(results, words), MOST_CHARTS))


def _charts(results: Mapping[str, Any], words: Words) -> Iterator[Chart]:
    for source in SOURCES:
        table = results["tables"].get(source.table)
        if table and table["rows"]:
            yield _chart(source, table, results=results, words=words)


def _chart(
    source: Source, table: Mapping[str, Any], *, results: Mapping[str, Any], words: Words
) -> Chart:
    places = {column["key"]: number for number, column in enumerate(table["columns"])}
    drawn = source.values or tuple(key for key in places if _BUCKET.fullmatch(key))
    rows = _rows(table["rows"], source, places)
    unit = table["columns"][places[drawn[0]]]["unit"]
    scale = THOUSAND_CENTS if unit == "cents" else 1
    series = [
        (
            one_line(table["columns"][places[key]]["label"]),
            tuple(None if (v := row[places[key]]) is None else v / scale for row in rows),
        )
        for key in drawn
    ]
    names = tuple(_name(row[places[source.names]], source.names, words) for row in rows)
    title = results["conclusions"].get(source.subject, {}).get("heading") or table["title"]
    caption = table["title"] if source.subject else ""
    if source.kind == "bar":
        caption = words.prose("deck.largest", debtors_count=len(rows))
    # A title that has days says so itself.
    has_unit = words.has(f"deck.unit_{unit}")
    shown_unit = words.prose(f"deck.unit_{unit}", symbol_text=words.currency) if has_unit else ""
    parts = " · ".join(filter(None, (one_line(caption), shown_unit)))
    return Chart(one_line(title), parts, source.kind, unit, names, tuple(series))


def _rows(rows: list[list[Any]], source: Source, places: Mapping[str, int]) -> list[list[Any]]:
    if source.kind == "bar":
        number = places[source.values[0]]
        return sorted(rows, key=lambda row: -(row[number] or 0))[:MOST_BARS]
    if source.names == "as_of":
        return sorted(rows, key=lambda row: str(row[places["as_of"]]))[-MOST_MONTHS:]
    return rows


def _name(value: Any, key: str, words: Words) -> str:
    text = words.formats.month(value) if key == "as_of" else one_line(str(value or "–"))
    return f" {text}" if _ACTIVE.match(text) else text


def draw(slide: Slide, chart: Chart, where: tuple[float, float, float, float], accent: str) -> None:
    """Draw a chart on a slide in the brand's colour, at left, top, width and height in inches."""
    kinds = {
        "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "bar": XL_CHART_TYPE.BAR_CLUSTERED,
        "stacked": XL_CHART_TYPE.COLUMN_STACKED,
        "line": XL_CHART_TYPE.LINE,
    }
    data: Any = CategoryChartData(number_format="0%" if chart.unit == "share" else "#,##0")
    data.categories = chart.names
    for name, values in chart.series:
        data.add_series(f" {name}" if _ACTIVE.match(name) else name, values)
    left, top, width, height = (Inches(part) for part in where)
    frame: Any = slide.shapes.add_chart(kinds[chart.kind], left, top, width, height, data)
    frame.name = chart.title
    _look(frame.chart, chart, accent)


def _look(drawn: Any, chart: Chart, accent: str) -> None:
    drawn.has_title = False
    drawn.font.size, drawn.font.name = Pt(12), SANS
    drawn.font.color.rgb = _rgb(style.MUTED)
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
    _axes(drawn, chart)
    plot = drawn.plots[0]
    colours = _colours(chart, accent)
    for series, colour in zip(plot.series, colours, strict=False):
        if chart.kind == "line":
            series.smooth = False
            series.format.line.color.rgb = _rgb(colour)
            series.format.line.width = Pt(2.5)
        else:
            series.invert_if_negative = False
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = _rgb(colour)
    if chart.kind != "line":
        plot.gap_width = 45
    if chart.kind in ("column", "bar"):
        _label_bars(plot, chart)


def _axes(drawn: Any, chart: Chart) -> None:
    names, values = drawn.category_axis, drawn.value_axis
    names.has_major_gridlines = False
    names.format.line.color.rgb = _rgb(style.MUTED)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.reverse_order = chart.kind == "bar"
    is_labelled = chart.kind in ("column", "bar")
    values.visible = not is_labelled
    values.has_major_gridlines = not is_labelled
    if not is_labelled:
        values.major_gridlines.format.line.color.rgb = _rgb(style.RULE)
        values.format.line.fill.background()
    if chart.kind == "line":
        values.minimum_scale = 0


def _label_bars(plot: Any, chart: Chart) -> None:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.number_format = "0%" if chart.unit == "share" else "#,##0"
    labels.number_format_is_linked = False
    labels.font.size, labels.font.bold = Pt(13), True
    labels.font.color.rgb = _rgb(style.INK)


def _colours(chart: Chart, accent: str) -> Sequence[str]:
    """Return a colour for each series: for buckets from due to oldest, else the brand's."""
    if chart.kind != "stacked":
        return (accent, style.SOFT, style.MUTED)
    overdue = len(chart.series) - 2
    steps = [style.OVERDUE[min(i + max(4 - overdue, 0), 3)] for i in range(max(overdue, 0))]
    return (style.NOT_DUE, *steps, style.NO_DUE_DATE)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:])
