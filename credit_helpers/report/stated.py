"""What a report says in words and in charts, with the values: nothing is printed that is not here.

:class:`~credit_helpers.words.Words` keeps every text that it fills in and every figure that it
writes, so a new chapter is taken up without being asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from plotly.graph_objects import Figure

from credit_helpers.words import Words


def stated(words: Words) -> dict[str, list[dict[str, Any]]]:
    """Return every text and every figure that was written, each with its values.

    Returns
    -------
    dict
        ``texts``: the name of a text, its ``values`` and how it ``reads``; ``numbers``: figures
        that were written, as ``value``, ``unit`` and ``text``. Both in a fixed order.

    Examples
    --------
    >>> words = Words("en")
    >>> _ = words.prose("labels.word.other_rows", rows_count=1200)
    >>> stated(words)["texts"][0]["values"], stated(words)["numbers"][0]["text"]
    ({'rows_count': 1200}, '1,200')
    """
    texts = [
        {"key": key, "reads": reads, "values": values}
        for (key, reads), values in sorted(words.stated.items(), key=lambda each: each[0])
    ]
    written = words.formats.written or {}
    numbers = [
        {"text": text, "unit": unit, "value": value}
        for (text, unit), value in sorted(written.items(), key=lambda each: each[0])
    ]
    return {"texts": texts, "numbers": numbers}


def together(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return two answers of :func:`stated` as one, each text and figure once."""
    names = {"texts": ("key", "reads"), "numbers": ("text", "unit")}
    found = {}
    for kind, keys in names.items():
        each = {tuple(row[k] for k in keys): row for row in (*second[kind], *first[kind])}
        found[kind] = [each[key] for key in sorted(each)]
    return found


def charts_in(displayed: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the charts among what was displayed: message, unit, alternative, and every text.

    Parameters
    ----------
    displayed : iterable
        What the cells of a report showed, as IPython keeps it.
    """
    parts = (part for shown in displayed for part in getattr(shown, "parts", (shown,)))
    charts = (part.to_plotly_json() for part in parts if isinstance(part, Figure))
    found: dict[str, dict[str, Any]] = {}
    for chart in charts:
        layout = chart["layout"]
        meta = layout.get("meta") or {}
        title = str((layout.get("title") or {}).get("text", ""))
        row = {"title": title, "unit": meta.get("unit", ""), "alt": meta.get("alt", "")}
        found.setdefault(title, {**row, "labels": list(dict.fromkeys(_labels(chart)))})
    return list(found.values())


def _labels(chart: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts that are drawn: notes, the ends of axes, names, and labels of points."""
    layout = chart["layout"]
    texts: list[Any] = [note.get("text") for note in layout.get("annotations") or ()]
    for axis in (value for name, value in sorted(layout.items()) if name[1:].startswith("axis")):
        texts += [*_several(axis.get("ticktext")), (axis.get("title") or {}).get("text")]
    for trace in chart["data"]:
        drawn = str(trace.get("mode", "text"))
        texts += [trace.get("name"), *(_several(trace.get("text")) if "text" in drawn else ())]
        texts += [*_several(trace.get("x")), *_several(trace.get("y"))]
    yield from (unescape(text) for text in texts if isinstance(text, str) and text)


def _several(values: Any) -> list[Any]:
    if values is None or isinstance(values, str):
        return [values] if values else []
    return list(values)
