"""Buckets of days: their names and the bucket that a number of days falls in.

A bucket is closed on its right edge: with edges 0, 30, 60 day 30 lies in ``d1_30`` and day 31 in
``d31_60``.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

NOT_DUE, NO_DUE_DATE = "not_due", "no_due_date"


def bucket_names(edges: Sequence[int]) -> tuple[str, ...]:
    """Return the names of the buckets by due date, in order; the last is ``no_due_date``.

    Parameters
    ----------
    edges : sequence of int
        Ascending days past due; the first is 0, the last day that is not overdue.

    Examples
    --------
    >>> bucket_names((0, 14, 30))
    ('not_due', 'd1_14', 'd15_30', 'd31_plus', 'no_due_date')
    """
    inner = [f"d{low + 1}_{high}" for low, high in itertools.pairwise(edges)]
    return (NOT_DUE, *inner, f"d{edges[-1] + 1}_plus", NO_DUE_DATE)


def bucket_codes(days: ArrayLike, edges: Sequence[int]) -> NDArray[np.int8]:
    """Return each item's place in :func:`bucket_names`, from its days past due.

    Parameters
    ----------
    days : array of float
        Days past due; negative before the due date, ``nan`` without one.
    edges : sequence of int
        As in :func:`bucket_names`.

    Examples
    --------
    >>> bucket_codes([-5, 0, 1, 30, 31, 91, float("nan")], (0, 30, 60, 90)).tolist()
    [0, 0, 1, 1, 2, 4, 5]
    """
    values = np.asarray(days, dtype="float64")
    codes = np.searchsorted(np.asarray(edges, dtype="float64"), values, side="left")
    return np.where(np.isnan(values), len(edges) + 1, codes).astype("int8")


def age_names(edges: Sequence[int]) -> tuple[str, ...]:
    """Return the names of the buckets by date of issue; the first holds the day of issue too.

    Examples
    --------
    >>> age_names((0, 30, 60)), age_names((0,))
    (('d0_30', 'd31_60', 'd61_plus'), ('d0_plus',))
    """
    if len(edges) == 1:
        return (f"d{edges[0]}_plus",)
    return (f"d{edges[0]}_{edges[1]}", *bucket_names(edges[1:])[1:-1])


def age_codes(days: ArrayLike, edges: Sequence[int]) -> NDArray[np.int8]:
    """Return each item's place in :func:`age_names`, from its days since issue.

    Examples
    --------
    >>> age_codes([0, 30, 31, 400], (0, 30, 60)).tolist()
    [0, 0, 1, 2]
    """
    return np.searchsorted(np.asarray(edges[1:]), np.asarray(days), side="left").astype("int8")
