"""The decisions asked for in the summary: the advice of the gravest findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from credit_helpers.findings.finding import Finding
from credit_helpers.policy import FindingsPolicy

TERM_OF = {"high": "week", "middle": "days_30", "low": "days_60"}


@dataclass(frozen=True)
class Decision:
    """What is asked of whom, and when.

    Parameters
    ----------
    finding : Finding
        Its advice is the decision; its department carries it out.
    term : str
        ``"week"``, ``"days_30"`` or ``"days_60"``, by severity.
    """

    finding: Finding
    term: str


def decisions(findings: Iterable[Finding], policy: FindingsPolicy) -> tuple[Decision, ...]:
    """Return the decisions that belong to the first findings, in their order."""
    first = tuple(findings)[: policy.decisions_count]
    return tuple(Decision(finding, TERM_OF[finding.severity]) for finding in first)
