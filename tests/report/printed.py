"""What a page and a PDF say, in pieces as a reader takes them in."""

import re
from collections.abc import Iterator

import pikepdf
from lxml import html as markup

from tests.report.test_pdf import characters, decoded

INSIDE_A_LINE = {"span", "b", "i", "em", "strong", "code", "a", "dfn", "small", "wbr", "sub", "sup"}
APART = {"effect", "against", "evidence", "value", "unit", "number", "name", "conclusion", "count"}
NUMBER = re.compile(r"\d\d[-/]\d\d[-/]\d{4}|\d+(?:[.,:]\d+)*")


def squeezed(text: str) -> str:
    """Text with one plain space wherever there is room."""
    return re.sub(r"\s+", " ", text).strip()


def numbers(text: str) -> list[str]:
    """The numbers in a text, without sign and currency."""
    return NUMBER.findall(text)


def lines(element) -> list[str]:
    """What an element says, a line for every piece that a reader sees apart."""
    return [line for line in map(squeezed, _text(element).split("\n")) if line]


def _text(element) -> str:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("script", "style"):
            inside = child.tag in INSIDE_A_LINE and not APART & set(child.classes)
            parts.append(_text(child) if inside else f"\n{_text(child)}\n")
        parts.append(child.tail or "")
    return "".join(parts)


def page_of(path):
    """The page of a report as a tree."""
    return markup.fromstring(path.read_bytes())


def runs(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """Each line of text of a PDF with the number of its page, from 1."""
    for number, page in enumerate(pdf.pages, start=1):
        maps = {name: characters(font) for name, font in page.Resources.Font.items()}
        current, text = {}, []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                current = maps[str(operands[0])]
            elif str(operator) == "ET":
                yield number, "".join(text)
                text = []
            elif str(operator) in ("Tj", "TJ"):
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                strings = (part for part in parts if isinstance(part, pikepdf.String))
                text += [decoded(part, current) for part in strings]
