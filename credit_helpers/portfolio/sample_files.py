"""Write the tables of a sample client as the files that a package would have exported."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from credit_helpers.portfolio.sample_layouts import Layout

CREATED = datetime.datetime(2026, 10, 31, 18, 0)
HEADER_ROW = 3  # a workbook has the client and the day above its header


class Cents(int):
    """An amount, told apart from other whole numbers."""


def write_table(layout: Layout, table: str, rows: pd.DataFrame, folder: Path) -> Path:
    """Write one table in a client's layout and return its path; the same rows, the same bytes.

    Parameters
    ----------
    layout : Layout
    table : str
        ``invoices``, ``payments``, ...
    rows : DataFrame
        Columns named as in the layout's headers; ``*_cents`` in cents, days as timestamps.
        Columns without a header are left out.
    folder : Path
    """
    headers = layout.headers[table]
    known = rows[list(headers)].notna()
    shown = rows[list(headers)].astype(object).where(known, None)
    for column in (name for name in headers if name.endswith("_cents")):
        cells = [None if value is None else Cents(value) for value in shown[column]]
        shown[column] = pd.Series(cells, index=shown.index, dtype=object)
    path = folder / layout.file(table)
    write = _write_xlsx if layout.suffix == ".xlsx" else _write_csv
    write(layout, headers, shown, path)
    return path


def _csv_cell(layout: Layout, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (str, bool)):
        return layout.words.get(value, str(value))
    if isinstance(value, datetime.datetime):
        return value.strftime(layout.date)
    if isinstance(value, Cents):
        euros, cents = divmod(abs(value), 100)
        return f"{'-' if value < 0 else ''}{euros}{layout.decimal}{cents:02d}"
    return str(value)


def _write_csv(layout: Layout, headers: dict[str, str], rows: pd.DataFrame, path: Path) -> None:
    columns = [[_csv_cell(layout, value) for value in rows[name]] for name in headers]
    with path.open("w", encoding=layout.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=layout.separator, lineterminator="\r\n")
        writer.writerow(headers.values())
        writer.writerows(zip(*columns, strict=True))


def _write_xlsx(layout: Layout, headers: dict[str, str], rows: pd.DataFrame, path: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet(path.stem.capitalize())
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, [path.stem.capitalize()], bold)
        sheet.write_row(1, 0, [layout.title])
        sheet.write_row(HEADER_ROW, 0, list(headers.values()), bold)
        formats = {
            "day": book.add_format({"num_format": "dd-mm-yyyy"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
        }
        for place, name in enumerate(headers):
            for line, value in enumerate(rows[name], start=HEADER_ROW + 1):
                _write_cell(layout, sheet, (line, place), value, formats)


def _write_cell(
    layout: Layout,
    sheet: Any,
    at: tuple[int, int],
    value: Any,
    formats: dict[str, Any],
) -> None:
    if isinstance(value, datetime.datetime):
        sheet.write_datetime(*at, value, formats["day"])
    elif isinstance(value, (str, bool)):
        sheet.write_string(*at, layout.words.get(value, str(value)))
    elif isinstance(value, Cents):
        sheet.write_number(*at, value / 100, formats["money"])
    elif value is not None:
        sheet.write_number(*at, value)
