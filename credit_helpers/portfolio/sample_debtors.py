"""The debtors of a sample client: who they are and how they order and pay."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.portfolio.sample_profiles import END, LAST, START, Profile
from credit_helpers.portfolio.sample_words import (
    MANAGERS,
    REGIONS,
    company_names,
    person_names,
)

CONSUMER_LEVEL = 0.7  # a household's usual amount and number of orders against a company's
CONSUMER_WEIGHT = 0.35


def make_debtors(profile: Profile, rng: np.random.Generator) -> pd.DataFrame:
    """Return one row per debtor, largest first: master data and habits.

    Columns of habit: ``weight`` (orders), ``level_cents`` (usual amount without VAT),
    ``first_day`` and ``last_day`` of ordering (days since the start), ``late_days``,
    ``spread_days``, and the shares of invoices that are disputed, credited, paid in parts,
    promised, left
    lying for months, or never paid.
    """
    count = profile.debtors_count
    sector = _sectors(profile, rng)
    size = rng.standard_normal(count)
    debtors = pd.DataFrame(
        {
            "sector": [s.name for s in sector],
            "is_consumer": [s.is_consumer for s in sector],
            "terms_days": [int(rng.choice(s.terms_days)) for s in sector],
            "weight": np.exp(profile.size_sigma * size),
            "level_cents": profile.median_cents * np.exp(profile.level_sigma * size),
            "late_days": [s.late_days for s in sector] + rng.normal(0, 5, count),
            "spread_days": [s.spread_days for s in sector] * rng.lognormal(0, 0.3, count),
        }
    )
    debtors.loc[debtors["is_consumer"], "weight"] *= CONSUMER_WEIGHT
    debtors.loc[debtors["is_consumer"], "level_cents"] *= CONSUMER_LEVEL
    rank = pd.Series(size).rank(pct=True)
    debtors["late_days"] += profile.large_late_days * rank**4
    debtors = _with_history(_with_names(debtors, sector, rng), rng)
    for share in ("part", "credit", "dispute", "promise", "never", "stuck"):
        debtors[f"{share}_share"] = getattr(profile, f"{share}_share")
    debtors["story"] = ""
    numbers = rng.permutation(count) + 101
    debtors["customer_id"] = [profile.customer.format(serial=n) for n in numbers]
    volume = debtors["weight"] * debtors["level_cents"]
    return debtors.loc[volume.sort_values(ascending=False).index].reset_index(drop=True)


def _sectors(profile: Profile, rng: np.random.Generator) -> list:
    shares = np.array([sector.share for sector in profile.sectors])
    places = rng.choice(len(shares), profile.debtors_count, p=shares / shares.sum())
    return [profile.sectors[place] for place in places]


def _with_names(debtors: pd.DataFrame, sector: list, rng: np.random.Generator) -> pd.DataFrame:
    count = len(debtors)
    trades = [s.trade for s in sector if not s.is_consumer]
    companies = iter(company_names(rng, trades))
    people = iter(person_names(rng, count - len(trades)))
    is_abroad = (rng.random(count) < 0.04) & ~debtors["is_consumer"]
    return debtors.assign(
        name=[next(people if s.is_consumer else companies) for s in sector],
        # Numbers from 99 on are not given out by the chamber of commerce.
        kvk=[
            "" if s.is_consumer else f"99{n:06d}"
            for s, n in zip(sector, rng.permutation(999_999)[:count], strict=True)
        ],
        region=rng.choice(REGIONS, count),
        country=np.where(is_abroad, rng.choice(["BE", "DE"], count), "NL"),
        salesperson=rng.choice(MANAGERS, count, p=(0.35, 0.3, 0.2, 0.15)),
        group_id="",
    )


def _with_history(debtors: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add since when a debtor is a customer, and the days between which it orders."""
    count = len(debtors)
    age = (rng.beta(1.1, 1.6, count) * 6_000).astype(int) + 40
    since = END - age
    first = np.maximum((since - START).astype(int), 0)
    leaves = rng.random(count) < 0.08
    last = np.where(leaves, rng.integers(first, LAST + 1), LAST)
    return debtors.assign(since_on=since, first_day=first, last_day=last)
