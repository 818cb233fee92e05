"""The names of table heads in a tagged PDF, made the same each time that a page is printed."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf


def number_heads(pdf: pikepdf.Pdf) -> None:
    """Name the table heads that cells point to by their place: ``head000000``, ``head000001``.

    A browser names them after the number of the node on its page, and that moves along with the
    nodes that it happened to make before. Their order on the page does not.
    """
    tags = pdf.Root.get("/StructTreeRoot")
    if tags is None or "/IDTree" not in tags:
        return
    heads = sorted(pikepdf.NameTree(tags.IDTree).items())
    names = {old: f"head{place:06d}" for place, (old, _) in enumerate(heads)}
    for old, head in heads:
        head.ID = pikepdf.String(names[old])
    for cell in _with_heads(pdf):
        cell.Headers = pikepdf.Array([pikepdf.String(names[str(old)]) for old in cell.Headers])
    pairs = [part for old, head in heads for part in (pikepdf.String(names[old]), head)]
    tags.IDTree = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(pairs)))


def _with_heads(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for element in pdf.objects:
        if isinstance(element, pikepdf.Dictionary) and "/A" in element:
            told = element.A if isinstance(element.A, pikepdf.Array) else [element.A]
            yield from (part for part in told if "/Headers" in part)
