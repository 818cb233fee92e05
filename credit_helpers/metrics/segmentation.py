"""Segmentation: debtors by risk, and by size and payment behaviour.

Risk is a rule that can be read back: each debtor carries the codes of its reasons. One reason of
:data:`HIGH_REASONS`, or ``high_reasons_count`` of :data:`MIDDLE_REASONS`, makes the risk high; one
of the middle ones makes it middle. Without any, it is low when the debtor has paid often enough to
be judged, and unknown when not.

Reasons: ``very_late_payer`` and ``late_payer`` (weighted days late above ``high_days_late``,
``middle_days_late``), ``old_balance`` (the oldest bucket holds at least ``high_d91_plus_share`` of
its balance and ``min_old_sales_share`` of its sales: one old remainder of somebody who owes little
else says nothing), ``drifting`` (later than before by more than ``max_drift_days``, while its
months leave no room for chance), ``erratic``, ``over_limit``, ``broken_promise``, ``no_history``
(fewer than ``min_settled_count`` payments).

Risk is of today: behaviour is that of the past ``recent_days``, or of the whole file for a debtor
that paid too little in them, and a promise counts as broken for ``promise_days``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from credit_helpers.cents import count_by, ratios, sum_by
from credit_helpers.norms import SegmentationPolicy
from credit_helpers.policy import Policy

NEEDS: tuple[str, ...] = ()
RISKS = ("high", "middle", "low", "unknown")
HIGH_REASONS = ("very_late_payer", "old_balance")
MIDDLE_REASONS = ("late_payer", "drifting", "erratic", "over_limit", "broken_promise")
REASONS = (*HIGH_REASONS, *MIDDLE_REASONS, "no_history")
SIZES = ("small", "middle", "large")
BEHAVIOURS = ("early", "on_time", "late", "very_late", "erratic", "unknown")


def by_customer(
    profiles: pd.DataFrame,
    ageing: pd.DataFrame,
    behaviour: pd.DataFrame,
    *,
    marks: Mapping[str, Collection[str]],
    policy: Policy,
) -> pd.DataFrame:
    """Return the segments of each debtor.

    Parameters
    ----------
    profiles : DataFrame
        ``customer_id``, ``name``, ``sales_cents``, ``life_stage``.
    ageing : DataFrame
        Balance per debtor: ``customer_id``, ``outstanding_cents``, ``overdue_cents`` and the
        oldest bucket, the column that ends in ``_plus_cents``.
    behaviour : DataFrame
        Behaviour per debtor: ``customer_id``, ``settled_count``, ``days_late``, ``drift_days``,
        ``drift``, ``is_erratic``.
    marks : mapping
        Reasons that other tables give, with the numbers of the debtors that they hold for:
        ``{"over_limit": [...], "broken_promise": [...]}``.
    policy : Policy

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``risk``, ``reasons`` (codes joined by ";", in the order of
        :data:`REASONS`), ``life_stage``, ``is_large`` (at least ``large_share`` of the balance or
        of the sales of all debtors), ``size`` (by sales; an edge belongs to the larger size),
        ``behaviour``, ``sales_cents``, ``outstanding_cents``, ``overdue_cents``, ``days_late``,
        ``drift_days``, ``drift`` (``later``, ``earlier``, ``steady``, ``unknown``).
    """
    ids = profiles["customer_id"]
    balance = ageing.set_index("customer_id").reindex(ids).reset_index(drop=True)
    paid = behaviour.set_index("customer_id").reindex(ids).reset_index(drop=True)
    owed = balance["outstanding_cents"].fillna(0).astype("int64")
    sales = profiles["sales_cents"]
    enough = paid["settled_count"].fillna(0) >= policy.behaviour.min_settled_count
    flags = _flags(balance.assign(sales_cents=sales), paid, enough, policy)
    flags = flags.assign(**{code: ids.isin(list(found)) for code, found in marks.items()})
    flags = flags.reindex(columns=list(REASONS), fill_value=False).astype(bool)
    large = policy.segmentation.large_share
    size = np.searchsorted(policy.segmentation.size_edges_cents, sales, side="right")
    return pd.DataFrame(
        {
            "customer_id": ids,
            "name": profiles["name"],
            "risk": pd.array(_risk(flags, policy.segmentation), dtype="string"),
            "reasons": _joined(flags),
            "life_stage": profiles["life_stage"],
            "is_large": _at_least(owed, large) | _at_least(sales, large),
            "size": pd.array(np.array(SIZES)[size], dtype="string"),
            "behaviour": pd.array(_behaviour(paid, enough, policy), dtype="string"),
            "sales_cents": sales,
            "outstanding_cents": owed,
            "overdue_cents": balance["overdue_cents"].fillna(0).astype("int64"),
            "days_late": paid["days_late"].astype("float64"),
            "drift_days": paid["drift_days"].astype("float64"),
            "drift": paid["drift"].astype("string").fillna("unknown"),
        }
    )


def recent_behaviour(recent: pd.DataFrame, whole: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return the behaviour that risk weighs: the recent one where it says enough.

    Parameters
    ----------
    recent, whole : DataFrame
        Behaviour per debtor, of the payments of the past ``recent_days`` and of all payments.
    policy : Policy

    Examples
    --------
    >>> from credit_helpers.policy import load_policy
    >>> recent = pd.DataFrame({"customer_id": ["1", "2"], "settled_count": [3, 2],
    ...     "days_late": [5.0, 0.0]})
    >>> whole = recent.assign(settled_count=[9, 9], days_late=[40.0, 40.0])
    >>> recent_behaviour(recent, whole, load_policy())["days_late"].tolist()
    [5.0, 40.0]
    """
    enough = recent["settled_count"] >= policy.behaviour.min_settled_count
    kept = recent[enough]
    rest = whole.loc[~whole["customer_id"].isin(kept["customer_id"]), list(recent)]
    both = pd.concat([kept, rest], ignore_index=True)
    return both.sort_values("customer_id", kind="stable", ignore_index=True)


