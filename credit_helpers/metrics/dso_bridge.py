"""Why the DSO moved between two days: sales, terms, lateness, mix and one-offs, to the last day.

The DSO is written as a sum of products, and the change of each product is divided over its
factors by Shapley's rule: every factor gets its mean effect over all orders in which the factors
can change. So the effects add up to the change exactly, in whatever order they are looked at.

::

    DSO = one-offs + Σ over groups of pace × mix × (terms × timing × unpaid + late)

    pace     = sales per day of the latest ``pace_days`` ÷ sales per day of the period
    mix      = the group's part of those latest sales
    terms    = days from invoice to due date, both counted in, by amount
    timing   = invoiced and not yet due ÷ (terms × its latest sales per day); 1 for steady sales
    unpaid   = the part of that which is still open: 1 when nobody pays before the due date
    late     = its overdue balance ÷ its latest sales per day
    one-offs = what is left of the balance ÷ sales per day of the period

Sales are the effect of pace and timing, lateness that of unpaid and late. One-offs are credit
notes, unapplied cash, disputed invoices, invoices without a due date or of a negative amount,
single invoices above ``one_off_share`` of the period's sales, and what a group owes that bought
nothing lately. A group holds alike debtors, so that a shift of sales towards those who pay later
is mix, and not lateness.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from credit_helpers.cents import ratios, sum_by
from credit_helpers.keys import customer_groups
from credit_helpers.norms import DsoPolicy

NEEDS = ("payment_history",)
CAUSES = ("sales", "terms", "lateness", "mix", "one_offs")
LEVELS = ("mix_share", "level_terms_days", "timing_index", "unpaid_share", "level_late_days")
NAN = float("nan")
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class DsoBridgeFigures:
    """Both DSOs and what each cause made of the difference, in days; ``nan`` without a then.

    The pace and the one-offs are those of the formula above, on both days.
    """

    then_dso_days: float
    now_dso_days: float
    change_days: float
    sales_days: float
    terms_days: float
    lateness_days: float
    mix_days: float
    one_offs_days: float
    then_pace_index: float
    now_pace_index: float
    then_one_off_days: float
    now_one_off_days: float


UNKNOWN = DsoBridgeFigures(*[NAN] * 12)


@dataclass(frozen=True, eq=False)
class Position:
    """The receivables of one day as the bridge takes them; ``groups`` has a row per group.

    Its columns are ``recent_cents`` (latest sales), ``granted_cents`` (invoiced and not yet due),
    ``not_due_cents`` (still open of that), ``late_cents`` and ``level_terms_days``.
    """

    credit_sales_cents: int
    one_off_cents: int
    groups: pd.DataFrame

    @property
    def is_idle(self) -> bool:
        """Whether nothing was sold lately: then all of it is one-offs, which explains nothing."""
        return not self.groups["recent_cents"].any()


def position(
    items: pd.DataFrame, groups: pd.Series, *, count: int, as_of: pd.Timestamp, policy: DsoPolicy
) -> Position:
    """Return the receivables of a day by group; see :class:`Position`.

    Parameters
    ----------
    items : DataFrame
        The snapshot's of that day, settled ones included.
    groups : Series
        Code by customer id.
    count : int
        Number of groups.
    as_of : Timestamp
    policy : DsoPolicy
    """
    debtors, ids = customer_groups(items)
    code = groups.reindex(ids).to_numpy("int64")[debtors]
    amount, owed = items["amount_cents"].to_numpy(), items["outstanding_cents"].to_numpy()
    issued, kind = items["issued_on"], items["kind"]
    in_period = issued > as_of - pd.Timedelta(days=policy.period_days)
    sales = int(amount[in_period & (kind != "unapplied_cash")].sum())
    usual = (amount > 0) & (amount <= policy.one_off_share * max(sales, 0))
    ordinary = ((kind == "invoice") & usual & items["due_on"].notna()).to_numpy(dtype=bool)
    recent = ordinary & (issued > as_of - pd.Timedelta(days=policy.pace_days)).to_numpy()
    bought = sum_by(code[recent], amount[recent], count)
    days = items["days_past_due"].to_numpy()
    regular = ordinary & ~items["is_disputed"].to_numpy(dtype=bool) & (bought[code] > 0)
    current, late = regular & (days <= 0), regular & (days > 0)
    given = np.maximum((items["due_on"] - issued).dt.days.to_numpy(), 0) + 1
    dated = recent | current
    weight = np.where(dated, amount, 0).astype("float64")
    terms = np.bincount(code, weight * np.where(dated, given, 0), count)
    return Position(
        credit_sales_cents=sales,
        one_off_cents=int(owed[~regular].sum()),
        groups=pd.DataFrame(
            {
                "recent_cents": bought,
                "granted_cents": sum_by(code[current], amount[current], count),
                "not_due_cents": sum_by(code[current], owed[current], count),
                "late_cents": sum_by(code[late], owed[late], count),
                "level_terms_days": ratios(terms, np.bincount(code, weight, count)),
            }
        ),
    )


def shares_of_change(*factors: tuple[ArrayLike, ArrayLike]) -> tuple[Floats, ...]:
    """Return the effect of each factor on the change of their product, by Shapley's rule.

    Parameters
    ----------
    *factors : pairs of arrays
        Each factor then and now.

    Examples
    --------
    >>> effects = shares_of_change((2.0, 3.0), (5.0, 5.0), (1.0, 2.0))
    >>> [round(float(effect), 9) for effect in effects], 3 * 5 * 2 - 2 * 5 * 1
    ([7.5, 0.0, 12.5], 20)
    """
    pairs = [tuple(np.asarray(value, dtype="float64") for value in pair) for pair in factors]
    count, effects = len(pairs), []
    for place, (then, now) in enumerate(pairs):
        others = pairs[:place] + pairs[place + 1 :]
        mean: Floats = np.zeros(())
        for changed in itertools.product((0, 1), repeat=count - 1):
            first = sum(changed)
            weight = math.factorial(first) * math.factorial(count - 1 - first)
            product = math.prod(
                (pair[k] for pair, k in zip(others, changed, strict=True)), start=np.ones(())
            )
            mean = mean + product * weight / math.factorial(count)
        effects.append((now - then) * mean)
    return tuple(effects)


def by_group(then: Position, now: Position, policy: DsoPolicy) -> pd.DataFrame:
    """Return the factors of each group on both days, and their effects.

    Returns
    -------
    DataFrame
        A row per group: for ``then_`` and ``now_`` the columns of the position and the factors
        ``mix_share``, ``level_terms_days``, ``timing_index``, ``unpaid_share`` and
        ``level_late_days``; and ``sales_effect_days``, ``terms_effect_days``,
        ``lateness_effect_days``, ``mix_effect_days``. What is unknown on one day, because the
        group bought nothing, is as on the other: that it came or went is mix.
    """
    both = {"then": _levels(then, policy), "now": _levels(now, policy)}
    for one, other in (("then", "now"), ("now", "then")):
        both[one] = {k: np.where(np.isnan(v), both[other][k], v) for k, v in both[one].items()}
    days = {one: {k: np.nan_to_num(v) for k, v in both[one].items()} for one in both}
    mix, terms, timing, unpaid, late = ((days["then"][k], days["now"][k]) for k in LEVELS)
    pace = (_pace(then, policy), _pace(now, policy))
    current = shares_of_change(pace, mix, terms, timing, unpaid)
    overdue = shares_of_change(pace, mix, late)
    frame: dict[str, ArrayLike] = {}
    for name, one in (("then", then), ("now", now)):
        cents = one.groups.filter(like="_cents")
        frame |= {f"{name}_{key}": cents[key].to_numpy() for key in cents}
        frame |= {f"{name}_{key}": values for key, values in days[name].items()}
    return pd.DataFrame(frame).assign(
        sales_effect_days=current[0] + current[3] + overdue[0],
        terms_effect_days=current[2],
        lateness_effect_days=current[4] + overdue[2],
        mix_effect_days=current[1] + overdue[1],
    )


def figures(
    then: Position, now: Position, groups: pd.DataFrame, policy: DsoPolicy
) -> DsoBridgeFigures:
    """Return both DSOs and each cause's effect; ``groups`` is :func:`by_group`."""
    if then.credit_sales_cents <= 0 or now.credit_sales_cents <= 0:
        return UNKNOWN
    one_off = [one.one_off_cents * _per_cent(one, policy) for one in (then, now)]
    dso = [_dso(one, policy) for one in (then, now)]
    sums = {name: float(groups[f"{name}_effect_days"].sum()) for name in CAUSES[:-1]}
    return DsoBridgeFigures(
        then_dso_days=dso[0],
        now_dso_days=dso[1],
        change_days=dso[1] - dso[0],
        **{f"{name}_days": days for name, days in sums.items()},
        one_offs_days=one_off[1] - one_off[0],
        then_pace_index=_pace(then, policy),
        now_pace_index=_pace(now, policy),
        then_one_off_days=one_off[0],
        now_one_off_days=one_off[1],
    )


