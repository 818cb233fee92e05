"""Finds the headers in a grid and takes the rows below them, each with its row number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.header_row import Header, find_header
from credit_helpers.intake.headers import key_of
from credit_helpers.intake.observed import observed_on
from credit_helpers.intake.tables import Grid, KnownTable, RawTable
from credit_helpers.intake.texts import is_bare

LOOK_ROWS = 60
TITLE_CELLS = 20
MAX_BELOW = 6
MAX_RAGGED_SHARE = 0.5
RULES = ("--", "==", "__", "**", "+-")
RULE = r"[-=_+*|\s]{5,}"


def lay_out(grid: Grid, own_headers: Collection[str] = ()) -> RawTable | None:
    """Return the grid as a table, or ``None`` when no row looks like headers.

    Parameters
    ----------
    grid : Grid
    own_headers : collection of str
        Headers that the client's own mapping names.

    Raises
    ------
    InputError
        When rows do not line up with the headers because a decimal comma splits them, or when
        most rows do not line up.
    """
    if grid.known is not None:
        return _known_table(grid, grid.known)
    head = grid.cells.head(LOOK_ROWS).fillna("").apply(lambda column: column.str.strip())
    header = find_header(head, {key_of(name) for name in own_headers})
    _check_ragged(grid, header.rows[-1] if header else _first_filled(head))
    if header is None:
        return None
    width = max(place for place, name in enumerate(header.names) if name) + 1
    return _table(grid, header, width, head)


def is_title(grid: Grid) -> bool:
    """Return whether a grid without headers only tells the day of the tables beside it."""
    texts = _texts(grid)
    return grid.known is None and len(texts) <= TITLE_CELLS and observed_on(texts) is not None


def _texts(grid: Grid) -> tuple[str, ...]:
    cells = grid.cells.head(TITLE_CELLS + 1).fillna("").to_numpy().ravel()
    return tuple(str(cell) for cell in cells if cell != "")


def with_titles(raw: RawTable, grid: Grid) -> RawTable:
    """Return a table with the texts of a grid of the same file among its titles."""
    if raw.file != grid.file or raw.known is not None:
        return raw
    return replace(raw, titles=(*raw.titles, *_texts(grid)))


def _known_table(grid: Grid, known: KnownTable) -> RawTable:
    """Return a table whose columns the format itself names."""
    kinds = None
    if grid.kinds is not None:
        kinds = pd.DataFrame(grid.kinds, columns=grid.cells.columns)
    return RawTable(
        file=grid.file,
        sheet=grid.sheet,
        cells=grid.cells.reset_index(drop=True),
        rows=grid.cells.index.to_numpy() + 1,
        header_row=1,
        kinds=kinds,
        titles=(f"as of {known.books.until}",) if known.books.until else (),
        reasons=known.reasons.astype(object),
        notes=grid.notes,
        known=known,
    )


def _first_filled(head: pd.DataFrame) -> int:
    counts = (head != "").sum(axis=1)
    filled = counts[counts > 1]
    return int(filled.index[0]) if len(filled) else 0


def _check_ragged(grid: Grid, place: int) -> None:
    filled = np.flatnonzero((grid.cells.iloc[place].fillna("") != "").to_numpy())
    width = int(filled[-1]) + 1 if len(filled) else 0
    over = grid.cells.iloc[place + 1 :, width:]
    if grid.kinds is not None or over.shape[1] == 0:
        return
    ragged = (over.fillna("") != "").any(axis=1)
    rows = over.index[ragged]
    if not len(rows):
        return
    values = {**grid.place, "row": int(rows[0]) + 1, "rows": len(rows)}
    cells = grid.cells.loc[rows].fillna("")
    if _has_split_decimal(cells):
        raise InputError(Fault("decimal_comma_unquoted", values))
    if len(rows) > MAX_RAGGED_SHARE * (len(over) or 1):
        raise InputError(Fault("rows_ragged", values))


def _has_split_decimal(cells: pd.DataFrame) -> bool:
    """Return whether a number and two digits stand side by side: ``1.161`` and ``41``."""
    for left, right in zip(cells.columns[:-1], cells.columns[1:], strict=True):
        digits = cells[left].str.strip().str.fullmatch(r"[-€ ]*\d{1,3}(?:[.]?\d{3})*")
        cents = cells[right].str.strip().str.fullmatch(r"\d{1,2}-?")
        if (digits & cents).any():
            return True
    return False


def _table(grid: Grid, header: Header, width: int, head: pd.DataFrame) -> RawTable:
    place, own_names = header.rows[-1], header.names
    names = _unique_names(own_names)
    body = grid.cells.iloc[place + 1 :]
    cut = np.zeros(len(body), dtype=bool)
    cut[-1:] = grid.is_cut and body.iloc[-1:, :width].isna().any(axis=None)
    body = body.fillna("")
    for column in body:
        if not is_bare(body[column]):
            body[column] = body[column].str.replace("\u00a0", " ", regex=False).str.strip()
    filled = _has_text(body) & ~_ruled(body)
    over = _has_text(body.iloc[:, width:])
    headers = list(body.columns[:width])
    repeated = np.ones(len(body), dtype=bool)
    for column in headers:
        repeated &= (body[column] == head[column].iloc[place]).to_numpy()
    reasons = np.full(len(body), "", dtype=object)
    reasons[over | cut] = "ragged_row"
    reasons[repeated] = "repeated_header"
    body.columns = names
    used = [name for name, own in zip(names, own_names, strict=True) if own != ""]
    kept = used + [name for name in names if name not in used and (body[name] != "").any()]
    kinds = None
    if grid.kinds is not None:
        kinds = pd.DataFrame(grid.kinds[place + 1 :][filled], columns=names)[kept]
    above = head.iloc[: header.rows[0]].to_numpy().ravel()
    titles = tuple(str(cell) for cell in (*above, *_below(body)) if cell != "")
    return RawTable(
        file=grid.file,
        sheet=grid.sheet,
        cells=(body[kept] if filled.all() else body.loc[filled, kept]).reset_index(drop=True),
        rows=body.index.to_numpy()[filled] + 1,
        header_row=header.rows[0] + 1,
        kinds=kinds,
        titles=titles,
        reasons=reasons[filled],
        notes=grid.notes,
        lead=_lead(head, header.rows[0]),
    )


def _lead(head: pd.DataFrame, place: int) -> str:
    """Return the text of the row above the headers when it is the only one there."""
    if not place:
        return ""
    texts = [str(cell) for cell in head.iloc[place - 1] if cell != ""]
    return texts[0] if len(texts) == 1 else ""


def _has_text(cells: pd.DataFrame) -> np.ndarray:
    """Return which rows have a filled cell."""
    hit = np.zeros(len(cells), dtype=bool)
    for column in cells:
        hit |= (cells[column] != "").to_numpy()
    return hit


def _below(body: pd.DataFrame) -> np.ndarray:
    """Return the texts of the rows below the last one that is filled as a row of a list is."""
    last = body.tail(MAX_BELOW)
    few = (last != "").sum(axis=1).to_numpy() <= 2
    count = int(np.argmin(few[::-1])) if not few.all() else len(few)
    return last.tail(count).to_numpy().ravel()


def _ruled(body: pd.DataFrame) -> np.ndarray:
    """Return which rows only draw a line: a printed list has one above its total."""
    first = body.iloc[:, 0]
    hit = first.str.startswith(RULES).to_numpy(dtype=bool).copy()
    drawn = first[hit].str.fullmatch(RULE) & (body[hit].iloc[:, 1:] == "").all(axis=1)
    hit[hit] = drawn.to_numpy(dtype=bool)
    return hit


def _unique_names(headers: list[str]) -> list[str]:
    """Return headers made unique: an empty one by its place, a repeated one by a number.

    Examples
    --------
    >>> _unique_names(["Naam", "", "Naam"])
    ['Naam', 'kolom 2', 'Naam.1']
    """
    seen: dict[str, int] = {}
    names = []
    for place, header in enumerate(headers, start=1):
        name = header or f"kolom {place}"
        while name in seen:
            seen[name] += 1
            name = f"{name}.{seen[name] - 1}"
        seen[name] = 1
        names.append(name)
    return names
