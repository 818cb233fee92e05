"""What a limit rests on: self-assessed limits against the rules, and missing credit reports.

An insured may set a limit of its own up to an amount of the policy, from a recent credit report or
from its own recent payment experience, as long as the debtor caused no loss in the past year and
the insurer did not decide on the debtor itself.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.cents import count_by, sum_by
from credit_helpers.keys import customer_places, item_places
from credit_helpers.policy import Policy

NEEDS = ("limits",)
FAULTS = (
    "above_maximum",
    "insurer_decided",
    "no_evidence",
    "evidence_old",
    "wrote_off",
    "beyond_extension",
)


def facts(
    items: pd.DataFrame,
    settlements: pd.DataFrame,
    customers: pd.DataFrame,
    *,
    as_of: pd.Timestamp,
    policy: Policy,
) -> pd.DataFrame:
    """Return what the ledger and the customers' table say of each debtor's credit.

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``report_on``, ``evidence_days`` (since then; ``nan`` without),
        ``paid_count`` (payments within ``max_evidence_days``), ``written_off_cents`` (in the same
        period), ``largest_invoice_cents`` (of ``segmentation.sales_days``), in the order of
        ``customers``.
    """
    count, days = len(customers), policy.limits.max_evidence_days
    debtor = customer_places(items, customers)
    place = item_places(settlements, items)
    recent = (as_of - settlements["settled_on"]).dt.days.between(0, days - 1)
    kinds, cents = settlements["kind"], settlements["amount_cents"]
    paid, lost = (
        np.where((recent & (kinds == kind) & (cents > 0)).to_numpy(dtype=bool), debtor[place], -1)
        for kind in ("payment", "write_off")
    )
    ago = (as_of - items["issued_on"]).dt.days
    sold = (items["kind"] == "invoice") & ago.between(0, policy.segmentation.sales_days - 1)
    largest = np.zeros(count, dtype="int64")
    chosen = sold.to_numpy(dtype=bool) & (debtor >= 0)
    np.maximum.at(largest, debtor[chosen], items["amount_cents"].to_numpy("int64")[chosen])
    report = _day(customers, "report_on")
    return pd.DataFrame(
        {
            "customer_id": customers["customer_id"].astype("string").array,
            "name": customers["name"].astype("string").array,
            "report_on": report,
            "evidence_days": (as_of - report).dt.days.astype("float64"),
            "paid_count": count_by(paid, count),
            "written_off_cents": sum_by(lost, cents, count),
            "largest_invoice_cents": largest,
        }
    )


def self_assessed(facts: pd.DataFrame, limits: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return each self-assessed limit and the rules that it breaks, those with faults first.

    Parameters
    ----------
    facts : DataFrame
        From :func:`facts`.
    limits : DataFrame
        ``customer_id``, ``outstanding_cents``, ``insured_limit_cents``,
        ``discretionary_limit_cents``, ``oldest_days``.
    policy : Policy

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``outstanding_cents``, ``discretionary_limit_cents``,
        ``report_on``, ``evidence_days``, ``paid_count``, ``written_off_cents``, ``faults`` (codes
        of :data:`FAULTS` joined by ";", empty when the limit holds).
    """
    rows = facts.merge(limits.drop(columns="name", errors="ignore"), on="customer_id")
    rows = rows[rows["discretionary_limit_cents"].gt(0).fillna(False).astype(bool)]
    rows = rows.reset_index(drop=True)
    own, enough = policy.limits, rows["paid_count"] >= policy.behaviour.min_settled_count
    flags = pd.DataFrame(
        {
            "above_maximum": rows["discretionary_limit_cents"] > own.max_discretionary_cents,
            "insurer_decided": rows["insured_limit_cents"].notna(),
            "no_evidence": rows["report_on"].isna() & ~enough,
            "evidence_old": (rows["evidence_days"] > own.max_evidence_days) & ~enough,
            "wrote_off": rows["written_off_cents"] > 0,
            "beyond_extension": rows["stopping_days"] > own.max_extension_days,
        }
    ).astype(bool)
    codes = flags.columns.astype(object) + ";"
    rows["faults"] = flags.astype(object).dot(codes).astype("string").str.rstrip(";")
    columns = [
        *("customer_id", "name", "outstanding_cents", "discretionary_limit_cents", "report_on"),
        *("evidence_days", "paid_count", "written_off_cents", "faults"),
    ]
    order = rows.assign(is_right=rows["faults"] == "")
    keys = ["is_right", "outstanding_cents", "customer_id"]
    order = order.sort_values(keys, ascending=[True, False, True], kind="stable")
    return order[columns].reset_index(drop=True)


def without_report(facts: pd.DataFrame, limits: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return the debtors that need a credit report and have none, or an old one.

    A report is needed from ``report_from_cents`` on, of exposure or of one invoice, unless the
    insurer gave a limit: then it judged the debtor itself.

    Returns
    -------
    DataFrame
        ``customer_id``, ``name``, ``exposure_cents``, ``largest_invoice_cents``, ``report_on``,
        ``evidence_days``; the largest exposure first.
    """
    rows = facts.merge(limits.drop(columns="name", errors="ignore"), on="customer_id", how="left")
    rows["exposure_cents"] = rows["exposure_cents"].fillna(0).astype("int64")
    least = policy.limits.report_from_cents
    is_large = (rows["exposure_cents"] >= least) | (rows["largest_invoice_cents"] >= least)
    is_insured = rows["insured_limit_cents"].gt(0).fillna(False).astype(bool)
    is_old = rows["report_on"].isna() | (rows["evidence_days"] > policy.limits.max_evidence_days)
    rows = rows[is_large & ~is_insured & is_old]
    columns = ["customer_id", "name", "exposure_cents", "largest_invoice_cents", "report_on"]
    order = rows.sort_values(["exposure_cents", "customer_id"], ascending=[False, True])
    return order[[*columns, "evidence_days"]].reset_index(drop=True)


def _day(customers: pd.DataFrame, column: str) -> pd.Series:
    if column in customers:
        return customers[column].reset_index(drop=True)
    return pd.Series(pd.NaT, index=range(len(customers)), dtype="datetime64[ns]")
