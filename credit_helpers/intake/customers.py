"""Makes the customers: from their own table, from limits, and from the documents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd

from credit_helpers.intake.tables import Table
from credit_helpers.intake.texts import is_member, places_in
from credit_helpers.portfolio.ledger import Note
from credit_helpers.portfolio.schema import CUSTOMERS

RENAMED = {
    "terms": "terms_days",
    "credit_limit": "credit_limit_cents",
    "insured_limit": "insured_limit_cents",
    "discretionary_limit": "discretionary_limit_cents",
    "open_orders": "open_orders_cents",
}
TEXT_COLUMNS = [
    "country",
    "region",
    "sector",
    "segment_hint",
    "group_id",
    "kvk",
    "vat_id",
    "salesperson",
    "since_on",
    "founded_on",
    "report_on",
    "is_consumer",
    "terms_days",
    "credit_limit_cents",
    "insured_limit_cents",
    "discretionary_limit_cents",
    "open_orders_cents",
]


class Names:
    """Which customer a row is about: by its number, or by its name.

    Parameters
    ----------
    frames : iterable of DataFrame
        Every frame with ``customer_id`` and ``name``; those with both teach which belong together.
    """

    def __init__(self, frames: Iterable[pd.DataFrame]) -> None:
        parts = [text_columns(frame) for frame in frames]
        empty = pd.DataFrame({"customer_id": [], "name": []}, dtype="string")
        pairs = pd.concat([empty, *parts]) if parts else empty
        pairs = pairs[(pairs["customer_id"] != "") & (pairs["name"] != "")]
        pairs = pairs[np.logical_or(*_said(pairs))].drop_duplicates()
        self.ids = pairs["customer_id"].drop_duplicates()
        self.spellings = _spellings(parts)
        alone = ~pairs["name"].duplicated(keep=False)
        self.id_of_name = pairs[alone].set_index("name")["customer_id"]

    def resolve(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the frame with ``customer_id`` filled: a name without a number is the id.

        Examples
        --------
        >>> names = Names([pd.DataFrame({"customer_id": ["7"], "name": ["Bakker"]})])
        >>> rows = pd.DataFrame({"customer_id": ["", "", "9"], "name": ["Bakker", "Smit", ""]})
        >>> names.resolve(rows)["customer_id"].tolist()
        ['7', 'Smit', '9']
        """
        both = text_columns(frame)
        customer, name = both["customer_id"], both["name"]
        lacks = (customer == "").to_numpy()
        if lacks.any():
            customer[lacks] = named(name[lacks], self.id_of_name).fillna("")
        bare = np.flatnonzero(name == "")  # with number and name they teach, and are known
        bare = bare[~is_member(customer.iloc[bare], self.ids)]
        found = named(customer.iloc[bare], self.id_of_name)
        strange, known = bare[found.notna()], found[found.notna()]
        if len(strange):
            name.iloc[strange], customer.iloc[strange] = customer.iloc[strange], known
        lacks = (customer == "").to_numpy()
        if lacks.any():
            usual = named(name_key(name[lacks]), self.spellings)
            customer[lacks] = usual.fillna(name[lacks])
        return frame.assign(customer_id=customer, name=name)


def named(keys: pd.Series, values: pd.Series) -> pd.Series:
    """Return the value that stands under each key; missing where there is none.

    Examples
    --------
    >>> named(pd.Series(["b", "x"]), pd.Series(["1", "2"], index=["a", "b"])).tolist()
    ['2', <NA>]
    """
    places = places_in(keys, values.index.to_series())
    found = pd.array(values, dtype="string").take(places, allow_fill=True)
    return pd.Series(found, index=keys.index)


def name_key(names: pd.Series) -> pd.Series:
    """Return names without case, accents, blanks and punctuation: equal for spellings of one name.

    Examples
    --------
    >>> name_key(pd.Series(["Café Noord B.V.", "CAFE NOORD BV", "?"])).tolist()
    ['cafenoordbv', 'cafenoordbv', '']
    """
    codes, unique = pd.factorize(names)
    keys = [key_of_name(str(name)) for name in unique]
    return pd.Series(pd.array(keys, dtype="string").take(codes), index=names.index)


def key_of_name(name: str) -> str:
    """Return one name as :func:`name_key` does."""
    text = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in text if sign.isalnum())


