"""Every chart: its message from the facts, its marks, its escaping, and its gaps."""

from __future__ import annotations

import math
import re
from types import SimpleNamespace

import pandas as pd
import pytest

from credit_helpers.views import (
    ageing,
    behaviour,
    breakdown,
    concentration,
    dso,
    dso_bridge,
    findings,
    limits,
    payment_curve,
    priority,
    segmentation,
    style,
)
from credit_helpers.views import movement as rolling
from credit_helpers.views.marks import money_scale, short, spread
from credit_helpers.words import Words

NL, EN = Words("nl"), Words("en")
EVIL = 'Bouw & <a href="x">Zn</a>'
MONTHS = pd.to_datetime(["2026-08-31", "2026-09-30", "2026-10-31"])


def trend(first: float = 0.28, last: float = 0.61) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "as_of": MONTHS,
            "not_due_cents": [7_200_000, 7_000_000, 3_900_000],
            "d1_30_cents": [2_800_000, 3_000_000, 5_000_000],
            "d31_plus_cents": [0, 0, 1_100_000],
            "no_due_date_cents": [0, 0, 0],
            "outstanding_cents": [10_000_000] * 3,
            "overdue_cents": [2_800_000, 3_000_000, 6_100_000],
            "overdue_share": [first, 0.30, last],
        }
    )


def debtors() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": ["1", "2", "3"],
            "name": [EVIL, "Tolsma", "Tolsma"],
            "not_due_cents": [1_000_000, 500_000, -9_000],
            "d1_30_cents": [3_000_000, 0, 0],
            "no_due_date_cents": [0, 0, 0],
            "outstanding_cents": [4_000_000, 500_000, -9_000],
            "overdue_cents": [3_000_000, 0, 0],
            "overdue_share": [0.75, 0.0, math.nan],
            "oldest_days": [20.0, -3.0, math.nan],
        }
    )


def groups() -> pd.DataFrame:
    rows = debtors().iloc[[0, 1]].assign(group=["DE", "NL"], debtors_count=[1, 1])
    return rows.drop(columns=["customer_id", "name", "oldest_days"])


def dso_series() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "as_of": MONTHS,
            "outstanding_cents": [1_000_000, 1_100_000, 1_200_000],
            "credit_sales_cents": [10_000_000, 10_200_000, 10_500_000],
            "dso_days": [36.5, 40.0, 58.4],
            "countback_dso_days": [35.0, 39.0, 50.0],
            "best_possible_dso_days": [30.0, 31.0, 34.0],
            "average_days_delinquent": [6.5, 9.0, 24.4],
        }
    )


DSO = SimpleNamespace(dso_days=58.4, target_days=45.0, period_days=365)


BRIDGE = SimpleNamespace(then_dso_days=50.0, now_dso_days=58.0, change_days=8.0)
THEN_ON = pd.Timestamp("2025-10-31")


def causes(**days: float) -> pd.DataFrame:
    effects = {"sales": 3.0, "terms": -1.0, "lateness": 5.5, "mix": 0.5, "one_offs": 0.0} | days
    return pd.DataFrame({"cause": list(effects), "effect_days": list(effects.values())})


def arrears(rolled: int = 900_000) -> pd.DataFrame:
    cleared = [500_000, 600_000, 700_000]
    return pd.DataFrame(
        {"as_of": MONTHS, "rolled_overdue_cents": rolled, "cleared_overdue_cents": cleared}
    )


def months_late() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": MONTHS,
            "settled_count": [3, 0, 2],
            "settled_cents": [1000, 0, 2000],
            "days_late": [10.0, math.nan, 14.0],
            "floored_days_late": [11.0, math.nan, 14.0],
            "unweighted_days_late": [9.0, math.nan, 12.0],
        }
    )


def late_figures(change_days: float = 9.0) -> SimpleNamespace:
    return SimpleNamespace(
        days_late=12.0, recent_days_late=23.0, change_days=change_days, worse_debtors_count=1
    )


NORM = SimpleNamespace(max_days_late=14.0)


def paid_curve() -> pd.DataFrame:
    cohorts = [pd.Timestamp("2026-01-01")] * 3 + [pd.Timestamp("2026-07-01")] * 3 + [pd.NaT] * 3
    return pd.DataFrame(
        {
            "cohort_month": cohorts,
            "since_issue_days": [0, 30, 60] * 3,
            "paid_share": [0.0, 0.6, 0.9, 0.0, 0.4, math.nan, 0.0, 0.5, 0.8],
        }
    )


