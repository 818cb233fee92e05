"""Makes the ledger from typed tables: items, settlements, customers, currencies, and the count."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.intake import currency as money
from credit_helpers.intake.allocate import oldest_first
from credit_helpers.intake.client_check import OLDEST_FIRST
from credit_helpers.intake.customers import Names, make_customers
from credit_helpers.intake.documents import Documents, judge_kinds, make_documents
from credit_helpers.intake.events import item_of
from credit_helpers.intake.ledgers import Book, make_ledger
from credit_helpers.intake.offsets import offset_credits
from credit_helpers.intake.payments import Matched, cash_ids, match, reconcile
from credit_helpers.intake.reading import Reading
from credit_helpers.intake.recognise import ROLES
from credit_helpers.intake.texts import is_member
from credit_helpers.portfolio.ledger import Ledger, Note
from credit_helpers.portfolio.schema import NOTHING_LOST

NOT_DOCUMENTS = (
    "total_row",
    "repeated_header",
    "ragged_row",
    "group_row",
    "summary_document",
    "document_line",
)
PLACE = ["source_row", "source_file", "table_number", "has_sides", "place"]
MANY_SHARE = 0.05


def build_ledger(reading: Reading) -> Ledger:
    """Return the ledger of tables that have no faults."""
    config = reading.config
    default = _default_currency(reading)
    names = Names([values.typed.accepted for values in reading.values])
    frames = {role: names.resolve(_gather(reading, role)) for role in _roles(reading)}
    _judge_customers(reading, frames)
    documents = _documents(reading, frames["invoices"], default)
    frames["payments"] = _with_receipts(frames["payments"], documents.receipts)
    matched = _match(reading, frames, documents, names, default)
    items, settlements = _join(reading, documents, matched, default)
    _set_unplaced_aside(reading, frames, matched)
    items = _fill_due_dates(items, frames, config.missing_due_date)
    settlements = _allocate(reading, items, settlements)
    customers, notes = make_customers(frames["customers"], frames["limits"], items)
    reading.notes += notes
    _set_events_aside(reading, frames, items, customers)
    reporting = config.currency or _reporting(items, default)
    items["amount_cents"], has_rate = money.convert(items, reporting, config.rates)
    settlements["amount_cents"] = money.convert_settlements(settlements, items)
    _note_many_set_aside(reading)
    items["has_rate"] = has_rate
    items = money.as_invoiced(items)
    return make_ledger(Book(frames, customers, items, settlements, reporting, default), reading)


def _roles(reading: Reading) -> list[str]:
    return list(ROLES)


def _gather(reading: Reading, role: str) -> pd.DataFrame:
    """Return the accepted rows of a role's tables, each with where it came from."""
    frames = []
    for number, values in enumerate(reading.values):
        typed = values.typed
        if typed.table.role != role:
            continue
        rows = typed.values.assign(
            source_row=typed.table.raw.rows,
            source_file=typed.table.raw.file,
            table_number=number,
            # An audit file says by itself what is debit and what is credit.
            has_sides=typed.table.raw.known is not None,
            place=np.arange(len(typed.reasons)),
        )
        frames.append(typed.kept(rows))
    if not frames:
        return pd.DataFrame({"customer_id": pd.Series(dtype="string"), "name": ""})
    rows = pd.concat(frames, ignore_index=True)
    texts = rows.select_dtypes(include=["str", "object", "string"]).columns
    return rows.assign(**{column: rows[column].fillna("") for column in texts})


def _judge_customers(reading: Reading, frames: dict[str, pd.DataFrame]) -> None:
    """Keep one row per customer, and count the others as set aside."""
    for role in ("customers", "limits"):
        rows = frames[role]
        if "place" not in rows:
            continue
        repeated = rows["customer_id"].duplicated()
        same = repeated & rows.drop(columns=PLACE).duplicated()
        _set_aside(reading, rows[same], "same_customer", "customer_id")
        _set_aside(reading, rows[repeated & ~same], "repeated_customer", "customer_id")
        frames[role] = rows[~repeated].reset_index(drop=True)


