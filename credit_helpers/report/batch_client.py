"""What a batch knows of one client: how it went, and what its results say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from credit_helpers.portfolio.schema import NOTHING_LOST

OK, WARNINGS, FAILED = "ok", "warnings", "failed"
# Each figure of a client, by its key in results.json.
FIGURES = {
    "outstanding_cents": "ageing.outstanding_cents",
    "aged_cents": "ageing.aged_cents",
    "overdue_cents": "ageing.overdue_cents",
    "overdue_share": "ageing.overdue_share",
    "oldest_cents": "ageing.oldest_cents",
    "oldest_share": "ageing.oldest_share",
    "dso_days": "dso.dso_days",
    "days_late": "behaviour.days_late",
    "release_cents": "dso.release_cents",
}
# Figures that say nothing when their area could not be judged.
AREAS = {"dso_days": "dso", "release_cents": "dso", "days_late": "behaviour"}
# What an area needs beyond what its chapter does.
NEEDS = {"process": "reminders"}
MAX_LOST = "quality.max_faulty_share"


@dataclass(frozen=True)
class Outcome:
    """How it went with one client; figures are ``None`` when they are not known.

    Parameters
    ----------
    client : str
        Name of the client, or of its folder when it could not be read.
    source : str
        Name of its folder or file.
    status : str
        ``"ok"``, ``"warnings"`` or ``"failed"``.
    messages : tuple of str
        Warnings, or what went wrong, in the client's language.
    report : str
        Address of its page relative to the summary; empty when there is none.
    judgement : str
        The opening sentence of the client's summary, in the client's language.
    judgements : tuple of mapping
        Per area its verdict, and what was measured against which norm.
    missing : tuple of str
        What was not delivered and would make more areas possible to judge.
    top_finding : mapping or None
        Code, title, severity and effect of the finding that stands first.
    differing_checks_count : int
        Sums in the workbook that should agree and do not.
    lost : tuple of mapping
        Where more was set aside than the norm allows, see :func:`lost_in`.
    """

    client: str
    source: str
    status: str = FAILED
    messages: tuple[str, ...] = ()
    report: str = ""
    as_of: str = ""
    language: str = ""
    currency: str = ""
    outstanding_cents: int | None = None
    aged_cents: int | None = None
    overdue_cents: int | None = None
    overdue_share: float | None = None
    oldest_cents: int | None = None
    oldest_share: float | None = None
    dso_days: float | None = None
    days_late: float | None = None
    release_cents: float | None = None
    findings_count: int | None = None
    high_findings_count: int | None = None
    judgement: str = ""
    judgements: tuple[Mapping[str, Any], ...] = ()
    missing: tuple[str, ...] = ()
    top_finding: Mapping[str, Any] | None = None
    differing_checks_count: int = 0
    lost: tuple[Mapping[str, Any], ...] = field(default_factory=tuple)


def outcome_of(
    known: Outcome, results: Mapping[str, Any], *, messages: tuple[str, ...], report: str
) -> Outcome:
    """Return how it went with a client whose report was made.

    Parameters
    ----------
    known : Outcome
        What was known before: its folder.
    results : mapping
        What ``results.json`` holds.
    messages : tuple of str
        The warnings.
    report : str
        Address of the page.
    """
    findings = results["findings"]
    checks = results.get("checks", ())
    return replace(
        known,
        client=results["client"].strip() or known.source,
        status=WARNINGS if messages else OK,
        messages=messages,
        report=report,
        **{name: results[name] for name in ("as_of", "language", "currency")},
        **_figures(results),
        findings_count=len(findings),
        high_findings_count=sum(finding["severity"] == "high" for finding in findings),
        judgement=results.get("conclusions", {}).get("summary", {}).get("heading", ""),
        judgements=tuple(results.get("judgements", ())),
        missing=_missing(results),
        top_finding=_first(findings),
        differing_checks_count=sum(check["left"] != check["right"] for check in checks),
        lost=tuple(lost_in(results)),
    )


def lost_in(results: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Yield the tables of which more was set aside than the norm allows.

    Rows that are no loss, such as totals and doubles, do not count. What was lost is measured in
    money; in rows when a table holds several currencies, or when what was lost has no amount.

    Parameters
    ----------
    results : mapping
        What ``results.json`` holds.

    Yields
    ------
    dict
        ``table``, ``basis`` ("cents" or "rows"), ``lost_cents`` (signed, of the reporting
        currency; ``None`` when measured in rows), ``lost_count`` rows, ``lost_share`` and
        ``norm_share``. A share equal to the norm is no reason.

    Examples
    --------
    >>> intake = {"table": "invoices", "currency": "EUR", "rows_in": 10, "cents_accepted": 900}
    >>> aside = {"table": "invoices", "reason": "unreadable_date", "rows_count": 1, "cents": 100}
    >>> policy = {"quality.max_faulty_share": 0.02}
    >>> results = {"intake": [intake], "quarantine": [aside], "policy": policy}
    >>> [(lost["basis"], lost["lost_share"]) for lost in lost_in(results)]
    [('cents', 0.1)]
    """
    norm = results.get("policy", {}).get(MAX_LOST)
    if norm is None:
        return
    aside = [row for row in results["quarantine"] if row["reason"] not in NOTHING_LOST]
    for table in sorted({row["table"] for row in aside}):
        files = [row for row in results["intake"] if row["table"] == table]
        rows = [row for row in aside if row["table"] == table]
        cents, count = sum(row["cents"] for row in rows), sum(row["rows_count"] for row in rows)
        of_cents = abs(sum(file["cents_accepted"] for file in files)) + abs(cents)
        is_money = bool(cents) and len({file["currency"] for file in files}) == 1
        share = abs(cents) / of_cents if is_money else count / _rows(files, count)
        if share > norm:
            yield {
                "table": table,
                "basis": "cents" if is_money else "rows",
                "lost_cents": cents if is_money else None,
                "lost_count": count,
                "lost_share": share,
                "norm_share": norm,
            }


def plain(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as ``summary.json`` holds it."""
    return {each.name: getattr(outcome, each.name) for each in fields(outcome)}


def _figures(results: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: results["figures"].get(key, {}).get("value") for name, key in FIGURES.items()}
    rows = results.get("judgements", ())
    unknown = {row["area"] for row in rows if row["verdict"] == "unknown"}
    return {name: None if AREAS.get(name) in unknown else known[name] for name in known}


def _rows(files: Iterable[Mapping[str, Any]], least: int) -> int:
    return max(sum(file["rows_in"] for file in files), least)


def _first(findings: list[Mapping[str, Any]]) -> dict[str, Any] | None:
    parts = ("code", "title", "severity", "impact_cents")
    return {part: findings[0].get(part) for part in parts} if findings else None


def _missing(results: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the areas that could not be judged lack, each once."""
    chapters, missing = {"dso", "behaviour", "limits", "priority"}, results.get("missing", {})
    needs = {need for name in chapters & missing.keys() for need in missing[name]}
    has = results.get("capabilities", ())
    for row in results.get("judgements", ()):
        need = NEEDS.get(row["area"])
        if row["verdict"] == "unknown" and need and need not in has:
            needs.add(need)
    return tuple(sorted(needs))
