"""Reads a text file with separators: any separator, any usual encoding, nothing interpreted."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.tables import Grid
from credit_helpers.portfolio.ledger import Note

SEPARATORS = (";", ",", "\t", "|")
SAMPLE_LINES = 200
NO_CONTENT = " \"'\ufeff\n"
MAX_BYTES, MAX_LINE, MAX_COLUMNS = 1_500_000_000, 1 << 20, 2_000
# A long list is never hundreds of columns wide; each of its cells would cost memory.
WIDE, MAX_WIDE_CELLS = 200, 20_000_000
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read_csv(path: Path) -> list[Grid]:
    """Return the file as one grid of text.

    Raises
    ------
    InputError
        When the encoding is unknown or a quotation mark is never closed.
    """
    _check_size(path)
    data = path.read_bytes()
    plain = _plain_cells(data)
    if plain is not None:
        return [Grid(path.name, "", plain, is_cut=not data.endswith((b"\n", b"\r")))]
    text, encoding = decode(data, path.name)
    notes = (Note("encoding_cp1252", {"file": path.name}),) if encoding == "cp1252" else ()
    is_cut = not text.endswith(("\n", "\r"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator, text = _separator(text)
    cells = _cells(text, separator, path.name)
    _check_quotes(cells, separator, path.name)
    return [Grid(path.name, "", cells, None, notes, is_cut)]


def _plain_cells(data: bytes) -> pd.DataFrame | None:
    """Return the cells of a file in which nothing needs care, ``None`` for any other.

    Nothing needs care in UTF-8 text whose rows are all equally wide, where a quotation mark
    stands only around a whole cell, and a line is a row.
    """
    data = data.removeprefix(BOMS[0][0])
    if data.startswith(tuple(mark for mark, _ in BOMS)) or b"\x00" in data:
        return None
    ends = data.count(b"\n")
    if b"\r" in data and data.count(b"\r\n") != max(ends, data.count(b"\r")):
        return None
    try:
        sample = b"".join(itertools.islice(io.BytesIO(data), SAMPLE_LINES)).decode("utf-8")
    except UnicodeDecodeError:
        return None
    sample = sample.replace("\r\n", "\n")
    separator, left = _separator(sample)
    if left != sample or not sample.strip(NO_CONTENT + separator):
        return None
    table = _arrow_table(data, separator)
    if table is None or table.num_rows != ends + (not data.endswith(b"\n")):
        return None
    if not 1 < table.num_columns <= MAX_COLUMNS or not _around_cells(table, data):
        return None
    columns = [column.combine_chunks().to_pandas() for column in table.itercolumns()]
    return pd.DataFrame(dict(enumerate(columns)))


def _around_cells(table: pa.Table, data: bytes) -> bool:
    """Return whether each quotation mark opened or closed a cell, and so none is in a cell."""
    marks = data.count(b'"') if b'"' in data else 0
    if not marks:
        return True
    left = (pc.any(pc.match_substring(column, '"')).as_py() for column in table.itercolumns())
    return marks % 2 == 0 and not any(left)


def _arrow_table(data: bytes, separator: str) -> pa.Table | None:
    """Return the rows as text; ``None`` when they are not equally wide, or are no UTF-8."""
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(data),
            arrow_csv.ReadOptions(autogenerate_column_names=True),
            arrow_csv.ParseOptions(delimiter=separator, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(default_column_type=pa.large_string()),
        )
    except (pa.ArrowException, UnicodeDecodeError):
        return None


def _check_size(path: Path) -> None:
    """Refuse what no export looks like: gigabytes, a line of a million signs, or of cells."""
    if path.stat().st_size > MAX_BYTES:
        raise InputError(Fault("file_too_large", {"file": path.name}))
    with path.open("rb") as stream:
        while block := stream.read(MAX_LINE):
            ends = block.count(b"\n") or block.count(b"\r")
            if not ends and len(block) == MAX_LINE:
                raise InputError(Fault("line_too_long", {"file": path.name}))
            if ends * MAX_COLUMNS < len(block) and _widest(block) >= MAX_COLUMNS:
                values = {"file": path.name, "columns": MAX_COLUMNS}
                raise InputError(Fault("too_many_columns", values))


def _widest(block: bytes) -> int:
    """Return how often a line of a block has one separator, at the most.

    Each reader of separated text keeps something per column, a million of them gigabytes.
    """
    lines = block.replace(b"\r", b"\n").split(b"\n")
    return max(line.count(sign.encode()) for line in lines for sign in SEPARATORS)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and the encoding: UTF-8 or UTF-16 by its mark, UTF-8, then cp1252.

    Examples
    --------
    >>> decode("Café".encode("cp1252"), "a.csv")
    ('Café', 'cp1252')
    >>> decode(b"\\xef\\xbb\\xbfnaam", "a.csv")
    ('naam', 'utf-8')
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name), encoding
    if b"\x00" in data[:4000]:
        zeros_at_odd = data[1:4000:2].count(0) > data[:4000:2].count(0)
        encoding = "utf-16-le" if zeros_at_odd else "utf-16-be"
        return _strict(data, encoding, name), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        at_end = error.start >= len(data) - 3 and "end of data" in error.reason
        if at_end and not data[: error.start].isascii():
            raise InputError(Fault("file_truncated", {"file": name})) from error
    return _strict(data, "cp1252", name), "cp1252"


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        code = "file_truncated" if encoding.startswith("utf") else "encoding_unknown"
        raise InputError(Fault(code, {"file": name})) from error


def _separator(text: str) -> tuple[str, str]:
    """Return the separator and the text; a first line ``sep=;`` becomes a blank line."""
    stated = re.match(r"\s*\"?sep=(.)\"?[^\n]*", text, re.IGNORECASE)
    if stated:
        return stated[1], text[stated.end() :]
    sample = "\n".join(text.split("\n", SAMPLE_LINES)[:SAMPLE_LINES])
    return max(SEPARATORS, key=lambda sign: _fit(sample, sign)), text


def _fit(sample: str, separator: str) -> float:
    """Return how well a separator cuts the sample into rows of one width."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator) if row]
    except csv.Error:
        return 0.0
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 0.0
    width, count = max(wide.items(), key=lambda pair: (pair[1] * pair[0], pair[0]))
    return count / len(widths) * width


