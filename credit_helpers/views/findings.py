"""The tables and the chart of all findings, and the improvement plan made from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from credit_helpers.views import style
from credit_helpers.views.marks import alt, money_scale, row_labels, rows_of
from credit_helpers.views.table import Table, Total, table
from credit_helpers.words import Words

SENTENCES = {
    "seen": "seen",
    "norm": "norm",
    "cause": "cause",
    "risk": "consequence",
    "advice": "advice",
}
SEVERITIES = {"high": style.RED, "middle": style.OVERDUE[1], "low": style.NOT_DUE}
DEPARTMENTS = ("sales", "finance", "administration")
COUNTED = ("release", "loss")
DRAWN_COUNT = 6
# With the chart and the totals above them these fill two pages.
PLANNED_COUNT = 22
TITLE_CHARACTERS = 52


def overview(findings: Sequence[Any], words: Words) -> Table:
    """Return every finding with its effect, its owner and its sentences, for the workbook.

    Only net effects are added; a finding whose effect stays out of the plan has none.
    """
    rows = [
        {
            **_of(finding, words),
            "severity": finding.severity,
            "subject": finding.subject,
            "impact_cents": finding.impact_cents,
            "policy_key": finding.policy_key,
            "evidence": words.label(f"sheet.{finding.evidence.table}"),
            **{key: finding.text(part, words) for part, key in SENTENCES.items()},
        }
        for finding in findings
    ]
    keys = [
        "title", "severity", "department", "effect_kind", "impact_cents", "net_cents", "subject",
        *SENTENCES.values(), "policy_key", "evidence",
    ]  # fmt: skip
    totals: dict[str, Total] = {"title": "label", "net_cents": "sum"}
    return table("findings", _frame(rows, keys), words, keys=keys, totals=totals, shown_rows=0)


def plan(findings: Sequence[Any], words: Words) -> Table:
    """Return what has to be done, by term and department, its effort and what it brings.

    The page shows the gravest; what weighs little stays in the workbook.

    Parameters
    ----------
    findings : sequence of Finding
        The gravest first.
    words : Words
    """
    graver = [i for i, finding in enumerate(findings) if finding.severity != "low"]
    shown_here = frozenset(graver[:PLANNED_COUNT])
    places = [
        (i not in shown_here, finding.term_days, DEPARTMENTS.index(finding.department))
        for i, finding in enumerate(findings)
    ]
    order = sorted(range(len(places)), key=lambda i: places[i])
    rows = [
        {
            **_of(findings[i], words),
            "term_days": findings[i].term_days,
            "advice": findings[i].text("advice", words),
            "effort": findings[i].effort,
        }
        for i in order
    ]
    keys = ["term_days", "department", "title", "advice", "effort", "effect_kind", "net_cents"]
    totals: dict[str, Total] = {"title": "label", "net_cents": "sum"}
    shown = table("plan", _frame(rows, keys), words, keys=keys, totals=totals)
    shown = shown.limited(len(shown_here)) if shown_here else shown
    shown = shown.styled("advice", under="title").styled("effect_kind", only_workbook=True)
    return shown.styled("title", label=words.label("column.action"))


def plan_totals(frame: pd.DataFrame, words: Words) -> Table:
    """Return the plan in three lines: per term the actions, and what each department brings."""
    departments = [f"{name}_net_cents" for name in DEPARTMENTS]
    keys = ["term_days", "actions_count", *departments, "net_cents"]
    totals: dict[str, Total] = dict.fromkeys(keys[1:], "sum")
    within = [words.prose("labels.word.within", term_days=days) for days in frame["term_days"]]
    frame = frame.assign(term_days=pd.array(within, dtype="string"))
    shown = table("plan_totals", frame, words, keys=keys, totals=totals | {"term_days": "label"})
    return shown.styled("term_days", unit="text", label=words.label("column.within"))


def _of(finding: Any, words: Words) -> dict[str, Any]:
    """Return what every table of findings says about one."""
    return {
        "title": finding.text("title", words),
        "department": finding.department,
        "effect_kind": finding.effect_kind,
        "net_cents": finding.net_cents if finding.effect_kind in COUNTED else pd.NA,
    }


def _frame(rows: Sequence[dict[str, Any]], keys: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(keys)).astype({"net_cents": "Int64"})


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
        title, unit=words.prose("charts.findings.unit", unit=unit), words=words,
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
