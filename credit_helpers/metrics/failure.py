"""What is lost if the largest fail today: debtors of one group fail together.

An exposure is a group, or a debtor that belongs to none. Only positive balances count: what one
company of a group has to its credit pays nothing of what another owes. Cover is the insured limit
as far as it is used, times the part that the insurer pays out. Tax that can be reclaimed on a bad
debt is left out, and so is what a liquidator may still pay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from credit_helpers.cents import count_by, ratio, ratios, sum_by
from credit_helpers.keys import customer_places
from credit_helpers.norms import ConcentrationPolicy

NEEDS: tuple[str, ...] = ()
NAN = float("nan")
ORDER = ["outstanding_cents", "customer_id"]


@dataclass(frozen=True)
class FailureFigures:
    """The largest exposures in one line.

    ``largest`` is the largest exposure, a group or a debtor alone, and ``largest_loss_cents``
    what stays of it after cover (``nan`` when the input has no insured limits). ``groups_count``
    counts the groups of which at least two debtors owe something; ``group_cents`` and
    ``group_share`` are of the largest of those, ``nan`` without any.
    """

    exposures_count: int
    largest_cents: int
    largest_share: float
    largest_loss_cents: float
    groups_count: int
    group_cents: float
    group_share: float


def exposures(
    by_customer: pd.DataFrame, customers: pd.DataFrame, payout_share: float
) -> pd.DataFrame:
    """Return what each group, or debtor without one, owes, the largest first.

    Parameters
    ----------
    by_customer : DataFrame
        ``customer_id``, ``outstanding_cents``.
    customers : DataFrame
        ``customer_id``, ``name``, and ``group_id`` and ``insured_limit_cents`` where the input
        has them.
    payout_share : float
        The part of an insured loss that the insurer pays out.

    Returns
    -------
    DataFrame
        ``rank_count`` from 1, ``group_id`` (missing for a debtor alone), ``name`` (of the debtor
        that owes most), ``customer_id`` (its number), ``debtors_count`` (that owe something),
        ``outstanding_cents``, ``outstanding_share``, ``covered_cents`` (``Int64``, rounded down;
        missing throughout when the input has no insured limits), ``loss_cents`` (the rest).

    Examples
    --------
    >>> balance = pd.DataFrame({"customer_id": ["1", "2", "3"],
    ...     "outstanding_cents": [500, 400, 700]})
    >>> known = pd.DataFrame({"customer_id": ["1", "2", "3"], "name": ["A", "B", "C"],
    ...     "group_id": ["G", "G", None], "insured_limit_cents": [300, None, None]})
    >>> table = exposures(balance, known, 0.9)
    >>> table[["name", "debtors_count", "outstanding_cents", "loss_cents"]].to_numpy().tolist()
    [['A', 2, 900, 630], ['C', 1, 700, 700]]
    """
    owing = by_customer[by_customer["outstanding_cents"] > 0]
    owing = owing.sort_values(ORDER, ascending=[False, True], kind="stable", ignore_index=True)
    place = customer_places(owing, customers)
    known = customers.iloc[place].reset_index(drop=True)
    group = _text(known, "group_id").replace("", pd.NA)
    # A debtor's number is no group: the two kinds of key are kept apart.
    keys = ("g" + group).fillna("d" + owing["customer_id"].astype("string"))
    codes, found = pd.factorize(keys)
    first = np.full(len(found), len(owing), dtype="int64")
    np.minimum.at(first, codes, np.arange(len(owing)))
    sums = sum_by(codes, owing["outstanding_cents"], len(found))
    paid = _covered(owing["outstanding_cents"], _insured(known), payout_share)
    cover = pd.array(sum_by(codes, paid, len(found)), dtype="Int64")
    if _insured(customers).isna().all():
        cover = pd.array([pd.NA] * len(found), dtype="Int64")
    frame = pd.DataFrame(
        {
            "group_id": group.array[first],
            "name": _text(known, "name").array[first],
            "customer_id": _text(known, "customer_id").array[first],
            "debtors_count": count_by(codes, len(found)),
            "outstanding_cents": sums,
            "outstanding_share": ratios(sums, sums.sum()),
            "covered_cents": cover,
        }
    )
    frame["loss_cents"] = frame["outstanding_cents"] - frame["covered_cents"]
    frame = frame.sort_values(ORDER, ascending=[False, True], kind="stable", ignore_index=True)
    frame.insert(0, "rank_count", np.arange(1, len(frame) + 1, dtype="int64"))
    return frame


def losses(exposures: pd.DataFrame, policy: ConcentrationPolicy) -> pd.DataFrame:
    """Return what is lost when the so many largest exposures of ``top_n`` fail at once.

    Returns
    -------
    DataFrame
        ``top_count``, ``outstanding_cents`` (the loss without cover), ``outstanding_share``,
        ``covered_cents``, ``loss_cents`` (with cover; both missing when cover is unknown). A
        number larger than there are exposures has no row.

    Examples
    --------
    >>> from credit_helpers.policy import load_policy
    >>> rows = pd.DataFrame({"outstanding_cents": [900, 700], "covered_cents": [270, 0]})
    >>> losses(rows.astype("Int64"), load_policy().concentration)["loss_cents"].tolist()
    [630]
    """
    tops = np.array([n for n in policy.top_n if n <= len(exposures)], dtype="int64")
    lost = exposures["outstanding_cents"].astype("int64").cumsum()
    cover = exposures["covered_cents"].cumsum()
    frame = pd.DataFrame(
        {
            "top_count": tops,
            "outstanding_cents": lost.to_numpy()[tops - 1],
            "outstanding_share": ratios(lost.to_numpy()[tops - 1], lost.max() if len(lost) else 0),
            "covered_cents": cover.astype("Int64").array[tops - 1],
        }
    )
    frame["loss_cents"] = frame["outstanding_cents"] - frame["covered_cents"]
    return frame


def figures(exposures: pd.DataFrame) -> FailureFigures:
    """Return the figures of :func:`exposures`; see :class:`FailureFigures`."""
    total = int(exposures["outstanding_cents"].sum())
    largest = exposures.head(1)
    groups = exposures[exposures["debtors_count"] > 1]
    cents = int(largest["outstanding_cents"].sum())
    is_known = bool(largest["loss_cents"].notna().any())
    group = float(groups["outstanding_cents"].max()) if len(groups) else NAN
    return FailureFigures(
        exposures_count=len(exposures),
        largest_cents=cents,
        largest_share=ratio(cents, total),
        largest_loss_cents=float(largest["loss_cents"].sum()) if is_known else NAN,
        groups_count=len(groups),
        group_cents=group,
        group_share=ratio(group, total),
    )


def _covered(owed: pd.Series, limit: pd.Series, payout_share: float) -> np.ndarray:
    """Return what the insurer pays of each balance, in whole cents, rounded down."""
    within = np.minimum(owed.to_numpy("int64"), limit.fillna(0).to_numpy("int64"))
    # Six decimals first: 0.9 x 10 is 9, not just below it.
    return np.floor(np.round(within * payout_share, 6)).astype("int64")


def _text(customers: pd.DataFrame, column: str) -> pd.Series:
    if column in customers:
        return customers[column].astype("string")
    return pd.Series(pd.NA, index=customers.index, dtype="string")


def _insured(customers: pd.DataFrame) -> pd.Series:
    if "insured_limit_cents" in customers:
        return customers["insured_limit_cents"].astype("Int64")
    return pd.Series(pd.NA, index=customers.index, dtype="Int64")
