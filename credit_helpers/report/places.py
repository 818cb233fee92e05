"""Where the workbook holds what: columns, figures and policy values as addresses of cells.

Formulas name what they need, see :mod:`credit_helpers.views.formulas`; here a name becomes a cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from credit_helpers.report.cells import in_sheet, shown_address
from credit_helpers.report.sheet import ROW, Part
from credit_helpers.report.sheet_sizes import HEADER
from credit_helpers.views.table import Table
from credit_helpers.words import Words

_TOKEN = re.compile(
    r"\[@(?P<own>\w+)\]"
    r"|\[(?P<table>\w+)\.(?P<column>\w+)(?: (?P<at>first|last|total|nth))?\]"
    r"|\{policy:(?P<policy>[\w.]+)\}"
    r"|\{word:(?P<word>[\w.]+)\}"
    r"|\{(?P<figure>[\w.]+)\}"
)


def figure_name(key: str) -> str:
    """Return the name of a figure's cell, as both Excel and LibreOffice accept it.

    Examples
    --------
    >>> figure_name("dso.dso_days"), policy_name("dso.target_days")
    ('dso_dso_days', 'policy_dso_target_days')
    """
    return re.sub(r"\W", "_", key)


def policy_name(key: str) -> str:
    """Return the name of a policy value's cell."""
    return figure_name(f"policy.{key}")


@dataclass(frozen=True)
class Evidence:
    """Where the workbook has what the report shows.

    Parameters
    ----------
    figures : mapping
        Of each figure the cell that shows it (``evidence``, for example ``DSO!D5``) and the name
        of its cell among the figures (``name``).
    tables : mapping
        Of each table its ``sheet``, its ``first`` and ``last`` row, the row of the ``total`` and
        the letters of its ``columns``.
    """

    figures: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, Mapping[str, Any]]


def cells_of(table: Table, parts: Sequence[Part]) -> dict[str, Any]:
    """Return where a table is; of one on several sheets, its first."""
    part = parts[0]
    last = HEADER + 1 + part.last - part.first
    return {
        "sheet": shown_address(in_sheet(part.sheet, "A1")).rpartition("!")[0],
        "first": HEADER + 2,
        "last": last,
        "total": last + 1 if table.has_totals and len(parts) == 1 else None,
        "columns": {c.key: xl_col_to_name(place) for place, c in enumerate(table.columns)},
    }


class _AbsentError(LookupError):
    """The workbook does not hold what a formula asks for."""


@dataclass(frozen=True)
class Places:
    """Turns names into addresses.

    Parameters
    ----------
    words : Words
    figures, policy : collection of str
        Keys of the figures and of the policy values that have a named cell.
    tables : mapping
        The parts of each table by its name, and the table itself.
    """

    words: Words
    figures: Collection[str] = ()
    policy: Collection[str] = ()
    tables: Mapping[str, tuple[Table, Sequence[Part]]] = field(default_factory=dict)

    def formula(self, text: str, *, table: str = "", nth: int = 0) -> str | None:
        """Return a formula with addresses; ``None`` when the workbook lacks what it asks for.

        Parameters
        ----------
        text : str
        table : str
            The table of which columns of the same row are meant.
        nth : int
            The row that ``nth`` means, from 0.
        """
        try:
            return "=" + _TOKEN.sub(lambda found: self._cells(found, table, nth), text)
        except _AbsentError:
            return None

    def sheets(self, text: str) -> list[str]:
        """Return the names of the sheets that a formula takes from, each once."""
        names = [found["table"] for found in _TOKEN.finditer(text) if found["table"]]
        known = [self.tables[name][1][0].sheet.get_name() for name in names if name in self.tables]
        return list(dict.fromkeys(known))

    def held(self, text: str, value: Any) -> str | None:
        """Return the cell of a table that has this value; ``None`` when there is no such cell."""
        found = _TOKEN.fullmatch(text)
        if found is None or found["table"] not in self.tables:
            return None
        table, _ = self.tables[found["table"]]
        stated = _stated(table, found["column"], found["at"])
        if stated is None or value is None or pd.isna(stated) or stated != value:
            return None
        address = self.formula(text)
        return address.removeprefix("=").replace("$", "") if address else None

    def _cells(self, found: re.Match[str], own_table: str, nth: int) -> str:
        if found["own"]:
            return xl_col_to_name(self._place(own_table, found["own"])) + ROW
        if found["table"]:
            return self._address(found, nth)
        if found["word"]:
            word = self.words.label(found["word"]).replace('"', '""')
            return f'"{word}"'
        if found["policy"]:
            return _known(found["policy"], self.policy, policy_name(found["policy"]))
        return _known(found["figure"], self.figures, figure_name(found["figure"]))

    def _place(self, name: str, column: str) -> int:
        if name not in self.tables:
            raise _AbsentError
        table, parts = self.tables[name]
        keys = [c.key for c in table.columns]
        if column not in keys or len(parts) > 1 or not len(table.frame):
            raise _AbsentError
        return keys.index(column)

    def _address(self, found: re.Match[str], nth: int) -> str:
        place = self._place(found["table"], found["column"])
        table, (part,) = self.tables[found["table"]]
        rows = len(table.frame)
        offset = {"first": 0, "last": rows - 1, "total": rows, "nth": nth}
        if not found["at"]:
            return part.cells(place)
        row = offset[found["at"]]
        if row > rows or (row == rows and not (found["at"] == "total" and table.has_totals)):
            raise _AbsentError
        cell = xl_rowcol_to_cell(HEADER + 1 + row, place, row_abs=True, col_abs=True)
        return in_sheet(part.sheet, cell)


def _known(key: str, keys: Collection[str], name: str) -> str:
    if key not in keys:
        raise _AbsentError
    return name


def _stated(table: Table, column: str, at: str | None) -> Any:
    if column not in table.frame or not len(table.frame):
        return None
    if at == "total":
        return table.totals().get(column)
    return table.frame[column].iloc[0 if at == "first" else -1]
