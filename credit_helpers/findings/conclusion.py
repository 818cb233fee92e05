"""What a chapter opens with: a sentence made from the facts, and the reasoning under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from credit_helpers.findings.finding import spoken

if TYPE_CHECKING:
    from credit_helpers.findings.caveats import Caveat
    from credit_helpers.words import Words


@dataclass(frozen=True)
class Conclusion:
    """The opening of a chapter, chosen from the facts.

    Parameters
    ----------
    subject : str
        The chapter, which is also the name of its text file.
    code : str
        Table ``[opening.<code>]`` of that file.
    values : mapping
        The named values of its sentences; a tuple is written as a list.
    caveats : tuple of Caveat
        What its figures rest on that is not certain.
    """

    subject: str
    code: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    caveats: tuple[Caveat, ...] = ()

    def text(self, part: str, words: Words) -> str:
        """Return ``heading`` or ``lead`` in a language."""
        return spoken(f"{self.subject}.opening.{self.code}.{part}", self.values, words)

    def heading(self, words: Words) -> str:
        """Return the conclusion as one sentence."""
        return self.text("heading", words)

    def lead(self, words: Words) -> str:
        """Return the two or three sentences of reasoning."""
        return self.text("lead", words)
