"""From text to values: dates, amounts, days and flags; what cannot be decided is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from credit_helpers.errors import Fault
from credit_helpers.intake import amounts, dates
from credit_helpers.intake.client import CONFIG_NAME, ClientConfig
from credit_helpers.intake.tables import DATE_CELL, NUMBER_CELL, Table, TypedTable
from credit_helpers.intake.texts import Column, matches, one_space
from credit_helpers.intake.totals import is_total
from credit_helpers.portfolio.ledger import Note

AMOUNT_WORDS = [
    "amount",
    "open_amount",
    "paid_amount",
    "amount_base",
    "open_base",
    "foreign_amount",
    "debit",
    "credit",
    "credit_limit",
    "insured_limit",
    "discretionary_limit",
    "open_orders",
]
NEEDED = ("amount", "open_amount", "paid_amount", "issued_on", "due_on", "settled_on")
MAX_UNREADABLE_SHARE = 0.5
MAX_DESTROYED_SHARE = 0.2
NO_NUMBER = ("0", "-", "n/a", "geen", "none")
MAX_TERMS_DAYS = 730
MIN_GAPS = 5
NORMAL_GAPS = (0, 400)
MIN_HALF_CONVERTED = 10
YES = re.compile(
    r"^(?:y|yes|ja|j|true|waar|1|x|oui|si|sí|sim|wahr|betwist|disputed|in dispute|open)$", re.I
)
NO = re.compile(r"^(?:n|no|nee|neen|false|onwaar|0|non|nein|falsch|none|geen|-|)$", re.I)
CONSUMER = re.compile(r"consument|consumer|particulier|\bb2c\b|private|natuurlijk", re.I)
BUSINESS = re.compile(r"zakelijk|business|\bb2b\b|bedrijf|company|rechtspersoon", re.I)
AT_ONCE = r"per direct|direct|contant|due on receipt|cash|immediate|cod|bij levering|à vista"


@dataclass
class Values:
    """The typed table, and everything that came up while it was made."""

    typed: TypedTable
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    states: dict[str, np.ndarray] = field(default_factory=dict)


def type_table(table: Table, config: ClientConfig) -> Values:
    """Return a table's rows with values; faults and questions are collected, not raised."""
    count = len(table.raw.cells)
    empty = np.full(count, "", dtype=object)
    frame = pd.DataFrame(index=pd.RangeIndex(count))
    result = Values(TypedTable(table, frame, table.raw.reasons.copy(), empty))
    _dates(result, config)
    _amounts(result, config)
    for word in table.columns:
        if word not in frame:
            frame[word] = _text(table, word)
    known = table.raw.known
    if known is not None and known.currency and table.role in ("invoices", "payments"):
        frame["currency"] = known.currency
    return result


def _cells(table: Table, word: str) -> pd.Series:
    return table.raw.cells[table.columns[word].header]


def _column(table: Table, word: str) -> Column:
    return table.raw.column(table.columns[word].header)


def date_words(table: Table) -> list[str]:
    """Return our words for dates that this table has."""
    return [word for word in table.columns if word.endswith("_on") or word == "promised_for"]


# --- dates


def _dates(result: Values, config: ClientConfig) -> None:
    table = result.typed.table
    words = date_words(table)
    told = config.dates
    own = {word: dates.date_evidence(_column(table, word).texts, told) for word in words}
    pooled = sum(own.values(), dates.DateEvidence())
    fallback = pooled.order or order_by_gaps(table)
    if told in (dates.DAY_FIRST, dates.MONTH_FIRST):
        fallback = told
    asked = []
    for word in words:
        order = own[word].order or fallback
        if order is None and own[word].ambiguous:
            asked.append(word)
            continue
        if _is_half_converted(table, word, own[word]):
            result.faults.append(_column_fault("dates_half_converted", table, word))
            continue
        found = dates.parse_column(_column(table, word), order or told)
        _judge_dates(result, word, found)
        result.typed.values[word] = found.days
        result.states[word] = found.state
    result.faults += _question("question_dates", table, asked)


