"""Reads the files in an archive, each as if it had been delivered on its own."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.packages import check_sizes
from credit_helpers.intake.tables import Grid

MAX_MEMBERS = 100


def read_zip(path: Path, read: Callable[[Path], list[Grid]], known: tuple[str, ...]) -> list[Grid]:
    """Return the grids of every readable file in an archive.

    Parameters
    ----------
    path : Path
    read : callable
        Reads one unpacked file.
    known : tuple of str
        Endings of the files that are read; the others, and archives in the archive, are not.

    Raises
    ------
    InputError
        When the archive is damaged, encrypted, too large, or holds nothing that is read.
    """
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            check_sizes(archive, path.name)
            return _read_members(archive, Path(folder), path.name, (read, known))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(Fault("file_damaged", {"file": path.name})) from error


def _read_members(
    archive: zipfile.ZipFile,
    folder: Path,
    name: str,
    reader: tuple[Callable[[Path], list[Grid]], tuple[str, ...]],
) -> list[Grid]:
    read, known = reader
    members = [i for i in archive.infolist() if _is_wanted(i.filename, known)]
    if not members or len(members) > MAX_MEMBERS:
        raise InputError(Fault("zip_without_files", {"file": name}))
    if any(info.flag_bits & 1 for info in members):
        raise InputError(Fault("file_encrypted", {"file": name}))
    grids: list[Grid] = []
    for number, info in enumerate(members):
        # Only the last part of the name is used, in a folder of its own: nothing lands elsewhere.
        own = folder / str(number)
        own.mkdir()
        target = own / PurePosixPath(info.filename.replace("\\", "/")).name
        with archive.open(info) as source, target.open("wb") as sink:
            shutil.copyfileobj(source, sink)
        grids += read(target)
    return grids


def _is_wanted(name: str, known: tuple[str, ...]) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = path.name.startswith((".", "~$")) or "__MACOSX" in path.parts
    return path.suffix.lower() in known and not hidden and not name.endswith("/")
