"""The table and the chart of all findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import alt, money_scale, row_labels, rows_of
from credit_helpers.views.table import Table, table
from credit_helpers.words import Words

SENTENCES = {
    "seen": "seen",
    "norm": "norm",
    "cause": "cause",
    "risk": "consequence",
    "advice": "advice",
}
SEVERITIES = {"high": style.RED, "middle": style.OVERDUE[1], "low": style.NOT_DUE}
DRAWN_COUNT = 10
TITLE_CHARACTERS = 52


def overview(findings: Sequence[Any], words: Words) -> Table:
    """Return every finding with its effect and its owner; the workbook has its sentences too."""
    rows = [
        {
            "title": finding.text("title", words),
            "severity": finding.severity,
            "department": finding.department,
            "subject": finding.subject,
            "impact_cents": finding.impact_cents,
            "policy_key": finding.policy_key,
            "evidence": words.label(f"sheet.{finding.evidence.table}"),
            **{key: finding.text(part, words) for part, key in SENTENCES.items()},
        }
        for finding in findings
    ]
    shown_keys = ["title", "severity", "department", "subject", "impact_cents"]
    keys = [*shown_keys, *SENTENCES.values(), "policy_key", "evidence"]
    shown = table("findings", pd.DataFrame(rows, columns=keys), words, keys=keys)
    for key in keys[len(shown_keys) :]:
        shown = shown.styled(key, only_workbook=True)
    return shown


def effects(findings: Sequence[Any], words: Words) -> go.Figure | None:
    """Draw the effect of the findings that weigh most, by severity.

    Effects of different findings overlap, so they stand beside each other and are never added.
    """
    known = [finding for finding in findings if finding.impact_cents > 0]
    first = sorted(known, key=lambda finding: -finding.impact_cents)[:DRAWN_COUNT]
    if len(first) < 2:
        return None
    per, unit = money_scale([finding.impact_cents for finding in first], words)
    high_count = sum(finding.severity == "high" for finding in findings)
    title = words.prose(
        f"charts.findings.{'some' if high_count else 'none'}",
        high_count=high_count, findings_count=len(findings),
    )  # fmt: skip
    names = [finding.text("title", words) for finding in first]
    texts = [words.formats.money(finding.impact_cents) for finding in first]
    chart = style.figure(
        title, unit=unit, words=words,
        alt=alt(title, zip(names, texts, strict=True)),
    )  # fmt: skip
    places = rows_of(chart, names, characters=TITLE_CHARACTERS)
    for severity, colour in SEVERITIES.items():
        own = [(f, place) for f, place in zip(first, places, strict=True) if f.severity == severity]
        chart.add_bar(
            x=[finding.impact_cents / per for finding, _ in own], y=[place for _, place in own],
            name=words.label(f"severity.{severity}"), orientation="h", showlegend=bool(own),
            marker={"color": colour}, hovertemplate="%{x:,.0f}<extra></extra>",
        )  # fmt: skip
    row_labels(chart, [finding.impact_cents / per for finding in first], places, texts)
    return chart
