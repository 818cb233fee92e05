"""Brings amounts into the reporting currency; a currency without a rate stands apart."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

DEFAULT = "EUR"
SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "$": "USD"}
CODES = ("EUR", "USD", "GBP", "CHF", "INR", "CAD", "SEK", "NOK", "DKK", "PLN", "CZK", "AED", "AUD")


def codes_of(texts: pd.Series) -> pd.Series:
    """Return currency codes; missing where a text is no currency.

    Examples
    --------
    >>> codes_of(pd.Series(["eur", "€", "", "1.000,00"])).tolist()
    ['EUR', 'EUR', <NA>, <NA>]
    """
    own = texts.astype("string").str.strip().str.upper().replace(SIGNS)
    return own.where(own.str.fullmatch(r"[A-Z]{3}").fillna(False))


def stated_currency(headers: list[str], sample: pd.Series) -> str:
    """Return the currency that a header or the amounts themselves name, ``""`` for none.

    Examples
    --------
    >>> stated_currency(["Bedrag (EUR)"], pd.Series(["12"]))
    'EUR'
    >>> stated_currency(["x"], pd.Series(["£ 1"]))
    'GBP'
    """
    for header in headers:
        found = re.search(rf"\b({'|'.join(CODES)})\b", header.upper())
        if found:
            return found[1]
    for sign, code in SIGNS.items():
        if sample.str.contains(sign, regex=False).any() or any(sign in h for h in headers):
            return code
    return ""


def base_currency(items: pd.DataFrame) -> str:
    """Return the currency of the base amounts, ``""`` when nothing tells."""
    if "base_currency" in items and (items["base_currency"] != "").any():
        return str(items["base_currency"].mode()[0]).upper()
    same = items["base_cents"].notna() & (items["base_cents"] == items["amount_minor"])
    same &= items["amount_minor"] != 0
    found = items.loc[same.fillna(False), "currency"]
    return "" if found.empty else str(found.mode()[0])


def convert(
    items: pd.DataFrame, reporting: str, rates: Mapping[str, float]
) -> tuple[pd.Series, pd.Series]:
    """Return each item's cents in the reporting currency, and whether there is a rate for it.

    The source's own base amount goes before a rate. Amounts without a rate are returned as they
    are, in their own currency.
    """
    minor = items["amount_minor"].astype("int64")
    own = items["currency"] == reporting
    if own.all():
        return minor, own
    cents = minor.copy()
    uses_base = items["base_cents"].notna() & (base_currency(items) in ("", reporting)) & ~own
    cents = cents.mask(uses_base, items["base_cents"].fillna(0).astype("int64"))
    rate = items["currency"].map(dict(rates)).astype("float64")
    by_rate = ~own & ~uses_base & rate.notna()
    turned = np.rint(minor * rate.fillna(0)).astype("int64")
    return cents.mask(by_rate, turned), own | uses_base | by_rate


def as_invoiced(items: pd.DataFrame) -> pd.DataFrame:
    """Return items with currency and amount as invoiced, where an audit file tells them.

    What was booked stays what counts: only ``currency`` and ``amount_minor`` change, once
    everything is settled and converted, and only where both amounts have one sign.

    Examples
    --------
    >>> items = pd.DataFrame({"currency": ["EUR", "EUR"], "amount_minor": [100, -5],
    ...     "amount_cents": [100, -5], "has_rate": True, "foreign_currency": ["usd", ""],
    ...     "foreign_amount": pd.array([110, None], "Int64")})
    >>> as_invoiced(items)[["currency", "amount_minor", "amount_cents"]].to_numpy().tolist()
    [['USD', 110, 100], ['EUR', -5, -5]]
    """
    if "foreign_amount" not in items:
        return items
    code, minor = codes_of(items["foreign_currency"]), items["foreign_amount"].fillna(0)
    same_sign = np.sign(minor.astype("int64")) == np.sign(items["amount_minor"].astype("int64"))
    is_foreign = items["has_rate"] & code.notna() & same_sign & (minor != 0)
    return items.assign(
        currency=items["currency"].astype("string").mask(is_foreign, code),
        amount_minor=items["amount_minor"].mask(is_foreign, minor).astype("int64"),
    )


def convert_settlements(settlements: pd.DataFrame, items: pd.DataFrame) -> pd.Series:
    """Return settlements in the currency that their items are reported in.

    They are converted cumulatively, so that an item that is settled in full ends at exactly zero.

    Examples
    --------
    >>> items = pd.DataFrame({"item_id": ["F"], "amount_minor": [300], "amount_cents": [100]})
    >>> rows = pd.DataFrame({"item_id": ["F"] * 3, "minor": [100, 100, 100],
    ...     "settled_on": pd.to_datetime(["2026-01-01", "2026-01-02", "2026-01-03"])})
    >>> convert_settlements(rows, items).tolist()
    [33, 34, 33]
    """
    if (items["amount_minor"] == items["amount_cents"]).all():
        return settlements["minor"].astype("int64")
    by_id = items.set_index("item_id")
    minor = by_id["amount_minor"].reindex(settlements["item_id"]).to_numpy()
    cents = by_id["amount_cents"].reindex(settlements["item_id"]).to_numpy()
    same = minor == cents
    if same.all():
        return settlements["minor"].astype("int64")
    order = settlements.sort_values("settled_on", kind="stable", na_position="first").index
    ordered = settlements.loc[order]
    run = ordered.groupby("item_id")["minor"].cumsum()
    share = pd.Series(cents / np.where(minor == 0, 1, minor), index=settlements.index)[order]
    reached = pd.Series(np.rint(run * share), index=order).astype("int64")
    before = reached.groupby(ordered["item_id"]).shift(fill_value=0)
    turned = (reached - before).reindex(settlements.index)
    return turned.mask(same, settlements["minor"]).astype("int64")
