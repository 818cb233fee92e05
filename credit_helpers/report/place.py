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
    *("notebook.ipynb", "results.json", "run.json"),
)


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
    return {path.name for path in folder.iterdir()} <= set(FILES)


def _temporary(folder: Path) -> Path:
    refused = ReportError(Fault("output_not_writable", {"folder": folder}))
    if folder.exists() and not folder.is_dir():
        raise refused
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        # mkdtemp makes a private folder; the report gets the rights that any new folder has.
        plain = made / "new"
        plain.mkdir()
        if folder.is_dir() and not os.access(folder, os.W_OK):
            shutil.rmtree(made, ignore_errors=True)
            raise refused
        made.chmod(plain.stat().st_mode & 0o777)
        plain.rmdir()
    except OSError as error:
        raise refused from error
    return made


def _move(made: Path, folder: Path) -> None:
    if not folder.exists():
        made.rename(folder)
    elif is_report(folder):
        _swap(made, folder)
    else:
        for name in FILES:
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
