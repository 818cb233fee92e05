"""The command line: ``credit-audit new``, ``check``, ``report``, ``batch``, ``lab``, ...

What a command needs is imported when it runs, so that ``--help`` is there at once.
"""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from credit_helpers.cli.files import check
from credit_helpers.cli.machine import doctor, lab
from credit_helpers.cli.new import new
from credit_helpers.cli.questionnaire import questionnaire
from credit_helpers.cli.reports import batch, demo, report, sample
from credit_helpers.report.start_up import load_lightly

app = typer.Typer(
    name="credit-audit",
    help="Audit a debtor ledger: can the file be trusted, what is overdue, and whom to call first.",
    epilog="Begin with: credit-audit demo. Your own client: credit-audit new FOLDER, then check "
    "and report.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# Help shows them in this order.
app.command()(new)
app.command()(check)
app.command()(questionnaire)
app.command()(report)
app.command()(batch)
app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    epilog="Options of JupyterLab itself may follow, for example --no-browser or --port 9000.",
)(lab)
app.command()(doctor)
app.command()(sample)
app.command()(demo)


def _version(wanted: bool) -> None:
    if wanted:
        from credit_helpers.report.version import program_version

        typer.echo(f"credit-audit {program_version()}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    load_lightly()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that lacks a character shows another one, and does not end the program.
            stream.reconfigure(errors="replace")
    app()