def cohorts(last: float = 41.0) -> pd.DataFrame:
    months = [pd.Timestamp("2026-01-01"), pd.Timestamp("2026-07-01"), pd.NaT]
    return pd.DataFrame({"cohort_month": months, "half_days": [28.0, last, 33.0]})


def payers() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": ["1", "2"],
            "name": [EVIL, "Tolsma"],
            "settled_count": [5, 4],
            "settled_cents": [500, 900],
            "previous_days_late": [5.0, 8.0],
            "recent_days_late": [20.0, 6.0],
            "drift_days": [15.0, -2.0],
            "drift": ["later", "unknown"],
        }
    )


def curve() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rank_count": [1, 2],
            "customer_id": ["1", "2"],
            "name": [EVIL, "Tolsma"],
            "outstanding_cents": [800, 200],
            "outstanding_share": [0.8, 0.2],
            "cumulative_share": [0.8, 1.0],
            "debtors_share": [0.5, 1.0],
        }
    )


PARETO = SimpleNamespace(pareto_debtors_count=1, pareto_share=0.8, pareto_debtors_share=0.5)


def risks() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "risk": ["high", "middle", "low", "unknown"],
            "debtors_count": [1, 1, 0, 0],
            "outstanding_cents": [3_000_000, 1_000_000, 0, 0],
            "outstanding_share": [0.75, 0.25, 0.0, 0.0],
            "overdue_cents": [2_000_000, 0, 0, 0],
            "overdue_share": [0.67, 0.0, math.nan, math.nan],
        }
    )


def held() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": ["1", "2"],
            "name": [EVIL, "Tolsma"],
            "outstanding_cents": [3_000_000, 1_000_000],
            "exposure_cents": [3_000_000, 1_000_000],
            "credit_limit_cents": pd.array([2_000_000, pd.NA], dtype="Int64"),
            "insured_limit_cents": pd.array([pd.NA, pd.NA], dtype="Int64"),
            "utilisation_share": [1.5, math.nan],
            "excess_cents": [1_000_000, 0],
            "uninsured_cents": [math.nan, math.nan],
            "oldest_days": [20.0, math.nan],
        }
    )


def breached() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "as_of": MONTHS,
            "limited_cents": [3_000_000, 3_000_000, 4_000_000],
            "over_limit_count": [1, 0, 2],
            "excess_cents": [200_000, 0, 900_000],
        }
    )


def ranked() -> pd.DataFrame:
    scores = {key: [0.0, 0.0] for key in priority.COMPONENTS}
    return pd.DataFrame(
        {
            "name": [EVIL, "Tolsma"],
            "overdue_cents": [3_000_000, 1_000_000],
            **scores,
            "amount_score": [30.0, 10.0],
            "lateness_score": [20.0, 5.0],
            "priority_score": [50.0, 15.0],
        }
    )


def found(code: str, severity: str, cents: int) -> SimpleNamespace:
    return SimpleNamespace(
        code=code, severity=severity, impact_cents=cents, text=lambda part, words: EVIL
    )


FOUND = [found("a", "low", 5_000_000), found("b", "high", 3_000_000), found("c", "low", 0)]

CHARTS = {
    "trend": lambda w: ageing.trend(trend(), w),
    "largest": lambda w: ageing.largest(debtors(), w),
    "groups": lambda w: breakdown.groups(groups(), "country", w),
    "dso": lambda w: dso.series(dso_series(), DSO, w),
    "bridge": lambda w: dso_bridge.waterfall(causes(), BRIDGE, THEN_ON, w),
    "arrears": lambda w: rolling.arrears(arrears(), w),
    "by_month": lambda w: behaviour.by_month(months_late(), late_figures(), NORM, w),
    "paid": lambda w: payment_curve.curve(paid_curve(), cohorts(), w),
    "movers": lambda w: behaviour.movers(payers(), late_figures(), w),
    "curve": lambda w: concentration.curve(curve(), PARETO, w),
    "risks": lambda w: segmentation.risks(risks(), w),
    "breaches": lambda w: limits.history(breached(), w),
    "limits": lambda w: limits.use(
        held(), SimpleNamespace(over_limit_count=1, excess_cents=1_000_000), w
    ),
    "priority": lambda w: priority.components(ranked(), w),
    "findings": lambda w: findings.effects(FOUND, w),
}

