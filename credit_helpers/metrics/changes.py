"""What changed since an earlier audit: figures then and now."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

NEEDS = ("previous",)
COURSES = ("better", "worse", "same", "neutral", "unknown")

# A smaller change is none: half a percentage point, half a day, one document or debtor. Amounts
# and indices have no scale of their own: there it is a hundredth of what it was. Beside a small
# norm little counts already: never more than this part of the norm.
LEAST_CHANGES = {"share": 0.005, "days": 0.5, "count": 1.0, "cents": 0.01, "index": 0.01}
RELATIVE = ("cents", "index")
NORM_PART = 0.1


@dataclass(frozen=True)
class Measure:
    """How a figure is judged.

    Parameters
    ----------
    unit : str
        A key of ``LEAST_CHANGES``.
    better : str
        ``"lower"``, ``"higher"``, or empty when neither is good in itself.
    norm : str
        The policy value it is held against; empty when it has none.
    """

    unit: str
    better: str = "lower"
    norm: str = ""


MEASURES: Mapping[str, Measure] = {
    "ageing.outstanding_cents": Measure("cents", better=""),
    "ageing.overdue_cents": Measure("cents"),
    "ageing.overdue_share": Measure("share", norm="ageing.max_overdue_share"),
    "ageing.oldest_cents": Measure("cents"),
    "ageing.oldest_share": Measure("share", norm="ageing.max_d91_plus_share"),
    "dso.dso_days": Measure("days", norm="dso.target_days"),
    "dso.average_days_delinquent": Measure("days", norm="dso.max_delinquent_days"),
    "dso.release_cents": Measure("cents"),
    "behaviour.days_late": Measure("days", norm="behaviour.max_days_late"),
    "concentration.top1_share": Measure("share", norm="concentration.max_top1_share"),
    "concentration.hhi_index": Measure("index", norm="concentration.max_hhi"),
    "limits.over_limit_count": Measure("count", norm="limits.max_over_limit_count"),
    "limits.excess_cents": Measure("cents"),
    "order_to_cash.own_error_share": Measure("share", norm="order_to_cash.max_own_error_share"),
    "invoicing.lag_days": Measure("days", norm="order_to_cash.max_invoicing_lag_days"),
    "disputes.resolve_days": Measure("days", norm="order_to_cash.max_resolve_days"),
    "collection.first_action_days": Measure("days", norm="collection.max_first_action_days"),
    "collection.open_unreminded_cents": Measure("cents"),
    "collection.kept_share": Measure("share", "higher", "collection.min_kept_share"),
    "write_offs.credit_notes_share": Measure("share", norm="quality.max_credit_note_share"),
    "write_offs.written_off_share": Measure("share", norm="quality.max_write_off_share"),
}

# A figure says something else when what it is measured over has changed.
BASES = {
    "ageing.oldest_cents": "ageing.oldest_from_days",
    "ageing.oldest_share": "ageing.oldest_from_days",
    **{key: "dso.period_days" for key in MEASURES if key.startswith(("dso.", "write_offs."))},
}


def figures(
    now: Mapping[str, float], then: Mapping[str, float], policy: Mapping[str, float]
) -> pd.DataFrame:
    """Return every figure then and now, and whether it became better.

    Parameters
    ----------
    now, then : mapping
        Value by ``subject.field``, ``nan`` for what is not known. A figure that is new to the
        program is not known then; one that it no longer has is left out.
    policy : mapping
        Policy values by key, of which the norms are taken.

    Returns
    -------
    DataFrame
        ``key``, ``is_main`` (a figure of ``MEASURES`` that is known then or now), ``then``,
        ``now``, ``change`` (now − then, ``nan`` unless both are known on the same basis),
        ``course`` (one of ``COURSES``; one too small to count is ``same``), ``target``
        (the norm, else ``nan``), ``target_met`` (boolean, missing without a norm; the norm itself
        is met). The main figures first, in the order of ``MEASURES``.

    Examples
    --------
    >>> found = figures({"dso.dso_days": 58.0}, {"dso.dso_days": 61.0}, {"dso.target_days": 45.0})
    >>> float(found.loc[0, "change"]), found.loc[0, "course"], bool(found.loc[0, "target_met"])
    (-3.0, 'better', False)
    """
    known = [key for key in MEASURES if key in now]
    keys = [*known, *(key for key in now if key not in MEASURES)]
    frame = pd.DataFrame(
        {
            "key": pd.array(keys, dtype="string"),
            "then": np.array([then.get(key, math.nan) for key in keys], dtype="float64"),
            "now": np.array([now[key] for key in keys], dtype="float64"),
        }
    )
    is_alike = np.array([_on_same_basis(key, now, then) for key in keys], dtype=bool)
    frame["change"] = (frame["now"] - frame["then"]).where(is_alike)
    frame["target"] = np.array([_norm(key, policy) for key in keys], dtype="float64")
    rows = zip(keys, *(frame[name] for name in ("then", "change", "target")), strict=True)
    frame.insert(4, "course", pd.array([_course(*row) for row in rows], dtype="string"))
    frame["target_met"] = _met(frame, keys)
    is_known = frame["then"].notna() | frame["now"].notna()
    frame.insert(1, "is_main", frame["key"].isin(list(MEASURES)) & is_known)
    order = frame.sort_values("is_main", ascending=False, kind="stable")
    return order.reset_index(drop=True)


def _on_same_basis(key: str, now: Mapping[str, float], then: Mapping[str, float]) -> bool:
    basis = BASES.get(key)
    return basis is None or then.get(basis) == now.get(basis)


def _norm(key: str, policy: Mapping[str, float]) -> float:
    measure = MEASURES.get(key)
    return float(policy[measure.norm]) if measure and measure.norm else math.nan


def _course(key: str, then: float, change: float, norm: float) -> str:
    measure = MEASURES.get(key)
    if math.isnan(change):
        return "unknown"
    if measure is None or not measure.better:
        return "neutral"
    least = LEAST_CHANGES[measure.unit] * (abs(then) if measure.unit in RELATIVE else 1)
    least = least if math.isnan(norm) else min(least, norm * NORM_PART)
    # What is exactly the least change is one, however the decimals of the two fall.
    if change == 0 or abs(change) < least * (1 - 1e-9):
        return "same"
    return "better" if (change < 0) == (measure.better == "lower") else "worse"


def _met(frame: pd.DataFrame, keys: list[str]) -> pd.Series:
    higher = np.array([key in MEASURES and MEASURES[key].better == "higher" for key in keys], bool)
    within = np.where(higher, frame["now"] >= frame["target"], frame["now"] <= frame["target"])
    is_held = frame["now"].notna() & frame["target"].notna()
    return pd.Series(within, index=frame.index, dtype="boolean").where(is_held)
