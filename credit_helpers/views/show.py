"""What a chapter shows besides tables and charts: opening, findings, notes, key figures.

Each function returns a :class:`Shown`, which a notebook displays as HTML. All text is escaped:
what a client wrote never becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from html import escape
from string import Formatter
from typing import Any

from IPython.display import display

from credit_helpers.resources import resource
from credit_helpers.views.card import card, who
from credit_helpers.views.explained import about, about_figure, cell
from credit_helpers.views.glossary import HEADLINES, Meaning, figure_label
from credit_helpers.views.sparkline import sparkline
from credit_helpers.words import Words

NOTES = ("norm", "evidence", "left_out", "reliable")
UNJUDGED = "cannot_judge"
_POLICY_KEY = re.compile(r"`([a-z0-9_.]+)`")


@dataclass(frozen=True)
class Shown:
    """A piece of HTML that a notebook displays."""

    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.html)).strip()


@dataclass(frozen=True)
class KeyFigure:
    """A large figure with what it is held against and its course.

    Parameters
    ----------
    label : str
        Name of the figure.
    value, unit : str
        The figure as it is written, and its unit, which stands small beside it.
    against : str
        Target, norm or earlier value, as a short text.
    trend : sequence of float
        Its course, oldest first; fewer than two known values give no line.
    target : float
        Value of the dotted line in the unit of the trend; ``nan`` for none.
    is_beyond : bool
        Whether it is beyond its norm; it is then drawn in the colour that means so.
    about : Meaning, optional
        What it means and where it can be checked, behind a small button on the page.
    name : str
        Its key, for example ``"dso.dso_days"``; the report then names its cell in the workbook.
    """

    label: str
    value: str
    unit: str = ""
    against: str = ""
    trend: Sequence[float] = ()
    target: float = float("nan")
    is_beyond: bool = False
    about: Meaning | None = None
    name: str = ""


@dataclass(frozen=True)
class Together:
    """Tables and charts that one cell displays below each other.

    Parameters
    ----------
    parts : tuple
        What is displayed, in order; the workbook takes its tables from here.
    """

    parts: tuple[Any, ...]

    def _ipython_display_(self) -> None:
        for part in self.parts:
            display(part)


def together(*parts: Any) -> Together | None:
    """Return what one cell displays below each other, without what the input cannot show."""
    flat = (
        one for part in parts for one in (part.parts if isinstance(part, Together) else (part,))
    )
    known = tuple(part for part in flat if part is not None)
    return Together(known) if known else None


def sentence(text: str) -> Shown:
    """Return one plain sentence, where there is no table to show."""
    return Shown(f'<p class="none">{escape(text)}</p>')


def lab_look() -> Shown:
    """Return the styles with which JupyterLab shows the views; the report has its own."""
    css = resource("templates", "lab.css").read_text(encoding="utf-8")
    return Shown(f"<style>{css}</style>")


def opening(conclusion: Any, words: Words) -> Shown:
    """Return a chapter's opening: its name, the conclusion as a sentence, the reasoning."""
    subject = conclusion.subject
    caveats = "".join(
        f'<p class="lead caveat">{escape(one.text(words))}</p>' for one in conclusion.caveats
    )
    return Shown(
        f'<header class="opening" id="chapter-{subject}" data-subject="{subject}">'
        f'<p class="chapter">{escape(words.label(f"chapter.{subject}"))}</p>'
        f"<h2>{escape(conclusion.heading(words))}</h2>"
        f'<p class="lead">{escape(conclusion.lead(words))}</p>{caveats}</header>'
    )


def cards(findings: Iterable[Any], words: Words, conclusion: Any = None) -> Shown | None:
    """Return findings in full: what was seen, against which norm, why, and who does what.

    One of low severity takes two lines; the workbook has all of its sentences.

    Parameters
    ----------
    findings : iterable of Finding
    words : Words
    conclusion : Conclusion, optional
        Of the one chapter whose findings are shown; else all are. A chapter that cannot judge
        does not say that it found nothing.
    """
    own = (one for one in findings if conclusion is None or one.subject == conclusion.subject)
    shown = "".join(card(finding, words) for finding in own)
    if not shown and conclusion is not None and conclusion.code == UNJUDGED:
        return None
    return Shown(shown) if shown else sentence(words.label("card.none"))


