"""Each rule fires just beyond its norm, not at it, and never on what is not known."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from credit_helpers.errors import LANGUAGES
from credit_helpers.findings import dso
from credit_helpers.findings.collect import collect
from credit_helpers.findings.finding import DEPARTMENTS, SEVERITIES
from credit_helpers.findings.rule import norm_of
from credit_helpers.formats import EMPTY
from credit_helpers.policy import load_policy
from credit_helpers.views.card import CARD_PARTS
from credit_helpers.words import Words, texts
from tests.findings.fake_audit import AS_OF, NAN, audit, listed, per_debtor, set_first, tied

BASE = audit()


def frame(name: str, **values):
    return {"frames": {name: set_first(getattr(BASE, name), **values)}}


def warned(cents: int):
    """One debtor is warned about; it owes ``cents`` of 100,000,000."""
    rows = per_debtor(warning_count=0, is_warned=False)
    rows["is_warned"] = [True, *[False] * 7]
    rows["outstanding_cents"] = [cents, *[0] * 7]
    return {"frames": {"early_warnings": rows}}


def rolling(share: float):
    rates = BASE.roll_rates
    return {"frames": {"roll_rates": rates.assign(rolled_share=[0.9, share, NAN])}}


def oldest(held: int):
    """Four debtors hold ``held`` of € 20,000 in the oldest bucket, four others the rest."""
    rows = [held // 4] * 4 + [(2_000_000 - held) // 4] * 4
    return {"frames": {"ageing_by_customer": per_debtor(d91_plus_cents=rows, overdue_cents=0)}}


def nothing_old():
    return {"frames": {"ageing_by_customer": per_debtor(d91_plus_cents=0, overdue_cents=0)}}


def trend(year_ago: float):
    rows = pd.DataFrame(
        {"as_of": [pd.Timestamp("2025-10-31"), AS_OF], "overdue_share": [year_ago, 0.25]}
    )
    return {"frames": {"ageing_trend": rows}, "ageing_totals": {"overdue_share": 0.25}}


def disputed(cents: int):
    rows = BASE.open_items.assign(is_disputed=[True, False], outstanding_cents=[cents, 0])
    figures = {"disputed_cents": cents, "disputed_items_count": 1}
    return {"ageing_totals": figures, "frames": {"open_items": rows}}


def undated(count: int):
    rows = pd.DataFrame({"item_id": ["a", "b"][:count], "disputed_on": pd.NaT})
    return {"frames": {"disputes": rows.astype({"disputed_on": "datetime64[ns]"})}}


def o2c(**figures):
    return {"order_to_cash": figures}


def steps(done: int, due: int = 100):
    rows = BASE.collection_steps.head(1)
    return {"frames": {"collection_steps": rows.assign(items_count=due, done_count=done)}}


def starter(cents: int):
    return frame("segments", life_stage="starter", outstanding_cents=cents)


UNEXPLAINED = {f"{cause}_days": NAN for cause in dso.CAUSES}


def risky(cents: int):
    return frame("segments", risk="high", outstanding_cents=cents)


def unlimited(cents: int):
    return frame("limits", credit_limit_cents=pd.NA, outstanding_cents=cents)


def uncovered(cents: float):
    rows = set_first(BASE.cover_by_customer, stopped_open_cents=0 if math.isnan(cents) else cents)
    return {"cover": {"stopped_open_cents": cents}, "frames": {"cover_by_customer": rows}}


def reported(days: float):
    frames = {
        "cover_by_customer": set_first(BASE.cover_by_customer, late_cents=500_000),
        "limits": set_first(BASE.limits, oldest_days=days),
    }
    return {"cover": {"late_cents": 500_000.0, "at_risk_cents": 450_000.0}, "frames": frames}


def unproven(count: int):
    return {"frames": {"without_report": per_debtor(exposure_cents=2_000_000).head(count)}}


def latest(days: int):
    items = BASE.snapshot.items.assign(issued_on=AS_OF - pd.Timedelta(days=days))
    return {"frames": {"snapshot_items": items}}


def quarantined(count: int):
    rows = {"reason": ["no_date"][:count], "rows_count": count, "cents": 500}
    return {"frames": {"quarantine_summary": pd.DataFrame(rows)}}


def doubled(count: int):
    rows = {"reason": ["exact_duplicate"] * count, "rows_count": count, "cents": 500}
    return {"frames": {"quarantine_summary": pd.DataFrame(rows)}}


def currencies(count: int):
    codes = ["EUR", "USD", "GBP"][:count]
    rows = pd.DataFrame({"currency": codes, "items_count": 3, "debtors_count": 2})
    return {"frames": {"currencies": rows}}


def totals(**figures):
    return {"ageing_totals": figures}


# code, at the norm, just beyond it, not known
CASES = [
    *((code, {"frames": listed(code, 0)}, {"frames": listed(code, 1)},
       {"frames": listed(code, 0)}) for code in (
        "negative_invoice", "positive_credit_note", "repeated_document", "similar_number",
        "underpaid", "discount_taken")),
    ("exact_duplicates", quarantined(0), doubled(1), quarantined(0)),
    ("tie_out", {"frames": tied(12_345, "set_aside")}, {"frames": tied(-12_345)},
     {"frames": tied(0, "")}),
    ("overdue_share", totals(overdue_share=0.35, overdue_cents=35_000_000),
     totals(overdue_share=0.36, overdue_cents=36_000_000), totals(overdue_share=NAN)),
    ("overdue_rose", trend(0.2), trend(0.19), trend(NAN)),
    ("oldest_share", totals(oldest_share=0.05, oldest_cents=5_000_000),
     totals(oldest_share=0.051, oldest_cents=5_100_000), totals(oldest_share=NAN)),
    ("oldest_few_hands", oldest(1_000_000), oldest(1_000_400), nothing_old()),
    ("overdue_in_one_group", frame("ageing_compared", gap_share=0.15),
     frame("ageing_compared", gap_share=0.16), frame("ageing_compared", gap_share=NAN)),
    ("disputes", disputed(5_000_000), disputed(5_000_100), totals(outstanding_cents=0)),
    ("undated_disputes", undated(0), undated(1), undated(0)),
    ("credit_notes", {"write_offs": {"credit_notes_share": 0.03}},
     {"write_offs": {"credit_notes_share": 0.0301}}, {"write_offs": {"credit_notes_share": NAN}}),
    ("write_offs", {"write_offs": {"written_off_share": 0.005}},
     {"write_offs": {"written_off_share": 0.0051}}, {"write_offs": {"written_off_share": NAN}}),
    ("dso_above_target", {"dso": {"dso_days": 45.0}},
     {"dso": {"dso_days": 45.5, "release_cents": 1_250_000.0}}, {"dso": {"dso_days": NAN}}),
    ("dso_rose", {"dso": {"change_days": 5.0}}, {"dso": {"change_days": 5.1}},
     {"dso": {"change_days": NAN}}),
    ("dso_rose_unexplained", {"dso": {"change_days": 5.0}, "dso_bridge": UNEXPLAINED},
     {"dso": {"change_days": 5.1}, "dso_bridge": UNEXPLAINED},
     {"dso": {"change_days": NAN}, "dso_bridge": UNEXPLAINED}),
    ("low_effectiveness", {"indicators": {"cei_month_share": 0.8}},
     {"indicators": {"cei_month_share": 0.79}}, {"indicators": {"cei_month_share": NAN}}),
    ("target_missed", {"indicators": {"collected_share": 0.6}},
     {"indicators": {"collected_share": 0.59}}, {"indicators": {"collected_share": NAN}}),
    ("longer_terms", {"dso_bridge": {"terms_days": 2.0}}, {"dso_bridge": {"terms_days": 2.1}},
     {"dso_bridge": {"terms_days": NAN}}),
    ("delinquent_days", {"dso": {"average_days_delinquent": 15.0}},
     {"dso": {"average_days_delinquent": 15.1}}, {"dso": {"average_days_delinquent": NAN}}),
    ("paid_late", {"behaviour": {"days_late": 14.0}}, {"behaviour": {"days_late": 14.1}},
     {"behaviour": {"days_late": NAN}}),
    ("paying_worse", {"behaviour": {"change_days": 3.0}}, {"behaviour": {"change_days": 3.1}},
     {"behaviour": {"change_days": NAN}}),
    ("drifting_debtors", frame("behaviour_by_customer", drift_days=10.0),
     frame("behaviour_by_customer", drift_days=10.1),
     frame("behaviour_by_customer", drift_days=NAN)),
    ("early_warnings", warned(5_000_000), warned(5_100_000), warned(0)),
    ("rolling_on", rolling(0.3), rolling(0.31), rolling(NAN)),
    ("erratic_payers", frame("behaviour_by_customer", std_days=20.0),
     frame("behaviour_by_customer", std_days=20.1, is_erratic=True),
     frame("behaviour_by_customer", std_days=NAN, is_erratic=True)),
    ("largest_debtor", {"concentration": {"top1_share": 0.15, "largest_cents": 15_000_000}},
     {"concentration": {"top1_share": 0.16, "largest_cents": 16_000_000}},
     {"concentration": {"top1_share": NAN}}),
    ("largest_group", {"failure": {"group_share": 0.15, "group_cents": 15_000_000.0}},
     {"failure": {"group_share": 0.16, "group_cents": 16_000_000.0}},
     {"failure": {"group_share": NAN, "group_cents": NAN}}),
    ("concentrated_balance", {"concentration": {"hhi_index": 1500.0}},
     {"concentration": {"hhi_index": 1500.1}}, {"concentration": {"hhi_index": NAN}}),
    ("watch_list", {"concentration": {"pareto_debtors_share": 0.2, "pareto_debtors_count": 1}},
     {"concentration": {"pareto_debtors_share": 0.19, "pareto_debtors_count": 1}},
     {"concentration": {"pareto_debtors_share": NAN, "pareto_debtors_count": 0}}),
    ("high_risk_balance", risky(20_000_000), risky(20_000_100), totals(outstanding_cents=0)),
    ("nearly_all_high_risk", risky(20_000_000), risky(90_000_000), totals(outstanding_cents=0)),
    ("exposed_starters", starter(1_500_000), starter(1_500_001), starter(0)),
    ("alike_treatment", {"treatment": {"high_usual_share": 0.5}},
     {"treatment": {"high_usual_share": 0.51}}, {"treatment": {"high_usual_share": NAN}}),
    ("careful_sectors", {}, frame("payer_groups", verdict="careful"),
     {"frames": {"payer_groups": BASE.payer_groups.head(0)}}),
    ("over_limit", frame("limits", excess_cents=0), frame("limits", excess_cents=100_000),
     frame("limits", excess_cents=0)),
    ("without_limit", unlimited(10_000_000), unlimited(10_000_100), unlimited(0)),
    ("insured_gap", frame("limits", uninsured_cents=25_000_000),
     frame("limits", uninsured_cents=25_000_100), frame("limits", uninsured_cents=pd.NA)),
    ("delivered_without_cover", uncovered(0), uncovered(100_000), uncovered(NAN)),
    ("late_reporting", reported(90.0), reported(91.0), {}),
    ("self_assessed_invalid", {}, frame("self_assessed", faults="no_evidence"),
     {"frames": {"self_assessed": BASE.self_assessed.head(0)}}),
    ("without_report", unproven(0), unproven(1), unproven(0)),
    ("stop_delivery", frame("limits", stopping_days=60.0), frame("limits", stopping_days=61.0),
     frame("limits", stopping_days=NAN)),
    ("first_action_late", {"collection": {"first_action_days": 7.0}},
     {"collection": {"first_action_days": 8.0}}, {"collection": {"first_action_days": NAN}}),
    ("unreminded", {"collection": {"open_unreminded_cents": 1_000_000.0}},
     {"collection": {"open_unreminded_cents": 1_000_100.0}},
     {"collection": {"open_unreminded_cents": NAN}}),
    ("not_handed_over", {"collection": {"over_reminded_cents": 400_000}},
     {"collection": {"over_reminded_cents": 400_100}}, totals(overdue_cents=0)),
    ("broken_promises", {"collection": {"kept_share": 0.8}}, {"collection": {"kept_share": 0.79}},
     {"collection": {"kept_share": NAN}}),
    ("own_errors", o2c(own_error_share=0.15), o2c(own_error_share=0.16),
     o2c(own_error_share=NAN)),
    ("no_order_ref", o2c(no_order_ref_share=0.02), o2c(no_order_ref_share=0.03),
     o2c(no_order_ref_share=NAN)),
    ("invoicing_lag", {"invoicing": {"lag_days": 3.0, "lag_release_cents": 0.0}},
     {"invoicing": {"lag_days": 4.0, "lag_release_cents": 2_500_000.0}},
     {"invoicing": {"lag_days": NAN, "lag_release_cents": NAN}}),
    ("slow_answers", {"disputes": {"resolve_days": 30.0}}, {"disputes": {"resolve_days": 31.0}},
     {"disputes": {"resolve_days": NAN}}),
    ("short_paid", o2c(short_paid_cents=500_000), o2c(short_paid_cents=500_100),
     totals(outstanding_cents=0)),
    ("steps_left_out", steps(90), steps(89), steps(0, due=0)),
    ("unapplied_cash", totals(unapplied_cash_cents=-2_000_000),
     totals(unapplied_cash_cents=-2_000_100), totals(outstanding_cents=0)),
    ("quarantined_rows", quarantined(0), quarantined(1), quarantined(0)),
    ("stale_ledger", latest(45), latest(46), latest(-5)),
    ("contradicted_answers", {"maturity": {"contradictions_count": 0}},
     {"maturity": {"contradictions_count": 2}}, {"maturity": {"contradictions_count": 0}}),
    ("currency_without_rate", currencies(1), currencies(2), currencies(1)),
    *[
        (check, {"frames": listed("unapplied_cash", 1)}, {"frames": listed(check, 1)}, {})
        for check in ("missing_due_date", "due_before_issue", "near_duplicate",
                      "differing_terms", "overpaid", "undated_settlement")
    ],
]  # fmt: skip
IDS = [case[0] for case in CASES]


def found(code: str, changes: dict):
    return [finding for finding in collect(audit(**changes)) if finding.code == code]


def test_calm_portfolio_gives_no_finding() -> None:
    assert collect(audit()) == ()


@pytest.mark.parametrize(("code", "at_norm", "beyond", "unknown"), CASES, ids=IDS)
def test_fires_just_beyond_its_norm_only(code, at_norm, beyond, unknown) -> None:
    assert found(code, at_norm) == []
    assert found(code, unknown) == []
    assert len(found(code, beyond)) == 1


@pytest.mark.parametrize(("code", "beyond"), [(c[0], c[2]) for c in CASES], ids=IDS)
def test_finding_is_complete(code, beyond) -> None:
    finding = found(code, beyond)[0]
    assert finding.severity in SEVERITIES
    assert finding.department in DEPARTMENTS
    assert finding.threshold == norm_of(BASE, finding.policy_key)
    assert finding.impact_cents >= 0
    assert not math.isnan(finding.value)
    for language in LANGUAGES:
        for part in ("title", *CARD_PARTS):
            text = finding.text(part, Words(language))
            assert 0 < len(text) < 175, (part, text)
            assert not re.search(rf"\b(nan|NaT|NA|None)\b|{EMPTY}", text), text


def test_every_text_has_a_rule_and_every_rule_a_text() -> None:
    for language in LANGUAGES:
        tables = {key.split(".")[1] for key in texts(language) if key.startswith("findings.")}
        assert tables - {"opening"} == set(IDS)


@pytest.mark.parametrize(
    ("subject", "capability", "changes"),
    [
        ("dso", "payment_history", {"dso": {"dso_days": 99.0, "release_cents": 9e7}}),
        ("behaviour", "payment_history", {"behaviour": {"days_late": 90.0}}),
        ("limits", "limits", frame("limits", excess_cents=9_000_000)),
    ],
)
def test_no_finding_without_what_the_subject_needs(subject, capability, changes) -> None:
    assert any(f.subject == subject for f in collect(audit(**changes)))
    lacking = audit(capabilities=BASE.capabilities - {capability}, **changes)
    assert not any(f.subject == subject for f in collect(lacking))


def test_silence_about_reminders_is_no_missing_reminder() -> None:
    silent = audit(
        capabilities=BASE.capabilities - {"reminders"},
        collection={"open_unreminded_cents": 15_000_000.0},
    )
    assert collect(silent) == ()


def test_small_effect_gives_no_finding_except_on_data() -> None:
    small = {**frame("limits", excess_cents=99_999)}
    assert found("over_limit", small) == []
    assert len(found("overpaid", {"frames": listed("overpaid", 1, cents=100)})) == 1


def test_threshold_comes_from_the_policy() -> None:
    strict = load_policy({"ageing": {"max_overdue_share": 0.1}})
    finding = next(f for f in collect(audit(policy=strict)) if f.code == "overdue_share")
    assert (finding.threshold, finding.impact_cents) == (0.1, 10_000_000)


def test_drifting_debtor_is_named_with_its_balance() -> None:
    finding = found("drifting_debtors", frame("behaviour_by_customer", drift_days=31.0))[0]
    assert finding.evidence.keys == ("1",)
    assert finding.impact_cents == 14_000_000
    assert finding.values["names"] == ("Zandstra",)
    assert finding.severity == "high"


def test_gravest_first_then_effect_then_code() -> None:
    changes = {
        "dso": {"dso_days": 80.0, "release_cents": 87_500_000.0},
        "collection": {"first_action_days": 8.0},
        "frames": {
            **frame("behaviour_by_customer", drift_days=31.0)["frames"],
            **listed("overpaid", 2),
        },
    }
    assert [(f.code, f.severity) for f in collect(audit(**changes))] == [
        ("dso_above_target", "high"),
        ("drifting_debtors", "high"),
        ("overpaid", "middle"),
        ("first_action_late", "low"),
    ]


def test_totals_and_duplicates_in_quarantine_lose_nothing() -> None:
    rows = {"reason": ["total_row", "exact_duplicate"], "rows_count": [1, 2], "cents": [9**9, 500]}
    found = collect(audit(frames={"quarantine_summary": pd.DataFrame(rows)}))
    assert [(f.code, f.value, f.impact_cents) for f in found] == [("exact_duplicates", 2, 500)]


def test_a_drift_that_may_be_chance_is_no_finding():
    beyond = frame("behaviour_by_customer", drift_days=31.0)
    assert found("drifting_debtors", beyond)
    assert not found(
        "drifting_debtors", frame("behaviour_by_customer", drift_days=31.0, drift="steady")
    )


def test_the_roll_rate_counts_what_a_month_rolls_beyond_the_norm():
    (finding,) = found("rolling_on", rolling(0.35))
    assert finding.impact_cents == 1_000_000  # (35% − 30%) of 20,000,000 a month


def test_without_two_month_ends_there_is_no_roll_rate():
    assert not found("rolling_on", {"frames": {"roll_rates": BASE.roll_rates.iloc[:0]}})
