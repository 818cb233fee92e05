"""The index of the search: every debtor the evidence names, small enough for one page."""

from __future__ import annotations

import json

from credit_helpers.report.debtor_index import debtor_index


def table(sheet, rows, shown, first=5):
    columns = [{"key": key} for key in ("rank_count", "name", "customer_id")]
    cells = {"sheet": sheet, "first": first}
    return {"columns": columns, "rows": rows, "shown_count": shown, "cells": cells}


def test_a_debtor_is_given_with_each_row_that_the_page_leaves_out():
    rows = [[1, "Alfa", "1"], [2, "Beta", "2"], [3, "Beta", "2"], [4, None, "3"], [5, None, None]]
    tables = {
        "ageing_by_customer": table("Debiteuren", rows, 1),
        "priority": table("Werklijst", rows[::-1], 5),
        "open_items": table("Posten", rows, 0),
        "quality_items": {"columns": [{"key": "customer_id"}], "rows": [["9"]], "cells": {}},
    }
    found = debtor_index({"tables": tables})
    assert [found["sheets"][place] for place in (0, 2)] == ["Debiteuren", "Posten"]
    assert found["debtors"] == [
        ["", "3", [0, 8, 2, 8]],
        ["Alfa", "1", [2, 5]],
        ["Beta", "2", [0, 6, 2, 6]],
    ]
    assert debtor_index({"tables": {}}) == {"sheets": [], "debtors": []}


def test_nine_hundred_debtors_in_twelve_tables_stay_small():
    rows = [[n, f"Bouwbedrijf Van den Berg en Zonen {n}", f"{100_000 + n}"] for n in range(900)]
    tables = {f"t{n}": table(f"Blad {n}", rows, 12) for n in range(12)}
    found = debtor_index({"tables": tables})
    assert len(found["debtors"]) == 888
    assert len(json.dumps(found, separators=(",", ":"))) < 150_000
