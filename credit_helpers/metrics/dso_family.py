"""The rest of the DSO family: per invoice, sales-weighted, from delivery, and the terms given.

Each form looks at the same balance in another way. Per invoice and sales-weighted hold every open
invoice against the sales of its own month, so that a busy last month raises neither. A balance of
older months weighs heavily per invoice: it is a form to follow over time, not to compare.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from credit_helpers.cents import ratio, ratios, sum_by, weighted_mean
from credit_helpers.keys import CUSTOMER, numbers_of
from credit_helpers.norms import DsoPolicy

NEEDS = ("payment_history",)
NAN = float("nan")
READ = ("customer_id", CUSTOMER, "kind", "issued_on", "due_on", "delivered_on", "age_days")
READ += ("amount_cents", "outstanding_cents")


@dataclass(frozen=True)
class DsoFamilyFigures:
    """The further forms on the as-of date, in days; ``nan`` where the input cannot say.

    ``delivered_share`` is the part of the invoices of the period, by amount, whose day of delivery
    is known; ``invoicing_lag_days`` the mean of invoice minus delivery over those. The two forms
    from delivery add that lag to the simple and the countback DSO; per invoice each open invoice
    counts from its own delivery. ``invoiced_terms_days`` is due minus invoice date over the
    invoices of the period, ``agreed_terms_days`` what is agreed with their debtors, both by
    amount; ``agreed_share`` the part of them whose terms are agreed.
    """

    per_invoice_dso_days: float
    sales_weighted_dso_days: float
    per_invoice_delivery_days: float
    dso_delivery_days: float
    countback_delivery_days: float
    invoicing_lag_days: float
    delivered_share: float
    invoiced_terms_days: float
    agreed_terms_days: float
    agreed_share: float


def per_invoice_dso(
    outstanding_cents: ArrayLike, age_days: ArrayLike, month_sales_cents: ArrayLike
) -> float:
    """Return the "true" DSO: each open invoice's age times its part of its own month's sales.

    Parameters
    ----------
    outstanding_cents : array of int
        Per open invoice.
    age_days : array of float
        Days since invoice, or since delivery.
    month_sales_cents : array of int
        Credit sales of the month in which each was issued; an invoice of a month without sales
        is left out.

    Examples
    --------
    >>> per_invoice_dso([500, 1000], [40, 10], [1000, 2000])
    25.0
    """
    sales = np.asarray(month_sales_cents, dtype="float64")
    owed, age = (np.asarray(a, dtype="float64") for a in (outstanding_cents, age_days))
    known = sales > 0
    return float((age[known] * owed[known] / sales[known]).sum())


def sales_weighted_dso(
    outstanding_cents: ArrayLike, month_sales_cents: ArrayLike, month_days: ArrayLike
) -> float:
    """Return the part of each month's sales that is still open, times the days of that month.

    Parameters
    ----------
    outstanding_cents, month_sales_cents : array of int
        Per month of sale: still open, and sold. A month without sales is left out.
    month_days : array of int
        Days of each month; of the running one those that have passed.

    Examples
    --------
    >>> sales_weighted_dso([900, 500], [1000, 1000], [30, 31])
    42.5
    """
    return per_invoice_dso(outstanding_cents, month_days, month_sales_cents)


def by_month(items: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return what is still open of the invoices of each month, beside the sales of that month.

    Parameters
    ----------
    items : DataFrame
        The snapshot's, settled ones included.
    as_of : Timestamp

    Returns
    -------
    DataFrame
        A row per month with sales of which an invoice is open, the oldest first: ``month`` (its
        last day, or the as-of date), ``month_days``, ``credit_sales_cents``,
        ``open_invoices_cents``, ``mean_age_days`` since invoice and ``mean_delivery_age_days``
        since delivery, by amount; an invoice whose delivery is not known counts from its date,
        and the column is ``nan`` when no delivery is known at all.
    """
    documents = items.loc[items["kind"] != "unapplied_cash", _read(items)]
    codes, months = pd.factorize(documents["issued_on"].to_numpy("datetime64[M]"), sort=True)
    first = np.asarray(months, dtype="datetime64[M]")
    ends = np.minimum((first + 1).astype("datetime64[D]") - 1, np.datetime64(as_of, "D"))
    owed = documents["outstanding_cents"].where(documents["kind"] == "invoice", 0).to_numpy("int64")
    lag = _days_between(documents, "delivered_on", "issued_on")
    age = documents["age_days"].to_numpy(dtype="float64")
    still = sum_by(codes, owed, len(first))
    sums = [np.bincount(codes, owed * days, len(first)) for days in (age, age + np.nan_to_num(lag))]
    frame = pd.DataFrame(
        {
            "month": ends.astype("datetime64[ns]"),
            "month_days": (ends - first.astype("datetime64[D]")).astype("int64") + 1,
            "credit_sales_cents": sum_by(codes, documents["amount_cents"], len(first)),
            "open_invoices_cents": still,
            "mean_age_days": ratios(sums[0], still),
            "mean_delivery_age_days": ratios(sums[1], still),
        }
    )
    if np.isnan(lag[owed != 0]).all():
        frame["mean_delivery_age_days"] = NAN
    is_known = (frame["credit_sales_cents"] > 0) & (frame["open_invoices_cents"] > 0)
    return frame[is_known].reset_index(drop=True)


