"""Matches payments to items; what matches none stays visible as unapplied cash."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from credit_helpers.intake.documents import CREDIT, WRITTEN_OFF, Documents, marks
from credit_helpers.intake.named import match_named
from credit_helpers.intake.texts import is_member, places_in, replaced
from credit_helpers.portfolio.ledger import Note

FX = r"koersverschil|exchange|currency difference|kursdifferenz|\bfx\b"


@dataclass
class Matched:
    """Settlements of items, cash that belongs to none, and the payments nobody can place."""

    settlements: pd.DataFrame
    cash: pd.DataFrame
    unplaced: pd.Index
    notes: list[Note] = field(default_factory=list)


def match(payments: pd.DataFrame, documents: Documents, refused: pd.DataFrame) -> Matched:
    """Return the settlements that payments make.

    Parameters
    ----------
    payments : DataFrame
        Accepted rows: ``document``, ``customer_id`` (``""`` when unknown), ``settled_on``,
        ``amount``, ``currency`` (``""`` when the file has none), ``has_sides`` (whether the
        file tells debit from credit), ``source_row``.
    documents : Documents
    refused : DataFrame
        Invoice rows that were set aside: ``document``, ``customer_id``, ``due_on``, ``currency``.

    Returns
    -------
    Matched
        ``cash`` has one item per receipt that names no accepted invoice: negative, on the day of
        receipt; when the invoice it names was set aside it carries that one's customer and due
        date. ``unplaced`` is the index of payments whose customer nobody knows.
    """
    rows, notes = _signed(payments)
    item_id = _find(rows, documents.items)
    currency = documents.items.set_index("item_id")["currency"].reindex(item_id).to_numpy()
    other = (rows["currency"] != "") & item_id.notna() & (rows["currency"] != currency)
    if other.any():
        notes.append(Note("payment_other_currency", {"rows_count": int(other.sum())}))
        item_id = item_id.mask(other)
    known = item_id.notna()
    settlements = _settled(rows[known], item_id[known])
    settlements = _spread_over_parts(
        settlements, pairs(documents.items, "document"), documents.items
    )
    by_key = _find_by_key(rows[~known], documents.items)
    settlements = pd.concat([settlements, by_key], ignore_index=True)
    known |= known.index.isin(by_key.index)
    settlements, rows = _by_description(rows, known, settlements, documents.items, notes)
    known |= rows["amount"] == 0
    cash = _cash(rows[~known], refused)
    placed = cash["customer_id"] != ""
    return Matched(settlements, cash[placed].reset_index(drop=True), cash.index[~placed], notes)


def _by_description(
    rows: pd.DataFrame, known: pd.Series, settlements: pd.DataFrame, items: pd.DataFrame,
    notes: list[Note],
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Add what the other receipts settle by their text; return them with what is left of each."""
    if "text" not in rows or "document" not in items or known.all():
        return settlements, rows
    open_rows = rows[~known].assign(kind_of=_kinds(rows[~known]))
    if "document" not in open_rows:
        open_rows["document"] = ""
    found = match_named(open_rows, items, settlements)
    if found.used.empty:
        return settlements, rows
    notes.append(Note("cash_by_description", {"rows_count": len(found.used)}))
    if found.partly_count:
        notes.append(Note("cash_named_partly", {"rows_count": found.partly_count}))
    left = rows["amount"].sub(found.used, fill_value=0).reindex(rows.index).astype("int64")
    customers = found.customers.reindex(rows.index)
    rows = rows.assign(amount=left, customer_id=customers.fillna(rows["customer_id"]))
    return pd.concat([settlements, found.settlements], ignore_index=True), rows


def _signed(payments: pd.DataFrame) -> tuple[pd.DataFrame, list[Note]]:
    """Turn receipts round when files without sides write them all as negative, as a ledger does."""
    amount, unsure = payments["amount"].astype("int64"), ~payments["has_sides"].astype(bool)
    if (amount[unsure] < 0).any() and (amount[unsure] <= 0).all():
        note = Note("payments_turned", {"rows_count": int(unsure.sum())})
        return payments.assign(amount=amount.mask(unsure, -amount)), [note]
    return payments, []


