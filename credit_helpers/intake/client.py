"""A client's configuration: ``client.toml`` beside the files, checked when read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from credit_helpers.errors import LANGUAGES, CreditHelpersError, Fault, InputError
from credit_helpers.intake.answers import Answers, read_answers
from credit_helpers.intake.brand import BRAND_KEYS, Brand, read_brand
from credit_helpers.intake.headers import columns
from credit_helpers.intake.places import Files, places_of, split_place
from credit_helpers.intake.profiles import profiles
from credit_helpers.intake.reported import wrong_signals
from credit_helpers.intake.slug import slug
from credit_helpers.intake.stated import STATED_KEYS, Stated, stated, wrong_stated
from credit_helpers.intake.toml_file import read_toml, unknown_key, wrong_value
from credit_helpers.policy import load_policy
from credit_helpers.questionnaire import questions, wrong_answer

CONFIG_NAME = "client.toml"
DATE_ORDERS = ("day-month-year", "month-day-year", "year-month-day")
DECIMALS = (",", ".")
OLDEST_FIRST = "oldest_first"
MATCHING_RULES = ("leave", OLDEST_FIRST)
DUE_DATE_RULES = ("leave", "customer_terms")
DAYS = ("as_of", "observed_on", "reported_on")
TOP_KEYS = ("name", "language", "currency", *DAYS, "previous", "profile")
SECTIONS = (
    "brand", "formats", "files", "columns", "rates", "terms", "tie_out", "matching",
    "policy", "questionnaire",
)  # fmt: skip
KEYS = (*TOP_KEYS, *SECTIONS, "signals")
NOTHING: Mapping[str, Any] = MappingProxyType({})


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
        Package whose export it is, as confirmed: the name of a file of ``profiles/``.
    columns : mapping
        Role -> our word -> their header.
    dates, decimals : str
        ``"day-month-year"``, ``"month-day-year"`` or ``""``; ``","``, ``"."`` or ``""``.
    rates : mapping
        Currency -> value of one unit in the reporting currency.
    missing_due_date : str or int
        ``"leave"``, ``"customer_terms"`` or a number of days.
    stated : Stated
        Balances of the general ledger, to hold the files against.
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
    unreferenced: str = "leave"
    policy: Mapping[str, Any] = field(default_factory=dict)
    answers: Answers = field(default_factory=Answers)
    signals: tuple[Mapping[str, Any], ...] = ()
    folder: Path = Path()
    previous: str = ""
    profile: str = ""

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
    faults = [*_check_keys(values), *_check_top(values), *_check_sections(values, folder)]
    faults += wrong_signals(values.get("signals", []), CONFIG_NAME)
    if not any(fault.code.startswith("policy") for fault in faults):
        faults += _check_policy(values.get("policy", {}))
    own = {key: value for key, value in _section(values, "brand").items() if key in BRAND_KEYS}
    brand, brand_faults = read_brand(folder, own, CONFIG_NAME)
    faults += brand_faults
    told = {} if faults else _section(values, "questionnaire")
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
        unreferenced=values.get("matching", {}).get("unreferenced", "leave"),
        policy=values.get("policy", {}),
        answers=answers,
        signals=tuple(values.get("signals", ())),
        folder=folder,
        previous=values.get("previous", ""),
        profile=values.get("profile", ""),
    )


def _day(value: Any) -> Any:
    return None if value is None else pd.Timestamp(value).normalize()


def _unknown(key: str, known: list[str]) -> Fault:
    return unknown_key(CONFIG_NAME, key, known)


def _wrong(key: str, value: Any, allowed: str) -> Fault:
    return wrong_value(CONFIG_NAME, key, value, allowed)


def _check_keys(values: Mapping[str, Any]) -> list[Fault]:
    known = {"brand": BRAND_KEYS, "formats": ("dates", "decimals"), "terms": ("missing_due_date",)}
    roles = tuple(columns()["tables"])
    known |= {"files": roles, "columns": roles, "questionnaire": tuple(questions())}
    known |= {"tie_out": STATED_KEYS, "matching": ("unreferenced",)}
    faults = [_unknown(k, list(KEYS)) for k in values if k not in KEYS]
    for section in SECTIONS:
        inner = values.get(section, {})
        if not isinstance(inner, Mapping):
            faults.append(_wrong(section, inner, f"[{section}]"))
        elif section in known:
            names = [f"{section}.{key}" for key in known[section]]
            faults += [_unknown(f"{section}.{k}", names) for k in inner if k not in known[section]]
    return faults


def _check_top(values: Mapping[str, Any]) -> list[Fault]:
    faults = []
    name = values.get("name", "x")
    if not isinstance(name, str) or not name.strip():
        faults.append(_wrong("name", name, '"Jansen Bouw B.V."'))
    if values.get("language", "nl") not in LANGUAGES:
        faults.append(_wrong("language", values["language"], '"nl", "en"'))
    currency = values.get("currency", "EUR")
    if not isinstance(currency, str) or not re.fullmatch(r"[A-Za-z]{3}", currency):
        faults.append(_wrong("currency", currency, '"EUR"'))
    if not isinstance(values.get("previous", ""), str):
        faults.append(_wrong("previous", values["previous"], '"../reports/jansen/2026-07-31"'))
    if values.get("profile", "") not in ("", *profiles()):
        known = ", ".join(f'"{name}"' for name in profiles())
        faults.append(_wrong("profile", values["profile"], known))
    for key in DAYS:
        if key in values and not isinstance(values[key], datetime.date):
            faults.append(_wrong(key, values[key], "2026-10-31"))
    return faults


def _section(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = values.get(name, {})
    return inner if isinstance(inner, Mapping) else {}


def _check_sections(values: Mapping[str, Any], folder: Path) -> list[Fault]:
    faults = []
    for key, allowed in (("dates", DATE_ORDERS), ("decimals", DECIMALS)):
        value = _section(values, "formats").get(key, allowed[0])
        if value not in allowed:
            faults.append(_wrong(f"formats.{key}", value, ", ".join(f'"{a}"' for a in allowed)))
    for code, rate in _section(values, "rates").items():
        number = isinstance(rate, (int, float)) and not isinstance(rate, bool)
        if not re.fullmatch(r"[A-Za-z]{3}", code) or not number or rate <= 0:
            faults.append(_wrong(f"rates.{code}", rate, "USD = 0.92"))
    rule = _section(values, "terms").get("missing_due_date", "leave")
    is_days = isinstance(rule, int) and not isinstance(rule, bool) and 0 <= rule <= 365
    if rule not in DUE_DATE_RULES and not is_days:
        faults.append(_wrong("terms.missing_due_date", rule, '"leave", "customer_terms", 30'))
    faults += [
        _wrong(f"questionnaire.{key}", value, allowed)
        for key, value in _section(values, "questionnaire").items()
        if key in questions() and (allowed := wrong_answer(key, value))
    ]
    matching = _section(values, "matching").get("unreferenced", "leave")
    if matching not in MATCHING_RULES:
        faults.append(_wrong("matching.unreferenced", matching, '"leave", "oldest_first"'))
    faults += wrong_stated(_section(values, "tie_out"), CONFIG_NAME)
    return [*faults, *_check_files(values, folder), *_check_columns(values)]


def _check_files(values: Mapping[str, Any], folder: Path) -> list[Fault]:
    faults = []
    for role, held in _section(values, "files").items():
        names = [split_place(place)[0] for place in places_of(held)]
        if not names or any(Path(name).name != name for name in names):
            faults.append(_wrong(f"files.{role}", held, '"facturen.csv", "boek.xlsx [Open]"'))
            continue
        lost = [name for name in dict.fromkeys(names) if not (folder / name).is_file()]
        faults += [Fault("file_missing", {"file": name}) for name in lost]
    return faults


def _check_columns(values: Mapping[str, Any]) -> list[Fault]:
    faults = []
    for role, mapping in _section(values, "columns").items():
        known = columns()["tables"].get(role)
        if known is None:
            continue
        if not isinstance(mapping, Mapping):
            faults.append(_wrong(f"columns.{role}", mapping, f"[columns.{role}]"))
            continue
        names = [f"columns.{role}.{word}" for word in known]
        faults += [_unknown(f"columns.{role}.{w}", names) for w in mapping if w not in known]
        wrong = {w: h for w, h in mapping.items() if not isinstance(h, str) or not h.strip()}
        faults += [_wrong(f"columns.{role}.{w}", h, '"Bedrag"') for w, h in wrong.items()]
    return faults


def _check_policy(overrides: Any) -> list[Fault]:
    if not isinstance(overrides, Mapping):
        return []
    try:
        load_policy(overrides)
    except CreditHelpersError as error:
        return [Fault(f.code, {**f.values, "file": CONFIG_NAME}) for f in error.faults]
    return []
