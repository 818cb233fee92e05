"""What is published of other companies beside the client's own figures."""

from __future__ import annotations

import pandas as pd

from credit_helpers.views.table import Table, table
from credit_helpers.words import Words

KEYS = (
    "benchmark_measure", "benchmark_group", "benchmark_year", "own_share", "published_share",
    "benchmark_kind", "benchmark_source",
)  # fmt: skip


def published(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return each published figure that has its equal in the client's ledger.

    The page shows the newest of each group; the workbook has their course over the years.

    Parameters
    ----------
    frame : DataFrame
        ``audit.benchmarks``.
    words : Words
    """
    known = frame[frame["own_value"].notna()]
    if known.empty:
        return None
    group = ["measure", "kind", "sector", "size"]
    is_newest = ~known.duplicated(group)
    rows = [_row(row, words) for row in known[is_newest].to_dict("records")]
    rows += [_row(row, words) for row in known[~is_newest].to_dict("records")]
    shown = table("benchmarks", pd.DataFrame(rows, columns=list(KEYS)), words, keys=KEYS)
    shown = shown.styled("benchmark_source", under="benchmark_measure")
    return shown.limited(int(is_newest.sum()))


def group_of(sector: str, size: str, words: Words) -> str:
    """Return the companies that a figure is about, in words.

    Examples
    --------
    >>> en = Words("en")
    >>> group_of("", "", en), group_of("construction", "", en), group_of("", "large", en)
    ('NL', 'NL, construction', 'NL, large companies')
    """
    if not sector and not size:
        return words.label("benchmark_group.all")
    name = words.label(f"sector.{sector}" if sector else f"company_size.{size}")
    return words.prose("labels.benchmark_group.sector", name=name)


def _row(row: dict, words: Words) -> dict[str, object]:
    part = f"half_{row['half']}" if row["half"] else "year"
    return {
        "benchmark_measure": words.label(f"column.{row['measure']}"),
        "benchmark_kind": words.label(f"benchmark_kind.{row['kind']}"),
        "benchmark_group": group_of(row["sector"], row["size"], words),
        "benchmark_year": words.prose(f"labels.benchmark_year.{part}", year=str(row["year"])),
        "published_share": row["value"],
        "own_share": row["own_value"],
        "benchmark_source": row["source"],
    }
