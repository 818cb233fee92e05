"""One balance that was delivered twice: lists of open items of two days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from credit_helpers.errors import Fault
from credit_helpers.intake.audit_years import is_same_company
from credit_helpers.intake.observed import day_in_name, month_in_name, observed_on, without_day
from credit_helpers.intake.tables import Books
from credit_helpers.intake.typed import Values
from credit_helpers.portfolio.ledger import Note

MIN_OVERLAP_SHARE = 0.3
MIN_OVERLAP = 3
SETTLED = ("settled_on", "paid_amount", "status")
OWED = ("open_amount", "amount")


def set_older_lists_aside(
    lists: Sequence[Values], *, has_payments: bool
) -> tuple[list[Note], list[Fault]]:
    """Set aside lists of open items of which another list is of a later day.

    Two lists are of the same items when at least :data:`MIN_OVERLAP_SHARE` of the numbers of the
    shorter one, and :data:`MIN_OVERLAP` of them, are in both; of lists that are named alike but
    for the day, one number is enough. What was paid in between would otherwise stay open, and what
    was part-paid would count twice. A list that holds nothing else than rows of the other is a
    copy, not an older list.

    Returns
    -------
    notes, faults
        Which list was left out for which; a question when the lists contradict each other and no
        title or file name tells their days.
    """
    notes: list[Note] = []
    faults: list[Fault] = []
    known = [one for one in lists if _is_open_list(one, has_payments)]
    known.sort(key=lambda one: _day(one) or pd.Timestamp.min)
    for place, one in enumerate(known):
        for other in known[place + 1 :]:
            if _is_aside(one) or _is_aside(other) or not _same_items(one, other):
                continue
            days = _day(one), _day(other)
            files = {"file": one.typed.table.raw.place, "other": other.typed.table.raw.place}
            if days[0] is None or days[1] is None or days[0] == days[1]:
                faults += [Fault("two_lists", dict(files))] if _contradict(one, other) else []
                continue
            older, newer = (one, other) if days[0] < days[1] else (other, one)
            dropped = len(set(_rows(older)["key"]) - set(_rows(newer)["key"]))
            older.typed.set_aside(np.ones(len(older.typed.reasons), dtype=bool), "older_list")
            told = {"file": older.typed.table.raw.place, "other": newer.typed.table.raw.place}
            notes += _notes(told, dropped, len(older.typed.reasons))
    return notes, faults


def _notes(told: dict[str, str], dropped: int, count: int) -> Iterator[Note]:
    """Yield that a list was left out, and how many items were settled before the next one."""
    yield Note("older_list", {**told, "rows_count": count})
    if dropped:
        yield Note("older_list_settled", {**told, "items_count": dropped})


def _is_aside(values: Values) -> bool:
    return not values.typed.is_accepted.any()


def _is_open_list(values: Values, has_payments: bool) -> bool:
    typed = values.typed
    if typed.table.raw.known is not None or "document" not in typed.values:
        return False
    if "open_amount" in typed.values:
        return True
    return not has_payments and not any(word in typed.values for word in SETTLED)


def _rows(values: Values) -> pd.DataFrame:
    """Return key, what is owed, per accepted row with a number."""
    typed = values.typed
    rows = typed.values[typed.is_accepted]
    rows = rows[rows["document"].fillna("") != ""]
    words = [w for w in ("customer_id", "name") if w in rows][:1]
    key = rows["document"].astype("string")
    for word in words:
        key = rows[word].astype("string").fillna("") + "\x00" + key
    owed = next((rows[word] for word in OWED if word in rows), None)
    cents = pd.Series(0, index=rows.index) if owed is None else owed.fillna(0).astype("int64")
    return pd.DataFrame({"key": key, "cents": cents})


def _same_items(one: Values, other: Values) -> bool:
    first, second = _rows(one), _rows(other)
    shared = len(set(first["key"]) & set(second["key"]))
    if _is_series(one, other) and (shared or _is_titled(one, other)):
        return _reaches_back(one, other)
    shortest = min(first["key"].nunique(), second["key"].nunique())
    if shared < max(MIN_OVERLAP, MIN_OVERLAP_SHARE * shortest):
        return False
    pairs = [set(map(tuple, rows.to_numpy().tolist())) for rows in (first, second)]
    return not (pairs[0] <= pairs[1] or pairs[1] <= pairs[0]) or _days_differ(one, other)


def _is_series(one: Values, other: Values) -> bool:
    """Return whether two lists have the same columns, and names that differ in their day only."""
    raws = one.typed.table.raw, other.typed.table.raw
    names = {(without_day(raw.file), without_day(raw.sheet)) for raw in raws}
    return (
        len(names) == 1 and list(raws[0].cells) == list(raws[1].cells) and _days_differ(one, other)
    )


def _is_titled(one: Values, other: Values) -> bool:
    """Return whether both lists say themselves of which day they are, and what is open."""
    return all(
        "open_amount" in values.typed.values and observed_on(values.typed.table.raw.titles)
        for values in (one, other)
    )


def _reaches_back(one: Values, other: Values) -> bool:
    """Return whether the later list has documents of before the day of the earlier one.

    A journal per month has none; a list of what is open has, unless all of it was paid.
    """
    earlier, later = sorted((one, other), key=lambda values: _day(values) or pd.Timestamp.min)
    day, typed = _day(earlier), later.typed
    issued = typed.values["issued_on"][typed.is_accepted]
    return bool((issued <= day).any()) or _is_titled(one, other)


def _days_differ(one: Values, other: Values) -> bool:
    days = _day(one), _day(other)
    return None not in days and days[0] != days[1]


def _contradict(one: Values, other: Values) -> bool:
    """Return whether a document has another amount in the other list."""
    first, second = (rows.groupby("key")["cents"].sum() for rows in (_rows(one), _rows(other)))
    both = first.index.intersection(second.index)
    return bool((first[both] != second[both]).any())


def _day(values: Values) -> pd.Timestamp | None:
    """Return the day of a list: of its title, else in the name of its sheet or its file."""
    raw = values.typed.table.raw
    titled = observed_on(raw.titles) or day_in_name(raw.sheet)
    return (
        titled
        or month_in_name(raw.sheet, raw.file)
        or day_in_name(raw.file)
        or month_in_name(raw.file)
    )


def set_copies_aside(lists: Sequence[Values]) -> None:
    """Set aside rows that another sheet or file already has, such as a filtered copy of a list."""
    seen: list[tuple[Books, set[tuple[object, ...]]]] = []
    for values in sorted(lists, key=lambda v: -len(v.typed.values)):
        typed = values.typed
        key = [w for w in ("document", "customer_id", "name", "issued_on") if w in typed.values]
        key += [word for word in ("amount", "open_amount") if word in typed.values][:1]
        if "document" not in key or len(lists) == 1:
            continue
        rows = typed.values[key].astype("string").fillna("")
        keys = pd.Series(list(map(tuple, rows.to_numpy())), index=rows.index)
        named = rows["document"] != ""
        books = Books() if typed.table.raw.known is None else typed.table.raw.known.books
        before = set().union(*(own for other, own in seen if is_same_company(books, other)))
        typed.set_aside((keys.isin(before) & named).to_numpy(), "duplicate_elsewhere")
        seen.append((books, set(keys[named & typed.is_accepted])))
