"""Ranks and percentiles of five clients, counted by hand."""

import math

import pytest

from credit_helpers.report.batch_standing import (
    INDICATORS,
    indicators_of,
    quarter,
    quartiles,
    ranks,
    standings,
)

DSO = [60.0, 30.0, 45.0, 90.0, 50.0]


def client(**figures):
    known = {"outstanding_cents": 100_000, "release_cents": 25_000, "judgements": []}
    return {**known, **figures}


def counts(values):
    return [
        place and (place["rank_count"], place["better_than_count"], place["others_count"])
        for place in standings(values)
    ]


def test_five_clients_stand_as_counted_by_hand():
    assert counts(DSO) == [(4, 1, 4), (1, 4, 4), (2, 3, 4), (5, 0, 4), (3, 2, 4)]


def test_the_quartiles_of_five_clients():
    assert quartiles(DSO) == {
        "known_count": 5,
        "first_quartile": 45.0,
        "median": 50.0,
        "third_quartile": 60.0,
    }
    assert [quarter(value, quartiles(DSO)) for value in DSO] == [
        *("worse", "best", "best", "worst", "better"),
    ]


def test_equal_clients_share_a_rank_and_are_not_better_than_each_other():
    tied = [0.2, 0.1, 0.2, 0.3, 0.1]
    assert counts(tied) == [(3, 1, 4), (1, 3, 4), (3, 1, 4), (5, 0, 4), (1, 3, 4)]
    assert [place["equal_count"] for place in standings(tied)] == [1, 1, 1, 0, 1]
    assert {place["better_than_count"] for place in standings([7.0] * 5)} == {0}


@pytest.mark.parametrize("unknown", [None, math.nan])
def test_what_is_not_known_has_no_place_and_does_not_count(unknown):
    values = [unknown, 0.2, unknown, 0.1]
    assert counts(values) == [None, (2, 0, 1), None, (1, 1, 1)]
    assert quartiles(values) == {
        "known_count": 2,
        **dict.fromkeys(("first_quartile", "median", "third_quartile")),
    }
    assert quarter(unknown, quartiles(DSO)) == ""


@pytest.mark.parametrize("values", [[], [0.2], [0.2, None, math.nan]])
def test_a_client_by_itself_has_no_percentile(values):
    assert standings(values) == [None] * len(values)


def test_four_clients_have_places_but_no_quartiles():
    assert quartiles(DSO[:4])["median"] is None
    assert quarter(30.0, quartiles(DSO[:4])) == ""
    assert counts(DSO[:4])[0] == (3, 1, 3)


def test_early_payers_stand_before_late_ones():
    assert counts([-4.0, 0.0, 12.0]) == [(1, 2, 2), (2, 1, 2), (3, 0, 2)]


def test_the_order_of_the_clients_does_not_matter():
    assert counts(DSO[::-1]) == counts(DSO)[::-1]
    assert quartiles(DSO[::-1]) == quartiles(DSO)


def test_indicators_come_from_figures_and_judgements():
    judged = [{"measure_name": "top1_share", "value": 0.3}]
    found = indicators_of(client(overdue_share=0.4, dso_days=None, judgements=judged))
    assert list(found) == list(INDICATORS)
    assert (found["overdue_share"], found["dso_days"]) == (0.4, None)
    assert (found["top1_share"], found["excess_share"]) == (0.3, None)
    assert found["release_share"] == 0.25


@pytest.mark.parametrize(
    ("balance", "release"), [(0, 5), (-10, 5), (None, 5), (100, None), (100, math.nan)]
)
def test_no_share_to_release_without_a_balance(balance, release):
    found = indicators_of(client(outstanding_cents=balance, release_cents=release))
    assert found["release_share"] is None


def test_the_heaviest_stands_first_and_equals_share_a_place():
    assert ranks([(2, 1, 0), None, (2, 1, 0), (4, 0, 0), (2, 0, 9)]) == [2, None, 2, 1, 4]
