"""A short slide deck of a report: title, summary, six charts, plan.

It is made of ``results.json`` alone, with python-pptx, which is installed on request. The charts
are PowerPoint's own, so that a presenter can change them.
"""

from __future__ import annotations

import datetime
import importlib.util
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from credit_helpers.errors import Fault, ReportError
from credit_helpers.report.email import effect_text, one_line, six_figures
from credit_helpers.report.settled import settled
from credit_helpers.views import style
from credit_helpers.words import Words

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.autoshape import Shape
    from pptx.slide import Slide

FILE = "deck.pptx"
# Everything in inches on a wide slide.
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.7
INNER = WIDTH - 2 * MARGIN
TOP, BOTTOM = 1.75, 6.85
TITLE_ONLY = 5
SERIF, SANS = "Georgia", "Arial"
MOST_ACTIONS = 9
PLAN_WIDTHS = {"term_days": 1.25, "department": 1.7, "title": 0, "effort": 1.5, "net_cents": 1.6}


def require_deck() -> None:
    """Refuse a deck where python-pptx is not installed.

    Raises
    ------
    ReportError
        That says how to install it.
    """
    if importlib.util.find_spec("pptx") is None:
        raise ReportError(Fault("deck_missing"))


def write_deck(results: Mapping[str, Any], folder: Path) -> None:
    """Write the deck of a report into its folder."""
    from pptx import Presentation
    from pptx.util import Inches

    from credit_helpers.report.deck_charts import charts, draw

    words = Words(results["language"], results["currency"])
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _cover(deck, results, words)
    _summary(deck, results, words)
    for chart in charts(results, words):
        slide = new_slide(deck, chart.title)
        box(slide, (MARGIN, TOP - 0.2, INNER, 0.4), chart.caption, size=13, colour=style.MUTED)
        where = (MARGIN, TOP + 0.2, INNER, BOTTOM - TOP - 0.2)
        draw(slide, chart, where, results["brand"]["accent"])
    _plan(deck, results, words)
    _number(deck, results, words)
    _describe(deck, results, words)
    made = io.BytesIO()
    deck.save(made)
    day = datetime.datetime.fromisoformat(results["as_of"])
    (folder / FILE).write_bytes(settled(made.getvalue(), day))


def new_slide(deck: Presentation, title: str, *, size: int = 26) -> Slide:
    """Return a new slide with its title, which is also its name in the outline."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    shape = slide.shapes.title
    assert shape is not None
    place(shape, (MARGIN, 0.5, INNER, 1.05))
    write(shape, title, size=size, font=SERIF, bold=True)
    return slide


def place(shape: Shape, where: tuple[float, float, float, float]) -> None:
    """Put a shape at left, top, width and height, in inches."""
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = (Inches(part) for part in where)


def box(slide: Slide, where: tuple[float, float, float, float], text: str, **look: Any) -> Shape:
    """Add a text to a slide; see :func:`write`."""
    from pptx.util import Inches

    shape = slide.shapes.add_textbox(*(Inches(part) for part in where))
    write(shape, text, **look)
    return shape


def write(
    shape: Any,
    text: str,
    *,
    size: float,
    colour: str = style.INK,
    font: str = SANS,
    bold: bool = False,
    right: bool = False,
) -> None:
    """Write one paragraph in a shape or in a cell, from its upper left corner."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = one_line(text)
    run.font.size, run.font.name, run.font.bold = Pt(size), font, bold
    run.font.color.rgb = RGBColor.from_string(colour[1:])


def _rule(slide: Slide, where: tuple[float, float, float, float], colour: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Inches

    line = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Inches(part) for part in where))
    line.fill.solid()
    line.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
    line.line.fill.background()
    line.shadow.inherit = False


def _cover(deck: Presentation, results: Mapping[str, Any], words: Words) -> None:
    slide = new_slide(deck, words.label("report.title"), size=44)
    assert slide.shapes.title is not None
    place(slide.shapes.title, (MARGIN, 2.5, INNER, 0.9))
    _rule(slide, (0, 0, WIDTH, 0.16), results["brand"]["accent"])
    firm = results["brand"]["firm"]
    if firm:
        accent = results["brand"]["accent"]
        box(slide, (MARGIN, 0.7, INNER, 0.5), firm, size=20, colour=accent, bold=True)
    box(slide, (MARGIN, 3.45, INNER, 0.6), results["client"], size=26, colour=style.MUTED)
    as_of = f"{words.label('report.as_of')} {words.formats.date(results['as_of'])}"
    box(slide, (MARGIN, 4.0, INNER, 0.6), as_of, size=20, colour=style.MUTED)


