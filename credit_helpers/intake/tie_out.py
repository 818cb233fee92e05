"""The tie-out: every figure that the source states of itself beside ours, and the difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from credit_helpers.intake.age_columns import AgeClass, OwnAgeing, codes_of, own_ageing
from credit_helpers.intake.audit_years import year_before
from credit_helpers.intake.client import CONFIG_NAME
from credit_helpers.intake.printed import printed_lines
from credit_helpers.intake.reading import Reading
from credit_helpers.intake.rows import currency_of
from credit_helpers.intake.totals import is_total, repeats_sum_above
from credit_helpers.portfolio.ledger import Ledger, Note
from credit_helpers.portfolio.schema import NOTHING_LOST, TIE_OUT

BASES = ("due_on", "issued_on")
OTHER_DAYS = 45
BY_ACCOUNT = ("general_ledger", "opening_balance", "closing_balance")
CARRIED = "carried_over"


@dataclass(frozen=True)
class Line:
    """One row of the tie-out, before its difference is known."""

    what: str
    file: str
    place: str
    source_cents: int
    own_cents: int
    cause: str = ""
    as_of: pd.Timestamp | None = None
    currency: str = ""
    source_count: int | None = None
    own_count: int | None = None


def tie_out(ledger: Ledger, reading: Reading, default: str) -> pd.DataFrame:
    """Return what the source states beside what was read, differences first.

    Parameters
    ----------
    ledger : Ledger
        Everything that was read.
    reading : Reading
        Where the source's own figures stand.
    default : str
        Currency of rows that name none.

    Returns
    -------
    DataFrame
        See :data:`~credit_helpers.portfolio.schema.TIE_OUT`. ``what`` is one of

        - ``general_ledger``, ``opening_balance``, ``closing_balance``: of an audit file, of
          ``client.toml``, or printed in a list; the closing balance against opening and movement;
        - ``carried_over``: the opening of an audit file against the closing of the year before;
        - ``ageing_due``, ``ageing_issue``: a class of the source's own ageing against ours, by
          due date or by day of issue, whichever agrees with most of it; rows and cents;
        - ``printed_total``: a total in the file against the rows above it.

        ``cause`` is ``""`` without a difference, else why, as far as the figures tell.
    """
    day = _day(ledger, reading)
    lines = [
        *_stated(ledger, reading, day),
        *_audit_files(reading, ledger),
        *_ageing(ledger, reading, day, default),
        *_printed(reading, ledger, default),
    ]
    rows = pd.DataFrame([vars(line) for line in lines], columns=list(Line.__dataclass_fields__))
    rows["as_of"] = pd.to_datetime(rows["as_of"])
    rows["difference_cents"] = rows["source_cents"] - rows["own_cents"]
    rows["cause"] = _causes(rows, ledger)
    return TIE_OUT.frame(rows.sort_values("difference_cents", key=lambda c: c == 0, kind="stable"))


def tie_out_notes(frame: pd.DataFrame) -> list[Note]:
    """Return what to tell of the tie-out: per account, per ageing; totals have notes already."""
    notes = []
    accounts = frame[frame["what"].isin(BY_ACCOUNT)]
    for (file, account), rows in accounts.groupby(["file", "place"], sort=False):
        code = "tie_out_differs" if rows["difference_cents"].any() else "tie_out_agrees"
        notes.append(Note(code, {"file": file, "account": account}))
    for row in frame[frame["what"] == CARRIED].itertuples():
        code = "carried_over_differs" if row.difference_cents else "carried_over_agrees"
        notes.append(Note(code, {"file": row.file, "other": row.place}))
    ageing = frame[frame["what"].str.startswith("ageing")]
    for file, rows in ageing.groupby("file", sort=False):
        code = "ageing_differs" if rows["difference_cents"].any() else "ageing_agrees"
        notes.append(Note(code, {"file": file, "classes_count": len(rows)}))
    return notes


def _day(ledger: Ledger, reading: Reading) -> pd.Timestamp | None:
    """Return the day that the source's figures are of, unless they have a day of their own."""
    return reading.config.as_of or ledger.observed_on or ledger.latest_on


