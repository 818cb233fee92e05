"""Which debtors pay: by country, sector, region and size, and who of them has room to buy more.

Each debtor with enough payments counts once: it pays on time when its weighted days late are at
most ``middle_days_late``. The share that does has a Wilson interval, so that three good payers in a
small group prove nothing. A group is good or to be careful with only when its whole interval lies
on one side of the share of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from statistics import NormalDist

import numpy as np
import pandas as pd

from credit_helpers.cents import count_by, ratio, ratios, sum_by
from credit_helpers.norms import SegmentationPolicy

NEEDS = ("payment_history",)
VERDICTS = ("good", "careful", "usual")
COLUMNS = ("country", "sector", "region", "segment_hint")
PROMPT = ("early", "on_time")


def wilson(count: np.ndarray, whole: np.ndarray, confidence: float) -> tuple[np.ndarray, ...]:
    """Return the lower and upper end of the Wilson interval of ``count`` out of ``whole``.

    Examples
    --------
    >>> low, high = wilson(np.array([5]), np.array([10]), 0.95)
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.237, 0.763)
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, size = count / whole, whole + z * z
    centre = (count + z * z / 2) / size
    spread = z * np.sqrt(share * (1 - share) / whole + (z / whole / 2) ** 2) * whole / size
    # Rounding may lift the end of a share of 0 or 1 past the share itself.
    return np.clip(centre - spread, 0, share), np.clip(centre + spread, share, 1)


def by_group(
    segments: pd.DataFrame, customers: pd.DataFrame, policy: SegmentationPolicy
) -> pd.DataFrame:
    """Return how many debtors of each group pay on time, and how sure that is.

    Parameters
    ----------
    segments : DataFrame
        ``customer_id``, ``behaviour``, ``size``, ``days_late``, ``sales_cents``,
        ``outstanding_cents``.
    customers : DataFrame
        The attributes of :data:`COLUMNS` that the input has.
    policy : SegmentationPolicy

    Returns
    -------
    DataFrame
        ``trait``, ``group``, ``debtors_count`` (judged), ``prompt_count``, ``prompt_share``,
        ``low_share``, ``high_share``, ``days_late`` (weighted by sales), ``sales_cents``,
        ``outstanding_cents``, ``verdict``. Groups with fewer than ``profile_min_count`` judged
        debtors are left out; an unknown value is no group. What is to be careful with first.
    """
    judged = segments[segments["behaviour"] != "unknown"].reset_index(drop=True)
    known = customers.set_index("customer_id").reindex(judged["customer_id"])
    values = {name: known[name] for name in COLUMNS if name in known}
    values["size"] = judged["size"]
    # Erratic is no lateness: what counts is the day on which a debtor pays.
    prompt = (judged["days_late"] <= policy.middle_days_late).to_numpy(dtype=bool)
    parts = [_grouped(name, column.array, judged, prompt) for name, column in values.items()]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[frame["debtors_count"] >= policy.profile_min_count].reset_index(drop=True)
    whole = frame["debtors_count"].to_numpy("float64")
    count = frame["prompt_count"].to_numpy("float64")
    low, high = wilson(count, whole, policy.profile_confidence_share)
    share = ratio(int(prompt.sum()), len(prompt))
    verdict = np.select([low > share, high < share], VERDICTS[:2], VERDICTS[2])
    frame = frame.assign(
        prompt_share=ratios(count, whole), low_share=low, high_share=high,
        verdict=pd.array(verdict, dtype="string"),
    )  # fmt: skip
    place = pd.Index(["careful", "good", "usual"]).get_indexer(frame["verdict"])
    keys = ["place", "prompt_share", "trait", "group"]
    order = frame.assign(place=place).sort_values(keys, kind="stable", ignore_index=True)
    columns = [
        *("trait", "group", "debtors_count", "prompt_count", "prompt_share", "low_share"),
        *("high_share", "days_late", "sales_cents", "outstanding_cents", "verdict"),
    ]
    return order[columns]


def with_room(segments: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """Return the good payers with room in their limit, the most room first.

    Parameters
    ----------
    segments : DataFrame
        ``customer_id``, ``name``, ``risk``, ``behaviour``, ``sales_cents``, ``days_late``.
    limits : DataFrame
        ``customer_id``, ``credit_limit_cents``, ``exposure_cents``, ``unused_cents``.

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``sales_cents``, ``days_late``, ``credit_limit_cents``,
        ``exposure_cents``, ``unused_cents``: debtors at low risk that pay on time or early, bought
        something in the period, and have something left of their limit.
    """
    good = segments[(segments["risk"] == "low") & segments["behaviour"].isin(list(PROMPT))]
    good = good.loc[good["sales_cents"] > 0, ["customer_id", "name", "sales_cents", "days_late"]]
    columns = ["customer_id", "credit_limit_cents", "exposure_cents", "unused_cents"]
    rows = good.merge(limits[columns], on="customer_id")
    rows = rows[rows["unused_cents"].gt(0).fillna(False).astype(bool)]
    order = rows.sort_values(["unused_cents", "customer_id"], ascending=[False, True])
    return order.reset_index(drop=True)


def _grouped(name: str, values: object, judged: pd.DataFrame, prompt: np.ndarray) -> pd.DataFrame:
    """Return the sums of each value of one attribute."""
    codes, found = pd.factorize(pd.Series(values, dtype="string").replace("", pd.NA))
    sales = judged["sales_cents"].clip(lower=0).to_numpy("int64")
    weighed = np.where(codes >= 0, np.nan_to_num(judged["days_late"]) * sales, 0)
    sums: Mapping[str, np.ndarray] = {
        "sales_cents": sum_by(codes, judged["sales_cents"], len(found)),
        "outstanding_cents": sum_by(codes, judged["outstanding_cents"], len(found)),
    }
    late = np.bincount(np.where(codes >= 0, codes, len(found)), weighed, len(found) + 1)[:-1]
    return pd.DataFrame(
        {
            "trait": pd.array([name] * len(found), dtype="string"),
            "group": pd.array(found, dtype="string"),
            "debtors_count": count_by(codes, len(found)),
            "prompt_count": count_by(np.where(prompt, codes, -1), len(found)),
            "days_late": ratios(late, sum_by(codes, sales, len(found))),
            **sums,
        }
    )
