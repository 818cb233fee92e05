"""The consultant's own remarks: ``remarks.nl.md`` and ``remarks.en.md`` beside the client's files.

A remark stands below ``# Name of a chapter``; what it says is shown in that chapter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from rapidfuzz import process

from credit_helpers.errors import LANGUAGES, Fault, InputError
from credit_helpers.words import texts

_HEADING = re.compile(r"# +(.*?)[ #]*")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_CHAPTER = "labels.chapter."


def read_remarks(folder: Path, language: str) -> Mapping[str, str]:
    """Return the remarks in a language by subject, as Markdown.

    Parameters
    ----------
    folder : Path
        Where the client's files are.
    language : str
        That of the report: remarks in the other language are not for its reader.

    Returns
    -------
    mapping
        Subject -> text; empty when there is no such file. Two remarks on one chapter follow each
        other.

    Raises
    ------
    InputError
        For every heading that names no chapter, with the nearest one; for text above the first
        heading; when the file is no UTF-8 text.
    """
    path = folder / f"remarks.{language}.md"
    if not path.is_file():
        return {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(Fault("remarks_encoding", {"file": path.name})) from error
    parts = _parts(lines)
    faults = _faults(parts, path.name, language)
    if faults:
        raise InputError(faults)
    known, found = _subjects(), dict[str, list[str]]()
    for _, heading, text in parts:
        if heading and text:
            found.setdefault(known[heading.casefold()], []).append(text)
    return {subject: "\n\n".join(remarks) for subject, remarks in found.items()}


def _parts(lines: list[str]) -> list[tuple[int, str, str]]:
    """Return the row of each heading, the heading and the text below it."""
    parts: list[tuple[int, str, list[str]]] = [(1, "", [])]
    fence = ""
    for row, line in enumerate(lines, start=1):
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        heading = None if fence else _HEADING.fullmatch(line.rstrip())
        if heading:
            parts.append((row, heading[1], []))
        else:
            parts[-1][2].append(line)
    return [(row, heading, "\n".join(text).strip()) for row, heading, text in parts]


def _faults(parts: list[tuple[int, str, str]], file: str, language: str) -> list[Fault]:
    (_, _, before), *headed = parts
    known, titles = _subjects(), [*_titles(language)]
    faults = [Fault("remarks_without_heading", {"file": file})] if before else []
    for row, heading, _ in headed:
        if heading.casefold() not in known:
            nearest = process.extractOne(heading.casefold(), titles, processor=str.casefold)
            values = {"file": file, "row": row, "heading": heading, "nearest": nearest[0]}
            faults.append(Fault("remarks_heading_unknown", values))
    return faults


def _subjects() -> dict[str, str]:
    """Return the subject of each way to name a chapter, without capitals."""
    named = {title.casefold(): s for speech in LANGUAGES for title, s in _titles(speech).items()}
    return named | {subject: subject for subject in named.values()}


def _titles(language: str) -> dict[str, str]:
    return {
        title: key.removeprefix(_CHAPTER)
        for key, title in texts(language).items()
        if key.startswith(_CHAPTER)
    }
