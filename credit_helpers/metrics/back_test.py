"""Back-test: how early the warnings spoke of debtors that failed, and how often for nothing.

A debtor fails on the day that a claim on it was first written off, if it paid nothing afterwards,
or that a person reported it insolvent: who is forgiven an invoice and pays the next one did not
fail. A warning begins on a day on which the debtor is warned about and was not a month before. It
was right when the debtor failed within the horizon after that day, wrong when the horizon passed
without. A warning whose horizon is not over yet is undecided, also when the debtor failed already:
else the latest months would count what came true and not what did not. After its failure a debtor
is left out. Only days with a full past behind them are judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from credit_helpers.cents import ratio
from credit_helpers.keys import item_places
from credit_helpers.norms import EarlyWarningPolicy

NEEDS = ("payment_history",)


@dataclass(frozen=True)
class BackTestFigures:
    """What the warnings of the past were worth.

    ``recall_share`` is which part of the failures was warned of within the horizon before them,
    ``precision_share`` which part of the decided warnings was right, ``base_share`` which part of
    the debtors that owed something failed within the horizon without regard to warnings,
    ``lead_days`` the median of the days between the first of those warnings and the failure. They
    are ``nan`` with fewer failures than ``min_failures_count``: the past then says too little.
    """

    tested_months_count: int
    failures_count: int
    caught_count: int
    warnings_count: int
    right_count: int
    wrong_count: int
    recall_share: float
    precision_share: float
    base_share: float
    lead_days: float
    warned_debtors_count: int
    warned_cents: int


def failures(
    items: pd.DataFrame,
    settlements: pd.DataFrame,
    reported: pd.DataFrame,
    customer_id: pd.Index,
    policy: EarlyWarningPolicy,
) -> NDArray[np.datetime64]:
    """Return the day on which each debtor failed; ``NaT`` for those that did not.

    Parameters
    ----------
    items, settlements : DataFrame
        Those of the snapshot. Write-offs below ``min_write_off_cents`` are no failure, and neither
        are those of debtors that made a payment after it.
    reported : DataFrame
        ``customer_id``, ``reported_on``, of insolvencies.
    customer_id : Index
    policy : EarlyWarningPolicy
    """
    lost = (settlements["kind"] == "write_off") & settlements["settled_on"].notna()
    rows = settlements[lost & (settlements["amount_cents"] >= policy.min_write_off_cents)]
    debtor, day = _debtors(rows, items, customer_id)
    paid, paid_on = _debtors(settlements[settlements["kind"] == "payment"], items, customer_id)
    last = np.full(len(customer_id), np.datetime64("0001-01-01", "D"))
    np.maximum.at(last, paid[paid >= 0], paid_on[paid >= 0])
    is_over = (debtor >= 0) & (day >= last[debtor])
    codes = np.concatenate([debtor[is_over], customer_id.get_indexer(reported["customer_id"])])
    days = np.concatenate([day[is_over], reported["reported_on"].to_numpy("datetime64[D]")])
    never = np.datetime64("9999-12-31", "D")
    first = np.full(len(customer_id), never)
    np.minimum.at(first, codes[codes >= 0], days[codes >= 0])
    return np.where(first == never, np.datetime64("NaT", "D"), first)


def _debtors(
    settlements: pd.DataFrame, items: pd.DataFrame, customer_id: pd.Index
) -> tuple[NDArray[np.int64], NDArray[np.datetime64]]:
    """Return of each dated settlement its debtor's place, -1 for an unknown one, and its day."""
    rows = settlements[settlements["settled_on"].notna()]
    names = items["customer_id"].to_numpy()[item_places(rows, items)]
    return customer_id.get_indexer(names), rows["settled_on"].to_numpy("datetime64[D]")


