"""Early warnings: what a ledger shows months before a debtor fails.

Each signal is yes or no for a debtor on a day, from what was known on that day. Its points come
from the policy, and the points together are the score; from ``warn_score`` on the debtor is warned
about. Signals are looked at on days a month apart: the as-of date and the same day of the months
before it. A window is a number of those months, its last day included.

Two signals have no past. The limit is known as it is today, so ``over_limit`` is only seen on the
last day. What a person reported counts from the day that it was reported on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from credit_helpers.cents import ratios
from credit_helpers.keys import customer_places, item_places
from credit_helpers.month_grid import MonthGrid, month_days
from credit_helpers.norms import EarlyWarningPolicy

NEEDS = ("payment_history",)
SIGNALS = (
    *("later", "part_payments", "round_sums", "orders_down", "orders_up"),
    *("new_disputes", "broken_promises", "old_balance", "over_limit", "reported"),
)


@dataclass(frozen=True)
class History:
    """What the signals are read from, up to the as-of date.

    ``items`` and ``settlements`` are those of the snapshot, ``payments`` come from
    :func:`~credit_helpers.metrics.part_payments.of_invoices`, ``disputes`` also hold those that are
    over, ``promises`` have their ``status``, ``reported`` are signals that a person gave:
    ``customer_id``, ``reported_on``.
    """

    items: pd.DataFrame
    settlements: pd.DataFrame
    payments: pd.DataFrame
    disputes: pd.DataFrame
    promises: pd.DataFrame
    customers: pd.DataFrame
    reported: pd.DataFrame


@dataclass(frozen=True)
class Panel:
    """Signals of every debtor on every day: ``flags`` by signal, debtor and day.

    ``start`` is the first day with a full past behind it.
    """

    customer_id: pd.Index
    days: NDArray[np.datetime64]
    flags: NDArray[np.bool_]
    outstanding_cents: NDArray[np.int64]
    start: np.datetime64

    def scores(self, policy: EarlyWarningPolicy) -> NDArray[np.int64]:
        """Return the points by debtor and day."""
        found = np.zeros(self.flags.shape[1:], dtype="int64")
        for name, flag in zip(SIGNALS, self.flags, strict=True):
            found += getattr(policy, f"points_{name}_count") * flag
        return found


def panel(history: History, as_of: pd.Timestamp, policy: EarlyWarningPolicy) -> Panel:
    """Return the signals on the as-of date and on each month's day before it.

    Parameters
    ----------
    history : History
    as_of : Timestamp
    policy : EarlyWarningPolicy
        ``months_count`` days before the as-of date are looked at.

    Returns
    -------
    Panel
        Its cost grows with the rows of the ledger and with debtors times days, not with both
        together: every event is counted once, in its own month.
    """
    items = history.items
    ids = pd.Index(history.customers["customer_id"])
    back = policy.window_months_count + policy.before_months_count
    days = month_days(as_of, policy.months_count + back)
    grid = MonthGrid(len(ids), days, policy.months_count + 1)
    codes = customer_places(items, history.customers)
    issued = items["issued_on"].to_numpy("datetime64[D]")
    owed, old = _balances(grid, items, history.settlements, codes, policy)
    stacked = np.zeros((len(SIGNALS), len(ids), grid.count), dtype=bool)
    flags = dict(zip(SIGNALS, stacked, strict=True))
    flags["old_balance"][:] = ratios(old, owed) > policy.max_old_share
    del old
    flags["over_limit"][:] = _over_limit(history.customers, owed)
    flags["orders_down"][:], flags["orders_up"][:] = _orders(grid, codes, items, policy)
    _mark_payments(flags, grid, codes, history.payments, policy)
    window = policy.window_months_count
    place = item_places(history.disputes, items)
    flags["new_disputes"][:] = grid.happened(
        np.where(place >= 0, codes[place], -1), history.disputes["disputed_on"], window
    )
    broken = history.promises[history.promises["status"] == "broken"]
    day_after = broken["promised_for"] + pd.Timedelta(days=1)  # known when its day has passed
    flags["broken_promises"][:] = grid.happened(
        ids.get_indexer(broken["customer_id"]), day_after, window
    )
    told = history.reported
    flags["reported"][:] = grid.happened(
        ids.get_indexer(told["customer_id"]), told["reported_on"], policy.reported_months_count
    )
    first = issued.min() if len(issued) else np.datetime64(as_of, "D")
    start = first + np.timedelta64(back * 31, "D")
    return Panel(ids, grid.days, stacked, owed, start)


def by_customer(panel: Panel, customers: pd.DataFrame, policy: EarlyWarningPolicy) -> pd.DataFrame:
    """Return the score of each debtor who owes something, on the last day, highest first.

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``outstanding_cents``, ``warning_count`` (points), ``signals``
        (codes joined by a semicolon), ``is_warned``, and a yes or no for each signal.
    """
    flags, owed = panel.flags[:, :, -1], panel.outstanding_cents[:, -1]
    points = panel.scores(policy)[:, -1]
    frame = pd.DataFrame(
        {
            "customer_id": pd.array(panel.customer_id, dtype="string"),
            "name": pd.array(customers["name"], dtype="string"),
            "outstanding_cents": owed,
            "warning_count": points,
            "signals": _joined(flags),
            "is_warned": points >= policy.warn_from_count,
            **{name: flags[k] for k, name in enumerate(SIGNALS)},
        }
    )
    order = ["warning_count", "outstanding_cents", "customer_id"]
    frame = frame[owed > 0].sort_values(order, ascending=[False, False, True], kind="stable")
    return frame.reset_index(drop=True)


def _joined(flags: NDArray[np.bool_]) -> ExtensionArray:
    """Return the codes of the signals of each debtor; few of the combinations occur."""
    bits = 1 << np.arange(len(SIGNALS))
    found, which = np.unique(bits @ flags, return_inverse=True)
    texts = [";".join(np.array(SIGNALS)[(bits & one) > 0]) for one in found]
    return pd.array(texts, dtype="string").take(which)


def _balances(
    grid: MonthGrid,
    items: pd.DataFrame,
    settlements: pd.DataFrame,
    codes: NDArray[np.int64],
    policy: EarlyWarningPolicy,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what each debtor owes on each day, and what of it is long past due."""
    place = item_places(settlements, items)
    known = place >= 0
    place, paid = place[known], settlements["amount_cents"].to_numpy("int64")[known]
    issued = items["issued_on"].to_numpy("datetime64[D]")
    settled = np.fmax(settlements["settled_on"].to_numpy("datetime64[D]")[known], issued[place])
    owed = grid.totals(codes, issued, items["amount_cents"])
    owed -= grid.totals(codes[place], settled, paid)
    # From the day that it is long past due an invoice counts, with what is open of it by then.
    counts = (items["kind"] == "invoice") & items["due_on"].notna()
    code = np.where(counts.to_numpy(dtype=bool), codes, -1)
    long_due = items["due_on"].to_numpy("datetime64[D]") + (policy.old_days + 1)
    long_due = np.fmax(long_due, issued)
    old = grid.totals(code, long_due, items["amount_cents"])
    old -= grid.totals(code[place], np.fmax(settled, long_due[place]), paid)
    return grid.standing(owed).copy(), grid.standing(old)


