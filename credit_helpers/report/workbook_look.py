"""How the workbook looks: sheets to be printed on A4, the formats of the cells, the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from credit_helpers.report.cells import put, safe_name
from credit_helpers.report.sheet_sizes import HEADER, LINE
from credit_helpers.views.style import INK, MUTED, RED, RULE, SOFT
from credit_helpers.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credit_helpers.report.cover import Cover

A4 = 9
# A font that every spreadsheet has, or has one like it with letters of the same width.
FONT = "Calibri"
_DAY = {"nl": "dd-mm-yyyy", "en": "dd/mm/yyyy"}
_MONTH = {"nl": "[$-413]mmm yyyy", "en": "[$-809]mmm yyyy"}
_BACK = 2


class Look:
    """Makes the sheets of one workbook and the formats of their cells.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    cover : Cover
    words : Words
    """

    def __init__(self, book: xlsxwriter.Workbook, cover: Cover, words: Words) -> None:
        self.book, self.cover, self.words = book, cover, words
        self._formats: dict[tuple[Any, ...], Format] = {}

    def sheet(self, wanted: str, title: str = "") -> Worksheet:
        """Return a new sheet, set up to be printed on A4."""
        taken = [known.get_name() for known in self.book.worksheets()]
        new = self.book.add_worksheet(safe_name(wanted, taken))
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

    def heading(
        self, sheet: Worksheet, title: str, labels: Sequence[str], widths: Sequence[float]
    ) -> None:
        """Write the title and the headings of a sheet of the workbook's own.

        A negative width is that of a column of numbers, whose heading is aligned right.
        """
        put(sheet, 0, 0, title, self.format("title"))
        for place, (label, width) in enumerate(zip(labels, widths, strict=True)):
            put(sheet, HEADER, place, label, self.format("header", right=width < 0))
            sheet.set_column(place, place, abs(width))
        sheet.set_row(HEADER, LINE + 4)
        sheet.freeze_panes(HEADER + 1, 0)
        sheet.repeat_rows(HEADER)

    def way_back(self, sheet: Worksheet) -> None:
        """Lead from a sheet back to the contents."""
        name = self.words.label("workbook.contents")
        self.link(sheet, (_BACK, 0), f"'{name}'!A1", self.words.label("workbook.back"))

    def link(self, sheet: Worksheet, cell: tuple[int, int], address: str, text: str) -> None:
        """Lead from a cell to another one of the workbook."""
        sheet.write_url(*cell, f"internal:{address}", self.format("link"), text)

    def format(self, unit: str, *, bold: bool = False, right: bool = False) -> Format:
        """Return the cell format of a unit or a role, made once."""
        key = (unit, bold, right)
        if key not in self._formats:
            self._formats[key] = self.book.add_format(self._looks(unit, bold=bold, right=right))
        return self._formats[key]

    def bar(self, unit: str) -> dict[str, Any]:
        """Return a bar in the cell; a share fills it at 100%, a score at 100."""
        return {
            "type": "data_bar",
            "bar_solid": True,
            "bar_color": SOFT,
            "bar_no_border": True,
            "bar_negative_color_same": True,
            "min_type": "num",
            "min_value": 0,
            "max_type": "num",
            "max_value": 1 if unit == "share" else 100,
        }

    def alarm(self, test: str) -> dict[str, Any]:
        """Return the colour of a cell for which a formula holds."""
        return {"type": "formula", "criteria": test, "format": self.format("alarm")}

    def _looks(self, unit: str, *, bold: bool, right: bool) -> dict[str, Any]:
        if unit == "alarm":
            return {"bold": True, "font_color": RED, "bg_color": "#FBEFE0"}
        base = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top"}
        accent = self.cover.accent
        left = {"align": "left", "indent": 1}
        heading = {"bold": True, "font_color": "#FFFFFF", "bg_color": accent, "text_wrap": True}
        roles: dict[str, dict[str, Any]] = {
            "title": {"bold": True, "font_size": 14, "font_color": accent, **left},
            "note": {"font_color": MUTED, "font_size": 9, **left},
            "link": {"font_color": accent, "underline": 1, **left},
            "header": {**heading, "valign": "vcenter", **({"align": "right"} if right else left)},
            "text": {"num_format": "@", **left},
            "long": {"num_format": "@", "text_wrap": True, **left},
            "date": {"num_format": _DAY[self.words.language], **left},
            "month": {"num_format": _MONTH[self.words.language], **left},
            "cents": {"num_format": "#,##0.00;-#,##0.00;\N{EN DASH}"},
            "share": {"num_format": "0.0%"},
            "days": {"num_format": "#,##0.0"},
            "count": {"num_format": "#,##0"},
            "number": {"num_format": "0", "bold": True, **left},
            "index": {"num_format": "#,##0.00"},
            "score": {"num_format": "0.0"},
        }
        line = (
            {"bottom": 4, "bottom_color": RULE}
            if unit not in ("title", "note", "header", "link")
            else {}
        )
        total = {"bold": True, "top": 1, "top_color": INK, "bottom": 0} if bold else {}
        return {**base, **line, **roles[unit], **total}


def _in_print(text: str, length: int) -> str:
    """Return text for a printed header, in which ``&`` begins a command."""
    return text[:length].replace("&", "&&")
