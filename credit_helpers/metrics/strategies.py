"""Strategies: the approach that fits each debtor, and what each approach is about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from credit_helpers.cents import count_by, ratios, sum_by
from credit_helpers.strategy import Approach

NEEDS: tuple[str, ...] = ()


def assigned(segments: pd.DataFrame, approaches: Sequence[Approach]) -> pd.Series:
    """Return the code of the first approach that fits each debtor.

    Parameters
    ----------
    segments : DataFrame
        The columns that the approaches name.
    approaches : sequence of Approach
        In the order in which they are tried; the last fits who fits none.

    Examples
    --------
    >>> segments = pd.DataFrame({"risk": ["high", "low"], "size": ["small", "large"]})
    >>> rules = [Approach("secure", {"risk": ("high",), "size": ("large",)}),
    ...     Approach("restrict", {"risk": ("high",)}), Approach("observe")]
    >>> assigned(segments, rules).tolist()
    ['restrict', 'observe']
    """
    cases = [
        np.logical_and.reduce(
            [np.ones(len(segments), dtype=bool)]
            + [segments[name].isin(list(fit)).to_numpy(bool) for name, fit in one.fits.items()]
        )
        for one in approaches
    ]
    codes = [one.code for one in approaches]
    found = np.select(cases, codes, codes[-1])
    return pd.Series(pd.array(found, dtype="string"), index=segments.index)


def summary(segments: pd.DataFrame, approaches: Sequence[Approach]) -> pd.DataFrame:
    """Return how many debtors, sales and balance each approach is about, those that have any.

    Returns
    -------
    DataFrame
        ``approach``, ``debtors_count``, ``sales_cents``, ``outstanding_cents``,
        ``outstanding_share``, ``overdue_cents``; in the order in which they are tried.
    """
    codes = pd.Index([one.code for one in approaches]).get_indexer(segments["approach"])
    size = len(approaches)
    owed = sum_by(codes, segments["outstanding_cents"], size)
    frame = pd.DataFrame(
        {
            "approach": pd.array([one.code for one in approaches], dtype="string"),
            "debtors_count": count_by(codes, size),
            "sales_cents": sum_by(codes, segments["sales_cents"], size),
            "outstanding_cents": owed,
            "outstanding_share": ratios(owed, owed.sum()),
            "overdue_cents": sum_by(codes, segments["overdue_cents"], size),
        }
    )
    return frame[frame["debtors_count"] > 0].reset_index(drop=True)