def _mark_payments(
    flags: dict[str, NDArray[np.bool_]],
    grid: MonthGrid,
    codes: NDArray[np.int64],
    paid: pd.DataFrame,
    policy: EarlyWarningPolicy,
) -> None:
    """Mark who paid in parts, in round sums, or later in the window than in the one before."""
    code, on, window = codes[paid["item"]], paid["on"], policy.window_months_count
    for name, column, least in (
        ("part_payments", "is_part", policy.min_part_count),
        ("round_sums", "is_round", policy.min_round_count),
    ):
        flags[name][:] = grid.window(grid.totals(code, on, paid[column]), window) >= least
    late = paid["days_late"].to_numpy("float64")
    code, cents = np.where(np.isnan(late), -1, code), paid["cents"].to_numpy()
    count = grid.totals(code, on, np.ones(len(paid)))
    counts = (grid.window(count, window, ago=ago) for ago in (0, window))
    enough = np.logical_and(*(each >= policy.min_payments_count for each in counts))
    del count
    weight = grid.totals(code, on, cents)
    weighed = grid.totals(code, on, cents * np.nan_to_num(late).astype("int64"))
    now, before = (
        ratios(grid.window(weighed, window, ago=ago), grid.window(weight, window, ago=ago))
        for ago in (0, window)
    )
    flags["later"][:] = enough & (now - before > policy.max_drift_days)


def _orders(
    grid: MonthGrid, codes: NDArray[np.int64], items: pd.DataFrame, policy: EarlyWarningPolicy
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return whether the sales of the window are far below, and far above, those before.

    Who bought nothing before the earlier months began has no rhythm to leave.
    """
    issued = items["issued_on"].to_numpy("datetime64[D]")
    sold = np.where((items["kind"] != "unapplied_cash").to_numpy(dtype=bool), codes, -1)
    window, before = policy.window_months_count, policy.before_months_count
    end = len(grid.ends) - window - before
    begun = grid.totals(sold, issued, np.ones(len(items)))[:, end - grid.count : end] > 0
    totals = grid.totals(sold, issued, items["amount_cents"])
    usual = grid.window(totals, before, ago=window) * (window / before)
    known = begun & (usual >= policy.min_sales_cents)
    share = ratios(grid.window(totals, window), usual)
    return known & (share < policy.orders_down_share), known & (share > policy.orders_up_times)


def _over_limit(customers: pd.DataFrame, owed: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return who owes more than the limit of today; of earlier days the limit is not known."""
    flags = np.zeros(owed.shape, dtype=bool)
    if "credit_limit_cents" in customers:
        limit = customers["credit_limit_cents"].to_numpy("float64", na_value=np.nan)
        flags[:, -1] = owed[:, -1] > limit
    return flags
