"""Reads a Parquet file as text, with what the file itself calls a number or a date."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.tables import DATE_CELL, NUMBER_CELL, TEXT_CELL, Grid

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 20_000_000, 2_000, 400_000_000


def read_parquet(path: Path) -> list[Grid]:
    """Return the file as one grid; its column names are row 1.

    Raises
    ------
    InputError
        When the file is damaged or empty.
    """
    try:
        shape = pq.read_metadata(path)
        _check_shape(shape.num_rows, shape.num_columns, path.name)
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        raise InputError(Fault("file_damaged", {"file": path.name})) from error
    if not table.num_rows or not table.num_columns:
        raise InputError(Fault("file_empty", {"file": path.name}))
    texts, kinds = {}, []
    for place, name in enumerate(table.column_names):
        cells, kind = _column(table.column(name))
        texts[place] = pd.concat([pd.Series([name], dtype="str"), cells], ignore_index=True)
        kinds.append(np.r_[TEXT_CELL, np.full(len(cells), kind)])
    return [Grid(path.name, "", pd.DataFrame(texts), np.array(kinds, dtype="int8").T)]


def _check_shape(rows: int, columns: int, name: str) -> None:
    """Refuse more cells than a ledger has; a small file can hold billions of equal ones."""
    if columns > MAX_COLUMNS:
        raise InputError(Fault("too_many_columns", {"file": name, "columns": MAX_COLUMNS}))
    if rows > MAX_ROWS or rows * columns > MAX_CELLS:
        raise InputError(Fault("file_too_large", {"file": name}))


def _column(column: pa.ChunkedArray) -> tuple[pd.Series, int]:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _column(column.cast(kind.value_type))
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _texts(
            pc.strftime(column.cast(pa.timestamp("s"), safe=False), "%Y-%m-%d")
        ), DATE_CELL
    if pa.types.is_floating(kind):
        values = column.to_pandas()
        texts = [format(value, ".15g") if value == value else "" for value in values]
        return pd.Series(texts, dtype="str"), NUMBER_CELL
    if pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        return _texts(column.cast(pa.string())), NUMBER_CELL
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        return pd.Series([""] * len(column), dtype="str"), TEXT_CELL
    return _texts(column.cast(pa.string())), TEXT_CELL


def _texts(column: pa.ChunkedArray) -> pd.Series:
    return column.to_pandas().astype("str").fillna("")
