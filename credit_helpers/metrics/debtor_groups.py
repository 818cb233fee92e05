"""Groups of alike debtors: by the terms on their invoices, and by how late they pay."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.buckets import age_codes, age_names, bucket_codes, bucket_names
from credit_helpers.cents import ratios, sum_by
from credit_helpers.keys import customer_groups

NEEDS: tuple[str, ...] = ()
IN_TIME, UNKNOWN = "in_time", "unknown"


def by_terms_and_lateness(
    items: pd.DataFrame, days_late: pd.Series, edges: tuple[int, ...]
) -> tuple[pd.Series, pd.DataFrame]:
    """Return the group of each debtor, by the terms on its invoices and by how late it pays.

    Parameters
    ----------
    items : DataFrame
        Invoices of any period: ``customer_id``, ``kind``, ``issued_on``, ``due_on``,
        ``amount_cents``.
    days_late : Series
        Mean days late by ``customer_id``; who is not in it has not paid yet.
    edges : tuple of int
        Of the classes, as in :func:`~credit_helpers.buckets.bucket_names`.

    Returns
    -------
    (Series, DataFrame)
        Code of the group by customer id; ``terms_class`` and ``late_class`` of each code.
    """
    dated = ((items["kind"] == "invoice") & items["due_on"].notna()).to_numpy(dtype=bool)
    codes, ids = customer_groups(items)
    invoices, places = items.loc[dated, ["issued_on", "due_on", "amount_cents"]], codes[dated]
    cents = invoices["amount_cents"].to_numpy("int64")
    days = (invoices["due_on"] - invoices["issued_on"]).dt.days.to_numpy("int64")
    terms = ratios(sum_by(places, cents * days, len(ids)), sum_by(places, cents, len(ids)))
    late = days_late.reindex(ids).to_numpy(dtype="float64", na_value=np.nan)
    terms_names = age_names(edges)
    late_names = (IN_TIME, *bucket_names(edges)[1:-1], UNKNOWN)
    group = age_codes(np.round(terms), edges) * len(late_names) + bucket_codes(late, edges)
    classes = pd.DataFrame(
        {
            "terms_class": np.repeat(np.array(terms_names, dtype=object), len(late_names)),
            "late_class": np.tile(np.array(late_names, dtype=object), len(terms_names)),
        }
    )
    return pd.Series(group.astype("int64"), index=ids), classes.astype("string")
