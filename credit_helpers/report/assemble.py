"""Join the chosen chapters into one notebook, with one parameters cell and one set-up cell."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from credit_helpers.errors import Fault, PolicyError, ReportError
from credit_helpers.report.own import OwnChapter, number_of
from credit_helpers.resources import resource

HAND_OVER = """\
from credit_helpers.report.handover import hand_over

hand_over(audit, Out.values(), output)"""
REMARK = """\
from credit_helpers.views import remarks

remarks.shown(audit.remarks[{subject!r}], audit.words)"""


@cache
def chapters() -> Mapping[str, Path]:
    """Return the notebook of each chapter by its subject, in the order of the report.

    The subject stands in the notebook's metadata; a notebook without one, such as the start page,
    is no chapter.
    """
    found = {}
    for path in sorted(resource("notebooks").glob("[1-9]*.ipynb")):
        subject = _read(path).metadata.get("credit_audit", {}).get("subject")
        if subject:
            found[subject] = path
    return found


def assemble(
    subjects: Iterable[str],
    *,
    parameters: Mapping[str, Any] | None = None,
    remarked: Collection[str] = (),
    own: Sequence[OwnChapter] = (),
) -> NotebookNode:
    """Return one notebook that holds the chapters of ``subjects``, in that order.

    Cells for the lab are left out. Every cell names its subject in its metadata, so that a failure
    and a page can name their chapter. The last cell hands the audit over to the files.

    Parameters
    ----------
    subjects : iterable of str
        Chapters, for example ``("summary", "ageing")``.
    parameters : mapping, optional
        Values to lay over those of the parameters cell.
    remarked : collection of str
        Chapters in which the consultant has a remark; it is shown after their opening.
    own : sequence of OwnChapter
        The consultant's own chapters, each before the first one with a higher number.

    Raises
    ------
    ReportError
        When there is no chapter for a subject.
    PolicyError
        For every parameter that the chapters do not have.
    """
    chosen = list(subjects)
    books = [_chapter(subject) for subject in chosen]
    first = books[0]
    whole = nbformat.v4.new_notebook(metadata=first.metadata)
    whole.metadata["credit_audit"] = {"subjects": chosen}
    whole.cells = [_parameters_cell(first), _tagged(first, "setup")]
    waiting = list(own)
    for subject, book in zip(chosen, books, strict=True):
        number = number_of(chapters()[subject].name) or 0
        while waiting and waiting[0].number < number:
            whole.cells += waiting.pop(0).cells
        whole.cells += _cells(book, subject, is_remarked=subject in remarked)
    whole.cells += [cell for chapter in waiting for cell in chapter.cells]
    whole.cells.append(_cell(HAND_OVER, "handover"))
    for number, cell in enumerate(whole.cells):
        cell["id"] = f"cell-{number:03d}"
    check_parameters(whole, parameters or {})
    set_parameters(whole, {**parameters_of(whole), **(parameters or {})})
    return whole


def parameters_of(notebook: NotebookNode) -> dict[str, Any]:
    """Return the names and the plain values of the parameters cell, in their order."""
    tree = ast.parse(_tagged(notebook, "parameters").source)
    assigned = [line for line in tree.body if isinstance(line, ast.Assign)]
    return {
        target.id: ast.literal_eval(line.value)
        for line in assigned
        for target in line.targets
        if isinstance(target, ast.Name)
    }


def set_parameters(notebook: NotebookNode, values: Mapping[str, Any]) -> None:
    """Write the parameters cell anew with these values."""
    lines = [f"{name} = {value!r}" for name, value in values.items()]
    _tagged(notebook, "parameters")["source"] = "\n".join(lines)


def check_parameters(notebook: NotebookNode, given: Mapping[str, Any]) -> None:
    """Refuse parameters that the notebook does not have, all at once.

    Raises
    ------
    PolicyError
        One fault per unknown parameter, with the nearest known name.
    """
    known = list(parameters_of(notebook))
    faults = []
    for name in given:
        if name not in known:
            nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
            faults.append(Fault("parameter_unknown", {"name": name, "nearest": nearest}))
    if faults:
        raise PolicyError(faults)


def tags(cell: NotebookNode) -> list[str]:
    """Return the tags of a cell."""
    return list(cell.metadata.get("tags", []))


def _read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def _chapter(subject: str) -> NotebookNode:
    try:
        return _read(chapters()[subject])
    except KeyError:
        known = ", ".join(chapters())
        raise ReportError(Fault("chapter_unknown", {"subject": subject, "known": known})) from None


def _cells(book: NotebookNode, subject: str, *, is_remarked: bool) -> list[NotebookNode]:
    """Return what the report takes from a chapter, the opening first."""
    cells = [cell for cell in book.cells if _belongs(cell)]
    if is_remarked:
        cells.insert(1, nbformat.v4.new_code_cell(REMARK.format(subject=subject)))
    return [_marked(cell, subject) for cell in cells]


def _belongs(cell: NotebookNode) -> bool:
    return not {"lab", "parameters", "setup"} & set(tags(cell))


def _tagged(notebook: NotebookNode, tag: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if tag in tags(cell))


def _parameters_cell(chapter: NotebookNode) -> NotebookNode:
    cell = _tagged(chapter, "parameters")
    cell["source"] += '\noutput = ""'
    return cell


def _marked(cell: NotebookNode, subject: str) -> NotebookNode:
    cell.metadata["credit_audit"] = {"subject": subject}
    return cell


def _cell(source: str, tag: str) -> NotebookNode:
    return nbformat.v4.new_code_cell(source, metadata={"tags": [tag]})
