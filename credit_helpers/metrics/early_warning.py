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

    ``items`` and ``settlements`` are those of the snapshot, ``disputes`` also hold those that are
    over, ``promises`` have their ``status``, ``reported`` are signals that a person gave:
    ``customer_id``, ``reported_on``.
    """

    items: pd.DataFrame
    settlements: pd.DataFrame
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
        points = np.array([getattr(policy, f"points_{name}_count") for name in SIGNALS])
        return np.tensordot(points, self.flags.astype("int64"), axes=1)


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
    paid = _payments(items, history.settlements, codes, policy)
    owed, old = _balances(grid, items, history.settlements, codes, policy)
    down, up = _orders(grid, codes, items, policy)
    counted = {
        "part_payments": (paid["code"], paid["on"], paid["is_part"], policy.min_part_count),
        "round_sums": (paid["code"], paid["on"], paid["is_round"], policy.min_round_count),
    }
    window = policy.window_months_count
    flags = {
        name: grid.window(grid.totals(code, on, hits), window) >= least
        for name, (code, on, hits, least) in counted.items()
    }
    flags |= {"later": _later(grid, paid, policy), "orders_down": down, "orders_up": up}
    place = item_places(history.disputes, items)
    flags["new_disputes"] = grid.happened(
        np.where(place >= 0, codes[place], -1), history.disputes["disputed_on"], window
    )
    broken = history.promises[history.promises["status"] == "broken"]
    day_after = broken["promised_for"] + pd.Timedelta(days=1)  # known when its day has passed
    flags["broken_promises"] = grid.happened(
        ids.get_indexer(broken["customer_id"]), day_after, window
    )
    flags["old_balance"] = ratios(old, owed) > policy.max_old_share
    flags["over_limit"] = _over_limit(history.customers, owed)
    told = history.reported
    flags["reported"] = grid.happened(
        ids.get_indexer(told["customer_id"]), told["reported_on"], policy.reported_months_count
    )
    first = issued.min() if len(issued) else np.datetime64(as_of, "D")
    stacked = np.stack([flags[name] for name in SIGNALS])
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
    names = [
        pd.Series(np.where(flag, f"{name};", "")) for name, flag in zip(SIGNALS, flags, strict=True)
    ]
    points = panel.scores(policy)[:, -1]
    texts = names[0].str.cat(names[1:]).str.rstrip(";")
    frame = pd.DataFrame(
        {
            "customer_id": pd.array(panel.customer_id, dtype="string"),
            "name": pd.array(customers["name"], dtype="string"),
            "outstanding_cents": owed,
            "warning_count": points,
            "signals": texts.astype("string").to_numpy(),
            "is_warned": points >= policy.warn_from_count,
            **{name: flags[k] for k, name in enumerate(SIGNALS)},
        }
    )
    order = ["warning_count", "outstanding_cents", "customer_id"]
    frame = frame[owed > 0].sort_values(order, ascending=[False, False, True], kind="stable")
    return frame.reset_index(drop=True)


def _payments(
    items: pd.DataFrame,
    settlements: pd.DataFrame,
    codes: NDArray[np.int64],
    policy: EarlyWarningPolicy,
) -> pd.DataFrame:
    """Return the dated payments of invoices, and which left a part or were a round sum."""
    place = item_places(settlements, items)
    day = settlements["settled_on"].to_numpy("datetime64[D]")
    cents = settlements["amount_cents"].to_numpy("int64")
    # NaT sorts last in numpy; what has no day was settled before everything that has one.
    order = np.lexsort((np.where(np.isnat(day), np.datetime64("0001-01-01"), day), place))
    until = cents[order].cumsum()
    first = np.searchsorted(place[order], place[order], side="left")
    begun = until - cents[order]
    so_far = np.empty(len(order), dtype="int64")
    so_far[order] = until - (begun[first] if len(order) else begun)
    amount = items["amount_cents"].to_numpy("int64")[place]
    is_paid = (settlements["kind"] == "payment").to_numpy(dtype=bool) & (cents > 0)
    invoice = (items["kind"] == "invoice").to_numpy(dtype=bool)[place]
    rows = np.flatnonzero(is_paid & invoice & (place >= 0) & ~np.isnat(day))
    part = (amount - so_far)[rows] > 0
    # Of a round invoice every part may be round without anybody rounding it.
    is_round = (
        part & (cents[rows] % policy.round_cents == 0) & (amount[rows] % policy.round_cents != 0)
    )
    late = (day[rows] - items["due_on"].to_numpy("datetime64[D]")[place[rows]]).astype("float64")
    return pd.DataFrame(
        {
            "code": codes[place[rows]],
            "on": day[rows].astype("datetime64[ns]"),
            "cents": cents[rows],
            "days_late": late,
            "is_part": part,
            "is_round": is_round,
        }
    )


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
    place, paid = place[known], -settlements["amount_cents"].to_numpy("int64")[known]
    issued = items["issued_on"].to_numpy("datetime64[D]")
    settled = np.fmax(settlements["settled_on"].to_numpy("datetime64[D]")[known], issued[place])
    amount = items["amount_cents"].to_numpy("int64")
    code, cents = np.concatenate([codes, codes[place]]), np.concatenate([amount, paid])
    owed = grid.totals(code, np.concatenate([issued, settled]), cents)
    # From the day that it is long past due an invoice counts, with what is open of it by then.
    long_due = items["due_on"].to_numpy("datetime64[D]") + (policy.old_days + 1)
    long_due = np.fmax(long_due, issued)
    invoice = (items["kind"] == "invoice").to_numpy(dtype=bool)
    counts = invoice & items["due_on"].notna().to_numpy(dtype=bool)
    since = np.concatenate([long_due, np.fmax(settled, long_due[place])])
    old = grid.totals(np.where(np.concatenate([counts, counts[place]]), code, -1), since, cents)
    return grid.standing(owed), grid.standing(old)


def _later(grid: MonthGrid, paid: pd.DataFrame, policy: EarlyWarningPolicy) -> NDArray[np.bool_]:
    """Return whether payments of the window came later than those of the one before."""
    rows = paid[paid["days_late"].notna()]
    code, on, cents = rows["code"], rows["on"], rows["cents"]
    weighed = grid.totals(code, on, cents * rows["days_late"].astype("int64"))
    weight, count = grid.totals(code, on, cents), grid.totals(code, on, np.ones(len(rows)))
    window = policy.window_months_count
    means, enough = [], np.ones((grid.groups, grid.count), dtype=bool)
    for ago in (0, window):
        inside = grid.window(weight, window, ago=ago)
        means.append(ratios(grid.window(weighed, window, ago=ago), inside))
        enough &= grid.window(count, window, ago=ago) >= policy.min_payments_count
    return enough & (means[0] - means[1] > policy.max_drift_days)


def _orders(
    grid: MonthGrid, codes: NDArray[np.int64], items: pd.DataFrame, policy: EarlyWarningPolicy
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return whether the sales of the window are far below, and far above, those before.

    Who bought nothing before the earlier months began has no rhythm to leave.
    """
    issued = items["issued_on"].to_numpy("datetime64[D]")
    sold = np.where((items["kind"] != "unapplied_cash").to_numpy(dtype=bool), codes, -1)
    totals = grid.totals(sold, issued, items["amount_cents"])
    counts = grid.totals(sold, issued, np.ones(len(items)))
    window, before = policy.window_months_count, policy.before_months_count
    usual = grid.window(totals, before, ago=window) * (window / before)
    last = np.arange(len(grid.ends) - grid.count, len(grid.ends))
    known = (counts[:, last - window - before] > 0) & (usual >= policy.min_sales_cents)
    share = ratios(grid.window(totals, window), usual)
    return known & (share < policy.orders_down_share), known & (share > policy.orders_up_times)


def _over_limit(customers: pd.DataFrame, owed: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return who owes more than the limit of today; of earlier days the limit is not known."""
    flags = np.zeros(owed.shape, dtype=bool)
    if "credit_limit_cents" in customers:
        limit = customers["credit_limit_cents"].to_numpy("float64", na_value=np.nan)
        flags[:, -1] = owed[:, -1] > limit
    return flags