def causes(figures: DsoBridgeFigures, day_cents: float) -> pd.DataFrame:
    """Return the causes as a table: ``cause``, ``effect_days``, ``effect_cents``.

    ``day_cents`` is what a day of DSO is worth; whole cents, no rows without a change.
    """
    days = [getattr(figures, f"{cause}_days") for cause in CAUSES]
    frame = pd.DataFrame({"cause": pd.array(CAUSES, dtype="string"), "effect_days": days})
    frame = frame.assign(effect_cents=(frame["effect_days"] * day_cents).round()).dropna()
    return frame.astype({"effect_cents": "int64"})


def _levels(one: Position, policy: DsoPolicy) -> dict[str, Floats]:
    rows = one.groups
    recent, terms = rows["recent_cents"].to_numpy(), rows["level_terms_days"].to_numpy()
    total = recent.sum()
    values = (
        recent / total if total else np.full(len(recent), NAN),
        terms,
        ratios(rows["granted_cents"] * policy.pace_days, recent * terms),
        ratios(rows["not_due_cents"], rows["granted_cents"]),
        ratios(rows["late_cents"] * policy.pace_days, recent),
    )
    return dict(zip(LEVELS, values, strict=True))


def _per_cent(one: Position, policy: DsoPolicy) -> float:
    return policy.period_days / one.credit_sales_cents if one.credit_sales_cents > 0 else NAN


def _pace(one: Position, policy: DsoPolicy) -> float:
    return float(one.groups["recent_cents"].sum()) / policy.pace_days * _per_cent(one, policy)


def _dso(one: Position, policy: DsoPolicy) -> float:
    balance = one.one_off_cents + int(one.groups[["not_due_cents", "late_cents"]].sum().sum())
    return balance * _per_cent(one, policy)
