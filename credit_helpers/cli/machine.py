"""The commands about this machine: the notebooks, and whether all is there for a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from credit_helpers.cli.options import Language, Reports, speech_of
from credit_helpers.report.console import busy, out, plain_errors


def lab(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Folder to copy the notebooks to and work in.",
            show_default=False,
        ),
    ] = None,
    language: Language = "",
) -> None:
    """Open JupyterLab in the notebooks, one for each chapter."""
    with plain_errors(language):
        from credit_helpers.report.lab import open_lab, working_copy

        status = open_lab(working_copy(folder), context.args)
    raise typer.Exit(status)


def doctor(
    output: Reports = Path("reports"),
    language: Language = "",
) -> None:
    """Say whether this machine can make a report, and how to mend what is not in order.

    Ends with 1 when something is missing that no report can do without.
    """
    with plain_errors(language):
        from credit_helpers.report import tell
        from credit_helpers.report.doctor import examine

        speech = speech_of("", language)
        with busy(tell.label("examining", speech)):
            found = examine(output)
        tell.diagnoses(found, speech, out())
    raise typer.Exit(int(any(d.is_essential and not d.is_well for d in found)))
