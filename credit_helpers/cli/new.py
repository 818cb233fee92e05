"""``credit-audit new``: from a folder with files to settings that somebody confirmed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from credit_helpers.cli.options import speech_of
from credit_helpers.report.console import plain_errors

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder with the client's files.")]


def _option(metavar: str, about: str) -> typer.models.OptionInfo:
    return typer.Option(metavar=metavar, help=about, show_default=False)


def new(
    folder: Folder,
    language: Annotated[str, _option("nl|en", "To speak, and for the report. Else nl.")] = "",
    name: Annotated[str, _option("NAME", "Name of the client.")] = "",
    profile: Annotated[str, _option("PACKAGE", "Package that made the export: exact_online.")] = "",
    currency: Annotated[str, _option("CODE", "Currency of the amounts: EUR.")] = "",
    dates: Annotated[str, _option("ORDER", "day-month-year or month-day-year.")] = "",
    decimals: Annotated[str, _option("SIGN", "Decimal sign: a comma or a point.")] = "",
    column: Annotated[
        list[str] | None,
        _option("WORD=HEADER", "Column of the invoices: issued_on=Datum; may be repeated."),
    ] = None,
    as_of: Annotated[str, _option("DATE", "As-of date, as 2026-10-31.")] = "",
    observed_on: Annotated[str, _option("DATE", "Day of the export, as 2026-10-31.")] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Take the proposal; end with 1 when a question is left.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a client.toml; the old one is kept.")
    ] = False,
) -> None:
    """Look at a new client's files, propose the settings, ask the rest and write client.toml.

    Ends with 1 when a question is left open, with 2 when the files cannot be read.
    """
    with plain_errors(language):
        from credit_helpers.cli.settling import checked, columns_of, settle
        from credit_helpers.words import Words

        told = {
            "language": language,
            "name": name,
            "profile": profile,
            "currency": currency,
            "dates": dates,
            "decimals": decimals,
            "as_of": as_of,
            "observed_on": observed_on,
        }
        words = Words(speech_of("", language))
        given = checked(told) | columns_of(column or ())
        is_settled = settle(folder, given, words, takes_all=yes, is_forced=force)
    raise typer.Exit(0 if is_settled else 1)
