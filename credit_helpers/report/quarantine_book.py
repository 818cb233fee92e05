"""The rows that were set aside, as they stood in the client's files, in a workbook to send back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from credit_helpers.errors import Fault, ReportError
from credit_helpers.report.cells import cut, put, width_of
from credit_helpers.report.cover import Cover
from credit_helpers.report.sheet_sizes import HEADER
from credit_helpers.report.workbook import LITERAL
from credit_helpers.report.workbook_look import Look
from credit_helpers.words import Words

QUARANTINE_NAME = "quarantine.xlsx"
OWN = ("row", "reason", "column", "cure")
MAX_ROWS = 1_000_000
SAMPLE = 200


def write_quarantine(rows: pd.DataFrame, folder: Path, cover: Cover, words: Words) -> Path | None:
    """Write the rows that were set aside and return the path; ``None`` when there are none.

    An earlier workbook is replaced as a whole, and removed when nothing is set aside any more.

    Parameters
    ----------
    rows : DataFrame
        ``file``, ``sheet``, ``row``, ``table``, ``reason``, ``column``, ``currency``, ``cents``,
        and ``original``: the cells as JSON, by their headers.
    folder : Path
    cover : Cover
    words : Words

    Raises
    ------
    ReportError
        When the folder cannot be written to, or the earlier workbook is open.
    """
    path = folder / QUARANTINE_NAME
    made = folder / f".{os.getpid()}-{QUARANTINE_NAME}"
    try:
        if rows.empty:
            path.unlink(missing_ok=True)
            return None
        folder.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(str(made), LITERAL) as book:
            _write(Look(book, cover, words), rows)
        made.replace(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        code = "output_in_use" if path.exists() else "output_not_writable"
        raise ReportError(Fault(code, {"folder": folder})) from error
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)
    return path


def _write(look: Look, rows: pd.DataFrame) -> None:
    """Write the overview and a sheet for each table; the overview leads to each of them."""
    front = look.sheet(look.words.label("workbook.contents"))
    whole = rows.assign(sheet=rows["sheet"].fillna(""), column=rows["column"].fillna(""))
    sheets = {}
    for place, part in whole.groupby(["file", "sheet", "table"], sort=False):
        ordered = part.sort_values("row", kind="stable")
        for start in range(0, len(ordered), MAX_ROWS):
            made = _table(look, ordered.iloc[start : start + MAX_ROWS])
            sheets.setdefault(place, made)
    _overview(look, front, whole, sheets)
    front.activate()


def _table(look: Look, rows: pd.DataFrame) -> str:
    """Write the rows of one table, each with its reason and cure, and return the sheet's name."""
    words = look.words
    file, name = rows["file"].iloc[0], rows["sheet"].iloc[0]
    title = words.prose("labels.quarantine_book.table", place=f"{file} · {name}" if name else file)
    sheet = look.sheet(f"{file} {name}", title)
    originals = [json.loads(text) for text in rows["original"]]
    headers = list(dict.fromkeys(header for cells in originals for header in cells))
    labels = [words.label(f"check.{word}") for word in OWN]
    widths = [-9, 28, 20, 44, *(_width(header, originals) for header in headers)]
    look.heading(sheet, cut(title, words), [*labels, *(cut(h, words) for h in headers)], widths)
    look.way_back(sheet)
    texts = {reason: _texts(reason, words) for reason in rows["reason"].unique()}
    count, text, long = look.format("count"), look.format("text"), look.format("long")
    for line, (row, cells) in enumerate(_paired(rows, originals), start=HEADER + 1):
        reason, cure = texts[row.reason]
        put(sheet, line, 0, int(row.row), count)
        for place, value in enumerate((reason, str(row.column), cure), start=1):
            put(sheet, line, place, cut(value, words), long)
        for place, header in enumerate(headers, start=len(OWN)):
            put(sheet, line, place, cut(str(cells.get(header, "")), words) or None, text)
    sheet.autofilter(HEADER, 0, HEADER + len(rows), len(OWN) + len(headers) - 1)
    sheet.freeze_panes(HEADER + 1, 1)
    return str(sheet.get_name())


def _paired(rows: pd.DataFrame, originals: list[dict[str, Any]]) -> Iterator[tuple[Any, Any]]:
    return zip(rows[["row", "reason", "column"]].itertuples(), originals, strict=True)


def _width(header: str, originals: list[dict[str, Any]]) -> float:
    return width_of([header, *(str(cells.get(header, "")) for cells in originals[:SAMPLE])])


def _texts(reason: str, words: Words) -> tuple[str, str]:
    key = f"errors.quarantine.{reason}"
    return words.raw(f"{key}.reason"), words.raw(f"{key}.cure")


def _overview(look: Look, sheet: Any, rows: pd.DataFrame, sheets: dict[Any, str]) -> None:
    """Write what was set aside per file and reason, with the sum of the rows as a live formula."""
    words = look.words
    names = ("file", "sheet", "reason", "cure", "currency", "rows_count", "cents")
    labels = [words.label(f"check.{name}") for name in names]
    title = words.label("quarantine_book.title")
    look.heading(sheet, title, labels, [34, 20, 30, 52, 9, -9, -16])
    put(sheet, 1, 0, words.label("quarantine_book.lead"), look.format("note"))
    keys = ["file", "sheet", "table", "reason", "currency"]
    groups = rows.groupby(keys, dropna=False, sort=False)
    sums = groups.agg(rows_count=("row", "size"), cents=("cents", "sum")).reset_index()
    line = HEADER
    for line, row in enumerate(sums.itertuples(), start=HEADER + 1):
        target = sheets[(row.file, row.sheet, row.table)].replace("'", "''")
        look.link(sheet, (line, 0), f"'{target}'!A1", cut(str(row.file), words)[:255])
        currency = "" if pd.isna(row.currency) else str(row.currency)
        for place, value in enumerate((str(row.sheet), *_texts(str(row.reason), words)), start=1):
            put(sheet, line, place, cut(value, words), look.format("long"))
        put(sheet, line, 4, currency, look.format("text"))
        put(sheet, line, 5, int(row.rows_count), look.format("count"))
        cents = None if pd.isna(row.cents) else int(row.cents) / 100
        put(sheet, line, 6, cents, look.format("cents"))
    put(sheet, line + 1, 0, words.label("quarantine_book.total"), look.format("text", bold=True))
    formula = f"=SUM(F{HEADER + 2}:F{line + 1})"
    sheet.write_formula(line + 1, 5, formula, look.format("count", bold=True), len(rows))
