"""Dates are read in every usual notation; day or month first is proven or asked for."""

from __future__ import annotations

import pandas as pd
import pytest

from credit_helpers.intake.dates import (
    DAY_FIRST,
    DESTROYED,
    EMPTY,
    MONTH_FIRST,
    UNREADABLE,
    date_evidence,
    parse_dates,
)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-31",
        "2026-10-31 00:00:00",
        "2026-10-31T12:00:00Z",
        "20261031",
        "31-10-2026",
        "31/10/26",
        "31.10.2026",
        "31 oktober 2026",
        "31-okt-26",
        "Oct 31, 2026",
        "46326",
    ],
)
def test_each_notation(text: str) -> None:
    assert str(parse_dates(pd.Series([text]), DAY_FIRST).days[0])[:10] == "2026-10-31"


def test_what_is_no_date() -> None:
    texts = ["", "0", "00-00-0000", "0000-00-00", "31-12-9999", "00:00.0", "####", "31-09-2026"]
    state = parse_dates(pd.Series(texts), DAY_FIRST).state.tolist()
    assert state == [EMPTY] * 5 + [DESTROYED] * 2 + [UNREADABLE]


def test_month_first() -> None:
    assert str(parse_dates(pd.Series(["1/2/2013"]), MONTH_FIRST).days[0])[:10] == "2013-01-02"


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["01-02-2026", "13-02-2026"], DAY_FIRST),
        (["01/02/2026", "02/13/2026"], MONTH_FIRST),
        (["01-02-2026", "03-04-2026"], None),
        (["13-02-2026", "02-13-2026"], None),
        (["2026-02-01"], None),
        (["01.02.2026"], DAY_FIRST),
    ],
)
def test_the_order_is_proven_by_the_column(texts: list[str], order: str | None) -> None:
    assert date_evidence(pd.Series(texts)).order == order


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("day-month-year", "2003-02-01"),
        ("month-day-year", "2003-01-02"),
        ("year-month-day", "2001-02-03"),
    ],
)
def test_six_digits_are_read_as_somebody_says(told: str, expected: str) -> None:
    texts = pd.Series(["010203", "0"])
    assert date_evidence(texts).ambiguous == 1
    found = parse_dates(texts, told)
    assert (str(found.days[0])[:10], found.state[1]) == (expected, EMPTY)


def test_five_digits_alone_are_day_numbers() -> None:
    found = parse_dates(pd.Series(["46065", "46101", "40126"]))
    assert [str(day)[:10] for day in found.days] == ["2026-02-12", "2026-03-20", "2009-11-09"]


def test_amounts_of_six_digits_are_no_dates() -> None:
    found = parse_dates(pd.Series(["130126", "999999"]), DAY_FIRST)
    assert found.state.tolist() == [UNREADABLE, UNREADABLE]
