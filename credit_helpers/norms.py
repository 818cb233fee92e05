"""The sections of the policy: the norms and windows of each subject.

Each field's meaning stands beside its value in ``policies/standard.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass

from credit_helpers.ladder import LadderStep


@dataclass(frozen=True)
class AgeingPolicy:
    """Ageing buckets and their norms."""

    edges_days: tuple[int, ...]
    max_overdue_share: float
    max_d91_plus_share: float
    min_effect_cents: int
    max_overdue_rise_share: float
    few_debtors_count: int
    max_few_share: float
    min_group_share: float
    max_group_gap_share: float


@dataclass(frozen=True)
class DsoPolicy:
    """Period and norms of the DSO family."""

    period_days: int
    min_history_share: float
    target_days: float
    max_rise_days: float
    max_delinquent_days: float
    pace_days: int
    one_off_share: float
    max_terms_effect_days: float


@dataclass(frozen=True)
class IndicatorsPolicy:
    """Norms of the indicators, and what only the client can tell; 0 when it did not."""

    min_cei_share: float
    min_collected_share: float
    max_deduction_days: float
    max_cost_share: float


@dataclass(frozen=True)
class BehaviourPolicy:
    """Windows and norms of payment behaviour."""

    window_days: int
    min_settled_count: int
    max_days_late: float
    max_drift_days: float
    erratic_std_days: float
    max_change_days: float
    slope_months_count: int
    min_slope_months_count: int
    slope_confidence_share: float
    month_end_days: int
    min_payment_days_count: int
    max_chance_share: float
    max_roll_share: float


@dataclass(frozen=True)
class CurvePolicy:
    """How the payment curve is drawn and read."""

    cohort_months_count: int
    last_days: int
    min_waiting_count: int
    read_days: tuple[int, ...]


@dataclass(frozen=True)
class PaydexPolicy:
    """Window and risk classes of the PAYDEX-like index."""

    window_days: int
    min_experiences_count: int
    low_risk_score: float
    high_risk_score: float


@dataclass(frozen=True)
class ConcentrationPolicy:
    """Norms of concentration."""

    top_n: tuple[int, ...]
    pareto_share: float
    max_top1_share: float
    max_hhi: float
    watch_debtors_share: float


@dataclass(frozen=True)
class LimitsPolicy:
    """Norms of credit limits and insurance."""

    max_utilisation_share: float
    warn_utilisation_share: float
    insured_payout_share: float
    max_extension_days: int
    max_over_limit_count: int
    max_excess_share: float
    max_without_limit_share: float
    max_uninsured_share: float
    max_report_days: int
    max_stopped_cents: int
    min_stopping_cents: int
    max_discretionary_cents: int
    max_evidence_days: int
    report_from_cents: int
    max_without_evidence_count: int
    proposal_room_share: float
    proposal_min_days: int
    proposal_step_cents: int
    proposal_max_cents: int
    proposal_unknown_cents: int
    proposal_late_share: float
    proposal_very_late_share: float
    proposal_erratic_share: float


@dataclass(frozen=True)
class SegmentationPolicy:
    """Edges of risk, life stage and size."""

    high_days_late: float
    middle_days_late: float
    high_d91_plus_share: float
    min_old_sales_share: float
    high_reasons_count: int
    early_days: float
    sales_days: int
    starter_days: int
    large_share: float
    size_edges_cents: tuple[int, ...]
    max_high_share: float
    indistinct_share: float
    max_starter_cents: int
    recent_days: int
    promise_days: int
    young_days: int
    max_alike_share: float
    max_careful_count: int
    reached_share: float
    interest_share: float
    profile_min_count: int
    profile_confidence_share: float


@dataclass(frozen=True)
class PriorityPolicy:
    """Weights of the collection priority and the ladder of next actions."""

    weight_amount: float
    weight_lateness: float
    weight_drift: float
    weight_promise: float
    weight_limit: float
    weight_dispute: float
    full_amount_cents: int
    full_lateness_days: int
    full_drift_days: int
    min_reason_share: float
    dispute_first_share: float
    ladder: tuple[LadderStep, ...]


@dataclass(frozen=True)
class CollectionPolicy:
    """Norms of reminders and promises."""

    max_first_action_days: int
    max_reminders_count: int
    min_kept_share: float
    max_over_reminded_share: float
    max_unreminded_share: float
    min_step_share: float
    response_days: int
    min_responses_count: int
    confidence_share: float


@dataclass(frozen=True)
class OrderToCashPolicy:
    """Norms of what happens between order and payment."""

    period_days: int
    min_order_ref_share: float
    max_no_order_ref_share: float
    max_invoicing_lag_days: float
    max_short_share: float
    max_short_paid_share: float
    max_own_error_share: float
    max_resolve_days: float
    reversal_days: int


@dataclass(frozen=True)
class QualityPolicy:
    """Norms of the data and of what disturbs a ledger."""

    max_unapplied_share: float
    max_dispute_share: float
    max_credit_note_share: float
    max_write_off_share: float
    stale_days: int
    near_duplicate_days: int
    discount_share: float
    discount_days: int
    short_share: float
    max_faulty_share: float
    max_faulty_count: int


@dataclass(frozen=True)
class FindingsPolicy:
    """How far beyond its norm, and how heavy in the balance, makes a finding grave."""

    middle_beyond_share: float
    high_beyond_share: float
    middle_effect_share: float
    high_effect_share: float
    majority_share: float
    names_count: int
    decisions_count: int


@dataclass(frozen=True)
class EarlyWarningPolicy:
    """Points and edges of the early warnings, and how they are tested on the past."""

    window_months_count: int
    before_months_count: int
    reported_months_count: int
    min_payments_count: int
    max_drift_days: float
    min_part_count: int
    round_cents: int
    min_round_count: int
    min_sales_cents: int
    orders_down_share: float
    orders_up_times: float
    old_days: int
    max_old_share: float
    points_later_count: int
    points_part_payments_count: int
    points_round_sums_count: int
    points_orders_down_count: int
    points_orders_up_count: int
    points_new_disputes_count: int
    points_broken_promises_count: int
    points_old_balance_count: int
    points_over_limit_count: int
    points_reported_count: int
    warn_from_count: int
    max_warned_share: float
    months_count: int
    horizon_days: int
    min_failures_count: int
    min_write_off_cents: int
