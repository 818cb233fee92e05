"""What stands on the cover and in the margins of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from credit_helpers.colour import colour_fault
from credit_helpers.errors import Fault, ReportError
from credit_helpers.words import Words

FACTS = ("prepared_for", "prepared_by", "date", "exported", "period", "basis", "reference")
HOUSE_ACCENT = "#0B5C6B"


@dataclass(frozen=True)
class Cover:
    """The text of the cover, each part as it is shown; an empty part is left out.

    Parameters
    ----------
    client_name : str
        Whose ledger was audited.
    as_of : str
        The as-of date in full, in the language of the report.
    language : str
        ``"nl"`` or ``"en"``.
    currency : str
        ISO code of the amounts.
    period : str
        The period that the report looks back on.
    prepared_for, prepared_by, firm : str
        For whom, by whom, and the name of the firm at the top.
    accent : str
        The brand's colour, as ``#0B5C6B``; empty means the house colour.
    confidentiality : str
        A word or two for the foot of each page.
    fingerprint : str
        Hexadecimal digest of input, policy and parameters.
    version : str
        Version of the program.
    basis : str
        What the audit rests on: how many items, and how they tie out.
    date : str
        The date of the report, in full, where the client's settings give one.
    exported : str
        The day on which the ledger was exported, in full, where the cover has no date.
    address, disclaimer : str
        What stands small at the foot of the cover.
    logo : str
        The PNG or JPEG picture of the firm's logo, as base64 text.
    font : str
        The firm's font for the headings, as base64 text.

    Raises
    ------
    ReportError
        When the accent is not a colour, or too pale to read on white paper.
    """

    client_name: str
    as_of: str
    language: str = "nl"
    currency: str = "EUR"
    period: str = ""
    prepared_for: str = ""
    prepared_by: str = ""
    firm: str = ""
    accent: str = HOUSE_ACCENT
    confidentiality: str = ""
    fingerprint: str = ""
    version: str = ""
    basis: str = ""
    date: str = ""
    exported: str = ""
    address: str = ""
    disclaimer: str = ""
    logo: str = ""
    font: str = ""

    def __post_init__(self) -> None:
        # Line ends and control characters would break a header line or the PDF's outline.
        for field in fields(self):
            text = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", getattr(self, field.name)).split())
            object.__setattr__(self, field.name, text)
        if not self.accent:
            object.__setattr__(self, "accent", HOUSE_ACCENT)
        kind = colour_fault(self.accent)
        if kind:
            raise ReportError(Fault(f"accent_{kind}", {"value": self.accent}))

    @property
    def author(self) -> str:
        """Who made the report: the firm, else the person."""
        return self.firm or self.prepared_by

    @property
    def reference(self) -> str:
        """The start of the fingerprint and the version: ``3f9a 72c1 · 1.0``."""
        short = " ".join(filter(None, (self.fingerprint[:4], self.fingerprint[4:8])))
        return " · ".join(filter(None, (short, self.version)))

    def title(self, words: Words) -> str:
        """Return the title of the document: client, kind of report and as-of date."""
        kind = words.label("report.title")
        return f"{self.client_name} · {kind} · {words.label('report.as_of')} {self.as_of}"

    def facts(self, words: Words) -> list[tuple[str, str]]:
        """Return the lines at the foot of the cover, as label and text; empty ones left out."""
        known = ((name, getattr(self, name)) for name in FACTS)
        return [(words.label(f"report.{name}"), text) for name, text in known if text]
