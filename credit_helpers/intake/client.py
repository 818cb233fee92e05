"""A client's configuration: ``client.toml`` beside the files, checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from credit_helpers.errors import LANGUAGES, Fault, InputError
from credit_helpers.intake.answers import Answers, read_answers
from credit_helpers.intake.brand import BRAND_KEYS, Brand, read_brand
from credit_helpers.intake.client_check import CONFIG_NAME, section_of, wrong_settings
from credit_helpers.intake.facts import Facts, facts
from credit_helpers.intake.places import Files, places_of
from credit_helpers.intake.slug import slug
from credit_helpers.intake.stated import Stated, stated
from credit_helpers.intake.toml_file import read_toml


@dataclass(frozen=True)
class ClientConfig:
    """What is known of a client before its files are read.

    Parameters
    ----------
    name : str
        Name on the report; by default that of the file or folder.
    language : str
        ``"nl"`` or ``"en"``.
    currency : str
        Reporting currency, or ``""`` for the most frequent one of the files.
    as_of, observed_on, reported_on : Timestamp, optional
        As-of date of the report; day of the export; date on the cover.
    files : mapping
        Role -> files, or sheets of them as ``book.xlsx [Sheet]``.
    profile : str
        Package whose export it is, as confirmed: the name of a file of ``profiles/``, or
        ``"none"`` when it is of none of these.
    sector : str
        In which most of the debtors are, one of ``benchmark.SECTORS``; empty for all.
    columns : mapping
        Role -> our word -> their header, ``""`` when no column holds it.
    dates, decimals : str
        ``"day-month-year"``, ``"month-day-year"`` or ``""``; ``","``, ``"."`` or ``""``.
    rates : mapping
        Currency -> value of one unit in the reporting currency.
    missing_due_date : str or int
        ``"leave"``, ``"customer_terms"`` or a number of days.
    stated : Stated
        Balances of the general ledger, to hold the files against.
    facts : Facts
        What only the client can tell of itself: its margin, what collection costs.
    unreferenced : str
        What is done with receipts that name no invoice: ``"leave"`` or ``"oldest_first"``.
    policy : mapping
        Values laid over the standard policy.
    answers : Answers
        On the way of working, of the settings and of the sheet beside them.
    signals : tuple of mapping
        What a person reported of a debtor: ``customer_id``, ``date``, ``signal``.
    folder : Path
        Where the files are.
    previous : str
        Folder of an earlier report, from this one; empty for none.
    """

    name: str
    language: str = "nl"
    currency: str = ""
    as_of: Any = None
    observed_on: Any = None
    reported_on: Any = None
    brand: Brand = field(default_factory=Brand)
    files: Files = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: str = ""
    decimals: str = ""
    rates: Mapping[str, float] = field(default_factory=dict)
    missing_due_date: str | int = "leave"
    stated: Stated = field(default_factory=Stated)
    facts: Facts = field(default_factory=Facts)
    unreferenced: str = "leave"
    policy: Mapping[str, Any] = field(default_factory=dict)
    answers: Answers = field(default_factory=Answers)
    signals: tuple[Mapping[str, Any], ...] = ()
    folder: Path = Path()
    previous: str = ""
    profile: str = ""
    sector: str = ""

    @property
    def questionnaire(self) -> Mapping[str, float]:
        """The answers on the way of working: question -> 1 or 0, or days."""
        return self.answers.given

    @property
    def slug(self) -> str:
        """The client's name as a folder name that every system accepts."""
        return slug(self.name)


def read_client(path: Path | str) -> ClientConfig:
    """Return the configuration of a client: a folder, or a file.

    ``client.toml`` lies in the folder, or beside the file; without it the defaults hold. What
    the firm shows of itself may stand in a file of its own, ``brand.toml``.

    Raises
    ------
    InputError
        When the path does not exist, or for everything that is wrong in the settings, at once.
    """
    path = Path(path)
    if not path.exists():
        raise InputError(Fault("file_missing", {"file": path.name or str(path)}))
    folder = path if path.is_dir() else path.parent
    is_file = path.is_file() and path.name != CONFIG_NAME
    name = (path.stem if is_file else folder.resolve().name) or "client"
    config = folder / CONFIG_NAME
    return config_of(read_toml(config) if config.is_file() else {}, name, folder)


def config_of(values: Mapping[str, Any], name: str, folder: Path) -> ClientConfig:
    """Return the configuration that the values of a ``client.toml`` are, for a folder."""
    faults = wrong_settings(values, folder)
    own = {key: value for key, value in section_of(values, "brand").items() if key in BRAND_KEYS}
    brand, brand_faults = read_brand(folder, own, CONFIG_NAME)
    faults += brand_faults
    told = {} if faults else section_of(values, "questionnaire")
    answers, wrong = read_answers(folder, {key: float(value) for key, value in told.items()})
    faults += wrong
    if faults:
        error = InputError(faults)
        if values.get("language") in LANGUAGES:  # faults are told in the client's language too
            error.language = values["language"]
        raise error
    formats, terms = values.get("formats", {}), values.get("terms", {})
    return ClientConfig(
        name=values.get("name", name),
        language=values.get("language", "nl"),
        currency=values.get("currency", "").upper(),
        as_of=_day(values.get("as_of")),
        observed_on=_day(values.get("observed_on")),
        reported_on=_day(values.get("reported_on")),
        brand=brand,
        files={role: places_of(held) for role, held in values.get("files", {}).items()},
        columns=values.get("columns", {}),
        dates=formats.get("dates", ""),
        decimals=formats.get("decimals", ""),
        rates={code.upper(): float(rate) for code, rate in values.get("rates", {}).items()},
        missing_due_date=terms.get("missing_due_date", "leave"),
        stated=stated(values.get("tie_out", {})),
        facts=facts(values.get("client", {})),
        unreferenced=values.get("matching", {}).get("unreferenced", "leave"),
        policy=values.get("policy", {}),
        answers=answers,
        signals=tuple(values.get("signals", ())),
        folder=folder,
        previous=values.get("previous", ""),
        profile=values.get("profile", ""),
        sector=values.get("sector", ""),
    )


def _day(value: Any) -> Any:
    return None if value is None else pd.Timestamp(value).normalize()
