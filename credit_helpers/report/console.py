"""Where the command line prints, and what it makes of an error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.text import Text

from credit_helpers.errors import LANGUAGES, CreditHelpersError, Fault
from credit_helpers.report.terminal import line

PIPED_WIDTH = 120
TRACEBACK = "CREDIT_AUDIT_TRACEBACK"
"""When this variable of the environment is set, a fault of the program shows its traceback."""


def out() -> Console:
    """Return where results go; in a file or another program whole numbers and names have room."""
    return Console() if sys.stdout.isatty() else Console(width=PIPED_WIDTH)


def err() -> Console:
    """Return where errors, warnings and progress go."""
    return Console(stderr=True)


@contextmanager
def plain_errors(language: str) -> Iterator[None]:
    """Turn what was raised on purpose into plain sentences on stderr, and exit status 2."""
    try:
        yield
    except CreditHelpersError as error:
        # As plain text, so that nothing in the name of a file is markup or moves the cursor.
        shown = error.text(language) if language in LANGUAGES else str(error)
        for told in shown.splitlines():
            line(err(), told, "red")
        raise typer.Exit(2) from None
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        values = {"cause": type(error).__name__, "variable": TRACEBACK}
        fault = Fault("program_fault", values)
        text = fault.text(language if language in LANGUAGES else LANGUAGES[0])
        err().print(Text(text, style="red"), soft_wrap=True)
        raise typer.Exit(2) from None


@contextmanager
def busy(doing: str) -> Iterator[None]:
    """Show that something is being done while it lasts; nothing when stderr is no terminal."""
    with err().status(Text(doing)):
        yield
