"""Tables and lines in the terminal, in which a client's text is only ever text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text


def plain(text: str) -> str:
    r"""Return a text without the signs that a terminal obeys instead of showing them.

    Examples
    --------
    >>> plain("Bouw\x1b[2J Noord\nB.V.")
    'Bouw [2J Noord B.V.'
    """
    return "".join(sign if sign.isprintable() else " " for sign in text)


def grid(left: Sequence[str], right: Sequence[str] = (), *, title: str = "") -> Grid:
    """Return an empty table: columns of text on the left, of numbers that are never cut short."""
    heading = Text(title, style="bold") if title else None
    made = Grid(box=SIMPLE_HEAD, title=heading, title_justify="left", padding=(0, 1))
    for label in left:
        made.add_column(Text(label), overflow="fold")
    for label in right:
        made.add_column(Text(label), justify="right", no_wrap=True, min_width=len(label))
    return made


def add(to: Grid, cells: Iterable[str], style: str = "") -> None:
    """Add a row."""
    to.add_row(*(Text(plain(cell), style=style) for cell in cells))


def line(out: Console, text: str, style: str = "") -> None:
    """Print a line, however long."""
    out.print(Text(plain(text), style=style), soft_wrap=True)
