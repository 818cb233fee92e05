"""Every fault of the input has its place, what it is, and a cure."""

from __future__ import annotations

import string

import pytest

from credit_helpers.errors import Fault
from credit_helpers.report.fault_table import Place, placed
from credit_helpers.words import Words, texts

# Texts about the program or the making of a report, which no check shows.
ELSEWHERE = ("errors.note", "errors.quarantine", "errors.text_", "errors.chapter_stopped")


def test_a_fault_is_taken_apart() -> None:
    values = {"file": "boek.xlsx [Open]", "column": "Datum", "rows": 3, "row": 7}
    assert placed(Fault("dates_unreadable", values), Words("en")) == Place(
        "boek.xlsx",
        "Open",
        "7",
        "Datum",
        "3 values are not a date (first: row 7).",
        "Check that this is the right column, or export with dates such as 31-10-2026.",
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_fault_says_what_it_is_and_the_cure(language: str) -> None:
    words, seen = Words(language), 0
    for key, text in texts(language).items():
        if not key.startswith("errors.") or key.startswith(ELSEWHERE):
            continue
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        found = placed(Fault(key[7:], {name: f"<{name}>" for name in names}), words)
        assert len(found.what) > 8, key
        assert found.cure, key
        assert found.what[-1] in ".?", key
        seen += 1
    assert seen > 80


def test_text_of_a_file_with_a_full_stop_stays_together() -> None:
    values = {"file": "a. b. c.csv", "column": "Bedrag. Excl. btw", "rows": 1, "row": 2}
    found = placed(Fault("amounts_unreadable", values), Words("nl"))
    assert (found.file, found.column) == ("a. b. c.csv", "Bedrag. Excl. btw")
    assert found.what.startswith("1 waarden")
