"""What the command line says: in the client's language, and never as markup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid
from rich.text import Text

from credit_helpers.report.place import EXTRAS, FILES
from credit_helpers.words import Words

if TYPE_CHECKING:
    from credit_helpers.report.batch import Outcome
    from credit_helpers.report.build import Built, Order
    from credit_helpers.report.doctor import Diagnosis

STYLES = {"ok": "green", "failed": "red"}
WARNING = "yellow"
STATES = {"well": "green", "ill": "red", "less": WARNING}


def label(key: str, language: str) -> str:
    """Return a text of ``labels.cli``."""
    return Words(language).label(f"cli.{key}")


def line(console: Console, text: str, style: str = "") -> None:
    """Print one line as it is, however long."""
    console.print(Text(text, style=style), soft_wrap=True)


def built(made: Built, out: Console, err: Console) -> None:
    """Say where a report is and what its reader should know."""
    language = made.results["language"]
    client, folder = made.results["client"], made.folder
    line(out, f"{label('ready', language)} {client}, {made.results['as_of']}", "bold")
    for name in (*FILES, *EXTRAS):
        if (folder / name).exists():
            line(out, f"  {folder / name}")
    for warning in made.warnings:
        line(err, warning, WARNING)


def batch(folder: Path, order: Order, out: Console, err: Console, *, jobs: int = 1) -> int:
    """Make the reports of a folder behind a progress bar and return the exit status."""
    from credit_helpers.report.batch import clients_in, run_batch

    language = order.language or "nl"
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(
            label("working", language), total=len(clients_in(folder, order.reports))
        )

        def on_done(outcome: Outcome) -> None:
            progress.advance(task)
            _outcome(outcome, order, language, progress.console)

        made = run_batch(folder, order=order, jobs=jobs, on_done=on_done)
    counts = {f"{status}_count": made.count(status) for status in ("ok", "warnings", "failed")}
    words = Words(language)
    lead = words.prose("labels.batch.lead", clients_count=len(made.outcomes), **counts)
    line(out, lead, "bold")
    for outcome in made.outcomes:
        if outcome.report:
            line(out, f"  {_page(outcome, order)}")
    line(out, f"{words.label('cli.summary')} {order.reports / 'summary.html'}")
    return made.exit_status


def diagnoses(found: list[Diagnosis], language: str, out: Console) -> None:
    """Print what was examined, and below it how to mend what is not in order."""
    words = Words(language)
    grid = Grid(box=None, padding=(0, 2, 0, 0), show_header=False)
    for diagnosis in found:
        state, style = "doctor.well", "green"
        if not diagnosis.is_well:
            state, style = (
                ("doctor.ill", "red") if diagnosis.is_essential else ("doctor.less", WARNING)
            )
        name = words.label(f"doctor.{diagnosis.code}")
        grid.add_row(Text(words.label(state), style=style), Text(name), Text(diagnosis.found))
    out.print(grid)
    for diagnosis in found:
        if not diagnosis.is_well:
            line(out, words.label(f"doctor.mend_{diagnosis.code}"))
    if all(diagnosis.is_well for diagnosis in found):
        line(out, words.label("doctor.all_well"), "bold")


def _state(diagnosis: Diagnosis) -> str:
    if diagnosis.is_well:
        return "well"
    return "ill" if diagnosis.is_essential else "less"


def _page(outcome: Outcome, order: Order) -> Path:
    return order.reports / unquote(outcome.report)


def _outcome(outcome: Outcome, order: Order, language: str, console: Console) -> None:
    state = Words(language).label(f"batch.{outcome.status}")
    line(console, f"{outcome.client}: {state}", STYLES.get(outcome.status, WARNING))
    for message in outcome.messages:
        line(console, f"  {message}")
