"""``credit-audit questionnaire``: an empty questionnaire on the way of working."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from credit_helpers.cli.options import Language, speech_of
from credit_helpers.report.console import out, plain_errors


def questionnaire(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The client's folder.")],
    language: Language = "",
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace a questionnaire; the old one is kept."),
    ] = False,
) -> None:
    """Write an empty questionnaire on the way of working, for the client to fill in.

    Its answers are read from the folder, beside those of client.toml, which go first.
    """
    with plain_errors(language):
        from credit_helpers.report.questionnaire_book import write_questionnaire
        from credit_helpers.report.terminal import line
        from credit_helpers.words import Words

        words = Words(speech_of(str(folder), language))
        path, kept = write_questionnaire(folder, words, is_forced=force)
        line(out(), words.prose("maturity.sheet.written", file=str(path)), "bold green")
        for name in kept:
            line(out(), words.prose("maturity.sheet.kept", kept=name))