def _said(pairs: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return which rows are the first of their customer, and which have another name than that."""
    codes, known = pd.factorize(pairs["customer_id"])
    first, rows = np.zeros(len(known), dtype="int64"), np.arange(len(codes))
    first[codes[::-1]] = rows[::-1]
    names = pairs["name"].array
    return first[codes] == rows, np.asarray(names != names.take(first[codes]), dtype=bool)


def _spellings(parts: list[pd.DataFrame]) -> pd.Series:
    """Return the usual spelling per key, of names that stand without a number."""
    if not parts:
        return pd.Series(dtype="string")
    rows = pd.concat(parts)
    rows = rows[(rows["customer_id"] == "") & (rows["name"] != "")]
    counts = rows["name"].value_counts().reset_index()
    counts = counts.assign(key=name_key(counts["name"]))
    counts = counts[counts["key"] != ""].sort_values(["count", "name"], ascending=[False, True])
    return counts.drop_duplicates("key").set_index("key")["name"]


def text_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Return number and name of the customer per row, ``""`` where the frame has none."""
    blank = pd.Series("", index=frame.index, dtype="string")
    return pd.DataFrame(
        {
            word: frame[word].astype("string").fillna("") if word in frame else blank
            for word in ("customer_id", "name")
        }
    )


def make_customers(
    master: pd.DataFrame, limits: pd.DataFrame, documents: pd.DataFrame
) -> tuple[pd.DataFrame, list[Note]]:
    """Return the customers and notes about their names.

    Parameters
    ----------
    master, limits, documents : DataFrame
        Resolved rows; a limits table goes before the customers' own column, which goes before
        what documents say.
    """
    frames = [frame.rename(columns=RENAMED) for frame in (limits, master, documents)]
    ids = pd.concat([frame["customer_id"] for frame in (frames[1], frames[2], frames[0])])
    customers = pd.DataFrame({"customer_id": ids.drop_duplicates()}).reset_index(drop=True)
    names, notes = _names(frames[1], frames[2])
    customers["name"] = customers["customer_id"].map(names).astype("string")
    customers["name"] = customers["name"].fillna(customers["customer_id"])
    for column in TEXT_COLUMNS:
        values = _first_known(frames, column)
        if values is not None:
            customers[column] = customers["customer_id"].map(values)
    return CUSTOMERS.frame(customers), notes


def _names(master: pd.DataFrame, documents: pd.DataFrame) -> tuple[pd.Series, list[Note]]:
    """Return the name per customer: the master's, else the most frequent spelling."""
    rows = documents.loc[documents["name"] != "", ["customer_id", "name"]]
    is_first, is_other = _said(rows)
    usual = rows[is_first].set_index("customer_id")["name"]
    notes = []
    if is_other.any():  # only of these the spellings are counted
        several = rows[is_member(rows["customer_id"], rows.loc[is_other, "customer_id"])]
        counts = several.groupby(["customer_id", "name"]).size().reset_index(name="rows")
        counts = counts.sort_values(["rows", "name"], ascending=[False, True])
        most = counts.drop_duplicates("customer_id").set_index("customer_id")["name"]
        notes.append(Note("names_differ", {"customers_count": len(most)}))
        usual = most.combine_first(usual)
    own = master[master["name"] != ""].drop_duplicates("customer_id")
    return own.set_index("customer_id")["name"].combine_first(usual), notes


def _first_known(frames: list[pd.DataFrame], column: str) -> pd.Series | None:
    found: pd.Series | None = None
    for frame in frames:
        if column not in frame:
            continue
        known = frame[frame[column].notna() & (frame[column].astype("string") != "")]
        values = known.drop_duplicates("customer_id").set_index("customer_id")[column]
        found = values if found is None else found.combine_first(values)
    return found


def without_due_dates(tables: Iterable[Table], rule: str | int) -> str:
    """Return the note on a list without due dates: terms may take their place, if asked.

    Examples
    --------
    >>> without_due_dates([], "leave"), without_due_dates([], 30)
    ('no_due_dates', 'due_dates_by_rule')
    """
    if rule != "leave":
        return "due_dates_by_rule"
    has_terms = any("terms" in table.columns for table in tables)
    return "no_due_dates_but_terms" if has_terms else "no_due_dates"
