"""Lists of documents whose only amounts stand in columns of age: what is open is the one filled."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from credit_helpers.intake.age_columns import classes_of
from credit_helpers.intake.content import AMOUNT_CONCEPTS
from credit_helpers.intake.headers import meanings
from credit_helpers.intake.tables import RawTable

HEADER = "Openstaand"
NOTHING = r"[-\s€$£]*(?:0+(?:[.,]0+)?)?[-\s€$£]*"


def with_open_amount(raw: RawTable) -> RawTable:
    """Return the table with a column of what is open, where only classes of age tell it.

    A row that is filled in several classes is a sum, and gets no amount. A list without numbers of
    documents is one of debtors, which stays as it is.
    """
    meant = [{meaning.concept for meaning in meanings(header)} for header in raw.cells]
    has_numbers = any("document" in concepts for concepts in meant)
    has_amounts = any(
        concepts & AMOUNT_CONCEPTS and "document" not in concepts for concepts in meant
    )
    names = [found.name for found in classes_of(raw.cells.columns)]
    if raw.known is not None or len(names) < 2 or has_amounts or not has_numbers:
        return raw
    filled = ~raw.cells[names].apply(lambda cells: cells.str.fullmatch(NOTHING)).to_numpy(bool)
    place = np.where(filled.any(axis=1), filled.argmax(axis=1), 0)
    rows = np.arange(len(raw.cells))
    text = np.where(filled.sum(axis=1) > 1, "", raw.cells[names].to_numpy()[rows, place])
    cells = raw.cells.assign(**{HEADER: pd.Series(text, index=raw.cells.index, dtype="str")})
    kinds = raw.kinds
    if kinds is not None:
        kinds = kinds.assign(**{HEADER: kinds[names].to_numpy()[rows, place]})
    return dataclasses.replace(raw, cells=cells, kinds=kinds)
