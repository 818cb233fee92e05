"""Amounts become whole cents; the decimal sign is proven or asked for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credit_helpers.intake.amounts import EMPTY, READ, UNREADABLE, evidence, parse_amounts

COMMA = {
    "1.234,56": 123456,
    "1 234,56": 123456,
    "1\u00a0234,5": 123450,
    "€ 1.234": 123400,
    "€ 1.234,-": 123400,
    "(12)": -1200,
    "12-": -1200,
    "\u221212,00": -1200,
    "-€ 3,10": -310,
    "EUR 3,10": 310,
    "3,10 EUR": 310,
    "12,50 CR": -1250,
    "0,005": 1,
    "1.234.567,89": 123456789,
    "-": 0,
}
POINT = {"1,234.56": 123456, "1'234.50": 123450, "$1,000": 100000, ".5": 50, "1.5E+03": 150000}


def parsed(texts: list[str], decimal: str) -> tuple[list[int], list[int]]:
    found = parse_amounts(pd.Series(texts, dtype="str"), np.zeros(len(texts), bool), decimal)
    return found.cents.tolist(), found.state.tolist()


@pytest.mark.parametrize(("decimal", "cases"), [(",", COMMA), (".", POINT)])
def test_each_notation(decimal: str, cases: dict[str, int]) -> None:
    cents, state = parsed(list(cases), decimal)
    assert dict(zip(cases, cents, strict=True)) == cases
    assert set(state) == {READ}


def test_what_is_no_amount() -> None:
    assert parsed(["", "n.v.t.", "ca. 5", "12,34,56", "1.2.3"], ",")[1] == [
        EMPTY,
        EMPTY,
        UNREADABLE,
        UNREADABLE,
        UNREADABLE,
    ]


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["12,5", "1.234"], ","),
        (["1,234.00", "1,234"], "."),
        (["1.234.567", "1.234"], ","),
        (["0.125", "1.234"], "."),
        (["1.234", "5.678"], None),
        (["1.234,00", "1,234.00"], None),
        (["1.234", "12.500", "7.300", "950"], ","),
        (["12", "7"], None),
    ],
)
def test_the_sign_is_proven_by_the_column(texts: list[str], sign: str | None) -> None:
    assert evidence(pd.Series(texts)).sign == sign


def test_numbers_of_a_spreadsheet_need_no_proof() -> None:
    found = parse_amounts(pd.Series(["1.234", "1.234"]), np.array([True, False]), ",")
    assert found.cents.tolist() == [123, 123400]


@settings(deadline=None)
@given(st.integers(-(10**12), 10**12), st.sampled_from([",", "."]))
def test_every_amount_survives_writing_and_reading(cents: int, decimal: str) -> None:
    text = f"{abs(cents) // 100:,}.{abs(cents) % 100:02d}"
    if decimal == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    assert parsed([("-" if cents < 0 else "") + text], decimal)[0] == [cents]
