"""The strategy: which approach fits which debtor, as ordered rules from a data file.

The first rule that fits a debtor gives its approach; the last fits everybody. What an approach
says about terms, price, deliveries, prepayment, cover, contact and manner stands per language in
``templates/text/<language>/strategy.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from credit_helpers.resources import PACKAGE

STRATEGY = PACKAGE / "policies" / "strategy.toml"
ASPECTS = ("terms", "price", "deliveries", "prepayment", "cover", "contact", "manner")


@dataclass(frozen=True)
class Approach:
    """One approach and whom it fits.

    Parameters
    ----------
    code : str
        Its name in the texts.
    fits : mapping
        Per column of the segments, the values that fit; a column that is not named always does.
    terms_days : float
        The longest payment term that fits; infinite when terms may stay as they are.
    """

    code: str
    fits: Mapping[str, tuple[object, ...]] = field(default_factory=lambda: MappingProxyType({}))
    terms_days: float = float("inf")


@cache
def approaches() -> tuple[Approach, ...]:
    """Return the approaches in the order in which they are tried.

    Examples
    --------
    >>> [one.code for one in approaches()][-1]
    'observe'
    """
    rules = tomllib.loads(STRATEGY.read_text(encoding="utf-8"))["approach"]
    return tuple(
        Approach(
            code=rule.pop("code"),
            terms_days=float(rule.pop("terms_days", "inf")),
            fits=MappingProxyType({column: tuple(values) for column, values in rule.items()}),
        )
        for rule in rules
    )
