"""Invoices, credit notes and receipts of a sample client."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.portfolio.sample_profiles import LAST, NEVER, START, Profile
from credit_helpers.portfolio.sample_stories import FAILING, payment_days, write_off_days

VAT = 1.21
MIN_NET_CENTS = 2_500
MIN_PART_CENTS = 60_000
HOLIDAYS = ("01-01", "04-27", "12-25", "12-26")


def make_invoices(
    profile: Profile, debtors: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the invoices in order of issue: ``debtor`` (row number), days and cents.

    Days are counted from the start. ``paid`` is the day of the last receipt and ``written_off``
    that of a write-off; both may lie after the end, and then have not happened.
    """
    debtor, issued = _orders(profile, debtors, rng)
    level = debtors["level_cents"].to_numpy()[debtor]
    net = level * rng.lognormal(0, profile.amount_sigma, len(debtor))
    gross = np.round(np.maximum(np.round(net), MIN_NET_CENTS) * VAT).astype("int64")
    invoices = pd.DataFrame({"debtor": debtor, "issued": issued, "amount_cents": gross})
    invoices = invoices.sort_values("issued", kind="stable", ignore_index=True)
    invoices["due"] = invoices["issued"] + _of(debtors, "terms_days", invoices)
    return _with_payment_day(profile, debtors, invoices, rng)


def _of(debtors: pd.DataFrame, column: str, invoices: pd.DataFrame) -> np.ndarray:
    """Return a column of each invoice's debtor."""
    return debtors[column].to_numpy()[invoices["debtor"]]


