"""How far the cells of a sheet lie apart: a reader keeps room for all cells in between."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from credit_helpers.errors import Fault, InputError

# A few cells in a large empty sheet are no list; a full one may be large.
MAX_CELLS, SPARSE_CELLS, SPARSE_TIMES = 30_000_000, 2_000_000, 20
ODS_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)\b([^>]*)>")
REPEATED = re.compile(rb"number-(?:columns|rows)-repeated\s*=\s*[\"']\s*(\d+)")
DOCTYPE, HEAD_BYTES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE), 1 << 16
XLSB_ROW, XLSB_CELLS = 0, frozenset((*range(1, 12), 62))


@dataclass
class Reach:
    """The last row and column that hold something, from 1, and how many cells do."""

    rows: int = 0
    columns: int = 0
    cells: int = 0

    def add(self, row: int, column: int) -> None:
        """Take a cell, counted from 0."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        self.cells += 1

    def check(self, file: str) -> None:
        """Refuse a sheet that would fill memory with empty cells.

        Raises
        ------
        InputError
            ``sheet_too_wide``, with the last row and column.
        """
        room = self.rows * self.columns
        is_sparse = room > SPARSE_CELLS and room > SPARSE_TIMES * self.cells
        if room > MAX_CELLS or is_sparse:
            values = {"file": file, "columns": self.columns, "rows": self.rows}
            raise InputError(Fault("sheet_too_wide", values))


def check_ods(content: bytes, file: str) -> None:
    """Refuse a sheet of OpenDocument whose repeated cells would fill memory.

    Empty cells and rows count only when something follows them. The reader of these sheets does
    not come back from XML that breaks off, so that is looked at here.

    Raises
    ------
    InputError
        Also ``file_damaged`` for broken XML, and ``xml_entities``.
    """
    if DOCTYPE.search(content[:HEAD_BYTES]):
        raise InputError(Fault("xml_entities", {"file": file}))
    try:
        expat.ParserCreate().Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise InputError(Fault("file_damaged", {"file": file})) from error
    reach, row, empty, place, waiting = Reach(), 0, 1, 0, 0
    for found in ODS_TAG.finditer(content):
        is_end, tag, told = bool(found[1]), found[2], found[3]
        times = REPEATED.search(told)
        count = int(times[1][:12]) if times else 1
        if tag == b"table":
            reach, row = Reach(), 0
        elif tag == b"table-row" and not is_end:
            empty, place, waiting = count, 0, 0
        elif tag == b"table-row":
            row += empty
        elif not is_end and b"value-type" in told:
            reach.columns = max(reach.columns, place + waiting + count)
            reach.rows = max(reach.rows, row + empty)
            reach.cells += 1
            place, waiting = place + waiting + count, 0
            reach.check(file)
        elif not is_end:
            waiting += count


def check_xlsb(sheet: bytes, file: str) -> None:
    """Refuse a sheet of a binary workbook whose last cell lies too far."""
    reach, row, place = Reach(), 0, 0
    while place < len(sheet):
        kind, place = _varint(sheet, place, 2)
        size, place = _varint(sheet, place, 4)
        if kind == XLSB_ROW and place + 4 <= len(sheet):
            row = int.from_bytes(sheet[place : place + 4], "little")
        elif kind in XLSB_CELLS and place + 4 <= len(sheet):
            reach.add(row, int.from_bytes(sheet[place : place + 4], "little"))
        place += size
    reach.check(file)


def _varint(data: bytes, place: int, most: int) -> tuple[int, int]:
    """Return a number of seven bits per byte, and the place behind it."""
    value = 0
    for shift in range(most):
        if place >= len(data):
            break
        byte = data[place]
        value |= (byte & 0x7F) << (7 * shift)
        place += 1
        if not byte & 0x80:
            break
    return value, place


# --- Excel 97: a compound file with one stream of records

HEADER, SECTOR_SHIFT, END = 512, 30, 0xFFFFFFFA
SHEET, LAST, DIMENSIONS = 0x0085, 0x000A, 0x0200
XLS_CELLS = frozenset((0x0006, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x0201))
ROW_SHAPE, COLUMN_SHAPE = 0x0208, 0x007D
XLS_RANGES = frozenset((0x00BD, 0x00BE))


