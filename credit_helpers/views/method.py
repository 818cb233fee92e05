"""Tables of what the figures rest on: policy values and definitions."""

from __future__ import annotations

from typing import Any

import pandas as pd

from credit_helpers.formats import EMPTY, unit_of
from credit_helpers.policy import LadderStep, Policy
from credit_helpers.views.table import Table, table
from credit_helpers.words import Words

LADDER = "priority.ladder"
# Sections of the policy that have no chapter of their own.
CHAPTER_OF = {
    "collection": "priority",
    "quality": "data_quality",
    "curve": "behaviour",
    "paydex": "behaviour",
}
TERMS = (
    "open_item", "as_of", "overdue", "bucket", "dso", "countback_dso", "best_possible_dso",
    "average_days_delinquent", "days_late", "paydex", "payment_curve", "roll_rate", "hhi", "gini",
    "utilisation", "priority", "impact",
)  # fmt: skip


def policy(used: Policy, words: Words) -> Table:
    """Return every policy value that was used, by its key, for the workbook."""
    rows = [
        {"area": _area(key, words), "key": key, "value": _value(key, value, words)}
        for key, value in used.flat().items()
        if key != LADDER
    ]
    rows += [_step(step, words) for step in used.priority.ladder]
    keys = ["area", "key", "value"]
    return table("policy", pd.DataFrame(rows, columns=keys), words, keys=keys, shown_rows=0)


def definitions(words: Words) -> Table:
    """Return the terms of the report and how they are computed."""
    rows = {
        "term": [words.label(f"definition.{term}") for term in TERMS],
        "definition": [words.label(f"definition_text.{term}") for term in TERMS],
    }
    return table("definitions", pd.DataFrame(rows), words, keys=["term", "definition"])


def _step(step: LadderStep, words: Words) -> dict[str, str]:
    value = words.prose(
        "labels.word.ladder",
        from_days=step.from_days,
        step=words.label(f"step.{step.step}"),
        channel=words.label(f"channel.{step.channel}"),
        tone=words.label(f"tone.{step.tone}"),
    )
    return {"area": _area(LADDER, words), "key": f"{LADDER}.{step.step}", "value": value}


def _area(key: str, words: Words) -> str:
    section = key.partition(".")[0]
    return words.label(f"chapter.{CHAPTER_OF.get(section, section)}")


def _value(key: str, value: Any, words: Words) -> str:
    unit = unit_of(key)
    if isinstance(value, tuple):
        return " · ".join(_number(part, unit, words) for part in value) or EMPTY
    return _number(value, unit, words)


def _number(value: Any, unit: str, words: Words) -> str:
    if unit == "text" and isinstance(value, (int, float)):
        is_whole = float(value).is_integer()
        return words.formats.number(value, decimals=0 if is_whole else 2)
    if unit == "days":
        return f"{words.formats.days(value)} {words.label('unit.days')}"
    return words.formats.by_unit(value, unit)
