"""What a header can mean: names are compared without case, accents, punctuation or currency."""

from __future__ import annotations

import itertools
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

NEAR = 88.0
MIN_NEAR_LENGTH = 6
MIN_INSIDE_LENGTH = 5
INSIDE = 0.6
MODEL_OUTPUT = re.compile(r"\b(predict|predicted|prediction|forecast|bucket|aging|ageing|score)\b")
NOT_INSIDE = frozenset(
    [
        "predict",
        "days",
        "dagen",
        "day",
        "vat",
        "btw",
        "tax",
        "excl",
        "excluding",
        "exclusief",
        "discount",
        "korting",
        "overdue",
        "age",
        "achterstand",
        "arrears",
        "block",
        "percentage",
        "pct",
        "last",
        "laatste",
        "next",
    ]
)
CURRENCY_TAIL = re.compile(r"[\s(\[/-]+(?:in\s+)?(eur|euro|usd|gbp|inr|chf|€|\$|£)[\s)\]]*$")


@cache
def columns() -> Mapping[str, Any]:
    """Return the tables of ``columns.toml``."""
    return tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1 << 14)
def words_of(header: str) -> tuple[str, ...]:
    """Return a header's words: lower case, no accents, camelCase taken apart.

    Examples
    --------
    >>> words_of("InvoiceNumber"), words_of("Bedrag (EUR)"), words_of("due_date.1")
    (('invoice', 'number'), ('bedrag',), ('due', 'date'))
    """
    text = re.sub(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", str(header).strip())
    text = re.sub(r"\.\d+$", "", text)
    text = unicodedata.normalize("NFKD", text.lower())
    text = "".join(sign for sign in text if not unicodedata.combining(sign)).replace("_", " ")
    text = CURRENCY_TAIL.sub("", text)
    return tuple(re.findall(r"[^\W_]+", text.replace("#", " nr ").replace("°", " ")))


def key_of(header: str) -> str:
    """Return a header's words without spaces, for comparison."""
    return "".join(words_of(header))


@dataclass(frozen=True)
class Meaning:
    """A concept that a header can stand for, with the confidence of the name, 0 to 1."""

    concept: str
    confidence: float
    rank: int


@cache
def _known() -> dict[str, tuple[tuple[str, int], ...]]:
    known: dict[str, tuple[tuple[str, int], ...]] = {}
    for concept, names in columns()["concepts"].items():
        for rank, name in enumerate(names):
            key = key_of(name)
            if concept not in {c for c, _ in known.get(key, ())}:
                known[key] = (*known.get(key, ()), (concept, rank))
    return known


@cache
def meanings(header: str) -> tuple[Meaning, ...]:
    """Return what a header can mean, most certain first; empty when it says nothing.

    A name that is known exactly has confidence 1, a near one less. What somebody's model
    predicted is never data.

    Examples
    --------
    >>> [m.concept for m in meanings("Vervaldatum")], meanings("Delay_predict")
    (['due_date'], ())
    >>> meanings("Factuurdatm")[0].concept
    'invoice_date'
    """
    words = words_of(header)
    key = "".join(words)
    if not key or MODEL_OUTPUT.search(" ".join(words)):
        return ()
    if key in _known():
        return tuple(Meaning(concept, 1.0, rank) for concept, rank in _known()[key])
    near = _near(key)
    return near or _inside(words)


def _near(key: str) -> tuple[Meaning, ...]:
    if len(key) < MIN_NEAR_LENGTH:
        return ()
    found = process.extractOne(key, _known().keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    if found is None:
        return ()
    name, score, _ = found
    return tuple(Meaning(concept, score / 100 * 0.95, rank) for concept, rank in _known()[name])


@cache
def _by_word() -> Mapping[str, list[tuple[int, frozenset[str], str, int]]]:
    """Return the known names by one of their words: place in the file, words, concept, rank."""
    found: dict[str, list[tuple[int, frozenset[str], str, int]]] = {}
    place = itertools.count()
    for concept, names in columns()["concepts"].items():
        for rank, words in enumerate(map(words_of, names)):
            if len("".join(frozenset(words))) >= MIN_INSIDE_LENGTH:
                entry = (next(place), frozenset(words), concept, rank)
                found.setdefault(words[0], []).append(entry)
    return found


def _inside(words: tuple[str, ...]) -> tuple[Meaning, ...]:
    """Return the known name that lies within a longer header, such as a company's own prefix."""
    own = frozenset(words)
    best: Meaning | None = None
    near = sorted(entry for word in own for entry in _by_word().get(word, ()))
    for _, names, concept, rank in near:
        if not names <= own or (own - names) & NOT_INSIDE:
            continue
        share = len("".join(names)) / len("".join(own))
        if share >= INSIDE and (best is None or share > best.confidence / 0.85):
            best = Meaning(concept, 0.85 * share, rank)
    return (best,) if best else ()
