"""Writes ``client.toml``: the settings that somebody confirmed, with a comment on each."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable
from pathlib import Path

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.client import CONFIG_NAME, config_of
from credit_helpers.intake.headers import columns
from credit_helpers.intake.proposal import Proposal, propose, same
from credit_helpers.intake.read import ledger_of
from credit_helpers.portfolio.ledger import Ledger
from credit_helpers.words import Words

KEPT_NAME = "client.old.toml"
DAYS = ("as_of", "observed_on")
FORMATS = ("dates", "decimals")


def quoted(text: str) -> str:
    r"""Return a text as a TOML string: nothing in it can end the string or begin a line.

    Examples
    --------
    >>> print(quoted('Bedrag "incl."\n[policy]'), quoted("a\\b\x7f"))
    "Bedrag \"incl.\"\n[policy]" "a\\b\U0000007f"
    """
    plain = text.encode("utf-8", errors="replace").decode("utf-8")
    shown = json.dumps(plain, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in shown)


def one_line(text: str) -> str:
    r"""Return a text for a comment: on one line, with nothing in it that does not print.

    Examples
    --------
    >>> one_line("Bouw\nas_of = 2020-01-01\x1b[2J")
    'Bouw as_of = 2020-01-01 [2J'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def client_toml(proposal: Proposal, words: Words, *, has_columns: bool = True) -> str:
    """Return the text of ``client.toml``, with comments in the language of ``words``.

    Parameters
    ----------
    proposal : Proposal
        With no question open.
    words : Words
        Language of the comments.
    has_columns : bool, optional
        Whether the columns are written as they were read.
    """
    lines = [f"# {words.prose('new.file.heading')}", ""]
    for key in ("name", "language", "profile", "currency", "as_of", "observed_on"):
        lines += _setting(proposal, key, words)
    formats = [line for key in FORMATS for line in _setting(proposal, key, words)]
    if any(not line.startswith("#") for line in formats):
        lines += ["", "[formats]", *formats]
    lines += ["", f"# {words.prose('new.file.files')}", "[files]"]
    lines += [f"{role} = {_listed(places)}" for role, places in proposal.files.items()]
    if has_columns:
        lines += _columns(proposal, words)
    lines += ["", *(f"# {line}" for line in words.prose("new.file.more").splitlines())]
    return "\n".join(lines) + "\n"


def _setting(proposal: Proposal, key: str, words: Words) -> list[str]:
    """Return a setting below the reason for it; nothing when it has no value."""
    answer = proposal.answers[key]
    if not answer.value:
        return []
    about = words.prose(f"new.reason.{answer.reason}", **answer.values)
    told = f"# {words.raw(f'new.key.{key}')}: {one_line(about)}"
    return [told, f"{key} = {answer.value if key in DAYS else quoted(answer.value)}"]


def _listed(places: Iterable[str]) -> str:
    known = [quoted(place) for place in places]
    return known[0] if len(known) == 1 else f"[{', '.join(known)}]"


def _columns(proposal: Proposal, words: Words) -> list[str]:
    lines = []
    for role, own in proposal.columns.items():
        order = [word for word in columns()["tables"][role] if word in own]
        lines += ["", f"# {words.prose('new.file.columns')}", f"[columns.{role}]"]
        lines += [f"{word} = {quoted(own[word])}" for word in order]
    return lines


def settled(proposal: Proposal, words: Words) -> str:
    """Return the text of ``client.toml`` that gives the ledger that was proposed.

    It is read back before it is returned. Columns that would lead to another ledger are left to be
    recognised again.

    Raises
    ------
    InputError
        When the files do not give the same ledger under these settings.
    """
    if proposal.ledger is None:
        raise InputError(proposal.reading.faults)
    for has_columns in (True, False):
        text = client_toml(proposal, words, has_columns=has_columns)
        config = config_of(tomllib.loads(text), proposal.folder.name, proposal.folder)
        ledger, _ = ledger_of(proposal.folder, config)
        if ledger is not None and _is_proposed(ledger, proposal):
            return text
    raise InputError(Fault("settings_differ", {"file": CONFIG_NAME}))


def _is_proposed(ledger: Ledger, proposal: Proposal) -> bool:
    """Return whether a ledger is the one that was proposed.

    Only when it differs are the files read again under every proposed answer: a currency that
    the invoices name is then that of a receipt without one.
    """
    if proposal.ledger is not None and same(ledger, proposal.ledger):
        return True
    settled_by = {key: answer.value for key, answer in proposal.answers.items()}
    again = propose(proposal.folder, settled_by).ledger
    return again is not None and same(ledger, again)


def refuse_existing(folder: Path, *, is_forced: bool) -> None:
    """Refuse a folder that has its settings already, unless they may be replaced.

    Raises
    ------
    InputError
    """
    if (folder / CONFIG_NAME).exists() and not is_forced:
        raise InputError(Fault("config_exists", {"file": CONFIG_NAME, "kept": KEPT_NAME}))


def write_client(folder: Path, text: str, *, is_forced: bool = False) -> Path:
    """Write ``client.toml`` at once or not at all, and return its path.

    Settings that were there are kept as ``client.old.toml`` when they are replaced.

    Raises
    ------
    InputError
        When there are settings already and ``is_forced`` is not set, or the folder cannot be
        written to.
    """
    refuse_existing(folder, is_forced=is_forced)
    target, made = folder / CONFIG_NAME, folder / f".client-{os.getpid()}.toml"
    try:
        made.write_text(text, encoding="utf-8", newline="\n")
        if target.exists():
            target.replace(folder / KEPT_NAME)
        made.replace(target)
    except OSError as error:
        raise InputError(Fault("folder_not_writable", {"file": folder.name})) from error
    finally:
        made.unlink(missing_ok=True)
    return target
