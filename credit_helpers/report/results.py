"""``results.json``: every figure that is printed anywhere, the same bytes for the same input."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from credit_helpers.formats import is_missing, unit_of
from credit_helpers.report.version import program_version

if TYPE_CHECKING:
    from credit_helpers.audit import Audit
    from credit_helpers.views.table import Table

SENTENCES = ("title", "seen", "norm", "cause", "risk", "advice")


def results_of(audit: Audit, tables: Iterable[Table]) -> dict[str, Any]:
    """Return everything that the report states, as plain values.

    Parameters
    ----------
    audit : Audit
    tables : iterable of Table
        The tables that the chapters showed, in their order.

    Returns
    -------
    dict
        Amounts in whole cents, shares 0–1, dates as 2026-10-31; what is not known is ``None``.
    """
    words = audit.words
    return {
        "client": audit.client.name,
        "as_of": plain(audit.as_of),
        "language": audit.language,
        "currency": words.currency,
        "version": program_version(),
        "fingerprint": fingerprint(audit),
        "figures": {key: _figure(audit, key, value) for key, value in audit.figures.items()},
        "currencies": _records(audit.currencies),
        "findings": [_finding(audit, finding) for finding in audit.findings],
        "conclusions": {
            subject: {
                "code": conclusion.code,
                "heading": conclusion.heading(words),
                "lead": conclusion.lead(words),
            }
            for subject, conclusion in audit.conclusions.items()
        },
        "caveats": {
            subject: [caveat.text(words) for caveat in conclusion.caveats]
            for subject, conclusion in audit.conclusions.items()
            if conclusion.caveats
        },
        "judgements": [asdict(judgement) for judgement in audit.judgements],
        "tables": {table.name: _table(table) for table in tables},
        "missing": {s: list(audit.missing(s)) for s in audit.conclusions if audit.missing(s)},
        "capabilities": sorted(audit.ledger.capabilities),
        "previous": _previous(audit),
        "intake": _records(audit.ledger.intake),
        "quarantine": _records(audit.quarantine_summary),
    }


def fingerprint(audit: Audit) -> str:
    """Return the fingerprint of what an audit was made of: input, policy, day and language.

    What an earlier audit stated is part of the input.
    """
    parts = {
        "sources": sorted((file.table, file.name, file.sha256) for file in audit.ledger.sources),
        "policy": audit.policy.flat(),
        "as_of": plain(audit.as_of),
        "language": audit.language,
        "client": audit.client.name,
        "currency": audit.words.currency,
        **({"previous": _previous(audit)} if audit.previous else {}),
        **({"remarks": audit.remarks} if audit.remarks else {}),
        **({"reported_on": day} if (day := audit.client.reported_on) is not None else {}),
        **({"questionnaire": answers} if (answers := audit.client.questionnaire) else {}),
        **({"facts": facts} if (facts := _given(audit.client.facts)) else {}),
        **({"signals": audit.client.signals} if audit.client.signals else {}),
    }
    return sha256(parts)


def _given(facts: Any) -> dict[str, float]:
    return {key: value for key, value in asdict(facts).items() if not is_missing(value)}


def sha256(value: Any) -> str:
    """Return the fingerprint of plain values."""
    text = json.dumps(plain(value), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def write_json(data: Mapping[str, Any], path: Path) -> None:
    """Write plain values so that the same values give the same bytes on every system."""
    text = json.dumps(plain(data), sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def plain(value: Any) -> Any:
    """Return a value as JSON knows it.

    Examples
    --------
    >>> plain({"share": float("nan"), "on": pd.Timestamp("2026-10-31"), "n": np.int64(2)})
    {'share': None, 'on': '2026-10-31', 'n': 2}
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        ordered = sorted(value) if isinstance(value, (set, frozenset)) else value
        return [plain(item) for item in ordered]
    if value is pd.NA or is_missing(value):
        return None
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return None
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def _figure(audit: Audit, key: str, value: Any) -> dict[str, Any]:
    unit = unit_of(key.rpartition(".")[2])
    known = plain(value)
    return {"value": known, "unit": unit, "text": audit.words.formats.by_unit(known, unit)}


def _previous(audit: Audit) -> dict[str, Any] | None:
    """Return what an earlier audit stated, as this report compares with it."""
    then = audit.previous
    if then is None:
        return None
    return {
        "client": then.client,
        "as_of": plain(then.as_of),
        "version": then.version,
        "figures": {key: _figure(audit, key, value) for key, value in then.figures.items()},
        "findings": [finding.code for finding in then.findings],
    }


def _finding(audit: Audit, finding: Any) -> dict[str, Any]:
    fields = ("code", "severity", "department", "subject", "value", "threshold", "unit")
    planned = ("effect_kind", "net_cents", "effort", "term_days")
    sentences = {part: finding.text(part, audit.words) for part in SENTENCES}
    return {
        **{name: getattr(finding, name) for name in (*fields, *planned)},
        "policy_key": finding.policy_key,
        "impact_cents": finding.impact_cents,
        "evidence": {"table": finding.evidence.table, "keys": finding.evidence.keys},
        "values": finding.values,
        "caveats": [caveat.text(audit.words) for caveat in finding.caveats],
        **sentences,
    }


def _table(table: Table) -> dict[str, Any]:
    columns = [table.frame[column.key] for column in table.columns]
    return {
        "title": table.title,
        "sheet": table.sheet,
        "columns": [
            {"key": c.key, "label": c.label, "unit": c.unit, "is_exact": c.is_exact}
            for c in table.columns
        ],
        "rows": [list(row) for row in zip(*(_values(column) for column in columns), strict=True)],
        "totals": table.totals(),
        # What the page shows: so many rows, and one row for the rest of them.
        "shown_count": len(table.frame) if table.shown_rows is None else table.shown_rows,
        "rest": table.rest(),
    }


def _values(column: pd.Series) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(column):
        return [None if day is pd.NaT else f"{day:%Y-%m-%d}" for day in column]
    return [plain(value) for value in column.tolist()]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        dict(zip(frame.columns, row, strict=True))
        for row in zip(*(_values(frame[name]) for name in frame.columns), strict=True)
    ]
