"""One client's portfolio on one day, and every table of its audit."""

from credit_helpers.audit.audit import Audit
from credit_helpers.audit.opening import SAMPLE, open_audit
from credit_helpers.audit.shared import PSEUDONYMISED
from credit_helpers.intake.client import read_client
from credit_helpers.intake.sources import READABLE

__all__ = ["PSEUDONYMISED", "READABLE", "SAMPLE", "Audit", "open_audit", "read_client"]
