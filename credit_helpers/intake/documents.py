"""Makes items from invoice rows: kind, sign, id, and what the row itself says is paid."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from credit_helpers.intake.texts import is_member
from credit_helpers.portfolio.ledger import Note

CREDIT = re.compile(r"credit|gutschrift|avoir|abono|nota de cr|^(?:cn|cr|dg|g2|cm|cred|rc)$", re.I)
CASH = re.compile(
    r"payment|betaling|ontvangst|receipt|zahlung|paiement|pago|^(?:dz|zp|zv|pay|pmt|bank|kas|cash)$",
    re.I,
)
PAID = re.compile(
    r"^(?:ja|yes|j|y|x|paid|fully paid|"
    r"betaald|voldaan|afgesloten|closed|settled|bezahlt|payé|paid in full)$",
    re.I,
)
WRITTEN_OFF = re.compile(
    r"written.?off|write.?off|afgeboekt|afboek|oninbaar|uncollectible|bad debt", re.I
)
ORIGIN = ("source_row", "source_file", "table_number", "place")


@dataclass
class Documents:
    """Items with their amounts in their own currency, and the settlements their rows tell.

    ``receipts`` are the rows of a card that are no document: rows of a table of payments.
    """

    items: pd.DataFrame
    settlements: pd.DataFrame
    notes: list[Note] = field(default_factory=list)
    receipts: pd.DataFrame = field(default_factory=pd.DataFrame)


def marks(text: pd.Series, pattern: re.Pattern[str]) -> np.ndarray:
    """Return which texts a pattern is found in; each different text is looked at once."""
    codes, unique = pd.factorize(text)
    hit = np.array([bool(pattern.search(str(value))) for value in unique], dtype=bool)
    return hit[codes] if len(unique) else np.zeros(0, dtype=bool)


def make_documents(rows: pd.DataFrame, *, has_payments: bool) -> Documents:
    """Return items and settlements of invoice rows.

    Parameters
    ----------
    rows : DataFrame
        Accepted rows with ``customer_id`` and ``currency`` filled; amounts in cents of their own
        currency.
    has_payments : bool
        There is a table of payments: a status then settles nothing.

    Returns
    -------
    Documents
        ``items`` has ``amount_minor``, ``base_cents`` (missing when the row has no base amount)
        and all columns of ``rows``; ``settlements`` has ``item_id``, ``settled_on``, ``kind``,
        ``minor``, what its ``basis`` is and the ``place`` of its item.
    """
    notes: list[Note] = []
    items = rows.copy(deep=False)
    is_credit = _marked(items, "kind", CREDIT)
    is_cash = _marked(items, "kind", CASH) & ~is_credit
    settles = np.zeros(len(items), dtype=bool)
    if "is_receipt" in items:
        settles = items["is_receipt"].astype("boolean").fillna(False).to_numpy(bool)
    if "amount" in items and "open_amount" in items:
        items["amount"] = items["amount"].fillna(items["open_amount"])
    amount = items["amount"] if "amount" in items else items["open_amount"]
    items["amount_minor"] = amount.astype("int64")
    for typed in (is_credit, is_cash):
        _turn_unsigned(items, typed, notes)
    receipts = _receipts(items[settles]) if settles.any() else pd.DataFrame()
    if settles.any():
        kept = ~settles
        items, is_cash, is_credit = (
            items[kept].reset_index(drop=True),
            is_cash[kept],
            is_credit[kept],
        )
    kinds = pd.array(["invoice", "credit_note", "unapplied_cash"], dtype="str")
    items["kind"] = kinds.take(np.where(is_cash, 2, is_credit))
    items["base_cents"] = _base(items)
    items["item_id"] = item_ids(items)
    settled = _own_settlements(items, notes, has_payments=has_payments)
    return Documents(items, settled, notes, receipts)


def _receipts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of a card as rows of a table of payments: what comes in is positive."""
    words = ["customer_id", "name", "document", "text", "kind", "currency", *ORIGIN]
    kept = rows[[word for word in words if word in rows]]
    return kept.assign(settled_on=rows["issued_on"], amount=-rows["amount_minor"])


def _marked(items: pd.DataFrame, word: str, pattern: re.Pattern[str]) -> np.ndarray:
    if word not in items:
        return np.zeros(len(items), dtype=bool)
    return marks(items[word].fillna(""), pattern)


def _turn_unsigned(items: pd.DataFrame, typed: np.ndarray, notes: list[Note]) -> None:
    """Make credits negative where the file writes them all without a sign."""
    if not typed.any() or (items.loc[typed, "amount_minor"] < 0).any():
        return
    words = ["amount_minor", "open_amount", "paid_amount", "amount_base", "open_base"]
    for word in [word for word in words if word in items]:
        items.loc[typed, word] = -items.loc[typed, word]
    notes.append(Note("credits_turned", {"rows_count": int(typed.sum())}))


