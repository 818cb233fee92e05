"""Write the tables of a sample client as the files that a package would have exported."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from credit_helpers.portfolio.sample_layouts import Layout

CREATED = datetime.datetime(2026, 10, 31, 18, 0)


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
    shown = rows[list(headers)].astype(object)
    path = folder / layout.file(table)
    write = _write_xlsx if layout.suffix == ".xlsx" else _write_csv
    write(layout, headers, shown.where(rows[list(headers)].notna(), None), path)
    return path


def _csv_cell(layout: Layout, column: str) -> Callable[[Any], str]:
    def cell(value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return layout.words.get(value, value)
        if isinstance(value, bool):
            return layout.words[value]
        if isinstance(value, datetime.datetime):
            return value.strftime(layout.date)
        if column.endswith("_cents"):
            euros, cents = divmod(abs(int(value)), 100)
            return f"{'-' if value < 0 else ''}{euros}{layout.decimal}{cents:02d}"
        return str(value)

    return cell


def _write_csv(layout: Layout, headers: dict[str, str], rows: pd.DataFrame, path: Path) -> None:
    columns = [[_csv_cell(layout, name)(v) for v in rows[name]] for name in headers]
    with path.open("w", encoding=layout.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=layout.separator, lineterminator="\r\n")
        writer.writerow(headers.values())
        writer.writerows(zip(*columns, strict=True))


def _write_xlsx(layout: Layout, headers: dict[str, str], rows: pd.DataFrame, path: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet(path.stem.capitalize())
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet.write_row(0, 0, list(headers.values()), book.add_format({"bold": True}))
        for place, name in enumerate(headers):
            for line, value in enumerate(rows[name], start=1):
                if isinstance(value, datetime.datetime):
                    sheet.write_datetime(line, place, value, day)
                elif isinstance(value, (str, bool)):
                    sheet.write_string(line, place, layout.words.get(value, str(value)))
                elif value is not None:
                    is_money = name.endswith("_cents")
                    number = value / 100 if is_money else value
                    sheet.write_number(line, place, number, money if is_money else None)
