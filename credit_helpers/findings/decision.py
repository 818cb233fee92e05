"""The decisions asked for in the summary: the advice of the gravest findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from credit_helpers.findings.action import action
from credit_helpers.findings.finding import SEVERITIES, Finding
from credit_helpers.norms import FindingsPolicy

if TYPE_CHECKING:
    from credit_helpers.words import Words


@dataclass(frozen=True)
class Decision:
    """What is asked of whom, and when.

    Parameters
    ----------
    finding : Finding
        Its advice is the decision, its department carries it out within its term.
    """

    finding: Finding

    def advice(self, words: Words) -> str:
        """Return what is asked, in a sentence or two."""
        return self.finding.text("advice", words)

    def who(self, words: Words) -> str:
        """Return who acts, and by when: ``Verkoop, binnen 30 dagen``."""
        department = words.label(f"department.{self.finding.department}")
        within = words.prose("labels.word.within", term_days=self.finding.term_days)
        return f"{department}, {within}"


def decisions(findings: Iterable[Finding], policy: FindingsPolicy) -> tuple[Decision, ...]:
    """Return the decisions that belong to the gravest findings.

    So that the reader is not told the same thing twice, a theme that was named comes back only
    when nothing else is left but findings of low severity. Among findings of one severity the
    chapters take turns; within a chapter the order of the findings stays.
    """
    said: Counter[str] = Counter()
    turns: Counter[tuple[str, str]] = Counter()
    placed = []
    for finding in findings:
        theme = action(finding.code).theme or finding.code
        chapter = (finding.severity, finding.subject)
        is_low = finding.severity == SEVERITIES[-1]
        grade = SEVERITIES.index(finding.severity)
        placed.append((is_low, said[theme], grade, turns[chapter], finding))
        turns[chapter] += not said[theme]
        said[theme] += 1
    placed.sort(key=lambda place: place[:-1])
    return tuple(Decision(finding) for *_, finding in placed[: policy.decisions_count])
