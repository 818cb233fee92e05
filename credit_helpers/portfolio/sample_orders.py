"""When a sample client delivered what it invoiced, and under which order of the customer."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.portfolio.sample_profiles import NEVER, Profile

WITH_ORDERS_SHARE = 0.45  # debtors that work with purchase orders
FORGOTTEN_SHARE = 0.02  # of their invoices, on top of those disputed for it
NO_ORDER = "Inkoopnummer ontbreekt"


def make_orders(profile: Profile, debtors: pd.DataFrame, invoices: pd.DataFrame) -> pd.DataFrame:
    """Return ``delivered`` (day number) and ``order_ref`` of each invoice, in its order.

    Draws from a generator of its own, so that nothing else of the client depends on it. Invoices
    follow delivery after some days, in the last year two days later than before; an invoice that
    is disputed for want of an order number has none.
    """
    rng = np.random.default_rng([profile.seed, 2])
    count = len(invoices)
    slower = np.where(invoices["issued"] > invoices["issued"].max() - 365, 2, 0)
    lag = np.minimum(rng.poisson(profile.invoicing_lag_days, count) + slower, invoices["issued"])
    uses = (rng.random(len(debtors)) < WITH_ORDERS_SHARE)[invoices["debtor"]]
    refused = (invoices["disputed"] < NEVER) & (invoices["reason"] == NO_ORDER)
    is_forgotten = refused | (rng.random(count) < FORGOTTEN_SHARE)
    number = [f"PO-{serial:06d}" for serial in rng.integers(100_000, 999_999, count)]
    order_ref = np.where((uses | refused) & ~is_forgotten, number, "")
    return pd.DataFrame({"delivered": invoices["issued"] - lag, "order_ref": order_ref})
