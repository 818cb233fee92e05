"""What ``credit-audit check`` prints: how the files were understood, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from rich.console import Console

from credit_helpers.errors import Fault
from credit_helpers.formats import EMPTY
from credit_helpers.report.fault_table import placed, used
from credit_helpers.report.terminal import add, grid, line
from credit_helpers.words import Words

ROWS = ("rows_in", "rows_accepted", "rows_quarantined")
CENTS = ("cents_in", "cents_accepted", "cents_quarantined")
PLACE = ("file", "sheet", "row", "column", "problem", "cure")
UNSURE_SHARE = 0.75


def show(
    found: Any, language: str, out: Console, *, lacking: Mapping[str, Sequence[str]] | None = None
) -> bool:
    """Print a check and return whether something needs a person.

    Parameters
    ----------
    found : Check
        As :mod:`credit_helpers.intake.check` returns it.
    language : str
        Language to speak.
    out : Console
        Where to print; text of the client's files is never markup.
    lacking : mapping, optional
        Per chapter what the input lacks for it; left out when the files cannot be read.
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
            line(out, f"{words.label(f'check.{code}')}: {shown}")
    notes = [words.prose(f"errors.note.{note.code}", **note.values) for note in found.notes]
    _section("notes", notes, words, out)
    # A question holds the line to copy into client.toml, which a table would break.
    _section("questions", [fault.text(language) for fault in found.questions], words, out)
    _faults(found.faults, words, out)
    if lacking is not None:
        _chapters(found, lacking, words, out)
    verdict = "needs_person" if found.needs_person else "ready"
    out.print()
    line(
        out, words.label(f"check.{verdict}"), "bold yellow" if found.needs_person else "bold green"
    )
    return found.needs_person


def _counts(intake: pd.DataFrame, words: Words, out: Console) -> None:
    """Print rows and amounts in tables of their own, so that no number is ever cut short."""
    if intake.empty:
        return
    label = _labels(words)
    rows = grid(label("file", "table"), label(*ROWS), title=words.label("check.counts"))
    amounts = grid(label("file", "table", "currency"), label(*CENTS))
    counted = intake.assign(sheet=intake["sheet"].fillna("") if "sheet" in intake else "")
    keys = ["file", "sheet", "table"]  # the rows of a table in two currencies are one table still
    for row in counted.groupby(keys, sort=False)[list(ROWS)].sum().reset_index().to_dict("records"):
        add(rows, [*_place(row, words), *(words.formats.number(row[name]) for name in ROWS)])
    for row in intake.to_dict("records"):
        place = _place(row, words)
        if any(row[name] for name in CENTS):
            cents = [_exact(row[name], words) for name in CENTS]
            add(amounts, [*place, _or_dash(row.get("currency")), *cents])
    out.print(rows)
    if amounts.row_count:
        out.print(amounts)


def _place(row: Mapping[str, Any], words: Words) -> list[str]:
    return [_joined(row["file"], row.get("sheet")), _word("input_table", row["table"], words)]


def _tie_out(rows: pd.DataFrame, words: Words, out: Console) -> None:
    """Print what the source states of itself beside what was read, and where they differ."""
    if rows.empty:
        return
    label, figures = _labels(words), ("source_cents", "own_cents", "difference_cents")
    title = words.label("check.tie_out")
    shown = grid(label("file", "what", "place"), label(*figures), title=title)
    for row in rows.to_dict("records"):
        place = [str(row["file"]), _word("tie_out", row["what"], words), str(row["place"])]
        style = "yellow" if row["difference_cents"] else ""
        add(shown, [*place, *(_exact(row[name], words) for name in figures)], style)
    out.print(shown)


def _reasons(found: Any, words: Words, out: Console) -> None:
    """Print what was set aside: where, the first row, what it is, the cure, and how much."""
    if found.quarantine.empty:
        return
    rows, numbers = [], []
    for row in found.reasons.to_dict("records"):
        texts = [words.raw(f"errors.quarantine.{row['reason']}.{part}") for part in _PARTS]
        place = [_or_blank(row[name]) for name in ("file", "sheet", "first_row", "column")]
        rows.append([*place, *texts])
        count = words.formats.number(row["rows_count"])
        numbers.append([count, _exact(row["cents"], words)])
    _grid("reasons", rows, words, out, numbers=numbers)


_PARTS = ("reason", "cure")


def _faults(faults: Sequence[Fault], words: Words, out: Console) -> None:
    if faults:
        rows = [list(vars(placed(fault, words)).values()) for fault in faults]
        _grid("faults", rows, words, out, style="red")


def _grid(
    code: str,
    rows: Sequence[Sequence[str]],
    words: Words,
    out: Console,
    *,
    numbers: Sequence[Sequence[str]] = (),
    style: str = "",
) -> None:
    """Print what is wrong, one row each, without the columns that nothing stands in."""
    kept, label = used(rows), _labels(words)
    right = label("rows_count", "cents") if numbers else []
    shown = grid(
        label(*(PLACE[place] for place in kept)), right, title=words.label(f"check.{code}")
    )
    for place, cells in enumerate(rows):
        add(shown, [*(cells[k] for k in kept), *(numbers[place] if numbers else ())], style)
    out.print(shown)


def _chapters(found: Any, lacking: Mapping[str, Sequence[str]], words: Words, out: Console) -> None:
    """Print which chapters can be judged, and what to ask for those that cannot."""
    can = [words.label(f"chapter.{chapter}") for chapter, needs in lacking.items() if not needs]
    _section("can", [", ".join(can)] if can else [], words, out)
    asked = []
    for chapter, needs in lacking.items():
        if needs:
            values = {
                "chapter": words.label(f"chapter.{chapter}"),
                "needs": ", ".join(words.label(f"capability.{need}") for need in needs),
            }
            reports = [found.asks[need] for need in needs if need in found.asks]
            where = {"package": found.package, "reports": ", ".join(reports)}
            values["needs"] += words.prose("labels.check.in_package", **where) if reports else ""
            asked.append(words.prose("labels.check.ask", **values))
    _section("cannot", asked, words, out)


def _columns(columns: Sequence[Any], words: Words, out: Console) -> None:
    if not columns:
        return
    label = _labels(words)
    left, title = label("file", "table", "header", "word"), words.label("check.columns")
    shown = grid(left, label("confidence"), title=title)
    for column in columns:
        style = "yellow" if column.confidence < UNSURE_SHARE else ""
        kind = _word("input_table", column.table, words)
        sure = words.formats.share(column.confidence)
        read_as = words.raw(f"new.word.{column.word}")
        add(shown, [column.file, kind, column.header, read_as, sure], style)
    out.print(shown)


def _section(code: str, texts: Iterable[str], words: Words, out: Console) -> None:
    known = list(texts)
    if known:
        out.print()
        line(out, words.label(f"check.{code}"), "bold")
    for text in known:
        line(out, f"  • {text}")


def _labels(words: Words) -> Any:
    return lambda *names: [words.label(f"check.{name}") for name in names]


def _exact(cents: Any, words: Words) -> str:
    return EMPTY if pd.isna(cents) else words.formats.number(int(cents) / 100, decimals=2)


def _or_dash(value: Any) -> str:
    return EMPTY if pd.isna(value) else str(value)


def _or_blank(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _joined(file: Any, sheet: Any) -> str:
    return str(file) if pd.isna(sheet) or not sheet else f"{file} · {sheet}"


def _word(section: str, code: Any, words: Words) -> str:
    key = f"{section}.{code}"
    return words.label(key) if words.has(f"labels.{key}") else str(code)
