"""Looks at a workbook before it is opened: what it unpacks to, and how far its cells stretch."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import IO

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.hidden import Hidden, hidden_in_ods, hidden_in_xls, sheet_names
from credit_helpers.intake.reach import Reach, check_ods, check_xls, check_xlsb

OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
ZIPPED = (".xlsx", ".xlsm", ".xlsb", ".ods")
MAX_UNPACKED_BYTES = 400_000_000
# Sheets of equal rows are packed to a fiftieth at most; what packs better is not a sheet.
SMALL_BYTES, MAX_RATIO = 50_000_000, 100
MAX_FILES = 2_000
FAR = re.compile(rb"""<(?:\w+:)?c\s[^>]{0,200}?\br\s*=\s*["']([A-Z]{2,3})\d""")
# The quotes of such a cell, which nearly every block lacks.
MAY_BE_FAR = re.compile(rb"""=\s*["'][A-Z]{2,3}\d""")
# Nearly every sheet has tags without a prefix; those are found in a third of the time.
ROW, CELL = rb"""row\s[^>]{0,200}?\br\s*=\s*["'](\d{1,7})["']""", rb"c[\s/>]"
PLAIN = re.compile(b"<" + ROW), re.compile(b"<" + CELL)
PREFIXED = re.compile(rb"<(?:\w+:)?" + ROW), re.compile(rb"<(?:\w+:)?" + CELL)
BLOCK, OVERLAP = 1 << 20, 300


def check_package(path: Path) -> dict[str, Hidden]:
    """Refuse a workbook that is encrypted, damaged, or too large to open.

    Returns
    -------
    dict of str to Hidden
        What is hidden, by the name of the sheet; empty for a binary workbook.

    Raises
    ------
    InputError
        In every one of those cases, and when it is no workbook at all.
    """
    name = {"file": path.name}
    with path.open("rb") as stream:
        mark = stream.read(4)
    if not mark:
        raise InputError(Fault("file_empty", name))
    if mark == OLE and path.suffix.lower() in ZIPPED:
        raise InputError(Fault("file_encrypted", name))
    if mark not in (OLE, ZIP):
        raise InputError(Fault("not_a_workbook", name))
    if mark == OLE:
        return hidden_in_xls(check_xls(path.read_bytes(), path.name))
    hidden: dict[str, Hidden] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            check_sizes(archive, path.name)
            names = sheet_names(archive)
            for info in archive.infolist():
                if info.filename == "content.xml":
                    content = archive.read(info)
                    check_ods(content, path.name)
                    hidden |= hidden_in_ods(content)
                elif re.search(r"worksheets/[^/]*\.bin$", info.filename, re.IGNORECASE):
                    check_xlsb(archive.read(info), path.name)
                if re.search(r"worksheets/[^/]*\.xml$", info.filename, re.IGNORECASE):
                    with archive.open(info) as sheet:
                        found = _check_reach(sheet, path.name)
                    hidden[names.get(info.filename, "")] = found
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise InputError(Fault("file_damaged", name)) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise InputError(Fault("file_damaged", name)) from error
        raise
    return hidden


def check_sizes(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse an archive that says it unpacks to more than is reasonable."""
    sizes = [(info.file_size, info.compress_size) for info in archive.infolist()]
    unpacked, packed = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    is_bomb = unpacked > SMALL_BYTES and unpacked > MAX_RATIO * packed
    if unpacked > MAX_UNPACKED_BYTES or is_bomb or len(sizes) > MAX_FILES:
        raise InputError(Fault("file_too_large", {"file": name}))


def _check_reach(sheet: IO[bytes], name: str) -> Hidden:
    """Refuse a sheet whose last row and column lie so far that its cells would fill memory."""
    reach, hidden, before = Reach(0, 26), Hidden(), b""
    while block := sheet.read(BLOCK):
        seen = before + block
        hidden.look(seen, len(before))
        far = set(FAR.findall(seen)) if MAY_BE_FAR.search(seen) else ()
        reach.columns = max([reach.columns, *map(_number, far)])
        row, cell = PREFIXED if b":row" in seen or b":c" in seen else PLAIN
        rows = row.findall(seen)
        # A row without a number is the next one.
        reach.rows = max([reach.rows + (0 if rows else block.count(b"<row")), *map(int, rows)])
        reach.cells += len(cell.findall(block))
        before = block[-OVERLAP:]
    reach.check(name)
    return hidden


def _number(letters: bytes) -> int:
    """Return the number of a column.

    Examples
    --------
    >>> _number(b"AA"), _number(b"XFD")
    (27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