def order_by_gaps(table: Table) -> str | None:
    """Return the order under which no document is due before it was issued, if one is wrong.

    Under the right order the days between issue and due date are ordinary; under the wrong one
    many are negative or longer than a year.
    """
    if not {"issued_on", "due_on"} <= set(table.columns):
        return None
    odd = {}
    for order in (dates.DAY_FIRST, dates.MONTH_FIRST):
        issued = dates.parse_column(_column(table, "issued_on"), order)
        due = dates.parse_column(_column(table, "due_on"), order)
        both = (issued.state == dates.READ) & (due.state == dates.READ)
        gaps = (due.days[both] - issued.days[both]) / np.timedelta64(1, "D")
        odd[order] = int(((gaps < NORMAL_GAPS[0]) | (gaps > NORMAL_GAPS[1])).sum())
    right = min(odd, key=lambda order: odd[order])
    wrong = max(odd.values())
    return right if odd[right] == 0 and wrong >= MIN_GAPS else None


def _is_half_converted(table: Table, word: str, own: dates.DateEvidence) -> bool:
    """Return whether a spreadsheet turned the texts that it could read the wrong way round.

    Then every date that it stored has a day of at most 12, and every text a day above 12.
    """
    stored = table.raw.is_kind(table.columns[word].header, DATE_CELL)
    if stored.sum() < MIN_HALF_CONVERTED or not (own.day_first or own.month_first):
        return False
    days = pd.to_datetime(_cells(table, word)[stored], format="%Y-%m-%d", errors="coerce").dt.day
    return bool((days <= 12).all() and days.nunique() > 1 and own.ambiguous == 0)


def _judge_dates(result: Values, word: str, found: dates.Dates) -> None:
    """Refuse a column of which most is no date; one that the format names cannot be a wrong one."""
    table = result.typed.table
    if table.raw.known is not None:
        return
    counted = result.typed.is_accepted.copy()
    counted &= ~_column(table, word).each(is_total)
    destroyed = (found.state == dates.DESTROYED) & counted
    unreadable = ((found.state == dates.UNREADABLE) & counted) | destroyed
    filled = int(((found.state != dates.EMPTY) & counted).sum())
    if destroyed.sum() > MAX_DESTROYED_SHARE * filled:
        result.faults.append(_column_fault("dates_destroyed", table, word, destroyed))
    elif word in NEEDED and unreadable.sum() > MAX_UNREADABLE_SHARE * filled:
        result.faults.append(_column_fault("dates_unreadable", table, word, unreadable))


# --- amounts


def _amounts(result: Values, config: ClientConfig) -> None:
    table = result.typed.table
    own, pooled = {}, amounts.Evidence()
    words = [word for word in AMOUNT_WORDS if word in table.columns]
    for word in words:
        text = _cells(table, word)[~table.raw.is_kind(table.columns[word].header, NUMBER_CELL)]
        own[word] = amounts.evidence(text)
        pooled = pooled + own[word]
    asked = []
    for word in words:
        sign = own[word].sign or config.decimals or pooled.sign
        if sign is None and (own[word].ambiguous or (own[word].point and own[word].comma)):
            asked.append(word)
            continue
        is_number = table.raw.is_kind(table.columns[word].header, NUMBER_CELL)
        found = amounts.parse_amounts(_cells(table, word), is_number, sign or ".")
        _judge_amounts(result, word, found)
        unread = found.state != amounts.READ
        result.typed.values[word] = pd.arrays.IntegerArray(found.cents, unread)
        result.states[word] = found.state
    result.faults += _question("question_decimals", table, asked)


def _judge_amounts(result: Values, word: str, found: amounts.Amounts) -> None:
    table = result.typed.table
    unreadable = found.state == amounts.UNREADABLE
    filled = int((found.state != amounts.EMPTY).sum())
    is_guessed = table.raw.known is None
    if is_guessed and word in NEEDED and unreadable.sum() > MAX_UNREADABLE_SHARE * filled:
        result.faults.append(_column_fault("amounts_unreadable", table, word, unreadable))
    if found.rounded_count:
        values = {**_where(table, word), "values_count": found.rounded_count}
        result.notes.append(Note("rounded_amounts", values))


