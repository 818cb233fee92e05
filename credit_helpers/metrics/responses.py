"""What a contact does: payment after a reminder per channel, and contact before the due date.

Nobody drew lots over who was contacted how, so a difference need not be the contact's doing. The
intervals say how much chance alone would explain.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from credit_helpers.cents import ratios
from credit_helpers.keys import ITEM, SPAN, first_days, item_codes, item_places
from credit_helpers.norms import CollectionPolicy

NEEDS = ("reminders", "payment_history")
NAN = float("nan")
READ = ("item_id", ITEM, "due_on", "settled_on")


@dataclass(frozen=True)
class EarlyContact:
    """Invoices with contact on or before the due date beside those without.

    Days late are plain means of settled invoices. ``gain_days`` is how much sooner those with
    contact were paid, between ``low_gain_days`` and ``high_gain_days`` (Welch's interval for the
    difference of two means); ``nan`` with fewer than ``min_responses_count`` on either side.
    """

    contacted_count: int
    other_count: int
    contacted_days_late: float
    other_days_late: float
    gain_days: float
    low_gain_days: float
    high_gain_days: float


def by_channel(
    reminders: pd.DataFrame,
    settlements: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    policy: CollectionPolicy,
) -> pd.DataFrame:
    """Return how often a payment followed a reminder, per channel and number of the reminder.

    Parameters
    ----------
    reminders : DataFrame
        ``item_id``, ``sent_on``, ``channel`` and ``level`` where known. Only those count of which
        the ``response_days`` have passed on the as-of date.
    settlements : DataFrame
        ``item_id``, ``settled_on``, ``kind``; only payments with a day.
    as_of : Timestamp
    policy : CollectionPolicy

    Returns
    -------
    DataFrame
        ``reminder_channel``, ``reminder_level``, ``reminders_count``, ``responses_count`` (a
        payment on the item from the day itself to ``response_days`` later), ``response_share``
        with ``low_share`` and ``high_share`` (Wilson's interval); groups smaller than
        ``min_responses_count`` are left out.
    """
    ripe = reminders["sent_on"] + pd.Timedelta(days=policy.response_days) <= as_of
    sent = reminders[ripe].reset_index(drop=True)
    sent = sent.assign(
        reminder_channel=_column(sent, "channel"), reminder_level=_column(sent, "level")
    )
    sent = sent.assign(is_answered=_answered(sent, settlements, policy.response_days))
    keys = ["reminder_channel", "reminder_level"]
    frame = sent.groupby(keys, as_index=False, dropna=False).agg(
        reminders_count=("is_answered", "size"), responses_count=("is_answered", "sum")
    )
    frame = frame[frame["reminders_count"] >= policy.min_responses_count]
    frame = frame.sort_values(["reminder_level", "reminder_channel"], ignore_index=True)
    count, hits = frame["reminders_count"], frame["responses_count"]
    low, high = wilson(hits, count, policy.confidence_share)
    return frame.assign(response_share=ratios(hits, count), low_share=low, high_share=high)


def early_contact(
    items: pd.DataFrame, reminders: pd.DataFrame, policy: CollectionPolicy
) -> EarlyContact:
    """Return settled invoices with contact on or before the due date beside the others."""
    counts = (items["kind"] == "invoice") & items["settled_on"].notna()
    rows = items.loc[counts, [name for name in READ if name in items]]
    late = (rows["settled_on"] - rows["due_on"]).dt.days.astype("float64")
    first = first_days(item_places(reminders, rows), reminders["sent_on"], len(rows))
    early = pd.Series(first.astype("datetime64[ns]"), index=rows.index) <= rows["due_on"]
    a, b = late[early & late.notna()].to_numpy(), late[~early & late.notna()].to_numpy()
    gain, margin = _difference(b, a, policy)
    return EarlyContact(
        contacted_count=len(a),
        other_count=len(b),
        contacted_days_late=float(a.mean()) if len(a) else NAN,
        other_days_late=float(b.mean()) if len(b) else NAN,
        gain_days=gain,
        low_gain_days=gain - margin,
        high_gain_days=gain + margin,
    )


def wilson(
    hits: pd.Series, count: pd.Series, confidence_share: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return Wilson's interval for shares: between which bounds the true share lies.

    Parameters
    ----------
    hits, count : Series of int
        Hits out of how many; a count of zero gives ``nan``.
    confidence_share : float
        For example 0.95.

    References
    ----------
    E.B. Wilson, Journal of the American Statistical Association 22 (1927).

    Examples
    --------
    >>> low, high = wilson(pd.Series([5]), pd.Series([10]), 0.95)
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (0.237, 0.763)
    """
    z = _z(confidence_share)
    share, size = ratios(hits, count), np.asarray(count, dtype="float64")
    known = np.where(size > 0, size, np.nan)
    middle = (share + z**2 / (2 * known)) / (1 + z**2 / known)
    half = z / (1 + z**2 / known) * np.sqrt(share * (1 - share) / known + z**2 / (4 * known**2))
    return middle - half, middle + half


def _z(confidence_share: float) -> float:
    """Return how many standard errors an interval reaches to either side."""
    return NormalDist().inv_cdf((1 + confidence_share) / 2)


def _column(sent: pd.DataFrame, name: str) -> pd.Series:
    if name in sent:
        return sent[name]
    return pd.Series(pd.NA, index=sent.index, dtype="string" if name == "channel" else "Int64")


def _answered(sent: pd.DataFrame, settlements: pd.DataFrame, days: int) -> np.ndarray:
    """Return after which reminders a payment on the item came within some days."""
    paid = settlements["settled_on"].notna() & (settlements["kind"] == "payment")
    code, payer = item_codes(sent, settlements)
    on, received = (
        frame.to_numpy("datetime64[D]").astype("int64")
        for frame in (sent["sent_on"], settlements["settled_on"][paid])
    )
    # One sorted number per item and day, so that a range of days is a range of places.
    keys = np.sort(payer[paid.to_numpy(bool)] * SPAN + received)
    first = np.searchsorted(keys, code * SPAN + on, side="left")
    until = np.searchsorted(keys, code * SPAN + on + days, side="right")
    return (code >= 0) & (until > first)


def _difference(a: np.ndarray, b: np.ndarray, policy: CollectionPolicy) -> tuple[float, float]:
    """Return the difference of two means and the half width of its interval."""
    if min(len(a), len(b)) < policy.min_responses_count:
        return NAN, NAN
    error = np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
    return float(a.mean() - b.mean()), float(_z(policy.confidence_share) * error)