def notes(subject: str, words: Words, *sources: Any, **values: Any) -> Shown:
    """Return the margin of a chapter: norm, evidence, what was left out, how reliable it is.

    Parameters
    ----------
    subject : str
        The chapter.
    words : Words
    *sources : dataclass
        Sections of the policy and figures, whose fields the texts may name.
    **values
        Further named values.
    """
    named: dict[str, Any] = {}
    for source in sources:
        named |= {f.name: getattr(source, f.name) for f in fields(source)}
    named |= values
    parts = "".join(
        f"<h4>{escape(words.label(f'notes.{part}'))}</h4>"
        f"<p>{_with_keys(words.prose(_note(subject, part, named, words), **named))}</p>"
        f"{_cells(subject, words) if part == 'evidence' else ''}"
        for part in NOTES
    )
    return Shown(f'<aside class="notes">{parts}</aside>')


def _cells(subject: str, words: Words) -> str:
    """Return the places for the cells of a chapter's headline figures."""
    shown = []
    for key in HEADLINES.get(subject, ()):
        term = figure_label(key, words)
        shown.append(cell(key, term) + about(key.rpartition(".")[2], term, words))
    return f'<p class="cells">{" · ".join(shown)}</p>' if shown else ""


def _note(subject: str, part: str, named: dict[str, Any], words: Words) -> str:
    """Return the text of a note; the one for "none" when every value it would name is zero."""
    key = f"labels.notes.{subject}.{part}"
    asked = [name for _, name, _, _ in Formatter().parse(words.raw(key)) if name]
    is_none = bool(asked) and not any(named.get(name) for name in asked)
    return f"{key}_none" if is_none and words.has(f"{key}_none") else key


def _with_keys(text: str) -> str:
    return _POLICY_KEY.sub(r"<code>\1</code>", escape(text))


def key_figures(figures: Sequence[KeyFigure]) -> Shown:
    """Return large figures side by side, each with its target and its course."""
    return Shown(f'<dl class="figures">{"".join(_figure(figure) for figure in figures)}</dl>')


def _figure(figure: KeyFigure) -> str:
    css_class = ' class="beyond"' if figure.is_beyond else ""
    unit = f' <span class="unit">{escape(figure.unit)}</span>' if figure.unit else ""
    against = f' <span class="against">{escape(figure.against)}</span>' if figure.against else ""
    return (
        f"<div{css_class}><dt>{escape(figure.label)}{about_figure(figure.about)}</dt>"
        f'<dd><span class="value">{escape(figure.value)}</span>{unit}'
        f"{sparkline(figure.trend, figure.target)}{against}{cell(figure.name)}</dd></div>"
    )


def top_findings(decisions: Sequence[Any], words: Words) -> Shown:
    """Return the findings that matter most beside the decisions that they ask for.

    Parameters
    ----------
    decisions : sequence of Decision
        ``audit.decisions``; the advice of each one's finding is what is asked.
    words : Words
    """
    if not decisions:
        return sentence(words.label("summary.none"))
    seen = "".join(_brief(decision.finding, words) for decision in decisions)
    asked = "".join(_decision(decision, words) for decision in decisions)
    return Shown(
        f'<div class="two"><section class="top"><h3>{escape(words.label("summary.findings"))}</h3>'
        f"<ol>{seen}</ol></section>"
        f'<section class="top"><h3>{escape(words.label("summary.decisions"))}</h3>'
        f"<ol>{asked}</ol></section></div>"
    )


def _brief(finding: Any, words: Words) -> str:
    shown = ""
    if finding.impact_cents:
        effect = words.formats.money(finding.impact_cents)
        kind = words.label(f"effect_brief.{finding.effect_kind}")
        shown = f'<span class="effect">{escape(effect)} <small>{escape(kind)}</small></span>'
    return (
        f'<li data-severity="{finding.severity}">{shown}{escape(finding.text("title", words))}</li>'
    )


def _decision(decision: Any, words: Words) -> str:
    advice = escape(decision.finding.text("advice", words))
    return f'<li>{advice} <span class="who">{escape(who(decision.finding, words))}</span></li>'


def missing(subject: str, needs: Sequence[str], words: Words) -> Shown | None:
    """Return what a chapter cannot say and what to ask the client for; nothing when complete."""
    if not needs:
        return None
    asked = words.formats.join(words.label(f"capability.{need}") for need in needs)
    chapter = words.label(f"chapter.{subject}")
    sentence = words.prose("labels.missing.sentence", chapter=chapter, needs=asked)
    return Shown(
        f'<section class="missing"><h3>{escape(words.label("missing.heading"))}</h3>'
        f"<p>{escape(sentence)}</p></section>"
    )