# --- messages


def _where(table: Table, word: str) -> dict[str, object]:
    return {"file": table.raw.place, "column": table.columns[word].header}


def _question(code: str, table: Table, words: list[str]) -> list[Fault]:
    """Return one question about all columns that wait for its answer."""
    if not words:
        return []
    headers = "', '".join(table.columns[word].header for word in words)
    return [Fault(code, {"file": table.raw.place, "column": headers, "config": CONFIG_NAME})]


def _column_fault(code: str, table: Table, word: str, rows: np.ndarray | None = None) -> Fault:
    values = _where(table, word)
    if rows is not None:
        first = table.raw.rows[int(np.argmax(rows))]
        values |= {"rows": int(rows.sum()), "row": int(first)}
    return Fault(code, values)


# --- text, days, flags


def _text(table: Table, word: str) -> pd.Series:
    """Return a column with our word for it as text, days or flags."""
    column = _column(table, word)
    found = _read(column.texts, word)
    return _cells(table, word) if found is column.texts else column.cells(found)


def _read(cells: pd.Series, word: str) -> pd.Series:
    if word in ("document", "customer_id", "payment_id", "order_ref"):
        found = without_point_zero(cells)
        is_none = found.isin(NO_NUMBER) if word == "document" else None
        return found if is_none is None or not is_none.any() else found.mask(is_none, "")
    if word == "terms":
        return terms_days(cells)
    if word in ("disputed", "is_consumer"):
        return flags(cells)
    if word in ("reminder_level", "level"):
        return pd.to_numeric(cells.str.extract(r"(\d{1,2})")[0], errors="coerce").astype("Int64")
    return one_space(cells)


def without_point_zero(cells: pd.Series) -> pd.Series:
    """Return numbers of documents or customers without the ``.0`` that a spreadsheet added.

    Only when every filled cell has it; leading zeros stay.

    Examples
    --------
    >>> without_point_zero(pd.Series(["17.0", "", "18.0"])).tolist()
    ['17', '', '18']
    """
    filled = cells[cells != ""]
    parts = (filled.head(1), filled)  # one cell mostly tells
    if len(filled) and all(matches(part, r"^\d+\.0$").all() for part in parts):
        return cells.str.removesuffix(".0")
    return cells


def terms_days(cells: pd.Series) -> pd.Series:
    """Return payment terms in days; missing when the text names none.

    Examples
    --------
    >>> terms_days(pd.Series(["Net 30", "14 dagen", "2/10 net 45", "NAA8", "contant"])).tolist()
    [30, 14, 45, <NA>, 0]
    """
    text = cells.str.lower()
    net = text.str.extract(r"(?:net|netto|termijn)\D{0,3}(\d{1,3})")[0]
    days = text.str.extract(r"(\d{1,3})\s*(?:d\b|dg|dag|day|tage|jours|días|dias|giorni|net)")[0]
    bare = text.str.extract(r"^\s*(\d{1,3})(?:\.0+)?\s*$")[0]
    found = pd.to_numeric(net.fillna(days).fillna(bare), errors="coerce")
    found = found.mask(text.str.fullmatch(rf".*\b(?:{AT_ONCE})\b.*") & found.isna(), 0)
    return found.where(found <= MAX_TERMS_DAYS).astype("Int64")


def flags(cells: pd.Series) -> pd.Series:
    """Return yes and no in the usual words; missing when the text is neither."""
    codes, unique = pd.factorize(cells)
    read = [_flag(str(text).strip()) for text in unique]
    return pd.Series(pd.array(read, dtype="boolean").take(codes), index=cells.index)


def _flag(text: str) -> bool | None:
    if YES.match(text) or CONSUMER.search(text):
        return True
    return False if NO.match(text) or BUSINESS.search(text) else None