MESSAGES = {
    "trend": "Het vervallen deel groeide sinds aug 26 van 28% naar 61%.",
    "largest": "Bij 1 van de 2 grootste debiteuren is meer dan de helft van het saldo vervallen.",
    "groups": "Het vervallen deel is het hoogst in Duitsland: 75%.",
    "dso": "De DSO is 58 dagen: 13 dagen boven het doel.",
    "bridge": "De DSO steeg sinds 31 oktober 2025 met 8 dagen; het meest door te laat betalen: "
    "6 dagen.",
    "arrears": "Er raakte meer vervallen dan er werd weggewerkt: €\xa027.000 tegen €\xa018.000 "
    "in 3 maanden.",
    "by_month": "Er wordt 9 dagen later betaald dan voorheen: 23 dagen na de vervaldag.",
    "paid": "De helft is na 41 dagen betaald; vanaf jan 26 was dat 28.",
    "movers": "1 debiteur betaalt duidelijk later dan eerder.",
    "curve": "1 debiteur houdt 80% van het saldo.",
    "risks": "75% van het saldo staat bij debiteuren met een hoog risico.",
    "breaches": "Boven de limieten staat nu €\xa09.000; aan het begin €\xa02.000.",
    "limits": "1 debiteur staat €\xa010.000 boven de limiet.",
    "priority": "De lijst telt 2 debiteuren, met samen €\xa040.000 aan vervallen saldo.",
    "findings": "1 bevinding weegt zwaar, op een totaal van 3.",
}


@pytest.mark.parametrize("name", CHARTS)
def test_the_title_is_the_message(name: str):
    assert CHARTS[name](NL).layout.title.text == MESSAGES[name]
    assert CHARTS[name](EN).layout.title.text != MESSAGES[name]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_a_unit_an_alternative_and_plain_marks(name: str):
    chart = CHARTS[name](NL)
    assert {trace.type for trace in chart.data} <= {"bar", "scatter"}
    assert chart.layout.meta["unit"]
    assert chart.layout.meta["alt"].startswith(chart.layout.title.text)
    assert not any(axis.overlaying for axis in chart.select_yaxes())


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_uses_no_colour_but_those_of_the_palette(name: str):
    drawn = str([trace.to_plotly_json() for trace in CHARTS[name](NL).data])
    used = set(re.findall(r"#[0-9A-Fa-f]{6}", drawn))
    assert used
    assert used <= set(style.PALETTE.values())


@pytest.mark.parametrize("name", CHARTS)
def test_customer_text_is_no_markup_in_a_chart(name: str):
    chart = CHARTS[name](NL)
    drawn = chart.to_plotly_json()
    for part in (drawn["data"], drawn["layout"].get("yaxis"), drawn["layout"].get("annotations")):
        assert "<a href" not in str(part)


def test_equal_names_keep_a_row_each():
    rows = debtors().assign(outstanding_cents=[4_000_000, 500_000, 400_000])
    axis = ageing.largest(rows, NL).layout.yaxis
    assert list(axis.ticktext)[1:] == ["Tolsma", "Tolsma"]
    assert list(axis.tickvals) == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (0.61, 0.28, "daalde"),
        (0.30, 0.31, "vrijwel gelijk"),
        (math.nan, 0.5, "Het openstaande saldo sinds"),
    ],
)
def test_the_trend_says_where_it_went(first: float, last: float, words: str):
    assert words in ageing.trend(trend(first, last), NL).layout.title.text


def test_a_layer_without_height_has_no_label_and_no_bucket_without_money_is_drawn():
    chart = ageing.trend(trend(), NL)
    assert [trace.name for trace in chart.data] == [
        "Niet vervallen", "1–30 dagen", "&gt; 30 dagen",
    ]  # fmt: skip
    assert [note.text for note in chart.layout.annotations] == [
        "Niet vervallen", "1–30 dagen", "&gt; 30 dagen",
    ]  # fmt: skip


def test_a_gap_in_the_months_stays_a_gap():
    line = CHARTS["by_month"](NL).data[0]
    assert list(line.y) == [10.0, None, 14.0]


@pytest.mark.parametrize(
    ("change", "words"),
    [(-3.0, "eerder betaald"), (0.2, "zoals voorheen"), (math.nan, "12 dagen na de vervaldag")],
)
def test_lateness_says_which_way_it_went(change: float, words: str):
    chart = behaviour.by_month(months_late(), late_figures(change), NORM, NL)
    assert words in chart.layout.title.text


