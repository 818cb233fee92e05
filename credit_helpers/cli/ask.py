"""Asks a person what the files do not tell, until the answer is one that can be used."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable, Mapping

import typer

from credit_helpers.errors import LANGUAGES
from credit_helpers.intake.client_check import DATE_ORDERS, DECIMALS
from credit_helpers.intake.profiles import profiles
from credit_helpers.intake.proposal import Proposal
from credit_helpers.report.terminal import plain
from credit_helpers.words import Words

YES, NO = ("j", "ja", "y", "yes"), ("n", "nee", "no")
SHORT = {"d": DATE_ORDERS[0], "m": DATE_ORDERS[1], "komma": ",", "comma": ",", "punt": "."}
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})-(\d{1,2})-(\d{4})")


def has_keyboard() -> bool:
    """Return whether somebody can answer."""
    return sys.stdin.isatty()


def day_of(text: str) -> str:
    """Return a day as ``client.toml`` writes it, ``""`` when the text is none.

    Examples
    --------
    >>> day_of("2026-10-31"), day_of("31-10-2026"), day_of("31-02-2026")
    ('2026-10-31', '2026-10-31', '')
    """
    found = DAY.fullmatch(text.strip())
    if not found:
        return ""
    parts = [int(part) for part in found.groups() if part]
    year, month, day = parts if found[1] else reversed(parts)
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _currency(text: str) -> str:
    return text.upper() if re.fullmatch(r"[A-Za-z]{3}", text) else ""


def _one_of(*allowed: str) -> Callable[[str], str]:
    return lambda text: text if text in allowed else ""


# Per setting: the answer as client.toml writes it, "" when it cannot be used.
CHECKS: Mapping[str, Callable[[str], str]] = {
    "name": lambda text: " ".join(text.split()),
    "language": _one_of(*LANGUAGES),
    "profile": lambda text: text if text in profiles() else "",
    "currency": _currency,
    "dates": _one_of(*DATE_ORDERS),
    "decimals": _one_of(*DECIMALS),
    "observed_on": day_of,
    "as_of": day_of,
}
OPTIONAL = ("profile", "observed_on", "dates", "decimals")


def ask(key: str, words: Words, proposed: str = "") -> str:
    """Return the answer to the question about a setting; what is proposed stands when left empty.

    Raises
    ------
    typer.Abort
        When there is nobody to answer.
    """
    question = words.prose(f"new.question.{key}", known=", ".join(profiles()))
    while True:
        said = typer.prompt(
            question, default=plain(proposed), show_default=bool(proposed), prompt_suffix=" "
        )
        said = str(said or "")
        said = SHORT.get(said.strip().lower(), said.strip()) if key != "name" else said
        answer = CHECKS[key](said)
        if answer or (not said and key in OPTIONAL):
            return answer
        typer.echo(words.raw("new.question.again"))


def agrees(words: Words) -> bool:
    """Return whether the proposal is right."""
    while True:
        said = typer.prompt(
            words.raw("new.question.agree"),
            default=words.raw("new.question.yes"),
            prompt_suffix=" ",
        )
        if said.strip().lower() in (*YES, *NO):
            return said.strip().lower() in YES
        typer.echo(words.raw("new.question.again"))


def correct(proposal: Proposal, words: Words) -> dict[str, str]:
    """Return the settings that a person changes, one by one with what was proposed at hand."""
    proposed = {key: answer.value for key, answer in proposal.answers.items()}
    found = {key: ask(key, words, value) for key, value in proposed.items()}
    return {key: value for key, value in found.items() if value and value != proposed[key]}
