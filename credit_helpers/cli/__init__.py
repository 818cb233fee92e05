"""The command line."""

from credit_helpers.cli.start import app, main

__all__ = ["app", "main"]
