"""One cell, one name of a sheet: text stays text, and nothing is lost without a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from credit_helpers.errors import Fault, ReportError
from credit_helpers.words import Words

TEXT_LENGTH = 32_767
NAME_LENGTH = 31
WIDTHS = (9, 48)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")


def safe_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """Return a sheet name that Excel accepts and that no other sheet has.

    Examples
    --------
    >>> safe_name("Ouderdom"), safe_name("1/2: [x]*"), safe_name("Ouderdom", ["ouderdom"])
    ('Ouderdom', '1 2 x', 'Ouderdom (2)')
    """
    name = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("'")[:NAME_LENGTH].strip() or "-"
    used = {known.lower() for known in taken} | {"history"}
    candidate, number = name, 1
    while candidate.lower() in used:
        number += 1
        ending = f" ({number})"
        candidate = name[: NAME_LENGTH - len(ending)].rstrip() + ending
    return candidate


def put(sheet: Worksheet, row: int, place: int, value: Any, shown: Format) -> None:
    """Write one value as what it is: text never becomes a formula, a link or a number.

    Raises
    ------
    ReportError
        When the sheet has no such row or column.
    """
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        code = sheet.write_blank(row, place, None, shown)
    elif isinstance(value, str):
        code = sheet.write_string(row, place, value, shown)
    elif hasattr(value, "year"):
        code = sheet.write_datetime(row, place, value, shown)
    else:
        code = sheet.write_number(row, place, value, shown)
    if code in (-1, -2):
        raise ReportError(Fault("workbook_full", {"sheet": sheet.get_name(), "row": row + 1}))


def cut(text: str, words: Words) -> str:
    """Return a text that fits a cell, with a visible mark when something is left out."""
    mark = words.label("workbook.cut")
    return text if len(text) <= TEXT_LENGTH else text[: TEXT_LENGTH - len(mark)] + mark


def width_of(texts: Iterable[str]) -> float:
    """Return a column width that shows most of these texts."""
    longest = max((len(text) for text in texts), default=0)
    return min(max(longest + 2, WIDTHS[0]), WIDTHS[1])


def cell_values(values: pd.Series, unit: str, words: Words) -> list[Any]:
    """Return a column as a worksheet takes it: euros for cents, days for dates, text as text."""
    if unit == "cents":
        return [None if pd.isna(value) else int(value) / 100 for value in values]
    if unit in ("date", "month"):
        days = pd.to_datetime(values)
        return [None if day is pd.NaT else day.to_pydatetime() for day in days]
    if unit == "text":
        return [None if pd.isna(value) else _text(value, words) for value in values]
    return [None if pd.isna(value) else float(value) for value in values]


def measured(value: Any, unit: str) -> str:
    """Return a value about as long as its cell shows it."""
    if value is None:
        return ""
    if unit == "cents":
        return f"{value:,.2f}"
    if isinstance(value, str):
        return value
    return "00-00-0000" if hasattr(value, "year") else f"{value:,.1f}"


def in_sheet(sheet: Worksheet, cells: str) -> str:
    """Return cells with the name of their sheet, for a formula."""
    name = sheet.get_name().replace("'", "''")
    return f"'{name}'!{cells}"


def shown_address(address: str) -> str:
    """Return an address as a reader types it: quotes only where the name of the sheet needs them.

    Examples
    --------
    >>> shown_address("'DSO'!D5"), shown_address("'Per land'!B9")
    ('DSO!D5', "'Per land'!B9")
    """
    name, _, cell = address.rpartition("!")
    plain = name.strip("'")
    return f"{plain}!{cell}" if _PLAIN_NAME.fullmatch(plain) else address


def _text(value: Any, words: Words) -> str:
    if isinstance(value, (bool, np.bool_)):
        return words.label(f"flag.{'yes' if value else 'no'}")
    return cut(str(value), words)
