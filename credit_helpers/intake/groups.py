"""Lists grouped by debtor: the name stands once, above the rows or in the first of them."""

from __future__ import annotations

import dataclasses
import re
from functools import reduce

import numpy as np
import pandas as pd

from credit_helpers.intake.content import NUMBER
from credit_helpers.intake.headers import meanings
from credit_helpers.intake.tables import RawTable
from credit_helpers.intake.totals import is_total
from credit_helpers.portfolio.ledger import Note

CUSTOMER = frozenset(("customer", "customer_id", "customer_name"))
HEADER = "Debiteur"
MIN_FILLED = 3
MIN_SILENT, MIN_SILENT_SHARE = 2, 0.2
NUMBERED = r"\d+[\s-]+[^\W\d]"
ACCOUNT = r"\d{3,8}[ -]+[^\W\d].*"  # "110200 Debtors": one account for all rows
ACCOUNT_HEADER = "Grootboekrekening"


def spread_groups(raw: RawTable) -> RawTable:
    """Return the table with the debtor of each group on every row of that group.

    Either the name stands on a row of its own, perhaps with the sum of the group, right above
    rows that name nobody: those rows are set aside as ``group_row``. Or it stands on the first
    row of the group only, as in merged cells.
    """
    own = [header for header in raw.cells.columns if _is_customer(header)]
    if raw.cells.shape[1] < MIN_FILLED:
        return raw
    raw, own, most = _without_account(raw, own)
    filled = np.zeros(len(raw.cells), dtype="int64")
    for _, column in raw.cells.items():
        filled += (column != "").to_numpy()
    named = (raw.cells[own] != "").any(axis=1).to_numpy() if own else np.zeros(len(filled), bool)
    may_open = (filled <= most) & (np.append(filled[1:], 0) > filled)
    if not may_open.any() and (named.all() or not own):
        return raw  # the usual list: nothing to look for in a million rows
    opens, name = _group_rows(raw, filled, most)
    is_row = (filled >= MIN_FILLED) & ~opens & ~labelled(raw)
    heads = _heads(raw, own, filled) if own else np.zeros(len(filled), bool)
    if heads.any() and not (named & is_row & ~heads).any():
        return _under_heads(raw, own, heads)
    if own and (named & is_row).any():
        raw = _lone_names(raw, own, (filled == 1) & (name != "").to_numpy(), name)
    if opens.any() and not (named & is_row).any() and HEADER not in raw.cells:
        reasons = raw.reasons.copy()
        lone = opens | ((filled == 1) & (name != "").to_numpy())
        reasons[lone & (reasons == "")] = "group_row"
        spread = name.where(opens).replace("", pd.NA).ffill()
        spread = spread.fillna(_first_name(raw, name[opens])).astype("str")
        return with_column(dataclasses.replace(raw, reasons=reasons), HEADER, spread)
    return _filled_down(raw, own, is_row) if own else raw


def _first_name(raw: RawTable, names: pd.Series) -> str:
    """Return the debtor of the rows above the first name, which then stands above the headers.

    The headers come back below each name, or all names begin with a number, that one as well.
    """
    is_repeated = bool((raw.reasons == "repeated_header").any())
    are_numbered = bool(names.str.match(NUMBERED).all() and re.match(NUMBERED, raw.lead))
    return raw.lead if is_repeated or are_numbered else ""


def _without_account(raw: RawTable, own: list[str]) -> tuple[RawTable, list[str], int]:
    """Return the table and its columns of debtors without one that holds a ledger account.

    Such a column says the same of every row, so the debtor stands above the rows, with a sum in
    every column of amounts: the cells that a row with a debtor may fill are returned as well.
    """
    for header in own if len(own) == 1 else ():
        filled = raw.cells[header] != ""
        said = raw.column(header).texts
        said = said[said != ""]
        if len(said) == 1 and filled.sum() >= MIN_FILLED and said.str.fullmatch(ACCOUNT).all():
            named = {header: ACCOUNT_HEADER}
            kinds = None if raw.kinds is None else raw.kinds.rename(columns=named)
            cells = raw.cells.rename(columns=named)
            return dataclasses.replace(raw, cells=cells, kinds=kinds), [], raw.cells.shape[1]
    return raw, own, MIN_FILLED


def _is_customer(header: str) -> bool:
    return bool({meaning.concept for meaning in meanings(header)} & CUSTOMER)


def labelled(raw: RawTable) -> np.ndarray:
    """Return which rows hold the label of a total."""
    hit = np.zeros(len(raw.cells), dtype=bool)
    for header in raw.cells:
        hit |= raw.column(header).each(is_total)
    return hit


