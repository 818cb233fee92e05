"""Published figures of Dutch companies, each with its year, its kind and its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("benchmarks.toml")
KINDS = ("survey", "ledger")


@dataclass(frozen=True)
class Benchmark:
    """What is published about a measure.

    Parameters
    ----------
    value : float
        In the unit of the measure.
    year : int
    kind : str
        ``"survey"`` when companies were asked, ``"ledger"`` when their books were read.
    source : str
        Who published it.
    """

    value: float
    year: int
    kind: str
    source: str


@cache
def benchmarks() -> Mapping[str, Benchmark]:
    """Return every benchmark by the name of its measure.

    Examples
    --------
    >>> found = benchmarks()["overdue_share"]
    >>> found.value, found.year, found.kind
    (0.46, 2024, 'survey')
    """
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return {measure: Benchmark(**values) for measure, values in rows.items()}
