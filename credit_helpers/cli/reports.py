"""The commands that make reports: of one client, of many, of the samples."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from credit_helpers.cli.options import AsOf, Client, Language, PolicyFile, speech_of
from credit_helpers.report.console import busy, err, out, plain_errors

MAX_JOBS = 4


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
        with busy(tell.label("working", speech_of(path, language))):
            built = build(order)
        tell.built(built, out(), err())


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
    jobs: Annotated[
        int,
        typer.Option(
            min=0,
            help="How many clients are done at once. Else as many as there are processors, 4 at "
            "most: each takes about 1 GB.",
            show_default=False,
        ),
    ] = 0,
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
        jobs = jobs or min(os.cpu_count() or 1, MAX_JOBS)
        status = tell.batch(folder, order, out(), err(), jobs=jobs)
    raise typer.Exit(status)


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


def demo(language: Language = "nl") -> None:
    """Write the sample clients to samples/ and make their reports in reports/."""
    with plain_errors(language):
        from credit_helpers.portfolio.sample import write_samples
        from credit_helpers.report import tell
        from credit_helpers.report.build import Order

        folder = Path("samples")
        speech = speech_of("", language)
        with busy(tell.label("sampling", speech)):
            write_samples(folder)
        status = tell.batch(folder, Order("", language=speech), out(), err())
    raise typer.Exit(status if status > 1 else 0)
