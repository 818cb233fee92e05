"""Amounts from text to whole cents, without floating point; the decimal sign is never guessed.

Understood: ``1.234,56``, ``1,234.56``, ``1 234,56``, ``€ 12,-``, ``(12)``, ``12-``, ``−12``,
``12,50 CR``. Whether a lone separator before three digits groups or divides follows from the
whole column.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import numpy as np
import pandas as pd

from credit_helpers.intake.texts import digits, matches, replaced

EMPTY, READ, UNREADABLE = 0, 1, 2
OTHER = {".": ",", ",": "."}
NO_AMOUNT = ("", "nan", "none", "null", "n/a", "#n/a", "nvt", "n.v.t.")
MIN_PROOF_COUNT = 3
LOPSIDED = 20
MAX_DIGITS = 15
SAMPLE = 20_000


@dataclass(frozen=True)
class Amounts:
    """Cents per row, with a state per row: empty, read or unreadable (0 cents)."""

    cents: np.ndarray
    state: np.ndarray
    rounded_count: int = 0


@dataclass(frozen=True)
class Evidence:
    """How many different values of a column prove a decimal sign, and how many need one."""

    point: int = 0
    comma: int = 0
    ambiguous: int = 0
    grouping: str = ""

    def __add__(self, other: Evidence) -> Evidence:
        grouping = self.grouping or other.grouping
        return Evidence(
            self.point + other.point,
            self.comma + other.comma,
            self.ambiguous + other.ambiguous,
            grouping,
        )

    @property
    def sign(self) -> str | None:
        """The proven decimal sign; ``None`` when nothing or both are proven.

        One value in twenty may contradict: it is then unreadable, not a reason to ask.
        """
        if self.point > LOPSIDED * self.comma:
            return "."
        if self.comma > LOPSIDED * self.point:
            return ","
        if not self.point and not self.comma and self.grouping:
            return OTHER[self.grouping]
        return None


def _clean(values: pd.Series) -> pd.DataFrame:
    """Return per value: the digits with separators, the sign, and whether it is empty."""
    core = values.str.removeprefix("-")
    parts = pd.DataFrame({"core": core, "negative": values.str.startswith("-"), "empty": False})
    written = ~matches(values, r"^-?[\d.,]+$")
    if written.any():
        parts[written] = _cleaned(values[written])
    return parts


def _cleaned(values: pd.Series) -> pd.DataFrame:
    text = values.str.lower().str.replace(r"[\s\u00a0\u202f\u2009'’`]", "", regex=True)
    text = text.str.replace(r"[\u2212\u2013\u2014]", "-", regex=True)
    empty = text.isin(NO_AMOUNT)
    text = text.str.replace(
        r"^([-(]?)(?:[a-z]{2,3}|r)?[€$£¥₹₺₽](-?)|[€$£¥₹₺₽](?=\)?$)", r"\1\2", regex=True
    )
    credit = text.str.contains(r"(?:cr?|credit)$", regex=True) & text.str.contains(r"\d")
    text = text.str.replace(r"(?:cr?|dr?|db|credit|debet|debit)$", "", regex=True)
    text = text.str.replace(r"^([-(]?)[a-z]{3}(?=[-\d(.,])|[a-z]{3}(?=\)?$)", r"\1", regex=True)
    text = text.str.replace(r"(?<=\d)[,.]-{1,2}$", "", regex=True)
    text = text.str.replace(r"^-{1,2}$", "0", regex=True)
    brackets = text.str.fullmatch(r"\(.*\)")
    minus = text.str.startswith("-") | text.str.endswith("-")
    core = text.str.replace(r"^[-+(]+|[-+)]+$", "", regex=True)
    negative = brackets | minus | credit
    return pd.DataFrame({"core": core, "negative": negative, "empty": empty})


def evidence(values: pd.Series) -> Evidence:
    """Return what a column's text values say about its decimal sign.

    Examples
    --------
    >>> evidence(pd.Series(["1.234,56", "12,5"])).sign
    ','
    >>> evidence(pd.Series(["1.234", "12.500"])).sign is None
    True
    >>> evidence(pd.Series(["1.234", "12.500", "7.300", "950", "18"])).sign
    ','
    """
    first = pd.Series(values.head(2 * SAMPLE).unique(), dtype="str").head(SAMPLE)
    if len(first) == SAMPLE and (found := _evidence(first)).sign:
        return found
    unique = pd.Series(values.unique(), dtype="str")
    found = _evidence(unique.head(SAMPLE))
    return found if found.sign or len(unique) <= SAMPLE else _evidence(unique)


def _evidence(unique: pd.Series) -> Evidence:
    core = _clean(unique)["core"]
    core = core[core.str.fullmatch(r"\d*(?:[.,]\d+)*[.,]?") & core.str.contains(r"\d")]
    points, commas = core.str.count(r"\."), core.str.count(",")
    last = replaced(core, r"^.*([.,])\d*$", r"\1").where(points + commas > 0, "")
    tail = replaced(core, r"^.*[.,]", "").where(points + commas > 0, "").str.len()
    head = replaced(core, r"[.,].*$", "")
    both, many = (
        (points > 0) & (commas > 0),
        (points + commas > 1) & ((points == 0) | (commas == 0)),
    )
    single = points + commas == 1
    divides = single & ((tail != 3) | (head.str.len() > 3) | head.isin(["", "0"]))
    proof = last.where(both | divides, last.map(OTHER).where(many, "")).fillna("")
    ambiguous = single & ~divides
    return Evidence(
        int((proof == ".").sum()),
        int((proof == ",").sum()),
        int(ambiguous.sum()),
        _grouping(core, ambiguous, last),
    )


def _grouping(core: pd.Series, ambiguous: pd.Series, last: pd.Series) -> str:
    """Return the separator that must be grouping: all from 1000 on have it, smaller ones not."""
    signs = set(last[ambiguous])
    plain = core[core.str.fullmatch(r"\d+")]
    if len(signs) != 1 or ambiguous.sum() < MIN_PROOF_COUNT or plain.empty:
        return ""
    return signs.pop() if plain.str.len().max() <= 3 and (plain.str.strip("0") != "").any() else ""


def parse_amounts(values: pd.Series, is_number: np.ndarray, decimal: str) -> Amounts:
    """Return the cents of a column.

    Parameters
    ----------
    values : Series of str
    is_number : ndarray of bool
        Cells that the file itself stores as a number; their text has a decimal point.
    decimal : str
        ``"."`` or ``","``: the decimal sign of the other cells.

    Returns
    -------
    Amounts
        More than two decimals are rounded half away from zero, and counted.

    Examples
    --------
    >>> texts = pd.Series(["1.234,56", "(12)", "", "12,50-", "ca. 5"])
    >>> result = parse_amounts(texts, np.zeros(5, bool), ",")
    >>> result.cents.tolist(), result.state.tolist()
    ([123456, -1200, 0, -1250, 0], [1, 1, 0, 1, 2])
    """
    cents = np.zeros(len(values), dtype="int64")
    state = np.zeros(len(values), dtype="int8")
    rounded = 0
    for mask, sign in ((is_number, "."), (~is_number, decimal)):
        if mask.any():
            found = _parse(values[mask], sign)
            cents[mask], state[mask] = found.cents, found.state
            rounded += found.rounded_count
    return Amounts(cents, state, rounded)


def _parse(values: pd.Series, decimal: str) -> Amounts:
    """Parse the plain texts at once, and each different other one with all that may be around."""
    group = "\\" + OTHER[decimal]
    number = rf"^-?(?:\d{{1,3}}(?:{group}\d{{3}}){{1,{MAX_DIGITS // 3 - 1}}}|\d{{1,{MAX_DIGITS}}})"
    cents = np.zeros(len(values), dtype="int64")
    state = np.full(len(values), READ, dtype="int8")
    left = np.arange(len(values))
    for form, unit in ((rf"\{decimal}\d\d$", 1), (rf"\{decimal}\d$", 10), ("$", 100)):
        plain = matches(values, number + form)
        cents[left[plain]] = unit * digits(values[plain])
        left, values = left[~plain], values[~plain]
    codes, unique = pd.factorize(values)
    rest = _parse_written(pd.Series(unique, dtype="str"), decimal)
    cents[left], state[left] = rest.cents[codes], rest.state[codes]
    return Amounts(cents, state, rest.rounded_count)


def _parse_written(values: pd.Series, decimal: str) -> Amounts:
    parts = _clean(values)
    point, group = ("\\.", ",") if decimal == "." else (",", "\\.")
    whole = rf"[0-9]{{1,3}}(?:{group}[0-9]{{2,3}})*{group}[0-9]{{3}}|[0-9]*"
    form = rf"^(?P<whole>{whole})(?:{point}(?P<rest>[0-9]*))?$"
    found = parts["core"].str.extract(form)
    whole = found["whole"].fillna("").str.replace(r"[.,]", "", regex=True)
    rest = found["rest"].fillna("")
    fine = found["whole"].notna() & ((whole + rest) != "") & (whole.str.len() <= MAX_DIGITS)
    digits = (whole + rest.str.ljust(2, "0").str.slice(0, 2)).where(fine, "0")
    cents = pd.to_numeric(digits).astype("int64").to_numpy(copy=True)
    more = rest.str.slice(2, 3)
    cents += ((more >= "5") & fine).to_numpy().astype("int64")
    rounded = int((rest.str.slice(2).str.strip("0") != "").sum())
    cents = np.where(parts["negative"].to_numpy(), -cents, cents)
    state = np.where(parts["empty"], EMPTY, np.where(fine, READ, UNREADABLE)).astype("int8")
    for place in np.flatnonzero(parts["core"].str.fullmatch(r"\d+(?:[.,]\d+)?e[+-]?\d+")):
        cents[place], state[place] = _scientific(values[place])
    cents[state != READ] = 0
    return Amounts(cents, state, rounded)


def _scientific(text: str) -> tuple[int, int]:
    try:
        number = Decimal(text.strip().replace(",", ".")) * 100
        return int(number.quantize(Decimal(1), ROUND_HALF_UP)), READ
    except InvalidOperation:
        return 0, UNREADABLE
