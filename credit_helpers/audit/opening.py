"""From a client's files to the audit of one day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from credit_helpers.audit.audit import Audit
from credit_helpers.audit.shared import PSEUDONYMISED, shared
from credit_helpers.errors import LANGUAGES, CreditHelpersError, Fault, InputError, PolicyError
from credit_helpers.intake.client import ClientConfig, read_client
from credit_helpers.intake.previous import Previous, read_previous
from credit_helpers.intake.read import read_ledger
from credit_helpers.intake.remarks import read_remarks
from credit_helpers.policy import load_policy, read_toml
from credit_helpers.portfolio.ledger import Ledger
from credit_helpers.portfolio.sample import sample_folder
from credit_helpers.words import Words

SAMPLE = "sample:"
# What was asked of open_audit in the process that started this one, and what it gave: a report's
# kernel need not read the files again. Only report/worker.py sets it.
opened: tuple[tuple[object, ...], Audit] | None = None


def open_audit(
    client: str | Path,
    *,
    as_of: str | datetime.date = "",
    language: str = "",
    policy: str | Path | Mapping[str, Any] = "",
    previous: str | Path = "",
) -> Audit:
    """Read a client's files and return the audit of one day.

    Parameters
    ----------
    client : str or Path
        A file, a client folder, or ``"sample:wholesaler"``, ``"sample:staffing"``,
        ``"sample:installer"``. With ``"pseudonymised:"`` before it, names and numbers become
        pseudonyms; see :mod:`credit_helpers.audit.shared`.
    as_of : str or date, optional
        As ``2026-10-31``. Without it the day in ``client.toml``, else the day of the export, else
        the day of the latest document.
    language : str, optional
        ``"nl"`` or ``"en"``; without it the client's own.
    policy : str, Path or mapping, optional
        TOML file, or sections of values, laid over the client's own policy.
    previous : str or Path, optional
        Folder of an earlier report of this client, to compare with. Without it the one in
        ``client.toml``, else none.

    Returns
    -------
    Audit

    Raises
    ------
    InputError
        When the files, the earlier report or the remarks cannot be read, or the as-of date does
        not fit them.
    PolicyError
        For an unknown or impossible policy value or language.

    Examples
    --------
    >>> audit = open_audit("sample:wholesaler", policy={"dso": {"target_days": 40}})
    >>> audit.policy.dso.target_days, audit.words.formats.date(audit.as_of)
    (40.0, '31 oktober 2026')
    """
    if opened and opened[0] == (client, as_of, language, policy, previous):
        return opened[1]
    is_shared = isinstance(client, str) and client.startswith(PSEUDONYMISED)
    client = str(client).removeprefix(PSEUDONYMISED) if is_shared else client
    spoken = language if language in LANGUAGES else "nl"
    try:
        config = _client(client)
        spoken = language or config.language
        words = Words(spoken)  # refuses an unknown language before anything is read
        laid_over = load_policy(_laid_over(config.policy, policy))
        source = config.folder if _is_sample(client) else Path(client)
        ledger = read_ledger(source, config)
        day = _as_of(as_of, config, ledger)
        earlier = _previous(previous, config, ledger, day)
        remarks = read_remarks(config.folder, words.language)
        audit = Audit(config, ledger, day, laid_over, words.language, earlier, remarks)
        return shared(audit) if is_shared else audit
    except CreditHelpersError as error:
        error.language = spoken if spoken in LANGUAGES else "nl"
        raise


def _is_sample(client: str | Path) -> bool:
    return isinstance(client, str) and client.startswith(SAMPLE)


def _client(client: str | Path) -> ClientConfig:
    if _is_sample(client):
        return read_client(sample_folder(str(client).removeprefix(SAMPLE)))
    return read_client(Path(client))


def _laid_over(own: Mapping[str, Any], given: str | Path | Mapping[str, Any]) -> dict[str, Any]:
    """Return the client's policy values with the given ones over them, section by section."""
    if isinstance(given, (str, Path)):
        given = read_toml(Path(given)) if str(given) else {}
    sections = {**own, **given}
    both = [s for s in sections if isinstance(own.get(s), Mapping) and s in given]
    return {**sections, **{s: {**own[s], **given[s]} for s in both}}


def _as_of(given: str | datetime.date, config: ClientConfig, ledger: Ledger) -> pd.Timestamp:
    first, observed_on = ledger.first_on, ledger.observed_on
    if first is None:
        raise InputError(Fault("ledger_empty", {}))
    day = _day(given) if given else config.as_of or observed_on or ledger.latest_on
    if day < first:
        values = {"as_of": f"{day:%Y-%m-%d}", "first": f"{first:%Y-%m-%d}"}
        raise InputError(Fault("as_of_before_first", values))
    if observed_on is not None and day > observed_on:
        values = {"as_of": f"{day:%Y-%m-%d}", "observed_on": f"{observed_on:%Y-%m-%d}"}
        raise InputError(Fault("as_of_after_export", values))
    return day


def _previous(
    given: str | Path, config: ClientConfig, ledger: Ledger, day: pd.Timestamp
) -> Previous | None:
    """Return the earlier audit, of which ``client.toml`` names the folder from its own."""
    if not str(given) and not config.previous:
        return None
    folder = Path(given) if str(given) else config.folder / config.previous
    return read_previous(folder, client=config.name, currency=ledger.reporting_currency, as_of=day)


def _day(given: str | datetime.date) -> pd.Timestamp:
    try:
        text = given if isinstance(given, str) else given.isoformat()[:10]
        return pd.Timestamp(datetime.date.fromisoformat(text))
    except ValueError:
        raise PolicyError(Fault("as_of_unreadable", {"value": str(given)})) from None