def _stated(ledger: Ledger, reading: Reading, day: pd.Timestamp | None) -> Iterator[Line]:
    told = reading.config.stated
    balances = (
        ("general_ledger", told.general_ledger_cents, told.as_of or day),
        ("opening_balance", told.opening_cents, told.opening_on),
    )
    for what, cents, on in balances:
        if cents is not None and on is not None:
            own = ledger.at(on).outstanding_cents
            currency = ledger.reporting_currency
            yield Line(what, CONFIG_NAME, told.account, cents, own, as_of=on, currency=currency)


def _audit_files(reading: Reading, ledger: Ledger) -> Iterator[Line]:
    grids = [grid for grid in reading.delivery.grids if grid.known is not None]
    for grid in grids:
        known = grid.known
        if known is None or known.role != "invoices":
            continue
        currency = known.currency or ledger.reporting_currency
        before = year_before(known.books, grids)
        closed = before.known.books.closing_cents if before and before.known else 0
        day = pd.to_datetime(known.books.until or None)
        for found in known.tie_outs:
            on = None if found.what == "opening_balance" else day
            # The items of an opening that the file does not split may be in the year before.
            carried = closed if found.cause == "no_items" else 0
            yield Line(
                found.what, grid.file, found.account, found.ledger_cents,
                found.subledger_cents + carried, "" if carried else found.cause, on, currency,
            )  # fmt: skip
        if before is not None:
            opened = known.books.opening_cents
            yield Line(CARRIED, grid.file, before.file, opened, closed, currency=currency)


def _printed(reading: Reading, ledger: Ledger, default: str) -> Iterator[Line]:
    for values in reading.of("invoices"):
        typed = values.typed
        if typed.table.raw.known is not None:
            continue
        codes = currency_of(typed, default).unique()
        currency = str(codes[0]) if len(codes) == 1 else ""
        for what, place, printed, own, cause, count in printed_lines(typed):
            file = typed.table.raw.place
            yield Line(what, file, place, printed, own, cause, None, currency, count, count)


# --- ageing


def _ageing(
    ledger: Ledger, reading: Reading, day: pd.Timestamp | None, default: str
) -> Iterator[Line]:
    if day is None:
        return
    for one in (ledger, *ledger.apart):
        for own, rows_of in _own_ageings(reading, one, default):
            yield from _compared(own, _open(one, day, rows_of), day, one.reporting_currency)


def _own_ageings(
    reading: Reading, ledger: Ledger, default: str
) -> Iterator[tuple[OwnAgeing, tuple[str, np.ndarray] | None]]:
    """Yield the ageings of lists of documents, and those of tables that list only debtors."""
    for values in reading.values:
        typed = values.typed
        raw = typed.table.raw
        if raw.known is not None or typed.table.role not in ("invoices", "customers"):
            continue
        used = [choice.header for choice in typed.table.columns.values()]
        word = "open_amount" if "open_amount" in typed.values else "amount"
        zero = pd.Series(0, index=raw.cells.index)
        cents = typed.values.get(word, zero).fillna(0).astype("int64")
        own = own_ageing(raw, used, cents, reading.config)
        if own is not None:
            of_currency = (currency_of(typed, default) == ledger.reporting_currency).to_numpy()
            kept = typed.is_accepted & of_currency
            is_list = typed.table.role == "invoices"
            kept &= is_list | ~_is_total(raw.cells, own)
            rows = (raw.file, raw.rows[kept]) if is_list else None
            yield OwnAgeing(own.file, own.classes, own.cents[kept]), rows
    for raw in reading.unused:
        zero = pd.Series(0, index=raw.cells.index)
        own = own_ageing(raw, (), zero, reading.config)
        if own is not None and not ledger.apart:
            debtors = ~_is_total(raw.cells, own) & (raw.reasons == "")
            yield OwnAgeing(own.file, own.classes, own.cents[debtors]), None


def _is_total(cells: pd.DataFrame, own: OwnAgeing) -> np.ndarray:
    """Return which rows of a list of debtors are called a total and are the sum of the others."""
    called = np.logical_or.reduce([is_total(cells[name]) for name in cells])
    return repeats_sum_above(own.cents.sum(axis=1).to_numpy(dtype="int64"), called)


