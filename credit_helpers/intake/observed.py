"""The day of the export, where a title above the headers tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from credit_helpers.intake.dates import READ, date_evidence, parse_dates

SAYS = re.compile(
    r"(?:\bas (?:of|at)\b|\bpeildatum\b|\bper\b|\bstand per\b|\bt/m\b|\bstichtag\b|\bafgedrukt op\b"
    r"|\bexport(?:datum|ed on| date)?\b|\bau\b|\brun date\b|\bprinted on\b)\s*:?\s*(.+)$",
    re.IGNORECASE,
)
DAY = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}\s+[^\W\d]+\.?\s+\d{4}"
    r"|[^\W\d]+\s+\d{1,2},\s*\d{4}"
)


def observed_on(titles: Iterable[str], order: str = "") -> pd.Timestamp | None:
    """Return the day that a title states; ``None`` when none does or it can be read two ways.

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
    """
    known = list(titles)
    for place, title in enumerate(known):
        says = SAYS.search(title + (f" {known[place + 1]}" if place + 1 < len(known) else ""))
        found = DAY.search(says[1]) if says else None
        if found is None:
            continue
        text = pd.Series([found[0]], dtype="str")
        evidence = date_evidence(text)
        if evidence.ambiguous and not order:
            continue
        dates = parse_dates(text, evidence.order or order)
        if dates.state[0] == READ:
            return pd.Timestamp(dates.days[0])
    return None


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
