import pandas as pd

from credit_helpers.metrics import ageing_groups


def frame(*rows):
    """Groups from (name, outstanding, without a due date, overdue)."""
    columns = ["group", "outstanding_cents", "no_due_date_cents", "overdue_cents"]
    return pd.DataFrame(rows, columns=columns)


def test_the_widest_gap_comes_first():
    frames = {
        "sector": frame(("A", 500, 0, 100), ("B", 500, 0, 150)),
        "salesperson": frame(("X", 400, 0, 320), ("Y", 550, 0, 110), ("", 50, 0, 50)),
    }
    table = ageing_groups.compare(frames, 0.05)
    assert table["attribute"].tolist() == ["salesperson", "sector"]
    first = table.iloc[0]
    assert (first["group"], first["groups_count"], first["unknown_cents"]) == ("X", 2, 50)
    assert (first["overdue_share"], first["aged_cents"]) == (0.8, 400)
    assert first["others_overdue_share"] == 160 / 600
    assert first["gap_share"] == 0.8 - 160 / 600


def test_a_group_that_is_too_small_or_not_known_is_no_worst_group():
    small = frame(("A", 900, 0, 90), ("B", 60, 0, 30), ("C", 40, 0, 40), ("", 100, 0, 100))
    assert ageing_groups.compare({"sector": small}, 0.05)["group"].tolist() == ["B"]
    assert ageing_groups.compare({"sector": small}, 0.5)["group"].isna().all()
    assert ageing_groups.compare({"sector": small}, 0.15)["group"].tolist() == ["A"]


def test_one_group_cannot_be_compared():
    alone = ageing_groups.compare({"sector": frame(("A", 100, 0, 50), ("", 1, 0, 0))}, 0.05)
    assert alone["gap_share"].isna().all()
    undated = frame(("A", 100, 100, 0), ("B", 50, 50, 0))
    assert ageing_groups.compare({"sector": undated}, 0.0)["gap_share"].isna().all()
    assert ageing_groups.compare({}, 0.05).empty
