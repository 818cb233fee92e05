"""What the pages of a batch share: the look of a report, one small script, and their policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from credit_helpers.formats import is_missing
from credit_helpers.report.assets import assets, settings
from credit_helpers.report.cover import Cover
from credit_helpers.report.version import program_version
from credit_helpers.resources import resource
from credit_helpers.words import Words

SPREAD_WIDTH, SPREAD_EDGE = 200, 4


def render(template: str, words: Words, *, title: str, as_of: str, **values: Any) -> str:
    """Return a page of ``templates/batch``; every value in it is escaped.

    Parameters
    ----------
    template : str
        Its file name.
    words : Words
        Language of the page.
    title : str
        What stands in the window's title and in the margin of each printed page.
    as_of : str
        Date in that margin.
    """
    cover = Cover(title, as_of, words.language)
    style = "".join((assets()["fonts"], settings(cover, words), _file("batch.css")))
    script = _file("batch.js")
    return (
        _environment()
        .get_template(template)
        .render(
            language=words.language,
            label=words.label,
            title=title,
            version=program_version(),
            style=style,
            script=script,
            security=(
                f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
                "font-src data:; base-uri 'none'; form-action 'none'"
            ),
            **values,
        )
    )


def spread(row: Mapping[str, Any], values: Sequence[float]) -> dict[str, Any]:
    """Return where the marks of a strip stand, from 0 to ``SPREAD_WIDTH``.

    Parameters
    ----------
    row : mapping
        ``first_quartile``, ``median`` and ``third_quartile``, ``None`` when not known.
    values : sequence of float
        One for each mark.

    Examples
    --------
    >>> row = {"first_quartile": None, "median": None, "third_quartile": None}
    >>> spread(row, [1.0, 3.0, 2.0])["marks"]
    [4.0, 100.0, 196.0]
    """
    if not values:
        return {"marks": [], "box": None, "median": None}
    low, high = min(values), max(values)
    room = SPREAD_WIDTH - 2 * SPREAD_EDGE

    def place(value: float) -> float:
        part = (value - low) / (high - low) if high > low else 0.5
        return round(SPREAD_EDGE + part * room, 1)

    box = None
    if not is_missing(row["median"]):
        start, end = place(row["first_quartile"]), place(row["third_quartile"])
        box = {"start": start, "width": round(end - start, 1)}
    return {
        "marks": sorted(place(value) for value in values),
        "box": box,
        "median": place(row["median"]) if box else None,
    }


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _file(name: str) -> str:
    return resource("templates", "batch", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(resource("templates", "batch"))
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
