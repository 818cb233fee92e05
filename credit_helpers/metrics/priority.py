"""Collection priority: who to contact first, why, and how.

The score is a sum of six columns that anybody can add up. Each is a component from 0 to 1, times
its weight (the weights of the policy, divided by their sum), times 100:

- ``amount_score``: the square root of overdue ÷ ``full_amount_cents``, so that ten times the money
  counts three times and the smaller debtors keep an order;
- ``lateness_score``: days past due of the oldest item ÷ ``full_lateness_days``;
- ``drift_score``: days later than before ÷ ``full_drift_days``; nothing when that is unknown, or
  when chance may explain it;
- ``promise_score``: 1 when a promise was broken;
- ``limit_score``: the part of the balance above the credit limit;
- ``dispute_score``: the part of the balance that is disputed; it waits until somebody solves it.

Above its full value a component stays 1. Equal scores: the larger overdue balance first, then the
customer number; so when all weights are zero the overdue balance decides.

The next action is the step of the policy's ladder that belongs to the oldest item, except:

- from ``dispute_first_share`` of the overdue balance in dispute, the dispute comes first;
- after a broken promise writing is not enough: before the demands it becomes a telephone call;
- a consumer gets the fourteen-day letter instead of the second demand, and instead of being handed
  over as long as no reminder to it is on record.

Codes: :data:`STEPS`, :data:`CHANNELS`, :data:`TONES`, :data:`REASONS`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.cents import ratios, sum_by
from credit_helpers.keys import customer_places
from credit_helpers.ladder import CHANNELS, STEPS, TONES, LadderStep
from credit_helpers.norms import PriorityPolicy

__all__ = ["CHANNELS", "NEEDS", "REASONS", "STEPS", "TONES", "circumstances", "rank"]

NEEDS: tuple[str, ...] = ()
REASON_OF = {
    "amount": "large_amount",
    "lateness": "long_overdue",
    "drift": "drifting",
    "promise": "broken_promise",
    "limit": "over_limit",
    "dispute": "disputed",
}
REASONS = (*REASON_OF.values(), "high_risk")
# Components that are facts rather than degrees: any of it is a reason.
FACTS = ("promise", "limit", "dispute")
RESOLVE = LadderStep(0, "resolve_dispute", "telephone", "service")
CALL = LadderStep(0, "telephone", "telephone", "listening")
LETTER = LadderStep(0, "fourteen_day_letter", "letter", "prescribed")
BEFORE_CALL = ("courtesy_call", "reminder")
NEEDS_LETTER = ("hand_over", "bailiff_demand")


def circumstances(
    customers: pd.DataFrame,
    limits: pd.DataFrame,
    collection: pd.DataFrame,
    open_items: pd.DataFrame,
) -> pd.DataFrame:
    """Return what else is known of each debtor: limit, promises, reminders, disputes, consumer.

    Parameters
    ----------
    customers : DataFrame
        ``customer_id``, and ``is_consumer`` where the input has it; unknown is a business.
    limits : DataFrame
        ``customer_id``, ``excess_cents``.
    collection : DataFrame
        ``customer_id``, ``broken_promises_count``, ``reminders_count``.
    open_items : DataFrame
        ``customer_id``, ``is_disputed``, ``days_past_due``, ``outstanding_cents``.

    Returns
    -------
    DataFrame
        One row per customer: ``customer_id``, ``excess_cents``, ``broken_promises_count``,
        ``reminders_count``, ``disputed_cents``, ``overdue_disputed_cents``, ``is_consumer``.
    """
    ids = pd.Index(customers["customer_id"])
    debtor = customer_places(open_items, customers)
    disputed = np.where(open_items["is_disputed"].to_numpy(dtype=bool), debtor, -1)
    late = np.where((open_items["days_past_due"] > 0).to_numpy(dtype=bool), disputed, -1)
    over = limits.set_index("customer_id")["excess_cents"].reindex(ids)
    known = collection.set_index("customer_id").reindex(ids)
    consumer = np.zeros(len(ids), dtype=bool)
    if "is_consumer" in customers:
        consumer = customers["is_consumer"].fillna(False).to_numpy(dtype=bool)
    return pd.DataFrame(
        {
            "customer_id": pd.array(ids, dtype="string"),
            "excess_cents": over.fillna(0).to_numpy("int64"),
            "broken_promises_count": known["broken_promises_count"].fillna(0).to_numpy("int64"),
            "reminders_count": known["reminders_count"].fillna(0).to_numpy("int64"),
            "disputed_cents": sum_by(disputed, open_items["outstanding_cents"], len(ids)),
            "overdue_disputed_cents": sum_by(late, open_items["outstanding_cents"], len(ids)),
            "is_consumer": consumer,
        }
    )


def rank(
    by_customer: pd.DataFrame,
    segments: pd.DataFrame,
    circumstances: pd.DataFrame,
    *,
    policy: PriorityPolicy,
) -> pd.DataFrame:
    """Return the worklist: every debtor with an overdue balance, the most urgent first.

    Parameters
    ----------
    by_customer : DataFrame
        ``customer_id``, ``name``, ``overdue_cents``, ``outstanding_cents``, ``oldest_days``.
    segments : DataFrame
        ``customer_id``, ``risk``, ``drift_days``, ``drift``.
    circumstances : DataFrame
        From :func:`circumstances`.
    policy : PriorityPolicy

    Returns
    -------
    DataFrame
        ``rank_count``, ``customer_id``, ``name``, ``overdue_cents``, ``outstanding_cents``,
        ``disputed_cents``, ``oldest_days``, the six contributions, ``priority_score`` (their
        sum), ``reasons`` (codes joined by ";", in the order of :data:`REASONS`, at least one),
        ``step``, ``channel``, ``tone``. Reasons are the components of at least
        ``min_reason_share``, any broken promise, excess or dispute, and high risk.
    """
    rows = by_customer[by_customer["overdue_cents"] > 0].reset_index(drop=True)
    segment = segments.set_index("customer_id").reindex(rows["customer_id"])
    facts = circumstances.set_index("customer_id").reindex(rows["customer_id"])
    facts = facts.reset_index(drop=True)
    drifted = segment["drift_days"].where(segment["drift"] == "later").to_numpy("float64")
    components = _components(rows, drifted, facts, policy)
    weights = np.array([getattr(policy, f"weight_{name}") for name in REASON_OF])
    scores = (components * (weights / (weights.sum() or 1)) * 100).add_suffix("_score")
    scores["priority_score"] = scores.to_numpy().sum(axis=1)
    risky = segment["risk"].eq("high").fillna(False).to_numpy(dtype=bool)
    frame = pd.concat(
        [
            rows[["customer_id", "name", "overdue_cents", "outstanding_cents"]],
            facts["disputed_cents"].astype("int64"),
            rows["oldest_days"],
            scores,
            _reasons(components, scores, risky, policy),
            _actions(rows, facts, policy),
        ],
        axis=1,
    )
    keys = ["priority_score", "overdue_cents", "customer_id"]
    frame = frame.sort_values(keys, ascending=[False, False, True], kind="stable")
    frame.insert(0, "rank_count", np.arange(1, len(frame) + 1, dtype="int64"))
    return frame.reset_index(drop=True)


def _components(
    rows: pd.DataFrame, drift_days: np.ndarray, facts: pd.DataFrame, policy: PriorityPolicy
) -> pd.DataFrame:
    """Return each component from 0 to 1, in the order of :data:`REASON_OF`."""
    owed = rows["outstanding_cents"]
    parts = {
        "amount": np.sqrt(rows["overdue_cents"].to_numpy() / policy.full_amount_cents),
        "lateness": rows["oldest_days"].to_numpy() / policy.full_lateness_days,
        "drift": drift_days / policy.full_drift_days,
        "promise": facts["broken_promises_count"].to_numpy("float64"),
        "limit": ratios(facts["excess_cents"], owed),
        "dispute": ratios(facts["disputed_cents"], owed),
    }
    return pd.DataFrame(parts, index=rows.index).fillna(0.0).clip(0.0, 1.0)


def _reasons(
    components: pd.DataFrame, scores: pd.DataFrame, risky: np.ndarray, policy: PriorityPolicy
) -> pd.Series:
    """Return the codes of each row's reasons, joined by a semicolon."""
    least = pd.Series(policy.min_reason_share, index=components.columns)
    flags = (components >= least) & (components > 0)
    facts = list(FACTS)
    flags[facts] = components[facts] > 0
    # Nothing outspoken: then the component that weighs most is the reason.
    parts = scores[[f"{name}_score" for name in REASON_OF]].to_numpy()
    heaviest = parts == parts.max(axis=1, keepdims=True) if len(parts) else parts > 0
    none = ~(flags.any(axis=1).to_numpy() | risky)
    flags |= heaviest & none[:, None]
    flags = flags.rename(columns=REASON_OF).assign(high_risk=risky)
    codes = flags.columns.astype(object) + ";"
    joined = flags.astype(object).dot(codes).astype("string").str.rstrip(";")
    return joined.rename("reasons")


