"""Make the reports of many clients; a client that fails does not stop the rest."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from credit_helpers.errors import CreditHelpersError, Fault, InputError, ReportError
from credit_helpers.report.build import Built, Order, build
from credit_helpers.report.results import write_json
from credit_helpers.report.summary_page import summary_html

OK, WARNINGS, FAILED = "ok", "warnings", "failed"
EXIT = {OK: 0, WARNINGS: 1, FAILED: 2}
SUFFIXES = (
    *(".csv", ".txt", ".tsv", ".tab", ".asc", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
    *(".parquet", ".xml", ".xaf"),
)
FIGURES = {
    "outstanding_cents": "ageing.outstanding_cents",
    "overdue_share": "ageing.overdue_share",
    "dso_days": "dso.dso_days",
}


@dataclass(frozen=True)
class Outcome:
    """How it went with one client; figures are ``None`` when they are not known.

    Parameters
    ----------
    client : str
        Name of the client, or of its folder when it could not be read.
    source : str
        Name of its folder or file.
    status : str
        ``"ok"``, ``"warnings"`` or ``"failed"``.
    messages : tuple of str
        Warnings, or what went wrong, in the client's language.
    report : str
        Address of its page relative to the summary; empty when there is none.
    """

    client: str
    source: str
    status: str = FAILED
    messages: tuple[str, ...] = ()
    report: str = ""
    as_of: str = ""
    currency: str = ""
    outstanding_cents: int | None = None
    overdue_share: float | None = None
    dso_days: float | None = None
    high_findings_count: int | None = None


@dataclass(frozen=True)
class Batch:
    """How it went with every client, in the order in which they were made."""

    outcomes: tuple[Outcome, ...] = field(default_factory=tuple)

    def count(self, status: str) -> int:
        """Return how many clients have a status."""
        return sum(outcome.status == status for outcome in self.outcomes)

    @property
    def exit_status(self) -> int:
        """0 when all went well, 1 when there are warnings, 2 when a client failed."""
        return max((EXIT[outcome.status] for outcome in self.outcomes), default=0)


def clients_in(folder: Path, reports: Path | None = None) -> list[Path]:
    """Return the clients of a folder: each folder with files in it, and each file of a ledger.

    Parameters
    ----------
    folder : Path
    reports : Path, optional
        The folder of the reports, which is no client when it lies among them.

    Raises
    ------
    InputError
        When there is no such folder, or nothing in it.
    """
    if not folder.is_dir():
        raise InputError(Fault("file_missing", {"file": folder.name}))
    besides = reports.absolute() if reports else None
    paths = [path for path in sorted(folder.iterdir()) if path.absolute() != besides]
    found = [path for path in paths if _is_client(path)]
    if not found:
        raise InputError(Fault("batch_empty", {"folder": folder.name}))
    return found


def run_batch(
    folder: Path,
    *,
    order: Order,
    on_done: Callable[[Outcome], None] = lambda outcome: None,
) -> Batch:
    """Make a report for every client of a folder.

    After each client ``summary.json`` and ``summary.html`` are written anew, so that whatever
    stops a batch, what was made is on record.

    Parameters
    ----------
    folder : Path
        Folder of client folders, or of files.
    order : Order
        What holds for all: day, language, policy, and the folder of the reports.
    on_done : callable
        Told after each client.
    """
    clients, batch = clients_in(folder, order.reports), Batch()
    try:
        _record(batch, order, of=len(clients))
    except OSError as error:
        raise ReportError(Fault("output_not_writable", {"folder": order.reports})) from error
    for path in clients:
        outcome, made = _one(path, order)
        order = replace(order, taken=order.taken | {made} if made else order.taken)
        batch = Batch((*batch.outcomes, outcome))
        _record(batch, order, of=len(clients))
        on_done(outcome)
    return batch


def _is_client(path: Path) -> bool:
    if _is_hidden(path):
        return False
    if path.is_dir():
        return any(below.is_file() and not _is_hidden(below) for below in path.iterdir())
    return path.suffix.lower() in SUFFIXES


def _is_hidden(path: Path) -> bool:
    return path.name.startswith((".", "~"))


def _one(path: Path, order: Order) -> tuple[Outcome, Path | None]:
    """Return how it went with one client, and the folder of its report."""
    known = Outcome(client=path.stem, source=path.name)
    try:
        built = build(replace(order, client=str(path)))
        return _outcome(known, built, order), built.folder
    except CreditHelpersError as error:
        return replace(known, messages=tuple(str(error).splitlines())), None
    except Exception as error:  # a defect of ours must not cost the other clients their report
        fault = Fault("client_failed", {"file": path.name, "cause": type(error).__name__})
        return replace(known, messages=(fault.text(order.language or "nl"),)), None


def _outcome(known: Outcome, built: Built, order: Order) -> Outcome:
    results = built.results
    figures = {name: results["figures"].get(key, {}).get("value") for name, key in FIGURES.items()}
    page = os.path.relpath((built.folder / "report.html").absolute(), order.reports.absolute())
    return replace(
        known,
        client=results["client"],
        status=WARNINGS if built.warnings else OK,
        messages=built.warnings,
        report=quote(Path(page).as_posix()),
        as_of=results["as_of"],
        currency=results["currency"],
        high_findings_count=sum(f["severity"] == "high" for f in results["findings"]),
        **figures,
    )


def _record(batch: Batch, order: Order, *, of: int) -> None:
    order.reports.mkdir(parents=True, exist_ok=True)
    language = order.language or "nl"
    counts = {status: batch.count(status) for status in EXIT}
    data = {"clients": _plain(batch.outcomes), "counts": counts, "clients_count": of}
    _replace(order.reports / "summary.json", lambda path: write_json(data, path))
    page = summary_html(data, language)
    _replace(
        order.reports / "summary.html",
        lambda path: path.write_text(page, encoding="utf-8", newline="\n"),
    )


def _replace(path: Path, write: Callable[[Path], Any]) -> None:
    draft = path.with_name(f".{path.name}.part")
    write(draft)
    draft.replace(path)


def _plain(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    return [asdict(outcome) for outcome in outcomes]
