"""The summary over all clients of a batch, as plain values: what ``summary.json`` holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from credit_helpers.errors import LANGUAGES, Fault
from credit_helpers.formats import is_missing
from credit_helpers.report.batch_client import FAILED, OK, WARNINGS, Outcome, plain
from credit_helpers.report.batch_standing import (
    INDICATORS,
    indicators_of,
    quarter,
    quartiles,
    ranks,
    standings,
)
from credit_helpers.words import Words

STATES = (OK, WARNINGS, FAILED)
VERDICTS = ("good", "attention", "insufficient", "unknown")
# Why a report needs a person, the most urgent first.
REASONS = ("failed", "checks", "lost", "warning", "unknown")
SUMS = ("outstanding_cents", "aged_cents", "overdue_cents", "oldest_cents", "release_cents")


def language_of(outcomes: Iterable[Outcome], asked: str = "") -> str:
    """Return the language of a summary: the one asked for, else that of most of its clients.

    Clients that failed do not count, and of equal numbers Dutch does.

    Examples
    --------
    >>> made = [Outcome("a", "a", OK, language="en"), Outcome("b", "b")]
    >>> language_of(made), language_of(made, "nl"), language_of([])
    ('en', 'nl', 'nl')
    """
    spoken = Counter(outcome.language for outcome in outcomes if outcome.status != FAILED)
    return asked or max(LANGUAGES, key=lambda language: spoken[language])


def summary_of(outcomes: Sequence[Outcome], *, of: int, language: str) -> dict[str, Any]:
    """Return what a batch came to.

    Parameters
    ----------
    outcomes : sequence of Outcome
        In the order in which the reports were made.
    of : int
        How many clients the batch has.
    language : str
        Language of the reasons; what comes out of a report stays in that of its client.

    Returns
    -------
    dict
        ``clients``, each with its figures, verdicts, rank, standing and reasons; ``attention``,
        the sources of the clients that need a person, the most urgent first; ``currencies`` with
        their sums; ``indicators`` with their quartiles; counts and days.
    """
    clients = [plain(outcome) for outcome in outcomes]
    made = [client for client in clients if client["status"] != FAILED]
    among = _add_standings(clients)
    for client, rank in zip(clients, ranks([_weight(c) for c in clients]), strict=True):
        client["rank_count"], client["standing"] = rank, ""
        client["verdicts_count"] = _verdicts(client)
        client["reasons"] = _reasons(client, language)
    days = sorted(client["as_of"] for client in made)
    return {
        "language": language,
        "clients_count": of,
        "counts": {state: sum(o.status == state for o in outcomes) for state in STATES},
        "first_as_of": days[0] if days else None,
        "last_as_of": days[-1] if days else None,
        "clients": clients,
        "attention": [client["source"] for client in _by_urgency(clients)],
        "currencies": _currencies(made),
        "indicators": among,
    }


def _add_standings(clients: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each client its standing and return the quartiles of each indicator."""
    values = [indicators_of(client) for client in clients]
    among = {name: quartiles(value[name] for value in values) for name in INDICATORS}
    places = {name: standings([value[name] for value in values]) for name in INDICATORS}
    for number, client in enumerate(clients):
        client["indicators"] = {
            name: {
                "value": values[number][name],
                "quarter": quarter(values[number][name], among[name]),
                **(places[name][number] or {}),
            }
            for name in INDICATORS
        }
    return [{"key": name, "unit": unit, **among[name]} for name, unit in INDICATORS.items()]


def _verdicts(client: Mapping[str, Any]) -> dict[str, int]:
    found = Counter(row["verdict"] for row in client["judgements"])
    return {verdict: found[verdict] for verdict in VERDICTS}


def _weight(client: Mapping[str, Any]) -> tuple[float, ...] | None:
    """Return what makes a client come first: bad verdicts, then severe findings."""
    if client["status"] == FAILED:
        return None
    found = _verdicts(client)
    return (found["insufficient"], found["attention"], client["high_findings_count"] or 0)


def _by_urgency(clients: list[dict[str, Any]]) -> list[dict[str, Any]]:
    def urgency(client: Mapping[str, Any]) -> tuple[Any, ...]:
        codes = [reason["code"] for reason in client["reasons"]]
        counts = tuple(-codes.count(code) for code in REASONS)
        return (REASONS.index(codes[0]), counts, client["rank_count"] or 0, client["source"])

    return sorted((client for client in clients if client["reasons"]), key=urgency)


def _reasons(client: Mapping[str, Any], language: str) -> list[dict[str, str]]:
    """Return why somebody should look at a client before its report goes out."""
    words = Words(language, client["currency"] or "EUR")
    own = client["language"] or language
    count = client["differing_checks_count"]
    # The same warning of the report itself, which would say it twice.
    told = Fault("checks_differ", {"count": count}).text(own) if count else ""
    kind = "failed" if client["status"] == FAILED else "warning"
    texts = {
        kind: [(text, own) for text in client["messages"] if text != told],
        "checks": [_text(words, "checks", checks_count=count)] if count else [],
        "lost": [_lost(lost, words) for lost in client["lost"]],
        "unknown": _unknown(client, words),
    }
    return [
        {"code": code, "text": text, "language": spoken}
        for code in REASONS
        for text, spoken in texts.get(code, ())
    ]


def _lost(lost: Mapping[str, Any], words: Words) -> tuple[str, str]:
    table = words.label(f"input_table.{lost['table']}").lower()
    return _text(words, f"lost_{lost['basis']}", **{**lost, "table": table})


def _unknown(client: Mapping[str, Any], words: Words) -> list[tuple[str, str]]:
    areas = [row["area"] for row in client["judgements"] if row["verdict"] == "unknown"]
    if not areas:
        return []
    text, spoken = _text(words, "unknown", areas=listed("area", areas, words))
    if client["missing"]:
        needs = listed("capability", client["missing"], words)
        text += " " + _text(words, "ask", needs=needs)[0]
    return [(text, spoken)]


def listed(group: str, names: Iterable[str], words: Words) -> str:
    """Return the labels of some names as a list within a sentence.

    Examples
    --------
    >>> listed("area", ("dso", "limits"), Words("en"))
    'DSO and credit limits'
    """
    labels = (words.label(f"{group}.{name}") for name in names)
    return words.formats.join(
        label if label[:2].isupper() else label[:1].lower() + label[1:] for label in labels
    )


def _text(words: Words, name: str, **values: Any) -> tuple[str, str]:
    return words.prose(f"labels.batch.reason.{name}", **values), words.language


def _currencies(clients: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the sums per currency, that of most clients first; currencies are never added."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for client in clients:
        found.setdefault(client["currency"], []).append(client)
    ordered = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    return [_sums(currency, members) for currency, members in ordered]


def _sums(currency: str, clients: list[Mapping[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {"currency": currency, "clients_count": len(clients)}
    for name in SUMS:
        known = [client[name] for client in clients if not is_missing(client[name])]
        row[name] = sum(known) if known else None
        row[f"{name.removesuffix('_cents')}_known_count"] = len(known)
    aged = row["aged_cents"] or 0
    for part in ("overdue", "oldest"):
        row[f"{part}_share"] = (row[f"{part}_cents"] or 0) / aged if aged > 0 else None
    findings = (client["high_findings_count"] or 0 for client in clients)
    return {**row, "high_findings_count": sum(findings)}
