"""The opening of every chapter, in the order of the report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from credit_helpers.findings import (
    ageing,
    behaviour,
    changes,
    collection,
    concentration,
    data_quality,
    dso,
    early_warning,
    indicators,
    limits,
    maturity,
    method,
    order_to_cash,
    plan,
    priority,
    segmentation,
    summary,
)
from credit_helpers.findings.caveats import caveats
from credit_helpers.findings.conclusion import Conclusion

__all__ = ["Conclusion", "conclude"]

CHAPTERS = (
    summary,
    data_quality,
    ageing,
    dso,
    indicators,
    behaviour,
    concentration,
    segmentation,
    early_warning,
    limits,
    order_to_cash,
    collection,
    priority,
    plan,
    maturity,
    changes,
    method,
)


def conclude(audit: Any) -> dict[str, Conclusion]:
    """Return the opening of each chapter by its subject.

    The audit's ``findings`` must not ask for its ``conclusions``: the summary needs them.
    """
    uncertain = caveats(audit)
    return {
        chapter.SUBJECT: replace(
            chapter.conclude(audit), caveats=uncertain.get(chapter.SUBJECT, ())
        )
        for chapter in CHAPTERS
    }
