"""Reads the tables of a web page: some packages write one and call it an Excel file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from lxml import etree

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.csv_file import decode
from credit_helpers.intake.tables import Grid
from credit_helpers.intake.written_table import MAX_COLUMNS, WrittenTable

MAX_BYTES = 200_000_000
MAX_SPAN = 10_000
MAX_TABLES = 200
CELLS = ("td", "th")
HEADINGS = ("h1", "h2", "h3", "h4", "caption", "title", "p")
MAX_HEADINGS = 10
UNSEEN = ("script", "style")
BREAK = ("br", "p", "div")


def read_web_page(path: Path) -> list[Grid]:
    """Return one grid per table of a page; nothing on the page is followed or run.

    Raises
    ------
    InputError
        When the page is too large or has no table.
    """
    if path.stat().st_size > MAX_BYTES:
        raise InputError(Fault("file_too_large", {"file": path.name}))
    text, _ = decode(path.read_bytes(), path.name)
    tables: dict[Any, WrittenTable] = {}
    headings: list[str] = []
    try:
        for _, element in etree.iterparse(
            io.BytesIO(text.encode("utf-8", errors="replace")),
            events=("end",),
            tag=("tr", *HEADINGS),
            html=True,
            encoding="utf-8",
            no_network=True,
            remove_comments=True,
        ):
            if element.tag == "tr":
                _take(element, tables, path.name)
            elif len(headings) < MAX_HEADINGS and next(element.iterancestors(*CELLS), None) is None:
                headings.append(_text(element))
    except etree.XMLSyntaxError as error:
        raise InputError(Fault("file_web_page", {"file": path.name})) from error
    found = [table.grid() for table in tables.values()]
    grids = [grid for grid in found if grid is not None]
    if not grids:
        raise InputError(Fault("file_web_page", {"file": path.name}))
    return [*grids, *_titles(path.name, headings)]


def _titles(file: str, headings: list[str]) -> Iterator[Grid]:
    """Yield the headings of a page as a grid of their own, one below the other."""
    texts = [text for text in headings if text]
    if texts:
        yield Grid(file, "", pd.DataFrame({0: pd.array(texts, dtype="str")}))


def _take(row: Any, tables: dict[Any, WrittenTable], file: str) -> None:
    """Put a row in the table that it stands in, unless it only holds another table."""
    own = next(row.iterancestors("table"), None)
    if own is None or next(row.iter("table"), None) is not None:
        return
    if own not in tables:
        if len(tables) == MAX_TABLES:
            raise InputError(Fault("file_web_page", {"file": file}))
        sheet = f"tabel {len(tables) + 1}" if tables else ""
        tables[own] = WrittenTable(file, sheet)
    table = tables[own]
    table.open_row()
    place = 0
    for cell in row:
        if cell.tag not in CELLS:
            continue
        while table.busy.get(place, -1) >= len(table.rows) - 1:
            place += 1
        across, down = _span(cell, "colspan", MAX_COLUMNS), _span(cell, "rowspan", MAX_SPAN)
        table.add(place, _text(cell))
        if down:
            table.merge(place, across, down)
            last = len(table.rows) - 1 + down
            table.busy |= dict.fromkeys(range(place, place + across + 1), last)
        place += across + 1
    row.clear(keep_tail=False)


def _span(cell: Any, name: str, most: int) -> int:
    """Return how many more cells a cell covers."""
    found = re.match(r"\s*(\d{1,6})", cell.get(name, ""))
    return min(max(int(found[1]) - 1, 0), most) if found else 0


def _text(cell: Any) -> str:
    """Return what a reader sees of a cell, on one line."""
    parts = []
    for element in cell.iter():
        if element.tag in BREAK:
            parts.append(" ")
        if element.tag not in UNSEEN:
            parts.append(element.text or "")
        if element is not cell:
            parts.append(element.tail or "")
    return " ".join("".join(parts).split())
