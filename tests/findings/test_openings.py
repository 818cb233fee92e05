"""Each opening is reached by a case of its own and reads in both languages."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from credit_helpers.errors import LANGUAGES
from credit_helpers.findings import conclusions
from credit_helpers.findings.collect import collect
from credit_helpers.formats import EMPTY
from credit_helpers.words import Words, texts
from tests.findings.fake_audit import (
    AS_OF,
    EVERYTHING,
    NAN,
    audit,
    listed,
    per_debtor,
    set_first,
    since_then,
    tied,
)

BASE = audit()
HALF = [10_000_000, 4_000_000, 4_000_000, 4_000_000, 4_000_000, 4_000_000, 4_000_000, 6_000_000]
EVEN = [5_000_000] * 8
NO_HISTORY = {"capabilities": EVERYTHING - {"payment_history"}}


def totals(**figures):
    return {"ageing_totals": figures}


def late(overdue, share: float, **more):
    rows = per_debtor(d91_plus_cents=500_000, overdue_cents=overdue)
    figures = {"overdue_share": share, "overdue_cents": sum(overdue)}
    return {**totals(**figures), "frames": {"ageing_by_customer": rows}, **more}


def limits(frame=None, **figures):
    rows = set_first(BASE.limits, **(frame or {}))
    return {"limits_totals": figures, "frames": {"limits": rows}}


def segments(**values):
    return {"frames": {"segments": BASE.segments.assign(**values)}}


def worklist(**values):
    return {"frames": {"priority": BASE.priority.assign(**values)}}


def answered(**figures):
    return {"maturity": figures}


def verdicts(*found):
    rows = pd.DataFrame({"verdict": pd.array(found, dtype="string")})
    return {"frames": {"indicators_judged": rows}}


def documents(days: int | None):
    items = BASE.snapshot.items
    items = (
        items.head(0) if days is None else items.assign(issued_on=AS_OF - pd.Timedelta(days=days))
    )
    return {"frames": {"snapshot_items": items}}


def concentration(**figures):
    return {"concentration": figures}


def since(*courses):
    return {"frames": {"changes": since_then(*courses)}}


def first_actions(in_time: int, too_late: int, never: int):
    count = [0, in_time, too_late, never]
    whole = sum(count)
    shares = [each / whole if whole else NAN for each in count]
    rows = BASE.first_actions.assign(items_count=count, items_share=shares)
    return {"frames": {"first_actions": rows}}


NO_PROMISES = {"collection": {"kept_count": 0, "broken_count": 0, "kept_share": NAN}}
STEPS_LEFT = {"frames": {"collection_steps": BASE.collection_steps.assign(done_count=10)}}
RELEASE = {"dso": {"dso_days": 58.0, "release_cents": 32_500_000.0}}
FEW, MANY = late(HALF, 0.4), late(EVEN, 0.4)
ONE, ALONE = late([40_000_000] + [0] * 7, 0.4), {"overdue_debtors_count": 1}
FINDING = collect(audit(dso={"dso_days": 80.0, "release_cents": 87_500_000.0}))
LOW = collect(audit(collection={"first_action_days": 8.0}))
EXPOSED = collect(audit(frames={"segments": BASE.segments.assign(risk="high")}))
BROKEN = collect(audit(collection={"kept_share": 0.5}))


def warned(**figures):
    rows = BASE.early_warnings.assign(is_warned=[True, True, *[False] * 6])
    return {"frames": {"early_warnings": rows}, "early_warning": figures}


CASES = [
    ("summary", "empty", totals(open_items_count=0)),
    ("summary", "credit_balance", totals(outstanding_cents=-500_000, overdue_share=NAN)),
    ("summary", "no_due_dates", totals(overdue_share=NAN)),
    ("summary", "few_debtors", FEW),
    ("summary", "few_debtors_release", {**FEW, **RELEASE}),
    ("summary", "many_late", MANY),
    ("summary", "some_names", {**ONE, "ageing_totals": ONE["ageing_totals"] | ALONE}),
    (
        "summary",
        "some_names_release",
        {**ONE, "ageing_totals": ONE["ageing_totals"] | ALONE, **RELEASE},
    ),
    ("summary", "many_late_release", {**MANY, **RELEASE}),
    ("summary", "release", RELEASE),
    ("summary", "overdue_fine_but", {"findings": FINDING}),
    ("summary", "minor_points", {"findings": LOW}),
    ("summary", "in_order", {}),
    ("data_quality", "empty", documents(None)),
    ("data_quality", "differs", {"frames": tied(-12_345)}),
    ("data_quality", "stale", documents(46)),
    ("data_quality", "doubtful", {"frames": listed("overpaid", 1)}),
    ("data_quality", "no_history", NO_HISTORY),
    ("data_quality", "usable", {"frames": {**listed("overpaid", 1), "snapshot_items": pd.concat(
        [BASE.snapshot.items] * 50)}}),
    ("data_quality", "clean", {}),
    ("ageing", "empty", totals(open_items_count=0)),
    ("ageing", "credit_balance", totals(outstanding_cents=-500_000, overdue_share=NAN)),
    ("ageing", "no_due_dates", totals(overdue_share=NAN)),
    ("ageing", "all_current", totals(overdue_share=0.0, overdue_cents=0)),
    ("ageing", "mostly_current", {}),
    ("ageing", "all_overdue", totals(overdue_share=1.0, not_due_cents=0)),
    ("ageing", "few_debtors_hold_it", late(HALF, 0.36)),
    ("ageing", "partly_overdue", late(EVEN, 0.5)),
    ("ageing", "mostly_overdue", late(EVEN, 0.51)),
    ("dso", "cannot_judge", NO_HISTORY),
    ("dso", "on_target", {}),
    ("dso", "falling", {"dso": {"change_days": -6.0}}),
    ("dso", "rising", {"dso": {"change_days": 6.0}}),
    ("dso", "above_target_falling", {"dso": {"dso_days": 58.0, "change_days": -6.0}}),
    ("dso", "above_target_terms", {"dso": {"dso_days": 58.0, "best_possible_dso_days": 46.0}}),
    ("dso", "above_target_late_payment", {"dso": {"dso_days": 58.0}}),
    ("indicators", "all_within", {}),
    ("indicators", "some_beyond", verdicts("good", "attention", "unknown")),
    ("indicators", "cannot_judge", verdicts("unknown")),
    ("indicators", "some_known", {"indicators": {"cei_month_share": NAN}}),
    ("behaviour", "cannot_judge", NO_HISTORY),
    ("behaviour", "few_payments", {"behaviour": {"settled_count": 2}}),
    ("behaviour", "worsening", {"behaviour": {"change_days": 4.0}}),
    ("behaviour", "late", {"behaviour": {"days_late": 21.0}}),
    ("behaviour", "late_improving", {"behaviour": {"days_late": 21.0, "change_days": -4.0}}),
    ("behaviour", "improving", {"behaviour": {"change_days": -4.0}}),
    ("behaviour", "on_time", {"behaviour": {"days_late": -2.0}}),
    ("behaviour", "within_norm", {}),
    ("concentration", "empty", concentration(debtors_count=0)),
    ("concentration", "few_debtors", concentration(debtors_count=4)),
    ("concentration", "one_dominates", concentration(top1_share=0.16)),
    ("concentration", "few_dominate", concentration(hhi_index=1501.0)),
    ("concentration", "pareto", concentration(pareto_debtors_share=0.19)),
    ("concentration", "spread", {}),
    ("segmentation", "empty", segments(outstanding_cents=0)),
    ("segmentation", "credit_balance", totals(outstanding_cents=-100)),
    ("segmentation", "mostly_unknown", segments(risk="unknown")),
    ("segmentation", "much_high_risk", segments(risk=["high"] * 2 + ["low"] * 6)),
    ("segmentation", "nearly_all_high_risk", segments(risk=["high"] * 8)),
    ("segmentation", "some_high_risk", segments(risk=["high"] + ["low"] * 7)),
    ("segmentation", "no_high_risk", {}),
    ("early_warning", "cannot_judge", NO_HISTORY),
    ("early_warning", "none", {}),
    ("early_warning", "tested", warned()),
    ("early_warning", "untested", warned(precision_share=NAN, lead_days=NAN)),
    ("early_warning", "silent", warned(lead_days=NAN, caught_count=0)),
    ("limits", "cannot_judge", {"capabilities": EVERYTHING - {"limits"}}),
    ("limits", "stop_delivery", limits(stop_delivery_count=1, stop_delivery_cents=100)),
    ("limits", "over", limits({"excess_cents": 500_000}, near_limit_count=1)),
    ("limits", "mostly_without", limits({"credit_limit_cents": pd.NA})),
    ("limits", "near", limits(near_limit_count=2)),
    ("limits", "within", {}),
    ("order_to_cash", "cannot_judge", {"capabilities": EVERYTHING - {
        "disputes", "delivery_dates", "order_refs", "terms"}}),
    ("order_to_cash", "nothing_overdue", {"order_to_cash": {"own_error_share": NAN}}),
    ("order_to_cash", "own_errors", {"order_to_cash": {"own_error_share": 0.3,
                                                       "extra_days": NAN}}),
    ("order_to_cash", "own_errors_later", {"order_to_cash": {"own_error_share": 0.3}}),
    ("order_to_cash", "late_invoices", {"invoicing": {"lag_days": 6.0}}),
    ("order_to_cash", "slow_answers", {"disputes": {"resolve_days": 45.0}}),
    ("order_to_cash", "payer", {}),
    ("collection", "cannot_judge", {"capabilities": EVERYTHING - {"reminders"}}),
    ("collection", "nothing_due", first_actions(0, 0, 0)),
    ("collection", "mostly_late", first_actions(20, 50, 30)),
    ("collection", "mostly_late_no_promises", first_actions(20, 50, 30) | NO_PROMISES),
    ("collection", "steps_left_out", STEPS_LEFT),
    ("collection", "steps_left_out_no_promises", STEPS_LEFT | NO_PROMISES),
    ("collection", "in_time", {}),
    ("priority", "nothing_overdue", {"frames": {"priority": BASE.priority.head(0)}}),
    ("priority", "few_debtors", {"frames": {"priority": BASE.priority.head(3)}}),
    ("priority", "mostly_late", worklist(step=["bailiff_demand"] * 3 + ["hand_over"] * 2
                                         + ["reminder"] * 3)),
    ("priority", "few_calls", worklist(overdue_cents=HALF)),
    ("priority", "many_calls", worklist(overdue_cents=HALF[::-1])),
    ("findings", "none", {}),
    ("findings", "some_high", {"findings": (*FINDING, *LOW)}),
    ("findings", "none_high", {"findings": LOW}),
    ("findings", "some_high_no_effect", {"findings": EXPOSED}),
    ("findings", "none_high_no_effect", {"findings": BROKEN}),
    ("maturity", "cannot_judge", {"capabilities": EVERYTHING - {"questionnaire"}}),
    ("maturity", "few_answers", answered(proven_preventive_score=NAN)),
    ("maturity", "unproven", answered(ledger_score=NAN)),
    ("maturity", "contradictions", answered(contradictions_count=1)),
    ("maturity", "preventive", answered(proven_preventive_score=70.0)),
    ("maturity", "between", {}),
    ("maturity", "defensive", answered(proven_preventive_score=39.9)),
    ("changes", "first_audit", {"capabilities": EVERYTHING - {"previous"}}),
    ("changes", "partly", {"frames": {"changes": since_then().assign(then=NAN)}}),
    ("changes", "better", since("better")),
    ("changes", "mostly_better", since("better", "better", "worse")),
    ("changes", "mixed", since("better", "worse")),
    ("changes", "mostly_worse", since("better", "worse", "worse")),
    ("changes", "worse", since("unknown", "worse")),
    ("changes", "same", {}),
    ("method", "empty", documents(None)),
    ("method", "full_history", {}),
    ("method", "position_only", NO_HISTORY),
]  # fmt: skip
IDS = [f"{subject}-{code}" for subject, code, _ in CASES]


@pytest.mark.parametrize(("subject", "code", "changes"), CASES, ids=IDS)
def test_opening_is_reached_and_reads(subject, code, changes) -> None:
    conclusion = conclusions.conclude(audit(**changes))[subject]
    assert (conclusion.subject, conclusion.code) == (subject, code)
    for language in LANGUAGES:
        heading, lead = (conclusion.text(part, Words(language)) for part in ("heading", "lead"))
        assert heading.endswith(".") and lead.endswith((".", "?"))
        assert len(heading) <= 125, heading
        assert not re.search(rf"\b(nan|NaT)\b|<NA>|{EMPTY}", heading + lead), heading + lead


def test_every_opening_has_a_case() -> None:
    for language in LANGUAGES:
        openings = {tuple(key.split(".")[::2][:2]) for key in texts(language) if ".opening." in key}
        assert openings == {(subject, code) for subject, code, _ in CASES}


def test_every_chapter_has_one_opening_in_the_order_of_the_report() -> None:
    assert list(conclusions.conclude(audit())) == [
        "summary", "data_quality", "ageing", "dso", "indicators", "behaviour", "concentration",
        "segmentation", "early_warning", "limits", "order_to_cash", "collection", "priority",
        "findings", "maturity", "changes", "method",
    ]  # fmt: skip


def test_few_debtors_are_the_fewest_that_hold_half_of_what_is_overdue() -> None:
    values = conclusions.conclude(audit(**FEW))["ageing"].values
    assert values["names"] == ("Zandstra", "Haan", "Bos")
    assert (values["top_count"], values["top_cents"], values["top_share"]) == (3, 20_000_000, 0.5)


def test_dutch_heading_of_ageing_in_full() -> None:
    conclusion = conclusions.conclude(audit(**FEW))["ageing"]
    assert conclusion.heading(Words("nl")) == (
        "Van het saldo is 40% vervallen; 50% daarvan staat bij 3 debiteuren."
    )
