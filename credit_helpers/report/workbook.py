"""The evidence workbook: a cover, the contents, every table, the figures, the policy, the checks.

The same tables, figures and day give the same bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from credit_helpers.report import sheet as sheets
from credit_helpers.report.checks import Check
from credit_helpers.views.table import Table
from credit_helpers.words import Words

if TYPE_CHECKING:
    from credit_helpers.report.cover import Cover

ACCENT, INK, MUTED, RULE = "#0B5C6B", "#16202E", "#5B6675", "#D9DEE5"
A4 = 9
LITERAL = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_DAY = {"nl": "dd-mm-yyyy", "en": "dd/mm/yyyy"}
_MONTH = {"nl": "[$-413]mmm yyyy", "en": "[$-809]mmm yyyy"}


def write_workbook(
    tables: Sequence[Table],
    cover: Cover,
    path: Path,
    *,
    results: Mapping[str, Any],
    checks: Iterable[Check] = (),
) -> None:
    """Write the workbook.

    Parameters
    ----------
    tables : sequence of Table
        One sheet each, in this order; all their rows.
    cover : Cover
    path : Path
        The file to write.
    results : mapping
        As :func:`credit_helpers.report.results.results_of` returns it; its figures get a sheet.
    checks : iterable of Check
        Sums that must agree.
    """
    words = Words(results["language"], results["currency"])
    with xlsxwriter.Workbook(str(path), LITERAL) as book:
        Writer(book, cover, words).write(tables, results, tuple(checks))


class Writer:
    """Writes the sheets of one workbook.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    cover : Cover
    words : Words
    """

    def __init__(self, book: xlsxwriter.Workbook, cover: Cover, words: Words) -> None:
        self.book, self.cover, self.words = book, cover, words
        self._formats: dict[tuple[Any, ...], Format] = {}

    def write(
        self, tables: Sequence[Table], results: Mapping[str, Any], checks: Sequence[Check]
    ) -> None:
        """Write every sheet, in order; the contents come second and name those after them."""
        day = datetime.datetime.fromisoformat(results["as_of"])
        title = self.words.label("workbook.title")
        properties = {"title": title, "author": self.cover.firm or "", "created": day}
        self.book.set_properties({**properties, "subject": self.cover.client_name})
        self._cover(self.sheet(self.words.label("workbook.cover")))
        contents = self.sheet(self.words.label("workbook.contents"))
        places = [self._table(table) for table in tables]
        places.append(self._figures(results["figures"]))
        if "policy" not in {table.name for table in tables}:
            places.append(self._policy(results.get("policy", {})))
        places.append(self._checks(checks))
        self._contents(contents, places)
        self.book.worksheets()[0].activate()

    def sheet(self, wanted: str, title: str = "") -> Worksheet:
        """Return a new sheet, set up to be printed on A4."""
        taken = [known.get_name() for known in self.book.worksheets()]
        new = self.book.add_worksheet(sheets.safe_name(wanted, taken))
        new.set_landscape()
        new.set_paper(A4)
        new.fit_to_pages(1, 0)
        new.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        new.hide_gridlines(2)
        as_of = f"{self.words.label('workbook.as_of')} {self.cover.as_of}"
        new.set_header(f"&L&9{_in_print(self.cover.client_name, 80)}&R&9{_in_print(as_of, 60)}")
        page = self.words.label("workbook.page")
        new.set_footer(f"&L&9{_in_print(title, 120)}&R&9{page}")
        return new

    def format(self, unit: str, *, bold: bool = False, right: bool = False) -> Format:
        """Return the cell format of a unit or a role, made once."""
        key = (unit, bold, right)
        if key not in self._formats:
            self._formats[key] = self.book.add_format(self._looks(unit, bold=bold, right=right))
        return self._formats[key]

    def _looks(self, unit: str, *, bold: bool, right: bool) -> dict[str, Any]:
        base = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "top"}
        accent = self.cover.accent or ACCENT
        roles: dict[str, dict[str, Any]] = {
            "title": {"bold": True, "font_size": 14},
            "note": {"font_color": MUTED, "font_size": 9},
            "link": {"font_color": accent, "underline": 1},
            "header": {
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": accent,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "right" if right else "left",
            },
            "text": {"num_format": "@"},
            "long": {"num_format": "@", "text_wrap": True},
            "date": {"num_format": _DAY[self.words.language], "align": "left"},
            "month": {"num_format": _MONTH[self.words.language], "align": "left"},
            "cents": {"num_format": "#,##0.00"},
            "share": {"num_format": "0.0%"},
            "days": {"num_format": "#,##0.0"},
            "count": {"num_format": "#,##0"},
            "index": {"num_format": "#,##0.00"},
            "score": {"num_format": "0.0"},
        }
        total = {"bold": True, "top": 1, "top_color": INK} if bold else {}
        return {**base, **roles[unit], **total}

    def _table(self, table: Table) -> tuple[Worksheet, str, int]:
        title = sheets.cut(table.title, self.words)
        whole = sheets.complete(table)
        new_sheet = partial(self.sheet, table.sheet, title)
        parts = sheets.write_table(whole, new_sheet, self.format)
        return parts[0].sheet, title, len(table.frame)

    def _cover(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 80)
        sheets.put(sheet, 0, 0, self.words.label("workbook.title"), self.format("title"))
        names = (
            *("client_name", "as_of", "period", "currency", "basis", "prepared_for"),
            *("prepared_by", "firm", "confidentiality", "version", "fingerprint"),
        )
        lines = [(name, str(getattr(self.cover, name, "") or "")) for name in names]
        for row, (name, value) in enumerate([line for line in lines if line[1]], start=2):
            label = self.words.label(f"workbook.{name}")
            sheets.put(sheet, row, 0, label, self.format("note"))
            sheets.put(sheet, row, 1, sheets.cut(value, self.words), self.format("long"))

    def _contents(self, sheet: Worksheet, places: list[tuple[Worksheet, str, int]]) -> None:
        labels = [self.words.label(f"workbook.{key}") for key in ("sheet", "holds", "rows")]
        self._heading(sheet, self.words.label("workbook.contents"), labels, (34, 80, 12))
        for row, (target, title, rows) in enumerate(places, start=sheets.HEADER + 1):
            name = target.get_name()
            address = "internal:'{}'!A1".format(name.replace("'", "''"))
            sheet.write_url(row, 0, address, self.format("link"), name)
            sheets.put(sheet, row, 1, title, self.format("text"))
            sheets.put(sheet, row, 2, rows, self.format("count"))

    def _figures(self, figures: Mapping[str, Any]) -> tuple[Worksheet, str, int]:
        title = self.words.label("workbook.figures_title")
        sheet = self.sheet(self.words.label("workbook.figures"), title)
        keys = ("key", "label", "value", "unit", "text")
        labels = [self.words.label(f"workbook.{key}") for key in keys]
        self._heading(sheet, title, labels, (38, 44, 18, 12, 22))
        for row, (key, figure) in enumerate(sorted(figures.items()), start=sheets.HEADER + 1):
            unit, value = figure["unit"], figure["value"]
            shown = value / 100 if unit == "cents" and value is not None else value
            cells = ((key, "text"), (self._label(key), "text"), (shown, unit))
            for place, (cell, look) in enumerate(
                (*cells, (unit, "text"), (figure["text"], "text"))
            ):
                sheets.put(sheet, row, place, cell, self.format(look))
        sheet.autofilter(sheets.HEADER, 0, sheets.HEADER + max(len(figures), 1), len(keys) - 1)
        return sheet, title, len(figures)

    def _label(self, key: str) -> str:
        name = key.rpartition(".")[2]
        known = (f"figure_name.{key}", f"column.{name}")
        return next((self.words.label(k) for k in known if self.words.has(f"labels.{k}")), "")

    def _policy(self, policy: Mapping[str, Any]) -> tuple[Worksheet, str, int]:
        title = self.words.label("workbook.policy_title")
        sheet = self.sheet(self.words.label("sheet.policy"), title)
        labels = [self.words.label(f"workbook.{key}") for key in ("key", "value")]
        self._heading(sheet, title, labels, (44, 60))
        for row, (key, value) in enumerate(policy.items(), start=sheets.HEADER + 1):
            shown = value if isinstance(value, (int, float, str)) else str(value)
            look = "long" if isinstance(shown, str) else "index"
            sheets.put(sheet, row, 0, key, self.format("text"))
            sheets.put(sheet, row, 1, shown, self.format(look))
        return sheet, title, len(policy)

    def _checks(self, checks: Sequence[Check]) -> tuple[Worksheet, str, int]:
        title = self.words.label("workbook.checks_title")
        sheet = self.sheet(self.words.label("workbook.checks"), title)
        labels = [self.words.label(f"workbook.{k}") for k in ("control", "left", "right", "zero")]
        self._heading(sheet, title, labels, (80, 20, 20, 16))
        for row, check in enumerate(checks, start=sheets.HEADER + 1):
            per = 100 if check.unit == "cents" else 1
            label = self.words.label(f"control.{check.code}")
            name = f"{check.of}: {label}" if check.of else label
            sheets.put(sheet, row, 0, sheets.cut(name, self.words), self.format("text"))
            sheets.put(sheet, row, 1, check.left / per, self.format(check.unit))
            sheets.put(sheet, row, 2, check.right / per, self.format(check.unit))
            formula = f"=ROUND(B{row + 1}-C{row + 1},2)"
            stored = check.difference / per
            sheet.write_formula(row, 3, formula, self.format(check.unit, bold=True), stored)
        return sheet, title, len(checks)

    def _heading(
        self, sheet: Worksheet, title: str, labels: Sequence[str], widths: Sequence[float]
    ) -> None:
        sheets.put(sheet, 0, 0, title, self.format("title"))
        for place, (label, width) in enumerate(zip(labels, widths, strict=True)):
            sheets.put(sheet, sheets.HEADER, place, label, self.format("header"))
            sheet.set_column(place, place, width)
        sheet.freeze_panes(sheets.HEADER + 1, 0)
        sheet.repeat_rows(sheets.HEADER)


def _in_print(text: str, length: int) -> str:
    """Return text for a printed header, in which ``&`` begins a command."""
    return text[:length].replace("&", "&&")
