"""Terms of payment: what stands on an invoice beside what was agreed with its debtor."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.keys import numbers_of

NEEDS = ("terms",)


def more_days(items: pd.DataFrame, customers: pd.DataFrame) -> pd.Series:
    """Return how many days longer the agreed term of each invoice is than its own.

    Parameters
    ----------
    items, customers : DataFrame
        As in :func:`differing`.

    Returns
    -------
    Series of float
        Row by row, negative when the invoice gives more time; ``nan`` where nothing can be told.
    """
    days = (items["due_on"] - items["issued_on"]).dt.days.to_numpy("float64")
    is_invoice = (items["kind"] == "invoice").to_numpy(dtype=bool)
    more = np.where(is_invoice, numbers_of(items, customers, "terms_days") - days, np.nan)
    return pd.Series(more, index=items.index)


def differing(items: pd.DataFrame, customers: pd.DataFrame) -> pd.Series:
    """Return which invoices have another number of days to pay than was agreed.

    Parameters
    ----------
    items : DataFrame
        ``kind``, ``issued_on``, ``due_on``, and the customer.
    customers : DataFrame
        ``terms_days`` where known.

    Returns
    -------
    Series of boolean
        Row by row; missing for other documents than invoices, without a due date, and where
        nothing was agreed.

    Examples
    --------
    >>> on = pd.to_datetime(["2026-03-01", "2026-03-01"])
    >>> items = pd.DataFrame({"kind": "invoice", "customer_id": ["1", "2"], "issued_on": on,
    ...     "due_on": on + pd.Timedelta(days=14)})
    >>> agreed = pd.DataFrame({"customer_id": ["1"], "terms_days": [30]})
    >>> differing(items, agreed).tolist()
    [True, <NA>]
    """
    more = more_days(items, customers).to_numpy()
    return pd.Series(pd.arrays.BooleanArray(more != 0, np.isnan(more)), index=items.index)
