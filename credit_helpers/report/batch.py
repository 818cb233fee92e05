"""Make the reports of many clients; a client that fails does not stop the rest."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from credit_helpers.audit import READABLE, read_client
from credit_helpers.errors import CreditHelpersError, Fault, InputError, ReportError
from credit_helpers.questionnaire import is_sheet
from credit_helpers.report.batch_client import FAILED, OK, WARNINGS, Outcome, outcome_of
from credit_helpers.report.batch_summary import language_of, summary_of
from credit_helpers.report.build import Built, Order, build
from credit_helpers.report.results import write_json
from credit_helpers.report.side_by_side import side_by_side
from credit_helpers.report.standing_page import is_anonymous, standing_html
from credit_helpers.report.summary_page import summary_html

EXIT = {OK: 0, WARNINGS: 1, FAILED: 2}
# The tables that may go to a client, beside the reports.
STANDING = "standing"


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
    jobs: int = 1,
    on_done: Callable[[Outcome], None] = lambda outcome: None,
) -> Batch:
    """Make a report for every client of a folder.

    After each client ``summary.json`` and ``summary.html`` are written anew, so that whatever
    stops a batch, what was made is on record. At the end each client that can be compared gets a
    table without names in ``standing``, beside the reports.

    Parameters
    ----------
    folder : Path
        Folder of client folders, or of files.
    order : Order
        What holds for all: day, language, policy, and the folder of the reports.
    jobs : int
        How many clients are done at once, each in a process of its own.
    on_done : callable
        Told after each client.
    """
    clients, done, batch = clients_in(folder, order.reports), {}, Batch()
    try:
        _record(batch, order, of=len(clients))
    except OSError as error:
        raise ReportError(Fault("output_not_writable", {"folder": order.reports})) from error
    for path, outcome in _outcomes(clients, order, jobs):
        done[path] = outcome
        batch = Batch(tuple(done[client] for client in clients if client in done))
        _record(batch, order, of=len(clients))
        on_done(outcome)
    return batch


def _outcomes(clients: list[Path], order: Order, jobs: int) -> Iterator[tuple[Path, Outcome]]:
    if jobs == 1:
        yield from _in_turn(clients, order)
        return
    groups = _by_name(clients)
    work, lost = partial(_group, order=order), partial(_lost_group, order=order)
    for outcomes in side_by_side(groups, work, lost, jobs=jobs):
        yield from outcomes


def _in_turn(clients: Iterable[Path], order: Order) -> Iterator[tuple[Path, Outcome]]:
    """Yield how it went with each, none of which may take the folder of one before."""
    for path in clients:
        outcome, made = _one(path, order)
        order = replace(order, taken=order.taken | {made} if made else order.taken)
        yield path, outcome


def _by_name(clients: Iterable[Path]) -> list[tuple[Path, ...]]:
    """Return the clients with those of one name together: their reports go to one folder."""
    groups: dict[str, tuple[Path, ...]] = {}
    for path in clients:
        try:
            name = read_client(path).slug
        except CreditHelpersError:
            name = f"/{path}"  # no report will come of it
        groups[name] = (*groups.get(name, ()), path)
    return list(groups.values())


def _group(clients: tuple[Path, ...], order: Order) -> list[tuple[Path, Outcome]]:
    return list(_in_turn(clients, order))


def _lost_group(clients: tuple[Path, ...], order: Order) -> list[tuple[Path, Outcome]]:
    return [(path, _failed(path, order, "BrokenProcessPool")) for path in clients]


def _is_client(path: Path) -> bool:
    if _is_hidden(path):
        return False
    if path.is_dir():
        return any(below.is_file() and not _is_hidden(below) for below in path.iterdir())
    return path.suffix.lower() in READABLE and not is_sheet(path.name)


def _is_hidden(path: Path) -> bool:
    return path.name.startswith((".", "~"))


def _one(path: Path, order: Order) -> tuple[Outcome, Path | None]:
    """Return how it went with one client, and the folder of its report."""
    known = Outcome(client=path.stem, source=path.name)
    try:
        built = build(replace(order, client=str(path)))
        return _outcome(known, built, order), built.folder
    except CreditHelpersError as error:
        language = order.language or error.language
        messages = tuple(error.text(language).splitlines())
        return replace(known, messages=messages, language=language), None
    except Exception as error:  # a defect of ours must not cost the other clients their report
        return _failed(path, order, type(error).__name__), None


def _failed(path: Path, order: Order, cause: str) -> Outcome:
    fault, language = Fault("client_failed", {"file": path.name, "cause": cause}), order.language
    texts = (fault.text(language or "nl"),)
    return Outcome(path.stem, path.name, messages=texts, language=language or "nl")


def _outcome(known: Outcome, built: Built, order: Order) -> Outcome:
    page = os.path.relpath((built.folder / "report.html").absolute(), order.reports.absolute())
    report = quote(Path(page).as_posix())
    return outcome_of(known, built.results, messages=built.warnings, report=report)


def _record(batch: Batch, order: Order, *, of: int) -> None:
    order.reports.mkdir(parents=True, exist_ok=True)
    language = language_of(batch.outcomes, order.language)
    data = summary_of(batch.outcomes, of=of, language=language)
    if len(batch.outcomes) == of:
        _record_standings(data, order)
    _replace(order.reports / "summary.json", lambda path: write_json(data, path))
    _write(order.reports / "summary.html", summary_html(data, language))


def _record_standings(data: dict[str, Any], order: Order) -> None:
    """Write the table that may go to a client for each that can be compared without names.

    One of an earlier run, for a client that is gone or cannot be compared any more, is taken away.
    """
    made = set()
    for client in data["clients"]:
        if is_anonymous(client):
            # The folders of a report are names that the program made, and differ per client.
            name = "-".join(Path(unquote(client["report"])).parts[-3:-1]) + ".html"
            client["standing"] = quote(f"{STANDING}/{name}")
            (order.reports / STANDING).mkdir(exist_ok=True)
            _write(order.reports / STANDING / name, standing_html(client, data["indicators"]))
            made.add(name)
    for page in (order.reports / STANDING).glob("*.html"):
        if page.name not in made:
            page.unlink()


def _write(path: Path, text: str) -> None:
    _replace(path, lambda draft: draft.write_text(text, encoding="utf-8", newline="\n"))


def _replace(path: Path, write: Callable[[Path], Any]) -> None:
    draft = path.with_name(f".{path.name}.part")
    write(draft)
    draft.replace(path)
