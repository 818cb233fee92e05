"""How the clients of a batch stand to each other: ranks, and percentiles without names.

Of every indicator here, less is better. What may go to a client holds its own figures and the
quartiles of all; quartiles are given from five clients on, since of fewer a reader could tell
whose figure he sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from credit_helpers.formats import is_missing

ANONYMOUS_FROM = 5
INDICATORS = {
    "overdue_share": "share",
    "oldest_share": "share",
    "dso_days": "days",
    "days_late": "days",
    "release_share": "share",
    "top1_share": "share",
    "excess_share": "share",
    "first_action_days": "days",
}


def indicators_of(client: Mapping[str, Any]) -> dict[str, float | None]:
    """Return the value of every indicator of a client; ``None`` when it is not known.

    Those that are no figure of the client are what its judgements were measured on. The share to
    release is of the balance.
    """
    measured = {row["measure_name"]: row["value"] for row in client["judgements"]}
    balance, release = client["outstanding_cents"], client["release_cents"]
    if balance and balance > 0 and not is_missing(release):
        measured["release_share"] = release / balance
    known = {name: client.get(name, measured.get(name)) for name in INDICATORS}
    return {name: None if is_missing(value) else value for name, value in known.items()}


def standings(values: Sequence[Any]) -> list[dict[str, Any] | None]:
    """Return how each value stands to the others, less being better.

    Parameters
    ----------
    values : sequence of float or None
        One per client; ``None`` and ``nan`` are not known.

    Returns
    -------
    list of dict or None
        ``rank_count`` (1 is best; equal values share the best rank), ``better_than_count``,
        ``equal_count`` and ``others_count``. ``None`` for what is not known, and when there is no
        other to compare with.

    Examples
    --------
    >>> standings([0.2, 0.1, None])[1]
    {'rank_count': 1, 'better_than_count': 1, 'equal_count': 0, 'others_count': 1}
    >>> standings([0.2])
    [None]
    """
    known = np.sort([value for value in values if not is_missing(value)]).astype(float)
    if len(known) < 2:
        return [None] * len(values)
    return [None if is_missing(value) else _standing(float(value), known) for value in values]


def quartiles(values: Iterable[Any]) -> dict[str, Any]:
    """Return the quartiles of what is known, and how many values that are.

    Quartiles between two values are interpolated. Below ``ANONYMOUS_FROM`` values they are
    ``None``.

    Examples
    --------
    >>> quartiles([1.0, 2.0, 3.0, 4.0, 5.0])
    {'known_count': 5, 'first_quartile': 2.0, 'median': 3.0, 'third_quartile': 4.0}
    >>> quartiles([1.0, 2.0, None])["median"] is None
    True
    """
    known = [value for value in values if not is_missing(value)]
    names = ("first_quartile", "median", "third_quartile")
    if len(known) < ANONYMOUS_FROM:
        return {"known_count": len(known), **dict.fromkeys(names)}
    found = np.percentile(np.array(known, dtype=float), (25, 50, 75)).tolist()
    return {"known_count": len(known), **dict(zip(names, found, strict=True))}


def quarter(value: Any, among: Mapping[str, Any]) -> str:
    """Return in which part of the clients a value lies; a value on an edge counts as the better.

    Examples
    --------
    >>> among = quartiles([1.0, 2.0, 3.0, 4.0, 5.0])
    >>> [quarter(value, among) for value in (2.0, 3.0, 4.0, 4.5, None)]
    ['best', 'better', 'worse', 'worst', '']
    """
    if is_missing(value) or is_missing(among["median"]):
        return ""
    edges = [among[name] for name in ("first_quartile", "median", "third_quartile")]
    return ("best", "better", "worse", "worst")[int(np.searchsorted(edges, value))]


def ranks(keys: Sequence[tuple[float, ...] | None]) -> list[int | None]:
    """Return the place of each key when the heaviest stands first; equal keys share a place.

    Examples
    --------
    >>> ranks([(1, 0), (3, 1), None, (3, 1), (0, 9)])
    [3, 1, None, 1, 4]
    """
    known = [key for key in keys if key is not None]
    return [None if key is None else 1 + sum(other > key for other in known) for key in keys]


def _standing(value: float, known: np.ndarray) -> dict[str, Any]:
    below = int(np.searchsorted(known, value, side="left"))
    above = len(known) - int(np.searchsorted(known, value, side="right"))
    return {
        "rank_count": below + 1,
        "better_than_count": above,
        "equal_count": len(known) - below - above - 1,
        "others_count": len(known) - 1,
    }
