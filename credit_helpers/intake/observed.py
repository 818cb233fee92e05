"""The day of the export, where a title above the headers tells it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

import pandas as pd

from credit_helpers.intake.dates import READ, date_evidence, month_of, parse_dates

# What the figures are of, and when they were printed: a list of 31 March may be made in April.
OF_DAY = re.compile(
    r"(?:\bas (?:of|at)\b|\bpeildatum\b|\bper\b|\bstand per\b|\bt/m\b|\btot en met\b|\bstichtag\b"
    r"|\bultimo\b|\bau\b|\buntil\b|\bup to\b|\bto\b)\s*:?\s*(.+)$",
    re.IGNORECASE,
)
MADE_ON = re.compile(
    r"(?:\bafgedrukt(?: op)?\b|\bafdruk(?:datum)?\b|\bafdrukken op\b|\bprintdatum\b|\brun date\b"
    r"|\bexport(?:datum|ed on| date)?\b|\bprint(?:ed on| date)\b|\baangemaakt op\b|\bcreated on\b"
    r"|\bopgemaakt op\b|\bgenerated on\b)\s*:?\s*(.+)$",
    re.IGNORECASE,
)
DAY = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}\s+[^\W\d]+\.?\s+\d{4}"
    r"|[^\W\d]+\s+\d{1,2},\s*\d{4}"
)
UNTIL = re.compile(r"\s(?:t/m|tot en met|tot|to|until|bis|[-–])\s", re.IGNORECASE)
MONTH = re.compile(r"(\d{4})[-/](0?[1-9]|1[0-2])(?![-/\d])")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
MONTH_WORD = re.compile(
    r"(?<![^\W\d_])(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|mrt|maart|mar(?:ch)?|apr(?:il)?|mei|may"
    r"|jun[ei]?|jul[iy]?|aug(?:ustus|ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
MONTH_NAMED = re.compile(
    r"^(?:(?:ultimo|eind|einde|end of)\s+)?([^\W\d]{3,})\s+(\d{4})(?!\d)", re.I
)


def observed_on(titles: Iterable[str], order: str = "") -> pd.Timestamp | None:
    """Return the day that the titles state; ``None`` when none does or it can be read two ways.

    Of the day that the figures are of and the day that they were printed on, the earlier counts.

    Parameters
    ----------
    titles : iterable of str
        Texts above the headers.
    order : str, optional
        The order of day and month in this file, when it is known.

    Examples
    --------
    >>> observed_on(["Debiteuren", "Peildatum: 31-12-2025"])
    Timestamp('2025-12-31 00:00:00')
    >>> observed_on(["As of 31 December 2025"]), observed_on(["Per 01-02-2026"])
    (Timestamp('2025-12-31 00:00:00'), None)
    >>> observed_on(["Per 01-02-2026"], "day-month-year")
    Timestamp('2026-02-01 00:00:00')
    >>> observed_on(["Afgedrukt op", "14-04-2026", "Periode t/m", "2026/03"])
    Timestamp('2026-03-31 00:00:00')
    """
    known = list(titles)
    days = pd.Series([day for title in known for day in DAY.findall(title)], dtype="str")
    order = order or date_evidence(days).order or ""
    said = [_said(known, pattern, order) for pattern in (OF_DAY, MADE_ON)]
    return min((day for day in said if day is not None), default=None)


def _said(titles: list[str], pattern: re.Pattern[str], order: str) -> pd.Timestamp | None:
    """Return the first day behind words such as ``per``, in their own title or in the next."""
    for title, below in itertools.zip_longest(titles, titles[1:], fillvalue=""):
        for text in (title, f"{title} {below}"):
            says = pattern.search(text)
            found = _day(says[1], order) if says else None
            if found is not None:
                return found
    return None


def _day(text: str, order: str) -> pd.Timestamp | None:
    """Return the last day of a period, else the day, that a text begins with or holds."""
    days = DAY.findall(UNTIL.split(text)[-1] if DAY.match(text) else text)
    if not days:
        return _end_of_month(text)
    cells = pd.Series(days[:1], dtype="str")
    evidence = date_evidence(cells)
    if evidence.ambiguous and not order:
        return None
    found = parse_dates(cells, evidence.order or order)
    return pd.Timestamp(found.days[0]) if found.state[0] == READ else None


def _end_of_month(text: str) -> pd.Timestamp | None:
    """Return the last day of a month: ``2026/03``, ``ultimo maart 2026``."""
    if found := MONTH.search(text):
        year, month = int(found[1]), int(found[2])
    elif found := MONTH_NAMED.match(text):
        year, month = int(found[2]), month_of(found[1])
    else:
        return None
    return _last_day(year, month) if month else None


def day_in_name(name: str, order: str = "") -> pd.Timestamp | None:
    """Return the last day that the name of a file tells, such as that of a monthly export.

    Examples
    --------
    >>> day_in_name("debiteuren_20261031.csv"), day_in_name("2026-01-01 tm 2026-06-30.xlsx")
    (Timestamp('2026-10-31 00:00:00'), Timestamp('2026-06-30 00:00:00'))
    >>> day_in_name("Open posten 31-10-2026.xlsx"), day_in_name("F20269999.csv")
    (Timestamp('2026-10-31 00:00:00'), None)
    """
    plain = name.replace("_", "-")
    found = re.findall(r"(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-.]\d{1,2}[-.]\d{4})(?!\d)", plain)
    packed = re.findall(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)", plain)
    texts = pd.Series([*found, *("-".join(parts) for parts in packed)], dtype="str")
    evidence = date_evidence(texts)
    if evidence.ambiguous and not (evidence.order or order):
        return None
    dates = parse_dates(texts, evidence.order or order or None)
    days = dates.days[dates.state == READ]
    return pd.Timestamp(days.max()) if len(days) else None


def month_in_name(name: str, around: str = "") -> pd.Timestamp | None:
    """Return the last day of the month that the name of a sheet or a file tells.

    Parameters
    ----------
    name : str
    around : str, optional
        Where the year may stand when the name has none.

    Examples
    --------
    >>> month_in_name("jan 2026"), month_in_name("Februari", "Open posten 2026.xlsx")
    (Timestamp('2026-01-31 00:00:00'), Timestamp('2026-02-28 00:00:00'))
    >>> month_in_name("2026-03"), month_in_name("Marktplein 2026"), month_in_name("Mei")
    (Timestamp('2026-03-31 00:00:00'), None, None)
    """
    years = YEAR.findall(name) or YEAR.findall(around)
    if found := MONTH.search(name.replace("_", "-")):
        return _last_day(int(found[1]), int(found[2]))
    months = [month_of(word) for word in MONTH_WORD.findall(name)]
    return _last_day(int(years[-1]), months[-1]) if years and months else None


def without_day(name: str) -> str:
    """Return a name without the day or the month that it tells.

    Examples
    --------
    >>> without_day("open 31-01-2026.xlsx") == without_day("open 28-02-2026.xlsx")
    True
    >>> without_day("noord jan 2026"), without_day("20260131_open.csv")
    ('noord', 'open csv')
    """
    return " ".join(re.findall(r"[^\W\d_]+", MONTH_WORD.sub(" ", name.lower())))


def _last_day(year: int, month: int) -> pd.Timestamp:
    return pd.Timestamp(year, month, 1) + pd.offsets.MonthEnd(0)
