"""Formulas of reminders and promises."""

from __future__ import annotations

FIGURES = {
    "collection.promises_count": "SUM([collection_by_customer.promises_count])",
    "collection.broken_count": "SUM([collection_by_customer.broken_promises_count])",
    "collection.kept_share": (
        "{collection.kept_count}/({collection.kept_count}+{collection.broken_count})"
    ),
    "collection.broken_cents": "ROUND(SUM([collection_by_customer.broken_cents]),2)",
}

ROWS = {
    ("first_actions", "items_share"): "[@items_count]/SUM([first_actions.items_count])",
    ("collection_steps", "done_share"): "[@done_count]/[@items_count]",
    ("reminder_responses", "response_share"): "[@responses_count]/[@reminders_count]",
}

HELD = {
    "collection.promises_count": "[collection_by_customer.promises_count total]",
    "collection.broken_count": "[collection_by_customer.broken_promises_count total]",
    "collection.broken_cents": "[collection_by_customer.broken_cents total]",
}