def _kinds(rows: pd.DataFrame) -> np.ndarray:
    if "kind" not in rows:
        return np.full(len(rows), "payment", dtype=object)
    text = rows["kind"].fillna("")
    fx = text.str.contains(FX, case=False, regex=True).to_numpy(dtype=bool)
    choices = [marks(text, WRITTEN_OFF), fx, marks(text, CREDIT)]
    return np.select(choices, ["write_off", "fx", "credit"], "payment")


def _find(rows: pd.DataFrame, items: pd.DataFrame) -> pd.Series:
    """Return the item that each payment names, by its number and, if need be, its customer."""
    found = pd.Series(pd.NA, index=rows.index, dtype="string")
    if "document" not in rows or "document" not in items:
        return found
    items = items[items["document"] != ""]
    for key_of in (_with_customer, _plain, _bare):
        left = found.isna() & (rows["document"] != "")
        if not left.any():
            break
        keys = key_of(items)
        sure = items[_names_one_customer(keys, items["customer_id"])]
        places = places_in(key_of(rows[left]), keys[sure.index])
        found[left] = sure["item_id"].array.take(places, allow_fill=True)
    return found


def _names_one_customer(keys: pd.Series, customer: pd.Series) -> pd.Series:
    if keys.is_unique:
        return keys != ""
    pairs = pd.DataFrame({"key": keys, "customer": customer}).drop_duplicates()
    shared = pairs.loc[pairs["key"].duplicated(keep=False), "key"]
    return (keys != "") & ~is_member(keys, shared)


def _with_customer(rows: pd.DataFrame) -> pd.Series:
    return rows["customer_id"].astype("string") + "\x00" + _plain(rows)


def _plain(rows: pd.DataFrame) -> pd.Series:
    return rows["document"].astype("string")


def _bare(rows: pd.DataFrame) -> pd.Series:
    """Return numbers without leading zeros, blanks and case, for files that differ in them."""
    return replaced(_plain(rows).str.upper(), r"[\s\pZ]", "").str.lstrip("0")


def pairs(items: pd.DataFrame, word: str) -> pd.Series:
    """Return customer and number together, ``""`` where there is no number."""
    if word not in items:
        return pd.Series("", index=items.index, dtype="string")
    own = items[word].astype("string").fillna("")
    return (items["customer_id"].astype("string") + "\x00" + own).mask(own == "", "")


def _settled(rows: pd.DataFrame, item_id: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "item_id": item_id,
            "settled_on": rows["settled_on"],
            "kind": _kinds(rows),
            "minor": rows["amount"].astype("int64"),
        },
        index=rows.index,
    )