def figures(
    warned: NDArray[np.bool_],
    owed: NDArray[np.int64],
    days: NDArray[np.datetime64],
    failed_on: NDArray[np.datetime64],
    *,
    start: np.datetime64,
    policy: EarlyWarningPolicy,
) -> BackTestFigures:
    """Return what the warnings were worth; see :class:`BackTestFigures`.

    Parameters
    ----------
    warned, owed : array, debtors by days
        Who was warned about, and what each owed, on each day; the last is the as-of date.
    days : array of datetime64
    failed_on : array of datetime64
        From :func:`failures`.
    start : datetime64
        The first day with a full past.
    policy : EarlyWarningPolicy
    """
    test = _Test(days, failed_on, start, policy.horizon_days)
    right, wrong, all_starts = test.judged(warned)
    caught, lead = test.caught(warned)
    events = int(test.events.sum())
    enough = events >= policy.min_failures_count
    hit, miss = test.outcomes(owed > 0)
    shares = {
        "recall_share": ratio(int(caught.sum()), events),
        "precision_share": ratio(right, right + wrong),
        "base_share": ratio(hit, hit + miss),
        "lead_days": float(np.median(lead)) if len(lead) else float("nan"),
    }
    now = warned[:, -1] & (owed[:, -1] > 0)
    return BackTestFigures(
        tested_months_count=int(test.usable.sum()),
        failures_count=events,
        caught_count=int(caught.sum()),
        warnings_count=all_starts,
        right_count=right,
        wrong_count=wrong,
        **{name: value if enough else float("nan") for name, value in shares.items()},
        warned_debtors_count=int(now.sum()),
        warned_cents=int(owed[now, -1].sum()),
    )


def by_signal(
    flags: Mapping[str, NDArray[np.bool_]],
    owed: NDArray[np.int64],
    days: NDArray[np.datetime64],
    failed_on: NDArray[np.datetime64],
    *,
    start: np.datetime64,
    policy: EarlyWarningPolicy,
) -> pd.DataFrame:
    """Return what each signal says now, and what it was worth by itself.

    Returns
    -------
    DataFrame
        ``signal``, ``points_count``, ``debtors_count`` and ``outstanding_cents`` (now, of who
        owes something), ``warnings_count``, ``right_count``, ``wrong_count`` (of the past),
        ``precision_share`` (``nan`` with too few failures in all).
    """
    test = _Test(days, failed_on, start, policy.horizon_days)
    enough = int(test.events.sum()) >= policy.min_failures_count
    rows = []
    for name, flag in flags.items():
        right, wrong, begun = test.judged(flag)
        now = flag[:, -1] & (owed[:, -1] > 0)
        rows.append(
            {
                "signal": name,
                "points_count": getattr(policy, f"points_{name}_count"),
                "debtors_count": int(now.sum()),
                "outstanding_cents": int(owed[now, -1].sum()),
                "warnings_count": begun,
                "right_count": right,
                "wrong_count": wrong,
                "precision_share": ratio(right, right + wrong) if enough else float("nan"),
            }
        )
    return pd.DataFrame(rows).astype({"signal": "string"})


class _Test:
    """The days that can be judged, and which of them a failure followed."""

    def __init__(
        self,
        days: NDArray[np.datetime64],
        failed_on: NDArray[np.datetime64],
        start: np.datetime64,
        horizon: int,
    ) -> None:
        self.usable = (days >= start) & (days < days[-1])
        wait = (failed_on[:, None] - days[None, :]).astype("timedelta64[D]")
        never = np.isnat(failed_on)[:, None]
        self.wait = np.where(never, np.iinfo("int64").max, wait.astype("int64"))
        self.follows = (self.wait > 0) & (self.wait <= horizon)
        self.alive = self.wait > 0
        self.is_over = (days + np.timedelta64(horizon, "D") <= days[-1])[None, :]
        known = days[self.usable]
        first = known[0] if len(known) else days[-1]
        self.events = ~np.isnat(failed_on) & (failed_on > first) & (failed_on <= days[-1])

    def outcomes(self, flag: NDArray[np.bool_]) -> tuple[int, int]:
        """Return on how many decided debtor-days with a flag a failure followed, and did not."""
        seen = flag & self.alive & self.usable[None, :] & self.is_over
        return int((seen & self.follows).sum()), int((seen & ~self.follows).sum())

    def judged(self, flag: NDArray[np.bool_]) -> tuple[int, int, int]:
        """Return right and wrong beginnings, and how many there were."""
        before = np.zeros_like(flag)
        before[:, 1:] = flag[:, :-1]
        # What went on already on the first day that can be judged begins there.
        first = int(self.usable.argmax())
        before[:, first] = False
        begun = flag & ~before
        right, wrong = self.outcomes(begun)
        return right, wrong, int((begun & self.alive & self.usable[None, :]).sum())

    def caught(self, flag: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Return which failures were warned of within the horizon, and how many days before."""
        seen = flag & self.follows & self.usable[None, :] & self.events[:, None]
        found = seen.any(axis=1)
        rows = np.flatnonzero(found)
        return found, self.wait[rows, seen[rows].argmax(axis=1)]
