"""Makes disputes, reminders and promises, from columns of the invoices or tables of their own."""

from __future__ import annotations

import pandas as pd

from credit_helpers.intake.documents import marks
from credit_helpers.intake.typed import NO
from credit_helpers.portfolio.schema import DISPUTES, PROMISES, REMINDERS


def disputes_of(items: pd.DataFrame) -> pd.DataFrame:
    """Return the disputes that invoice rows flag, or give a reason for."""
    if not {"dispute_reason", "disputed", "disputed_on"} & set(items):
        items = items.iloc[:0]
    blank = pd.Series("", index=items.index, dtype="string")
    reason = items["dispute_reason"].astype("string") if "dispute_reason" in items else blank
    if "disputed" in items:
        hit = items["disputed"].fillna(False).astype(bool)
    else:
        hit = pd.Series(~marks(reason.fillna(""), NO), index=items.index)
    if "disputed_on" in items:
        hit |= items["disputed_on"].notna()
    rows = items[hit]
    day = rows.get("disputed_on", pd.NaT)
    frame = pd.DataFrame({"item_id": rows["item_id"], "reason": reason[hit]})
    return DISPUTES.frame(frame.assign(disputed_on=pd.Series(day, index=rows.index)))


def item_of(rows: pd.DataFrame, items: pd.DataFrame) -> pd.Series:
    """Return the item that each row names by its document number; missing when there is none."""
    if "document" not in items or "document" not in rows:
        return pd.Series(pd.NA, index=rows.index, dtype="string")
    known = items[items["document"] != ""].drop_duplicates("document").set_index("document")
    return rows["document"].map(known["item_id"]).astype("string")


def disputes_table(rows: pd.DataFrame, item_id: pd.Series) -> pd.DataFrame:
    """Return disputes from a table of their own."""
    frame = pd.DataFrame({"item_id": item_id, "disputed_on": _day(rows, "disputed_on")})
    if "resolved_on" in rows:
        frame["resolved_on"] = rows["resolved_on"]
    if "dispute_reason" in rows:
        frame["reason"] = rows["dispute_reason"]
    return DISPUTES.frame(frame[item_id.notna()])


def reminders_table(rows: pd.DataFrame, item_id: pd.Series) -> pd.DataFrame:
    """Return reminders from a table of their own."""
    frame = pd.DataFrame({"item_id": item_id, "sent_on": _day(rows, "sent_on")})
    for word in ("level", "channel"):
        if word in rows:
            frame[word] = rows[word]
    return REMINDERS.frame(frame[item_id.notna()])


def promises_table(rows: pd.DataFrame, item_id: pd.Series, items: pd.DataFrame) -> pd.DataFrame:
    """Return promises to pay; one that names only a document belongs to that one's customer.

    A promise without its own day is taken to be made on the day that it promises for, at the
    latest; without an amount it promises what its document amounts to.
    """
    by_id = items.set_index("item_id")
    customer = rows["customer_id"].astype("string")
    customer = customer.mask(
        customer == "", item_id.map(by_id["customer_id"]).astype("string")
    ).fillna("")
    made = _day(rows, "promised_on")
    promised = rows["amount"] if "amount" in rows else pd.Series(pd.NA, rows.index, dtype="Int64")
    promised = promised.fillna(item_id.map(by_id["amount_minor"]).astype("Int64")).fillna(0)
    frame = pd.DataFrame(
        {
            "customer_id": customer,
            "promised_on": made.fillna(rows["promised_for"]),
            "promised_for": rows["promised_for"],
            "amount_cents": promised,
            "item_id": item_id,
        }
    )
    return PROMISES.frame(frame[customer != ""])


def _day(rows: pd.DataFrame, word: str) -> pd.Series:
    if word in rows:
        return rows[word].astype("datetime64[ns]")
    return pd.Series(pd.NaT, index=rows.index, dtype="datetime64[ns]")
