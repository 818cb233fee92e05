"""What the files themselves tell of a client's settings, each with the reason it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from credit_helpers.intake import amounts, dates
from credit_helpers.intake.currency import codes_of, stated_currency
from credit_helpers.intake.headers import words_of
from credit_helpers.intake.observed import day_in_name, observed_on
from credit_helpers.intake.profiles import Profile, profile_of
from credit_helpers.intake.reading import Reading
from credit_helpers.intake.tables import NUMBER_CELL, Table
from credit_helpers.intake.typed import AMOUNT_WORDS, date_words, order_by_gaps

DUTCH = re.compile(
    r"^(?:factuur|fact|debiteur|deb|klant|relatie|verval|boek|bedrag|openstaand|saldo|naam|valuta"
    r"|datum|nummer|omschrijving|betaal|betaald|voldaan|dagboek|openst|resterend)"
)
ENGLISH = re.compile(
    r"^(?:invoice|customer|debtor|client|due|amount|balance|outstanding|name|currency|date|number"
    r"|account|open|posting|document|payment|paid|due|type|residual)$"
)


@dataclass(frozen=True)
class Answer:
    """One setting: its value, and why.

    Parameters
    ----------
    value : str
        As it is written in ``client.toml``; ``""`` for none.
    reason : str
        Code of a text under ``new.reason``.
    values : mapping
        What that text names.
    is_open : bool
        Nothing tells, and somebody has to say it.
    """

    value: str
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)
    is_open: bool = False


def given(value: str) -> Answer:
    """Return what the user said."""
    return Answer(value, "given")


def invoices(reading: Reading) -> list[Table]:
    """Return the tables with invoices."""
    return [table for table in reading.tables if table.role == "invoices"]


def package(reading: Reading) -> tuple[Profile | None, Answer]:
    """Return the package whose export it is, as far as the columns tell."""
    best, best_share = None, 0.0
    for table in invoices(reading):
        found, share = profile_of(list(table.raw.cells.columns), reading.config.profile)
        if found is not None and share > best_share:
            best, best_share = found, share
    if best is None:
        return None, Answer("", "no_profile")
    values = {"package": best.name, "report": best.report, "known_share": best_share}
    return best, Answer(best.code, "profile", values)


def language(reading: Reading, profile: Profile | None) -> Answer:
    """Return the language of the report: that of the columns."""
    if any(table.raw.known is not None for table in reading.tables):
        formats = [note.values.get("format", "") for note in reading.notes]
        is_dutch = any(str(name).startswith(("XAF", "CLAIR")) for name in formats)
        return Answer("nl" if is_dutch else "en", "audit_file", {"file": _first_file(reading)})
    if profile is not None:
        return Answer(profile.language, "package", {"package": profile.name})
    headers = [str(h) for table in reading.tables for h in table.raw.cells.columns]
    words = [word for header in headers for word in words_of(header)]
    dutch, english = (sum(bool(p.match(word)) for word in words) for p in (DUTCH, ENGLISH))
    if not dutch and not english:
        return Answer("nl", "house_language")
    code = "nl" if dutch >= english else "en"
    return Answer(code, "headers", {"headers_count": dutch if code == "nl" else english})


def _first_file(reading: Reading) -> str:
    return reading.tables[0].raw.file if reading.tables else ""


def date_order(reading: Reading, profile: Profile | None) -> Answer:
    """Return the order of day and month, where the files leave anything to say about it."""
    tables = [table for table in reading.tables if table.raw.known is None]
    found = [(_pooled(table), order_by_gaps(table)) for table in tables]
    total = sum((one for one, _ in found), dates.DateEvidence())
    if any(fault.code == "question_dates" for fault in reading.faults):
        known = profile.formats.get("dates", "") if profile else ""
        if known and profile:
            return Answer(known, "package", {"package": profile.name})
        return Answer("", "dates_open", {"values_count": total.ambiguous}, is_open=True)
    if total.order:
        proof = total.day_first if total.order == dates.DAY_FIRST else total.month_first
        return Answer(total.order, "dates_proven", {"values_count": proof})
    by_gaps = {order for _, order in found if order}
    if total.ambiguous and len(by_gaps) == 1:
        return Answer(by_gaps.pop(), "dates_by_gaps")
    return Answer("", "dates_mixed" if total.day_first else "dates_plain")


def _pooled(table: Table) -> dates.DateEvidence:
    cells = (table.raw.cells[table.columns[word].header] for word in date_words(table))
    return sum(map(dates.date_evidence, cells), dates.DateEvidence())


def decimal_sign(reading: Reading, profile: Profile | None) -> Answer:
    """Return the decimal sign, where the files leave anything to say about it."""
    total = sum((_money(table) for table in reading.tables), amounts.Evidence())
    if any(fault.code == "question_decimals" for fault in reading.faults):
        known = profile.formats.get("decimals", "") if profile else ""
        if known and profile:
            return Answer(known, "package", {"package": profile.name})
        return Answer("", "decimals_open", {"values_count": total.ambiguous}, is_open=True)
    if total.sign:
        proof = total.point if total.sign == "." else total.comma
        return Answer(total.sign, "decimals_proven", {"values_count": max(proof, 1)})
    return Answer("", "decimals_mixed" if total.point else "decimals_plain")


def _money(table: Table) -> amounts.Evidence:
    total = amounts.Evidence()
    if table.raw.known is not None:
        return total
    for word in (word for word in AMOUNT_WORDS if word in table.columns):
        header = table.columns[word].header
        text = table.raw.cells.loc[~table.raw.is_kind(header, NUMBER_CELL), header]
        total = total + amounts.evidence(text)
    return total


def currency(reading: Reading, speaks: str, reporting: str) -> Answer:
    """Return the currency of the report; open when the files name none and are not Dutch.

    Parameters
    ----------
    reading : Reading
    speaks : str
        Language of the files, ``""`` when they do not tell.
    reporting : str
        Currency of the ledger as it was read, ``""`` when it was not.
    """
    codes, blank = [], 0
    for table in invoices(reading):
        where = {"file": table.raw.place}
        if table.raw.known is not None and table.raw.known.currency:
            return Answer(table.raw.known.currency.upper(), "audit_file", where)
        if "currency" not in table.columns:
            blank += len(table.raw.cells)
            continue
        found = codes_of(
            table.raw.cells.loc[table.raw.reasons == "", table.columns["currency"].header]
        )
        codes.append(found.dropna())
        blank += int(found.isna().sum())
    known = pd.concat(codes) if codes else pd.Series(dtype="string")
    if len(known) > blank:
        counts = known.value_counts()
        # A receipt without a currency may have been counted in one that no invoice is in.
        has_base = any("base_currency" in table.columns for table in invoices(reading))
        value = reporting if reporting in counts or has_base else ""
        value = value or str(counts.index[0])
        values = {"items_share": float(counts.get(value, 0) / counts.sum()), "currency": value}
        return Answer(value, "most" if len(counts) > 1 else "column", values)
    stated = _stated(invoices(reading))
    if stated:
        return Answer(stated, "stated")
    return (
        Answer("EUR", "dutch_currency") if speaks == "nl" else Answer("", "no_currency", {}, True)
    )


def _stated(tables: Iterable[Table]) -> str:
    for table in tables:
        for word in ("amount", "open_amount", "debit", "amount_base", "open_base"):
            if word in table.columns:
                header = table.columns[word].header
                found = stated_currency([header], table.raw.cells[header].head(200))
                if found:
                    return found
    return ""


def export_day(reading: Reading, order: str, latest: pd.Timestamp | None) -> Answer:
    """Return the day of the export: of an audit file, a title, or the name of the file."""
    found: list[tuple[pd.Timestamp, str, str]] = []
    for table in invoices(reading):
        raw = table.raw
        names = (raw.file, reading.delivery.archives.get(raw.file, ""))
        titled = observed_on(raw.titles, order)
        named = [(day, name) for name in names if (day := day_in_name(name, order)) is not None]
        if titled is not None:
            code = "audit_file" if raw.known is not None else "title"
            found.append((titled, code, raw.place))
        elif named and (latest is None or named[0][0] >= latest):
            found.append((named[0][0], "file_name", named[0][1]))
    if not found:
        return Answer("", "no_export_day")
    day, code, place = max(found)
    return Answer(f"{day:%Y-%m-%d}", code, {"file": place})
