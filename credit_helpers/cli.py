"""The command line: ``credit-audit report``, ``check``, ``batch``, ``lab``, ``doctor``, ...

What a command needs is imported when it runs, so that ``--help`` is there at once.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from credit_helpers.errors import LANGUAGES, CreditHelpersError
from credit_helpers.report.console import busy, err, out, plain_errors

app = typer.Typer(
    name="credit-audit",
    help="Audit a debtor ledger: can the file be trusted, what is overdue, and whom to call first.",
    epilog="Begin with: credit-audit demo. Your own client: credit-audit check FILE, then report.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Client = Annotated[
    str,
    typer.Argument(
        metavar="PATH",
        help="A ledger file, a client folder, or sample:wholesaler, sample:staffing, "
        "sample:installer.",
        show_default=False,
    ),
]
AsOf = Annotated[
    str,
    typer.Option(
        metavar="DATE",
        help="As-of date, as 2026-10-31. Else that of client.toml, or the day of the export.",
        show_default=False,
    ),
]
Language = Annotated[
    str,
    typer.Option(metavar="nl|en", help="Else that of client.toml, or nl.", show_default=False),
]
PolicyFile = Annotated[
    str,
    typer.Option(
        metavar="FILE", help="TOML file with the policy values that differ.", show_default=False
    ),
]
Reports = Annotated[Path, typer.Option(metavar="FOLDER", help="Folder for all reports.")]
Samples = Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Folder for the sample clients.")]


@app.command()
def report(
    path: Client,
    as_of: AsOf = "",
    language: Language = "",
    policy: PolicyFile = "",
    previous: Annotated[
        str,
        typer.Option(
            metavar="FOLDER",
            help="Folder of an earlier report, to show what changed. Else that of client.toml.",
            show_default=False,
        ),
    ] = "",
    output: Annotated[
        str,
        typer.Option(
            metavar="FOLDER",
            help="Folder for the files. Else reports/CLIENT/DATE.",
            show_default=False,
        ),
    ] = "",
    pseudonymise: Annotated[
        bool,
        typer.Option(
            "--pseudonymise",
            help="Replace names and numbers by pseudonyms, to share the report. The key is "
            "pseudonym.key in the client's folder, made on first use.",
        ),
    ] = False,
    deck: Annotated[
        bool,
        typer.Option(
            "--deck",
            help="Make a short slide deck as well. Asks for python-pptx: uv pip install -e .[deck]",
        ),
    ] = False,
) -> None:
    """Make one client's report: page, PDF, workbook, notebook and results."""
    with plain_errors(language):
        from credit_helpers.report import tell
        from credit_helpers.report.build import Order, build

        order = Order(
            path,
            as_of=as_of,
            language=language,
            policy=policy,
            previous=previous,
            output=output,
            is_pseudonymised=pseudonymise,
            has_deck=deck,
        )
        with busy(tell.label("working", _language(path, language))):
            built = build(order)
        tell.built(built, out(), err())


@app.command()
def check(path: Client, language: Language = "") -> None:
    """Say what was read, what was set aside and why, and what is still to be asked.

    Ends with 1 when something needs a person, with 2 when the input cannot be read.
    """
    with plain_errors(language):
        from credit_helpers.intake.check import check as examine
        from credit_helpers.report import tell_check

        found = examine(_folder(path))
        speech = _language(path, language)
        needs_person = tell_check.show(found, speech, out())
    raise typer.Exit(2 if found.faults else int(needs_person))


@app.command()
def batch(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER",
            help="Holds a folder, or a file, for each client.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Folder for all reports and the summary.")
    ] = Path("reports"),
    as_of: AsOf = "",
    language: Language = "",
    policy: PolicyFile = "",
) -> None:
    """Make the reports of every client in a folder, and a summary over all of them.

    A client that fails does not stop the rest; summary.html and summary.json are kept up to date
    while the batch runs. Ends with 0 when all went well, 1 when there are warnings, 2 when a
    client failed.
    """
    with plain_errors(language):
        from credit_helpers.report import tell
        from credit_helpers.report.build import Order

        order = Order("", as_of=as_of, language=language, policy=policy, reports=output)
        status = tell.batch(folder, order, out(), err())
    raise typer.Exit(status)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    epilog="Options of JupyterLab itself may follow, for example --no-browser or --port 9000.",
)
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


@app.command()
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

        speech = _language("", language)
        with busy(tell.label("examining", speech)):
            found = examine(output)
        tell.diagnoses(found, speech, out())
    raise typer.Exit(int(any(d.is_essential and not d.is_well for d in found)))


@app.command()
def sample(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Folder for the sample clients.")
    ] = Path("samples"),
    language: Language = "",
) -> None:
    """Write the three sample clients: a wholesaler, a staffing agency, an installer."""
    with plain_errors(language):
        from credit_helpers.portfolio.sample import write_samples

        for made in write_samples(folder):
            out().print(Text(str(made)), soft_wrap=True)


@app.command()
def demo(language: Language = "nl") -> None:
    """Write the sample clients to samples/ and make their reports in reports/."""
    with plain_errors(language):
        from credit_helpers.portfolio.sample import write_samples
        from credit_helpers.report import tell
        from credit_helpers.report.build import Order

        folder = Path("samples")
        speech = _language("", language)
        with busy(tell.label("sampling", speech)):
            write_samples(folder)
        status = tell.batch(folder, Order("", language=speech), out(), err())
    raise typer.Exit(status if status > 1 else 0)


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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that lacks a character shows another one, and does not end the program.
            stream.reconfigure(errors="replace")
    app()


def _folder(client: str) -> Path:
    """Return where a client's files are, a sample's among them."""
    from credit_helpers.portfolio.sample import sample_folder

    is_sample = client.startswith("sample:")
    return sample_folder(client.removeprefix("sample:")) if is_sample else Path(client)


def _language(client: str, chosen: str) -> str:
    """Return the language to speak: the one chosen, else the client's, else Dutch."""
    if chosen in LANGUAGES:
        return chosen
    try:
        from credit_helpers.intake.client import read_client

        return read_client(Path(client)).language if client and ":" not in client[2:] else "nl"
    except (CreditHelpersError, OSError):
        return LANGUAGES[0]
