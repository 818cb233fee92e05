"""Reads the XML of Excel 2003 (SpreadsheetML), which packages often call .xls."""

from __future__ import annotations

from typing import Any

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.tables import DATE_CELL, NUMBER_CELL, TEXT_CELL, Grid
from credit_helpers.intake.written_table import WrittenTable
from credit_helpers.intake.xml_file import Xml, local, records
from credit_helpers.portfolio.ledger import Note

ROOT, SPACE = "Workbook", "urn:schemas-microsoft-com:office:spreadsheet"
KINDS = {"Number": NUMBER_CELL, "DateTime": DATE_CELL}


def is_sheet_xml(xml: Xml) -> bool:
    """Return whether an XML file is a workbook of Excel 2003."""
    return xml.root == ROOT and xml.namespace == SPACE


def read_sheet_xml(xml: Xml) -> list[Grid]:
    """Return one grid per visible sheet.

    Raises
    ------
    InputError
        When the file is damaged, or its sheets are empty or wider than any list.
    """
    file = xml.path.name
    tables: dict[str, WrittenTable] = {}
    hidden: set[str] = set()
    for name, element in records(xml, ("Row", "Visible")):
        sheet = next(element.iterancestors(f"{{{SPACE}}}Worksheet"), None)
        title = _told(sheet, "Name") if sheet is not None else ""
        if name == "Visible":
            hidden |= {title}
        else:
            _take(element, tables.setdefault(title, WrittenTable(file, title)))
    shown = {name: table for name, table in tables.items() if name not in hidden} or tables
    grids = [grid for grid in (table.grid() for table in shown.values()) if grid is not None]
    if not grids:
        raise InputError(Fault("file_empty", {"file": file}))
    if len(shown) < len(tables):
        note = Note("sheets_hidden", {"file": file, "sheets_count": len(tables) - len(shown)})
        first = grids[0]
        notes = (*first.notes, note)
        grids[0] = Grid(first.file, first.sheet, first.cells, first.kinds, notes)
    return grids


def _told(element: Any, name: str) -> str:
    return element.get(f"{{{SPACE}}}{name}", "")


def _number(element: Any, name: str) -> int | None:
    text = _told(element, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _take(row: Any, table: WrittenTable) -> None:
    place = _number(row, "Index")
    table.open_row(place - 1 if place and place > len(table.rows) else None)
    table.hidden += _told(row, "Hidden") == "1"
    column = 0
    for cell in row:
        if local(cell) != "Cell":
            continue
        column = (_number(cell, "Index") or column + 1) - 1
        text, kind = _value(cell)
        table.add(column, text, kind)
        across, down = _number(cell, "MergeAcross") or 0, _number(cell, "MergeDown") or 0
        if down:
            table.merge(column, across, down)
        column += across + 1
    row.clear()


def _value(cell: Any) -> tuple[str, int]:
    data = next((child for child in cell if local(child) == "Data"), None)
    if data is None:
        return "", TEXT_CELL
    text = "".join(data.itertext()).strip()
    kind = KINDS.get(_told(data, "Type"), TEXT_CELL) if text else TEXT_CELL
    return (text[:10] if kind == DATE_CELL else text), kind
