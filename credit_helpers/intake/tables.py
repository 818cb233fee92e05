"""What travels through the intake: a grid as it was read, a table with its headers, typed rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from credit_helpers.intake.texts import Column, column_of
from credit_helpers.portfolio.ledger import Note

TEXT_CELL, NUMBER_CELL, DATE_CELL = 0, 1, 2

# Per concept the headers that can stand for it: confidence, rank, place, header.
Candidates = dict[str, list[tuple[float, int, int, str]]]


@dataclass(frozen=True)
class TieOut:
    """A balance that an audit file states beside that of the lines that were read, in cents.

    ``what`` is ``general_ledger``, ``opening_balance`` or ``closing_balance``; ``cause`` is why
    they differ where the file itself tells.
    """

    account: str
    ledger_cents: int
    subledger_cents: int
    what: str = "general_ledger"
    cause: str = ""


@dataclass(frozen=True)
class Books:
    """Whose accounts an audit file holds, of which period, and what debtors owed at its ends.

    Parameters
    ----------
    number, name, tax : str
        Number of the company in its package, its name, its VAT number; ``""`` when not told.
    start, until : str
        First and last day of the period, as 2026-12-31; ``""`` when not told.
    opening_cents, closing_cents : int
        By the lines of debtors; the opening by the general ledger when it has no lines.
    """

    number: str = ""
    name: str = ""
    tax: str = ""
    start: str = ""
    until: str = ""
    opening_cents: int = 0
    closing_cents: int = 0


@dataclass(frozen=True)
class KnownTable:
    """What an audit file says of a table that it holds.

    Parameters
    ----------
    role : str
    words : mapping of str to str
        Our word -> name of the column of the grid, which has names instead of numbers.
    reasons : ndarray of object
        Why a row is set aside, ``""`` while it is not.
    books : Books
    tie_outs : tuple of TieOut
    currency : str
        Currency of the amounts, ``""`` when it is not told.
    opening : ndarray of bool, optional
        Which rows were open at the start already.
    """

    role: str
    words: Mapping[str, str]
    reasons: np.ndarray
    books: Books = field(default_factory=Books)
    tie_outs: tuple[TieOut, ...] = ()
    currency: str = ""
    opening: np.ndarray | None = None


@dataclass(frozen=True)
class Grid:
    """A sheet as it stands in the file, before anything is known of it.

    Parameters
    ----------
    file, sheet : str
        Names as the user sees them; ``sheet`` is empty for a file without sheets.
    cells : DataFrame
        Text of every cell, columns 0, 1, ...; a field that the row does not have is missing.
        Row ``i`` of the frame is row ``i + 1`` of the file.
    kinds : ndarray, optional
        Per cell: text, number or date. A number or a date needs no guess about its notation.
    notes : tuple of Note
    is_cut : bool
        The last row ends without a line end, so it may have been cut off.
    known : KnownTable, optional
        What the format itself tells about the table; nothing is then left to recognise.
    """

    file: str
    sheet: str
    cells: pd.DataFrame
    kinds: np.ndarray | None = None
    notes: tuple[Note, ...] = ()
    is_cut: bool = False
    known: KnownTable | None = None

    @property
    def place(self) -> dict[str, str]:
        """File and sheet as one phrase for a message."""
        return {"file": f"{self.file} [{self.sheet}]" if self.sheet else self.file}


@dataclass(frozen=True)
class RawTable:
    """Rows under their headers, still as text.

    Parameters
    ----------
    file, sheet : str
    cells : DataFrame
        Text, ``""`` when empty; one column per header, headers made unique.
    rows : ndarray
        Row number that a spreadsheet shows, per row.
    header_row : int
        Row number of the headers.
    kinds : DataFrame, optional
        As in :class:`Grid`, same shape as ``cells``.
    titles : tuple of str
        Texts above the headers.
    reasons : ndarray of object
        Why a row is set aside, ``""`` while it is not.
    lead : str
        The one text right above the headers, such as the debtor of the first group.
    """

    file: str
    sheet: str
    cells: pd.DataFrame
    rows: np.ndarray
    header_row: int
    kinds: pd.DataFrame | None
    titles: tuple[str, ...]
    reasons: np.ndarray
    notes: tuple[Note, ...] = ()
    known: KnownTable | None = None
    lead: str = ""

    @property
    def place(self) -> str:
        """File and sheet as one phrase for a message."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {}

    def column(self, header: str) -> Column:
        """Return the different texts of a column; found once."""
        if header not in self._columns:
            self._columns[header] = column_of(self.cells[header])
        return self._columns[header]

    def is_kind(self, header: str, kind: int) -> np.ndarray:
        """Return which cells of a column the file itself marks as a number or a date."""
        if self.kinds is None:
            return np.zeros(len(self.cells), dtype=bool)
        return self.kinds[header].to_numpy() == kind


@dataclass(frozen=True)
class Choice:
    """The header that stands for one of our words, with the confidence of that, 0 to 1."""

    header: str
    confidence: float
    concept: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table whose role and columns are known.

    Parameters
    ----------
    raw : RawTable
    role : str
        ``invoices``, ``payments``, ``customers``, ``limits``, ``promises``, ``disputes``,
        ``reminders``, or ``""`` when it is not used.
    columns : mapping of str to Choice
    found : Candidates
        What each column can be.
    """

    raw: RawTable
    role: str
    columns: Mapping[str, Choice] = field(default_factory=dict)
    found: Candidates = field(default_factory=dict)


@dataclass(frozen=True)
class TypedTable:
    """A table with values instead of text.

    Parameters
    ----------
    table : Table
    values : DataFrame
        One column per word of ours, one row per row of the file: dates as ``datetime64``,
        amounts as whole cents (``Int64``), the rest text (``""`` when empty).
    reasons : ndarray of object
        Why a row is set aside, ``""`` when it is accepted.
    columns : ndarray of object
        The header that the reason is about.
    is_accepted : ndarray of bool
        Which rows have no reason; kept by :meth:`set_aside`.
    """

    table: Table
    values: pd.DataFrame
    reasons: np.ndarray
    columns: np.ndarray
    is_accepted: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_accepted", self.reasons == "")

    def set_aside(self, where: np.ndarray, reason: str, word: str = "") -> None:
        """Give rows a reason to be set aside, unless they have one already."""
        hit = np.flatnonzero(np.asarray(where, dtype=bool) & self.is_accepted)
        self.reasons[hit] = reason
        self.is_accepted[hit] = False
        if word in self.table.columns:
            self.columns[hit] = self.table.columns[word].header

    @property
    def accepted(self) -> pd.DataFrame:
        """The rows that are not set aside, with their row number as ``source_row``."""
        return self.kept(self.values.assign(source_row=self.table.raw.rows))

    def kept(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return those of as many rows as the table has that are not set aside."""
        return rows if self.is_accepted.all() else rows[self.is_accepted].reset_index(drop=True)
