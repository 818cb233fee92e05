"""What can be wrong with the settings of a client: unknown keys and impossible values."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from credit_helpers.benchmark import SECTORS
from credit_helpers.errors import LANGUAGES, CreditHelpersError, Fault
from credit_helpers.intake.brand import BRAND_KEYS
from credit_helpers.intake.facts import FACT_KEYS, wrong_facts
from credit_helpers.intake.headers import columns
from credit_helpers.intake.places import places_of, split_place
from credit_helpers.intake.profiles import NO_PROFILE, profiles
from credit_helpers.intake.reported import wrong_signals
from credit_helpers.intake.stated import STATED_KEYS, wrong_stated
from credit_helpers.intake.toml_file import unknown_key, wrong_value
from credit_helpers.policy import load_policy
from credit_helpers.questionnaire import questions, wrong_answer

CONFIG_NAME = "client.toml"
DATE_ORDERS = ("day-month-year", "month-day-year", "year-month-day")
DECIMALS = (",", ".")
OLDEST_FIRST = "oldest_first"
MATCHING_RULES = ("leave", OLDEST_FIRST)
DUE_DATE_RULES = ("leave", "customer_terms")
DAYS = ("as_of", "observed_on", "reported_on")
TOP_KEYS = ("name", "language", "currency", *DAYS, "previous", "profile", "sector")
SECTIONS = (
    "brand", "formats", "files", "columns", "rates", "terms", "tie_out", "matching",
    "policy", "questionnaire", "client",
)  # fmt: skip
KEYS = (*TOP_KEYS, *SECTIONS, "signals")


def wrong_settings(values: Mapping[str, Any], folder: Path) -> list[Fault]:
    """Return everything that is wrong with the values of a ``client.toml``, for a folder."""
    faults = [*_check_keys(values), *_check_top(values), *_check_sections(values, folder)]
    faults += wrong_signals(values.get("signals", []), CONFIG_NAME)
    if not any(fault.code.startswith("policy") for fault in faults):
        faults += _check_policy(values.get("policy", {}))
    return faults


def _unknown(key: str, known: list[str]) -> Fault:
    return unknown_key(CONFIG_NAME, key, known)


def _wrong(key: str, value: Any, allowed: str) -> Fault:
    return wrong_value(CONFIG_NAME, key, value, allowed)


def _check_keys(values: Mapping[str, Any]) -> list[Fault]:
    known = {"brand": BRAND_KEYS, "formats": ("dates", "decimals"), "terms": ("missing_due_date",)}
    roles = tuple(columns()["tables"])
    known |= {"files": roles, "columns": roles, "questionnaire": tuple(questions())}
    known |= {"tie_out": STATED_KEYS, "matching": ("unreferenced",), "client": FACT_KEYS}
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
    if values.get("profile", "") not in ("", NO_PROFILE, *profiles()):
        known = ", ".join(f'"{name}"' for name in (*profiles(), NO_PROFILE))
        faults.append(_wrong("profile", values["profile"], known))
    if values.get("sector", SECTORS[0]) not in SECTORS:
        known = ", ".join(f'"{name}"' for name in SECTORS)
        faults.append(_wrong("sector", values["sector"], known))
    for key in DAYS:
        if key in values and not isinstance(values[key], datetime.date):
            faults.append(_wrong(key, values[key], "2026-10-31"))
    return faults


def section_of(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a section of the settings; an empty one when it is none."""
    inner = values.get(name, {})
    return inner if isinstance(inner, Mapping) else {}


def _check_sections(values: Mapping[str, Any], folder: Path) -> list[Fault]:
    faults = []
    for key, allowed in (("dates", DATE_ORDERS), ("decimals", DECIMALS)):
        value = section_of(values, "formats").get(key, allowed[0])
        if value not in allowed:
            faults.append(_wrong(f"formats.{key}", value, ", ".join(f'"{a}"' for a in allowed)))
    for code, rate in section_of(values, "rates").items():
        number = isinstance(rate, (int, float)) and not isinstance(rate, bool)
        if not re.fullmatch(r"[A-Za-z]{3}", code) or not number or rate <= 0:
            faults.append(_wrong(f"rates.{code}", rate, "USD = 0.92"))
    rule = section_of(values, "terms").get("missing_due_date", "leave")
    is_days = isinstance(rule, int) and not isinstance(rule, bool) and 0 <= rule <= 365
    if rule not in DUE_DATE_RULES and not is_days:
        faults.append(_wrong("terms.missing_due_date", rule, '"leave", "customer_terms", 30'))
    faults += [
        _wrong(f"questionnaire.{key}", value, allowed)
        for key, value in section_of(values, "questionnaire").items()
        if key in questions() and (allowed := wrong_answer(key, value))
    ]
    matching = section_of(values, "matching").get("unreferenced", "leave")
    if matching not in MATCHING_RULES:
        faults.append(_wrong("matching.unreferenced", matching, '"leave", "oldest_first"'))
    faults += wrong_stated(section_of(values, "tie_out"), CONFIG_NAME)
    faults += wrong_facts(section_of(values, "client"), CONFIG_NAME)
    return [*faults, *_check_files(values, folder), *_check_columns(values)]


def _check_files(values: Mapping[str, Any], folder: Path) -> list[Fault]:
    faults = []
    for role, held in section_of(values, "files").items():
        names = [split_place(place)[0] for place in places_of(held)]
        if not names or any(Path(name).name != name for name in names):
            faults.append(_wrong(f"files.{role}", held, '"facturen.csv", "boek.xlsx [Open]"'))
            continue
        lost = [name for name in dict.fromkeys(names) if not (folder / name).is_file()]
        faults += [Fault("file_missing", {"file": name}) for name in lost]
    return faults


def _check_columns(values: Mapping[str, Any]) -> list[Fault]:
    faults = []
    for role, mapping in section_of(values, "columns").items():
        known = columns()["tables"].get(role)
        if known is None:
            continue
        if not isinstance(mapping, Mapping):
            faults.append(_wrong(f"columns.{role}", mapping, f"[columns.{role}]"))
            continue
        names = [f"columns.{role}.{word}" for word in known]
        faults += [_unknown(f"columns.{role}.{w}", names) for w in mapping if w not in known]
        # An empty text says that no column holds it, whatever the headers seem to say.
        wrong = {w: h for w, h in mapping.items() if not isinstance(h, str) or h.isspace()}
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