def _summary(deck: Presentation, results: Mapping[str, Any], words: Words) -> None:
    conclusion = results["conclusions"]["summary"]
    slide = new_slide(deck, conclusion["heading"])
    box(slide, (MARGIN, 1.6, INNER, 0.9), conclusion["lead"], size=15)
    wide = INNER / 3
    for number, figure in enumerate(six_figures(results, words)):
        left, top = MARGIN + number % 3 * wide, 2.75 + number // 3 * 1.25
        _rule(slide, (left, top, wide - 0.3, 0.012), style.RULE)
        box(
            slide, (left, top + 0.02, wide - 0.3, 0.3), figure["label"], size=12, colour=style.MUTED
        )
        box(
            slide,
            (left, top + 0.26, wide - 0.3, 0.5),
            figure["text"],
            size=24,
            font=SERIF,
            bold=True,
        )
        against = (left, top + 0.74, wide - 0.3, 0.3)
        box(slide, against, figure["against"], size=12, colour=style.MUTED)
    label = words.label("summary.findings")
    box(
        slide,
        (MARGIN, 5.2, INNER, 0.3),
        label,
        size=13,
        colour=results["brand"]["accent"],
        bold=True,
    )
    for number, row in enumerate(results["decisions"][:3]):
        effect = effect_text(row, words)
        text = f"{number + 1}.  {row['title']}{' · ' if effect else ''}{effect}"
        box(slide, (MARGIN, 5.53 + number * 0.36, INNER, 0.35), text, size=15)


def _plan(deck: Presentation, results: Mapping[str, Any], words: Words) -> None:
    """Add the plan; the actions that bring most when they are more than fit."""
    from pptx.util import Inches

    plan = results["tables"].get("plan")
    if not plan or not plan["rows"]:
        return
    slide = new_slide(deck, results["conclusions"]["findings"]["heading"])
    columns = {column["key"]: (n, column) for n, column in enumerate(plan["columns"])}
    keys = [key for key in PLAN_WIDTHS if key in columns]
    rows = _largest(plan["rows"], columns)
    where = (Inches(part) for part in (MARGIN, TOP, INNER, 0.42 * (len(rows) + 1)))
    grid = slide.shapes.add_table(len(rows) + 1, len(keys), *where).table
    rest = INNER - sum(PLAN_WIDTHS[key] for key in keys)
    for place_, key in enumerate(keys):
        number, column = columns[key]
        grid.columns[place_].width = Inches(PLAN_WIDTHS[key] or rest)
        is_right = column["unit"] not in ("text", "date", "month")
        _cell(
            grid.cell(0, place_), column["label"], head=results["brand"]["accent"], right=is_right
        )
        for line, row in enumerate(rows, start=1):
            text = words.formats.by_unit(row[number], column["unit"])
            _cell(grid.cell(line, place_), text, right=is_right)
    left = len(plan["rows"]) - len(rows)
    net_cents = sum(row[columns["net_cents"][0]] or 0 for row in plan["rows"])
    more = words.prose("deck.net", net_cents=net_cents)
    if left:
        more += " " + words.prose("deck.more", actions_count=left)
    box(slide, (MARGIN, BOTTOM - 0.25, INNER, 0.3), more, size=13, colour=style.MUTED)


def _largest(rows: list[list[Any]], columns: Mapping[str, tuple[int, Any]]) -> list[list[Any]]:
    """Return the rows that bring most, in the order of the plan."""
    number = columns["net_cents"][0]
    order = sorted(range(len(rows)), key=lambda i: (-(rows[i][number] or 0), i))
    return [rows[i] for i in sorted(order[:MOST_ACTIONS])]


def _cell(cell: Any, text: str, *, head: str = "", right: bool = False) -> None:
    """Fill a cell; ``head`` is the colour of a heading."""
    from pptx.dml.color import RGBColor
    from pptx.util import Inches

    cell.fill.solid()
    fill = head or style.PAPER
    cell.fill.fore_color.rgb = RGBColor.from_string(fill[1:])
    colour = style.PAPER if head else style.INK
    write(cell, text, size=13, colour=colour, bold=bool(head), right=right)
    cell.margin_left = cell.margin_right = Inches(0.1)


def _number(deck: Presentation, results: Mapping[str, Any], words: Words) -> None:
    as_of = words.formats.date(results["as_of"])
    foot = words.prose("deck.foot", client=results["client"], day_text=as_of)
    for number, slide in enumerate(deck.slides, start=1):
        if number > 1:
            box(slide, (MARGIN, 7.0, INNER - 1, 0.3), foot, size=10, colour=style.MUTED)
            where = (WIDTH - MARGIN - 1, 7.0, 1, 0.3)
            box(slide, where, str(number), size=10, colour=style.MUTED, right=True)


def _describe(deck: Presentation, results: Mapping[str, Any], words: Words) -> None:
    """Fill in the properties, with the as-of date for every time."""
    about, day = deck.core_properties, datetime.datetime.fromisoformat(results["as_of"])
    about.title = f"{words.label('report.title')}: {one_line(results['client'])}"
    about.author, about.language = results["brand"]["firm"], results["language"]
    about.created = about.modified = day
