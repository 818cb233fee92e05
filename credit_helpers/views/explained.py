"""The small buttons that explain a figure on the page, and the places for its workbook cell.

What a button explains stands once at the end of the page; the report fills the cells in when the
workbook is written.
"""

from __future__ import annotations

from html import escape

from credit_helpers.views.glossary import Meaning
from credit_helpers.words import Words


def cell(figure: str, label: str = "") -> str:
    """Return an empty place that the report fills with the cell of a figure in the workbook."""
    named = f' data-label="{escape(label)}"' if label else ""
    return f'<span class="against" data-figure="{escape(figure)}"{named}></span>' if figure else ""


def about(key: str, term: str, words: Words) -> str:
    """Return a button that explains a term.

    Parameters
    ----------
    key : str
        Name of a column or figure, which the page's glossary then takes up.
    term : str
        What is explained, for a screen reader.
    words : Words
    """
    return _button(f"about-{key}", words.prose("labels.figure.about", term=term))


def about_figure(meaning: Meaning | None) -> str:
    """Return the button of a key figure with its own explanation beside it."""
    if meaning is None:
        return ""
    place = f"figure-{escape(meaning.key)}"
    return (
        f'{_button(place, meaning.label)}<span id="{place}" hidden>'
        f"<dfn>{escape(meaning.term)}</dfn> {escape(meaning.text)} "
        f"<small>{cell(meaning.figure)}</small></span>"
    )


def _button(place: str, label: str) -> str:
    return (
        f'<button type="button" class="about" aria-describedby="{escape(place)}" '
        f'aria-label="{escape(label)}">i</button>'
    )
