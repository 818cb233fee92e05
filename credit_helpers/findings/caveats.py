"""What the figures rest on that is not certain: said in every chapter that depends on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from credit_helpers.findings.finding import spoken

if TYPE_CHECKING:
    from credit_helpers.words import Words

# The chapters whose figures depend on which invoice was paid, and on what day: all but those on
# the balance per debtor, which stays the same.
DEPENDING = (
    *("summary", "data_quality", "ageing", "dso", "indicators", "behaviour", "segmentation"),
    *("early_warning", "limits", "order_to_cash", "collection", "priority", "findings"),
    *("maturity", "changes"),
)


@dataclass(frozen=True)
class Caveat:
    """One thing to know before a figure is used: ``data_quality.caveat.<code>``."""

    code: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def text(self, words: Words) -> str:
        """Return it as a sentence or two."""
        return spoken(f"data_quality.caveat.{self.code}", self.values, words)


def caveats(audit: Any) -> dict[str, tuple[Caveat, ...]]:
    """Return the caveats of each chapter that depends on payments; nothing when there are none.

    ``allocated``: receipts without an invoice number were matched by us, so that the age of what
    is left and the days of payment follow from our order. ``undated``: documents were settled on
    an unknown day, so that a balance of before the export cannot be known completely.
    """
    found = tuple(one for one in (_allocated(audit), _undated(audit)) if one)
    return dict.fromkeys(DEPENDING, found) if found else {}


def _allocated(audit: Any) -> Caveat | None:
    rows = audit.snapshot.settlements
    if "is_allocated" not in rows:
        return None
    rows = rows[rows["is_allocated"].fillna(False).astype(bool) & (rows["amount_cents"] > 0)]
    if rows.empty:
        return None
    cents = int(rows["amount_cents"].sum())
    values = {"allocated_cents": cents, "items_count": rows["item_id"].nunique()}
    return Caveat("allocated", values)


def _undated(audit: Any) -> Caveat | None:
    rows = audit.quality[audit.quality["check"] == "undated_settlement"]
    if rows.empty:
        return None
    values = {
        "items_count": int(rows["items_count"].sum()),
        "undated_cents": int(rows["amount_cents"].abs().sum()),
    }
    return Caveat("undated", values)
