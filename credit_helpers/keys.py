"""Where the rows of one table stand in another, without comparing texts twice.

A key is a text: ``00123`` is not ``123``. Comparing a million of them costs more than all sums
over them, so a snapshot numbers its items and customers once: ``item_place`` is the row of an item
in the ledger, ``customer_place`` that of its customer. A frame that lacks them, or that was put
together elsewhere, is looked up by its texts, with the same answer.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

ITEM, CUSTOMER = "item_place", "customer_place"
# A code and a day make one number, code * SPAN + day: in order the days of a code stand together.
SPAN = np.int64(1_000_000)


def places(named: pd.Series, known: pd.Series) -> NDArray[np.int64]:
    """Return the row in ``known`` of each key of ``named``, -1 for a key that is not there.

    Parameters
    ----------
    named : Series of str
    known : Series of str
        Every key once.

    Examples
    --------
    >>> places(pd.Series(["b", "x", "a", "b"]), pd.Series(["a", "b"])).tolist()
    [1, -1, 0, 1]
    """
    few, many = _texts(named), _texts(known)
    if len(few) >= len(many):
        return _index_in(few, many)
    # The fewer texts are numbered, since that costs more than looking them up.
    once = pc.unique(few)
    number = _index_in(many, once)
    found = np.full(len(once), -1, dtype="int64")
    rows = np.flatnonzero(number >= 0)
    found[number[rows]] = rows
    return found[_index_in(few, once)]


def are_among(keys: pd.Series, wanted: pd.Series) -> NDArray[np.bool_]:
    """Return which of the keys are wanted.

    Examples
    --------
    >>> are_among(pd.Series(["b", "x", "b"]), pd.Series(["a", "b"])).tolist()
    [True, False, True]
    """
    return _index_in(_texts(keys), pc.unique(_texts(wanted))) >= 0


def item_places(rows: pd.DataFrame, items: pd.DataFrame) -> NDArray[np.integer]:
    """Return the row in ``items`` of the item of each row, -1 for an item that is not there.

    Parameters
    ----------
    rows, items : DataFrame
        ``item_id``, and ``item_place`` where both come from snapshots of one ledger.

    Examples
    --------
    >>> items = pd.DataFrame({"item_id": ["F7", "F9"], "item_place": [7, 9]})
    >>> item_places(pd.DataFrame({"item_id": ["F9", "F8"], "item_place": [9, 8]}), items).tolist()
    [1, -1]
    """
    if ITEM not in rows or ITEM not in items:
        return places(rows["item_id"], items["item_id"])
    numbers, own = rows[ITEM].to_numpy(), items[ITEM].to_numpy()
    # One place more than there are items: that of an item that the ledger does not know.
    found = np.full(max(numbers.max(initial=-1), own.max(initial=-1)) + 2, -1, dtype="int32")
    found[own] = np.arange(len(own), dtype="int32")
    return found[numbers]


def item_codes(*frames: pd.DataFrame) -> list[NDArray[np.int64]]:
    """Return a number for the item of each row of each frame, the same for the same item.

    Parameters
    ----------
    *frames : DataFrame
        ``item_id``, and ``item_place`` where all come from snapshots of one ledger.

    Examples
    --------
    >>> sent, paid = pd.DataFrame({"item_id": ["F7", "F9"]}), pd.DataFrame({"item_id": ["F9"]})
    >>> [codes.tolist() for codes in item_codes(sent, paid)]
    [[0, 1], [1]]
    """
    if all(ITEM in frame for frame in frames):
        return [frame[ITEM].to_numpy("int64") for frame in frames]
    codes, _ = pd.factorize(pd.concat([frame["item_id"] for frame in frames]))
    return np.split(codes, np.cumsum([len(frame) for frame in frames])[:-1])


def first_days(places: NDArray[np.integer], days: pd.Series, size: int) -> NDArray[np.datetime64]:
    """Return the first known day of each of so many places; ``NaT`` where there is none.

    Examples
    --------
    >>> days = pd.Series(pd.to_datetime(["2026-01-05", "2026-01-02", None]))
    >>> first_days(np.array([1, 1, 0]), days, 2).astype(str).tolist()
    ['NaT', '2026-01-02']
    """
    far = np.datetime64("9999-12-31", "D")
    first = np.full(size, far)
    on = days.to_numpy("datetime64[D]")
    known = (places >= 0) & ~np.isnat(on)
    np.minimum.at(first, places[known], on[known])
    return np.where(first == far, np.datetime64("NaT"), first)


def customer_groups(rows: pd.DataFrame) -> tuple[NDArray[np.int64], ExtensionArray]:
    """Return a code from 0 for the customer of each row, and the numbers of those customers.

    Parameters
    ----------
    rows : DataFrame
        ``customer_id``, and ``customer_place`` where it comes from a snapshot.

    Returns
    -------
    codes, customer_ids
        In the order in which the customers are first met.

    Examples
    --------
    >>> rows = pd.DataFrame({"customer_id": ["A", "B", "A"], "customer_place": [5, 2, 5]})
    >>> codes, ids = customer_groups(rows)
    >>> codes.tolist(), ids.tolist()
    ([0, 1, 0], ['A', 'B'])
    """
    if CUSTOMER not in rows:
        codes, ids = pd.factorize(rows["customer_id"])
        return codes, pd.array(ids, dtype="string")
    codes, groups = pd.factorize(rows[CUSTOMER].to_numpy())
    # Written from the last row to the first, so that the first one of each group stays.
    first = np.empty(len(groups), dtype="int64")
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return codes, pd.array(rows["customer_id"].array.take(first), dtype="string")


def customer_places(rows: pd.DataFrame, customers: pd.DataFrame) -> NDArray[np.int64]:
    """Return the row in ``customers`` of the customer of each row, -1 for an unknown one.

    Examples
    --------
    >>> rows = pd.DataFrame({"customer_id": ["A", "B", "A"], "customer_place": [5, 2, 5]})
    >>> customer_places(rows, pd.DataFrame({"customer_id": ["B", "A"]})).tolist()
    [1, 0, 1]
    """
    codes, ids = customer_groups(rows)
    return places(pd.Series(ids), customers["customer_id"])[codes]


def of_customers(ids: ExtensionArray, customers: pd.DataFrame, column: str) -> pd.Series:
    """Return a text of each of these customers; "" for one that is unknown or has none.

    Examples
    --------
    >>> known = pd.DataFrame({"customer_id": ["1", "2"], "name": ["A", "B"]})
    >>> of_customers(pd.array(["2", "9"], dtype="string"), known, "name").tolist()
    ['B', '']
    """
    texts = pd.array(customers[column], dtype="string")
    found = texts.take(places(pd.Series(ids), customers["customer_id"]), allow_fill=True)
    return pd.Series(found).fillna("")


def numbers_of(rows: pd.DataFrame, customers: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """Return a number of the customer of each row; ``nan`` for one that is unknown or has none.

    Examples
    --------
    >>> rows = pd.DataFrame({"customer_id": ["1", "2", "9"]})
    >>> known = pd.DataFrame({"customer_id": ["1", "2"], "terms_days": [30, 14]})
    >>> numbers_of(rows, known, "terms_days").tolist()
    [30.0, 14.0, nan]
    """
    if column not in customers:
        return np.full(len(rows), np.nan)
    known = customers[column].to_numpy("float64", na_value=np.nan)
    # The last one is of an unknown customer.
    return np.append(known, np.nan)[customer_places(rows, customers)]


def day_order(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return the rows in order of day; those of one day stay in the order that they have.

    Examples
    --------
    >>> day_order(np.array(["2026-01-02", "2026-01-01", "2026-01-02"], "datetime64[D]")).tolist()
    [1, 0, 2]
    """
    number = days.astype("datetime64[D]").astype("int64")
    number -= number.min() if len(number) else 0
    # Numbers of 16 bits are sorted without comparing them.
    small = number.astype("uint16") if number.max(initial=0) < 2**16 else number
    return np.argsort(small, kind="stable")


def _index_in(keys: pa.Array, known: pa.Array) -> NDArray[np.int64]:
    found = pc.index_in(keys, value_set=known, skip_nulls=True)
    return found.fill_null(-1).to_numpy(zero_copy_only=False).astype("int64")


def _texts(keys: pd.Series) -> pa.Array:
    found = pa.array(pd.array(keys, dtype="string"), type=pa.large_string())
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
