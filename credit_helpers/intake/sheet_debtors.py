"""A sheet per debtor: the name stands in a title, or is that of the sheet."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from credit_helpers.intake.groups import HEADER, has_customer, labelled, with_column
from credit_helpers.intake.headers import key_of
from credit_helpers.intake.recognise import missing_groups, recognise
from credit_helpers.intake.tables import RawTable
from credit_helpers.portfolio.ledger import Note

TITLE = re.compile(
    r"^\W*(?:debiteur(?:naam)?|klant(?:naam)?|relatie|customer|debtor)\s*:\s*(\S.*)$", re.IGNORECASE
)
NO_NAME = re.compile(
    r"^(?:blad|sheet|tab(?:el|elle)?|table|page|pagina|export|data|totaal|total|kwartaal|q"
    r"|jan(?:uari|uary)?|feb(?:ruari|ruary)?|mrt|maart|mar(?:ch)?|apr(?:il)?|mei|may|jun[ie]?"
    r"|jul[iy]?|aug(?:ustus|ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)?"
    r"[\s.'’_-]*\d*$",
    re.IGNORECASE,
)


def name_debtors(raws: Sequence[RawTable]) -> list[RawTable]:
    """Return the tables with a column for the debtor where a sheet tells it and its rows do not.

    A title such as ``Debiteur: Alfa B.V.`` is taken as it is. The name of a sheet is taken where
    several sheets of one file have the same headers, and none is called after a month or a number.
    """
    silent = [raw for raw in raws if raw.known is None and _lacks_debtor(raw)]
    alike = Counter(_kind(raw) for raw in silent)
    unnamed = {_kind(raw) for raw in silent if NO_NAME.match(raw.sheet)}
    found = []
    for raw in raws:
        name = ""
        if any(raw is other for other in silent):
            titled = [match[1] for match in map(TITLE.match, raw.titles) if match]
            by_sheet = alike[_kind(raw)] > 1 and _kind(raw) not in unnamed
            name = titled[0].strip() if titled else raw.sheet if by_sheet else ""
        found.append(_named(raw, name) if name else raw)
    return found


def _lacks_debtor(raw: RawTable) -> bool:
    """Return whether a table would be one of invoices if it named its debtor."""
    if has_customer(raw):
        return False
    missing = missing_groups("invoices", recognise(raw, "invoices").columns)
    return len(missing) == 1 and "customer_id" in missing[0]


def _kind(raw: RawTable) -> tuple[str, ...]:
    return (raw.file, *sorted(key_of(str(header)) for header in raw.cells.columns))


def _named(raw: RawTable, name: str) -> RawTable:
    names = pd.Series(name, index=raw.cells.index, dtype="str")
    # A total below the rows is of nobody.
    filled = with_column(raw, HEADER, names.mask(labelled(raw), ""))
    note = Note("debtor_from_sheet", {"file": raw.place})
    return dataclasses.replace(filled, notes=(*raw.notes, note))
