"""Finds the invoices that a receipt names in its description, as whole words only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

WORD = re.compile(r"[0-9A-Z]+(?:[-/._][0-9A-Z]+)*")
PIECE = re.compile(r"[0-9A-Z]+")
YEAR = re.compile(r"(?:19|20)\d\d")
MIN_LENGTH = 4
COLUMNS = ["item_id", "settled_on", "kind", "minor", "is_allocated"]

# Item, its day of issue, when it falls due, its currency.
Entry = tuple[str, pd.Timestamp, pd.Timestamp, str]


@dataclass
class Named:
    """What receipts settle by their description.

    Parameters
    ----------
    settlements : DataFrame
        ``item_id``, ``settled_on``, ``kind``, ``minor``, ``is_allocated``: true where the amount
        did not fit the invoices named, so that the order was ours.
    used : Series
        Per receipt, what of its amount is settled so; only receipts of which something is.
    customers : Series
        Per receipt of ``used``, the debtor whose invoices it names.
    partly_count : int
        Receipts whose amount did not fit.
    """

    settlements: pd.DataFrame
    used: pd.Series
    customers: pd.Series
    partly_count: int = 0


def match_named(rows: pd.DataFrame, items: pd.DataFrame, paid: pd.DataFrame) -> Named:
    """Return what receipts settle of the invoices that their text names.

    Parameters
    ----------
    rows : DataFrame
        Receipts without an invoice: ``customer_id`` (``""`` when unknown), ``document``, ``text``,
        ``settled_on``, ``amount``, ``currency``, ``kind_of`` (of the settlement).
    items : DataFrame
        With ``document``, ``amount_minor``, ``issued_on``, ``due_on``, ``currency``.
    paid : DataFrame
        Settlements known already: ``item_id``, ``minor``.

    Returns
    -------
    Named
        A number counts when it is a whole word of the text, has a digit, at least four signs, is
        no year, and is a document of the same debtor that was issued by the day of the receipt;
        of a receipt without a debtor, when all its numbers belong to one. When the open amounts
        of the invoices add up to the receipt each is settled in full; else the earliest due first,
        each up to what is open, and the remainder stays unapplied.
    """
    sums = paid.groupby("item_id")["minor"].sum()
    rest = (items.set_index("item_id")["amount_minor"]).sub(sums, fill_value=0).astype("int64")
    known = _numbers(items)
    left = rest.to_dict()
    made, used, customers, partly = [], {}, {}, 0
    text = rows["document"].astype("string").str.cat(rows["text"].astype("string"), sep=" ")
    rows = rows.assign(words=text.fillna("").str.upper())
    for row in rows.sort_values("settled_on", kind="stable").itertuples():
        customer, named = _named(row, known)
        named = [entry for entry in named if left[entry[0]] > 0 and _fits(entry, row)]
        named.sort(key=lambda entry: (entry[2], entry[1], entry[0]))
        amount = int(row.amount)
        if not named or amount <= 0:
            continue
        is_exact = amount == sum(left[entry[0]] for entry in named)
        partly += not is_exact
        for entry in named:
            share = min(amount, left[entry[0]])
            if share:
                is_ours = not is_exact and len(named) > 1
                made.append((row.Index, entry[0], row.settled_on, row.kind_of, share, is_ours))
                left[entry[0]] -= share
                amount -= share
        used[row.Index], customers[row.Index] = int(row.amount) - amount, customer
    frame = pd.DataFrame(made, columns=["row", *COLUMNS]).set_index("row")
    return Named(
        frame, pd.Series(used, dtype="int64"), pd.Series(customers, dtype="string"), partly
    )


def _numbers(items: pd.DataFrame) -> Mapping[str, Mapping[str, list[Entry]]]:
    """Return number -> debtor -> the items with that number, as far as a number is safe."""
    rows = items[items["amount_minor"] > 0]
    due = rows["due_on"].fillna(rows["issued_on"])
    entries = zip(rows["item_id"], rows["issued_on"], due, rows["currency"], strict=True)
    found: dict[str, dict[str, list[Entry]]] = {}
    numbers = rows["document"].astype("string").fillna("").str.strip().str.upper()
    for number, customer, entry in zip(numbers, rows["customer_id"], entries, strict=True):
        if is_safe(number):
            found.setdefault(_bare(number), {}).setdefault(str(customer), []).append(entry)
    return found


def is_safe(number: str) -> bool:
    """Return whether a document number cannot be mistaken for a year or a bare count.

    Examples
    --------
    >>> [is_safe(number) for number in ("F-2041", "2026", "17", "202600017", "FACTUUR")]
    [True, False, False, True, False]
    """
    is_word = bool(WORD.fullmatch(number)) and any(sign.isdigit() for sign in number)
    return is_word and len(_bare(number)) >= MIN_LENGTH and not YEAR.fullmatch(number)


def _bare(number: str) -> str:
    return number.lstrip("0")


def _words(text: str) -> Iterator[str]:
    for word in WORD.findall(text):
        yield from map(_bare, [word, *word.split("/"), *PIECE.findall(word)])


def _named(row: Any, known: Mapping[str, Mapping[str, list[Entry]]]) -> tuple[str, list[Entry]]:
    """Return the debtor of a receipt and the items that it names; nothing when in doubt."""
    hits = [known[word] for word in dict.fromkeys(_words(row.words)) if word in known]
    customer = str(row.customer_id)
    if not customer:
        owners = {name for hit in hits for name in hit}
        if len(owners) != 1:
            return "", []
        customer = owners.pop()
    return customer, [entry for hit in hits for entry in hit.get(customer, [])]


def _fits(entry: Entry, row: Any) -> bool:
    same = row.currency in ("", entry[3])
    return same and entry[1] <= row.settled_on
