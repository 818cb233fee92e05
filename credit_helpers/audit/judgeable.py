"""Which chapters an input supports, before any audit is made of it."""

from __future__ import annotations

from collections.abc import Collection

from credit_helpers.audit.audit import NEEDS

CHAPTERS = (
    *(
        "ageing",
        "dso",
        "behaviour",
        "concentration",
        "segmentation",
        "early_warning",
        "limits",
        "priority",
    ),
    *("maturity", "changes"),
)
# A chapter that is written without these, but then cannot tell what is late.
LATE = {"ageing": ("due_dates",), "priority": ("due_dates",)}


def lacking(capabilities: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return per chapter what the input lacks for it; nothing when it can be judged.

    Examples
    --------
    >>> found = lacking({"due_dates", "limits"})
    >>> found["ageing"], found["dso"], found["limits"]
    ((), ('payment_history',), ())
    """
    needs = {**NEEDS, **LATE}
    return {
        chapter: tuple(need for need in needs.get(chapter, ()) if need not in capabilities)
        for chapter in CHAPTERS
    }
