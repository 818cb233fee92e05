"""What only the client can tell of itself: ``[client]`` of ``client.toml``.

::

    [client]
    gross_margin = 0.32      # of its sales
    collection_cost = 2500   # per month, in the reporting currency
    interest_rate = 0.075    # a year, on the money that it borrows
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from credit_helpers.errors import Fault
from credit_helpers.intake.toml_file import wrong_value

SECTION = "client"
EXAMPLES = {"gross_margin": "0.32", "collection_cost": "2500", "interest_rate": "0.075"}
FACT_KEYS = tuple(EXAMPLES)
NAN = float("nan")


@dataclass(frozen=True)
class Facts:
    """Facts of the client; ``nan`` where it did not tell.

    Parameters
    ----------
    gross_margin_share : float
        Of its sales.
    collection_cost_cents : float
        What collection costs per month: wages, postage, agencies.
    interest_share : float
        What it pays a year on the money that it borrows.
    """

    gross_margin_share: float = NAN
    collection_cost_cents: float = NAN
    interest_share: float = NAN


def facts(section: Mapping[str, Any]) -> Facts:
    """Return the section ``[client]``, which :func:`wrong_facts` found right.

    Examples
    --------
    >>> facts({"gross_margin": 0.32, "collection_cost": 2500})
    Facts(gross_margin_share=0.32, collection_cost_cents=250000.0, interest_share=nan)
    """
    return Facts(
        gross_margin_share=float(section.get("gross_margin", NAN)),
        collection_cost_cents=float(section.get("collection_cost", NAN)) * 100,
        interest_share=float(section.get("interest_rate", NAN)),
    )


def wrong_facts(section: Mapping[str, Any], config: str) -> list[Fault]:
    """Return the faults of the section: what is no number, no share, or nothing at all.

    Examples
    --------
    >>> [fault.values["key"] for fault in wrong_facts({"gross_margin": 32}, "client.toml")]
    ['client.gross_margin']
    """
    return [
        wrong_value(config, f"{SECTION}.{key}", section[key], EXAMPLES[key])
        for key in FACT_KEYS
        if key in section and not _fits(key, section[key])
    ]


def _fits(key: str, value: Any) -> bool:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    return 0 < value < (1e11 if key == "collection_cost" else 1)
