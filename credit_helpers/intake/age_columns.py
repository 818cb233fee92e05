"""The ageing that a source gives itself: columns such as 31-60, or a column with such a class.

They are compared with our own ageing and never used as amounts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from credit_helpers.intake import amounts
from credit_helpers.intake.client import ClientConfig
from credit_helpers.intake.tables import NUMBER_CELL, RawTable
from credit_helpers.intake.texts import matches

NOT_DUE = re.compile(
    r"^(?:nog )?(?:niet|not|nicht) (?:yet )?(?:vervallen|due|overdue|fällig)$"
    r"|^(?:current|huidig|actueel|lopend|courant)$"
)
UNITS = re.compile(
    r"\b(?:days?|dagen|dgn|dag|tage|jours|age|aged|ouderdom|leeftijd|vervallen|overdue|past due|"
    r"te laat|late|bedrag|amount|saldo|open|openstaand|eur|euro|usd|gbp|d)\b\.?|[€$£()\[\]:]"
)
RANGE = re.compile(r"^(\d{1,4}) ?(?:-|–|—|t/m|tot|to|bis) ?(\d{1,4})$")
UP_TO = re.compile(r"^(?:≤|<=|<|t/m|tot en met|up to|max) ?(\d{1,4})$")
FROM = re.compile(
    r"^(?:>=?|≥|over|boven|above|meer dan|more than|ouder dan|older than|vanaf|from) ?\d{1,4}"
    r"(?: ?\+)?$|^\d{1,4} ?(?:\+|-|–|(?:-|–)? ?(?:above|en ouder|en meer|and over|and older|up))$"
)
OLDER = re.compile(r"^(?:ouder|older|oldest|oudste|oudere)$")
MIN_COLUMNS = 2
MIN_NUMBERS = 0.9
CLASS_SHARE = 0.95
MAX_CLASSES = 20
SAMPLE = 2_000


@dataclass(frozen=True)
class AgeClass:
    """One class of days: what the source calls it, and its first and last day."""

    name: str
    low: float
    high: float


@dataclass(frozen=True)
class OwnAgeing:
    """The ageing of a table by its source.

    Parameters
    ----------
    file : str
        File and sheet as one phrase.
    classes : tuple of AgeClass
        In the order of their days; together they leave no day out.
    cents : DataFrame
        One row per row of the table, one column per class, whole cents, 0 when empty.
    """

    file: str
    classes: tuple[AgeClass, ...]
    cents: pd.DataFrame


def own_ageing(
    raw: RawTable, used: Iterable[str], open_cents: pd.Series, config: ClientConfig
) -> OwnAgeing | None:
    """Return the ageing that a table holds itself, or ``None``.

    Parameters
    ----------
    raw : RawTable
    used : iterable of str
        Headers that stand for something else.
    open_cents : Series
        What is open per row, for a source that names a class instead of giving columns.
    config : ClientConfig
        Its decimal sign holds where the cells do not tell.

    Returns
    -------
    OwnAgeing or None
    """
    free = [header for header in raw.cells if header not in set(used)]
    classes = classes_of(free)
    classes = [found for found in classes if _is_number(raw.cells[found.name])]
    if _is_ageing(classes):
        cents = _amounts(raw, classes, config)
        return None if cents is None else OwnAgeing(raw.place, tuple(classes), cents)
    for header in free:
        found = _by_class(raw, header, open_cents)
        if found is not None:
            return found
    return None


def classes_of(headers: Iterable[str]) -> list[AgeClass]:
    """Return the headers that are classes of days, in the order of the days.

    The first class reaches back to what is not due yet, unless there is a class for that.

    Examples
    --------
    >>> [(c.name, c.low, c.high) for c in classes_of(["Naam", "> 90", "0-30", "31-90"])]
    [('0-30', -inf, 30.0), ('31-90', 31.0, 90.0), ('> 90', 91.0, inf)]
    >>> [(c.low, c.high) for c in classes_of(["Huidig", "≤ 30 d.", "≤ 60 d.", "Ouder"])]
    [(-inf, 0.0), (1.0, 30.0), (31.0, 60.0), (61.0, inf)]
    """
    found = [(*days, name) for name in headers if (days := _days(str(name))) is not None]
    ranges = [entry for entry in found if not math.isinf(entry[0]) and not math.isnan(entry[0])]
    ends = [entry for entry in found if math.isnan(entry[0])]
    order = sorted([*ranges, *ends], key=lambda entry: (min(entry[1], 1e9), entry[0]))
    first = order[0] if order else None
    not_due = [entry for entry in found if entry[0] == -math.inf]
    made = [AgeClass(entry[2], -math.inf, _before(first)) for entry in not_due[:1]]
    for low, high, name in order:
        before = made[-1].high if made else -math.inf
        if high <= before:
            return []  # two classes for the same days: no ageing that can be followed
        made.append(AgeClass(name, before + 1 if math.isfinite(before) else -math.inf, high))
        if math.isfinite(low) and math.isfinite(before) and abs(before + 1 - low) > 1:
            return []  # days between two classes that no class has
    return made


def _before(first: tuple[float, float, str] | None) -> float:
    """Return the last day that is not due: the day before the first class, else day 0."""
    return first[0] - 1 if first is not None and math.isfinite(first[0]) else 0.0


def _days(header: str) -> tuple[float, float] | None:
    """Return first and last day of a header; ``nan`` where it follows from the class before."""
    text = re.sub(r"\s+", " ", header.lower().replace("_", " ")).strip()
    if NOT_DUE.match(text):
        return (-math.inf, math.nan)
    text = re.sub(r"\s+", " ", UNITS.sub(" ", text)).strip()
    if found := RANGE.match(text):
        low, high = int(found[1]), int(found[2])
        return (float(low), float(high)) if low < high else None
    if found := UP_TO.match(text):
        return (math.nan, float(found[1]))
    if FROM.match(text) or OLDER.match(text):
        return (math.nan, math.inf)
    return (-math.inf, math.nan) if NOT_DUE.match(text) else None


def codes_of(days: pd.Series, classes: tuple[AgeClass, ...]) -> np.ndarray:
    """Return the place of each number of days among the classes; -1 where it is not known.

    Examples
    --------
    >>> found = tuple(classes_of(["0-30", "31-60", ">60"]))
    >>> codes_of(pd.Series([-4.0, 30, 31, 61, float("nan")]), found).tolist()
    [0, 0, 1, 2, -1]
    """
    ends = np.array([found.high for found in classes], dtype="float64")
    values = days.to_numpy(dtype="float64")
    codes = np.searchsorted(ends, values, side="left")
    return np.where(np.isnan(values) | (codes >= len(classes)), -1, codes)


def _is_ageing(classes: list[AgeClass]) -> bool:
    return len(classes) >= MIN_COLUMNS and any(re.search(r"\d", c.name) for c in classes)


def _is_number(cells: pd.Series) -> bool:
    filled = cells[cells != ""]
    text = filled.str.replace(r"[€$£\s\u00a0]", "", regex=True)
    return not len(filled) or bool(
        matches(text, r"^[-+(]?[\d.,']+[-)]?$|^-$").mean() >= MIN_NUMBERS
    )


def _amounts(raw: RawTable, classes: list[AgeClass], config: ClientConfig) -> pd.DataFrame | None:
    """Return the amounts; nothing when their decimal sign would be a guess."""
    names = [found.name for found in classes]
    written = [raw.cells.loc[~raw.is_kind(name, NUMBER_CELL), name] for name in names]
    pooled = sum((amounts.evidence(text) for text in written), amounts.Evidence())
    sign = config.decimals or pooled.sign
    if sign is None and (pooled.ambiguous or pooled.point or pooled.comma):
        return None
    columns = {}
    for name in names:
        read = amounts.parse_amounts(raw.cells[name], raw.is_kind(name, NUMBER_CELL), sign or ".")
        columns[name] = np.where(read.state == amounts.READ, read.cents, 0).astype("int64")
    return pd.DataFrame(columns, index=raw.cells.index)


def _by_class(raw: RawTable, header: str, open_cents: pd.Series) -> OwnAgeing | None:
    cells = raw.cells[header]
    first = cells[cells != ""].head(SAMPLE).unique()
    if len(first) > MAX_CLASSES or not any(_days(str(name)) for name in first):
        return None
    owed = (open_cents != 0).to_numpy() & (raw.reasons == "")
    names = pd.unique(cells[owed & (cells != "").to_numpy()])
    if not MIN_COLUMNS <= len(names) <= MAX_CLASSES:
        return None
    classes = classes_of(names)
    named = cells.isin([found.name for found in classes]).to_numpy()
    if not _is_ageing(classes) or named[owed].mean() < CLASS_SHARE:
        return None
    columns = {c.name: open_cents.where((cells == c.name).to_numpy(), 0) for c in classes}
    return OwnAgeing(raw.place, tuple(classes), pd.DataFrame(columns, dtype="int64"))
