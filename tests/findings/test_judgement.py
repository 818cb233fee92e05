"""Each area is judged against its norm, and not judged when the input cannot carry it."""

from __future__ import annotations

import pytest

from credit_helpers.findings.judgement import AREAS, PUBLISHED, VERDICTS, judgements
from credit_helpers.findings.rule import beyond
from tests.findings.fake_audit import EVERYTHING, NAN, audit, listed


def verdicts(**changes) -> dict[str, str]:
    return {row.area: row.verdict for row in judgements(audit(**changes))}


def test_calm_portfolio_is_good_everywhere() -> None:
    assert verdicts() == dict.fromkeys(AREAS, "good")


@pytest.mark.parametrize(
    ("area", "verdict", "changes"),
    [
        ("ageing", "good", {"ageing_totals": {"overdue_share": 0.35}}),
        ("ageing", "attention", {"ageing_totals": {"overdue_share": 0.36}}),
        ("ageing", "insufficient", {"ageing_totals": {"overdue_share": 0.53}}),
        ("ageing", "unknown", {"ageing_totals": {"overdue_share": NAN}}),
        ("ageing", "unknown", {"ageing_totals": {"overdue_share": 1.0, "outstanding_cents": -1}}),
        ("dso", "attention", {"dso": {"dso_days": 58.0}}),
        ("dso", "unknown", {"capabilities": EVERYTHING - {"payment_history"}}),
        ("behaviour", "insufficient", {"behaviour": {"days_late": 21.0}}),
        ("limits", "attention", {"limits_totals": {"excess_cents": 2_500_000}}),
        ("limits", "unknown", {"capabilities": EVERYTHING - {"limits"}}),
        ("process", "unknown", {"collection": {"first_action_days": NAN}}),
        ("process", "insufficient", {"collection": {"first_action_days": 23.0}}),
        ("data", "insufficient", {"frames": listed("missing_due_date", 1)}),
    ],
)
def test_verdict_of_an_area(area, verdict, changes) -> None:
    assert verdicts(**changes)[area] == verdict
    assert verdict in VERDICTS


def test_every_judgement_names_its_norm() -> None:
    rows = {row.area: row for row in judgements(audit())}
    assert (rows["ageing"].value, rows["ageing"].threshold) == (0.2, 0.35)
    assert rows["ageing"].policy_key == "ageing.max_overdue_share"
    assert {row.unit for row in rows.values()} == {"share", "days"}


def test_distance_is_mirrored_for_the_least_that_is_good() -> None:
    assert beyond(0.8, 0.8, is_least=True) == 0
    assert beyond(0.9, 0.8, is_least=True) < 0
    assert beyond(0.0, 0.8, is_least=True) == float("inf")


def test_what_is_published_stands_beside_its_equal_only() -> None:
    rows = {row.area: row for row in judgements(audit(client={"sector": "construction"}))}
    found = {area: row.benchmark for area, row in rows.items() if row.benchmark is not None}
    assert {area: (b.measure, b.kind) for area, b in found.items()} == PUBLISHED
    # there is no survey of builders: that of all companies stands there
    assert (found["ageing"].value, found["ageing"].sector) == (0.46, "")
    assert (found["behaviour"].value, found["behaviour"].sector) == (0.722, "construction")
    assert (rows["ageing"].compared, rows["behaviour"].compared) == (0.2, 0.75)
    unknown = {row.area: row for row in judgements(audit(on_time={"on_time_share": NAN}))}
    assert unknown["behaviour"].benchmark is None
