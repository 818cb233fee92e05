"""The key of a client's pseudonyms: ``pseudonym.key`` beside its files, made on first use."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from credit_helpers.errors import Fault, InputError

KEY_NAME = "pseudonym.key"
KEY_BYTES = 32
SHORTEST = 16


def pseudonym_key(folder: Path) -> bytes:
    """Return the key in a client's folder; a new one, that only its owner may read, if need be.

    A key copied from another client gives a debtor of both the same pseudonym.

    Raises
    ------
    InputError
        When the key is too short to protect anything, or cannot be read or written.
    """
    path = folder / KEY_NAME
    try:
        if not path.exists():
            _write(path, secrets.token_hex(KEY_BYTES))
        key = path.read_bytes().strip()
    except OSError as error:
        raise InputError(Fault("key_unusable", {"file": KEY_NAME})) from error
    if len(key) < SHORTEST:
        raise InputError(Fault("key_short", {"file": KEY_NAME, "count": SHORTEST}))
    return key


def _write(path: Path, key: str) -> None:
    # Two runs at once: the one that comes second uses the key of the first.
    try:
        place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(place, "w", encoding="ascii") as file:
        file.write(key + "\n")
