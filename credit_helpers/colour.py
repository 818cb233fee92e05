"""Whether a colour can be read on white paper."""

from __future__ import annotations

import re

# What the guidelines for accessible pages ask of text of ordinary size.
MIN_CONTRAST = 4.5
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def contrast_on_white(colour: str) -> float:
    """Return how much a colour differs from white, from 1 for white to 21 for black.

    Examples
    --------
    >>> contrast_on_white("#000000"), round(contrast_on_white("#0B5C6B"), 1)
    (21.0, 7.6)
    """
    parts = [part / 255 for part in bytes.fromhex(colour[1:])]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    weighed = zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    return 1.05 / (sum(weight * part for weight, part in weighed) + 0.05)


def colour_fault(colour: str) -> str:
    """Return ``"wrong"`` for no colour, ``"pale"`` for one too light on white, else ``""``.

    Examples
    --------
    >>> colour_fault("#0B5C6B"), colour_fault("#FFD400"), colour_fault("blue")
    ('', 'pale', 'wrong')
    """
    if not _COLOUR.fullmatch(colour):
        return "wrong"
    return "pale" if contrast_on_white(colour) < MIN_CONTRAST else ""
