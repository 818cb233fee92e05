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


def observed_on(titles: Iterable[str]) -> pd.Timestamp | None:
    """Return the day that a title states; ``None`` when none does or it can be read two ways.

    Examples
    --------
    >>> observed_on(["Debiteuren", "Peildatum: 31-12-2025"])
    Timestamp('2025-12-31 00:00:00')
    >>> observed_on(["As of 31 December 2025"]), observed_on(["Per 01-02-2026"])
    (Timestamp('2025-12-31 00:00:00'), None)
    """
    known = list(titles)
    for place, title in enumerate(known):
        says = SAYS.search(title + (f" {known[place + 1]}" if place + 1 < len(known) else ""))
        found = DAY.search(says[1]) if says else None
        if found is None:
            continue
        text = pd.Series([found[0]], dtype="str")
        evidence = date_evidence(text)
        if evidence.ambiguous:
            continue
        dates = parse_dates(text, evidence.order)
        if dates.state[0] == READ:
            return pd.Timestamp(dates.days[0])
    return None