def _orders(
    profile: Profile, debtors: pd.DataFrame, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Who is invoiced when: growth, season and weekday, within each debtor's own days."""
    dates = START + np.arange(LAST + 1)
    month = dates.astype("datetime64[M]").astype(int) % 12
    weekday = (dates.astype("datetime64[D]").astype(int) + 3) % 7
    density = profile.growth ** (np.arange(LAST + 1) / 365) * np.array(profile.season)[month]
    density *= np.array(profile.weekdays)[weekday]
    density[np.isin([text[5:] for text in dates.astype(str)], HOLIDAYS)] = 0
    mass = np.concatenate([[0.0], np.cumsum(density)])
    low = mass[debtors["first_day"]]
    high = mass[debtors["last_day"] + 1]
    shares = debtors["weight"].to_numpy() * (high - low)
    debtor = rng.choice(len(debtors), profile.invoices_count, p=shares / shares.sum())
    day = np.searchsorted(mass, rng.uniform(low[debtor], high[debtor]), side="right") - 1
    return debtor, day


def _with_payment_day(
    profile: Profile, debtors: pd.DataFrame, invoices: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    count = len(invoices)
    issued, due = invoices["issued"].to_numpy(), invoices["due"].to_numpy()
    noise = (rng.standard_gamma(2, count) - 2) / np.sqrt(2)  # late outliers, hardly early ones
    late = _of(debtors, "late_days", invoices) + noise * _of(debtors, "spread_days", invoices)
    late += profile.drift_days * (issued - LAST / 2) / 365 + _holiday_delay(due)
    is_stuck = rng.random(count) < _of(debtors, "stuck_share", invoices)
    late += np.where(is_stuck, rng.uniform(40, 220, count), 0)
    paid = _on_workday(np.maximum(due + np.round(late).astype("int64"), issued + 1))
    story = pd.Series(_of(debtors, "story", invoices))
    paid = payment_days(story, invoices, paid)
    paid = np.where(rng.random(count) < _of(debtors, "never_share", invoices), NEVER, paid)
    invoices = _with_dispute(profile, debtors, invoices.assign(paid=paid), rng)
    is_lost = invoices["paid"] >= NEVER
    return invoices.assign(written_off=np.where(is_lost, write_off_days(story, due), NEVER))


def _holiday_delay(due: np.ndarray) -> np.ndarray:
    """Days that the summer and the turn of the year add to a payment."""
    date = START + due
    in_year = (date - date.astype("datetime64[Y]").astype("datetime64[D]")).astype(int)
    summer = (in_year > 195) & (in_year < 230)
    return np.where(summer, 6, np.where(in_year > 352, 7, 0))


def _on_workday(day: np.ndarray) -> np.ndarray:
    """Move a receipt on Saturday or Sunday to Monday."""
    weekday = ((START + day).astype(int) + 3) % 7
    return day + np.where(weekday >= 5, 7 - weekday, 0)


def _with_dispute(
    profile: Profile, debtors: pd.DataFrame, invoices: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """A disputed invoice is paid some days after the dispute is settled, not before."""
    count = len(invoices)
    is_disputed = rng.random(count) < _of(debtors, "dispute_share", invoices)
    disputed = invoices["issued"] + rng.integers(3, 19, count)
    resolved = disputed + rng.integers(12, 81, count)
    after = _on_workday((resolved + rng.integers(2, 13, count)).to_numpy())
    later = np.maximum(invoices["paid"], after)
    return invoices.assign(
        disputed=np.where(is_disputed, disputed, NEVER),
        resolved=np.where(is_disputed, resolved, NEVER),
        reason=rng.choice(profile.reasons, count),
        paid=np.where(is_disputed, later, invoices["paid"]),
    )


def make_credit_notes(
    debtors: pd.DataFrame, invoices: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Return credit notes: part of an invoice, sometimes all of it; amounts are negative.

    A credit note is set off when its invoice is paid; one in seven is forgotten for a while.
    """
    count = len(invoices)
    chance = _of(debtors, "credit_share", invoices)
    chance = np.where(invoices["disputed"] < NEVER, np.maximum(chance, 0.4), chance)
    part = np.where(rng.random(count) < 0.12, 1.0, rng.uniform(0.05, 0.35, count))
    lag = rng.integers(5, 36, count)
    waits = np.where(rng.random(count) < 0.15, rng.integers(30, 120, count), 0)
    issued = np.where(invoices["resolved"] < NEVER, invoices["resolved"], invoices["issued"] + lag)
    amount = -np.round(invoices["amount_cents"] * part).astype("int64")
    notes = pd.DataFrame(
        {
            "debtor": invoices["debtor"],
            "issued": issued,
            "due": issued + _of(debtors, "terms_days", invoices),
            "amount_cents": amount,
            "paid": np.where(invoices["paid"] < NEVER, invoices["paid"] + waits, NEVER),
            "invoice": invoices.index,
        }
    )
    made = (rng.random(count) < chance) & (issued < invoices["paid"]) & (issued <= LAST)
    made &= invoices["paid"] < NEVER
    return notes[made].reset_index(drop=True)


def make_receipts(
    debtors: pd.DataFrame, invoices: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Return what was received on invoices and written off, up to the end.

    Columns ``invoice`` (row number), ``day``, ``amount_cents``, ``is_write_off``, ``text``.
    """
    amount = invoices["amount_cents"].to_numpy()
    first, first_day = _first_parts(debtors, invoices, rng)
    short = (rng.random(len(invoices)) < 0.012) & (first == 0) & (amount > MIN_PART_CENTS)
    short_cents = np.where(short, rng.integers(40, 2_500, len(invoices)), 0)
    paid = invoices["paid"].to_numpy()
    rows = [
        _rows(first, first_day, False, "Deelbetaling"),
        _rows(amount - first - short_cents, paid, False, "Ontvangst"),
        _rows(short_cents, paid + 45, True, "Afboeking betalingsverschil"),
        _rows(amount, invoices["written_off"].to_numpy(), True, "Afboeking oninbaar"),
    ]
    receipts = pd.concat(rows, ignore_index=True)
    receipts = receipts[(receipts["day"] <= LAST) & (receipts["amount_cents"] > 0)]
    return receipts.sort_values(["day", "invoice"], kind="stable", ignore_index=True)


def _rows(cents: np.ndarray, day: np.ndarray, is_write_off: bool, text: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "invoice": np.arange(len(cents)),
            "day": day,
            "amount_cents": cents,
            "is_write_off": is_write_off,
            "text": text,
        }
    )


def _first_parts(
    debtors: pd.DataFrame, invoices: pd.DataFrame, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """First instalments in cents (0 for most) and their day; round sums when money is short."""
    count = len(invoices)
    amount, paid = invoices["amount_cents"].to_numpy(), invoices["paid"].to_numpy()
    share = rng.uniform(0.3, 0.6, count)
    part = np.round(amount * share / 5_000).astype("int64") * 5_000
    in_need = np.isin(_of(debtors, "story", invoices), ("drifting", *FAILING))
    is_short = in_need & (paid - invoices["due"] > 25) & (paid < NEVER)
    round_sum = np.where(
        amount > 300_000, amount // 2 // 100_000 * 100_000, amount // 2 // 10_000 * 10_000
    )
    in_parts = (rng.random(count) < _of(debtors, "part_share", invoices)) & (paid < NEVER)
    in_parts &= amount > MIN_PART_CENTS
    day = np.maximum(paid - rng.integers(7, 31, count), invoices["issued"] + 1)
    day = np.minimum(_on_workday(day.to_numpy()), paid)
    return np.where(is_short, round_sum, np.where(in_parts, part, 0)), day
