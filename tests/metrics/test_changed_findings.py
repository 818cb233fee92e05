"""Findings then and now, on values that can be checked by hand."""

from __future__ import annotations

import pandas as pd

from credit_helpers.metrics import changed_findings


def frame(*codes: str, subject: str = "ageing", cents: int = 100) -> pd.DataFrame:
    rows = [(code, subject, cents * (n + 1)) for n, code in enumerate(codes)]
    return pd.DataFrame(rows, columns=["code", "subject", "impact_cents"])


def test_findings_are_new_remaining_or_closed() -> None:
    found = changed_findings.compare(frame("a", "b", "c"), frame("c", "d", cents=7))
    assert found["code"].tolist() == ["b", "a", "c", "d"]
    assert found["status"].tolist() == ["new", "new", "remaining", "closed"]
    assert found["impact_cents"].tolist() == [200, 100, 300, pd.NA]
    assert found["then_impact_cents"].tolist() == [pd.NA, pd.NA, 7, 14]


def test_what_could_not_be_judged_is_neither_new_nor_closed() -> None:
    now, then = frame("a", subject="dso"), frame("b", subject="limits")
    found = changed_findings.compare(now, then, unjudged_now={"limits"}, unjudged_then={"dso"})
    assert found["status"].tolist() == ["first_judged", "not_judged"]
    by_code = changed_findings.compare(now.head(0), frame("disputes"), unjudged_now={"disputes"})
    assert by_code["status"].tolist() == ["not_judged"]


def test_no_findings_then_or_now() -> None:
    none = frame()
    assert changed_findings.compare(none, none).empty
    assert changed_findings.compare(frame("a"), none)["status"].tolist() == ["new"]
    assert changed_findings.compare(none, frame("a"))["status"].tolist() == ["closed"]
