"""A finding on the page: a card with all of its sentences, or two lines when it weighs little."""

from __future__ import annotations

from html import escape
from typing import Any

from credit_helpers.views.explained import about
from credit_helpers.words import Words

CARD_PARTS = ("seen", "norm", "cause", "risk", "advice")
BRIEF = "low"


def card(finding: Any, words: Words) -> str:
    """Return one finding as a section: in full, or in two lines when it is of low severity."""
    code = escape(finding.code)
    body = _brief_body(finding, words) if finding.severity == BRIEF else _body(finding, words)
    explained = about("impact_cents", words.label("definition.impact"), words)
    return (
        f'<section class="finding" data-severity="{finding.severity}" data-code="{code}" '
        f'id="finding-{code}"><h3>{escape(finding.text("title", words))} '
        f'<span class="severity">{escape(weight(finding, words))}</span>{explained}</h3>'
        f"{body}</section>"
    )


def _body(finding: Any, words: Words) -> str:
    rows = [_row(words.label(f"card.{p}"), finding.text(p, words)) for p in CARD_PARTS]
    rows += [_row(words.label("card.caveat"), one.text(words)) for one in finding.caveats]
    rows.append(_row(words.label("card.who"), who(finding, words)))
    proof = f"<dt>{escape(words.label('notes.evidence'))}</dt><dd>{_proof(finding, words)}</dd>"
    return f"<dl>{''.join(rows)}{proof}</dl>"


def _brief_body(finding: Any, words: Words) -> str:
    sentences = escape(f"{finding.text('seen', words)} {finding.text('advice', words)}")
    asked = f'<span class="who">{escape(who(finding, words))}</span>'
    label = escape(words.label("notes.evidence"))
    return f"<p>{sentences} {asked} <small>{label}: {_proof(finding, words)}</small></p>"


def _proof(finding: Any, words: Words) -> str:
    """Return the sheet that proves a finding; the report writes the cell of its amount there."""
    sheet = words.label(f"sheet.{finding.evidence.table}")
    text = words.prose("labels.evidence.finding_on", sheet=sheet)
    return f'<span class="proof" data-finding="{escape(finding.code)}">{escape(text)}</span>'


def _row(label: str, text: str) -> str:
    return f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>"


def weight(finding: Any, words: Words) -> str:
    """Return a finding's severity and effect: ``hoog · € 101.000 vrij te maken``."""
    severity = words.label(f"severity.{finding.severity}")
    if not finding.impact_cents:
        return severity
    kind = f"labels.effect.{finding.effect_kind}"
    return f"{severity} · {words.prose(kind, effect_cents=finding.impact_cents)}"


def who(finding: Any, words: Words) -> str:
    """Return who acts on a finding, and within what time."""
    department = words.label(f"department.{finding.department}")
    return f"{department}, {words.prose('labels.word.within', term_days=finding.term_days)}"
