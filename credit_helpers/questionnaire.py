"""The questions on a client's way of working, and the policy by which answers are weighed.

Which questions there are stands in ``policies/questionnaire.toml``; their wording per language in
``templates/text/<language>/maturity.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("policies") / "questionnaire.toml"
STEPS = ("assess", "limits", "invoicing", "monitoring", "collection")
FLAG, DAYS = "flag", "days"
# The questionnaire as a sheet in the client's folder, by the language in which it is written; one
# that is replaced keeps its answers under another name.
SHEET_NAMES = {"nl": "vragenlijst.xlsx", "en": "questionnaire.xlsx"}
KEPT = ".old.xlsx"
MAX_DAYS = 365


@dataclass(frozen=True)
class MaturityPolicy:
    """When an answer and the ledger contradict each other, and the scale of maturity."""

    max_contradictions_count: int
    contradiction_beyond_share: float
    max_exposed_share: float
    max_stop_share: float
    defensive_below_score: float
    preventive_from_score: float


@dataclass(frozen=True)
class Question:
    """One question; see the head of ``questionnaire.toml``.

    Parameters
    ----------
    key, step, kind : str
    preventive : bool
    measure, norm : str
        Empty when the ledger proves nothing, and when the answer is the norm.
    least : bool
    full, none : float
        Days of the best score and of no score.
    """

    key: str
    step: str
    kind: str
    preventive: bool
    measure: str = ""
    norm: str = ""
    least: bool = False
    full: float = 0.0
    none: float = 1.0


@cache
def questions() -> Mapping[str, Question]:
    """Return every question by its key, in order of the five steps."""
    source = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["question"]
    return {key: Question(key, **values) for key, values in source.items()}


def is_sheet(name: str) -> bool:
    """Return whether a file is a questionnaire by its name, and so no ledger.

    Examples
    --------
    >>> is_sheet("Vragenlijst.xlsx"), is_sheet("questionnaire.old.xlsx"), is_sheet("open.xlsx")
    (True, True, False)
    """
    return name.casefold().replace(KEPT, ".xlsx") in SHEET_NAMES.values()


def wrong_answer(key: str, value: Any) -> str:
    """Return what the answer to a known question should have been, or nothing when it is right.

    Examples
    --------
    >>> wrong_answer("limits_set", "ja"), wrong_answer("first_action_days", 5)
    ('true, false', '')
    """
    if questions()[key].kind == FLAG:
        return "" if isinstance(value, bool) else "true, false"
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return "" if is_number and 0 <= value <= MAX_DAYS else f"0 .. {MAX_DAYS}"
