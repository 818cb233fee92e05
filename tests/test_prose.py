"""Every sentence reads, in both languages, over two hundred portfolios of every shape.

What the notebooks show is what is read: their cells are run over each portfolio, and the openings,
findings, judgements, decisions and charts that come out are checked for words that are missing,
values that are not known, and the grammar of one and many.
"""

from __future__ import annotations

import ast
import dataclasses
import html
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from credit_helpers.errors import LANGUAGES
from credit_helpers.views.card import CARD_PARTS
from credit_helpers.views.show import Shown, Together
from tests.prose_portfolios import portfolio

ROOT = Path(__file__).resolve().parents[1]
PORTFOLIOS = 208
PER_TEST = 8
# Charts and notes of every chapter are drawn for one portfolio in so many.
DRAWN_OF = 8

MANY_NL = (
    "debiteuren|dagen|posten|facturen|bevindingen|punten|regels|documenten|betalingen|"
    "aanmaningen|cijfers|antwoorden|vragen|acties|klanten|betwistingen"
)
MANY_EN = (
    "debtors|days|items|invoices|findings|points|rows|documents|payments|reminders|figures|"
    "answers|questions|actions|customers|disputes"
)
ONE_NL = "debiteur|dag|post|factuur|bevinding|regel|betaling|aanmaning|antwoord|vraag|klant"
ONE_EN = "debtor|day|item|invoice|finding|point|row|document|payment|reminder|customer|dispute"
WRONG = {
    "a value that is not known": r"\b(?:nan|NaN|None(?! of)|NaT|NA|inf)\b|<NA>|∞",
    "a brace": r"[{}]",
    "two spaces": r"(?<=\S)  +(?=\S)",
    "space before a mark": r"\s[.,;:?!](?:\s|$)",
    "two marks": r"(?<!\.)\.\.(?!\.)|[,;:]{2}|[,;:]\.",
    "many for one": rf"(?<![\d.,–\-])1 (?:{MANY_NL}|{MANY_EN})\b",
    "one for many": rf"(?<![\d.,])(?:0|[2-9]|\d{{2,}}) (?:{ONE_NL}|{ONE_EN})\b",
    "together, of one": r"\b1 debiteur(?: \w+)? samen\b|\b1 debtor together\b",
    "all of few": r"\b[Aa]lle [012]\b|\b[Aa]ll [012]\b",
    "one of one": r"\b1 van de 1\b|\b1 of the 1\b|\bde 1 grootste\b|\bthe 1 largest\b",
    "minus": r"(?<![\w])-\d",
}


def faults(text: str) -> list[str]:
    return [f"{name}: {text!r}" for name, found in WRONG.items() if re.search(found, text)]


@pytest.mark.parametrize(
    "text",
    [
        "De DSO is nan dagen.", "Bij {n} debiteuren.", "Bij  2 debiteuren.", "Bij 1 debiteuren.",
        "Bij 2 debiteur.", "At 1 debtors.", "Alle 2 debiteuren.", "Er is 1 van de 1 te laat.",
        "Het is -3 dagen.", "Bij 2 debiteuren .", "Bij Tolsma..",
    ],
)  # fmt: skip
def test_a_sentence_that_does_not_read_is_seen(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bij 21 debiteuren staat € 1.001 open.", "Binnen 1 dag na 31 dagen.", "De 10 dagen.",
        "Van 1–30 dagen.", "Bovenaan: Tolsma B.V. en De Vries & Zn.", "0,1 dagen",
    ],
)  # fmt: skip
def test_a_sentence_that_reads_is_left_alone(text: str) -> None:
    assert faults(text) == []


@cache
def cells() -> tuple[tuple[str, ast.Module, ast.Expression], ...]:
    """Return the cells that ask for something: their chapter, what comes before, what is shown."""
    found = []
    for path in sorted((ROOT / "notebooks").glob("[1-9]*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        subject = notebook["metadata"]["credit_audit"]["subject"]
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code" or cell["metadata"].get("tags"):
                continue
            *before, last = ast.parse("".join(cell["source"])).body
            assert isinstance(last, ast.Expr)
            whole = ast.Module(body=before, type_ignores=[])
            found.append((subject, whole, ast.Expression(last.value)))
    return tuple(found)


def shown(audit: Any) -> list[Any]:
    """Return what the notebooks show for an audit, without the chapters that it cannot judge."""
    found: list[Any] = []
    names: dict[str, Any] = {"audit": audit}
    for subject, before, last in cells():
        if audit.missing(subject):
            continue
        exec(compile(before, subject, "exec"), names)
        one = eval(compile(last, subject, "eval"), names)
        found += one.parts if isinstance(one, Together) else [one]
    return found


def sentences_of(one: Any) -> list[str]:
    if isinstance(one, go.Figure):
        return [str(one.layout.title.text), one.layout.meta["unit"], one.layout.meta["alt"]]
    if isinstance(one, Shown):
        marks = re.sub(r"<[^>]+>", "\n", re.sub(r"<(?:/?code|/?b|/?i)>", "", one.html))
        return [html.unescape(part).strip() for part in marks.splitlines() if part.strip()]
    return []


def prose(audit: Any) -> list[str]:
    """Return the openings, findings, judgements and decisions of an audit as sentences."""
    words = audit.words
    found = [
        c.text(part, words) for c in audit.conclusions.values() for part in ("heading", "lead")
    ]
    found += [
        finding.text(part, words) for finding in audit.findings for part in ("title", *CARD_PARTS)
    ]
    found += [decision.who(words) for decision in audit.decisions]
    return found


def in_language(audit: Any, language: str) -> Any:
    """Return the same audit in another language, without computing it again."""
    other = dataclasses.replace(audit, language=language)
    kept = {k: v for k, v in vars(audit).items() if k not in ("words", "language")}
    vars(other).update(kept)
    return other


@pytest.mark.parametrize("first", range(0, PORTFOLIOS, PER_TEST))
def test_every_sentence_reads(first: int) -> None:
    for seed in range(first, first + PER_TEST):
        audit = portfolio(seed)
        for language in LANGUAGES:
            spoken = in_language(audit, language)
            found = prose(spoken)
            if seed % DRAWN_OF == 0:
                found += [text for one in shown(spoken) for text in sentences_of(one)]
            assert found
            wrong = [fault for text in found for fault in faults(text)]
            assert not wrong, (seed, language, wrong)
