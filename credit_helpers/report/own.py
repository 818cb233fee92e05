"""The consultant's own chapters: notebooks under ``chapters/`` in the client's folder.

They run with the same ``audit`` as ours, and stand where the number of their file name puts them:
``35_project.ipynb`` comes after ``30_ageing.ipynb``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from credit_helpers.errors import Fault, InputError

FOLDER = "chapters"
LEFT_OUT = frozenset({"lab", "parameters", "setup"})
_NUMBER = re.compile(r"\d+(?=\D)")
_HEADING = re.compile(r"\A\s*#{1,2} +(.+?)[ #]*(?:\n|\Z)")
_OPENING = """\
from credit_helpers.views import own

own.opening({subject!r}, {headings!r}, audit.words)"""


@dataclass(frozen=True)
class OwnChapter:
    """A chapter of the consultant's own.

    Parameters
    ----------
    number : int
        Its place among the chapters.
    subject : str
        A word for it that no other chapter has.
    file : str
        Name of its notebook.
    cells : tuple of NotebookNode
        What runs and what is read, the opening first.
    """

    number: int
    subject: str
    file: str
    cells: tuple[NotebookNode, ...]


def own_chapters(folder: Path) -> tuple[OwnChapter, ...]:
    """Return the chapters in a client's folder, in the order of their numbers.

    Raises
    ------
    InputError
        For every notebook that cannot be read, has no number or nothing to show, at once.
    """
    found, faults = [], []
    for path in sorted((folder / FOLDER).glob("*.ipynb")):
        try:
            found.append(_chapter(path))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return tuple(sorted(found, key=lambda chapter: (chapter.number, chapter.file)))


def number_of(file: str) -> int | None:
    """Return the number that a notebook's name begins with.

    Examples
    --------
    >>> number_of("35_project.ipynb"), number_of("project.ipynb")
    (35, None)
    """
    found = _NUMBER.match(file)
    return int(found[0]) if found else None


def _chapter(path: Path) -> OwnChapter:
    number = number_of(path.name)
    if number is None:
        raise InputError(Fault("own_unnumbered", {"file": path.name}))
    try:
        book = nbformat.read(path, as_version=4)
        nbformat.validate(book)
    # nbformat raises errors of every kind for what is no notebook.
    except Exception as error:
        raise InputError(Fault("own_unreadable", {"file": path.name})) from error
    cells = [cell for cell in book.cells if _has_place(cell)]
    if not cells:
        raise InputError(Fault("own_empty", {"file": path.name}))
    subject = "own_" + re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")
    headings = _take_headings(cells[0]) or [path.stem.lstrip("0123456789_- ") or path.stem]
    source = _OPENING.format(subject=subject, headings=headings)
    opening = nbformat.v4.new_code_cell(source)
    shown = [opening, *(cell for cell in cells if cell.source.strip())]
    for cell in shown:
        cell.metadata["credit_audit"] = {"subject": subject, "file": path.name}
    return OwnChapter(number, subject, path.name, tuple(shown))


def _has_place(cell: NotebookNode) -> bool:
    is_known = cell.cell_type in ("code", "markdown")
    return is_known and bool(cell.source.strip()) and not LEFT_OUT & set(_tags(cell))


def _tags(cell: NotebookNode) -> Iterable[str]:
    return cell.metadata.get("tags", ())


def _take_headings(first: NotebookNode) -> list[str]:
    """Take the one or two headings above the first text: they open the chapter."""
    taken: list[str] = []
    while first.cell_type == "markdown" and len(taken) < 2:
        found = _HEADING.match(first.source)
        if found is None:
            break
        first["source"] = first.source[found.end() :].lstrip("\n")
        taken.append(found[1])
    return taken
