"""The last cell of a report: what the chapters showed goes to the files, nothing computed twice."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from credit_helpers.report.amounts import cells_of_findings, proof_text
from credit_helpers.report.checks import checks_of
from credit_helpers.report.cover import Cover
from credit_helpers.report.results import fingerprint, results_of, write_json
from credit_helpers.report.stated import charts_in, stated
from credit_helpers.report.version import program_version
from credit_helpers.report.workbook import write_workbook
from credit_helpers.views.table import Table

if TYPE_CHECKING:
    from credit_helpers.audit import Audit

RESULTS, WORKBOOK = "results.json", "evidence.xlsx"


def hand_over(audit: Audit, displayed: Iterable[Any], output: str | Path) -> None:
    """Write ``results.json`` and ``evidence.xlsx`` from the tables that were displayed.

    Parameters
    ----------
    audit : Audit
    displayed : iterable
        What the cells above showed, as IPython keeps it; only the tables among it are used.
    output : str or Path
        An existing folder; nothing is written when it is empty, as in the lab.
    """
    if not output:
        return
    displayed = list(displayed)
    folder, tables = Path(output), tables_in(displayed)
    checks = checks_of(audit)
    results = results_of(audit, tables)
    results["checks"] = [
        {"code": c.code, "of": c.of, "left": c.left, "right": c.right, "unit": c.unit}
        for c in checks
    ]
    results["policy"] = audit.policy.flat()
    results["remarks"] = audit.remarks
    results["decisions"] = _decisions(audit)
    results["charts"] = charts_in(displayed)
    cover = cover_of(audit)
    results["brand"] = {"firm": cover.firm, "accent": cover.accent}
    book = folder / WORKBOOK
    evidence = write_workbook(tables, cover, book, results=results, checks=checks)
    for key, cell in evidence.figures.items():
        results["figures"][key] |= cell
    for name, cells in evidence.tables.items():
        results["tables"][name]["cells"] = cells
    by_name = {table.name: table for table in tables}
    amounts = cells_of_findings(audit.findings, by_name, results, evidence)
    for finding in results["findings"]:
        proof, cell = finding["evidence"], amounts.get(finding["code"])
        proof |= {"cell": cell, "text": proof_text(proof["table"], cell, audit.words)}
    results |= stated(audit.words)
    write_json(results, folder / RESULTS)


def _decisions(audit: Audit) -> list[dict[str, Any]]:
    """Return what is asked of whom, each with the finding that it answers."""
    words = audit.words
    return [
        {
            "code": asked.finding.code,
            "severity": asked.finding.severity,
            "title": asked.finding.text("title", words),
            "impact_cents": asked.finding.impact_cents,
            "effect": words.label(f"effect_brief.{asked.finding.effect_kind}"),
            "advice": asked.advice(words),
            "who": asked.who(words),
        }
        for asked in audit.decisions
    ]


def tables_in(displayed: Iterable[Any]) -> list[Table]:
    """Return the tables among what was displayed, in order; the first of a name counts."""
    found: dict[str, Table] = {}
    for shown in displayed:
        for part in getattr(shown, "parts", (shown,)):
            if isinstance(part, Table):
                found.setdefault(part.name, part)
    return list(found.values())


def cover_of(audit: Audit) -> Cover:
    """Return what stands on the cover of an audit's report.

    Its date is the one that the client's settings give, else the day of the export: never that of
    the computer, so that the same input makes the same report on any day.
    """
    words, ledger, brand = audit.words, audit.ledger, audit.client.brand
    items = audit.snapshot.items
    first = items["issued_on"].min()
    values = {"first_on": first, "last_on": audit.as_of}
    dates = [
        words.formats.date(day) if day is not None else ""
        for day in (audit.client.reported_on, ledger.observed_on)
    ]
    basis = {"items_count": len(items), "files_count": len(ledger.sources)}
    return Cover(
        client_name=audit.client.name,
        as_of=words.formats.date(audit.as_of),
        language=audit.language,
        currency=words.currency,
        period=words.prose("labels.workbook.period_value", **values) if len(items) else "",
        prepared_for=brand.prepared_for or "",
        prepared_by=brand.prepared_by or "",
        firm=brand.firm or "",
        accent=brand.accent or "",
        confidentiality=brand.confidentiality or "",
        address=brand.address,
        disclaimer=brand.disclaimer,
        logo=brand.logo,
        font=brand.font,
        fingerprint=fingerprint(audit),
        version=program_version(),
        basis=words.prose("labels.workbook.basis_value", **basis),
        date=dates[0],
        exported="" if dates[0] else dates[1],
    )
