"""Tells receipts from credit notes in an account card, where both stand on the credit side."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from credit_helpers.intake.documents import CASH, CREDIT, WRITTEN_OFF, marks
from credit_helpers.intake.named import is_safe
from credit_helpers.intake.typed import Values
from credit_helpers.portfolio.ledger import Note

CREDIT_WORDS = re.compile(
    r"credit[\s-]?(?:nota|factuur|note|memo|invoice)|\bcredit(?:ering)?\b|gecrediteerd|gutschrift"
    r"|\bcn[\s-]?\d",
    re.IGNORECASE,
)
RECEIPT_WORDS = re.compile(
    r"betaling|betaald|ontvang|\bontv\b|\bbank|bank\b|\bbnk\b|\bkas\b|\bcash\b|payment|receipt"
    r"|received|zahlung|überweisung|\brabo|\bing\b|\babn\b|\bideal\b|incasso|\bsepa\b|overboeking"
    r"|bijschrijving|storting|\bpin\b|\bbacs\b|\bcheque\b|remittance",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(?:factuur|fact|faktuur|invoice|inv|rechnung|nota)\.?\s*(?:nummer|number|nr|no)?\.?\s*[:#]?\s*"
    r"([A-Z0-9][A-Z0-9./-]*\d)",
    re.IGNORECASE,
)
TOLD = ("open_amount", "paid_amount", "settled_on")
PAYMENT, CREDIT_NOTE, WRITE_OFF = "betaling", "creditnota", "afboeking"


def mark_receipts(values: Values) -> None:
    """Say of the rows on the credit side what they are, as far as no column does.

    By the words of the journal and the description; what these do not tell in a card of debit and
    credit is a receipt, as a credit note says that it is one. In a table that does not tell what
    is open, receipts are marked as such, to be matched with the invoices.
    """
    typed, frame = values.typed, values.typed.values
    table = typed.table
    if table.raw.known is not None or table.role != "invoices":
        return
    word = next((word for word in ("amount", "open_amount") if word in frame), "")
    if not word:
        return
    _number_by_text(values)
    kind = _text(frame, "kind")
    is_told = marks(kind, CREDIT) | marks(kind, CASH)
    judged = (frame[word] < 0).fillna(False).to_numpy(bool) & ~is_told & (kind == "").to_numpy()
    if judged.any():
        _judge(values, judged)
    if "kind" in frame and not any(told in frame for told in TOLD):
        kind = _text(frame, "kind")
        settles = (marks(kind, CASH) | marks(kind, WRITTEN_OFF)) & ~marks(kind, CREDIT)
        if settles.any() and (_is_card(values) or _shares_numbers(frame, settles)):
            frame["is_receipt"] = settles


def _shares_numbers(frame: pd.DataFrame, settles: np.ndarray) -> bool:
    """Return whether a receipt has the number of an invoice; in a list of open items none has."""
    if "document" not in frame:
        return False
    number = frame["document"].astype("str")
    shared = number[settles].isin(number[~settles]) & (number[settles] != "")
    return bool(shared.any())


def _text(frame: pd.DataFrame, word: str) -> pd.Series:
    if word not in frame:
        return pd.Series("", index=frame.index, dtype="str")
    return frame[word].fillna("")


def _judge(values: Values, judged: np.ndarray) -> None:
    typed, frame = values.typed, values.typed.values
    text = _text(frame, "journal").astype("str") + " " + _text(frame, "text").astype("str")
    credit = judged & marks(text, CREDIT_WORDS)
    lost = judged & ~credit & marks(text, WRITTEN_OFF)
    paid = judged & ~credit & ~lost & marks(text, RECEIPT_WORDS)
    unsure = judged & ~credit & ~lost & ~paid & _is_card(values)
    if not (credit | lost | paid | unsure).any():
        return
    choices = [credit, lost, paid | unsure]
    told = np.select(choices, [CREDIT_NOTE, WRITE_OFF, PAYMENT], _text(frame, "kind"))
    frame["kind"] = pd.Series(told, index=frame.index, dtype="str")
    for code, hit in (("card_receipts", paid | lost), ("card_unsure", unsure)):
        count = int((hit & typed.is_accepted).sum())
        if count:
            values.notes.append(Note(code, {"file": typed.table.raw.place, "rows_count": count}))


def _is_card(values: Values) -> bool:
    """Return whether a table is a card of debit and credit with a description, or a balance."""
    frame = values.typed.values
    if any(word in frame for word in TOLD):
        return False
    is_balanced = any(note.code == "running_balance" for note in values.notes)
    return is_balanced or {"debit", "credit", "text"} <= set(frame)


def _number_by_text(values: Values) -> None:
    """Take the number of an invoice from its description where no column has it."""
    frame = values.typed.values
    if "text" not in frame or "document" in frame:
        return
    codes, unique = pd.factorize(_text(frame, "text"))
    found = np.array([_number(str(text)) for text in unique], dtype=object)
    number = pd.Series(found[codes], index=frame.index, dtype="str")
    if (number != "").any():
        frame["document"] = number
        told = {"file": values.typed.table.raw.place, "rows_count": int((number != "").sum())}
        values.notes.append(Note("documents_from_text", dict(told)))


def _number(text: str) -> str:
    """Return the number of the one invoice that a description names.

    Examples
    --------
    >>> _number("Verkoopfactuur 2026001"), _number("fact. nr. F-2041 mrt"), _number("Factuur 2026")
    ('2026001', 'F-2041', '')
    >>> _number("fact 2026001 en fact 2026002")
    ''
    """
    found = list(dict.fromkeys(NAMED.findall(text)))
    return found[0] if len(found) == 1 and is_safe(found[0].upper()) else ""
