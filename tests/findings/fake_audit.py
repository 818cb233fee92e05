"""A small audit within every norm, from which a test changes what it is about.

Eight debtors owe € 1,000,000 together. The figures are written out; nothing is computed here.
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pandas as pd

from credit_helpers.policy import Policy, load_policy

NAN = math.nan
AS_OF = pd.Timestamp("2026-10-31")
NAMES = ["Zandstra", "Bos", "Cramer", "Dekker", "Evers", "Faber", "Gort", "Haan"]
IDS = pd.array([f"{number}" for number in range(1, 9)], dtype="string")
OWED = [14_000_000, 13_000_000, 13_000_000, 12_000_000, 12_000_000, 12_000_000, 12_000_000]
OWED = [*OWED, 12_000_000]
EVERYTHING = frozenset(
    {
        *("payment_history", "limits", "insurance", "due_dates", "reminders", "previous"),
        *("questionnaire", "groups"),
        *("questionnaire", "disputes", "delivery_dates", "order_refs", "terms"),
    }
)

FIGURES: dict[str, dict[str, Any]] = {
    "ageing_totals": {
        "outstanding_cents": 100_000_000,
        "aged_cents": 100_000_000,
        "not_due_cents": 80_000_000,
        "overdue_cents": 20_000_000,
        "overdue_share": 0.2,
        "overdue_items_count": 40,
        "overdue_debtors_count": 8,
        "oldest_cents": 4_000_000,
        "oldest_share": 0.04,
        "oldest_from_days": 91,
        "no_due_date_cents": 0,
        "invoices_cents": 102_000_000,
        "credit_notes_cents": -1_000_000,
        "unapplied_cash_cents": -1_000_000,
        "disputed_cents": 0,
        "disputed_items_count": 0,
        "open_items_count": 120,
        "debtors_count": 8,
    },
    "dso": {
        "dso_days": 40.0,
        "countback_dso_days": 41.0,
        "best_possible_dso_days": 30.0,
        "average_days_delinquent": 10.0,
        "receivables_cents": 100_000_000,
        "credit_sales_cents": 912_500_000,
        "period_days": 365,
        "sales_per_day_cents": 2_500_000.0,
        "year_ago_dso_days": 39.0,
        "change_days": 1.0,
        "target_days": 45.0,
        "release_cents": 0.0,
    },
    "indicators": {
        "cei_month_share": 0.85,
        "cei_year_share": 0.98,
        "turnover_index": 9.0,
        "collection_days": 40.0,
        "days_to_pay": 36.0,
        "current_share": 0.8,
        "oldest_share": 0.04,
        "bad_debt_ceiling_cents": 4_562_500.0,
        "recover_sales_cents": NAN,
        "disputed_share": 0.0,
        "deduction_days": 20.0,
        "resolved_per_day_cents": 1_000_000.0,
        "collectable_cents": 50_000_000.0,
        "collected_cents": 40_000_000.0,
        "collected_share": 0.8,
        "next_collectable_cents": 60_000_000.0,
        "gross_margin_share": NAN,
        "collection_cost_cents": NAN,
        "received_cents": 700_000_000.0,
        "cost_share": NAN,
    },
    "dso_family": {"invoiced_terms_days": 30.0},
    "dso_bridge": {
        "sales_days": 0.5,
        "terms_days": 1.0,
        "lateness_days": -0.5,
        "mix_days": 0.0,
        "one_offs_days": 0.0,
    },
    "client": {"sector": ""},
    "on_time": {"due_count": 200, "on_time_count": 150, "on_time_share": 0.75},
    "behaviour": {
        "settled_count": 900,
        "settled_cents": 800_000_000,
        "days_late": 6.0,
        "floored_days_late": 7.0,
        "unweighted_days_late": 5.0,
        "late_share": 0.4,
        "days_to_pay": 36.0,
        "recent_days_late": 6.0,
        "previous_days_late": 5.0,
        "change_days": 1.0,
        "erratic_debtors_count": 1,
        "worse_debtors_count": 2,
        "better_debtors_count": 3,
    },
    "concentration": {
        "debtors_count": 8,
        "top1_share": 0.14,
        "top5_share": 0.64,
        "top10_share": 1.0,
        "largest_cents": 14_000_000,
        "hhi_index": 1_255.0,
        "gini_index": 0.03,
        "pareto_share": 0.8,
        "pareto_debtors_count": 7,
        "pareto_debtors_share": 0.875,
    },
    "failure": {
        "exposures_count": 7,
        "largest_cents": 14_000_000,
        "largest_share": 0.14,
        "largest_loss_cents": 5_000_000.0,
        "groups_count": 1,
        "group_cents": 14_000_000.0,
        "group_share": 0.14,
    },
    "limits_totals": {
        "limit_cents": 160_000_000,
        "over_limit_count": 0,
        "excess_cents": 0,
        "unused_cents": 60_000_000,
        "near_limit_count": 0,
        "without_limit_count": 0,
        "without_limit_cents": 0,
        "insured_share": 0.9,
        "uninsured_cents": 0.0,
        "stop_delivery_count": 0,
        "stop_delivery_cents": 0,
    },
    "early_warning": {
        "tested_months_count": 24,
        "failures_count": 6,
        "caught_count": 4,
        "warnings_count": 30,
        "right_count": 5,
        "wrong_count": 15,
        "recall_share": 4 / 6,
        "precision_share": 0.25,
        "base_share": 0.05,
        "lead_days": 122.0,
        "warned_debtors_count": 0,
        "warned_cents": 0,
    },
    "treatment": {
        "usual_terms_days": 30.0,
        "usual_share": 0.6,
        "high_usual_share": 0.4,
        "terms_gap_days": -5.0,
        "release_cents": 2_000_000.0,
    },
    "cover": {
        "stopped_debtors_count": 0.0,
        "stopped_cents": 0.0,
        "stopped_open_cents": 0.0,
        "late_debtors_count": 0.0,
        "late_cents": 0.0,
        "at_risk_cents": 0.0,
    },
    "collection": {
        "promises_count": 20,
        "kept_count": 18,
        "broken_count": 2,
        "open_promises_count": 0,
        "kept_share": 0.9,
        "broken_cents": 300_000,
        "reminded_items_count": 30,
        "over_reminded_items_count": 0,
        "over_reminded_cents": 0,
        "first_action_days": 5.0,
        "open_unreminded_cents": 0.0,
    },
    "maturity": {
        "questions_count": 18,
        "answered_count": 18,
        "contradictions_count": 0,
        "answer_score": 62.0,
        "ledger_score": 70.0,
        "preventive_score": 60.0,
        "proven_preventive_score": 55.0,
    },
    "order_to_cash": {
        "own_error_cents": 2_000_000,
        "own_error_share": 0.1,
        "faulty_items_count": 20,
        "faulty_share": 0.02,
        "extra_days": 9.0,
        "no_order_ref_share": 0.01,
        "short_paid_items_count": 2,
        "short_paid_cents": 10_000,
    },
    "invoicing": {
        "lag_days": 2.0,
        "lag_release_cents": 0.0,
        "credit_notes_count": 12,
        "reversed_count": 3,
        "reversal_days": 20.0,
    },
    "disputes": {
        "disputes_count": 15,
        "open_count": 2,
        "open_cents": 1_000_000,
        "open_days": 12.0,
        "resolved_count": 13,
        "resolve_days": 20.0,
        "top_reason_share": 0.4,
    },
    "write_offs": {
        "written_off_cents": 1_000_000,
        "written_off_share": 0.001,
        "credit_notes_cents": 9_000_000,
        "credit_notes_share": 0.01,
    },
}


def per_debtor(**columns: Any) -> pd.DataFrame:
    """Return a table of the eight debtors with their names, balances and further columns."""
    frame = pd.DataFrame({"customer_id": IDS, "name": NAMES, "outstanding_cents": OWED})
    return frame.assign(**columns)


def set_first(frame: pd.DataFrame, **values: Any) -> pd.DataFrame:
    """Return a table in which the first row has other values."""
    frame = frame.copy()
    for column, value in values.items():
        frame.loc[0, column] = value
    return frame


def since_then(overdue: str = "same", dso: str = "same", days_late: str = "same") -> pd.DataFrame:
    """Return what became of three figures, whose values do not matter to the openings."""
    return pd.DataFrame(
        {
            "key": ["ageing.overdue_share", "dso.dso_days", "behaviour.days_late"],
            "then": [0.25, 41.0, 6.0],
            "now": [0.2, 40.0, 6.0],
            "course": pd.array([overdue, dso, days_late], dtype="string"),
            "target": [0.35, 45.0, 14.0],
            "target_met": pd.array([True, True, True], dtype="boolean"),
        }
    )


def _frames() -> dict[str, pd.DataFrame]:
    buckets = ["not_due", "d1_30", "d31_60", "d61_90", "d91_plus"]
    items = pd.DataFrame(
        {
            "item_id": pd.array(["a", "b"], dtype="string"),
            "customer_id": pd.array(["1", "2"], dtype="string"),
            "days_past_due": [3.0, -10.0],
            "issued_on": [pd.Timestamp("2026-10-01"), pd.Timestamp("2026-10-20")],
            "outstanding_cents": [50_000_000, 50_000_000],
        }
    )
    return {
        "ageing": pd.DataFrame({"bucket": buckets}),
        "ageing_by_customer": per_debtor(d91_plus_cents=500_000, overdue_cents=2_500_000),
        "ageing_trend": pd.DataFrame(
            {"as_of": [pd.Timestamp("2025-10-31"), AS_OF], "overdue_share": [0.18, 0.2]}
        ),
        "indicator_series": pd.DataFrame(
            {
                "opening_cents": [90_000_000],
                "month_sales_cents": [70_000_000],
                "not_due_cents": [80_000_000],
            }
        ),
        "indicators_judged": pd.DataFrame(
            {
                "indicator": ["cei_month", "turnover"],
                "verdict": pd.array(["good", "unknown"], dtype="string"),
            }
        ),
        "ageing_compared": pd.DataFrame(
            {
                "attribute": ["sector"],
                "group": ["Bouw"],
                "outstanding_cents": [40_000_000],
                "aged_cents": [40_000_000],
                "overdue_share": [0.26],
                "others_overdue_share": [0.16],
                "gap_share": [0.1],
            }
        ),
        "currencies": pd.DataFrame(
            {"currency": ["EUR"], "items_count": [120], "debtors_count": [8]}
        ),
        "behaviour_by_customer": per_debtor(
            drift_days=2.0, drift="later", std_days=6.0, is_erratic=False
        ),
        "early_warnings": per_debtor(warning_count=0, is_warned=False),
        "roll_rates": pd.DataFrame(
            {
                "bucket": ["not_due", "d1_30", "d31_plus"],
                "months_count": 12,
                "start_cents": [960_000_000, 240_000_000, 0],
                "rolled_share": [0.4, 0.2, NAN],
                "paid_share": [0.5, 0.8, NAN],
            }
        ),
        "concentration_curve": per_debtor(),
        "exposures": per_debtor(debtors_count=[2, 1, 1, 1, 1, 1, 1, 1]),
        "limits": per_debtor(
            credit_limit_cents=pd.array([20_000_000] * 8, dtype="Int64"),
            insured_limit_cents=pd.array([15_000_000] * 8, dtype="Int64"),
            excess_cents=0,
            uninsured_cents=pd.array([0] * 8, dtype="Int64"),
            oldest_days=30.0,
            stopping_days=30.0,
        ),
        "cover_by_customer": per_debtor(
            beyond_cents=0, late_cents=0, at_risk_cents=0, stopped_cents=0, stopped_open_cents=0
        ),
        "self_assessed": per_debtor(discretionary_limit_cents=1_000_000, faults=""),
        "without_report": per_debtor(exposure_cents=OWED).head(0),
        "payer_groups": pd.DataFrame(
            {
                "trait": pd.array(["sector", "sector", "size"], dtype="string"),
                "group": pd.array(["Bouw", "Zorg", "large"], dtype="string"),
                "debtors_count": [4, 4, 8],
                "prompt_count": [3, 3, 6],
                "outstanding_cents": [50_000_000, 50_000_000, 100_000_000],
                "verdict": pd.array(["usual", "good", "careful"], dtype="string"),
            }
        ),
        "segments": per_debtor(risk="low", life_stage="established", is_large=True),
        "collection_by_customer": per_debtor(
            reminders_count=1, broken_promises_count=0, broken_cents=0
        ),
        "overdue_causes": pd.DataFrame(
            {
                "overdue_cause": pd.array(["disputed", "payer"], dtype="string"),
                "items_count": [4, 36],
                "overdue_cents": [2_000_000, 18_000_000],
                "overdue_share": [0.1, 0.9],
            }
        ),
        "own_errors": pd.DataFrame(
            {
                "error": pd.array(["disputed", "no_order_ref"], dtype="string"),
                "items_count": [15, 5],
                "open_cents": [1_000_000, 400_000],
            }
        ),
        "first_actions": pd.DataFrame(
            {
                "first_action_class": ["before_due", "in_time", "too_late", "never"],
                "items_count": [0, 80, 15, 5],
                "items_share": [0.0, 0.8, 0.15, 0.05],
            }
        ),
        "collection_steps": pd.DataFrame(
            {
                "step": pd.array(["reminder", "first_demand"], dtype="string"),
                "from_days": [3, 14],
                "items_count": [60, 40],
                "done_count": [58, 37],
                "done_share": [58 / 60, 37 / 40],
                "undone_cents": [200_000, 300_000],
            }
        ),
        "priority": per_debtor(
            overdue_cents=2_500_000, disputed_cents=0, step="reminder", priority_score=20.0
        ),
        "maturity_answers": pd.DataFrame(
            {"question": ["limits_set", "handed_over"], "status": ["confirmed", "contradiction"]}
        ),
        "quality": pd.DataFrame({"check": [], "items_count": [], "amount_cents": []}),
        "quality_items": pd.DataFrame(
            {"check": [], "item_id": [], "customer_id": [], "amount_cents": []}
        ),
        "tie_out": pd.DataFrame(
            {
                "place": pd.array(["1300"], dtype="string"),
                "difference_cents": [0],
                "cause": pd.array([""], dtype="string"),
            }
        ),
        "quarantine_summary": pd.DataFrame({"reason": [], "rows_count": [], "cents": []}),
        "changes": since_then(),
        "changed_findings": pd.DataFrame({"status": pd.array(["remaining"], dtype="string")}),
        "open_items": pd.DataFrame(
            {
                "customer_id": pd.array(["1", "2"], dtype="string"),
                "name": ["Zandstra", "Bos"],
                "document": ["F1", "F2"],
                "kind": ["invoice", "unapplied_cash"],
                "outstanding_cents": [50_000_000, -1_000_000],
                "is_disputed": [False, False],
            }
        ),
        "snapshot_items": items,
        "disputes": pd.DataFrame({"item_id": [], "disputed_on": pd.to_datetime([])}),
    }


def audit(
    *,
    policy: Policy | None = None,
    capabilities: frozenset[str] = EVERYTHING,
    frames: dict[str, pd.DataFrame] | None = None,
    findings: tuple[Any, ...] = (),
    **figures: dict[str, Any],
) -> SimpleNamespace:
    """Return the calm audit with other figures (``dso={"dso_days": 58.0}``) and other tables."""
    tables = {**_frames(), **(frames or {})}
    needs = {
        "dso": "payment_history",
        "behaviour": "payment_history",
        "early_warning": "payment_history",
        "limits": "limits",
    }
    needs |= {"changes": "previous", "maturity": "questionnaire"}
    snapshot = SimpleNamespace(
        items=tables["snapshot_items"],
        open_items=tables["snapshot_items"],
        settlements=tables["snapshot_items"],
        disputes=tables.pop("disputes"),
        reminders=pd.DataFrame({"item_id": pd.array(["a"], dtype="string")}),
    )
    known = {
        name: SimpleNamespace(**(values | figures.get(name, {})))
        for name, values in FIGURES.items()
    }
    return SimpleNamespace(
        **known,
        **tables,
        policy=policy or load_policy(),
        capabilities=capabilities,
        missing=lambda s: tuple(n for n in [needs.get(s)] if n and n not in capabilities),
        as_of=AS_OF,
        dso_then_on=pd.Timestamp("2025-10-31"),
        previous=SimpleNamespace(as_of=pd.Timestamp("2026-07-31")),
        findings=findings,
        snapshot=snapshot,
        ledger=SimpleNamespace(
            customers=tables["segments"], first_on=pd.Timestamp("2024-05-01"), latest_on=AS_OF
        ),
    )


def tied(cents: int, cause: str = "unknown") -> dict[str, pd.DataFrame]:
    """Return the tie-out with one row that differs by so much."""
    rows = {"place": ["1300", "> 90"], "difference_cents": [cents, 0], "cause": [cause, ""]}
    return {"tie_out": pd.DataFrame(rows)}


def listed(check: str, count: int, cents: int = 5_000_000) -> dict[str, pd.DataFrame]:
    """Return the quality tables with one check that stopped at so many items."""
    items = {"check": check, "item_id": [f"i{n}" for n in range(count)], "customer_id": "1"}
    summary = {"check": [check], "items_count": [count], "amount_cents": [cents]}
    return {
        "quality": pd.DataFrame(summary),
        "quality_items": pd.DataFrame({**items, "amount_cents": cents}),
    }
