"""Where the workbook names a debtor whom the page does not show, for the page's search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def debtor_index(results: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return every debtor that a table leaves out of the page, with its rows in the workbook.

    Parameters
    ----------
    results : mapping
        ``results.json``, whose tables know their sheet and first row.

    Returns
    -------
    dict
        ``sheets``: names; ``debtors``: for each ``[name, number, [sheet, row, sheet, row, ...]]``
        with the place of the sheet in ``sheets``. Of a debtor with many rows in a sheet the first
        row is given; one that the page shows in that table is not given for it.

    Examples
    --------
    >>> table = {"columns": [{"key": "name"}, {"key": "customer_id"}], "shown_count": 1,
    ...     "rows": [["Alfa", "1"], ["Beta", "2"]], "cells": {"sheet": "Debiteuren", "first": 5}}
    >>> debtor_index({"tables": {"ageing_by_customer": table}})
    {'sheets': ['Debiteuren'], 'debtors': [['Beta', '2', [0, 6]]]}
    """
    sheets: list[str] = []
    found: dict[tuple[str, str], list[int]] = {}
    for table in results["tables"].values():
        keys = [column["key"] for column in table.get("columns", [])]
        if not {"name", "customer_id"} <= set(keys) or not table.get("cells", {}).get("first"):
            continue
        seen, shown = set(), table["shown_count"]
        name, number = keys.index("name"), keys.index("customer_id")
        for place, row in enumerate(table["rows"]):
            debtor = (str(row[name] or ""), str(row[number] or ""))
            if debtor not in seen and place >= shown and any(debtor):
                rows = found.setdefault(debtor, [])
                rows += [len(sheets), table["cells"]["first"] + place]
            seen.add(debtor)
        sheets.append(table["cells"]["sheet"].removeprefix("'").removesuffix("'"))
    ordered = sorted(found.items())
    return {"sheets": sheets, "debtors": [[*debtor, places] for debtor, places in ordered]}
