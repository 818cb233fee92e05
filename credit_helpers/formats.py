"""Figures and dates as a language writes them.

The unit of a figure follows from the suffix of its name: ``outstanding_cents`` is money,
``overdue_share`` a share from 0 to 1, ``dso_days`` days, ``as_of`` and ``due_on`` dates.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

MINUS = "\N{MINUS SIGN}"
EMPTY = "\N{EN DASH}"
LOCALES = {"nl": "nl_NL", "en": "en_GB"}
UNIT_OF_SUFFIX = {
    "cents": "cents",
    "share": "share",
    "days": "days",
    "on": "date",
    "month": "month",
    "count": "count",
    "index": "index",
    "score": "score",
}
UNIT_OF_NAME = {
    "as_of": "date",
    "average_days_delinquent": "days",
    "days_late": "days",
    "days_past_due": "days",
    "days_to_pay": "days",
    "max_hhi": "index",
}
SMALL_SHARE = 0.1
MILLION_CENTS = 100_000_000


def unit_of(name: str) -> str:
    """Return the unit that a name's suffix promises; ``"text"`` when it promises none.

    Examples
    --------
    >>> unit_of("outstanding_cents"), unit_of("overdue_share"), unit_of("name")
    ('cents', 'share', 'text')
    """
    if name in UNIT_OF_NAME:
        return UNIT_OF_NAME[name]
    if name.endswith("days_late"):
        return "days"
    return UNIT_OF_SUFFIX.get(name.rpartition("_")[2], "text")


def is_missing(value: Any) -> bool:
    """Return whether a single value stands for "not known"."""
    if value is None or value is pd.NaT or value is pd.NA:
        return True
    return isinstance(value, float) and math.isnan(value)


@dataclass(frozen=True)
class Formats:
    """Writes figures in one language and one currency.

    Parameters
    ----------
    language : str
        ``"nl"`` or ``"en"``.
    currency : str
        ISO code of the amounts, for example ``"EUR"``.
    written : dict, optional
        Takes up every figure that is written and its text, so that a report can say of each
        number in it which value it was.

    Examples
    --------
    >>> Formats("nl").money(123456789).replace("\\xa0", " ")
    '€ 1.234.568'
    >>> Formats("en").money(-123456789, decimals=2)
    '−€1,234,567.89'
    >>> Formats("nl").share(0.6149), Formats("nl").days(57.64), Formats("en").share(0.0123)
    ('61%', '58', '1.2%')
    """

    language: str
    currency: str = "EUR"
    written: dict[tuple[str, str], Any] | None = field(default=None, compare=False, repr=False)

    @property
    def locale(self) -> Locale:
        """The Babel locale that belongs to the language."""
        return Locale.parse(LOCALES[self.language])

    def money(self, cents: int | float, *, decimals: int = 0) -> str:
        """Return an amount with its currency sign, from integer cents."""
        amount = round(float(cents) / 100, decimals) + 0.0
        digits = "." + "0" * decimals if decimals else ""
        pattern = "¤\xa0#,##0" + digits if self.language == "nl" else "¤#,##0" + digits
        text = format_currency(
            abs(amount), self.currency, pattern, locale=self.locale, currency_digits=False
        )
        return self._kept(MINUS + text if amount < 0 else text, cents, "cents")

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Return a number with the separators of the language and a real minus sign."""
        rounded = round(float(value), decimals) + 0.0
        text = format_decimal(
            abs(rounded), f"#,##0.{'0' * decimals}".rstrip("."), locale=self.locale
        )
        return self._kept(MINUS + text if rounded < 0 else text, value, "number")

    def share(self, value: float) -> str:
        """Return a share as a percentage: no decimals, one when it is below a tenth."""
        decimals = 1 if 0 < abs(value) < SMALL_SHARE else 0
        return self._kept(self.number(value * 100, decimals=decimals) + "%", value, "share")

    def days(self, value: float, *, decimals: int = 0) -> str:
        """Return a number of days, without the word."""
        return self.number(value, decimals=decimals)

    def date(self, value: Any) -> str:
        """Return a date in full: 31 oktober 2026."""
        text = format_date(pd.Timestamp(value).date(), "d MMMM y", locale=self.locale)
        return self._kept(text, value, "date")

    def short_date(self, value: Any) -> str:
        """Return a date for a table: 31-10-2026 in Dutch, 31/10/2026 in English."""
        pattern = "dd-MM-y" if self.language == "nl" else "dd/MM/y"
        text = format_date(pd.Timestamp(value).date(), pattern, locale=self.locale)
        return self._kept(text, value, "date")

    def month(self, value: Any) -> str:
        """Return a month for an axis: okt 26."""
        text = format_date(pd.Timestamp(value).date(), "MMM yy", locale=self.locale)
        return self._kept(text.replace(".", ""), value, "month")

    def _kept(self, text: str, value: Any, unit: str) -> str:
        if self.written is not None:
            self.written[text, unit] = value
        return text

    def by_unit(self, value: Any, unit: str) -> str:
        """Return any value as text by its unit; a missing one is a dash.

        Raises
        ------
        KeyError
            When the unit is unknown.
        """
        if is_missing(value):
            return EMPTY
        writers = {
            "cents": self.money,
            "share": self.share,
            "days": self.days,
            "date": self.date,
            "month": self.month,
            "count": self.number,
            "index": lambda number: self.number(number, decimals=2 if abs(number) < 10 else 0),
            "score": lambda number: self.number(number, decimals=1),
            "text": str,
        }
        return writers[unit](value)

    def join(self, parts: Iterable[str]) -> str:
        """Return parts as a list in a sentence: a, b en c."""
        known = list(parts)
        word = {"nl": "en", "en": "and"}[self.language]
        if len(known) < 2:
            return "".join(known)
        return f"{', '.join(known[:-1])} {word} {known[-1]}"


def is_alike(part: float, whole: float, other: float, formats: Formats) -> bool:
    """Return whether a part reads as the same share of two wholes.

    Examples
    --------
    >>> nl = Formats("nl")
    >>> is_alike(50, 100, 101, nl), is_alike(50, 100, 60, nl), is_alike(50, -40, 50, nl)
    (True, False, False)
    """
    if whole <= 0 or other <= 0:
        return whole == other
    return formats.share(part / whole) == formats.share(part / other)
