"""What the commands take, and which language they speak."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from credit_helpers.errors import LANGUAGES, CreditHelpersError

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


def folder_of(client: str) -> Path:
    """Return where a client's files are, a sample's among them."""
    from credit_helpers.portfolio.sample import sample_folder

    is_sample = client.startswith("sample:")
    return sample_folder(client.removeprefix("sample:")) if is_sample else Path(client)


def speech_of(client: str, chosen: str) -> str:
    """Return the language to speak: the one chosen, else the client's, else Dutch."""
    if chosen in LANGUAGES:
        return chosen
    try:
        from credit_helpers.intake.client import read_client

        return read_client(Path(client)).language if client and ":" not in client[2:] else "nl"
    except (CreditHelpersError, OSError):
        return LANGUAGES[0]
