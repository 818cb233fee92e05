"""Figures of several units in one column, as texts: the figure, its change, and its course."""

from __future__ import annotations

import re

import pandas as pd

from credit_helpers.formats import EMPTY
from credit_helpers.words import Words

ARROWS = {1: "\N{UPWARDS ARROW}", -1: "\N{DOWNWARDS ARROW}", 0: "="}


def figure_label(key: str, words: Words) -> str:
    """Return the name of a figure; one that has none of its own is named as its column.

    Examples
    --------
    >>> figure_label("dso.dso_days", Words("en")), figure_label("ageing.oldest_share", Words("nl"))
    ('DSO', 'Deel van het saldo in de oudste klasse')
    """
    known = (f"figure_name.{key}", f"column.{key.rpartition('.')[2]}")
    return next((words.label(k) for k in known if words.has(f"labels.{k}")), key)


def written(value: float, unit: str, words: Words) -> str:
    """Return a figure as this chapter writes it: shares and days with one decimal.

    Examples
    --------
    >>> written(0.5234, "share", Words("nl")), written(57.64, "days", Words("en"))
    ('52,3%', '57.6 days')
    """
    if pd.isna(value):
        return EMPTY
    if unit == "share":
        return words.formats.number(value * 100, decimals=1) + "%"
    if unit == "days":
        number = words.formats.number(value, decimals=1)
        return words.prose("labels.word.days", number=number)
    return words.formats.by_unit(value, unit if unit != "text" else "index")


def change_text(change: float, unit: str, words: Words) -> str:
    """Return a change with its sign; that of a share in percentage points.

    Examples
    --------
    >>> change_text(-0.0461, "share", Words("en")), change_text(3, "count", Words("en"))
    ('−4.6 pp', '+3')
    """
    if pd.isna(change):
        return EMPTY
    if unit == "share":
        number = words.formats.number(change * 100, decimals=1)
        text = words.prose("labels.word.points", points=number)
    else:
        text = written(change, unit, words)
    is_more = change > 0 and re.search("[1-9]", text)
    return f"+{text}" if is_more else text


def course_text(course: str, change: float, words: Words) -> str:
    """Return in a word, with an arrow, whether a figure became better.

    Examples
    --------
    >>> course_text("better", -3.0, Words("en")), course_text("neutral", 3.0, Words("en"))
    ('↓ better', '↑ higher')
    """
    if course == "unknown":
        return words.label("course.unknown")
    if course == "neutral":
        course = "higher" if change > 0 else "lower" if change < 0 else "same"
    sign = 0 if course == "same" else 1 if change > 0 else -1
    return f"{ARROWS[sign]} {words.label(f'course.{course}')}"