def _open(
    ledger: Ledger, day: pd.Timestamp, rows_of: tuple[str, np.ndarray] | None
) -> pd.DataFrame:
    """Return the open items on a day: those of some rows of a file, or all of them."""
    items = ledger.at(day).open_items
    if rows_of is None or "source_file" not in items:
        return items
    file, rows = rows_of
    return items[(items["source_file"] == file) & items["source_row"].isin(rows)]


def _compared(
    own: OwnAgeing, items: pd.DataFrame, day: pd.Timestamp, currency: str
) -> Iterator[Line]:
    source = own.cents.sum().to_numpy(dtype="int64")
    counts = (own.cents != 0).sum().to_numpy()
    if not source.any() and not len(items):
        return
    basis = min(BASES, key=lambda name: _distance(source, items, name, day, own.classes))
    ours, ours_count = _by_class(items, basis, day, own.classes)
    is_other_day = (source != ours).any() and _agrees_on_other_day(
        source, items, basis, day, own.classes
    )
    what = "ageing_due" if basis == "due_on" else "ageing_issue"
    for place, found in enumerate(own.classes):
        cause = "other_day" if is_other_day and source[place] != ours[place] else ""
        yield Line(
            what, own.file, found.name, int(source[place]), int(ours[place]), cause, day, currency,
            int(counts[place]), int(ours_count[place]),
        )  # fmt: skip


def _by_class(
    items: pd.DataFrame, basis: str, day: pd.Timestamp, classes: tuple[AgeClass, ...]
) -> tuple[np.ndarray, np.ndarray]:
    days = (day - items[basis]).dt.days.astype("float64")
    codes = codes_of(days, classes)
    known = codes >= 0
    cents = np.zeros(len(classes), dtype="int64")
    np.add.at(cents, codes[known], items["outstanding_cents"].to_numpy()[known])
    return cents, np.bincount(codes[known], minlength=len(classes))


def _distance(
    source: np.ndarray, items: pd.DataFrame, basis: str, day: pd.Timestamp,
    classes: tuple[AgeClass, ...],
) -> int:  # fmt: skip
    return int(np.abs(source - _by_class(items, basis, day, classes)[0]).sum())


def _agrees_on_other_day(
    source: np.ndarray, items: pd.DataFrame, basis: str, day: pd.Timestamp,
    classes: tuple[AgeClass, ...],
) -> bool:  # fmt: skip
    """Return whether the same items have the source's ageing some days earlier or later."""
    if not len(items):
        return False
    shifts = [n for n in range(-OTHER_DAYS, OTHER_DAYS + 1) if n]
    days = (day + pd.Timedelta(days=n) for n in shifts)
    return any(_distance(source, items, basis, other, classes) == 0 for other in days)


# --- causes


def _causes(rows: pd.DataFrame, ledger: Ledger) -> list[str]:
    """Return why each row differs: what is told already, else an amount that is just as large."""
    lost = ledger.quarantine[~ledger.quarantine["reason"].isin(NOTHING_LOST)]
    aside = int(lost["cents"].fillna(0).sum()) if "cents" in lost else 0
    found = []
    for row in rows.itertuples():
        difference = int(row.difference_cents)
        if not difference or row.cause:
            found.append(row.cause if difference else "")
            continue
        day = row.as_of if pd.notna(row.as_of) else ledger.latest_on
        found.append(_cause(difference, ledger, day, aside))
    return found


def _cause(difference: int, ledger: Ledger, day: pd.Timestamp, aside: int) -> str:
    items = ledger.at(day).open_items
    cents, kind = items["outstanding_cents"], items["kind"]
    sums = {
        "set_aside": aside,
        "unapplied_cash": -int(cents[kind == "unapplied_cash"].sum()),
        "credit_notes": -int(cents[kind == "credit_note"].sum()),
        "no_due_date": int(cents[items["due_on"].isna()].sum()),
    }
    for name, sum_cents in sums.items():
        if sum_cents and difference == sum_cents:
            return name
    if ledger.apart:
        return "currencies_apart"
    return "one_document" if (cents.abs() == abs(difference)).sum() == 1 else "unknown"