def _actions(rows: pd.DataFrame, facts: pd.DataFrame, policy: PriorityPolicy) -> pd.DataFrame:
    """Return step, channel and tone of each row's next action."""
    steps = (*policy.ladder, RESOLVE, _own_call(policy), LETTER)
    resolve, call, letter = range(len(policy.ladder), len(steps))
    starts = [step.from_days for step in policy.ladder]
    place = np.searchsorted(starts, rows["oldest_days"].to_numpy("float64"), side="right") - 1
    place = np.clip(place, 0, len(starts) - 1)
    codes = np.array([step.step for step in steps])
    consumer = facts["is_consumer"].to_numpy(dtype=bool)
    unwarned = np.isin(codes[place], NEEDS_LETTER) & (facts["reminders_count"] == 0).to_numpy()
    place = np.where(consumer & ((codes[place] == "second_demand") | unwarned), letter, place)
    broken = (facts["broken_promises_count"] > 0).to_numpy()
    place = np.where(broken & np.isin(codes[place], BEFORE_CALL), call, place)
    disputed = ratios(facts["overdue_disputed_cents"], rows["overdue_cents"])
    first = (disputed >= policy.dispute_first_share) & (disputed > 0)
    place = np.where(first, resolve, place)
    columns = {
        "step": codes,
        "channel": np.array([step.channel for step in steps]),
        "tone": np.array([step.tone for step in steps]),
    }
    return pd.DataFrame({k: pd.array(v[place], dtype="string") for k, v in columns.items()})


def _own_call(policy: PriorityPolicy) -> LadderStep:
    """Return the ladder's own telephone step, when it has one."""
    return next((step for step in policy.ladder if step.step == CALL.step), CALL)