def check_xls(data: bytes, file: str) -> dict[str, list[tuple[int, bytes]]]:
    """Refuse a workbook of Excel 97 whose compound file or cells reach too far.

    Returns
    -------
    dict of str to list
        Per sheet the records on its rows and columns: kind and body.

    Raises
    ------
    InputError
        ``file_damaged`` when the compound file does not hold together.
    """
    try:
        stream = _stream(data)
    except (struct.error, IndexError, ValueError) as error:
        raise InputError(Fault("file_damaged", {"file": file})) from error
    shaped: dict[str, list[tuple[int, bytes]]] = {}
    for name, start in [("", 0), *_sheets(stream)]:
        reach, shapes = Reach(), shaped.setdefault(name, [])
        for kind, body in _records(stream, start):
            if kind in XLS_CELLS and len(body) >= 4:
                reach.add(*struct.unpack_from("<HH", body))
            elif kind in XLS_RANGES and len(body) >= 6:
                row, first = struct.unpack_from("<HH", body)
                last = struct.unpack_from("<H", body, len(body) - 2)[0]
                reach.add(row, max(first, last))
            elif kind == DIMENSIONS:
                _check_stated(body, file)
            elif kind in (ROW_SHAPE, COLUMN_SHAPE):
                shapes.append((kind, body))
        reach.check(file)
    return shaped


def _check_stated(body: bytes, file: str) -> None:
    """Refuse a sheet that states a size which its reader would keep room for."""
    if len(body) not in (10, 14):
        raise InputError(Fault("file_damaged", {"file": file}))
    form = "<IIHH" if len(body) == 14 else "<HHHH"
    first_row, rows, first_column, columns = struct.unpack_from(form, body)
    if rows < first_row or columns < first_column:
        raise InputError(Fault("file_damaged", {"file": file}))
    if rows * columns > MAX_CELLS:
        values = {"file": file, "columns": columns, "rows": rows}
        raise InputError(Fault("sheet_too_wide", values))


def _stream(data: bytes) -> bytes:
    """Return the stream of a compound file that holds the workbook."""
    shift, mini_shift = struct.unpack_from("<HH", data, SECTOR_SHIFT)
    if shift not in (9, 12) or mini_shift != 6:
        raise ValueError("sectors of no known size")
    size = 1 << shift
    most = len(data) // size + 1
    # Sectors of: directory, table, first of the directory, -, least size, first mini, mini, more.
    counts = struct.unpack_from("<IIIIIIIII", data, 40)
    if max(counts[0], counts[1], counts[6], counts[8]) > most:
        raise ValueError("more tables than sectors")
    tables = [n for n in struct.unpack_from("<109I", data, 76) if n < END]
    fat: list[int] = []
    for table in tables:
        fat += struct.unpack_from(f"<{size // 4}I", data, (table + 1) * size)
    body = data[size:]
    entries = _chain(body, fat, counts[2], size)
    places = {_name(entries, place): place for place in range(0, len(entries) - 127, 128)}
    found = places.get("workbook", places.get("book"))
    if found is None:
        return b""
    start, wanted = struct.unpack_from("<II", entries, found + 116)
    if wanted > len(data):
        raise ValueError("stream longer than its file")
    if wanted < counts[4]:
        minis = _chain(body, fat, counts[5], size) if counts[6] else b""
        mini_fat = list(struct.unpack(f"<{len(minis) // 4}I", minis))
        root = struct.unpack_from("<I", entries, 116)[0]
        return _chain(_chain(body, fat, root, size), mini_fat, start, 64)[:wanted]
    return _chain(body, fat, start, size)[:wanted]


def _name(entries: bytes, place: int) -> str:
    length = struct.unpack_from("<H", entries, place + 64)[0]
    text = entries[place : place + max(min(length, 64) - 2, 0)]
    return text.decode("utf-16-le", "replace").casefold()


def _chain(body: bytes, fat: list[int], start: int, size: int) -> bytes:
    parts: list[bytes] = []
    while start < END:
        if len(parts) > len(body) // size:
            raise ValueError("sectors in a circle")
        parts.append(body[start * size : (start + 1) * size])
        start = fat[start]
    return b"".join(parts)


def _sheets(stream: bytes) -> list[tuple[str, int]]:
    """Return the name of each sheet and the place where its records begin."""
    return [
        (_sheet_name(body), struct.unpack_from("<I", body)[0])
        for kind, body in _records(stream, 0)
        if kind == SHEET and len(body) >= 4
    ]


def _sheet_name(body: bytes) -> str:
    if len(body) < 8:
        return ""
    is_wide, count = body[7] & 1, body[6]
    text = body[8 : 8 + (2 * count if is_wide else count)]
    return text.decode("utf-16-le" if is_wide else "latin-1", "replace")


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == LAST:
            return
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size
