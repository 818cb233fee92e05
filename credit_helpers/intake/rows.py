"""Sets rows aside, each with the reason: totals, repeats, and rows that lack what they need."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd

from credit_helpers.intake.amounts import UNREADABLE as NO_AMOUNT
from credit_helpers.intake.currency import codes_of
from credit_helpers.intake.dates import DESTROYED
from credit_helpers.intake.dates import UNREADABLE as NO_DATE
from credit_helpers.intake.document_lines import repeated_lines
from credit_helpers.intake.reported import codes_of_signals
from credit_helpers.intake.tables import TypedTable
from credit_helpers.intake.texts import row_numbers
from credit_helpers.intake.totals import is_balance, is_total, repeats_sum_above
from credit_helpers.intake.typed import Values
from credit_helpers.portfolio.ledger import Note
from credit_helpers.portfolio.schema import INTAKE, QUARANTINE

MONEY = ("amount", "open_amount", "debit")
MIN_ABOVE = 3


def set_rows_aside(values: Values) -> None:
    """Give every row of a table that cannot be accepted its reason."""
    typed = values.typed
    # An audit file holds bookings and nothing else: two that are the same are both in the balance.
    is_booked = typed.table.raw.known is not None and typed.table.role in ("invoices", "payments")
    if not is_booked:
        _totals(typed)
        typed.set_aside(_repeated(typed), "exact_duplicate")
    if typed.table.role == "invoices":
        typed.set_aside(repeated_lines(typed), "document_line")
        _need_amount(values, "amount" if "amount" in typed.values else "open_amount")
        _need_customer(typed)
        _need_date(values, "issued_on", "missing_issue_date")
        _refuse_unreadable(values, ("due_on", "settled_on"), ("open_amount", "paid_amount"))
    elif typed.table.role == "payments":
        _need_amount(values, "amount")
        _need_date(values, "settled_on", "missing_payment_date")
    elif typed.table.role in ("customers", "limits"):
        _need_customer(typed)
    elif typed.table.role == "signals":
        _need_customer(typed)
        _need_date(values, "reported_on", "missing_date")
        unknown = codes_of_signals(typed.values["signal"]) == ""
        typed.set_aside(unknown.to_numpy(dtype=bool), "unknown_signal", "signal")
    else:
        day = {"promises": "promised_for", "reminders": "sent_on"}.get(typed.table.role, "")
        if day:
            _need_date(values, day, "missing_date")


def _repeated(typed: TypedTable) -> np.ndarray:
    """Return which accepted rows are the same as an accepted one above them in every cell."""
    raw, left = typed.table.raw, np.flatnonzero(typed.is_accepted)
    columns = [raw.column(header) for header in raw.cells]
    number = row_numbers(columns, left)
    again = pd.Series(number).duplicated(keep=False).to_numpy()
    left = left[again]  # most rows are out already, and with them what is dear to compare
    rest = {
        place: column.texts.iloc[left]
        for place, column in enumerate(columns)
        if column.codes is None
    }
    rows = pd.DataFrame(rest, index=left).assign(number=number[again])
    hit = np.zeros(len(typed.reasons), dtype=bool)
    hit[left[rows.duplicated().to_numpy()]] = True
    return hit


def _spread(part: np.ndarray, where: np.ndarray) -> np.ndarray:
    whole = np.zeros(len(where), dtype=bool)
    whole[np.flatnonzero(where)] = part
    return whole


def _blank(typed: TypedTable, word: str) -> np.ndarray:
    """Return which rows have nothing in a column; all of them when there is no such column."""
    if word not in typed.table.columns:
        return np.ones(len(typed.reasons), dtype=bool)
    column = typed.table.raw.column(typed.table.columns[word].header)
    return column.each(lambda texts: (texts == "").to_numpy())


def _totals(typed: TypedTable) -> None:
    """Set aside totals and subtotals: they repeat the money of the rows above them."""
    if typed.table.role not in ("invoices", "payments", "limits"):
        return
    day = "settled_on" if typed.table.role == "payments" else "issued_on"
    raw = typed.table.raw
    known = {c.header: word for word, c in typed.table.columns.items()}
    days = typed.values.get(day, pd.Series(pd.NaT, raw.cells.index))
    no_day = _blank(typed, day) | days.isna().to_numpy()
    nameless = no_day & _blank(typed, "document")
    hit = np.zeros(len(no_day), dtype=bool)
    for header in raw.cells:
        if known.get(header) in ("document", day):
            hit |= raw.column(header).each(is_total)
        else:
            hit[no_day] |= is_total(raw.cells.loc[no_day, header])
        hit[no_day] |= is_balance(raw.cells.loc[no_day, header])
    nobody = _blank(typed, "customer_id") & _blank(typed, "name")
    typed.set_aside(hit | (nameless & nobody & _has_money(typed)), "total_row")
    if typed.table.role == "invoices":
        typed.set_aside(_repeats(typed, _cents(typed), nameless), "total_row")


def _balances(typed: TypedTable, among: np.ndarray) -> np.ndarray:
    """Return which of some rows are an opening or a closing balance: no sum of those above."""
    cells = typed.table.raw.cells[among]
    return _spread(np.logical_or.reduce([is_balance(cells[header]) for header in cells]), among)


def _repeats(typed: TypedTable, cents: np.ndarray, candidate: np.ndarray) -> np.ndarray:
    """Return which candidates hold the sum of rows above them: of all, or of their currency."""
    hit = repeats_sum_above(cents, candidate)
    # A sum may stand above its rows as well, beside the name of the debtor.
    hit |= repeats_sum_above(cents[::-1], candidate[::-1])[::-1]
    codes = currency_of(typed, "")
    for code in codes.unique() if codes.nunique() > 1 else []:
        own = (codes == code).to_numpy()
        hit[own] |= repeats_sum_above(cents[own], candidate[own])
    return hit


def _cents(typed: TypedTable) -> np.ndarray:
    return money_of(typed).to_numpy(dtype="int64")


def totals_note(typed: TypedTable) -> Note | None:
    """Return whether the file's own totals agree with the rows that they add up."""
    is_sum = typed.reasons == "total_row"
    is_sum &= ~_balances(typed, is_sum)
    if not is_sum.any() or typed.table.role != "invoices":
        return None
    cents = np.where(is_sum | typed.is_accepted, _cents(typed), 0)
    agrees = _repeats(typed, cents, is_sum) | _repeats(typed, _cents(typed), is_sum)
    differ = is_sum & (cents != 0) & ~agrees
    code = "totals_differ" if differ.any() else "totals_agree"
    values = {
        "file": typed.table.raw.place,
        "rows_count": int((differ if differ.any() else is_sum).sum()),
    }
    return Note(code, dict(values))


