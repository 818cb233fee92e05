"""Execute an assembled notebook, and give it back as the same input always gives it."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from credit_helpers import errors
from credit_helpers.errors import LANGUAGES, CreditHelpersError, Fault, ReportError
from credit_helpers.formats import EMPTY
from credit_helpers.report.assemble import (
    check_parameters,
    parameters_of,
    set_parameters,
    tags,
)
from credit_helpers.report.kernel import NAME, Worker, kernel_class
from credit_helpers.words import Words

SECONDS_PER_CELL = 1800
_OWN_ERRORS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, CreditHelpersError)
}
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


class ChapterError(ReportError):
    """A chapter stopped with a text that is meant for the reader, already in their language."""

    def __init__(self, message: str) -> None:
        super().__init__(Fault("chapter_stopped", {"message": message}))


def execute(
    notebook: NotebookNode,
    parameters: Mapping[str, Any],
    *,
    folder: Path,
    worker: Worker | None = None,
    opened: Any = None,
) -> NotebookNode:
    """Run every cell in a fresh kernel of the running interpreter.

    Parameters
    ----------
    notebook : NotebookNode
        As :func:`credit_helpers.report.assemble.assemble` returns it.
    parameters : mapping
        Values of its parameters cell; the language among them is that of the errors.
    folder : Path
        Working folder of the kernel.
    worker : Worker, optional
        A process that loads the program already; it serves once.
    opened : tuple, optional
        The audit that the set-up cell asks for, see :data:`credit_helpers.audit.opening.opened`.

    Returns
    -------
    NotebookNode
        With its outputs, without random ids, times and paths.

    Raises
    ------
    PolicyError
        For parameters that the notebook does not have, before anything runs.
    ReportError
        When a cell fails: the chapter, and what went wrong.
    """
    check_parameters(notebook, parameters)
    language = parameters.get("language") or LANGUAGES[0]
    logging.getLogger("papermill").setLevel(logging.ERROR)
    with worker or Worker() as worker:
        try:
            done = papermill.execute_notebook(
                notebook,
                None,
                parameters=dict(parameters),
                kernel_name=NAME,
                language="python",
                progress_bar=False,
                execution_timeout=SECONDS_PER_CELL,
                kernel_manager_class=kernel_class(worker, language, folder=folder, opened=opened),
            )
        except PapermillExecutionError as error:
            raise _failure(notebook, error, language=language, moved=bool(parameters)) from None
        except (DeadKernelError, CellTimeoutError, RuntimeError) as error:
            cause = type(error).__name__
            raise ReportError(Fault("kernel_stopped", {"cause": cause})) from error
    return settle(done)


def settle(notebook: NotebookNode) -> NotebookNode:
    """Take out of an executed notebook what differs from run to run; returns the same notebook.

    papermill adds a cell with a random id, and times and paths as metadata; the values of its cell
    go into the parameters cell. Where the files went is nobody's business and left empty.
    """
    record = notebook.metadata.pop("papermill", {})
    notebook.cells = [cell for cell in notebook.cells if "injected-parameters" not in tags(cell)]
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "outputs" in cell:
            # A warning on stderr names folders of this machine and is not for the client.
            cell.outputs = [shown for shown in cell.outputs if shown.get("name") != "stderr"]
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/plain" in data:
                data["text/plain"] = _ADDRESS.sub("", data["text/plain"])
    given = dict(record.get("parameters", {}))
    if "output" in given:
        given["output"] = ""
    if given:
        set_parameters(notebook, {**parameters_of(notebook), **given})
    return notebook


def _failure(
    notebook: NotebookNode, error: PapermillExecutionError, *, language: str, moved: int
) -> ReportError:
    if error.ename in _OWN_ERRORS:
        return ChapterError(error.evalue)
    # papermill puts one cell of its own behind the first when there are parameters.
    cell = notebook.cells[max(error.cell_index - moved, 0)]
    mark = cell.metadata.get("credit_audit", {})
    values = {"cause": error.ename, "message": _first_line(error.evalue)}
    if "file" in mark:
        return ReportError(Fault("own_failed", {**values, "file": mark["file"]}))
    chapter = chapter_title(mark.get("subject", ""), language)
    return ReportError(Fault("chapter_failed", {**values, "chapter": chapter}))


def chapter_title(subject: str, language: str) -> str:
    """Return the name of a chapter as its reader knows it; the cell of no chapter has a dash."""
    words = Words(language)
    key = f"chapter.{subject}"
    return words.label(key) if words.has(f"labels.{key}") else subject or EMPTY


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or ["?"])[0][:300]
