"""The commands about the files of a client, before any report."""

from __future__ import annotations

import typer

from credit_helpers.cli.options import Client, Language, folder_of, speech_of
from credit_helpers.report.console import out, plain_errors


def check(path: Client, language: Language = "") -> None:
    """Say what was read, what was set aside and why, and what is still to be asked.

    Ends with 1 when something needs a person, with 2 when the input cannot be read.
    """
    with plain_errors(language):
        from credit_helpers.intake.check import check as examine
        from credit_helpers.report import tell_check

        found = examine(folder_of(path))
        speech = speech_of(path, language)
        needs_person = tell_check.show(found, speech, out())
    raise typer.Exit(2 if found.faults else int(needs_person))
