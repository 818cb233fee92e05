"""An empty questionnaire as a sheet, for the client to fill in and to lay beside its files."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from credit_helpers.errors import Fault, InputError
from credit_helpers.questionnaire import FLAG, KEPT, MAX_DAYS, SHEET_NAMES, Question, questions
from credit_helpers.report.cells import put
from credit_helpers.report.workbook import LITERAL
from credit_helpers.report.workbook_look import A4, FONT
from credit_helpers.views.style import ACCENT, INK, MUTED, RULE
from credit_helpers.words import Words

COLUMNS = {"code": 22, "question": 74, "kind": 16, "answer": 14}
HEADER = 3
LOOKS = {
    "title": {"bold": True, "font_size": 14, "font_color": ACCENT},
    "lead": {"font_color": MUTED, "text_wrap": True},
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT},
    "step": {"bold": True, "font_color": ACCENT},
    "text": {"text_wrap": True, "bottom": 4, "bottom_color": RULE},
    "code": {"font_color": MUTED, "bottom": 4, "bottom_color": RULE},
    "answer": {"bg_color": "#F1F6F7", "border": 1, "border_color": RULE, "align": "center"},
}


def write_questionnaire(
    folder: Path, words: Words, *, is_forced: bool = False
) -> tuple[Path, tuple[str, ...]]:
    """Write an empty questionnaire at once or not at all.

    Parameters
    ----------
    folder : Path
        The client's folder.
    words : Words
        Language of the questions, and so the name of the file.
    is_forced : bool
        Whether a questionnaire that is there may be put aside, under another name.

    Returns
    -------
    tuple of Path and tuple of str
        The file, and the names under which older ones are kept.

    Raises
    ------
    InputError
        When the folder is none, cannot be written to, or has a questionnaire already.
    """
    if not folder.is_dir():
        raise InputError(Fault("not_a_folder", {"file": folder.name or str(folder)}))
    older = [folder / name for name in SHEET_NAMES.values() if (folder / name).exists()]
    if older and not is_forced:
        values = {"file": older[0].name, "kept": _kept(older[0]).name}
        raise InputError(Fault("questionnaire_exists", values))
    target = folder / SHEET_NAMES[words.language]
    made = folder / f".{os.getpid()}-{target.name}"
    try:
        with xlsxwriter.Workbook(str(made), LITERAL) as book:
            _write(book, words)
        for path in older:
            path.replace(_kept(path))
        made.replace(target)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise InputError(Fault("folder_not_writable", {"file": folder.name})) from error
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)
    return target, tuple(_kept(path).name for path in older)


def _kept(path: Path) -> Path:
    return path.with_name(path.stem + KEPT)


def _write(book: xlsxwriter.Workbook, words: Words) -> None:
    base = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
    looks = {name: book.add_format({**base, **own}) for name, own in LOOKS.items()}
    sheet = _sheet(book, words)
    put(sheet, 0, 0, words.raw("maturity.sheet.title"), looks["title"])
    sheet.merge_range(1, 0, 1, len(COLUMNS) - 1, "", looks["lead"])
    put(sheet, 1, 0, words.raw("maturity.sheet.lead"), looks["lead"])
    sheet.set_row(1, 30)
    for place, name in enumerate(COLUMNS):
        put(sheet, HEADER, place, words.raw(f"maturity.sheet.{name}"), looks["header"])
    row = HEADER + 1
    for step, asked in groupby(questions().values(), lambda question: question.step):
        put(sheet, row, 0, words.raw(f"maturity.step.{step}"), looks["step"])
        sheet.set_row(row, 24)
        for question in asked:
            row += 1
            _ask(sheet, row, question, words, looks)
        row += 1


def _sheet(book: xlsxwriter.Workbook, words: Words) -> Worksheet:
    sheet = book.add_worksheet(words.raw("maturity.sheet.name"))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(HEADER + 1, 0)
    sheet.repeat_rows(HEADER)
    for place, width in enumerate(COLUMNS.values()):
        sheet.set_column(place, place, width)
    return sheet


def _ask(
    sheet: Worksheet, row: int, question: Question, words: Words, looks: dict[str, Any]
) -> None:
    """Write one question, with an empty cell that takes nothing but a fitting answer."""
    kind = "flag" if question.kind == FLAG else "days"
    put(sheet, row, 0, question.key, looks["code"])
    put(sheet, row, 1, words.raw(f"maturity.question.{question.key}"), looks["text"])
    put(sheet, row, 2, words.raw(f"maturity.sheet.{kind}"), looks["text"])
    answer = len(COLUMNS) - 1
    sheet.write_blank(row, answer, None, looks["answer"])
    wrong = words.prose(f"maturity.sheet.wrong_{kind}", least_count=0, most_count=MAX_DAYS)
    title = words.raw("maturity.sheet.answer")
    rule: dict[str, Any] = {"error_title": title, "error_message": wrong}
    if question.kind == FLAG:
        rule |= {"validate": "list", "source": [words.label("flag.yes"), words.label("flag.no")]}
    else:
        between = {"criteria": "between", "minimum": 0, "maximum": MAX_DAYS}
        rule |= {"validate": "decimal", **between}
    sheet.data_validation(row, answer, row, answer, rule)
