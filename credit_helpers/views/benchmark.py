"""What is published of other companies beside the client's own figures."""

from __future__ import annotations

import pandas as pd

from credit_helpers.benchmark import SIZES
from credit_helpers.views.table import Table, table
from credit_helpers.words import Words

KEYS = (
    "benchmark_measure", "benchmark_group", "benchmark_year", "own_share", "published_share",
    "benchmark_others", "benchmark_kind", "benchmark_source",
)  # fmt: skip
WHOLE = ("measure", "kind")
GROUP = (*WHOLE, "sector", "size")


def published(frame: pd.DataFrame, words: Words) -> Table | None:
    """Return each published figure that has its equal in the client's ledger.

    The page has one line for each thing that was measured: the newest figure of all companies,
    and behind it those of some of them. The workbook has every figure in a row of its own.

    Parameters
    ----------
    frame : DataFrame
        ``audit.benchmarks``.
    words : Words
    """
    known = frame[frame["own_value"].notna()]
    if known.empty:
        return None
    newest = known[~known.duplicated([*GROUP])]
    is_whole = (newest["sector"] == "") & (newest["size"] == "")
    lines = newest[is_whole]
    others = [_others(newest[~is_whole], line, words) for line in lines.to_dict("records")]
    rest = known.drop(lines.index)
    rows = [_row(row, words) for row in [*lines.to_dict("records"), *rest.to_dict("records")]]
    texts = pd.DataFrame(rows).assign(benchmark_others=[*others, *[""] * len(rest)])
    shown = table("benchmarks", texts, words, keys=KEYS, shown_rows=len(lines))
    shown = shown.styled("benchmark_source", under="benchmark_measure")
    return shown.styled("benchmark_group", only_workbook=True)


def _others(newest: pd.DataFrame, line: dict, words: Words) -> str:
    """Return the figures of some companies that are about the same as a line, in words."""
    is_same = (newest[[*WHOLE]] == [line[key] for key in WHOLE]).all(axis=1)
    rows = newest[is_same].to_dict("records")
    rows.sort(key=lambda row: ("", *SIZES).index(row["size"]))
    found = [
        words.prose(
            "labels.benchmark_group.part",
            name=_name_of(row["sector"], row["size"], words),
            share=row["value"],
            year=str(row["year"]),
        )
        for row in rows
    ]
    return ", ".join(found)


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
    return words.prose("labels.benchmark_group.sector", name=_name_of(sector, size, words))


def _name_of(sector: str, size: str, words: Words) -> str:
    return words.label(f"sector.{sector}" if sector else f"company_size.{size}")


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
