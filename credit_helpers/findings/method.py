"""Opening of the chapter on method: how far back the input reaches."""

from __future__ import annotations

from typing import Any

from credit_helpers.findings.conclusion import Conclusion

SUBJECT = "method"


def conclude(audit: Any) -> Conclusion:
    """Return the opening: what the figures rest on."""
    values = {
        "as_of": audit.as_of,
        "first_on": audit.ledger.first_on,
        "documents_count": len(audit.snapshot.items),
        "settlements_count": len(audit.snapshot.settlements),
        "debtors_count": len(audit.ledger.customers),
        "currencies": tuple(audit.currencies["currency"].astype(str)),
    }
    if not values["documents_count"]:
        return Conclusion(SUBJECT, "empty", values)
    has_history = "payment_history" in audit.capabilities
    return Conclusion(SUBJECT, "full_history" if has_history else "position_only", values)
