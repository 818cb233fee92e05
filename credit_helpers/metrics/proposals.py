"""A proposed credit limit, by a formula that can be retraced.

``sales per day x agreed terms x share of the behaviour x (1 + room)``, rounded up to a step and
then capped. Sales are those of the past period as invoiced, tax included, since that is what stands
open; for a debtor who came later they are spread over the days since its first document. The share
of a debtor who pays on time is 1, and smaller for one who pays late or erratically. A debtor with
too few payments gets no more than may be given without a credit report.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers import keys
from credit_helpers.cents import ratios, sum_by
from credit_helpers.policy import Policy

NEEDS: tuple[str, ...] = ()
RELIABLE = ("early", "on_time")


def by_customer(
    segments: pd.DataFrame,
    items: pd.DataFrame,
    customers: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    policy: Policy,
) -> pd.DataFrame:
    """Return the proposed limit of each debtor who bought something in the period.

    Parameters
    ----------
    segments : DataFrame
        ``customer_id``, ``name``, ``behaviour``, ``sales_cents`` (of ``segmentation.sales_days``),
        ``outstanding_cents``.
    items : DataFrame
        Of the snapshot.
    customers : DataFrame
        ``terms_days`` and ``credit_limit_cents`` where the input has them. Without agreed terms
        those on the invoices of the period count, weighted by amount.
    as_of : Timestamp
    policy : Policy

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``sales_cents``, ``period_days``, ``terms_days``, ``behaviour``,
        ``behaviour_share``, ``cap_cents``, ``proposed_limit_cents`` (``Int64``, missing without
        terms), ``credit_limit_cents``, ``change_cents`` (proposed minus today's, missing without
        either), ``outstanding_cents``. The largest change first.
    """
    limits, window = policy.limits, policy.segmentation.sales_days
    rows = segments[segments["sales_cents"] > 0].reset_index(drop=True)
    known = customers.set_index("customer_id").reindex(rows["customer_id"])
    start, observed = _started(items, rows["customer_id"], as_of, window)
    terms = observed
    if "terms_days" in known:
        agreed = known["terms_days"].to_numpy("float64", na_value=np.nan)
        terms = np.where(np.isnan(agreed), observed, agreed)
    period = np.clip(start, min(limits.proposal_min_days, window), window)
    share = rows["behaviour"].map(_shares(policy)).to_numpy("float64")
    is_unknown = (rows["behaviour"] == "unknown").to_numpy(dtype=bool)
    cap = np.where(is_unknown, limits.proposal_unknown_cents, limits.proposal_max_cents)
    daily = rows["sales_cents"].to_numpy("float64") / period
    raw = daily * terms * share * (1 + limits.proposal_room_share)
    # Six decimals first: a limit of exactly three steps is not rounded up to four.
    stepped = np.ceil(np.round(raw / limits.proposal_step_cents, 6)) * limits.proposal_step_cents
    proposed = pd.Series(np.minimum(stepped, cap)).astype("Int64")
    given = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    if "credit_limit_cents" in known:
        given = known["credit_limit_cents"].astype("Int64").reset_index(drop=True)
    frame = rows[["customer_id", "name", "sales_cents"]].assign(
        period_days=period,
        terms_days=terms,
        behaviour=rows["behaviour"],
        behaviour_share=share,
        cap_cents=cap.astype("int64"),
        proposed_limit_cents=proposed,
        credit_limit_cents=given,
        change_cents=proposed - given,
        outstanding_cents=rows["outstanding_cents"],
    )
    size = frame["change_cents"].abs().astype("Float64").fillna(-1)
    order = frame.assign(size=size).sort_values(
        ["size", "customer_id"], ascending=[False, True], kind="stable"
    )
    return order.drop(columns="size").reset_index(drop=True)


def _shares(policy: Policy) -> dict[str, float]:
    """Return which part of what a debtor buys it may owe, by its behaviour."""
    limits = policy.limits
    return {
        **dict.fromkeys(RELIABLE, 1.0),
        "late": limits.proposal_late_share,
        "very_late": limits.proposal_very_late_share,
        "erratic": limits.proposal_erratic_share,
        "unknown": 1.0,  # the cap without a credit report decides
    }


def _started(
    items: pd.DataFrame, ids: pd.Series, as_of: pd.Timestamp, window: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return days since the first document, and the weighted terms of the period's invoices."""
    debtor = keys.places(items["customer_id"], pd.Series(ids))
    ago = (as_of - items["issued_on"]).dt.days.to_numpy("int64")
    oldest = np.zeros(len(ids), dtype="int64")
    np.maximum.at(oldest, debtor[debtor >= 0], ago[debtor >= 0])
    days = (items["due_on"] - items["issued_on"]).dt.days.to_numpy("float64")
    cents = items["amount_cents"].to_numpy("int64")
    counts = (items["kind"] == "invoice").to_numpy(dtype=bool) & (cents > 0)
    counts &= ~np.isnan(days) & (days >= 0) & (ago >= 0) & (ago < window)
    places = np.where(counts, debtor, -1)
    weighed = sum_by(places, np.nan_to_num(days).astype("int64") * cents, len(ids))
    return oldest + 1, ratios(weighed, sum_by(places, cents, len(ids)))
