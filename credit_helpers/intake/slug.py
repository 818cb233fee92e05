"""A client's name as the name of a folder."""

from __future__ import annotations

import re
import unicodedata

RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$")
MAX_SLUG = 60


def slug(name: str) -> str:
    """Return a name as a folder name for Windows, macOS and Linux; never empty.

    Examples
    --------
    >>> slug("Jansen Bouw B.V."), slug("Café / Zoë"), slug("???"), slug("CON")
    ('jansen-bouw-b-v', 'cafe-zoe', 'client', 'client-con')
    """
    text = unicodedata.normalize("NFKD", name.lower())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = re.sub(r"[^a-z0-9]+", "-", text)[:MAX_SLUG].strip("-")
    return f"client-{text}" if RESERVED.match(text) else text or "client"