def _group_rows(raw: RawTable, filled: np.ndarray, most: int) -> tuple[np.ndarray, pd.Series]:
    """Return which rows open a group, and the text that stands first on every row.

    Such a row holds one text and perhaps amounts, and fewer cells than the row below it.
    """
    cells = raw.cells
    texts = np.zeros(len(cells), dtype="int64")
    first = pd.Series("", index=cells.index, dtype="str")
    for _, column in cells.items():
        is_text = (column != "") & ~column.str.fullmatch(NUMBER)
        first = first.mask(is_text & (texts == 0), column)
        texts += is_text.to_numpy()
    below = np.append(filled[1:], 0)
    lone = (texts == 1) & ~labelled(raw)
    opens = lone & (below >= MIN_FILLED) & (below > filled) & (filled <= most)
    return opens, first.where(lone, "")


def _heads(raw: RawTable, own: list[str], filled: np.ndarray) -> np.ndarray:
    """Return which rows hold a debtor and perhaps amounts, and fewer cells than the row below."""
    others = raw.cells.drop(columns=own)
    texts = [(column != "") & ~column.str.fullmatch(NUMBER) for _, column in others.items()]
    only = (raw.cells[own] != "").any(axis=1) & ~np.logical_or.reduce(texts)
    below = np.append(filled[1:], 0)
    return only.to_numpy() & (below >= MIN_FILLED) & (below > filled) & ~labelled(raw)


def _under_heads(raw: RawTable, own: list[str], heads: np.ndarray) -> RawTable:
    """Give the rows below a head its number and its name, and set the head itself aside."""
    cells, reasons = raw.cells.copy(), raw.reasons.copy()
    reasons[heads & (reasons == "")] = "group_row"
    bare = (cells[own] == "").all(axis=1) & ~pd.Series(labelled(raw))
    for header in own:
        given = cells[header].where(pd.Series(heads)).ffill().fillna("")
        cells[header] = cells[header].mask(bare, given)
    return dataclasses.replace(raw, cells=cells, reasons=reasons)


def _lone_names(raw: RawTable, own: list[str], lone: np.ndarray, name: pd.Series) -> RawTable:
    """Set aside rows that hold nothing but a name which the rows around them have as well.

    Or nothing but a heading of rows that have a total of that name below them.
    """
    known = pd.unique(raw.cells[own].to_numpy().ravel())
    reasons = raw.reasons.copy()
    outside = (raw.cells[own] == "").all(axis=1).to_numpy()
    labels = "\n".join(raw.cells[labelled(raw)].to_numpy().ravel()).casefold().splitlines()
    is_known = name.isin(known)
    for text in name[lone & outside & ~is_known].unique():
        is_known |= (name == text) & any(label.endswith(text.casefold()) for label in labels)
    reasons[lone & outside & is_known.to_numpy() & (reasons == "")] = "group_row"
    return dataclasses.replace(raw, reasons=reasons)


def _filled_down(raw: RawTable, own: list[str], is_row: np.ndarray) -> RawTable:
    """Fill customers down where each stands once, on the first of several rows.

    A name that comes back further down, or a few rows without one, are no such layout: those
    rows lack their customer.
    """
    given = reduce(lambda left, right: left + "\x00" + right, (raw.cells[name] for name in own))
    has = (raw.cells[own] != "").any(axis=1).to_numpy()
    silent = is_row & ~has
    first = is_row & has
    enough = silent.sum() >= max(MIN_SILENT, MIN_SILENT_SHARE * is_row.sum())
    labels = " ".join(raw.cells[own].to_numpy()[labelled(raw)].ravel()).casefold()
    totalled = silent.any() and all(
        any(part.casefold() in labels for part in text.split("\x00") if part)
        for text in given[first]
    )
    # As many totals as debtors: each closes the rows of one.
    totalled |= silent.any() and labelled(raw).sum() >= given[first].nunique() > 1
    distinct = first.sum() > 1 and given[first].is_unique and bool(is_row.any())
    if not distinct or not (enough or totalled) or not first[int(np.argmax(is_row))]:
        return raw
    cells = raw.cells.copy()
    for header in own:
        known = cells[header].where(pd.Series(first)).ffill()
        cells[header] = cells[header].mask(pd.Series(silent), known.fillna(""))
    count = int(silent.sum())
    note = Note("customers_filled_down", {"file": raw.place, "rows_count": count})
    return dataclasses.replace(raw, cells=cells, notes=(*raw.notes, note))


def has_customer(raw: RawTable) -> bool:
    """Return whether a table has a column that can hold the debtor."""
    return any(_is_customer(header) for header in raw.cells.columns)


def with_column(raw: RawTable, header: str, texts: pd.Series) -> RawTable:
    """Return a table with a column of texts added."""
    cells = raw.cells.assign(**{header: texts})
    kinds = None if raw.kinds is None else raw.kinds.assign(**{header: np.int8(0)})
    return dataclasses.replace(raw, cells=cells, kinds=kinds)
