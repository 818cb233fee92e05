import math

import pandas as pd
import pytest

from credit_helpers.formats import Formats, unit_of

NL, EN = Formats("nl"), Formats("en")


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (0, "€\xa00", "€0"),
        (-40, "€\xa00", "€0"),
        (150, "€\xa02", "€2"),
        (123_456_789, "€\xa01.234.568", "€1,234,568"),
        (-123_456_789, "−€\xa01.234.568", "−€1,234,568"),
    ],
)
def test_money_as_the_language_writes_it(cents, dutch, english):
    assert NL.money(cents) == dutch
    assert EN.money(cents) == english


def test_money_to_the_cent_and_in_another_currency():
    assert NL.money(1_234_505, decimals=2) == "€\xa012.345,05"
    assert Formats("en", "USD").money(27_511_371_683, decimals=2) == "US$275,113,716.83"


def test_a_small_share_has_a_decimal_and_others_none():
    assert (NL.share(0.614), NL.share(0.0123), EN.share(0.0123)) == ("61%", "1,2%", "1.2%")
    assert NL.share(0) == "0%"
    assert NL.share(-0.25) == "−25%"


def test_dates_and_months_in_the_language():
    day = pd.Timestamp("2026-10-31")
    assert (NL.date(day), EN.date(day)) == ("31 oktober 2026", "31 October 2026")
    assert (NL.short_date(day), EN.short_date(day)) == ("31-10-2026", "31/10/2026")
    assert (NL.month(day), EN.month(day)) == ("okt 26", "Oct 26")


@pytest.mark.parametrize("value", [None, math.nan, pd.NaT, pd.NA])
@pytest.mark.parametrize("unit", ["cents", "share", "days", "date", "count", "text"])
def test_what_is_not_known_is_a_dash(value, unit):
    assert NL.by_unit(value, unit) == "–"


def test_the_unit_follows_from_the_suffix():
    names = ["outstanding_cents", "overdue_share", "dso_days", "due_on", "as_of", "items_count"]
    assert [unit_of(n) for n in names] == ["cents", "share", "days", "date", "date", "count"]
    assert unit_of("average_days_delinquent") == "days"
    assert unit_of("customer_id") == unit_of("name") == "text"


def test_parts_are_joined_as_in_a_sentence():
    assert NL.join(["a"]) == "a"
    assert NL.join(["a", "b", "c"]) == "a, b en c"
    assert EN.join(["a", "b"]) == "a and b"
    assert NL.join([]) == ""
