"""Whether the client treats all debtors alike, and what treating them apart would release.

Measured per risk from the invoices of the past period: terms, limits and reminders. The usual term
is the one with most of the amount invoiced. What treating apart releases is, per debtor, ``sales
per day x (its terms - the terms of its approach) x reached_share``; nobody gets a longer term, and
lateness is taken to stay as it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from credit_helpers.cents import count_by, ratio, ratios, sum_by
from credit_helpers.keys import CUSTOMER, ITEM, customer_places, item_places
from credit_helpers.norms import SegmentationPolicy

NEEDS: tuple[str, ...] = ()
RISKS = ("high", "middle", "low", "unknown")
MAX_TERMS_DAYS = 3_650
READ = ("item_id", ITEM, "customer_id", CUSTOMER, "due_on", "settled_on", "days_past_due")
READ += ("amount_cents", "outstanding_cents")
DAYS_PER_MONTH = 365 / 12


@dataclass(frozen=True)
class TreatmentFigures:
    """How alike debtors are treated.

    ``usual_share`` is the part of the sales on the usual term, ``high_usual_share`` the part of
    the sales to high risk on that term or a longer one, ``terms_gap_days`` the terms of high risk
    minus those of low risk. ``nan`` without sales of that risk.
    """

    usual_terms_days: float
    usual_share: float
    high_usual_share: float
    terms_gap_days: float
    release_cents: float


def invoices(
    items: pd.DataFrame,
    reminders: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    days: int,
) -> pd.DataFrame:
    """Return the invoices of the past period with their terms and reminders.

    Parameters
    ----------
    items : DataFrame
        Of the snapshot.
    reminders : DataFrame
        ``item_id`` of each reminder that was sent.
    as_of : Timestamp
    days : int
        Length of the period, as-of date included.

    Returns
    -------
    DataFrame
        ``customer_id``, ``amount_cents``, ``terms_days`` (whole days from issue to due date,
        at most ten years), ``is_late`` (settled after the due date, or open past it),
        ``reminders_count``; ``customer_place`` where the items have it. Invoices without a due
        date, or due before their issue, are left out.
    """
    terms = (items["due_on"] - items["issued_on"]).dt.days
    ago = (as_of - items["issued_on"]).dt.days
    rows = (items["kind"] == "invoice") & (items["amount_cents"] > 0) & ago.between(0, days - 1)
    kept = items.loc[rows & (terms >= 0), [name for name in READ if name in items]]
    place = item_places(reminders, kept)
    paid_late = kept["settled_on"] > kept["due_on"]
    is_open = (kept["outstanding_cents"] > 0) & (kept["days_past_due"] > 0)
    return pd.DataFrame(
        {
            **{name: kept[name].array for name in ("customer_id", CUSTOMER) if name in kept},
            "amount_cents": kept["amount_cents"].to_numpy("int64"),
            "terms_days": terms[rows & (terms >= 0)].clip(upper=MAX_TERMS_DAYS).to_numpy("int64"),
            "is_late": (paid_late | is_open).to_numpy(dtype=bool),
            "reminders_count": count_by(place, len(kept)),
        }
    )


def by_risk(
    invoices: pd.DataFrame, segments: pd.DataFrame, limits: pd.DataFrame, days: int
) -> pd.DataFrame:
    """Return terms, limits and reminders per risk, those that have debtors.

    Parameters
    ----------
    invoices : DataFrame
        From :func:`invoices`, over ``days``.
    segments : DataFrame
        ``customer_id``, ``risk``, ``sales_cents``.
    limits : DataFrame
        ``customer_id``, ``credit_limit_cents``.

    Returns
    -------
    DataFrame
        ``risk``, ``debtors_count``, ``invoiced_cents``, ``terms_days`` (weighted by amount),
        ``usual_share`` (of the amount, on the usual term or a longer one), ``limit_months_index``
        (limits ÷ monthly sales, of debtors that have both), ``reminders_index`` (reminders per
        late invoice). What cannot be measured is ``nan``.
    """
    risk = pd.Index(RISKS).get_indexer(segments["risk"])
    place = customer_places(invoices, segments)
    codes = np.where(place >= 0, risk[place], -1)
    cents, terms = invoices["amount_cents"].to_numpy(), invoices["terms_days"].to_numpy()
    size, late = len(RISKS), np.where(invoices["is_late"], codes, -1)
    whole = sum_by(codes, cents, size)
    usual = np.where(terms >= _usual(invoices)[0], codes, -1)
    held = pd.Index(limits["customer_id"]).get_indexer(segments["customer_id"])
    limit = limits["credit_limit_cents"].to_numpy("float64", na_value=np.nan)
    limit = np.where(held >= 0, np.append(limit, np.nan)[held], np.nan)
    sales = segments["sales_cents"].to_numpy("int64")
    both = np.where(~np.isnan(limit) & (sales > 0), risk, -1)
    monthly = sum_by(both, sales, size) / days * DAYS_PER_MONTH
    frame = pd.DataFrame(
        {
            "risk": pd.array(RISKS, dtype="string"),
            "debtors_count": count_by(risk, size),
            "invoiced_cents": whole,
            "terms_days": ratios(sum_by(codes, terms * cents, size), whole),
            "usual_share": ratios(sum_by(usual, cents, size), whole),
            "limit_months_index": ratios(sum_by(both, np.nan_to_num(limit), size), monthly),
            "reminders_index": ratios(
                sum_by(late, invoices["reminders_count"], size), count_by(late, size)
            ),
        }
    )
    return frame[frame["debtors_count"] > 0].reset_index(drop=True)


def figures(
    by_risk: pd.DataFrame,
    invoices: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    terms: Mapping[str, float],
    policy: SegmentationPolicy,
) -> TreatmentFigures:
    """Return how alike debtors are treated; see :class:`TreatmentFigures`.

    Parameters
    ----------
    by_risk : DataFrame
        From :func:`by_risk`.
    invoices : DataFrame
        From :func:`invoices`, over ``sales_days``.
    segments : DataFrame
        ``customer_id``, ``approach``.
    terms : mapping
        The longest term in days of each approach; infinite where terms stay as they are.
    policy : SegmentationPolicy
    """
    usual, share = _usual(invoices)
    rows = by_risk.set_index("risk")
    high, low = (rows["terms_days"].get(risk, np.nan) for risk in ("high", "low"))
    place = customer_places(invoices, segments)
    fits = segments["approach"].map(terms).to_numpy("float64")[place]
    shorter = np.clip(invoices["terms_days"].to_numpy() - fits, 0, None)
    daily = invoices["amount_cents"].to_numpy("float64") / policy.sales_days
    # fsum: the same to the last digit in whatever order the rows stand
    released = math.fsum(daily * np.where(place >= 0, shorter, 0)) * policy.reached_share
    return TreatmentFigures(
        usual_terms_days=usual,
        usual_share=share,
        high_usual_share=float(rows["usual_share"].get("high", np.nan)),
        terms_gap_days=float(high - low),
        release_cents=released if len(invoices) else float("nan"),
    )


def _usual(invoices: pd.DataFrame) -> tuple[float, float]:
    """Return the term with most of the amount, the shortest of equals, and its part."""
    if invoices.empty:
        return float("nan"), float("nan")
    terms = invoices["terms_days"].to_numpy("int64")
    sums = sum_by(terms, invoices["amount_cents"], int(terms.max()) + 1)
    return float(sums.argmax()), ratio(int(sums.max()), int(sums.sum()))
