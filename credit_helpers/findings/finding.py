"""What a finding is: a value beyond its norm, with its effect, its owner and its proof.

A finding holds no prose. Its sentences are made from its code and its values when they are
shown, per language, from table ``[<code>]`` of ``templates/text/<language>/findings.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from credit_helpers.findings.caveats import Caveat
    from credit_helpers.words import Words

SEVERITIES = ("high", "middle", "low")
DEPARTMENTS = ("sales", "finance", "administration")


@dataclass(frozen=True)
class Evidence:
    """Where a finding can be retraced.

    Parameters
    ----------
    table : str
        Name of the audit's table, which is also the name of its workbook sheet.
    keys : tuple of str
        The rows that matter: customer ids, buckets, documents or checks; empty for all rows.
    """

    table: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that is beyond its norm.

    Parameters
    ----------
    code : str
        Table of ``findings.toml`` that holds its sentences.
    severity : str
        ``"high"``, ``"middle"`` or ``"low"``.
    department : str
        Who acts: ``"sales"``, ``"finance"`` or ``"administration"``.
    subject : str
        The chapter it belongs to.
    value, threshold : float
        What was measured and the norm it was held against, both in ``unit``.
    unit : str
        A unit of :mod:`credit_helpers.formats`.
    policy_key : str
        The key of the norm, for example ``ageing.max_overdue_share``.
    impact_cents : int
        Effect in cents of the reporting currency; 0 when it cannot be put in money.
    evidence : Evidence
        The table and the rows to look at.
    values : mapping
        The named values of its sentences; a tuple is written as a list.
    effect_kind : str
        What its effect is: one of :data:`~credit_helpers.findings.action.EFFECT_KINDS`.
    effort : str
        What its advice takes: ``"small"``, ``"middle"`` or ``"large"``.
    term_days : int
        Within how many days the advice should be carried out.
    claims : mapping
        Customer id -> cents of the effect; empty when it is about the whole portfolio.
    net_cents : int
        The part of the effect that no graver finding counted already.
    caveats : tuple of Caveat
        What its figures rest on that is not certain.
    """

    code: str
    severity: str
    department: str
    subject: str
    value: float
    threshold: float
    unit: str
    policy_key: str
    impact_cents: int
    evidence: Evidence
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    effect_kind: str = "exposure"
    effort: str = "middle"
    term_days: int = 60
    claims: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    net_cents: int = 0
    caveats: tuple[Caveat, ...] = ()

    def text(self, part: str, words: Words) -> str:
        """Return one of its sentences: ``title``, ``seen``, ``norm``, ``cause``, ..."""
        return spoken(f"findings.{self.code}.{part}", self.values, words)


def spoken(key: str, values: Mapping[str, Any], words: Words) -> str:
    """Return a text with its values: a tuple becomes a list in the sentence.

    A sentence that ends in a name with a full stop of its own (``Tolsma B.V.``) gets no second.

    Examples
    --------
    >>> from credit_helpers.words import Words
    >>> values = {"debtors_count": 2, "disputed_items_count": 3, "disputed_cents": 99_00,
    ...     "names": ("De Vries", "Tolsma B.V.")}
    >>> spoken("findings.disputes.seen", values, Words("en"))
    'Disputed: 3 items at 2 debtors, €99 in all. At the top: De Vries and Tolsma B.V.'
    """
    ready = {
        name: words.formats.join(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", words.prose(key, **ready))
