"""Figures and findings then and now, on values that can be checked by hand."""

from __future__ import annotations

import math
from dataclasses import fields

import pandas as pd
import pytest

from credit_helpers.metrics import (
    ageing,
    behaviour,
    changes,
    collection,
    concentration,
    disputes,
    invoicing,
    limits,
    order_to_cash,
    write_offs,
)
from credit_helpers.metrics import dso as dso_room
from credit_helpers.policy import load_policy

NAN = math.nan
POLICY = load_policy().flat()
CLASSES = {
    "ageing": ageing.AgeingTotals,
    "dso": dso_room.DsoFigures,
    "behaviour": behaviour.BehaviourFigures,
    "concentration": concentration.ConcentrationFigures,
    "limits": limits.LimitsFigures,
    "collection": collection.CollectionFigures,
    "write_offs": write_offs.WriteOffFigures,
    "order_to_cash": order_to_cash.OrderToCashFigures,
    "invoicing": invoicing.InvoicingFigures,
    "disputes": disputes.DisputeFigures,
}


def row(key: str, then: float, now: float, **more: tuple[float, float]) -> pd.Series:
    """Return what is said of one figure; further ones as ``(then, now)`` by their name."""
    earlier = {key: then, **{name.replace("__", "."): pair[0] for name, pair in more.items()}}
    later = {key: now, **{name.replace("__", "."): pair[1] for name, pair in more.items()}}
    return changes.figures(later, earlier, POLICY).set_index("key").loc[key]


def test_every_measure_is_a_figure_of_the_audit_with_a_norm_of_the_policy() -> None:
    known = {f"{name}.{field.name}" for name, kind in CLASSES.items() for field in fields(kind)}
    assert set(changes.MEASURES) <= known
    assert {m.norm for m in changes.MEASURES.values() if m.norm} <= set(POLICY)
    assert set(changes.BASES) | set(changes.BASES.values()) <= known


@pytest.mark.parametrize(
    ("key", "then", "now", "course"),
    [
        ("ageing.overdue_share", 0.52, 0.47, "better"),
        ("ageing.overdue_share", 0.47, 0.52, "worse"),
        ("ageing.overdue_share", 0.470, 0.474, "same"),
        ("ageing.overdue_share", 0.470, 0.475, "worse"),
        ("collection.kept_share", 0.6, 0.7, "better"),
        ("collection.kept_share", 0.7, 0.6, "worse"),
        ("dso.dso_days", 58.0, 57.6, "same"),
        ("dso.dso_days", 58.0, 57.5, "better"),
        ("behaviour.days_late", 2.0, -3.0, "better"),
        ("limits.over_limit_count", 3, 4, "worse"),
        ("limits.over_limit_count", 3, 3, "same"),
        ("ageing.overdue_cents", 100_000, 100_999, "same"),
        ("ageing.overdue_cents", 100_000, 101_000, "worse"),
        ("ageing.overdue_cents", 0, 1, "worse"),
        ("ageing.overdue_cents", 0, 0, "same"),
        # a norm of half a percent: a tenth of it counts
        ("write_offs.written_off_share", 0.004, 0.0045, "worse"),
        ("write_offs.written_off_share", 0.004, 0.0044, "same"),
        ("ageing.outstanding_cents", 100_000, 200_000, "neutral"),
        ("ageing.debtors_count", 10, 20, "neutral"),
        ("dso.dso_days", NAN, 58.0, "unknown"),
        ("dso.dso_days", 58.0, NAN, "unknown"),
    ],
)
def test_course(key: str, then: float, now: float, course: str) -> None:
    assert row(key, then, now)["course"] == course


def test_change_target_and_whether_it_is_met() -> None:
    found = row("dso.dso_days", 61.5, 45.0)
    assert (found["change"], found["target"], found["target_met"]) == (-16.5, 45.0, True)
    assert not row("dso.dso_days", 61.5, 45.1)["target_met"]
    assert row("collection.kept_share", 0.5, 0.8)["target_met"]
    assert not row("collection.kept_share", 0.5, 0.79)["target_met"]
    assert pd.isna(row("dso.dso_days", 61.5, NAN)["target_met"])
    assert pd.isna(row("ageing.overdue_cents", 1, 2)["target_met"])


def test_a_figure_on_another_basis_is_not_compared() -> None:
    found = row("dso.dso_days", 61.0, 45.0, dso__period_days=(90, 365))
    assert (found["then"], found["course"]) == (61.0, "unknown") and math.isnan(found["change"])
    same = row("dso.dso_days", 61.0, 45.0, dso__period_days=(365, 365))
    assert same["course"] == "better"


def test_main_figures_come_first_and_unknown_ones_are_not_main() -> None:
    now = {"ageing.debtors_count": 3, "dso.dso_days": 50, "ageing.overdue_share": NAN}
    frame = changes.figures(now, {"dso.gone_days": 1.0}, POLICY)
    assert frame["key"].tolist() == ["dso.dso_days", "ageing.overdue_share", "ageing.debtors_count"]
    assert frame["is_main"].tolist() == [True, False, False]


def test_nothing_gives_the_same_columns() -> None:
    empty = changes.figures({}, {}, {})
    assert empty.empty
    assert list(empty) == list(changes.figures({"a.b": 1.0}, {}, {}))
