"""What the collectors of a sample client did: reminders, promises and disputes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.portfolio.sample_profiles import LAST, NEVER, Profile

CHANNELS = ("E-mail", "E-mail", "Brief", "Telefoon", "Brief")
FORGOTTEN_SHARE = 0.2
KEPT_SHARE = 0.92
WAITED_SHARE = 0.05  # debtors that nobody dares to remind


def make_reminders(
    profile: Profile, debtors: pd.DataFrame, invoices: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Return ``invoice``, ``day``, ``level`` and ``channel`` of each reminder sent by the end.

    A reminder goes out some days after the due date while the invoice is unpaid; some are
    forgotten, some debtors are spared, and the one that breaks promises gets two more.
    """
    story = debtors["story"].to_numpy()[invoices["debtor"]]
    spared = (rng.random(len(debtors)) < WAITED_SHARE)[invoices["debtor"]]
    end = np.minimum(invoices["paid"], invoices["written_off"]).to_numpy()
    steps = (*profile.reminder_days, profile.reminder_days[-1] + 14, profile.reminder_days[-1] + 28)
    rows = []
    for level, (days, channel) in enumerate(zip(steps, CHANNELS, strict=True), start=1):
        sent = invoices["due"].to_numpy() + days + rng.integers(-2, 5, len(invoices))
        goes = (sent < end) & (sent <= LAST) & (rng.random(len(invoices)) > FORGOTTEN_SHARE)
        goes &= ~spared & ((level <= len(profile.reminder_days)) | (story == "promise_breaker"))
        goes &= ~((invoices["disputed"] <= sent) & (invoices["resolved"] > sent)).to_numpy()
        place = np.flatnonzero(goes)
        rows.append(
            pd.DataFrame({"invoice": place, "day": sent[place], "level": level, "channel": channel})
        )
    sent = pd.concat(rows, ignore_index=True)
    return sent.sort_values(["day", "invoice"], kind="stable", ignore_index=True)


def make_promises(
    debtors: pd.DataFrame, invoices: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Return ``invoice``, ``day`` given, ``until`` and ``amount_cents`` of promises to pay.

    Most are kept, by paying on or shortly before the day; of the debtor that breaks
    promises one in eight.
    """
    count = len(invoices)
    paid, story = invoices["paid"].to_numpy(), debtors["story"].to_numpy()[invoices["debtor"]]
    given = invoices["due"].to_numpy() + rng.integers(10, 22, count)
    chance = debtors["promise_share"].to_numpy()[invoices["debtor"]]
    kept_share = np.where(np.isin(story, ("promise_breaker", "drifting")), 0.12, KEPT_SHARE)
    is_kept = rng.random(count) < kept_share
    asked = given + rng.integers(5, 15, count)
    until = np.where(is_kept & (paid <= LAST), paid + rng.integers(0, 3, count), asked)
    # A broken promise was for a day on which the money had not come.
    until = np.where(~is_kept, np.minimum(until, np.maximum(paid - 2, given + 1)), until)
    made = (rng.random(count) < chance) & (given < np.minimum(paid, invoices["written_off"]))
    made &= (given <= LAST) & (until > given) & (until - given <= 45)
    promises = pd.DataFrame(
        {"invoice": np.arange(count), "day": given, "until": until, "made": made}
    ).assign(amount_cents=invoices["amount_cents"])
    promises = promises[promises.pop("made")]
    return promises.sort_values(["day", "invoice"], kind="stable", ignore_index=True)


def make_disputes(invoices: pd.DataFrame) -> pd.DataFrame:
    """Return ``invoice``, ``day``, ``resolved`` and ``reason`` of disputes raised by the end."""
    rows = invoices[invoices["disputed"] <= LAST]
    disputes = rows[["disputed", "resolved", "reason"]].rename(columns={"disputed": "day"})
    disputes["resolved"] = disputes["resolved"].where(disputes["resolved"] <= LAST, NEVER)
    disputes.insert(0, "invoice", rows.index)
    return disputes.sort_values(["day", "invoice"], kind="stable", ignore_index=True)
