"""``credit-audit check``: what was read, what was set aside, and what can be judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credit_helpers.cli.options import Client, Language, folder_of, speech_of
from credit_helpers.report.console import out, plain_errors

if TYPE_CHECKING:
    from rich.console import Console

    from credit_helpers.intake.check import Check

Output = Annotated[
    str,
    typer.Option(
        metavar="FOLDER",
        help="Folder for quarantine.xlsx. Else reports/CLIENT.",
        show_default=False,
    ),
]


def check(path: Client, language: Language = "", output: Output = "") -> None:
    """Say what was read, what was set aside and why, and what is still to be asked.

    The rows that were set aside land in quarantine.xlsx, to send to the client. Ends with 1 when
    something needs a person, with 2 when the input cannot be read.
    """
    with plain_errors(language):
        from credit_helpers.audit.judgeable import lacking
        from credit_helpers.intake.check import check as examine
        from credit_helpers.report import tell_check

        source = folder_of(path)
        found = examine(source)
        speech = speech_of(path, language)
        can = None if found.capabilities is None else lacking(found.capabilities)
        needs_person = tell_check.show(found, speech, out(), lacking=can)
        _write_quarantine(found, source, output, speech, out())
    raise typer.Exit(2 if found.faults else int(needs_person))


def _write_quarantine(
    found: Check, source: Path, output: str, language: str, console: Console
) -> None:
    """Write the rows that were set aside, never where they would be read as input again."""
    from credit_helpers.errors import Fault, ReportError
    from credit_helpers.report.cover import HOUSE_ACCENT, Cover
    from credit_helpers.report.quarantine_book import write_quarantine
    from credit_helpers.report.terminal import line
    from credit_helpers.words import Words

    if found.config is None:
        return
    words = Words(language)
    folder = Path(output) if output else Path("reports") / found.config.slug
    own = source if source.is_dir() else source.parent
    if folder.resolve() == own.resolve():
        raise ReportError(Fault("output_is_input", {"folder": folder}))
    day = found.config.as_of or found.observed_on or found.latest_on
    cover = Cover(
        client_name=found.config.name,
        as_of=words.label("check.unknown") if day is None else words.formats.date(day),
        language=language,
        firm=found.config.brand.firm,
        accent=found.config.brand.accent or HOUSE_ACCENT,
    )
    path = write_quarantine(found.quarantine, folder, cover, words)
    if path is not None:
        line(console, words.prose("labels.check.written", file=str(path)))
