"""How the settings of a new client come about: propose, ask, show, agree, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from credit_helpers.cli import ask
from credit_helpers.cli.shown import show_proposal, show_questions
from credit_helpers.errors import LANGUAGES, Fault, InputError
from credit_helpers.intake.client_check import DATE_ORDERS, DECIMALS
from credit_helpers.intake.client_file import (
    KEPT_NAME,
    refuse_existing,
    settled,
    write_client,
)
from credit_helpers.intake.column_questions import PREFIX
from credit_helpers.intake.headers import columns
from credit_helpers.intake.profiles import NO_PROFILE, profiles
from credit_helpers.intake.proposal import Proposal, propose
from credit_helpers.report.console import busy, out
from credit_helpers.report.terminal import line
from credit_helpers.words import Words

ALLOWED = {
    "language": ", ".join(LANGUAGES),
    "profile": ", ".join((*profiles(), NO_PROFILE)),
    "currency": "EUR, USD, GBP, …",
    "dates": ", ".join(DATE_ORDERS),
    "decimals": " ".join(DECIMALS),
    "as_of": "2026-10-31",
    "observed_on": "2026-10-31",
}


def checked(told: Mapping[str, str]) -> dict[str, str]:
    """Return the options that were given, as ``client.toml`` writes them.

    Raises
    ------
    InputError
        For every option that has an impossible value, at once.

    Examples
    --------
    >>> checked({"currency": "eur", "as_of": "31-10-2026", "name": ""})
    {'currency': 'EUR', 'as_of': '2026-10-31'}
    """
    given = {key: value for key, value in told.items() if value}
    found = {key: ask.CHECKS[key](value.strip()) for key, value in given.items()}
    wrong = [key for key, value in found.items() if not value]
    if wrong:
        raise InputError([_wrong(key, given[key]) for key in wrong])
    return found


def columns_of(told: Sequence[str]) -> dict[str, str]:
    """Return the columns that options such as ``issued_on=Datum`` tell.

    Raises
    ------
    InputError
        For every one that names no word of ours.

    Examples
    --------
    >>> columns_of(["issued_on = Datum", "paid_amount="])
    {'columns.invoices.issued_on': 'Datum', 'columns.invoices.paid_amount': ''}
    """
    known = columns()["tables"]["invoices"]
    parts = [[part.strip() for part in text.partition("=")] for text in told]
    wrong = [
        text
        for text, (word, sign, _) in zip(told, parts, strict=True)
        if not sign or word not in known
    ]
    if wrong:
        values = {"option": "--column", "allowed": ", ".join(f"{word}=…" for word in known)}
        raise InputError([Fault("option_unknown", {**values, "value": text}) for text in wrong])
    return {PREFIX + word: header for word, _, header in parts}


def _wrong(key: str, value: str) -> Fault:
    option = f"--{key.replace('_', '-')}"
    return Fault("option_unknown", {"option": option, "value": value, "allowed": ALLOWED[key]})


def settle(
    folder: Path, given: Mapping[str, str], words: Words, *, takes_all: bool, is_forced: bool
) -> bool:
    """Write the settings of a client, and return whether that was done.

    Parameters
    ----------
    folder : Path
    given : mapping of str to str
        What the user said already, per setting.
    words : Words
        Language to speak.
    takes_all : bool
        Take the proposal without asking; a question that is left keeps it from being written.
    is_forced : bool
        Whether settings that are there already may be replaced.

    Raises
    ------
    InputError
        When the files cannot be read, or there are settings already.
    """
    console = out()
    refuse_existing(folder, is_forced=is_forced)
    proposal = _propose(folder, given, words)
    if not takes_all and ask.has_keyboard():
        proposal = _asked(proposal, dict(given), words)
        if proposal is None:
            line(console, words.raw("new.show.not_written"))
            return False
    else:
        show_proposal(proposal, words, console)
        if proposal.open_keys:
            show_questions(proposal, words, console)
            return False
        if not takes_all:
            line(console, words.raw("new.show.no_terminal"), "yellow")
            return False
    has_older = (folder / "client.toml").exists()
    path = write_client(folder, settled(proposal, words), is_forced=is_forced)
    line(console, words.prose("new.show.written", file=str(path)), "bold green")
    if has_older:
        line(console, words.prose("new.show.kept", kept=KEPT_NAME))
    line(console, words.prose("new.show.next", folder=str(folder)))
    return True


def _propose(folder: Path, given: Mapping[str, str], words: Words) -> Proposal:
    with busy(words.raw("new.show.reading")):
        return propose(folder, given)


def _asked(proposal: Proposal, given: dict[str, str], words: Words) -> Proposal | None:
    """Return the proposal that the user agrees with; ``None`` when a second one is no better."""
    folder = proposal.folder
    while proposal.open_keys:
        if proposal.asked:
            question = proposal.asked[0]
            given[question.key] = ask.column(question, words)
        else:
            key = proposal.open_keys[0]
            given[key] = ask.ask(key, words)
        proposal = _propose(folder, given, words)
    if proposal.hints:
        given |= {hint.key: ask.column(hint, words) for hint in proposal.hints}
        proposal = _propose(folder, given, words)
    for _ in range(2):
        show_proposal(proposal, words, out())
        if ask.agrees(words):
            return proposal
        given |= ask.correct(proposal, words)
        proposal = _propose(folder, given, words)
    return None
