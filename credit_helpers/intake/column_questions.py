"""Which columns of the invoices somebody has to point out, and the headers to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from credit_helpers.errors import InputError
from credit_helpers.intake.content import LIKELY, Content, content_of
from credit_helpers.intake.header_row import guess_header
from credit_helpers.intake.headers import meanings
from credit_helpers.intake.layout import LOOK_ROWS, lay_out
from credit_helpers.intake.reading import Reading
from credit_helpers.intake.recognise import EXACT, missing_groups, recognise
from credit_helpers.intake.roles import MISSING_COLUMN
from credit_helpers.intake.tables import Grid, RawTable

PREFIX = "columns.invoices."
CAN_ASK = frozenset((*MISSING_COLUMN.values(), "no_columns"))
HINTED = ("due_on", "open_amount")
TELLS_OPEN = frozenset(("open_amount", "paid_amount", "settled_on", "status", "debit"))
MAX_EXAMPLES = 3
MAX_CHOICES = 40


@dataclass(frozen=True)
class ColumnQuestion:
    """A column that no header tells.

    Parameters
    ----------
    word : str
        Our word for it.
    file : str
        File and sheet as one phrase.
    choices : mapping of str to tuple of str
        Header -> its first values; the likely ones first.
    is_needed : bool
        Without it the table is no list of invoices.
    """

    word: str
    file: str
    choices: Mapping[str, tuple[str, ...]]
    is_needed: bool = True

    @property
    def key(self) -> str:
        """The key in ``client.toml`` that answers it."""
        return PREFIX + self.word


def column_questions(reading: Reading) -> tuple[ColumnQuestion, ...]:
    """Return what has to be told of the columns; of one table, as the others may hold no invoices.

    That is the table that lacks the fewest columns, the longest of equals.
    """
    codes = {str(fault.values.get("file")): fault.code for fault in reading.faults}
    lacking = {place for place, code in codes.items() if code in CAN_ASK}
    found = [raw for raw in _raws(reading) if raw.place in lacking]
    asked = [(raw, _missing(raw, reading)) for raw in found]
    asked = [(raw, words) for raw, words in asked if words and raw.cells.shape[1] > len(words)]
    if not asked:
        return ()
    raw, words = min(asked, key=lambda pair: (len(pair[1]), -len(pair[0].cells)))
    used = _mapped(raw, reading)
    return tuple(ColumnQuestion(word, raw.place, _choices(raw, word, used)) for word in words)


def hints(reading: Reading) -> tuple[ColumnQuestion, ...]:
    """Return what a list of invoices can do without, and a column without a meaning may hold."""
    found = []
    for table in (table for table in reading.tables if table.role == "invoices"):
        used, told = _mapped(table.raw, reading), reading.config.columns.get("invoices", {})
        known = {*table.columns, *told}
        if known & TELLS_OPEN:
            known |= TELLS_OPEN
        for word in (word for word in HINTED if word not in known):
            free = _choices(table.raw, word, used, likely=True)
            silent = {header: values for header, values in free.items() if not meanings(header)}
            if silent and table.raw.known is None:
                found.append(ColumnQuestion(word, table.raw.place, silent, is_needed=False))
    return tuple({question.key: question for question in found}.values())


def _raws(reading: Reading) -> Iterator[RawTable]:
    """Yield the tables that lack something, also those of which no header was known."""
    yield from reading.unused
    yield from (table.raw for table in reading.tables if table.role == "invoices")
    known = {(raw.file, raw.sheet) for raw in reading.unused}
    known |= {(table.raw.file, table.raw.sheet) for table in reading.tables}
    for grid in reading.delivery.grids:
        if (grid.file, grid.sheet) not in known:
            raw = _with_any_headers(grid)
            if raw is not None:
                yield raw


def _with_any_headers(grid: Grid) -> RawTable | None:
    """Return a grid under the row that looks like headers, whatever its words mean."""
    names = guess_header(grid.cells.head(LOOK_ROWS).fillna(""))
    try:
        return lay_out(grid, names) if names else None
    except InputError:
        return None


def _mapped(raw: RawTable, reading: Reading) -> set[str]:
    own = reading.config.columns
    return {choice.header for choice in recognise(raw, "invoices", own).columns.values()}


def _missing(raw: RawTable, reading: Reading) -> list[str]:
    mapped = recognise(raw, "invoices", reading.config.columns).columns
    groups = [word for group in missing_groups("invoices", mapped) for word in group]
    groups += [] if "issued_on" in mapped else ["issued_on"]
    return [word for word in MISSING_COLUMN if word in groups]


def _choices(
    raw: RawTable, word: str, used: set[str], *, likely: bool = False
) -> dict[str, tuple[str, ...]]:
    """Return the headers that stand for nothing yet, with their first values."""
    found = []
    for header in raw.cells.columns:
        cells = raw.cells.loc[raw.reasons == "", header]
        content = content_of(cells)
        if header not in used and content.filled_count:
            examples = tuple(cells[cells != ""].drop_duplicates().head(MAX_EXAMPLES))
            found.append((not _can_be(word, content), header, examples))
    found.sort(key=lambda choice: choice[0])
    found = [choice for choice in found if not (likely and choice[0])]
    return {header: examples for _, header, examples in found[:MAX_CHOICES]}


def _can_be(word: str, content: Content) -> bool:
    """Return whether a column can hold it by what its cells look like."""
    if word in ("issued_on", "due_on"):
        return content.date_share > EXACT
    if word == "amount":
        return content.number_share > EXACT
    if word == "open_amount":
        return content.number_share > EXACT and content.decimal_share > LIKELY
    return content.date_share < EXACT and content.decimal_share < EXACT
