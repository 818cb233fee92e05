"""Published figures of Dutch companies, each with its year, its kind and its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("policies") / "benchmarks.toml"
KINDS = ("survey", "ledger")
SIZES = ("micro", "small", "medium", "large")
# Those of the standard classification of activities (SBI), by a name; not every one has a figure.
SECTORS = (
    "agriculture", "manufacturing", "construction", "wholesale", "retail", "transport",
    "hospitality", "information", "finance", "real_estate", "professional_services",
    "business_services", "government", "education", "health", "culture", "other",
)  # fmt: skip


@dataclass(frozen=True)
class Benchmark:
    """What is published about a measure.

    Parameters
    ----------
    measure : str
        The figure of the audit that measures the same.
    value : float
        In the unit of the measure.
    year : int
    kind : str
        ``"survey"`` when companies were asked, ``"ledger"`` when their books were read.
    source : str
        Who published it.
    sector, size : str
        The companies it is about: one of ``SECTORS`` and of ``SIZES``; empty for all.
    half : int
        Half of the year that it is about, 0 for the whole year.
    """

    measure: str
    value: float
    year: int
    kind: str
    source: str
    sector: str = ""
    size: str = ""
    half: int = 0


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """Return every published figure, those of a measure and a kind together, the newest first."""
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["published"]
    found = [Benchmark(**values) for values in rows]
    return tuple(sorted(found, key=lambda b: (b.measure, b.kind, b.sector, b.size, -b.year)))


def fitting(measure: str, kind: str, sector: str = "") -> Benchmark | None:
    """Return the newest figure of a sector, else that of all companies; ``None`` without one.

    Examples
    --------
    >>> fitting("overdue_share", "survey").value, fitting("on_time_share", "ledger").value
    (0.46, 0.802)
    >>> fitting("on_time_share", "ledger", "construction")
    ... # doctest: +NORMALIZE_WHITESPACE
    Benchmark(measure='on_time_share', value=0.722, year=2022, kind='ledger',
      source='Altares D&B', sector='construction', size='', half=0)
    >>> fitting("on_time_share", "ledger", "wholesale").year, fitting("dso_days", "survey")
    (2024, None)
    """
    known = [b for b in benchmarks() if (b.measure, b.kind, b.size) == (measure, kind, "")]
    own = [b for b in known if b.sector == sector] or [b for b in known if not b.sector]
    return own[0] if own else None


def beside(sector: str = "") -> tuple[Benchmark, ...]:
    """Return what may stand beside a client's figures: of all companies, and of its sector."""
    return tuple(b for b in benchmarks() if b.sector in ("", sector))
