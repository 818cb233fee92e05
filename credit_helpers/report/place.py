"""Where a report lands: made in a temporary folder beside it, moved into place when complete."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from credit_helpers.errors import Fault, ReportError

FILES = (
    *("report.html", "report.pdf", "evidence.xlsx"),
    *("email.html", "email.txt"),
    *("notebook.ipynb", "results.json", "run.json"),
)
# Made only when it is asked for.
EXTRAS = ("deck.pptx",)


@contextmanager
def in_place_of(folder: Path) -> Iterator[Path]:
    """Yield an empty folder; what is written in it takes the place of ``folder`` at the end.

    When something fails in between, ``folder`` stays as it was. A folder that holds nothing but an
    earlier report is replaced as a whole; in one that holds other files as well, these stay.

    Raises
    ------
    ReportError
        When nothing can be written there, or the earlier report cannot be replaced.
    """
    folder = folder.resolve()
    made = _temporary(folder)
    try:
        yield made
        try:
            _move(made, folder)
        except OSError as error:
            raise ReportError(Fault("output_in_use", {"folder": folder})) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def is_report(folder: Path) -> bool:
    """Return whether a folder holds nothing but a report, or nothing at all."""
    return {path.name for path in folder.iterdir()} <= {*FILES, *EXTRAS}


def _temporary(folder: Path) -> Path:
    refused = ReportError(Fault("output_not_writable", {"folder": folder}))
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.W_OK)):
        raise refused
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        return _new(folder.parent, folder.name)
    except OSError as error:
        if not folder.is_dir():
            raise refused from error
    try:  # a folder of one's own in a place that is not, such as a home
        return _new(folder, folder.name)
    except OSError as error:
        raise refused from error


def _new(parent: Path, name: str) -> Path:
    made = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=parent))
    # mkdtemp makes a private folder; the report gets the rights that any new folder has.
    plain = made / "new"
    plain.mkdir()
    made.chmod(plain.stat().st_mode & 0o777)
    plain.rmdir()
    return made


def _move(made: Path, folder: Path) -> None:
    if not folder.exists():
        made.rename(folder)
    elif is_report(folder) and not Path.cwd().is_relative_to(folder):
        _swap(made, folder)
    else:
        for name in (*FILES, *EXTRAS):
            if (made / name).exists():
                (made / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)


def _swap(made: Path, folder: Path) -> None:
    older = made.with_name(made.name + "-old")
    folder.rename(older)
    try:
        made.rename(folder)
    except OSError:
        older.rename(folder)
        raise
    shutil.rmtree(older, ignore_errors=True)
