"""What changed since an earlier audit: findings closed and new."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

NEEDS = ("previous",)
STATUSES = ("new", "first_judged", "remaining", "closed", "not_judged")

# Findings that need more than their chapter does; without it their absence says nothing.
FINDING_NEEDS = {
    "disputes": "disputes",
    "undated_disputes": "disputes",
    "slow_answers": "disputes",
    "no_order_ref": "order_refs",
    "invoicing_lag": "delivery_dates",
    "steps_left_out": "reminders",
    "low_effectiveness": "payment_history",
    "target_missed": "payment_history",
    "unreminded": "reminders",
    "first_action_late": "reminders",
    "not_handed_over": "reminders",
    "broken_promises": "promises",
    "largest_group": "groups",
    "insured_gap": "insurance",
    "stop_delivery": "insurance",
    "delivered_without_cover": "insurance",
    "late_reporting": "insurance",
    "self_assessed_invalid": "self_assessed",
    "without_report": "reports",
    "differing_terms": "terms",
    "careful_sectors": "sector",
    "write_offs": "payment_history",
}


def compare(
    now: pd.DataFrame,
    then: pd.DataFrame,
    *,
    unjudged_now: Collection[str] = (),
    unjudged_then: Collection[str] = (),
) -> pd.DataFrame:
    """Return what became of the findings.

    Parameters
    ----------
    now, then : DataFrame
        ``code``, ``subject``, ``impact_cents``; a code stands once in each.
    unjudged_now, unjudged_then : collection of str
        Subjects and codes that the input could not support: a finding that is gone is then not
        closed, and one that came is not new.

    Returns
    -------
    DataFrame
        ``code``, ``subject``, ``status`` (one of ``STATUSES``, in that order),
        ``then_impact_cents`` and ``impact_cents`` (missing where there was no finding); within a
        status the largest effect first.

    Examples
    --------
    >>> one = pd.DataFrame({"code": ["disputes"], "subject": ["ageing"], "impact_cents": [500]})
    >>> compare(one.head(0), one)["status"].tolist()
    ['closed']
    >>> compare(one.head(0), one, unjudged_now={"disputes"})["status"].tolist()
    ['not_judged']
    """
    columns = ["code", "subject", "impact_cents"]
    both = now[columns].merge(
        then[columns].rename(columns={"impact_cents": "then_impact_cents"}),
        on=["code", "subject"],
        how="outer",
        indicator=True,
    )
    here, there = both["_merge"] != "right_only", both["_merge"] != "left_only"
    lost, unseen = (
        both["subject"].isin(list(u)) | both["code"].isin(list(u))
        for u in (unjudged_now, unjudged_then)
    )
    cases = [here & there, here & unseen, here, there & lost]
    status = np.select(cases, ["remaining", "first_judged", "new", "not_judged"], "closed")
    found = pd.DataFrame(
        {
            "code": both["code"].astype("string"),
            "subject": both["subject"].astype("string"),
            "status": pd.array(status, dtype="string"),
            "then_impact_cents": both["then_impact_cents"].astype("Int64"),
            "impact_cents": both["impact_cents"].astype("Int64"),
        }
    )
    place = pd.Index(STATUSES).get_indexer(found["status"])
    effect = found["impact_cents"].fillna(found["then_impact_cents"]).astype("Int64")
    keys = found.assign(place=place, effect=effect)
    keys = keys.sort_values(["place", "effect", "code"], ascending=[True, False, True])
    return found.loc[keys.index].reset_index(drop=True)


def unjudged(missing: Collection[str], capabilities: Collection[str]) -> frozenset[str]:
    """Return the subjects and the codes of findings that an input could not support.

    Examples
    --------
    >>> capabilities = {*FINDING_NEEDS.values()} - {"promises"}
    >>> sorted(unjudged(["limits"], capabilities))
    ['broken_promises', 'limits']
    """
    codes = {code for code, need in FINDING_NEEDS.items() if need not in capabilities}
    return frozenset({*missing, *codes})