def _find_by_key(rows: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Return settlements by the accounts' own matching key; the earliest due is paid first."""
    key, owned = pairs(rows, "match_key"), pairs(items, "match_key")
    own = items[(owned != "") & (items["amount_minor"] > 0)]
    first = own.groupby(owned[own.index])["item_id"].first()
    item_id = key.map(first).astype("string")
    hit = item_id.notna()
    return _spread_over_parts(_settled(rows[hit], item_id[hit]), owned, own)


def _spread_over_parts(
    settlements: pd.DataFrame, pair: pd.Series, items: pd.DataFrame
) -> pd.DataFrame:
    """Divide payments over items that belong together: the earliest due is paid first."""
    pair = pair.reindex(items.index)
    parts = items[pair.duplicated(keep=False) & (pair != "")]
    pair_of = pd.Series(pair[parts.index].to_numpy(), index=parts["item_id"])
    hit = settlements["item_id"].isin(pair_of.index)
    if not hit.any():
        return settlements
    spread = _fill(settlements[hit], parts.assign(pair=pair[parts.index]), pair_of)
    return pd.concat([settlements[~hit], spread])


def _fill(settlements: pd.DataFrame, parts: pd.DataFrame, pair_of: pd.Series) -> pd.DataFrame:
    rest = parts.sort_values("due_on", kind="stable").set_index("item_id")["amount_minor"].to_dict()
    order: dict[str, list[str]] = {}
    for item in rest:
        order.setdefault(pair_of[item], []).append(item)
    made, places = [], []
    for row in settlements.sort_values("settled_on", kind="stable").itertuples():
        left, queue = row.minor, order[pair_of[row.item_id]]
        for item in queue:
            share = min(left, max(rest[item], 0)) if item != queue[-1] else left
            if share:
                made.append((item, row.settled_on, row.kind, share))
                places.append(row.Index)
                rest[item] -= share
                left -= share
    return pd.DataFrame(made, columns=["item_id", "settled_on", "kind", "minor"], index=places)


def _cash(rows: pd.DataFrame, refused: pd.DataFrame) -> pd.DataFrame:
    """Return payments without an item as unapplied cash."""
    document = rows["document"] if "document" in rows else pd.Series("", index=rows.index)
    known = refused[refused["document"] != ""].drop_duplicates("document").set_index("document")
    customer = rows["customer_id"].astype("string")
    customer = customer.mask(
        customer == "", document.map(known["customer_id"]).astype("string")
    ).fillna("")
    due = document.map(known["due_on"]) if len(known) else pd.NaT
    currency = rows["currency"].astype("string")
    if len(known):
        currency = currency.mask(
            currency == "", document.map(known["currency"]).astype("string")
        ).fillna("")
    return pd.DataFrame(
        {
            "customer_id": customer,
            "name": rows.get("name", ""),
            "kind": "unapplied_cash",
            "document": document,
            "payment_id": rows.get("payment_id", ""),
            "issued_on": rows["settled_on"],
            "due_on": pd.Series(due, index=rows.index).astype("datetime64[ns]"),
            "amount_minor": -rows["amount"].astype("int64"),
            "currency": currency,
            "source_row": rows["source_row"],
            "source_file": rows["source_file"],
        },
        index=rows.index,
    )


def cash_ids(cash: pd.DataFrame, taken: pd.Series) -> pd.Series:
    """Return an id per unapplied receipt that no item has."""
    own = cash["payment_id"].astype("string").fillna("")
    row = cash["source_file"].astype("string") + "#" + cash["source_row"].astype("string")
    ids = own.mask((own == "") | own.duplicated(keep=False) | own.isin(taken), row)
    again = ids.groupby(ids).cumcount()
    return ids.mask(again > 0, ids + "/" + (again + 1).astype("string"))


def reconcile(own: pd.DataFrame, paid: pd.DataFrame) -> tuple[pd.DataFrame, list[Note]]:
    """Return one set of settlements from what invoice rows say and what payments say.

    Payments have the dates, so they count; what a row says is settled beyond them happened on an
    unknown day. A row that only has a date or a status adds nothing to an item with payments.
    """
    if own.empty or paid.empty:
        return pd.concat([own.drop(columns="basis"), paid], ignore_index=True), []
    sums = paid.groupby("item_id")["minor"].sum()
    has_payment = own["item_id"].isin(sums.index)
    rest = own["minor"] - own["item_id"].map(sums).fillna(0).astype("int64")
    is_total = own["basis"].isin(["open", "paid"])
    own = own.assign(
        minor=rest.where(is_total, own["minor"].where(~has_payment, 0)),
        settled_on=own["settled_on"].where(~has_payment),
    )
    own = own[own["minor"] != 0]
    differ = int((is_total & has_payment & (rest != 0)).sum())
    notes = [Note("settled_beyond_payments", {"rows_count": differ})] if differ else []
    return pd.concat([own.drop(columns="basis"), paid], ignore_index=True), notes
