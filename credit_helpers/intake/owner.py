"""Whose ledger it is, where an audit file or a title above the headers tells it."""

from __future__ import annotations

import re
from pathlib import Path

from credit_helpers.intake.evidence import Answer, invoices
from credit_helpers.intake.observed import observed_on
from credit_helpers.intake.reading import Reading

LEGAL_FORM = re.compile(
    r"\b(?:B\.?V\.?|N\.?V\.?|V\.?O\.?F\.?|Stichting|Coöperatie|Ltd\.?|Limited|LLC|Inc\.?|PLC|GmbH|AG"
    r"|S\.?A\.?|S\.?r\.?l\.?|AS|AB|ApS)(?=\W|$)"
)
NAMED = re.compile(
    r"^(?:administratie|bedrijf|bedrijfsnaam|onderneming|cliënt|client|company|organisation)\s*:\s*"
    r"(?:\d+\s*[-–]\s*)?(.+)$",
    re.IGNORECASE,
)
MAX_NAME = 120


def client_name(reading: Reading, folder: Path) -> Answer:
    """Return the client's name: of the audit file, a title with a company in it, or the folder."""
    for table in reading.tables:
        owner = table.raw.known.books.name if table.raw.known is not None else ""
        if owner:
            return Answer(_short(owner), "audit_file", {"file": table.raw.file})
    for table in invoices(reading):
        for title in table.raw.titles:
            named = NAMED.match(title.strip())
            if named or (LEGAL_FORM.search(title) and observed_on([title]) is None):
                found = named[1] if named else title
                return Answer(_short(found), "title", {"file": table.raw.place})
    return Answer(_short(folder.resolve().name) or "client", "folder")


def _short(text: str) -> str:
    return " ".join(text.split())[:MAX_NAME].strip()
