"""The fast way to read a text file gives what the careful way gives, or leaves it to that one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credit_helpers.errors import InputError
from credit_helpers.intake import csv_file

CELL = st.sampled_from(["", "a", "007", "é", " b ", "NA", '"c"', '"d;e"', '""', "f'", '"g""h"'])
PLAIN = st.builds(
    lambda rows, end, last: end.join(";".join(row) for row in rows) + last * end,
    st.integers(2, 3).flatmap(
        lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1)
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.integers(0, 2),
)
ANY = st.text(st.sampled_from('ab;"\n\r é\ufeff'), max_size=25)


def read(path: Path) -> list[list[object]] | list[str]:
    """Return the rows without the empty columns at the right, or the codes of what is wrong."""
    try:
        cells = csv_file.read_csv(path)[0].cells.fillna("")
    except InputError as error:
        return [fault.code for fault in error.faults]
    filled = [place for place in cells if (cells[place] != "").any()]
    return cells.loc[:, : max(filled, default=0)].to_numpy().tolist()


@settings(max_examples=300, deadline=None)
@given(st.one_of(PLAIN, ANY), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@pytest.mark.filterwarnings("ignore:Length of header or names")
def test_both_ways_read_the_same(text: str, encoding: str) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "a.csv"
        path.write_bytes(text.encode(encoding))
        found = read(path)
        patch.setattr(csv_file, "_plain_cells", lambda data: None)
        assert found == read(path)


@pytest.mark.parametrize(
    ("data", "is_plain"),
    [
        (b"Naam;Nr\nA;007\n", True),
        (b'"Naam";"Nr"\r\n"A;B";"007"\r\n', True),
        ("Naam;Nr\nZoë;7".encode(), True),
        ("Naam;Nr\nZoë;7".encode("cp1252"), False),
        (b"Naam;Nr\nA;7;9\n", False),
        (b"Naam;Nr\nA;7\n\n", True),
        (b'Naam;Nr\n"A\nB";7\n', False),
        (b'Naam;Nr\nA";"7\n', False),
        (b"sep=;\nNaam;Nr\n", False),
        (b"Naam\nA\n", False),
    ],
)
def test_which_files_need_no_care(data: bytes, *, is_plain: bool) -> None:
    cells = csv_file._plain_cells(data)
    assert (cells is not None) == is_plain
    if cells is not None:
        assert cells.equals(pd.DataFrame(cells.to_numpy(), dtype="str"))
        assert str(cells.iloc[1, 1]).strip("0") == "7"
