"""The summary on one page that goes into an e-mail, as HTML and as plain text.

It is made of ``results.json`` alone, so that it says what the report says.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader

from credit_helpers.formats import EMPTY, is_alike
from credit_helpers.resources import resource
from credit_helpers.words import Words

HTML, TEXT = "email.html", "email.txt"
LINE_CHARACTERS = 72
NO_BREAK = "\N{NO-BREAK SPACE}"
LABELS = ("figures", "findings", "decisions", "none", "attached")
# The six figures of the summary: their label, and the text that they are held against.
FIGURES = {
    "ageing.outstanding_cents": ("outstanding", "outstanding_now"),
    "ageing.overdue_share": ("overdue", "overdue"),
    "dso.dso_days": ("dso", "dso"),
    "ageing.oldest_cents": ("oldest", "oldest"),
    "behaviour.days_late": ("days_late", "days_late_now"),
    "dso.release_cents": ("release", "release"),
}


def write_email(results: Mapping[str, Any], folder: Path) -> None:
    """Write the summary of a report into its folder, in both forms."""
    loader = FileSystemLoader(resource("templates", "email"))
    environment = Environment(loader=loader, autoescape=lambda name: "html" in (name or ""))
    environment.filters["filled"] = _filled
    said = _said(results)
    for name, template in ((HTML, "summary.html.j2"), (TEXT, "summary.txt.j2")):
        text = environment.get_template(template).render(said)
        (folder / name).write_text(text + "\n", encoding="utf-8", newline="\n")


def _said(results: Mapping[str, Any]) -> dict[str, Any]:
    words = Words(results["language"], results["currency"])
    conclusion = results["conclusions"]["summary"]
    as_of = pd.Timestamp(results["as_of"])
    figures = six_figures(results, words)
    return {
        "language": words.language,
        "subject": words.prose("email.subject", client=one_line(results["client"]), as_of=as_of),
        "heading_text": one_line(conclusion["heading"]),
        "lead": one_line(conclusion["lead"]),
        "figures": figures,
        "width": max(len(figure["label"]) for figure in figures),
        "decisions": [_decision(row, words) for row in results["decisions"]],
        "label": {name: words.raw(f"email.{name}") for name in LABELS},
        "accent": results["brand"]["accent"],
        "firm": one_line(results["brand"]["firm"]),
        "reference": _reference(results, words),
    }


def six_figures(results: Mapping[str, Any], words: Words) -> list[dict[str, str]]:
    """Return ``label``, ``text`` and ``against`` of the six figures of the summary."""
    return [_figure(key, results, words) for key in FIGURES]


def _figure(key: str, results: Mapping[str, Any], words: Words) -> dict[str, str]:
    """Return a figure with its label, as the report writes it, and what it is held against."""
    label, against = FIGURES[key]
    figures, policy = results["figures"], results["policy"]
    values = {
        "debtors_count": figures["ageing.debtors_count"]["value"],
        "best_days": figures["dso.best_possible_dso_days"]["value"],
        "oldest_share": figures["ageing.oldest_share"]["value"],
        "past_days": figures["ageing.oldest_from_days"]["value"] - 1,
        **_norms(key, policy),
    }
    figure = figures[key]
    if against in ("overdue", "oldest"):
        part, balance, aged = (
            figures[f"ageing.{name}_cents"]["value"] for name in (against, "outstanding", "aged")
        )
        against += "" if is_alike(part, balance, aged, words.formats) else "_dated"
    if figure["value"] is None:
        against = "unknown"
    return {
        "label": words.prose(f"labels.figure.{label}", **values),
        "text": _text(figure, words),
        "against": words.prose(f"labels.against.{against}", **values),
    }


def _norms(key: str, policy: Mapping[str, Any]) -> dict[str, Any]:
    is_lateness = key == "behaviour.days_late"
    is_oldest = key == "ageing.oldest_cents"
    days = "behaviour.max_days_late" if is_lateness else "dso.target_days"
    share = "ageing.max_d91_plus_share" if is_oldest else "ageing.max_overdue_share"
    return {"target_days": policy[days], "target_share": policy[share]}


def _text(figure: Mapping[str, Any], words: Words) -> str:
    text = figure["text"]
    if figure["unit"] != "days" or text == EMPTY:
        return text
    return words.raw("email.one_day" if text == "1" else "email.days").format(number=text)


def _decision(row: Mapping[str, Any], words: Words) -> dict[str, str]:
    effect = effect_text(row, words)
    said = {name: one_line(row[name]) for name in ("title", "advice", "who", "severity")}
    return {**said, "effect": effect}


def effect_text(row: Mapping[str, Any], words: Words) -> str:
    """Return the effect of a decision and what kind it is; empty without one."""
    if not row["impact_cents"]:
        return ""
    return f"{words.formats.money(row['impact_cents'])} {row['effect']}"


def _reference(results: Mapping[str, Any], words: Words) -> str:
    mark = results["fingerprint"]
    reference = f"{mark[:4]} {mark[4:8]} · {results['version']}"
    return words.prose("email.reference", reference=reference)


def one_line(text: str) -> str:
    """Return a text on one line, whatever a name holds."""
    kept = (sign if sign.isprintable() or sign == NO_BREAK else " " for sign in text)
    return re.sub(" +", " ", "".join(kept)).strip()


def _filled(text: str, number: int | None = None) -> str:
    """Return a text in lines that every mail program shows whole, after its number if any."""
    mark = f"{number}. " if number else ""
    return textwrap.fill(
        mark + text,
        LINE_CHARACTERS,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
