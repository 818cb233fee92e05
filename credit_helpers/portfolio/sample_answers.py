"""What the sample clients say of their way of working; in two places their ledger knows better."""

from __future__ import annotations

from collections.abc import Mapping

ANSWERS: Mapping[str, Mapping[str, bool | int]] = {
    # orders pass the limits, and the first reminder goes out twice as late
    "wholesaler": {
        "written_policy": True,
        "roles_assigned": True,
        "new_customers_checked": False,
        "customers_reviewed": False,
        "limits_set": True,
        "limits_block_orders": True,
        "cover_kept": False,
        "invoicing_days": 2,
        "invoices_checked": True,
        "terms_uniform": True,
        "ageing_weekly": False,
        "pre_due_calls": False,
        "first_action_days": 5,
        "all_reminded": False,
        "promises_followed": True,
        "handed_over": False,
        "dispute_owner": True,
        "dispute_days": 14,
    },
    # new customers get much credit unseen, and disputes pile up
    "staffing": {
        "written_policy": False,
        "roles_assigned": True,
        "new_customers_checked": True,
        "customers_reviewed": False,
        "limits_set": True,
        "limits_block_orders": False,
        "cover_kept": False,
        "invoicing_days": 1,
        "invoices_checked": True,
        "terms_uniform": True,
        "ageing_weekly": True,
        "pre_due_calls": True,
        "first_action_days": 7,
        "all_reminded": False,
        "promises_followed": True,
        "handed_over": False,
        "dispute_owner": True,
        "dispute_days": 20,
    },
    # half the balance has no limit, and reminders go on and on
    "installer": {
        "written_policy": False,
        "roles_assigned": False,
        "new_customers_checked": False,
        "customers_reviewed": False,
        "limits_set": True,
        "limits_block_orders": False,
        "cover_kept": False,
        "invoicing_days": 7,
        "invoices_checked": True,
        "terms_uniform": True,
        "ageing_weekly": False,
        "pre_due_calls": False,
        "first_action_days": 7,
        "all_reminded": False,
        "promises_followed": False,
        "handed_over": True,
        "dispute_owner": True,
        "dispute_days": 10,
    },
}


def answer_lines(name: str) -> str:
    """Return a sample's answers as lines of TOML.

    Examples
    --------
    >>> answer_lines("installer").splitlines()[7]
    'invoicing_days = 7'
    """
    return "\n".join(f"{key} = {str(value).lower()}" for key, value in ANSWERS[name].items())