def _set_aside(reading: Reading, rows: pd.DataFrame, reason: str, word: str) -> None:
    for number, part in rows.groupby("table_number"):
        typed = reading.values[int(str(number))].typed
        hit = np.zeros(len(typed.reasons), dtype=bool)
        hit[part["place"].to_numpy()] = True
        typed.set_aside(hit, reason, word)


def _default_currency(reading: Reading) -> str:
    """Return the currency of rows that have none: the client's, a stated one, else the euro."""
    if reading.config.currency:
        return reading.config.currency
    found, needed = "", False
    for values in reading.of("invoices"):
        typed = values.typed
        named = "currency" in typed.values
        needed |= not named or bool(money.codes_of(typed.accepted["currency"]).isna().any())
        words = [w for w in ("amount", "open_amount") if w in typed.table.columns]
        headers = [typed.table.columns[word].header for word in words]
        for header in headers:
            sample = typed.table.raw.cells[header].head(200)
            found = found or money.stated_currency([header], sample)
    if needed and not found:
        reading.notes.append(Note("currency_assumed", {"currency": money.DEFAULT}))
    return found or ("" if needed else _only_currency(reading)) or money.DEFAULT


def _only_currency(reading: Reading) -> str:
    """Return the currency of all invoices, ``""`` when they have several."""
    named = [money.codes_of(values.typed.accepted["currency"]) for values in reading.of("invoices")]
    codes = pd.concat(named).unique() if named else []
    return str(codes[0]) if len(codes) == 1 else ""


def _currency(rows: pd.DataFrame, default: str) -> pd.Series:
    if "currency" not in rows:
        return pd.Series(default, index=rows.index, dtype="string")
    return money.codes_of(rows["currency"]).fillna(default)


def _documents(reading: Reading, rows: pd.DataFrame, default: str) -> Documents:
    rows = rows.assign(currency=_currency(rows, default))
    for word in ("document", "due_on"):
        if word not in rows:
            rows[word] = "" if word == "document" else pd.NaT
    documents = make_documents(rows, has_payments=bool(reading.of("payments")))
    reading.notes += documents.notes
    return documents


