"""Debit and credit: one signed amount from two columns, or from a column that says which side."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from credit_helpers.intake.amounts import EMPTY, READ, UNREADABLE
from credit_helpers.intake.documents import marks
from credit_helpers.intake.typed import Values

CREDIT_SIDE = re.compile(r"^\W*(?:c|cr|credit|h|haben|k|kredit)\W*$", re.IGNORECASE)


def join_sides(values: Values) -> None:
    """Give the table an ``amount``: debit minus credit, or negative where the side is credit."""
    frame, states = values.typed.values, values.states
    sides = [word for word in ("debit", "credit") if word in frame]
    if sides and "amount" not in frame and "open_amount" not in frame:
        debit, credit = (_filled(frame, word) for word in ("debit", "credit"))
        found = np.max([states[word] == READ for word in sides], axis=0)
        wrong = np.max([states[word] == UNREADABLE for word in sides], axis=0)
        states["amount"] = np.where(wrong, UNREADABLE, np.where(found, READ, EMPTY)).astype("int8")
        amount = (debit - credit).astype("Int64")
        frame["amount"] = amount.mask(states["amount"] != READ)
    if "debit_credit" in frame:
        is_credit = marks(frame["debit_credit"], CREDIT_SIDE)
        for word in ("amount", "open_amount", "amount_base", "open_base"):
            if word in frame and not (frame[word] < 0).any():
                frame[word] = frame[word].mask(is_credit, -frame[word])


def _filled(frame: pd.DataFrame, word: str) -> pd.Series:
    if word in frame:
        return frame[word].fillna(0)
    return pd.Series(0, index=frame.index, dtype="Int64")
