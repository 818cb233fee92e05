"""The page over all clients of a batch: one file to work from, without anything from elsewhere.

Styles, fonts and palette are those of a report. A content-security policy lets only the page's own
script run, by its hash, so that nothing in a client's file can.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from credit_helpers.formats import EMPTY, is_missing, unit_of
from credit_helpers.report.batch_client import FAILED
from credit_helpers.report.batch_page import render, spread
from credit_helpers.report.batch_standing import INDICATORS
from credit_helpers.report.batch_summary import VERDICTS
from credit_helpers.words import Words

AREAS = ("data", "ageing", "dso", "behaviour", "concentration", "limits", "process")
# The columns of a client's figures, the area whose norm they are held against, and whether they
# are amounts, which sort within their currency.
COLUMNS = (
    ("outstanding", "outstanding_cents", ""),
    ("overdue", "overdue_share", "ageing"),
    ("oldest", "oldest_share", ""),
    ("dso", "dso_days", "dso"),
    ("days_late", "days_late", "behaviour"),
    ("release", "release_cents", ""),
    ("high_findings", "high_findings_count", ""),
    ("warnings_count", "warnings_count", ""),
)
SUMS = ("outstanding", "overdue", "oldest", "release")


def summary_html(data: Mapping[str, Any], language: str) -> str:
    """Return the summary page.

    Parameters
    ----------
    data : mapping
        What ``summary.json`` holds, see :func:`~.batch_summary.summary_of`.
    language : str
        Language of the page; what comes out of a report stays in that of its client.
    """
    words = Words(language)
    currencies = [row["currency"] for row in data["currencies"]]
    by_source = {client["source"]: client for client in data["clients"]}
    flagged = [_named(by_source[source]) for source in data["attention"]]
    urgent = [client for client in flagged if client["reasons"][0]["code"] != "unknown"]
    unjudged = _unjudged(flagged, words)
    ordered = sorted(data["clients"], key=lambda c: (c["rank_count"] is None, c["rank_count"] or 0))
    return render(
        "summary.html.j2",
        words,
        title=words.label("batch.title"),
        as_of=words.formats.date(data["last_as_of"]) if data["last_as_of"] else "",
        lead=_lead(data, words),
        urgent=urgent,
        heading=_heading(len(urgent), words),
        unjudged=unjudged,
        unjudged_heading=words.prose(
            "labels.batch.unjudged", unjudged_count=sum(len(row["clients"]) for row in unjudged)
        ),
        totals=[_totals(row, language) for row in data["currencies"]],
        has_many=len(currencies) > 1,
        areas=[(area, words.label(f"area.{area}")) for area in AREAS],
        verdicts=[(verdict, words.label(f"judgement.{verdict}")) for verdict in VERDICTS],
        columns=[(name, words.label(f"batch.{name}")) for name, _, _ in COLUMNS],
        clients=[_client(client, currencies, language) for client in ordered],
        indicators=[_indicator(row, data["clients"], words) for row in data["indicators"]],
        standing=_standing_notes(data, words),
        places=[_places(client, words) for client in ordered if client["rank_count"] is not None],
        has_tables=any(client.get("standing") for client in data["clients"]),
        example=words.prose("labels.batch.places_lead", better_count=7, others_count=10),
    )


def _lead(data: Mapping[str, Any], words: Words) -> str:
    counts = {f"{status}_count": count for status, count in data["counts"].items()}
    of = data["clients_count"]
    parts = [words.prose("labels.batch.lead", clients_count=of, **counts)]
    made = len(data["clients"])
    if made < of:
        parts.append(words.prose("labels.batch.progress", made_count=made, clients_count=of))
    if data["last_as_of"]:
        kind = "one_day" if data["first_as_of"] == data["last_as_of"] else "days"
        days = {"first_on": data["first_as_of"], "last_on": data["last_as_of"]}
        parts.append(words.prose(f"labels.batch.{kind}", **days))
    return " ".join(parts)


def _heading(count: int, words: Words) -> str:
    if not count:
        return words.label("batch.attention_none")
    return words.prose("labels.batch.attention", attention_count=count)


def _unjudged(clients: Iterable[Mapping[str, Any]], words: Words) -> list[dict[str, Any]]:
    """Return what to ask of whom: the clients by what cannot be judged, the most areas first."""
    found: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for client in clients:
        rows = client["judgements"]
        areas = tuple(row["area"] for row in rows if row["verdict"] == "unknown")
        if areas:
            found.setdefault((areas, tuple(client["missing"])), []).append(client)
    ordered = sorted(found.items(), key=lambda each: (-len(each[0][0]), each[0]))
    return [
        {
            "areas": ", ".join(words.label(f"area.{area}") for area in areas),
            "needs": [words.label(f"capability.{need}") for need in needs],
            "clients": members,
        }
        for (areas, needs), members in ordered
    ]


def _named(client: Mapping[str, Any]) -> dict[str, Any]:
    """Return a client with the address of its report and the folder that it came from."""
    return {**client, "is_renamed": client["source"] != client["client"]}


def _totals(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    words = Words(language, row["currency"] or "EUR")
    cells = []
    for name in SUMS:
        known = row[f"{name}_known_count"]
        part: Any = row.get(f"{name}_share")
        note = [] if is_missing(part) else [words.formats.share(part)]
        if known < row["clients_count"]:
            note.append(words.prose("labels.batch.known_of", known_count=known))
        value = words.formats.by_unit(row[f"{name}_cents"], "cents")
        cells.append({"text": value, "note": ", ".join(note), "value": row[f"{name}_cents"]})
    return {**row, "cells": cells}


def _client(client: Mapping[str, Any], currencies: list[str], language: str) -> dict[str, Any]:
    words = Words(language, client["currency"] or "EUR")
    judged = {row["area"]: row for row in client["judgements"]}
    is_made = client["status"] != FAILED
    warnings = {**client, "warnings_count": len(client["messages"]) if is_made else None}
    cells = []
    for name, key, area in COLUMNS:
        unit = unit_of(key)
        verdict = judged.get(area, {}).get("verdict", "")
        cells.append(
            {
                "name": name,
                "text": words.formats.by_unit(warnings[key], unit),
                "value": warnings[key],
                # Amounts of different currencies cannot be compared.
                "group": currencies.index(client["currency"])
                if unit == "cents" and client["currency"] in currencies
                else None,
                "is_beyond": verdict == "insufficient",
            }
        )
    return {
        **_named(client),
        "state": words.label(f"batch.{client['status']}"),
        "marks": [_mark(judged.get(area), area, words) for area in AREAS],
        "cells": cells,
        "top": _top(client["top_finding"], words),
    }


def _mark(judged: Mapping[str, Any] | None, area: str, words: Words) -> dict[str, Any]:
    """Return a verdict as a mark, its word, and what it was held against."""
    if judged is None:
        return {"verdict": "", "text": EMPTY, "about": "", "value": None}
    verdict, unit = judged["verdict"], judged["unit"]
    about = words.prose(
        "labels.batch.against",
        measure=words.label(f"column.{judged['measure_name']}"),
        value=words.formats.by_unit(judged["value"], unit),
        norm=words.formats.by_unit(judged["threshold"], unit),
    )
    word = words.label(f"judgement.{verdict}")
    value = None if verdict == "unknown" else VERDICTS.index(verdict)
    name = words.label(f"area.{area}")
    return {
        "verdict": verdict,
        "text": word,
        "about": f"{name}: {word.lower()}. {about}",
        "value": value,
    }


def _top(finding: Mapping[str, Any] | None, words: Words) -> dict[str, str] | None:
    if finding is None:
        return None
    effect = finding["impact_cents"]
    shown = words.formats.money(effect) if effect else ""
    return {"title": finding["title"], "effect": shown}


def _indicator(
    row: Mapping[str, Any], clients: list[Mapping[str, Any]], words: Words
) -> dict[str, Any]:
    values = [client["indicators"][row["key"]]["value"] for client in clients]
    return {
        "name": words.label(f"batch.indicator.{row['key']}"),
        "known_count": row["known_count"],
        "edges": [
            {"text": words.formats.by_unit(row[edge], row["unit"]), "value": row[edge]}
            for edge in ("first_quartile", "median", "third_quartile")
        ],
        "spread": spread(row, [value for value in values if not is_missing(value)]),
    }


def _standing_notes(data: Mapping[str, Any], words: Words) -> list[str]:
    known = [row["known_count"] for row in data["indicators"]]
    if max(known, default=0) < 2:
        return [words.label("batch.standing_one")]
    few = any(is_missing(row["median"]) for row in data["indicators"])
    notes = [words.label("batch.standing_lead")]
    return [*notes, words.label("batch.standing_few")] if few else notes


def _places(client: Mapping[str, Any], words: Words) -> dict[str, Any]:
    cells = []
    for name in INDICATORS:
        place = client["indicators"][name]
        others = place.get("others_count")
        better = place.get("better_than_count", 0)
        word = words.label(f"batch.quarter.{place['quarter']}") if place["quarter"] else ""
        cells.append(
            {
                "text": f"{better} / {others}" if others else EMPTY,
                "value": better / others if others else None,
                "quarter": place["quarter"],
                "about": word,
            }
        )
    return {**_named(client), "cells": cells}
