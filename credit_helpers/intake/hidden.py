"""What a workbook hides from who looks at it: rows and columns that are in the file still."""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from credit_helpers.intake.reach import COLUMN_SHAPE, ROW_SHAPE
from credit_helpers.intake.tables import Grid
from credit_helpers.portfolio.ledger import Note

# A row without cells ends in a slash: hidden or not, it holds nothing.
ROW = re.compile(rb'<row\s[^>]*\bhidden="(?:1|true)"[^>]*(?<!/)>')
COLUMN = re.compile(rb'<col\s[^>]*\bhidden="(?:1|true)"[^>]*>')
BOUND = re.compile(rb'\b(min|max)="(\d{1,7})"')
ROW_HIDDEN, COLUMN_HIDDEN = 0x20, 0x01
ODS_SHAPE = re.compile(rb"<table:(table-row|table-column|table)(?=[\s>])([^>]*)>")
ODS_HIDDEN = re.compile(rb"table:visibility\s*=\s*[\"'](?:collapse|filter)[\"']")
ODS_TIMES = re.compile(rb"number-(?:columns|rows)-repeated\s*=\s*[\"'](\d+)")
ODS_NAME = re.compile(rb"table:name\s*=\s*\"([^\"]*)\"")
MAX_INDEX_BYTES = 5_000_000


@dataclass
class Hidden:
    """How many rows of a sheet are hidden, and which columns: first and last, from 1."""

    rows: int = 0
    columns: list[tuple[int, int]] = field(default_factory=list)

    def look(self, block: bytes, seen: int) -> None:
        """Count what lies in a block of a sheet; its first ``seen`` bytes came by before."""
        if b"hidden=" not in block:
            return
        self.rows += sum(found.end() > seen for found in ROW.finditer(block))
        for found in COLUMN.finditer(block):
            if found.end() > seen:
                told = {name: int(number) for name, number in BOUND.findall(found[0])}
                self.columns.append((told.get(b"min", 0), told.get(b"max", 0)))

    def notes(self, grid: Grid) -> tuple[Note, ...]:
        """Return what has to be said of a sheet; columns right of its last cell do not count."""
        width = grid.cells.shape[1]
        spans = [min(last, width) - first + 1 for first, last in self.columns if first <= width]
        notes = []
        if self.rows:
            notes.append(Note("rows_hidden", {**grid.place, "rows_count": self.rows}))
        if spans:
            notes.append(Note("columns_hidden", {**grid.place, "columns_count": sum(spans)}))
        return tuple(notes)


def hidden_in_xls(shaped: Mapping[str, Sequence[tuple[int, bytes]]]) -> dict[str, Hidden]:
    """Return what is hidden in a workbook of Excel 97, per sheet.

    Parameters
    ----------
    shaped : mapping of str to sequence
        Per sheet the records on its rows and columns, from :func:`reach.check_xls`.
    """
    found = {name: Hidden() for name in shaped}
    for name, records in shaped.items():
        for kind, body in records:
            if kind == ROW_SHAPE and len(body) >= 14:
                first, last = struct.unpack_from("<HH", body, 2)
                found[name].rows += bool(body[12] & ROW_HIDDEN) and last > first
            elif kind == COLUMN_SHAPE and len(body) >= 10 and body[8] & COLUMN_HIDDEN:
                first, last = struct.unpack_from("<HH", body)
                found[name].columns.append((first + 1, last + 1))
    return found


def hidden_in_ods(content: bytes) -> dict[str, Hidden]:
    """Return what is hidden or filtered out in a sheet of OpenDocument, per sheet."""
    found: dict[str, Hidden] = {}
    now, column = Hidden(), 1
    for tag in ODS_SHAPE.finditer(content):
        kind, told = tag[1], tag[2]
        times = ODS_TIMES.search(told)
        count = int(times[1][:7]) if times else 1
        is_hidden = ODS_HIDDEN.search(told) is not None
        if kind == b"table":
            name = ODS_NAME.search(told)
            now, column = Hidden(), 1
            found[unescape(name[1].decode("utf-8", "replace")) if name else ""] = now
        elif kind == b"table-column":
            if is_hidden:
                now.columns.append((column, column + count - 1))
            column += count
        elif is_hidden:
            row = content[tag.end() : content.find(b"</table:table-row>", tag.end())]
            now.rows += count if b"value-type=" in row and not told.endswith(b"/") else 0
    return found


def sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the archive that holds a sheet -> the name of the sheet."""
    links = {
        link.get("Id"): link.get("Target", "") for link in _elements(archive, "_rels/", ".rels")
    }
    return {
        _place(links.get(value, "")): sheet.get("name", "")
        for sheet in _elements(archive, "", "")
        for name, value in sheet.attrib.items()
        if name.endswith("}id")
    }


def _elements(archive: zipfile.ZipFile, folder: str, ending: str) -> Iterator[Any]:
    name = f"xl/{folder}workbook.xml{ending}"
    if name not in archive.namelist() or archive.getinfo(name).file_size > MAX_INDEX_BYTES:
        return
    try:
        yield from fromstring(archive.read(name)).iter()
    except (ParseError, DefusedXmlException, ValueError):
        return


def _place(target: str) -> str:
    """Return where a part lies, as the archive names it.

    Examples
    --------
    >>> _place("worksheets/sheet1.xml"), _place("/xl/worksheets/sheet1.xml")
    ('xl/worksheets/sheet1.xml', 'xl/worksheets/sheet1.xml')
    """
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