def _cells(text: str, separator: str, name: str) -> pd.DataFrame:
    lines = text.split("\n")
    if not any(line.strip(NO_CONTENT + separator) for line in lines):
        raise InputError(Fault("file_empty", {"file": name}))
    width = 1 + max(line.count(separator) for line in lines)
    most = WIDE if width * len(lines) > MAX_WIDE_CELLS else MAX_COLUMNS
    if width > most:
        raise InputError(Fault("too_many_columns", {"file": name, "columns": most}))
    buffer = io.BytesIO(text.encode("utf-8", errors="surrogatepass"))
    try:
        return pd.read_csv(
            buffer,
            sep=separator,
            header=None,
            names=list(range(width)),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
        )
    except pd.errors.ParserError:
        return _slow_cells(text, separator, name)


def _slow_cells(text: str, separator: str, name: str) -> pd.DataFrame:
    """Read what the fast reader refuses: cells that hold line ends and many separators."""
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError(Fault("quote_open", {"file": name})) from error
    width = max(len(row) for row in rows)
    padded = [row + [None] * (width - len(row)) for row in rows]
    return pd.DataFrame(padded, columns=list(range(width)), dtype="str")


def _check_quotes(cells: pd.DataFrame, separator: str, name: str) -> None:
    """Refuse a cell that swallowed whole rows because its quotation mark was not closed."""
    width = int(cells.notna().sum(axis=1).median())
    for column in cells:
        broken = cells[column].str.contains("\n", regex=False).fillna(False)
        if broken.any():
            swallowed = cells.loc[broken, column].str.count(re.escape(separator))
            rows = swallowed.index[swallowed >= max(2, width - 1)]
            if len(rows):
                values = {"file": name, "row": int(rows[0]) + 1}
                raise InputError(Fault("quote_swallows_rows", values))
