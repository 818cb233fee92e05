"""Days without signs between their parts: ``311026``, ``31102026``, ``261031``, a lost zero too.

What ``311026`` is, only its column tells: where the last two digits hardly differ and the first two
do, the year stands last. The texts are then written out as ``31-10-26``, so that which of the two
others is the day is proven or asked as it is for any other date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from credit_helpers.intake.texts import matches

YEAR_FIRST = "year-month-day"
FRONT, BEHIND, OPEN, NONE = "front", "behind", "open", ""
PACKED = r"^\s*(?:\d{5,8}(?:\.0)?|\d\d[-/]\d\d[-/]\d\d)\s*$"
SHORT = re.compile(r"(\d?\d)([-/]?)(\d\d)\2(\d\d)")
HEAD = 200
FEW_YEARS = 3
YEARS = range(1970, 2100)

# First, middle and last pair of digits of a text.
Parts = tuple[int, int, int]


def unpacked(values: pd.Series, order: str | None = None) -> pd.Series:
    """Return a column with its packed days written out, as far as it tells where the year stands.

    Parameters
    ----------
    values : Series of str
    order : str, optional
        When it is known, for what the column leaves open: :data:`YEAR_FIRST`, or any other for a
        year that stands last.

    Examples
    --------
    >>> unpacked(pd.Series(["130126", "50326", "250226"])).tolist()
    ['13-01-26', '05-03-26', '25-02-26']
    >>> unpacked(pd.Series(["260113", "260320", "251225"])).tolist()
    ['2026-01-13', '2026-03-20', '2025-12-25']
    >>> unpacked(pd.Series(["13012026", "5032026", "20260131"])).tolist()
    ['13-01-2026', '05-03-2026', '20260131']
    """
    if not matches(values.head(HEAD), PACKED).any():
        return values
    codes, unique = pd.factorize(values)
    plain = [str(text).strip().removesuffix(".0") for text in unique]
    place = _place_of_year(plain)
    if place == OPEN and order:
        place = FRONT if order == YEAR_FIRST else BEHIND
    written = pd.Series([_written(text, place) for text in plain], dtype="str")
    return written.take(codes).set_axis(values.index)


def open_count(values: pd.Series) -> int:
    """Return how many different packed days could have their year in front as well as behind.

    Examples
    --------
    >>> open_count(pd.Series(["010203", "020304"])), open_count(pd.Series(["130126", "200326"]))
    (2, 0)
    """
    if not matches(values.head(HEAD), PACKED).any():
        return 0
    plain = [str(text).strip().removesuffix(".0") for text in values.unique()]
    return sum(map(_is_short, plain)) if _place_of_year(plain) == OPEN else 0


def _is_short(text: str) -> bool:
    return text.isdigit() and len(text) in (5, 6)


def _place_of_year(texts: Sequence[str]) -> str:
    """Return where the year stands in a column of six digits, or of ``26-01-31``.

    Five digits alone are the day numbers of a spreadsheet. Between signs the year stands behind
    unless the column proves the opposite.
    """
    short = [text for text in texts if _is_short(text)]
    if short and max(map(len, short)) == 6:
        return _judge([_parts(text.zfill(6)) for text in short])
    signed = [_parts(text) for text in texts if len(text) == 8 and SHORT.fullmatch(text)]
    return FRONT if signed and _judge(signed) == FRONT else NONE


def _judge(parts: Sequence[Parts]) -> str:
    behind = all(_is_day_and_month(first, middle) for first, middle, _ in parts)
    front = all(_is_month(middle) and _is_day(last) for _, middle, last in parts)
    if not behind or not front:
        return BEHIND if behind else FRONT if front else NONE
    first, last = ({part[place] for part in parts} for place in (0, 2))
    spans = max(first) - min(first), max(last) - min(last)
    if min(spans) < FEW_YEARS <= max(spans):
        return FRONT if spans[0] < spans[1] else BEHIND
    return OPEN


def _parts(text: str) -> Parts:
    found = SHORT.fullmatch(text)
    return (int(found[1]), int(found[3]), int(found[4])) if found else (0, 0, 0)


def _is_day(number: int) -> bool:
    return 1 <= number <= 31


def _is_month(number: int) -> bool:
    return 1 <= number <= 12


def _is_day_and_month(one: int, other: int) -> bool:
    return _is_day(one) and _is_day(other) and (_is_month(one) or _is_month(other))


def _written(text: str, place: str) -> str:
    """Return a packed day with signs between its parts; any other text as it is."""
    if text.isdigit() and len(text) in (7, 8):
        # No text is both: the year of 20112026 would have to be a month.
        first, middle, year = int(text[:-6]), int(text[-6:-4]), int(text[-4:])
        is_date = year in YEARS and _is_day_and_month(first, middle)
        return f"{first:02d}-{middle:02d}-{year}" if is_date else text
    if place == FRONT and (_is_short(text) or SHORT.fullmatch(text)):
        year, month, day = _parts(text.zfill(6))
        return f"20{year:02d}-{month:02d}-{day:02d}"
    if place == BEHIND and _is_short(text):
        first, middle, year = _parts(text.zfill(6))
        return f"{first:02d}-{middle:02d}-{year:02d}"
    return text
