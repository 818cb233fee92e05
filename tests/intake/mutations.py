"""Small files of every kind, and ways to damage them; the same seed gives the same damage.

Half the damage is to bytes, wherever they are. The other half keeps the form of the file: a value
becomes another one, and lines, columns or elements are lost, doubled, swapped or renamed, so that
what lies behind the parsers is reached as well.
"""

from __future__ import annotations

import importlib.util
import io
import random
import re
import zipfile
from pathlib import Path


def _beside(name: str):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


seeds = _beside("seeds").seeds

NASTY = [
    b"\x00", b"\xff\xfe", b'"', b";;;;", b"\n\n", b"-", b"1e999", b"NaN", b"\xe2\x88\x92",
    b"=cmd()", b"00:00.0", b"9" * 30, b"<a>", b"]]>", b"&#0;",
    b"32-13-2026", b"\r", b"\t", b"'", b"(((",
]  # fmt: skip
# What may stand in a cell; among them digits that are none to a computer.
VALUES = [
    "", "0", "-0", "-0,00", "1.234", "1,234", "1.234,5", "1,2,3", "12,50-", "(7)", "+5", "1e400",
    "-1e-9", "9" * 25, "922337203685477580,7", "NaN", "inf", "€", "²", "٣٤", "１２", "½", "−3,10",
    "00-00-0000", "0001-01-01", "9999-12-31", "29-02-2025", "2026-13-45", "12/11/10", "45000",
    "20260229", "1-1-1", "31 feb 2026", "00:00.0", "#REF!", "2026-03-01T25:61:61", "Totaal",
    "Debiteurnummer", "F1", "001", "1", "N/A", "null", "C", "D", "EUR", "XXX", "€uro", "ja",
    "a\u0301" * 9, "\u202eevil", "\U0001f4b6", "x" * 3000, "=1+1", "&amp;", "&#8364;", "&x;", "]]>",
    "F1 F2 F3", "F1/F2", "../../etc", "\xa0", "\ufeff", "\u2028", " 1 ", "'1", '"',
]  # fmt: skip
SEPARATORS = ";,\t|"
MARK = re.compile(r"<[^<>]*>|[^<>]+")
NAME = re.compile(r"(?<=<)/?[\w:.-]+")
# Parts of a workbook that matter; the others are left as they are.
PARTS = (
    "sheet1.bin",
    "workbook.bin",
    "sheet1.xml",
    "sharedStrings.xml",
    "workbook.xml",
    "content.xml",
    "styles.xml",
)


def mutated(name: str, data: bytes, seed: int) -> bytes:
    """Return the file damaged in one to six places; most workbooks within a part."""
    chance = random.Random(seed)
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _repacked(data, chance)
    return _changed(data, chance)


def _changed(data: bytes, chance: random.Random) -> bytes:
    """Return bytes damaged, or text changed within its form."""
    if b"\x00" in data.removeprefix(b"\xff\xfe")[1::2] or chance.random() < 0.5:
        return _damaged(data, chance)
    coding = "utf-16" if data.startswith(b"\xff\xfe") else "utf-8"
    try:
        text = data.decode(coding)
    except UnicodeDecodeError:
        coding, text = "cp1252", data.decode("cp1252", "replace")
    change = _other_elements if text.lstrip("\ufeff").startswith("<") else _other_rows
    for _ in range(chance.randint(1, 4)):
        text = change(text, chance)
    return text.encode(coding, "replace")


def _other_rows(text: str, chance: random.Random) -> str:
    """Return separated text with one value, line or column changed."""
    lines = text.split("\n")
    separator = max(SEPARATORS, key=text.count)
    rows = [line.split(separator) for line in lines]
    one, other = chance.randrange(len(rows)), chance.randrange(len(rows))
    width = max(map(len, rows))
    place, target = chance.randrange(width), chance.randrange(width)
    kind = chance.randrange(9)
    if kind < 3 and place < len(rows[one]):
        rows[one][place] = chance.choice(VALUES)
    elif kind == 3:
        value = chance.choice(VALUES)
        for row in rows[1:]:
            row[place : place + 1] = [value][: len(row) - place]
    elif kind == 4:
        rows[one], rows[other] = rows[other], rows[one]
    elif kind == 5:
        rows += rows[one:] * chance.randint(1, 4)
    elif kind == 6:
        del rows[one]
    elif kind == 7:
        rows = [_without(row, place, [] if place == target else row[target:][:1]) for row in rows]
    else:
        return text.replace(separator, chance.choice(SEPARATORS))
    return "\n".join(separator.join(row) for row in rows)


def _without(row: list[str], place: int, instead: list[str]) -> list[str]:
    return [*row[:place], *instead, *row[place + 1 :]]


def _other_elements(text: str, chance: random.Random) -> str:
    """Return text with marks in which one text, attribute, name or run of elements is changed."""
    marks = MARK.findall(text) or [text]
    one, other = sorted(chance.randrange(len(marks)) for _ in range(2))
    texts = [k for k, mark in enumerate(marks) if not mark.startswith("<") and mark.strip()]
    kind = chance.randrange(9)
    if kind < 4 and texts:
        marks[chance.choice(texts)] = chance.choice(VALUES)
    elif kind == 4:
        marks[one] = re.sub(r'"[^"]*"', f'"{chance.choice(VALUES)}"', marks[one], count=1)
    elif kind == 5:
        names = [match[0] for match in map(NAME.search, marks) if match]
        if names:
            old, new = (chance.choice(names).lstrip("/") for _ in range(2))
            return re.sub(rf"(</?){re.escape(old)}\b", rf"\g<1>{new}", text)
    else:
        run = _run(marks, one)
        if kind == 6:
            del marks[run]
        elif kind == 7:
            marks[run] = marks[run] * chance.randint(2, 5)
        else:
            moved = marks[run]
            del marks[run]
            marks[other:other] = moved
    return "".join(marks)


def _run(marks: list[str], start: int) -> slice:
    """Return where the element that starts at or after a place begins and ends."""
    depth = 0
    for end in range(start, len(marks)):
        mark = marks[end]
        if mark.startswith("</"):
            depth -= 1
        elif mark.startswith("<") and not mark.endswith(("/>", "?>")):
            depth += 1
        if depth == 0 and mark.startswith("<"):
            return slice(start, end + 1)
    return slice(start, start + 1)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(sink, "w") as target:
        names = source.namelist()
        wanted = [n for n in names if n.endswith(PARTS) or n.endswith((".csv", ".xaf"))]
        hit = chance.choice(wanted)
        is_lost = chance.random() < 0.05
        for name in names:
            part = source.read(name)
            if name != hit:
                target.writestr(name, part)
            elif not is_lost:
                target.writestr(name, _changed(part, chance))
    return sink.getvalue()


def _damaged(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(made) + 1)
        length = chance.randint(1, 24)
        kind = chance.randrange(7)
        if kind == 0 and place < len(made):
            made[place] = chance.randrange(256)
        elif kind == 1:
            del made[place : place + length]
        elif kind == 2:
            made[place:place] = chance.choice(NASTY)
        elif kind == 3:
            made[place:place] = made[place : place + length] * chance.randint(1, 5)
        elif kind == 4 and chance.random() < 0.3:
            del made[place:]
        elif kind == 5:
            made[place : place + length] = chance.choice(NASTY)
        else:
            other = chance.randrange(len(made) + 1)
            made[place : place + length] = made[other : other + length]
    return bytes(made)
