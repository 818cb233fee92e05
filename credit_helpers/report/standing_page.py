"""Where one client stands among the others: a small page without names that may go to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from credit_helpers.formats import EMPTY, is_missing
from credit_helpers.report.batch_page import render
from credit_helpers.words import Words

EDGES = ("first_quartile", "median", "third_quartile")


def is_anonymous(client: Mapping[str, Any]) -> bool:
    """Return whether a client can be compared on any figure without giving others away."""
    return any(place["quarter"] for place in client["indicators"].values())


def standing_html(client: Mapping[str, Any], indicators: Iterable[Mapping[str, Any]]) -> str:
    """Return the page of one client, in its own language.

    Only figures that at least five clients have are shown, and of the others only quartiles.

    Parameters
    ----------
    client : mapping
        One of the ``clients`` of ``summary.json``.
    indicators : iterable of mapping
        The ``indicators`` of ``summary.json``.
    """
    words = Words(client["language"], client["currency"] or "EUR")
    shown = [row for row in indicators if not is_missing(row["median"])]
    count = max((row["known_count"] for row in shown), default=0)
    return render(
        "standing.html.j2",
        words,
        title=words.label("batch.anonymous_title"),
        as_of=words.formats.date(client["as_of"]),
        client=client["client"],
        day=words.formats.date(client["as_of"]),
        lead=words.prose("labels.batch.anonymous", clients_count=count),
        heads=[words.label(f"batch.{edge}") for edge in EDGES],
        rows=[_row(row, client["indicators"][row["key"]], words) for row in shown],
    )


def _row(row: Mapping[str, Any], place: Mapping[str, Any], words: Words) -> dict[str, Any]:
    formats, unit = words.formats, row["unit"]
    better, part = EMPTY, EMPTY
    if place["quarter"]:
        counts = {name: place[name] for name in ("better_than_count", "others_count")}
        better = words.prose(
            "labels.batch.better",
            better_count=counts["better_than_count"],
            others_count=counts["others_count"],
        )
        part = words.label(f"batch.quarter.{place['quarter']}")
    return {
        "name": words.label(f"batch.indicator.{row['key']}"),
        "own": formats.by_unit(place["value"], unit),
        "better": better,
        "part": part,
        "edges": [formats.by_unit(row[edge], unit) for edge in EDGES],
        "known_count": row["known_count"],
    }