def _with_receipts(payments: pd.DataFrame, receipts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of payments with those that an account card holds among its invoices."""
    if receipts.empty:
        return payments
    receipts = receipts.assign(has_sides=True)  # the card told them by its side
    both = pd.concat([payments, receipts] if len(payments) else [receipts], ignore_index=True)
    texts = both.select_dtypes(include=["str", "object", "string"]).columns
    return both.assign(**{column: both[column].fillna("") for column in texts})


def _match(
    reading: Reading,
    frames: dict[str, pd.DataFrame],
    documents: Documents,
    names: Names,
    default: str,
) -> Matched | None:
    rows = frames["payments"]
    if "amount" not in rows:
        return None
    rows = rows.assign(currency=_own_currency(rows))
    matched = match(rows, documents, _refused(reading, names, default))
    reading.notes += matched.notes
    return matched


def _own_currency(rows: pd.DataFrame) -> pd.Series:
    if "currency" not in rows:
        return pd.Series("", index=rows.index, dtype="string")
    return money.codes_of(rows["currency"]).fillna("")


def _refused(reading: Reading, names: Names, default: str) -> pd.DataFrame:
    """Return the invoices that were set aside, for receipts that name them."""
    frames = []
    for values in reading.of("invoices"):
        typed = values.typed
        aside = np.flatnonzero(~typed.is_accepted)
        frames.append(typed.values.iloc[aside[~np.isin(typed.reasons[aside], NOT_DOCUMENTS)]])
    rows = names.resolve(pd.concat(frames, ignore_index=True))
    for word in ("document", "due_on"):
        if word not in rows:
            rows[word] = "" if word == "document" else pd.NaT
    rows = rows.assign(currency=_currency(rows, default))
    return rows[["document", "customer_id", "due_on", "currency"]]


def _join(
    reading: Reading, documents: Documents, matched: Matched | None, default: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    items, own = documents.items, documents.settlements
    paid = own.drop(columns="basis").iloc[:0] if matched is None else matched.settlements
    settlements, notes = reconcile(own, paid)
    reading.notes += notes
    items["kind"] = judge_kinds(items, settlements)
    offsets = offset_credits(items, settlements)
    settlements = (
        pd.concat([settlements, offsets], ignore_index=True) if len(offsets) else settlements
    )
    if matched is not None and len(matched.cash):
        cash = matched.cash.assign(item_id=cash_ids(matched.cash, items["item_id"]))
        cash["currency"] = cash["currency"].mask(cash["currency"] == "", default)
        cash["base_cents"] = pd.array([pd.NA] * len(cash), dtype="Int64")
        taken = cash["item_id"].isin(items["item_id"])
        cash["item_id"] = cash["item_id"].mask(taken, cash["item_id"] + "/cash")
        items = pd.concat([items, cash], ignore_index=True)
        reading.notes.append(Note("cash_unapplied", {"rows_count": len(cash)}))
    return items.reset_index(drop=True), settlements.reset_index(drop=True)


def _allocate(reading: Reading, items: pd.DataFrame, settlements: pd.DataFrame) -> pd.DataFrame:
    """Allocate receipts that name no invoice, only when the client's configuration asks so."""
    if reading.config.unreferenced != OLDEST_FIRST:
        return settlements
    made = oldest_first(items, settlements)
    if made.empty:
        return settlements
    is_cash = made["minor"] < 0
    values = {"rows_count": made.loc[is_cash, "item_id"].nunique(), "items_count": len(made) // 2}
    reading.notes.append(Note("cash_allocated", dict(values)))
    return pd.concat([settlements, made], ignore_index=True)


def _set_unplaced_aside(
    reading: Reading, frames: dict[str, pd.DataFrame], matched: Matched | None
) -> None:
    if matched is not None and len(matched.unplaced):
        rows = frames["payments"].loc[matched.unplaced]
        _set_aside(reading, rows, "unknown_document", "document")


def _set_events_aside(
    reading: Reading, frames: dict[str, pd.DataFrame], items: pd.DataFrame, customers: pd.DataFrame
) -> None:
    """Set aside what is told about documents or customers that nobody knows."""
    for role in ("reminders", "disputes", "promises", "signals"):
        rows = frames[role]
        if "place" not in rows:
            continue
        unknown = item_of(rows, items).isna()
        if role in ("promises", "signals"):
            unknown &= ~is_member(rows["customer_id"], customers["customer_id"])
        word = "customer_id" if role == "signals" else "document"
        _set_aside(reading, rows[unknown], "unknown_event", word)
        frames[role] = rows[~unknown].reset_index(drop=True)


def _fill_due_dates(
    items: pd.DataFrame, frames: dict[str, pd.DataFrame], rule: str | int
) -> pd.DataFrame:
    """Fill due dates that are missing, only when the client's configuration says how."""
    items["due_on"] = items["due_on"].astype("datetime64[ns]")
    if rule == "leave":
        return items
    missing = items["due_on"].isna() & (items["kind"] == "invoice")
    days = pd.Series(float("nan") if isinstance(rule, str) else rule, index=items.index)
    if rule == "customer_terms":
        master = frames["customers"]
        if "terms" in master:
            terms = master.set_index("customer_id")["terms"]
            days = items["customer_id"].map(terms).astype("float64")
        if "terms" in items:
            days = items["terms"].astype("float64").fillna(days)
    filled = items["issued_on"] + pd.to_timedelta(days.astype("float64"), unit="D")
    items["due_on"] = items["due_on"].mask(missing, filled).astype("datetime64[ns]")
    return items


def _reporting(items: pd.DataFrame, default: str) -> str:
    base = money.base_currency(items) if items["base_cents"].notna().any() else ""
    if base:
        return base
    return default if items.empty else str(items["currency"].mode()[0])


def _note_many_set_aside(reading: Reading) -> None:
    """Say so when so many invoices are unusable that the rest may mislead."""
    tables = [values.typed for values in reading.of("invoices")]
    reasons = np.concatenate([typed.reasons[~typed.is_accepted] for typed in tables])
    unusable, count = ~np.isin(reasons, NOTHING_LOST), sum(len(typed.reasons) for typed in tables)
    if unusable.sum() > MANY_SHARE * count:
        values: dict[str, object] = {"rows_count": int(unusable.sum()), "all_count": count}
        reading.notes.append(Note("many_set_aside", values))
