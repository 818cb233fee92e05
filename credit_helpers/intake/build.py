"""Makes the ledger from typed tables: items, settlements, customers, currencies, and the count."""

from __future__ import annotations

import numpy as np
import pandas as pd

from credit_helpers.intake import currency as money
from credit_helpers.intake import events
from credit_helpers.intake.customers import Names, make_customers
from credit_helpers.intake.documents import Documents, judge_kinds, make_documents
from credit_helpers.intake.observed import observed_on
from credit_helpers.intake.payments import Matched, cash_ids, match, reconcile
from credit_helpers.intake.reading import Reading
from credit_helpers.intake.texts import is_member
from credit_helpers.portfolio.ledger import Ledger, Note, SourceFile
from credit_helpers.portfolio.schema import ITEMS, SETTLEMENTS

NOT_DOCUMENTS = ("total_row", "repeated_header", "ragged_row", "group_row")
HARMLESS = ("total_row", "repeated_header", "group_row", "exact_duplicate", "duplicate_elsewhere")
MANY_SHARE = 0.05


def build_ledger(reading: Reading) -> Ledger:
    """Return the ledger of tables that have no faults."""
    config = reading.config
    default = _default_currency(reading)
    names = Names([values.typed.accepted for values in reading.values])
    frames = {role: names.resolve(_gather(reading, role)) for role in _roles(reading)}
    _judge_customers(reading, frames)
    documents = _documents(reading, frames["invoices"], default)
    matched = _match(reading, frames, documents, names, default)
    items, settlements = _join(reading, documents, matched, default)
    _set_unplaced_aside(reading, frames, matched)
    items = _fill_due_dates(items, frames, config.missing_due_date)
    customers, notes = make_customers(frames["customers"], frames["limits"], items)
    reading.notes += notes
    reporting = config.currency or _reporting(items, default)
    items["amount_cents"], has_rate = money.convert(items, reporting, config.rates)
    settlements["amount_cents"] = money.convert_settlements(settlements, items)
    shared = _shared(reading, default)
    _note_many_set_aside(reading)
    parts = [(reporting, items["currency"].eq(reporting) | has_rate)]
    others = sorted(items.loc[~parts[0][1], "currency"].unique())
    parts += [(code, items["currency"].eq(code) & ~has_rate) for code in others]
    for code in others:
        reading.notes.append(Note("rate_missing", {"currency": code, "reporting": reporting}))
    made = [
        _ledger(frames, customers, items[hit], settlements, currency=code, shared=shared)
        for code, hit in parts
    ]
    return _with_apart(made, reading)


def _roles(reading: Reading) -> list[str]:
    return ["invoices", "payments", "customers", "limits", "promises", "disputes", "reminders"]


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
            place=np.arange(len(typed.reasons)),
        )
        frames.append(rows[typed.reasons == ""])
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
        _set_aside(reading, rows[repeated], "repeated_customer", "customer_id")
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
    return found or money.DEFAULT


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
        hit = (typed.reasons != "") & ~np.isin(typed.reasons, NOT_DOCUMENTS)
        frames.append(typed.values[hit])
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
    if matched is not None and len(matched.cash):
        cash = matched.cash.assign(item_id=cash_ids(matched.cash, items["item_id"]))
        cash["currency"] = cash["currency"].mask(cash["currency"] == "", default)
        cash["base_cents"] = pd.array([pd.NA] * len(cash), dtype="Int64")
        taken = cash["item_id"].isin(items["item_id"])
        cash["item_id"] = cash["item_id"].mask(taken, cash["item_id"] + "/cash")
        items = pd.concat([items, cash], ignore_index=True)
        reading.notes.append(Note("cash_unapplied", {"rows_count": len(cash)}))
    return items.reset_index(drop=True), settlements.reset_index(drop=True)


def _set_unplaced_aside(
    reading: Reading, frames: dict[str, pd.DataFrame], matched: Matched | None
) -> None:
    if matched is not None and len(matched.unplaced):
        rows = frames["payments"].loc[matched.unplaced]
        _set_aside(reading, rows, "unknown_document", "document")


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
    reasons = np.concatenate([values.typed.reasons for values in reading.of("invoices")])
    unusable = (reasons != "") & ~np.isin(reasons, HARMLESS)
    if unusable.sum() > MANY_SHARE * len(reasons):
        values: dict[str, object] = {"rows_count": int(unusable.sum()), "all_count": len(reasons)}
        reading.notes.append(Note("many_set_aside", values))


def _shared(reading: Reading, default: str) -> dict[str, object]:
    """Return what every ledger of this input has in common."""
    intake, quarantine = reading.counts(default)
    config = reading.config
    titles = [t.raw.titles for t in reading.tables if t.role == "invoices"]
    days = [day for day in map(observed_on, titles) if day is not None]
    sources = {(t.raw.file, t.role) for t in reading.tables}
    return {
        "observed_on": config.observed_on or (max(days) if days else None),
        "sources": tuple(
            SourceFile(name, reading.delivery.hashes[name], role) for name, role in sorted(sources)
        ),
        "intake": intake,
        "quarantine": quarantine,
    }


def _ledger(
    frames: dict[str, pd.DataFrame],
    customers: pd.DataFrame,
    items: pd.DataFrame,
    settlements: pd.DataFrame,
    *,
    currency: str,
    shared: dict[str, object],
) -> dict[str, object]:
    """Return the arguments of one currency's ledger."""
    kept = [column for column in (*ITEMS.required, *ITEMS.optional) if column in items]
    own = settlements[is_member(settlements["item_id"], items["item_id"])]
    return {
        "customers": customers,
        "items": ITEMS.frame(items[kept]),
        "settlements": SETTLEMENTS.frame(own[list(SETTLEMENTS.required)]),
        "reporting_currency": currency,
        **_events(frames, items),
        **shared,
    }


def _events(frames: dict[str, pd.DataFrame], items: pd.DataFrame) -> dict[str, pd.DataFrame]:
    found = {"disputes": [events.disputes_of(items)], "reminders": [], "promises": []}
    for role in ("disputes", "reminders", "promises"):
        rows = frames[role]
        if "source_row" not in rows:
            continue
        item_id = events.item_of(rows, items)
        if role == "disputes":
            found[role].append(events.disputes_table(rows, item_id))
        elif role == "reminders":
            found[role].append(events.reminders_table(rows, item_id))
        else:
            found[role].append(events.promises_table(rows, item_id, items))
    joined = {role: pd.concat(parts, ignore_index=True) for role, parts in found.items() if parts}
    if "disputes" in joined:
        joined["disputes"] = joined["disputes"].drop_duplicates(["item_id", "disputed_on"])
    return joined


def _with_apart(made: list[dict[str, object]], reading: Reading) -> Ledger:
    """Return the first ledger with the others apart; each has the customers that it is about."""
    notes = tuple(reading.notes)
    apart = []
    elsewhere: set[str] = set()
    for own in made[1:]:
        customers, items = own["customers"], own["items"]
        about = customers["customer_id"].isin(items["customer_id"])  # type: ignore[index]
        apart.append(Ledger(**{**own, "customers": customers[about], "notes": notes}))  # type: ignore[index, arg-type]
        elsewhere |= set(items["customer_id"])  # type: ignore[index]
    customers = made[0]["customers"]
    elsewhere -= set(made[0]["items"]["customer_id"])  # type: ignore[index]
    made[0]["customers"] = customers[~customers["customer_id"].isin(elsewhere)]  # type: ignore[index]
    return Ledger(**{**made[0], "notes": notes, "apart": tuple(apart)})  # type: ignore[arg-type]
