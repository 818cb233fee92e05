"""Dates from text; day or month first is never guessed.

Understood: ``2026-10-31`` (with a time), ``20261031``, ``31102026``, ``311026``, ``31-10-2026``,
``31/10/26``, ``10/31/2026``, ``31.10.2026``, ``31 okt 2026``, ``Oct 31, 2026``, and the day
numbers that Excel stores. ``0``, ``00-00-0000`` and ``0000-00-00`` mean that there is no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd

from credit_helpers.intake.packed_dates import YEARS, open_count, unpacked
from credit_helpers.intake.texts import Column

EMPTY, READ, UNREADABLE, DESTROYED = 0, 1, 2, 3
DAY_FIRST, MONTH_FIRST = "day-month-year", "month-day-year"
LOPSIDED = 20
NO_DATE = re.compile(
    r"^(?:[-\s./0]*|nan|nat|none|null|n/?a|#n/a|n\.?v\.?t\.?|open|-+)$", re.IGNORECASE
)
TIME = r"(?:[T\s]+\d{1,2}[:.]\d{2}.*)?$"
ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + TIME)
NUMERIC = re.compile(r"^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})" + TIME)
COMPACT = re.compile(r"^(\d{8})(?:\.0)?$")
DAY_NUMBER = re.compile(r"^(\d{5})(?:[.,]\d+)?$")
NAMED = re.compile(
    r"^(?:[^\W\d]+,?\s+)?(\d{1,2})[-.\s]+([^\W\d]+)\.?[-,.\s]+['’]?(\d{4}|\d{2})" + TIME
)
NAME_FIRST = re.compile(r"^([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})" + TIME)
CLOCK = re.compile(r"^\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?$|^#{3,}$")
EXCEL_ZERO = date(1899, 12, 30)
DAY_NUMBERS = range(25_569, 73_051)  # 1970 to 2099
PLACEHOLDER_YEARS = {1, 1753, 1899, 1900, 9999}
HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
MONTHS = (
    ("jan", "januar", "janv", "gen", "ene"),
    ("feb", "febr", "fev", "fév"),
    ("mrt", "maa", "mar", "mär", "maerz", "mrz"),
    ("apr", "avr", "abr"),
    ("mei", "may", "mai", "mag", "maj"),
    ("jun", "juni", "juin", "giu"),
    ("jul", "juli", "juil", "lug"),
    ("aug", "août", "aou", "ago"),
    ("sep", "sept", "set"),
    ("okt", "oct", "ott", "out"),
    ("nov",),
    ("dec", "dez", "déc", "dic"),
)


@dataclass(frozen=True)
class DateEvidence:
    """How many different texts prove an order, and how many need one."""

    day_first: int = 0
    month_first: int = 0
    ambiguous: int = 0

    def __add__(self, other: DateEvidence) -> DateEvidence:
        return DateEvidence(
            self.day_first + other.day_first,
            self.month_first + other.month_first,
            self.ambiguous + other.ambiguous,
        )

    @property
    def order(self) -> str | None:
        """The proven order; ``None`` when nothing or both are proven."""
        if self.day_first > LOPSIDED * self.month_first:
            return DAY_FIRST
        if self.month_first > LOPSIDED * self.day_first:
            return MONTH_FIRST
        return None


@dataclass(frozen=True)
class Dates:
    """Dates per row, with a state per row: empty, read, unreadable, or destroyed."""

    days: np.ndarray
    state: np.ndarray


def date_evidence(values: pd.Series, told: str = "") -> DateEvidence:
    """Return what a column's text values say about the order of day and month.

    Parameters
    ----------
    values : Series of str
    told : str, optional
        The order that the user told; it only settles where the year stands.

    Examples
    --------
    >>> date_evidence(pd.Series(["1/2/2013", "1/26/2013"])).order
    'month-day-year'
    >>> date_evidence(pd.Series(["01-02-2026", "05-03-2026"])).order is None
    True
    """
    day_first = month_first = 0
    ambiguous = 0 if told else open_count(values)
    for text in unpacked(values, told).unique():
        match = NUMERIC.match(text.strip().translate(HYPHENS))
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or (first > 12 >= second):
            day_first += 1
        elif second > 12 >= first:
            month_first += 1
        elif first != second:
            ambiguous += 1
    return DateEvidence(day_first, month_first, ambiguous)


def parse_dates(values: pd.Series, order: str | None = None) -> Dates:
    """Return the dates of a column.

    Parameters
    ----------
    values : Series of str
    order : str, optional
        ``"day-month-year"`` or ``"month-day-year"`` for texts such as ``1/2/2013``; any, for
        where the year stands in ``010203``.

    Examples
    --------
    >>> found = parse_dates(pd.Series(["29/04/2025", "2025-05-29", "0", "00:00.0", "45000"]),
    ...     "day-month-year")
    >>> [str(day)[:10] for day in found.days], found.state.tolist()
    (['2025-04-29', '2025-05-29', 'NaT', 'NaT', '2023-03-15'], [1, 1, 0, 3, 1])
    """
    codes, unique = pd.factorize(unpacked(values, order))
    found = [_one(str(text).strip().translate(HYPHENS), order) for text in unique]
    days = np.array([day for day, _ in found], dtype="datetime64[D]").astype("datetime64[ns]")
    state = np.array([state for _, state in found], dtype="int8")
    if not len(unique):
        return Dates(np.array([], dtype="datetime64[ns]"), state)
    return Dates(days[codes], state[codes])


def parse_column(column: Column, order: str | None = None) -> Dates:
    """Return the dates of a column, as :func:`parse_dates` does, each different text once."""
    found = parse_dates(column.texts, order)
    return Dates(column.spread(found.days), column.spread(found.state))


@lru_cache(maxsize=1 << 16)  # the columns of a ledger hold the same days
def _one(text: str, order: str | None) -> tuple[date | None, int]:
    if NO_DATE.match(text):
        return None, EMPTY
    if CLOCK.match(text):
        return None, DESTROYED
    year, month, day = _parts(text, order)
    if year in PLACEHOLDER_YEARS:
        return None, EMPTY
    try:
        found = date(year, month, day)
    except ValueError:
        return None, UNREADABLE
    return (found, READ) if found.year in YEARS else (None, UNREADABLE)


def _parts(text: str, order: str | None) -> tuple[int, int, int]:
    """Return year, month and day; a month of 0 when the text is no date."""
    if match := ISO.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := NUMERIC.match(text):
        first, second, year = int(match[1]), int(match[3]), _year(match[4])
        day_first = order == DAY_FIRST or match[2] == "." or first == second
        return (year, second, first) if day_first else (year, first, second)
    if match := COMPACT.match(text):
        digits = match[1]
        return int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if (match := DAY_NUMBER.match(text)) and int(match[1]) in DAY_NUMBERS:
        found = EXCEL_ZERO + timedelta(days=int(match[1]))
        return found.year, found.month, found.day
    if match := NAMED.match(text):
        return _year(match[3]), month_of(match[2]), int(match[1])
    if match := NAME_FIRST.match(text):
        return int(match[3]), month_of(match[1]), int(match[2])
    return 0, 0, 0


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def month_of(name: str) -> int:
    """Return a month by its name in Dutch, English, German, French, Italian or Spanish."""
    low = name.lower()
    for number, starts in enumerate(MONTHS, start=1):
        if any(low.startswith(start) for start in starts):
            return number
    return 0
