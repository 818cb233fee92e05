"""The page over all clients of a batch: one file, without scripts or anything from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from credit_helpers.formats import EMPTY
from credit_helpers.resources import resource
from credit_helpers.words import Words


def summary_html(data: Mapping[str, Any], language: str) -> str:
    """Return the summary page.

    Parameters
    ----------
    data : mapping
        What ``summary.json`` holds: ``clients``, ``counts`` per status and ``clients_count``.
    language : str
        Language of the page; messages stay in that of their client.
    """
    words = Words(language)
    loader = FileSystemLoader(resource("templates", "batch"))
    environment = Environment(loader=loader, autoescape=select_autoescape(default=True))
    counts = {f"{status}_count": count for status, count in data["counts"].items()}
    return environment.get_template("summary.html.j2").render(
        language=language,
        rows=[_row(client, language) for client in data["clients"]],
        label=words.label,
        lead=words.prose("labels.batch.lead", clients_count=data["clients_count"], **counts),
    )


def _row(client: Mapping[str, Any], language: str) -> dict[str, Any]:
    words = Words(language, client["currency"] or "EUR")
    units = {
        "outstanding_cents": "cents",
        "overdue_share": "share",
        "dso_days": "days",
        "high_findings_count": "count",
    }
    shown = {key: words.formats.by_unit(client[key], unit) for key, unit in units.items()}
    day = words.formats.short_date(client["as_of"]) if client["as_of"] else EMPTY
    return {**client, **shown, "as_of": day, "state": words.label(f"batch.{client['status']}")}
