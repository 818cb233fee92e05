"""The firm that makes the report: its name, colour, logo, address and disclaimer.

They stand in ``brand.toml``, in the client's folder or in the folder above it, where one file
serves all clients. What ``client.toml`` says under ``[brand]`` goes before it.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from credit_helpers.colour import colour_fault
from credit_helpers.errors import Fault
from credit_helpers.intake.toml_file import read_toml, unknown_key, wrong_value

BRAND_NAME = "brand.toml"
# How a file of each kind begins, and how large it may be.
KINDS = {
    "logo": ((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"), 150_000),
    "font": ((b"wOF2", b"wOFF", b"OTTO", b"\x00\x01\x00\x00"), 200_000),
}


@dataclass(frozen=True)
class Brand:
    """What the report shows of the firm that made it.

    Parameters
    ----------
    firm, prepared_by, prepared_for, confidentiality, address, disclaimer : str
        Texts of the cover and the margins.
    accent : str
        The firm's colour as ``#0B5C6B``; empty means that of the house.
    logo : str
        The PNG or JPEG picture as base64 text; in the file it is the name of the picture.
    font : str
        The font of the headings (WOFF2, WOFF, OpenType or TrueType), likewise.
    """

    firm: str = ""
    prepared_by: str = ""
    prepared_for: str = ""
    accent: str = ""
    confidentiality: str = ""
    logo: str = ""
    font: str = ""
    address: str = ""
    disclaimer: str = ""


BRAND_KEYS = tuple(field.name for field in fields(Brand))


def read_brand(folder: Path, own: Mapping[str, Any], own_file: str) -> tuple[Brand, list[Fault]]:
    """Return the brand of a client's report, and everything that is wrong with it.

    Parameters
    ----------
    folder : Path
        The client's folder.
    own : mapping
        What the client's settings say under ``[brand]``; its keys are known already.
    own_file : str
        Name of the file with the client's settings, for the faults.

    Raises
    ------
    InputError
        When ``brand.toml`` cannot be read.
    """
    places = (folder / BRAND_NAME, folder.resolve().parent / BRAND_NAME)
    shared = next((place for place in places if place.is_file()), None)
    values = read_toml(shared) if shared else {}
    faults = [unknown_key(BRAND_NAME, key, BRAND_KEYS) for key in values if key not in BRAND_KEYS]
    for known, file, prefix in ((values, BRAND_NAME, ""), (own, own_file, "brand.")):
        faults += [
            wrong_value(file, f"{prefix}{key}", value, '"…"')
            for key, value in known.items()
            if not isinstance(value, str)
        ]
        faults += _colour_faults(known.get("accent", ""), file, f"{prefix}accent")
    if faults:
        return Brand(), faults
    found = {**values, **own}
    for kind in KINDS:
        place = folder if own.get(kind) or not shared else shared.parent
        held = _held(place, kind, found.get(kind, ""))
        faults += [held] if isinstance(held, Fault) else []
        found[kind] = held
    return (Brand(), faults) if faults else (Brand(**found), [])


def _colour_faults(colour: Any, file: str, key: str) -> list[Fault]:
    if not isinstance(colour, str) or not colour:
        return []
    kind = colour_fault(colour)
    if kind == "wrong":
        return [wrong_value(file, key, colour, '"#0B5C6B"')]
    return [Fault("accent_pale", {"value": colour})] if kind == "pale" else []


def _held(folder: Path, kind: str, name: str) -> str | Fault:
    """Return a file as base64 text; the fault when it is no such kind, too large or elsewhere."""
    if not name:
        return ""
    path = folder / name
    if Path(name).name != name or not path.is_file():
        return Fault("file_missing", {"file": name})
    data = path.read_bytes()
    beginnings, most = KINDS[kind]
    if len(data) > most or not data.startswith(beginnings):
        return Fault(f"{kind}_wrong", {"file": name, "max_kilobytes": most // 1000})
    return base64.b64encode(data).decode()