def repeated_sum_note(typed: TypedTable) -> Note | None:
    """Return which accepted row holds exactly the sum of all rows above it.

    A total that looks like a document would double the balance.
    """
    if typed.table.role != "invoices" or typed.table.raw.known is not None:
        return None
    kept = np.flatnonzero(typed.is_accepted)
    cents = _cents(typed)[kept]
    above = np.cumsum(cents) - cents
    hit = (cents == above) & (cents != 0) & (np.arange(len(cents)) >= MIN_ABOVE)
    if not hit.any():
        return None
    row = int(typed.table.raw.rows[kept[int(np.argmax(hit))]])
    return Note("row_repeats_sum", {"file": typed.table.raw.place, "row": row})


def _has_money(typed: TypedTable) -> np.ndarray:
    found = np.zeros(len(typed.reasons), dtype=bool)
    for word in MONEY:
        if word in typed.values:
            found |= typed.values[word].notna().to_numpy()
    return found


def _need_amount(values: Values, word: str) -> None:
    typed = values.typed
    if word not in typed.values:
        return
    typed.set_aside(values.states[word] == NO_AMOUNT, "unreadable_amount", word)
    typed.set_aside(typed.values[word].isna().to_numpy(), "missing_amount", word)


def _need_customer(typed: TypedTable) -> None:
    typed.set_aside(_blank(typed, "customer_id") & _blank(typed, "name"), "missing_customer")


def _need_date(values: Values, word: str, missing: str) -> None:
    typed = values.typed
    if word not in typed.values:
        return
    typed.set_aside(_unread(values, word), "unreadable_date", word)
    typed.set_aside(typed.values[word].isna().to_numpy(), missing, word)


def _unread(values: Values, word: str) -> np.ndarray:
    state = values.states[word]
    return (state == NO_DATE) | (state == DESTROYED)


def _refuse_unreadable(values: Values, days: tuple[str, ...], money: tuple[str, ...]) -> None:
    for word in days:
        if word in values.states:
            values.typed.set_aside(_unread(values, word), "unreadable_date", word)
    for word in money:
        if word in values.states:
            unread = values.states[word] == NO_AMOUNT
            values.typed.set_aside(unread, "unreadable_amount", word)


def money_of(typed: TypedTable) -> pd.Series:
    """Return the cents that a row brings in: its amount, or what is open; 0 when unreadable."""
    if typed.table.role not in ("invoices", "payments"):
        return pd.Series(0, index=typed.values.index, dtype="int64")
    word = next((word for word in MONEY if word in typed.values), None)
    if word is None:
        return pd.Series(0, index=typed.values.index, dtype="int64")
    return typed.values[word].fillna(0).astype("int64")


def currency_of(typed: TypedTable, default: str) -> pd.Series:
    """Return the currency per row."""
    if "currency" not in typed.values:
        return pd.Series(default, index=typed.values.index, dtype="string")
    return codes_of(typed.values["currency"]).fillna(default)


def intake_rows(typed: TypedTable, default: str) -> pd.DataFrame:
    """Return rows and cents in, accepted and set aside, per currency."""
    raw, accepted = typed.table.raw, typed.is_accepted
    codes, known = pd.factorize(currency_of(typed, default), sort=True, use_na_sentinel=False)
    all_count = np.bincount(codes, minlength=len(known))
    count = np.bincount(codes[accepted], minlength=len(known))
    rows = pd.DataFrame({"in": money_of(typed)})
    rows["accepted"] = rows["in"].where(accepted, 0)
    cents = rows.groupby(codes).sum()
    frame = pd.DataFrame(
        {
            "currency": known,
            "rows_in": all_count,
            "rows_accepted": count,
            "rows_quarantined": all_count - count,
            "cents_in": cents["in"],
            "cents_accepted": cents["accepted"],
            "cents_quarantined": cents["in"] - cents["accepted"],
        }
    )
    return INTAKE.frame(frame.assign(file=raw.file, sheet=raw.sheet, table=typed.table.role))


def quarantine_rows(typed: TypedTable, default: str) -> pd.DataFrame:
    """Return the rows that were set aside, as they stand in the file."""
    raw = typed.table.raw
    hit = np.flatnonzero(~typed.is_accepted)
    originals = raw.cells.iloc[hit].to_dict("records")
    frame = pd.DataFrame(
        {
            "file": raw.file,
            "sheet": raw.sheet,
            "row": raw.rows[hit],
            "table": typed.table.role,
            "reason": typed.reasons[hit],
            "column": typed.columns[hit],
            "currency": currency_of(typed, default).array[hit],
            "cents": money_of(typed).array[hit],
            "original": [json.dumps(row, ensure_ascii=False) for row in originals],
        }
    )
    return QUARANTINE.frame(frame)
