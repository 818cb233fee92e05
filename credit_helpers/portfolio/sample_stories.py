"""Debtors with a story, so that every chapter of an audit has something to find."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from credit_helpers.portfolio.sample_profiles import END, LAST, NEVER, START

LONG_AGO = np.datetime64("2009-03-16")
STARTED = np.datetime64("2026-08-10")
BANKRUPT_LAST = int((np.datetime64("2025-10-20") - START).astype(int))
BANKRUPT_WRITTEN_OFF = int((np.datetime64("2026-02-27") - START).astype(int))
DRIFT_START = LAST - 425  # fourteen months before the end
DRIFT_DAYS_PER_DAY = 0.19
DAY_45 = 45
# Debtors that fail: the day of their last order. Five stretch their payments for months before,
# pay in round sums and then nothing; two pay as ever, until they do not.
FAILING = {
    "failing_1": np.datetime64("2025-10-06"),
    "failing_2": np.datetime64("2025-12-15"),
    "failing_3": np.datetime64("2026-01-26"),
    "failing_4": np.datetime64("2026-03-09"),
    "failing_5": np.datetime64("2026-04-20"),
}
SUDDEN = {
    "failing_suddenly_1": np.datetime64("2025-11-17"),
    "failing_suddenly_2": np.datetime64("2026-02-16"),
}
LAST_ORDERS = {code: int((on - START).astype(int)) for code, on in {**FAILING, **SUDDEN}.items()}
STRETCH_DAYS = 270  # so long before the last order they begin to pay later
STRETCHED_PER_DAY = 0.2
UNTIL_WRITTEN_OFF = 75


@dataclass(frozen=True)
class Story:
    """A debtor's story: which company it falls to, and the habits it changes.

    Parameters
    ----------
    rank : int
        Place among the companies by volume, the largest being 0.
    habits : dict
        Values for the debtor's columns; a factor for ``weight`` and ``level_cents``.
    """

    rank: int
    habits: dict[str, Any] = field(default_factory=dict)


_GROUP = {"group_id": "G01", "late_days": 34.0, "spread_days": 8.0, "last_day": LAST}
_STAYS = {"first_day": 0, "last_day": LAST, "never_share": 0.0}
STORIES = {
    "group_head": Story(1, {**_GROUP, "salesperson": "S. Aalbrecht"}),
    "group_infra": Story(4, _GROUP),
    "group_estate": Story(9, _GROUP),
    "drifting": Story(
        3,
        {
            **_STAYS,
            "late_days": 3.0,
            "spread_days": 2.0,
            "stuck_share": 0.0,
            "promise_share": 0.25,
            "part_share": 0.0,
        },
    ),
    "early_payer": Story(
        5,
        {
            **_STAYS,
            "late_days": -12.0,
            "spread_days": 2.0,
            "stuck_share": 0.0,
            "dispute_share": 0.0,
            "since_on": LONG_AGO,
        },
    ),
    "over_limit": Story(7, {**_STAYS, "late_days": 26.0}),
    "day_45": Story(11, {**_STAYS, "terms_days": 30, "part_share": 0.0, "dispute_share": 0.0}),
    "promise_breaker": Story(14, {**_STAYS, "late_days": 48.0, "promise_share": 0.45}),
    "disputes_all": Story(17, {**_STAYS, "dispute_share": 1.0, "credit_share": 0.3}),
    "bankrupt": Story(
        24, {"first_day": 0, "last_day": BANKRUPT_LAST, "late_days": 38.0, "dispute_share": 0.0}
    ),
    **{
        code: Story(36 + 4 * place, {"first_day": 0, "last_day": day, "dispute_share": 0.0})
        for place, (code, day) in enumerate(LAST_ORDERS.items())
    },
    "starter": Story(
        30,
        {
            "first_day": int((STARTED - START).astype(int)),
            "last_day": LAST,
            "since_on": STARTED,
            "weight": 2.0,
            "level_cents": 4.0,
            "late_days": 12.0,
        },
    ),
}
FACTORS = ("weight", "level_cents")


def tell(debtors: pd.DataFrame) -> pd.DataFrame:
    """Return the debtors, largest first, with each story given to one of the companies."""
    debtors = debtors.copy()
    companies = debtors.index[~debtors["is_consumer"]]
    for code, story in STORIES.items():
        place = companies[story.rank]
        debtors.loc[place, "story"] = code
        for column, value in story.habits.items():
            if column in FACTORS:
                value = debtors.loc[place, column] * value
            debtors.loc[place, column] = value
    return _one_group(debtors)


def _one_group(debtors: pd.DataFrame) -> pd.DataFrame:
    """Related companies share the first word of their name and were there from the start."""
    members = debtors["group_id"] != ""
    stem = debtors.loc[debtors["story"] == "group_head", "name"].iloc[0].split()[0]
    endings = {"group_head": "Groep", "group_infra": "Infra", "group_estate": "Vastgoed"}
    names = [f"{stem} {endings[story]} B.V." for story in debtors.loc[members, "story"]]
    debtors.loc[members, "name"] = names
    debtors.loc[members, "first_day"] = 0
    debtors.loc[members, "since_on"] = LONG_AGO
    return debtors


def payment_days(story: pd.Series, invoices: pd.DataFrame, paid: np.ndarray) -> np.ndarray:
    """Return the day on which each invoice is paid, where its debtor's story says otherwise.

    Parameters
    ----------
    story : Series
        Story of each invoice's debtor, ``""`` for most.
    invoices : DataFrame
        With ``issued`` and ``due`` in days since the start.
    paid : ndarray
        The day that follows from habits alone.
    """
    since_drift = np.maximum(invoices["issued"].to_numpy() - DRIFT_START, 0)
    drifted = paid + np.round(since_drift * DRIFT_DAYS_PER_DAY).astype("int64")
    is_last = (invoices["issued"].to_numpy() > BANKRUPT_LAST - 75) | (paid > BANKRUPT_LAST + 15)
    choices = {
        "drifting": drifted,
        "day_45": invoices["issued"].to_numpy() + DAY_45,
        "bankrupt": np.where(is_last, NEVER, paid),
    }
    choices |= {
        code: _failing(day, invoices, paid, is_sudden=code in SUDDEN)
        for code, day in LAST_ORDERS.items()
    }
    return np.select([story == code for code in choices], list(choices.values()), paid)


def _failing(
    last_order: int, invoices: pd.DataFrame, paid: np.ndarray, *, is_sudden: bool
) -> np.ndarray:
    """Return when a debtor pays that fails shortly after its last order."""
    stretched = np.maximum(invoices["due"].to_numpy() - (last_order - STRETCH_DAYS), 0)
    later = paid if is_sudden else paid + np.round(stretched * STRETCHED_PER_DAY).astype("int64")
    return np.where(later > last_order + 10, NEVER, later)


def credit_limits(debtors: pd.DataFrame, invoices: pd.DataFrame, rng: np.random.Generator):
    """Return the debtors with a credit limit and an insured limit, or none, in cents.

    A limit covers some eighty to two hundred days of the last year's sales; small ones and
    households have none. The debtor that is over its limit has one that its sales outgrew.
    """
    recent = invoices[invoices["issued"] > LAST - 365]
    sales = recent.groupby("debtor")["amount_cents"].sum().reindex(debtors.index, fill_value=0)
    wish = sales.to_numpy() / 365 * rng.uniform(85, 190, len(debtors))
    wish = np.where(debtors["story"] == "over_limit", sales / 365 * 22, wish)
    wish = np.where(debtors["story"] == "early_payer", sales / 365 * 200, wish)
    wish = np.where(debtors["story"] == "starter", 1_500_000, wish)
    limit = pd.Series(np.ceil(wish / 250_000) * 250_000).astype("Int64")
    story = debtors["story"] != ""
    known = ((rng.random(len(debtors)) < 0.9) | story) & ~debtors["is_consumer"] & (limit > 0)
    limit = limit.where(known)
    insured = (limit * rng.choice([0.5, 0.8, 1.0], len(debtors)) // 250_000 * 250_000).astype(
        "Int64"
    )
    insured = insured.where((limit >= 1_000_000) & (rng.random(len(debtors)) < 0.75))
    return debtors.assign(credit_limit_cents=limit, insured_limit_cents=insured)


def write_off_days(story: pd.Series, due: np.ndarray) -> np.ndarray:
    """Return the day on which an invoice that is never paid leaves the books.

    Households and firms that do not pay: the half-year end at least 200 days past the due date.
    The bankrupt debtor: the day of the trustee's report. Those that fail: some months later.
    """
    half_years = np.array(["2024-12-31", "2025-06-30", "2025-12-31", "2026-06-30"])
    ends = (half_years.astype("datetime64[D]") - START).astype(int)
    later = np.append(ends, NEVER)[np.searchsorted(ends, due + 200)]
    later = np.where(story == "bankrupt", BANKRUPT_WRITTEN_OFF, later)
    for code, day in LAST_ORDERS.items():
        later = np.where(story == code, day + UNTIL_WRITTEN_OFF, later)
    return later


def day(number: np.ndarray | pd.Series) -> pd.Series:
    """Return days since the start as dates; ``NaT`` for what has not happened by the end."""
    dates = pd.Series(START + np.asarray(number, dtype="timedelta64[D]")).astype("datetime64[s]")
    return dates.where(dates <= pd.Timestamp(END))