def summary(segments: pd.DataFrame) -> pd.DataFrame:
    """Return the balance per risk, all four in order.

    ``outstanding_share`` is of the whole balance, ``overdue_share`` of the balance of that risk.
    """
    codes = pd.Index(RISKS).get_indexer(segments["risk"])
    owed = sum_by(codes, segments["outstanding_cents"], len(RISKS))
    overdue = sum_by(codes, segments["overdue_cents"], len(RISKS))
    return pd.DataFrame(
        {
            "risk": pd.array(RISKS, dtype="string"),
            "debtors_count": count_by(codes, len(RISKS)),
            "outstanding_cents": owed,
            "outstanding_share": ratios(owed, owed.sum()),
            "overdue_cents": overdue,
            "overdue_share": ratios(overdue, owed),
        }
    )


def groups(segments: pd.DataFrame) -> pd.DataFrame:
    """Return the homogeneous groups: size by payment behaviour, those that have debtors.

    ``days_late`` is weighted by the sales of the debtors that have both, else ``nan``.
    """
    count = len(SIZES) * len(BEHAVIOURS)
    codes = pd.Index(SIZES).get_indexer(segments["size"]) * len(BEHAVIOURS)
    codes = codes + pd.Index(BEHAVIOURS).get_indexer(segments["behaviour"])
    late = segments["days_late"].to_numpy()
    weight = np.where(np.isnan(late), 0, segments["sales_cents"].clip(lower=0))
    weighed = np.bincount(codes, weights=np.nan_to_num(late) * weight, minlength=count)
    frame = pd.DataFrame(
        {
            "size": pd.array(np.repeat(SIZES, len(BEHAVIOURS)), dtype="string"),
            "behaviour": pd.array(np.tile(BEHAVIOURS, len(SIZES)), dtype="string"),
            "debtors_count": count_by(codes, count),
            "sales_cents": sum_by(codes, segments["sales_cents"], count),
            "outstanding_cents": sum_by(codes, segments["outstanding_cents"], count),
            "overdue_cents": sum_by(codes, segments["overdue_cents"], count),
            "days_late": ratios(weighed, sum_by(codes, weight, count)),
        }
    )
    return frame[frame["debtors_count"] > 0].reset_index(drop=True)


def _flags(
    balance: pd.DataFrame, paid: pd.DataFrame, enough: pd.Series, policy: Policy
) -> pd.DataFrame:
    """Return which reasons the balance and the payments give."""
    own, late = policy.segmentation, paid["days_late"]
    oldest = next(column for column in balance if str(column).endswith("_plus_cents"))
    share = ratios(balance[oldest], balance["outstanding_cents"])
    is_heavy = balance[oldest] >= own.min_old_sales_share * balance["sales_cents"].clip(lower=0)
    very_late = enough & (late > own.high_days_late)
    return pd.DataFrame(
        {
            "very_late_payer": very_late,
            "old_balance": (share >= own.high_d91_plus_share) & is_heavy,
            "late_payer": enough & (late > own.middle_days_late) & ~very_late,
            "drifting": (paid["drift_days"] > policy.behaviour.max_drift_days)
            & paid["drift"].eq("later"),
            "erratic": paid["is_erratic"].eq(True),
            "no_history": ~enough,
        }
    )


def _risk(flags: pd.DataFrame, policy: SegmentationPolicy) -> np.ndarray:
    middle = flags[list(MIDDLE_REASONS)].sum(axis=1)
    high = flags[list(HIGH_REASONS)].any(axis=1) | (middle >= policy.high_reasons_count)
    return np.select([high, middle > 0, ~flags["no_history"]], RISKS[:3], RISKS[3])


def _behaviour(paid: pd.DataFrame, enough: pd.Series, policy: Policy) -> np.ndarray:
    own, late = policy.segmentation, paid["days_late"]
    conditions = [
        ~enough,
        paid["is_erratic"].eq(True),
        late <= -own.early_days,
        late <= own.middle_days_late,
        late <= own.high_days_late,
    ]
    return np.select(conditions, ["unknown", "erratic", "early", "on_time", "late"], "very_late")


def _joined(flags: pd.DataFrame) -> pd.Series:
    """Return the codes of each row's reasons, joined by a semicolon."""
    codes = flags.columns.astype(object) + ";"
    return flags.astype(object).dot(codes).astype("string").str.rstrip(";")


def _at_least(cents: pd.Series, share: float) -> pd.Series:
    total = int(cents.clip(lower=0).sum())
    return (cents >= share * total) & (cents > 0)
