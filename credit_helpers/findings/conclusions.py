"""The opening of every chapter, in the order of the report."""

from __future__ import annotations

from credit_helpers.findings.conclusion import Conclusion

__all__ = ["Conclusion"]
