"""The table of indicators: each value in its own unit, and what only the client can tell."""

import math

import pandas as pd

from credit_helpers.views import indicators
from credit_helpers.words import Words

NL = Words("nl")


def judged(**changes):
    rows = {
        "indicator": ["cei_month", "turnover", "days_to_pay", "recover_sales", "deductions"],
        "figure": [
            "indicators.cei_month_share",
            "indicators.turnover_index",
            "indicators.days_to_pay",
            "indicators.recover_sales_cents",
            "indicators.deduction_days",
        ],
        "value": [0.42, 6.04, 60.2, math.nan, 12.0],
        "norm": [0.8, math.nan, math.nan, math.nan, 30.0],
        "year_ago": [0.56, math.nan, 56.9, math.nan, math.nan],
        "previous": math.nan,
        "verdict": ["insufficient", "unknown", "unknown", "unknown", "good"],
    }
    return pd.DataFrame({**rows, **changes})


def test_each_value_has_its_own_unit():
    frame = indicators.overview(judged(), NL).frame
    assert frame["value"].tolist() == ["42%", "6,0 keer", "60 dagen", "–", "12 dagen"]
    assert frame["norm_value"].tolist() == ["80%", "–", "–", "–", "30 dagen"]
    assert frame["judgement"].tolist() == ["Onvoldoende", "–", "–", "Niet te beoordelen", "Goed"]


def test_what_only_the_client_can_tell_is_asked_for():
    shown = indicators.overview(judged(), NL)
    assert "de brutomarge is niet opgegeven" in shown.frame["indicator_meaning"][3]
    given = judged(value=[0.42, 6.04, 60.2, 5_000_000.0, 12.0])
    assert "niet opgegeven" not in indicators.overview(given, NL).frame["indicator_meaning"][3]


def test_an_earlier_audit_has_a_column_when_there_is_one():
    keys = [column.key for column in indicators.overview(judged(), NL).columns]
    assert "previous" not in keys
    then = indicators.overview(judged(previous=[0.5, 6.0, 58.0, math.nan, math.nan]), NL)
    assert then.frame["previous"].tolist() == ["50%", "6,0 keer", "58 dagen", "–", "–"]


def test_the_course_says_whether_the_norm_is_held():
    months = pd.to_datetime(["2026-09-30", "2026-10-31"])
    frame = pd.DataFrame({"as_of": months, "cei_month_share": [0.9, 0.42]})
    below = indicators.effectiveness(frame, 0.8, NL).layout.title.text
    assert below == "Van wat te innen was, is 42% geïnd; de norm is 80%."
    assert "binnen de norm" in indicators.effectiveness(frame, 0.4, NL).layout.title.text
    assert indicators.effectiveness(frame.tail(1), 0.8, NL) is None
