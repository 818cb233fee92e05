"""A settings file: read, and its faults named with the file and the key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import process

from credit_helpers.errors import Fault, InputError


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds; a byte order mark before it does no harm.

    Raises
    ------
    InputError
        When it cannot be read, with the line.
    """
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = re.search(r"line (\d+)", str(error))
        row = found[1] if found else "1"
        raise InputError(Fault("config_unreadable", {"file": path.name, "row": row})) from error


def unknown_key(file: str, key: str, known: Sequence[str]) -> Fault:
    """Return the fault of a key that does not exist, with the nearest one that does."""
    found = process.extractOne(key, known)
    nearest = found[0] if found else known[0]
    return Fault("config_key_unknown", {"file": file, "key": key, "nearest": nearest})


def wrong_value(file: str, key: str, value: Any, allowed: str) -> Fault:
    """Return the fault of a value that a key cannot have."""
    values = {"file": file, "key": key, "value": str(value), "allowed": allowed}
    return Fault("config_value_wrong", values)
