"""Effects that do not count the same euro twice.

The findings are about the same debtors and the same balance, so their effects overlap. Each gets
a net effect, such that the net effects may be added:

1. Only what releases cash or prevents a loss counts; exposure and margin stay out.
2. A finding about named debtors is laid on them. In order of gravity each claims, per debtor, what
   it has beyond what graver findings claimed there, and never more than the debtor's balance.
3. A finding about the whole portfolio comes after those, outcomes such as the DSO last. It claims
   what it has beyond everything claimed before, and never more than what is left of the overdue
   balance.

So a debtor counts once, for the largest effect of its findings, and the total never exceeds the
balance of the open invoices.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from credit_helpers.findings.action import action
from credit_helpers.findings.finding import Finding

COUNTED = ("release", "loss")


def netted(findings: Iterable[Finding], balances: pd.DataFrame) -> tuple[Finding, ...]:
    """Return the findings, in their order, each with its net effect.

    Parameters
    ----------
    findings : iterable of Finding
        The gravest first.
    balances : DataFrame
        One row per debtor: ``customer_id``, ``outstanding_cents``, ``overdue_cents``. The order of
        the rows does not matter; a debtor in credit has nothing to claim.
    """
    found = tuple(findings)
    rows = balances.set_index("customer_id")[["outstanding_cents", "overdue_cents"]].astype("int64")
    balance = rows["outstanding_cents"].clip(lower=0)
    named = [i for i, finding in enumerate(found) if _counts(finding) and finding.claims]
    whole = [i for i, finding in enumerate(found) if _counts(finding) and not finding.claims]
    whole.sort(key=lambda i: action(found[i].code).is_outcome)
    net, claimed = _of_debtors([found[i] for i in named], balance)
    overdue = rows["overdue_cents"].clip(lower=0, upper=balance)
    left = int((overdue - claimed).clip(lower=0).sum())
    wide = _of_portfolio([found[i] for i in whole], sum(net), left)
    by_place = dict(zip([*named, *whole], [*net, *wide], strict=True))
    return tuple(replace(f, net_cents=by_place.get(i, 0)) for i, f in enumerate(found))


def net_total(findings: Iterable[Finding]) -> int:
    """Return what all findings bring together, in cents, each euro once."""
    return sum(finding.net_cents for finding in findings)


def _counts(finding: Finding) -> bool:
    return finding.effect_kind in COUNTED and finding.impact_cents > 0


def _of_debtors(findings: list[Finding], balance: pd.Series) -> tuple[list[int], pd.Series]:
    """Return the net effect of findings about named debtors, and what is claimed per debtor."""
    net, claimed = [], balance * 0
    for finding in findings:
        asked = pd.Series(dict(finding.claims), dtype="int64").reindex(balance.index, fill_value=0)
        reached = asked.clip(upper=balance).clip(lower=claimed)
        net.append(min(int((reached - claimed).sum()), finding.impact_cents))
        claimed = reached
    return net, claimed


def _of_portfolio(findings: list[Finding], claimed: int, left: int) -> list[int]:
    """Return the net effect of findings about the whole, after ``claimed`` cents of others."""
    net, most = [], claimed + left
    for finding in findings:
        reached = max(claimed, min(finding.impact_cents, most))
        net.append(reached - claimed)
        claimed = reached
    return net
