"""Reads the sheets of a spreadsheet as text, with what the file itself calls a number or a date."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.hidden import Hidden
from credit_helpers.intake.merged import fill_merged
from credit_helpers.intake.packages import check_package
from credit_helpers.intake.quiet import native_quiet
from credit_helpers.intake.tables import DATE_CELL, NUMBER_CELL, TEXT_CELL, Grid
from credit_helpers.portfolio.ledger import Note

MAX_COLUMNS = 2_000


def read_excel(path: Path) -> list[Grid]:
    """Return one grid per visible sheet that holds something.

    Raises
    ------
    InputError
        When the file is encrypted, damaged, unpacks to more than is reasonable, or is empty.
    """
    unseen = check_package(path)
    try:
        with native_quiet():
            hidden, shown, grids = _sheets(path)
    except PasswordError as error:
        raise InputError(Fault("file_encrypted", {"file": path.name})) from error
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(Fault("file_damaged", {"file": path.name})) from error
    except BaseException as error:
        # The reader is written in Rust; where it gives up it raises something of its own.
        if type(error).__name__ == "PanicException":
            raise InputError(Fault("file_damaged", {"file": path.name})) from error
        raise
    found = [_with_notes(grid, unseen) for grid in grids if grid is not None]
    if not found:
        raise InputError(Fault("file_empty", {"file": path.name}))
    if hidden and shown != hidden:
        note = Note("sheets_hidden", {"file": path.name, "sheets_count": len(hidden)})
        found[0] = replace(found[0], notes=(*found[0].notes, note))
    return found


def _sheets(path: Path) -> tuple[list[str], list[str], list[Grid | None]]:
    """Return the names of hidden and of read sheets, and the grids of the latter."""
    book = CalamineWorkbook.from_path(path)
    hidden = [s.name for s in book.sheets_metadata if s.visible != SheetVisibleEnum.Visible]
    shown = [name for name in book.sheet_names if name not in hidden] or book.sheet_names
    return hidden, shown, [_grid(path.name, name, book) for name in shown]


def _with_notes(grid: Grid, unseen: Mapping[str, Hidden]) -> Grid:
    return replace(grid, notes=unseen[grid.sheet].notes(grid)) if grid.sheet in unseen else grid


def _grid(file: str, sheet: str, book: CalamineWorkbook) -> Grid | None:
    page = book.get_sheet_by_name(sheet)
    rows: list[list[Any]] = page.to_python(skip_empty_area=False)
    width = max((len(row) for row in rows), default=0)
    if not width:
        return None
    if width > MAX_COLUMNS:
        raise InputError(Fault("too_many_columns", {"file": file, "columns": MAX_COLUMNS}))
    texts: dict[int, Any] = {}
    kinds = np.full((len(rows), width), TEXT_CELL, dtype="int8")
    for place in range(width):
        column = list(map(itemgetter(place), rows))
        found = set(map(type, column))
        if found != {str}:
            kinds[:, place] = _kinds(column, found)
            column = _texts(column, found)
        texts[place] = pd.array(column, dtype="str")
    cells = pd.DataFrame(texts)
    if not (cells != "").any(axis=None):
        return None
    merged = [(*first, *last) for first, last in page.merged_cell_ranges or ()]
    return Grid(file, sheet, fill_merged(cells, kinds, merged), kinds)


def _kinds(column: Sequence[Any], found: set[type]) -> np.ndarray:
    kinds = {kind: _kind(kind) for kind in found}
    return np.fromiter(map(kinds.__getitem__, map(type, column)), "int8", len(column))


def _kind(kind: type) -> int:
    if issubclass(kind, datetime.date):
        return DATE_CELL
    return NUMBER_CELL if kind in (int, float) else TEXT_CELL


def _texts(column: Sequence[Any], found: set[type]) -> list[str]:
    """Return a column as text; each different day, or amount, of a list is written once."""
    if len(found & {bool, int, float}) > 1:  # a flag and a number are equal and read differently
        return [_text(value) for value in column]
    known = {value: _text(value) for value in set(column)}
    return [known[value] for value in column]


def _text(value: Any) -> str:
    """Return a cell as text: a number with a decimal point, a date as 2026-10-31.

    Examples
    --------
    >>> _text(183600.0), _text(0.1 + 0.2), _text(datetime.date(2026, 10, 31)), _text(True)
    ('183600', '0.3', '2026-10-31', 'TRUE')
    """
    if isinstance(value, float):
        text = f"{value:.15g}"
        return f"{value:.0f}" if "e+" in text else text
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.timedelta):
        return "00:00:00"
    return "" if value is None else str(value)
