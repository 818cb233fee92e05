"""Walks through an XML file without keeping it in memory or following what it refers to."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from credit_helpers.errors import Fault, InputError
from credit_helpers.portfolio.ledger import Note

MAX_BYTES = 4_000_000_000
HEAD_BYTES = 1 << 16
BLOCK = 1 << 20
CP1252 = "cp1252"
BARE = {b"<\x00": "UTF-16LE", b"\x00<": "UTF-16BE"}
UTF8, WIDE = (b"utf-8", b"utf8"), (b"utf-16", b"unicode")
REFERS = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_.-]+)")
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


@dataclass(frozen=True)
class Xml:
    """A file that may be walked through: its root, and the encoding where the file's own is wrong.

    Parameters
    ----------
    path : Path
    root, namespace : str
        Name of the root without its namespace; the namespace, ``""`` for none.
    encoding : str, optional
        What the file is in when that is not what it says.
    stated : tuple of str
        Values of the attributes of the root, which may name a schema and its version.
    """

    path: Path
    root: str
    namespace: str
    encoding: str | None = None
    stated: tuple[str, ...] = ()

    @property
    def notes(self) -> list[Note]:
        """What to tell of the file's encoding."""
        is_other = self.encoding == CP1252
        return [Note("audit_encoding", {"file": self.path.name})] if is_other else []


def open_xml(path: Path) -> Xml:
    """Return a file's root element, after the checks that make it safe to read on.

    Raises
    ------
    InputError
        When the file is too large, is no XML, or defines or refers to entities.
    """
    if path.stat().st_size > MAX_BYTES:
        raise InputError(Fault("file_too_large", {"file": path.name}))
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    # Text of two bytes per sign has a zero in each; without them the marks are found as well.
    if REFERS.search(head.replace(b"\x00", b"")):
        raise InputError(Fault("xml_entities", {"file": path.name}))
    _check_blocks(path)
    encoding = _real_encoding(path, head)
    for _, root in _walk(path, ("start",), None, encoding):
        if root.getroottree().docinfo.internalDTD is not None:
            raise InputError(Fault("xml_entities", {"file": path.name}))
        tag = etree.QName(root)
        stated = tuple(str(value) for value in root.attrib.values())
        return Xml(path, tag.localname, tag.namespace or "", encoding, stated)
    raise InputError(Fault("xml_damaged", {"file": path.name, "row": 1}))


def _check_blocks(path: Path) -> None:
    """Refuse a mark or a text of a million signs: no audit file has one, and it costs memory."""
    with path.open("rb") as stream:
        while len(block := stream.read(BLOCK)) == BLOCK:
            if b">" not in block:
                raise InputError(Fault("line_too_long", {"file": path.name}))


def _real_encoding(path: Path, head: bytes) -> str | None:
    """Return what a file is in that calls itself UTF-8, or nothing, and is not.

    A file whose declaration can be read as single bytes and says UTF-16 is not that either; one
    of two bytes per sign without a mark at its start has to be told apart here.
    """
    bare = next((name for start, name in BARE.items() if head.startswith(start)), None)
    if bare is not None:
        return bare
    declared = DECLARED.search(head[:300])
    name = declared[1].lower().replace(b"_", b"-") if declared else b"utf-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    if name not in (*UTF8, *WIDE):
        return None
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            while block := stream.read(BLOCK):
                decoder.decode(block)
        except UnicodeDecodeError:
            return CP1252
    return "utf-8" if name in WIDE else None


def records(xml: Xml, names: Collection[str]) -> Iterator[tuple[str, Any]]:
    """Yield every element with one of the names, at its end, as ``(name, element)``.

    An element is emptied once the next one of its kind has come by, so that memory does not grow
    with the file.

    Raises
    ------
    InputError
        When the file is damaged or breaks off.
    """
    tags = [f"{{*}}{name}" for name in names]
    for _, element in _walk(xml.path, ("end",), tags, xml.encoding):
        yield local(element), element
        before = element.getprevious()
        if before is not None and before.tag == element.tag:
            element.getparent().remove(before)


def _walk(
    path: Path, events: tuple[str, ...], tags: list[str] | None, encoding: str | None
) -> Iterator[tuple[str, Any]]:
    try:
        with path.open("rb") as stream:
            yield from etree.iterparse(stream, events=events, tag=tags, encoding=encoding, **SAFE)
    except etree.XMLSyntaxError as error:
        code = "xml_damaged" if _is_whole(path) else "file_truncated"
        values = {"file": path.name, "row": int(error.lineno or 1)}
        raise InputError(Fault(code, values)) from error


def _is_whole(path: Path) -> bool:
    """Return whether a file ends as XML does: with the end of an element."""
    with path.open("rb") as stream:
        stream.seek(-min(HEAD_BYTES, path.stat().st_size), 2)
        tail = stream.read().replace(b"\x00", b"").rstrip()
    return re.search(rb"</[\w:.-]*auditfile\s*>$", tail, re.IGNORECASE) is not None


def local(element: Any) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def fields(element: Any) -> dict[str, str]:
    """Return the texts of an element's children by name; the first of each name.

    Examples
    --------
    >>> fields(etree.fromstring("<a><nr> 1 </nr><b><c>2</c></b><nr>3</nr></a>"))
    {'nr': '1', 'b': ''}
    """
    found: dict[str, str] = {}
    for child in element:
        found.setdefault(local(child), (child.text or "").strip())
    return found


def text_at(element: Any, *path: str) -> str:
    """Return the text of a descendant by the names on the way to it, ``""`` when it is not there.

    Examples
    --------
    >>> text_at(etree.fromstring("<a><b><c>2</c></b></a>"), "b", "c")
    '2'
    """
    for name in path:
        element = next((child for child in element if local(child) == name), None)
        if element is None:
            return ""
    return (element.text or "").strip()
