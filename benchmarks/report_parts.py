"""Where a report's time goes: start-up, reading, analysis, rendering, PDF and workbook.

    python benchmarks/report_parts.py [sample:wholesaler] [--runs 3] [--language nl]

Times the report exactly as ``credit-audit report`` makes it, by watching the functions that it
calls. Shares carry over to other machines, seconds do not.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

PARTS = ("start-up", "reading", "analysis", "workbook", "rendering", "PDF", "other")
HAND_OVER, SET_UP = "handover", "setup"


def import_seconds() -> float:
    """Return how long this process takes to load the program."""
    start = time.perf_counter()
    import credit_helpers.report.build  # noqa: F401

    return time.perf_counter() - start


def watched(spent: dict[str, float], part: str, function: Callable) -> Callable:
    """Return the function with its time added to a part."""

    def run(*args: Any, **options: Any) -> Any:
        start = time.perf_counter()
        try:
            return function(*args, **options)
        finally:
            spent[part] += time.perf_counter() - start

    return run


def part_of(cell: Any) -> str:
    """Return the part that a cell's time belongs to."""
    tags = set(cell.metadata.get("tags", ()))
    if SET_UP in tags:
        return "reading"
    return "workbook" if HAND_OVER in tags else "analysis"


def count_cells(spent: dict[str, float], settle: Callable) -> Callable:
    """Return ``settle``, first adding each cell's duration to its part.

    The executed notebook holds papermill's durations until it is settled. The time around the
    cells is that of starting a kernel; it is counted where the whole execution is.
    """

    def run(notebook: Any) -> Any:
        for cell in notebook.cells:
            seconds = cell.metadata.get("papermill", {}).get("duration") or 0.0
            spent[part_of(cell)] += seconds
            spent["start-up"] -= seconds
        return settle(notebook)

    return run


def one_report(client: str, language: str) -> dict[str, float]:
    """Return the seconds of each part of one report."""
    from credit_helpers.report import build, execute

    spent: dict[str, float] = defaultdict(float)
    parts = {
        "open_audit": "reading",
        "execute": "start-up",
        "render": "rendering",
        "print_pdf": "PDF",
    }
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        for name, part in parts.items():
            inner = watched(spent, part, getattr(build, name))
            stack.enter_context(patch.object(build, name, inner))
        settle = count_cells(spent, execute.settle)
        stack.enter_context(patch.object(execute, "settle", settle))
        start = time.perf_counter()
        build.build_report(client, language=language, output=Path(folder) / "report")
        whole = time.perf_counter() - start
    spent["other"] = whole - sum(spent.values())
    return spent


def main() -> None:
    """Print one line per part: the median seconds and the share of the whole."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("client", nargs="?", default="sample:wholesaler")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--language", default="nl")
    options = parser.parse_args()
    loading = import_seconds()
    runs = [one_report(options.client, options.language) for _ in range(options.runs)]
    median = {part: statistics.median(run.get(part, 0.0) for run in runs) for part in PARTS}
    median["start-up"] += loading
    whole = sum(median.values())
    print(f"{options.client}, {options.language}, median of {options.runs}")
    for part in PARTS:
        print(f"{part:<10} {median[part]:6.2f} s {median[part] / whole:6.1%}")
    print(f"{'whole':<10} {whole:6.2f} s")


if __name__ == "__main__":
    main()
