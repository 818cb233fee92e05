"""From rows of cells, as a page or a sheet in XML writes them, to a grid."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.merged import Range, fill_merged
from credit_helpers.intake.tables import TEXT_CELL, Grid
from credit_helpers.portfolio.ledger import Note

MAX_COLUMNS, MAX_ROWS = 2_000, 1_100_000


@dataclass
class WrittenTable:
    """A table while its cells come by, each with the number of its row and column, from 0.

    Parameters
    ----------
    file, sheet : str
    busy : dict of int to int
        Column -> the last row that a cell from above covers there.
    """

    file: str
    sheet: str
    rows: list[dict[int, str]] = field(default_factory=list)
    kinds: dict[tuple[int, int], int] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    busy: dict[int, int] = field(default_factory=dict)
    hidden: int = 0
    width: int = 0

    def open_row(self, place: int | None = None) -> None:
        """Begin a row: the next, or the one that the file names."""
        place = len(self.rows) if place is None else place
        if place >= MAX_ROWS:
            values = {"file": self.file, "columns": max(self.width, 1), "rows": place + 1}
            raise InputError(Fault("sheet_too_wide", values))
        self.rows += [{} for _ in range(place + 1 - len(self.rows))]

    def add(self, column: int, text: str, kind: int = TEXT_CELL) -> None:
        """Put a cell in the row that is open."""
        if column >= MAX_COLUMNS:
            raise InputError(Fault("too_many_columns", {"file": self.file, "columns": MAX_COLUMNS}))
        row = len(self.rows) - 1
        if text:
            self.rows[row][column] = text
            self.width = max(self.width, column + 1)
        if kind != TEXT_CELL:
            self.kinds[row, column] = kind

    def merge(self, column: int, across: int, down: int) -> None:
        """Say how many cells to the right and below belong to one."""
        row = len(self.rows) - 1
        down = min(down, MAX_ROWS)
        self.merged.append((row, column, row + down, column + across))

    def grid(self) -> Grid | None:
        """Return the table as it stands, ``None`` when nothing is in it."""
        if not self.width:
            return None
        columns = range(self.width)
        texts = {c: pd.array([row.get(c, "") for row in self.rows], dtype="str") for c in columns}
        kinds = np.full((len(self.rows), self.width), TEXT_CELL, dtype="int8")
        for place, kind in self.kinds.items():
            if place[1] < self.width:
                kinds[place] = kind
        cells = fill_merged(pd.DataFrame(texts), kinds, self.merged)
        notes = ()
        if self.hidden:
            notes = (Note("rows_hidden", {"file": self.file, "rows_count": self.hidden}),)
        return Grid(self.file, self.sheet, cells, kinds, notes)