def test_a_dso_within_its_target_is_said():
    figures = SimpleNamespace(dso_days=44.6, target_days=45.0, period_days=365)
    assert "binnen het doel" in dso.series(dso_series(), figures, NL).layout.title.text


def test_the_bridge_names_what_did_most_in_the_direction_of_the_change():
    fell = SimpleNamespace(then_dso_days=66.0, now_dso_days=58.0, change_days=-8.0)
    lower = causes(sales=-9.0, lateness=1.5)
    title = dso_bridge.waterfall(lower, fell, THEN_ON, NL).layout.title.text
    assert "daalde" in title and "het verloop van de omzet: 9 dagen" in title
    steady = SimpleNamespace(then_dso_days=58.0, now_dso_days=58.4, change_days=0.4)
    assert "vrijwel gelijk" in dso_bridge.waterfall(lower, steady, THEN_ON, NL).layout.title.text
    steps = dso_bridge.waterfall(causes(), BRIDGE, THEN_ON, NL).data
    assert [bar.base[0] for bar in steps] == [0, 50, 53, 52, 57.5, 58, 0]
    assert [bar.text[0] for bar in steps][:3] == ["50,0", "+3,0", "−1,0"]


def test_arrears_say_whether_more_came_in_than_was_cleared():
    grew, shrank = rolling.arrears(arrears(), NL), rolling.arrears(arrears(100_000), NL)
    assert grew.layout.title.text.startswith("Er raakte meer vervallen")
    assert "27.000" in grew.layout.title.text and "18.000" in grew.layout.title.text
    assert shrank.layout.title.text.startswith("Er werd meer achterstand weggewerkt")


EMPTY = {
    "trend": lambda: ageing.trend(trend().iloc[:1], NL),
    "largest": lambda: ageing.largest(debtors().iloc[:0], NL),
    "groups": lambda: breakdown.groups(groups().assign(group=""), "sector", NL),
    "dso": lambda: dso.series(dso_series().assign(dso_days=math.nan), DSO, NL),
    "bridge": lambda: dso_bridge.waterfall(causes().iloc[:0], BRIDGE, None, NL),
    "arrears": lambda: rolling.arrears(arrears().assign(rolled_overdue_cents=0), NL),
    "by_month": lambda: behaviour.by_month(months_late().iloc[:0], late_figures(), NORM, NL),
    "paid": lambda: payment_curve.curve(paid_curve().iloc[:0], cohorts(), NL),
    "movers": lambda: behaviour.movers(payers().assign(drift_days=math.nan), late_figures(), NL),
    "curve": lambda: concentration.curve(curve().iloc[:0], PARETO, NL),
    "risks": lambda: segmentation.risks(risks().assign(outstanding_cents=0), NL),
    "limits": lambda: limits.use(held().assign(credit_limit_cents=pd.NA), PARETO, NL),
    "breaches": lambda: limits.history(breached().assign(limited_cents=0), NL),
    "priority": lambda: priority.components(ranked().iloc[:0], NL),
    "findings": lambda: findings.effects([], NL),
}


@pytest.mark.parametrize("name", EMPTY)
def test_what_cannot_be_drawn_is_not_drawn(name: str):
    assert EMPTY[name]() is None


def test_small_amounts_get_an_axis_in_whole_units():
    assert money_scale([1_999_999], NL) == (100, "in €")
    assert money_scale([math.nan, -2_000_000], NL) == (100_000, "× €\xa01.000".replace("\xa0", " "))
    assert money_scale([], EN) == (100, "in €")


def test_a_long_name_ends_in_an_ellipsis():
    assert len(short("a" * 60)) == 34
    assert short("a" * 34) == "a" * 34


def test_labels_are_moved_apart_upwards():
    assert spread([0.0, 0.1, 0.2], 1.0) == [0.0, 1.0, 2.0]


@pytest.mark.parametrize(
    ("last", "message"),
    [
        (28.2, "De helft is na 28 dagen betaald, evenveel als vanaf jan 26 (28)."),
        (20.0, "De helft is na 20 dagen betaald, eerder dan vanaf jan 26: toen 28."),
        (math.nan, "De helft van de facturen vanaf jan 26 is na 28 dagen betaald."),
    ],
)
def test_the_curve_says_which_way_it_went(last: float, message: str):
    assert payment_curve.curve(paid_curve(), cohorts(last), NL).layout.title.text == message
