"""Debtors by months: running totals of what happened, each event counted once.

A period ends on a day and begins after the day before it. The first period holds everything up to
its day. So what was known on a day is a column, and a window of months is the difference of two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from credit_helpers.cents import sum_by


@dataclass(frozen=True, eq=False)
class MonthGrid:
    """A number of debtors on days a month apart.

    Parameters
    ----------
    groups : int
        Number of debtors.
    ends : array of datetime64
        Last days of the periods, ascending.
    count : int
        How many of the last days are looked at; those before only serve their windows.

    Examples
    --------
    >>> days = np.array(["2026-01-31", "2026-02-28", "2026-03-31"], dtype="datetime64[D]")
    >>> grid = MonthGrid(1, days, 2)
    >>> totals = grid.totals([0, 0, 0], days, [1, 10, 100])
    >>> grid.standing(totals).tolist(), grid.window(totals, 1).tolist()
    ([[11, 111]], [[10, 100]])
    """

    groups: int
    ends: NDArray[np.datetime64]
    count: int

    @property
    def days(self) -> NDArray[np.datetime64]:
        """The days that are looked at."""
        return self.ends[-self.count :]

    def totals(self, codes: ArrayLike, on: ArrayLike, amounts: ArrayLike) -> NDArray[np.int64]:
        """Return what had been added by each day; what has no day counts from the first."""
        days, code = np.asarray(on).astype("datetime64[D]"), np.asarray(codes)
        # One array that is changed where it stands, since there are as many rows as events.
        width, place = len(self.ends), np.searchsorted(self.ends, days, side="left")
        place[np.isnat(days)] = 0
        is_out = (code < 0) | (place >= width)
        place += code * np.int64(width)
        place[is_out] = -1
        sums = sum_by(place, amounts, self.groups * width)
        sums = sums.reshape(self.groups, width)
        return np.cumsum(sums, axis=1, out=sums)

    def standing(self, totals: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the totals on the days that are looked at."""
        return totals[:, -self.count :]

    def window(self, totals: NDArray[np.int64], months: int, *, ago: int = 0) -> NDArray[np.int64]:
        """Return the sum of so many months, until so many months before each day."""
        end = len(self.ends) - ago
        start = end - self.count
        return totals[:, start:end] - totals[:, start - months : end - months]

    def happened(self, codes: ArrayLike, on: pd.Series, months: int) -> NDArray[np.bool_]:
        """Return whether anything happened in the window; without a day it proves nothing."""
        days = on.to_numpy("datetime64[D]")
        dated = np.where(np.isnat(days), -1, np.asarray(codes, dtype="int64"))
        return self.window(self.totals(dated, days, np.ones(len(days))), months) > 0


def month_days(as_of: pd.Timestamp, months: int) -> NDArray[np.datetime64]:
    """Return the day and the days so many months before it; month ends when it is one.

    Examples
    --------
    >>> month_days(pd.Timestamp("2026-03-31"), 1).astype(str).tolist()
    ['2026-02-28', '2026-03-31']
    """
    back = [as_of - pd.DateOffset(months=k) for k in range(months, -1, -1)]
    if as_of.is_month_end:
        back = [day + pd.offsets.MonthEnd(0) for day in back]
    return np.array(back, dtype="datetime64[D]")
