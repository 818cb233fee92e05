"""Exact sums of whole cents by group, and shares that are undefined without a whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from credit_helpers.buckets import bucket_names
from credit_helpers.keys import day_order


def sum_by(codes: ArrayLike, cents: ArrayLike, groups: int) -> NDArray[np.int64]:
    """Return the sum of ``cents`` per group, in ``int64`` from beginning to end.

    Parameters
    ----------
    codes : array of int
        Group of each amount, from 0; a negative code belongs to no group and is left out.
    cents : array of int
        Amounts in whole cents, either sign.
    groups : int
        Number of groups; a group without amounts has 0.

    Examples
    --------
    >>> sum_by([0, 2, 0, -1], [100, 50, -30, 999], 3).tolist()
    [70, 0, 50]
    """
    places, amounts = np.asarray(codes, dtype="int64"), np.asarray(cents, dtype="int64")
    sums = np.zeros(groups, dtype="int64")
    known = places >= 0
    if not known.all():
        places, amounts = places[known], amounts[known]
    np.add.at(sums, places, amounts)
    return sums


def count_by(codes: ArrayLike, groups: int) -> NDArray[np.int64]:
    """Return the number of rows per group; negative codes are left out.

    Examples
    --------
    >>> count_by([0, 2, 0, -1], 3).tolist()
    [2, 0, 1]
    """
    places = np.asarray(codes, dtype="int64")
    return np.bincount(places[places >= 0], minlength=groups).astype("int64")


def ratio(part: float, whole: float) -> float:
    """Return ``part / whole``; ``nan`` when the whole is zero, negative or unknown.

    Examples
    --------
    >>> ratio(1, 4), ratio(1, 0)
    (0.25, nan)
    """
    return float(part) / float(whole) if whole > 0 else float("nan")


def ratios(parts: ArrayLike, wholes: ArrayLike) -> NDArray[np.float64]:
    """Return :func:`ratio` for each pair; ``wholes`` may be one number for all.

    Examples
    --------
    >>> ratios([1, 2, 3], [4, 0, -1]).tolist()
    [0.25, nan, nan]
    """
    above, below = _numbers(parts), _numbers(wholes)
    found = np.full(np.broadcast_shapes(above.shape, below.shape), np.nan)
    return np.divide(above, below, out=found, where=below > 0)


def _numbers(values: ArrayLike) -> NDArray[np.number]:
    """Return whole numbers as they are, without a copy of them as floats."""
    found = np.asarray(values)
    return found if found.dtype.kind in "iuf" else np.asarray(values, dtype="float64")


def weighted_mean(values: ArrayLike, weights: ArrayLike) -> float:
    """Return the mean of the values that are known, weighted; ``nan`` without weight.

    Examples
    --------
    >>> weighted_mean([30.0, 60.0, float("nan")], [100, 300, 900])
    52.5
    """
    each, weight = np.asarray(values), np.asarray(weights)
    known = ~np.isnan(each)
    return ratio((each * weight)[known].sum(), weight[known].sum())


def running(days: NDArray[np.datetime64], cents: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return the days in order, and the sum of ``cents`` up to each place, starting with 0.

    Examples
    --------
    >>> days, totals = running(np.array(["2026-01-02", "2026-01-01"], "datetime64[D]"), [30, 100])
    >>> totals.tolist(), until(days[:1], days, totals).tolist()
    ([0, 100, 130], [100])
    """
    order = day_order(days)
    amounts = np.asarray(cents, dtype="int64")[order]
    return days[order], np.concatenate([[0], amounts.cumsum()])


def until(ends: np.ndarray, days: np.ndarray, totals: np.ndarray) -> NDArray[np.int64]:
    """Return what :func:`running` counted on or before each of ``ends``."""
    return totals[np.searchsorted(days, ends, side="right")]


def by_bucket_columns(sums: NDArray[np.int64], edges: Sequence[int]) -> dict[str, ArrayLike]:
    """Return columns of cents per bucket, their sum, what is overdue, and its share.

    Parameters
    ----------
    sums : array of int, one row per group and one column per bucket
        The last column has no due date and counts in the sum alone.
    edges : sequence of int
        As in :func:`~credit_helpers.buckets.bucket_names`.

    Examples
    --------
    >>> columns = by_bucket_columns(np.array([[300, 100, 50]]), (0,))
    >>> {name: column.tolist() for name, column in columns.items()}["overdue_share"]
    [0.25]
    """
    overdue = sums[:, 1:-1].sum(axis=1)
    columns = {f"{name}_cents": sums[:, k] for k, name in enumerate(bucket_names(edges))}
    return {
        **columns,
        "outstanding_cents": sums.sum(axis=1),
        "overdue_cents": overdue,
        "overdue_share": ratios(overdue, sums[:, :-1].sum(axis=1)),
    }
