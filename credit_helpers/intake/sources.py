"""Which files a client delivered, and the reader that each needs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.audit_file import read_audit_file
from credit_helpers.intake.client import CONFIG_NAME, ClientConfig
from credit_helpers.intake.csv_file import read_csv
from credit_helpers.intake.excel_file import read_excel
from credit_helpers.intake.parquet_file import read_parquet
from credit_helpers.intake.places import files_of
from credit_helpers.intake.tables import Grid
from credit_helpers.intake.web_page import read_web_page
from credit_helpers.intake.zip_file import read_zip
from credit_helpers.portfolio.ledger import Note
from credit_helpers.questionnaire import is_sheet

READERS: dict[str, Callable[[Path], list[Grid]]] = {
    ".csv": read_csv,
    ".txt": read_csv,
    ".tsv": read_csv,
    ".tab": read_csv,
    ".asc": read_csv,
    ".xlsx": read_excel,
    ".xlsm": read_excel,
    ".xlsb": read_excel,
    ".xls": read_excel,
    ".ods": read_excel,
    ".parquet": read_parquet,
    ".xml": read_audit_file,
    ".xaf": read_audit_file,
    ".saft": read_audit_file,
}
READABLE = (*READERS, ".zip")
SKIPPED = (
    ".toml",
    ".key",
    ".md",
    ".ini",
    ".log",
    ".png",
    ".jpg",
    ".svg",
    ".ipynb",
    ".html",
    ".json",
)
MARKS = ((b"PK\x03\x04", ".xlsx"), (b"\xd0\xcf\x11\xe0", ".xls"), (b"PAR1", ".parquet"))
MARKS_REFUSED = ((b"%PDF", ".pdf"), (b"{\\rtf", ".rtf"), (b"MIME-Version:", ".mht"))
WEB_PAGE = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style", b"<body")
XML = (b"<?xml", b"<workbook", b"<auditfile")
TEXT_FILES = tuple(suffix for suffix, reader in READERS.items() if reader is read_csv)
KINDS = "csv, txt, xlsx, xls, ods, parquet, xml, xaf, zip"
BLOCK, HEAD_BYTES = 1 << 20, 512


@dataclass
class Delivery:
    """The grids of every file, the hashes, the archive that a file came out of, and the faults."""

    grids: list[Grid] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    archives: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_delivery(path: Path, config: ClientConfig) -> Delivery:
    """Return what a file or a client folder holds; faults are collected, not raised."""
    delivery = Delivery()
    for file in _files(path, config, delivery):
        try:
            grids = [grid for grid in _read(file) if not is_sheet(grid.file)]
            delivery.grids += grids
            delivery.archives |= {g.file: file.name for g in grids if g.file != file.name}
            # A file out of an archive goes by its own name, with the fingerprint of the archive.
            delivery.hashes |= dict.fromkeys({file.name, *(g.file for g in grids)}, sha256(file))
        except InputError as error:
            delivery.faults += error.faults
        except PermissionError:
            delivery.faults.append(Fault("file_locked", {"file": file.name}))
        except (OSError, ValueError, MemoryError):
            delivery.faults.append(Fault("file_damaged", {"file": file.name}))
    return delivery


def sha256(path: Path) -> str:
    """Return the fingerprint of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _files(path: Path, config: ClientConfig, delivery: Delivery) -> list[Path]:
    if not path.exists():
        delivery.faults.append(Fault("file_missing", {"file": path.name or str(path)}))
        return []
    if path.is_file() and path.name != CONFIG_NAME:
        if is_sheet(path.name):
            delivery.faults.append(Fault("questionnaire_no_ledger", {"file": path.name}))
            return []
        return [path]
    folder = path if path.is_dir() else path.parent
    if config.files:
        _note_unnamed(folder, config, delivery)
        return [folder / name for name in files_of(config.files) if not is_sheet(name)]
    found = [
        f for f in sorted(folder.iterdir()) if f.is_file() and not f.name.startswith((".", "~$"))
    ]
    found = [file for file in found if not is_sheet(file.name)]
    known = [f for f in found if f.suffix.lower() in READABLE]
    known = [f for f in known if f.stem.lower() not in ("readme", "leesmij")]
    for file in found:
        if file not in known and file.suffix.lower() not in SKIPPED:
            delivery.notes.append(Note("file_not_read", {"file": file.name}))
    if not known:
        delivery.faults.append(Fault("folder_empty", {"file": folder.name, "kinds": KINDS}))
    return known


def _note_unnamed(folder: Path, config: ClientConfig, delivery: Delivery) -> None:
    """Say which files lie in the folder that the settings do not name."""
    named = files_of(config.files)
    for file in sorted(folder.iterdir()):
        is_known = file.suffix.lower() in READABLE and not file.name.startswith((".", "~$"))
        is_known = is_known and not is_sheet(file.name)
        if is_known and file.is_file() and file.name not in named:
            delivery.notes.append(Note("file_not_named", {"file": file.name}))


def _read(path: Path) -> list[Grid]:
    suffix = path.suffix.lower()
    with path.open("rb") as stream:
        start = stream.read(HEAD_BYTES).lstrip()
    if not start:
        raise InputError(Fault("file_empty", {"file": path.name}))
    if suffix == ".zip":
        return read_zip(path, _read, tuple(READERS))
    if suffix == ".xls" and not start.startswith((b"PK", b"\xd0\xcf")):
        return _read_text(path, start)
    if suffix not in READERS:
        values = {"file": path.name, "suffix": suffix or path.name, "kinds": KINDS}
        raise InputError(Fault("file_type", values))
    if suffix in TEXT_FILES:
        return _read_text(path, start)
    return READERS[suffix](path)


def _read_text(path: Path, start: bytes) -> list[Grid]:
    """Read what calls itself text, or an Excel file and is none, as what it is."""
    _refuse_disguised(path, start)
    mark = start.replace(b"\x00", b"").lower()
    for bom in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        mark = mark.removeprefix(bom).lstrip()
    is_sheet = b"<workbook" in mark
    if mark.startswith(b"<") and not is_sheet and any(tag in mark for tag in WEB_PAGE):
        return read_web_page(path)
    return read_audit_file(path) if mark.startswith(XML) else read_csv(path)


def _refuse_disguised(path: Path, start: bytes) -> None:
    """Refuse a file that is called text and holds something else."""
    for mark, right in MARKS:
        if start.startswith(mark):
            values = {"file": path.name, "suffix": path.suffix, "right": right}
            raise InputError(Fault("file_disguised", values))
    for mark, suffix in MARKS_REFUSED:
        if start.startswith(mark):
            values = {"file": path.name, "suffix": suffix, "kinds": KINDS}
            raise InputError(Fault("file_type", values))
