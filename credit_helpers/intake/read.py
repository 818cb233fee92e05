"""Reads a client's files as a ledger: nothing is lost and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.build import build_ledger
from credit_helpers.intake.client import ClientConfig, read_client
from credit_helpers.intake.reading import Reading, read_tables
from credit_helpers.portfolio.ledger import Ledger


def read_ledger(path: Path | str, config: ClientConfig | None = None) -> Ledger:
    """Return the ledger that a file, or the folder of a client, holds.

    Parameters
    ----------
    path : Path or str
        A file, or a folder with files and perhaps a ``client.toml``.
    config : ClientConfig, optional
        By default read from ``client.toml``.

    Returns
    -------
    Ledger
        Every row of the input is in it, or in its quarantine with a reason.

    Raises
    ------
    InputError
        With everything that is wrong or has to be asked, at once.
    """
    path = Path(path)
    ledger, reading = ledger_of(path, config or read_client(path))
    if ledger is None:
        raise InputError(reading.faults)
    return ledger


def ledger_of(path: Path, config: ClientConfig) -> tuple[Ledger | None, Reading]:
    """Return the ledger, or ``None`` when there are faults, and how the reading went."""
    reading = read_tables(path, config)
    if reading.faults:
        return None, reading
    if not any(values.typed.is_accepted.any() for values in reading.of("invoices")):
        files = ", ".join(sorted({v.typed.table.raw.file for v in reading.of("invoices")}))
        reading.faults.append(Fault("no_rows_accepted", {"file": files}))
        return None, reading
    return build_ledger(reading), reading