def figures(
    items: pd.DataFrame,
    customers: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    simple: tuple[float, float],
    policy: DsoPolicy,
) -> DsoFamilyFigures:
    """Return the further forms; see :class:`DsoFamilyFigures`.

    Parameters
    ----------
    items : DataFrame
        The snapshot's, settled ones included.
    customers : DataFrame
        ``customer_id`` and, where known, ``terms_days``.
    as_of : Timestamp
    simple : (float, float)
        The simple and the countback DSO of that day; when the first is not known, no other form
        is either.
    policy : DsoPolicy
        The terms and the lag are those of the invoices of ``period_days``.
    """
    if np.isnan(simple[0]):
        return DsoFamilyFigures(*[NAN] * 10)
    months = by_month(items, as_of)
    held = months["open_invoices_cents"], months["credit_sales_cents"]
    from_delivery = months["mean_delivery_age_days"]
    is_known = from_delivery.notna().any()
    delivered = per_invoice_dso(held[0], from_delivery, held[1]) if is_known else NAN
    start = as_of - pd.Timedelta(days=policy.period_days)
    sold = items.loc[(items["kind"] == "invoice") & (items["issued_on"] > start), _read(items)]
    cents = sold["amount_cents"].to_numpy()
    lag = _days_between(sold, "delivered_on", "issued_on")
    lag_days = weighted_mean(lag, cents)
    agreed = numbers_of(sold, customers, "terms_days")
    return DsoFamilyFigures(
        per_invoice_dso_days=per_invoice_dso(held[0], months["mean_age_days"], held[1]),
        sales_weighted_dso_days=sales_weighted_dso(*held, months["month_days"]),
        per_invoice_delivery_days=delivered,
        dso_delivery_days=simple[0] + lag_days,
        countback_delivery_days=simple[1] + lag_days,
        invoicing_lag_days=lag_days,
        delivered_share=ratio(cents[~np.isnan(lag)].sum(), cents.sum()),
        invoiced_terms_days=weighted_mean(_days_between(sold, "issued_on", "due_on"), cents),
        agreed_terms_days=weighted_mean(agreed, cents),
        agreed_share=ratio(cents[~np.isnan(agreed)].sum(), cents.sum()),
    )


def _read(items: pd.DataFrame) -> list[str]:
    """Return the columns of the items that are read here: a selection copies the others too."""
    return [name for name in READ if name in items]


def _days_between(rows: pd.DataFrame, start: str, end: str) -> np.ndarray:
    if start not in rows or end not in rows:
        return np.full(len(rows), NAN)
    return (rows[end] - rows[start]).dt.days.to_numpy(dtype="float64")