def _base(items: pd.DataFrame) -> pd.Series:
    """Return the amount in the source's base currency; missing where the source has none."""
    if "amount_base" in items and "amount" in items:
        return items["amount_base"].astype("Int64")
    if "open_base" not in items:
        return pd.Series(pd.NA, index=items.index, dtype="Int64")
    if "amount" not in items:
        return items["open_base"].astype("Int64")
    opened = items["open_amount"] if "open_amount" in items else items["amount"]
    share = items["open_base"].astype("Float64") / opened.astype("Float64").replace(0, pd.NA)
    return (share * items["amount_minor"]).round().astype("Int64")


def item_ids(items: pd.DataFrame) -> pd.Series:
    """Return one id per item: the printed number, and what it takes to make it unique.

    Examples
    --------
    >>> rows = pd.DataFrame({"document": ["F1", "F2", "F2", ""], "customer_id": list("aabb"),
    ...     "source_row": [2, 3, 4, 5]})
    >>> item_ids(rows).tolist()
    ['F1', 'a/F2', 'b/F2', 'b/5']
    """
    blank = pd.Series("", index=items.index, dtype="string")
    document = items["document"].astype("string").fillna("") if "document" in items else blank
    if (document != "").all() and document.is_unique:
        return document
    customer = items["customer_id"].astype("string")
    row = items["source_row"].astype("string")
    ids = document.mask(document == "", customer + "/" + row)
    for longer in (customer + "/" + document, customer + "/" + document + "/" + row):
        double = ids.duplicated(keep=False)
        ids = ids.mask(double & (document != ""), longer)
    again = ids.groupby(ids).cumcount()
    ids = ids.mask(again > 0, ids + "/" + (again + 1).astype("string"))
    while ids.duplicated().any():
        ids = ids.mask(ids.duplicated(), ids + "'")
    return ids


def _own_settlements(items: pd.DataFrame, notes: list[Note], *, has_payments: bool) -> pd.DataFrame:
    amount = items["amount_minor"]
    no_day = pd.Series(pd.NaT, index=items.index, dtype="datetime64[ns]")
    day = items["settled_on"].astype("datetime64[ns]") if "settled_on" in items else no_day
    written_off = _marked(items, "status", WRITTEN_OFF)
    settled, basis = _settled(items, day, written_off, notes, has_payments=has_payments)
    dated_unpaid = day.notna() & (settled == 0) & (amount != 0)
    if dated_unpaid.any():
        notes.append(Note("paid_date_without_payment", {"rows_count": int(dated_unpaid.sum())}))
    hit = np.flatnonzero(settled != 0)
    kinds = pd.array(["payment", "write_off"], dtype="str")
    return pd.DataFrame(
        {
            "item_id": items["item_id"].array[hit],
            "settled_on": day.array[hit],
            "kind": kinds.take(written_off[hit].astype("int64")),
            "minor": settled.array[hit],
            "basis": basis,
            "place": hit,
        }
    )


def _settled(
    items: pd.DataFrame, day: pd.Series, written_off: np.ndarray, notes: list[Note], *,
    has_payments: bool,
) -> tuple[pd.Series, str]:  # fmt: skip
    """Return what each row says is settled, and which column says so."""
    amount = items["amount_minor"]
    paid = items.get("paid_amount", None)
    if "open_amount" in items and "amount" in items:
        opened = items["open_amount"]
        unknown = opened.isna() & day.isna()
        if paid is not None:
            opened = opened.fillna(amount - paid)
            differ = int(((amount - opened) != paid).fillna(False).sum())
            if differ:
                notes.append(Note("paid_and_open_differ", {"rows_count": differ}))
        elif unknown.any():
            notes.append(Note("open_amount_empty", {"rows_count": int(unknown.sum())}))
        opened = opened.fillna(amount.where(day.isna(), 0))
        return (amount - opened).astype("int64"), "open"
    if paid is not None and "amount" in items:
        return paid.fillna(0).astype("int64"), "paid"
    if "amount" in items and "settled_on" in items:
        return amount.where(day.notna(), 0), "date"
    is_paid = _marked(items, "status", PAID) | written_off
    if "amount" in items and is_paid.any() and not has_payments:
        notes.append(Note("settled_by_status", {"rows_count": int(is_paid.sum())}))
        return amount.where(is_paid, 0), "status"
    return amount * 0, ""


def judge_kinds(items: pd.DataFrame, settlements: pd.DataFrame) -> pd.Series:
    """Return the kind of every item, now that its settlements are known.

    A negative row without a type is a credit note, unless somebody paid a positive amount on it:
    then it is an invoice with a wrong sign, which the data quality reports.
    """
    positive = settlements.loc[settlements["minor"] > 0, "item_id"]
    negative = (items["kind"] == "invoice") & (items["amount_minor"] < 0)
    if not negative.any():
        return items["kind"]
    paid = np.zeros(len(items), dtype=bool)
    paid[negative] = is_member(items.loc[negative, "item_id"], positive)
    return items["kind"].mask(negative & ~paid, "credit_note")
