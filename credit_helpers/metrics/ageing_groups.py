"""Where the overdue balance sits: the attributes of the ledger beside each other.

An attribute, such as the sector or the salesperson, says something when its worst group is much
more overdue than all others. Groups without enough balance are no worst group: a single late
invoice would make them one.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from credit_helpers.cents import ratio, ratios

NEEDS: tuple[str, ...] = ()
# Every attribute by which a balance can be told apart, in the order of the report.
ATTRIBUTES = (
    "group_id",
    "segment_hint",
    "sector",
    "country",
    "region",
    "salesperson",
    "department",
    "currency",
)


def compare(frames: Mapping[str, pd.DataFrame], min_share: float) -> pd.DataFrame:
    """Return the worst group of each attribute beside all others, the widest gap first.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        The ageing by attribute: ``group``, ``outstanding_cents``, ``no_due_date_cents``,
        ``overdue_cents``; the group "" is not known.
    min_share : float
        The least share of what has a due date that a worst group must have, and that all others
        must have together: beside next to nothing no group is worse.

    Returns
    -------
    DataFrame
        ``attribute``, ``groups_count``, ``unknown_cents`` (of no known group), ``group`` (the
        worst), ``outstanding_cents``, ``aged_cents`` and ``overdue_share`` of it,
        ``others_overdue_share``, ``gap_share`` (the difference). An attribute without two known
        groups, or without a group that is large enough, has no gap.

    Examples
    --------
    >>> frame = pd.DataFrame({"group": ["A", "B"], "outstanding_cents": [400, 600],
    ...     "no_due_date_cents": 0, "overdue_cents": [300, 150]})
    >>> compare({"sector": frame}, 0.05)[["group", "gap_share"]].to_numpy().tolist()
    [['A', 0.5]]
    """
    rows = [_worst(name, frame, min_share) for name, frame in frames.items()]
    columns = [
        *("attribute", "groups_count", "unknown_cents", "group", "outstanding_cents"),
        *("aged_cents", "overdue_share", "others_overdue_share", "gap_share"),
    ]
    table = pd.DataFrame(rows, columns=columns)
    order = table.sort_values("gap_share", ascending=False, kind="stable", na_position="last")
    return order.reset_index(drop=True)


def _worst(name: str, frame: pd.DataFrame, min_share: float) -> dict[str, object]:
    aged = (frame["outstanding_cents"] - frame["no_due_date_cents"]).to_numpy()
    overdue = frame["overdue_cents"].to_numpy()
    known = (frame["group"] != "").to_numpy(dtype=bool)
    share = ratios(overdue, aged)
    least = min_share * max(aged.sum(), 0)
    large = known & (aged >= least) & (aged.sum() - aged >= least) & ~np.isnan(share)
    found = {
        "attribute": name,
        "groups_count": int(known.sum()),
        "unknown_cents": int(frame["outstanding_cents"].to_numpy()[~known].sum()),
    }
    if known.sum() < 2 or not large.any():
        return found
    worst = int(np.argmax(np.where(large, share, -np.inf)))
    others = ratio(overdue.sum() - overdue[worst], aged.sum() - aged[worst])
    return {
        **found,
        "group": str(frame["group"].iloc[worst]),
        "outstanding_cents": int(frame["outstanding_cents"].iloc[worst]),
        "aged_cents": int(aged[worst]),
        "overdue_share": share[worst],
        "others_overdue_share": others,
        "gap_share": share[worst] - others,
    }
