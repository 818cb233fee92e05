"""The debtors that a finding is about: who they are, and who of them is named."""

from __future__ import annotations

from typing import Any

import pandas as pd

from credit_helpers.findings.finding import Evidence


def named(rows: pd.DataFrame, audit: Any, by: str = "outstanding_cents") -> tuple[str, ...]:
    """Return the names of the largest debtors, as many as the policy names in a sentence."""
    largest = rows.sort_values([by, "customer_id"], ascending=[False, True])
    shown = largest.head(audit.policy.findings.names_count)
    names = shown["name"].astype("string")
    return tuple(names.mask(names.isna() | (names == ""), shown["customer_id"]))


def who(rows: pd.DataFrame, audit: Any, by: str = "outstanding_cents") -> dict[str, Any]:
    """Return the values that most texts about debtors need.

    ``debtors_count``, ``names`` (the largest) and ``debtors_cents`` (what they owe by ``by``).
    """
    return {
        "debtors_count": len(rows),
        "names": named(rows, audit, by),
        "debtors_cents": int(rows[by].sum()),
    }


def evidence(table: str, rows: pd.DataFrame, key: str = "customer_id") -> Evidence:
    """Return where the rows stand and which they are."""
    return Evidence(table, tuple(str(value) for value in rows[key]))


def claims(rows: pd.DataFrame, by: str = "outstanding_cents") -> dict[str, int]:
    """Return how many cents of a finding's effect are laid on each debtor."""
    rows = rows[rows[by] > 0]
    return dict(zip(rows["customer_id"].astype(str), rows[by].astype(int), strict=True))


def with_balance(rows: pd.DataFrame, audit: Any) -> pd.DataFrame:
    """Return a table by customer with what each owes now, only those that owe something."""
    balances = audit.ageing_by_customer[["customer_id", "outstanding_cents"]]
    known = rows.drop(columns="outstanding_cents", errors="ignore")
    joined = known.merge(balances, on="customer_id", how="inner")
    return joined[joined["outstanding_cents"] > 0]
