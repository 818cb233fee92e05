"""Keeps the traces of a native library off the user's terminal: faults are told in words."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

STDERR = 2


@contextlib.contextmanager
def native_quiet() -> Iterator[None]:
    """Send what native code writes to standard error nowhere while the block runs.

    A reader written in Rust prints a trace when it gives up, before Python hears of it. Where
    there is no standard error, as in a program without a console, nothing has to be done.
    """
    try:
        sys.stderr.flush()
        own = os.dup(STDERR)
    except (AttributeError, OSError, ValueError):
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 (os.devnull is no path on Windows)
            os.dup2(nowhere.fileno(), STDERR)
        yield
    finally:
        os.dup2(own, STDERR)
        os.close(own)
