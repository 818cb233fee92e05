"""The portfolio audit of a debtor ledger: ``open_audit`` is the way in.

What is offered here is imported when it is first asked for, so that the command line answers at
once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from credit_helpers.audit import Audit, open_audit
    from credit_helpers.errors import CreditHelpersError, InputError, PolicyError, ReportError
    from credit_helpers.intake.read import read_ledger
    from credit_helpers.policy import load_policy
    from credit_helpers.portfolio.ledger import Ledger

__all__ = [
    "Audit",
    "CreditHelpersError",
    "InputError",
    "Ledger",
    "PolicyError",
    "ReportError",
    "load_policy",
    "open_audit",
    "read_ledger",
]

_PLACES = {
    "Audit": "audit",
    "CreditHelpersError": "errors",
    "InputError": "errors",
    "Ledger": "portfolio.ledger",
    "PolicyError": "errors",
    "ReportError": "errors",
    "load_policy": "policy",
    "open_audit": "audit",
    "read_ledger": "intake.read",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
