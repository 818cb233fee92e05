"""The questionnaire as a sheet: ``vragenlijst.xlsx`` or ``questionnaire.xlsx`` beside the files.

The client fills in the column of answers; a question is known by its code, or by its wording in
either language. What ``client.toml`` answers under ``[questionnaire]`` goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import process

from credit_helpers.errors import LANGUAGES, Fault, InputError
from credit_helpers.intake.excel_file import read_excel
from credit_helpers.intake.tables import Grid
from credit_helpers.portfolio.ledger import Note
from credit_helpers.questionnaire import FLAG, SHEET_NAMES, questions, wrong_answer
from credit_helpers.words import texts

_DAYS = re.compile(r"(-?\d+(?:[.,]\d+)?)(?:\s*(?:dag|dagen|day|days|d))?\.?")
_TRUE = frozenset(("ja", "j", "yes", "y", "true", "waar"))
_FALSE = frozenset(("nee", "n", "no", "false", "onwaar"))


@dataclass(frozen=True)
class Answers:
    """The answers on a client's way of working, and where they came from.

    Parameters
    ----------
    given : mapping of str to float
        Question -> 1 or 0 for a flag, or days.
    file : str
        The sheet that was read; empty without one.
    told : int
        How many of the answers are the sheet's.
    overruled : tuple of str
        Questions that the sheet answers otherwise than the settings, which then hold.
    """

    given: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    file: str = ""
    told: int = 0
    overruled: tuple[str, ...] = ()


def read_answers(folder: Path, own: Mapping[str, float]) -> tuple[Answers, list[Fault]]:
    """Return the answers of a client: its own settings, and what its sheet says beside them.

    Parameters
    ----------
    folder : Path
        The client's folder.
    own : mapping of str to float
        What ``client.toml`` answers.

    Returns
    -------
    tuple of Answers and list of Fault
        The faults name the sheet and the row.
    """
    files = [folder / name for name in SHEET_NAMES.values() if (folder / name).is_file()]
    if not files:
        return Answers(own), []
    if len(files) > 1:
        values = {"file": files[0].name, "other": files[1].name}
        return Answers(own), [Fault("questionnaire_twice", values)]
    (file,) = files
    try:
        given, faults = _answers(read_excel(file), file.name)
    except PermissionError:
        return Answers(own), [Fault("file_locked", {"file": file.name})]
    except InputError as error:
        return Answers(own), list(error.faults)
    overruled = tuple(key for key in own if key in given and given[key] != own[key])
    told = len(given.keys() - own.keys())
    return Answers({**given, **own}, file.name, told, overruled), faults


def answer_notes(answers: Answers) -> list[Note]:
    """Return what the reader should know about the sheet: what was taken, and what was not."""
    if not answers.file:
        return []
    where: dict[str, object] = {"file": answers.file}
    counts = {"answers_count": answers.told, "questions_count": len(questions())}
    notes = [Note("answers_read", {**where, **counts})]
    if answers.overruled:
        keys = ", ".join(answers.overruled)
        notes.append(Note("answers_overruled", {**where, "config": "client.toml", "keys": keys}))
    return notes


def _answers(grids: list[Grid], file: str) -> tuple[dict[str, float], list[Fault]]:
    """Return every answer of the sheets, and what is wrong with each of the others."""
    heads = [(grid, *head) for grid in grids if (head := _head(grid)) is not None]
    if not heads:
        values = {"file": file, "sheet": grids[0].sheet, "columns": " / ".join(sorted(_headings()))}
        return {}, [Fault("questionnaire_no_answers", values)]
    found: dict[str, float] = {}
    faults, first = [], {}
    for grid, start, place in heads:
        for row, asked, said in _rows(grid, start, place):
            at = {"file": file, "sheet": grid.sheet, "row": row}
            key = _key_of(asked)
            if not key:
                faults += _unknown(asked, said, at)
            elif key in first:
                faults.append(Fault("questionnaire_repeated", {**at, "key": key, **first[key]}))
            elif (value := _value(key, said)) is None:
                code = "flag" if questions()[key].kind == FLAG else "days"
                values = {**at, "key": key, "value": said}
                faults.append(Fault(f"questionnaire_{code}_wrong", values))
            else:
                found[key], first[key] = value, {"first_row": row}
    return found, faults


def _headings() -> set[str]:
    return {texts(language)["maturity.sheet.answer"] for language in LANGUAGES}


def _head(grid: Grid) -> tuple[int, int] | None:
    """Return the row and the column of the heading above the answers."""
    wanted = {heading.casefold() for heading in _headings()}
    cells = grid.cells.to_numpy()
    for row, line in enumerate(cells):
        for place, cell in enumerate(line):
            if cell.strip().casefold() in wanted:
                return row, place
    return None


def _rows(grid: Grid, start: int, place: int) -> Iterator[tuple[int, list[str], str]]:
    """Yield each row with an answer: its number in the sheet, what stands before it, the answer."""
    for row, line in enumerate(grid.cells.to_numpy()[start + 1 :], start=start + 2):
        said = " ".join(line[place].split())
        if said:
            yield row, [" ".join(cell.split()) for cell in line[:place]], said


def _key_of(asked: list[str]) -> str:
    return next((known for cell in asked if (known := _known().get(cell.casefold()))), "")


@cache
def _known() -> Mapping[str, str]:
    """Return the key of a question by its key and by its wording in each language."""
    keys = {key.casefold(): key for key in questions()}
    for language in LANGUAGES:
        keys |= {texts(language)[f"maturity.question.{k}"].casefold(): k for k in questions()}
    return keys


def _unknown(asked: list[str], said: str, at: Mapping[str, object]) -> list[Fault]:
    question = next((cell for cell in asked if cell), "") or said
    found = process.extractOne(question.casefold(), list(_known()))
    values = {**at, "value": question, "nearest": _known()[found[0]] if found else ""}
    return [Fault("questionnaire_unknown", values)]


def _value(key: str, said: str) -> float | None:
    """Return an answer as a number; ``None`` when it is none.

    Examples
    --------
    >>> _value("limits_set", "Ja"), _value("first_action_days", "5 dagen")
    (1.0, 5.0)
    >>> _value("limits_set", "soms"), _value("first_action_days", "999")
    (None, None)
    """
    answer: bool | float | None = None
    folded = said.casefold().rstrip(".")
    if questions()[key].kind == FLAG:
        answer = True if folded in _TRUE else False if folded in _FALSE else None
    elif days := _DAYS.fullmatch(folded):
        answer = float(days[1].replace(",", "."))
    return None if answer is None or wrong_answer(key, answer) else float(answer)
