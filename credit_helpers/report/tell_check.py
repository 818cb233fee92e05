"""What ``credit-audit check`` prints: how the files were understood, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from credit_helpers.formats import EMPTY
from credit_helpers.words import Words

ROWS = ("rows_in", "rows_accepted", "rows_quarantined")
CENTS = ("cents_in", "cents_accepted", "cents_quarantined")
UNSURE_SHARE = 0.75


def show(found: Any, language: str, out: Console) -> bool:
    """Print a check and return whether something needs a person.

    Parameters
    ----------
    found : Check
        As :mod:`credit_helpers.intake.check` returns it.
    language : str
        Language to speak.
    out : Console
        Where to print; text of the client's files is never markup.
    """
    words = Words(language)
    _counts(found.intake, words, out)
    _tie_out(found.tie_out, words, out)
    _reasons(found, words, out)
    _columns(found.columns, words, out)
    for code in ("first_on", "latest_on", "observed_on"):
        day = getattr(found, code)
        shown = words.formats.date(day) if day is not None else words.label("check.unknown")
        if len(found.intake):
            _line(out, f"{words.label(f'check.{code}')}: {shown}")
    notes = [words.prose(f"errors.note.{note.code}", **note.values) for note in found.notes]
    _section("notes", notes, words, out)
    _section("questions", [fault.text(language) for fault in found.questions], words, out)
    _section("faults", [fault.text(language) for fault in found.faults], words, out)
    verdict = "needs_person" if found.needs_person else "ready"
    out.print()
    _line(
        out, words.label(f"check.{verdict}"), "bold yellow" if found.needs_person else "bold green"
    )
    return found.needs_person


def _counts(intake: pd.DataFrame, words: Words, out: Console) -> None:
    """Print rows and amounts in tables of their own, so that no number is ever cut short."""
    if intake.empty:
        return
    rows = _grid(("file", "table"), ROWS, words, title="counts")
    amounts = _grid(("file", "table", "currency"), CENTS, words)
    for row in intake.to_dict("records"):
        place = [_joined(row["file"], row.get("sheet")), _word("input_table", row["table"], words)]
        _add(rows, [*place, *(words.formats.number(row[name]) for name in ROWS)])
        if any(row[name] for name in CENTS):
            cents = [_exact(row[name], words) for name in CENTS]
            _add(amounts, [*place, _or_dash(row.get("currency")), *cents])
    out.print(rows)
    if amounts.row_count:
        out.print(amounts)


def _tie_out(rows: pd.DataFrame, words: Words, out: Console) -> None:
    """Print what the source states of itself beside what was read, and where they differ."""
    if rows.empty:
        return
    figures = ("source_cents", "own_cents", "difference_cents")
    grid = _grid(("file", "what", "place"), figures, words, title="tie_out")
    for row in rows.to_dict("records"):
        place = [str(row["file"]), _word("tie_out", row["what"], words), str(row["place"])]
        style = "yellow" if row["difference_cents"] else ""
        _add(grid, [*place, *(_exact(row[name], words) for name in figures)], style)
    out.print(grid)


def _reasons(found: Any, words: Words, out: Console) -> None:
    if found.quarantine.empty:
        return
    reasons = found.reasons
    grid = _grid(("file", "reason"), ("rows_count", "cents", "first_row"), words, title="reasons")
    for row in reasons.to_dict("records"):
        place = _joined(row["file"], row.get("sheet"))
        numbers = [words.formats.number(row["rows_count"]), _exact(row["cents"], words)]
        reason = _quarantine(row["reason"], "reason", words)
        _add(grid, [place, reason, *numbers, _or_dash(row["first_row"])])
    out.print(grid)
    for code in dict.fromkeys(reasons["reason"]):
        texts = [_quarantine(code, part, words) for part in ("reason", "cure")]
        _line(out, f"  • {texts[0]}: {texts[1]}")
    out.print()


def _columns(columns: Sequence[Any], words: Words, out: Console) -> None:
    if not columns:
        return
    grid = _grid(("file", "table", "header", "word"), ("confidence",), words, title="columns")
    for column in columns:
        style = "yellow" if column.confidence < UNSURE_SHARE else ""
        kind = _word("input_table", column.table, words)
        shown = words.formats.share(column.confidence)
        _add(grid, [column.file, kind, column.header, column.word, shown], style)
    out.print(grid)


def _section(code: str, texts: Iterable[str], words: Words, out: Console) -> None:
    known = list(texts)
    if known:
        out.print()
        _line(out, words.label(f"check.{code}"), "bold")
    for text in known:
        _line(out, f"  • {text}", "red" if code == "faults" else "")


def _grid(left: Sequence[str], right: Sequence[str], words: Words, *, title: str = "") -> Grid:
    heading = Text(words.label(f"check.{title}"), style="bold") if title else None
    grid = Grid(box=SIMPLE_HEAD, title=heading, title_justify="left", padding=(0, 1))
    for name in left:
        grid.add_column(Text(words.label(f"check.{name}")), overflow="fold")
    for name in right:
        label = Text(words.label(f"check.{name}"))
        grid.add_column(label, justify="right", no_wrap=True, min_width=len(label))
    return grid


def _add(grid: Grid, cells: Iterable[str], style: str = "") -> None:
    grid.add_row(*(Text(cell, style=style) for cell in cells))


def _line(out: Console, text: str, style: str = "") -> None:
    out.print(Text(text, style=style), soft_wrap=True)


def _exact(cents: Any, words: Words) -> str:
    return EMPTY if pd.isna(cents) else words.formats.number(int(cents) / 100, decimals=2)


def _or_dash(value: Any) -> str:
    return EMPTY if pd.isna(value) else str(value)


def _joined(file: Any, sheet: Any) -> str:
    return str(file) if pd.isna(sheet) or not sheet else f"{file} · {sheet}"


def _word(section: str, code: Any, words: Words) -> str:
    key = f"{section}.{code}"
    return words.label(key) if words.has(f"labels.{key}") else str(code)


def _quarantine(reason: str, part: str, words: Words) -> str:
    return words.raw(f"errors.quarantine.{reason}.{part}")
