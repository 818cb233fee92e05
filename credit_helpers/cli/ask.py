"""Asks a person what the files do not tell, until the answer is one that can be used."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable, Collection, Mapping

import typer

from credit_helpers.errors import LANGUAGES
from credit_helpers.intake.client_check import DATE_ORDERS, DECIMALS
from credit_helpers.intake.column_questions import PREFIX, ColumnQuestion
from credit_helpers.intake.headers import columns, key_of
from credit_helpers.intake.profiles import NO_PROFILE, profiles
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


def _profile(text: str) -> str:
    if text.lower() in (NO_PROFILE, "geen"):
        return NO_PROFILE
    return text if text in profiles() else ""


def _one_of(*allowed: str) -> Callable[[str], str]:
    return lambda text: text if text in allowed else ""


# Per setting: the answer as client.toml writes it, "" when it cannot be used.
CHECKS: Mapping[str, Callable[[str], str]] = {
    "name": lambda text: " ".join(text.split()),
    "language": _one_of(*LANGUAGES),
    "profile": _profile,
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


def column(question: ColumnQuestion, words: Words) -> str:
    """Return the header that a person points out, by its number or by its name."""
    headers = list(question.choices)
    for number, (header, examples) in enumerate(question.choices.items(), start=1):
        typer.echo(f"  {number:>2}  {plain(header)}: {plain(', '.join(examples))}")
    read_as = words.raw(f"new.word.{question.word}")
    code = "column" if question.is_needed else "column_or_none"
    text = words.prose(f"new.question.{code}", file=question.file, word=read_as)
    default = None if question.is_needed else ""
    while True:
        said = typer.prompt(text, default=default, show_default=False, prompt_suffix=" ").strip()
        if not said and not question.is_needed:
            return ""
        if said.isdecimal() and said not in headers and 0 < int(said) <= len(headers):
            return headers[int(said) - 1]
        found = [header for header in headers if key_of(header) == key_of(said)]
        if said in headers or found:
            return said if said in headers else found[0]
        typer.echo(words.raw("new.question.again"))


def column_of(text: str, headers: Collection[str], words: Words) -> tuple[str, str] | None:
    """Return the setting and the header that ``vervaldatum = Uiterlijk`` means.

    ``None`` when the word or the header is not known; no header means that no column holds it.
    """
    word, equals, header = (part.strip() for part in text.partition("="))
    named = {words.raw(f"new.word.{code}"): code for code in columns()["tables"]["invoices"]}
    code = named.get(word.lower(), word)
    same = [own for own in headers if own == header or key_of(own) == key_of(header)]
    if not equals or code not in named.values() or (header and not same):
        return None
    return PREFIX + code, header if header in same or not header else same[0]


def _columns(proposal: Proposal, words: Words) -> dict[str, str]:
    """Return the columns that a person has read as something else, or as nothing."""
    found: dict[str, str] = {}
    headers = [
        str(header)
        for table in proposal.reading.tables
        if table.role == "invoices" and table.raw.known is None
        for header in table.raw.cells.columns
    ]
    while headers:
        said = typer.prompt(
            words.raw("new.question.columns"), default="", show_default=False, prompt_suffix=" "
        )
        if not said.strip():
            break
        answer = column_of(said, headers, words)
        if answer is None:
            typer.echo(words.raw("new.question.again"))
        else:
            found |= [answer]
    return found


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
    changed = {key: value for key, value in found.items() if value and value != proposed[key]}
    return changed | _columns(proposal, words)
