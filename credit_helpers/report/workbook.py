"""The evidence workbook: a cover, the contents, every table, the figures, the policy, the checks.

What follows from its own rows is a live formula with its value beside it. The same tables, figures
and day give the same bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from credit_helpers.report import sheet as sheets
from credit_helpers.report.cells import cut
from credit_helpers.report.checks import Check
from credit_helpers.report.places import Evidence, Places, cells_of
from credit_helpers.report.workbook_look import Look
from credit_helpers.report.workbook_sheets import (
    Listed,
    write_checks,
    write_contents,
    write_cover,
    write_dictionary,
    write_figures,
    write_policy,
)
from credit_helpers.views.table import Table
from credit_helpers.words import Words

if TYPE_CHECKING:
    from credit_helpers.report.cover import Cover

LITERAL = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write_workbook(
    tables: Sequence[Table],
    cover: Cover,
    path: Path,
    *,
    results: Mapping[str, Any],
    checks: Iterable[Check] = (),
) -> Evidence:
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

    Returns
    -------
    Evidence
        Where every figure is.
    """
    words = Words(results["language"], results["currency"])
    with xlsxwriter.Workbook(str(path), LITERAL) as book:
        day = datetime.datetime.fromisoformat(results["as_of"])
        title = words.label("workbook.title")
        properties = {"title": title, "author": cover.firm or "", "created": day}
        book.set_properties({**properties, "subject": cover.client_name})
        return _write(Look(book, cover, words), tables, results, tuple(checks))


def _write(
    look: Look, tables: Sequence[Table], results: Mapping[str, Any], checks: Sequence[Check]
) -> Evidence:
    """Write every sheet; first all are laid out, for a formula may refer to a later one."""
    label = look.words.label
    front, contents = (look.sheet(label(f"workbook.{name}")) for name in ("cover", "contents"))
    whole = {table.name: sheets.complete(table) for table in tables}
    laid = {name: (table, _parts(look, table)) for name, table in whole.items()}
    policy = {key: value for key, value in results.get("policy", {}).items() if _is_number(value)}
    known = {key for key, figure in results["figures"].items() if figure["value"] is not None}
    places = Places(look.words, known, policy, laid)
    for table, parts in laid.values():
        sheets.write_table(table, parts, look, places)
    listed = [
        Listed(parts[0].sheet, cut(table.title, look.words), len(table.frame))
        for table, parts in laid.values()
    ]
    figures, evidence = write_figures(look, results["figures"], places)
    own = [figures, write_policy(look, results.get("policy", {}))]
    own.append(write_checks(look, checks, places))
    own.append(write_dictionary(look, whole.values(), own))
    write_contents(look, contents, [*listed, *own])
    # A caveat stands in each chapter that it is about; once is enough here.
    told = dict.fromkeys(text for texts in results.get("caveats", {}).values() for text in texts)
    write_cover(look, front, checks, told)
    look.book.worksheets()[0].activate()
    return Evidence(evidence, {name: cells_of(*held) for name, held in laid.items()})


def _parts(look: Look, table: Table) -> list[sheets.Part]:
    title = cut(table.title, look.words)
    return sheets.lay_out(table, partial(look.sheet, table.sheet, title))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
