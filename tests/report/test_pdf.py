"""The PDF: A4, numbered, bookmarked, described, and the same bytes twice."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pikepdf
import pytest

from credit_helpers.errors import ReportError
from credit_helpers.report import pdf as printing
from credit_helpers.report.browser import find_browser
from credit_helpers.report.html import render
from credit_helpers.report.pdf import Printer, print_pdf

A4_POINTS = (595, 842)
needs_browser = pytest.mark.skipif(find_browser() is None, reason="no browser")


@pytest.fixture(scope="module")
def page(notebook, cover, words, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render(notebook, cover, words), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def printed(page, cover) -> tuple[Path, int]:
    path = page.with_suffix(".pdf")
    return path, print_pdf(page, path, cover)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def text_of(pdf: pikepdf.Pdf, number: int) -> str:
    """Return what a page says, through its fonts' tables of characters."""
    page = pdf.pages[number]
    maps = {name: characters(font) for name, font in page.Resources.Font.items()}
    text, current = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current = maps[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            text += [decoded(part, current) for part in parts if isinstance(part, pikepdf.String)]
    return "".join(text)


def decoded(part: pikepdf.String, characters: dict[str, str]) -> str:
    code = bytes(part).hex()
    return "".join(characters.get(code[i : i + 4], "") for i in range(0, len(code), 4))


def characters(font) -> dict[str, str]:
    """Return the characters of a font's codes, both as hexadecimal text."""
    found: dict[str, str] = {}
    for operands, operator in pikepdf.parse_content_stream(font.ToUnicode):
        pairs = [bytes(o).hex() if isinstance(o, pikepdf.String) else o for o in operands]
        if str(operator) == "endbfchar":
            found |= {k: _unicode(v) for k, v in zip(pairs[::2], pairs[1::2], strict=True)}
        elif str(operator) == "endbfrange":
            for first, last, to in zip(pairs[::3], pairs[1::3], pairs[2::3], strict=True):
                for i in range(int(last, 16) - int(first, 16) + 1):
                    found[f"{int(first, 16) + i:04x}"] = chr(int(to, 16) + i)
    return found


def _unicode(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be")


@needs_browser
def test_every_page_is_a4(printed):
    path, count = printed
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == count >= 6
        for page in pdf.pages:
            assert tuple(round(float(side)) for side in page.MediaBox[2:]) == A4_POINTS


@needs_browser
def test_pages_are_numbered_but_not_the_cover(printed):
    path, count = printed
    with pikepdf.open(path) as pdf:
        assert "Pagina" not in text_of(pdf, 0)
        for number in range(1, count):
            text = text_of(pdf, number).replace(" ", "")
            assert f"Pagina{number + 1}van{count}" in text
            assert "Vertrouwelijk" in text
            assert "peildatum31oktober2026" in text


@needs_browser
def test_contents_say_where_the_chapters_are(printed):
    path, _ = printed
    with pikepdf.open(path) as pdf:
        contents = text_of(pdf, 1).replace(" ", "")
        texts = [text_of(pdf, number).replace(" ", "") for number in range(len(pdf.pages))]
        for title, heading in (("Ouderdom", "Hetvervallendeelgroeide."), ("DSO", "DeDSOstaatop51")):
            page = next(n for n, text in enumerate(texts) if n > 1 and heading in text) + 1
            after = contents.partition(title)[2]
            assert str(page) in after.partition("Pagina")[0]


@needs_browser
def test_bookmarks_name_cover_contents_chapters_and_findings(printed):
    path, _ = printed
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert titles == ["Voorblad", "Inhoud", "1 · Samenvatting", "2 · Ouderdom", "3 · DSO"]
        below = [child.title for child in outline.root[2].children]
        assert below == [
            "Eerste bevinding",
            "Tweede bevinding",
        ]


@needs_browser
def test_document_is_tagged_and_described(printed, cover):
    path, _ = printed
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "nl"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo.Title).startswith(cover.client_name)
        assert str(pdf.docinfo.Author) == "Kantoor"
        assert "/CreationDate" not in pdf.docinfo


@needs_browser
def test_charts_are_drawn_as_vectors(printed):
    path, _ = printed
    with pikepdf.open(path) as pdf:
        assert not any(page.get_images() for page in pdf.pages)
        drawn = [str(op) for _, op in pikepdf.parse_content_stream(pdf.pages[3])]
        assert drawn.count("f") >= 36


@needs_browser
def test_wide_table_is_made_to_fit(page):
    with Printer() as printer, printing._opened(printer._browser, page) as opened:
        wide = "el => el.querySelector('table').offsetWidth <= el.clientWidth"
        fits = [figure.evaluate(wide) for figure in opened.query_selector_all("figure.table")]
        assert fits == [True, True]
        assert opened.evaluate("document.documentElement.dataset.drawn") == "2"


@needs_browser
def test_a_page_that_made_other_nodes_before_gives_the_same_bytes(page, printed, cover, tmp_path):
    other = tmp_path / "report.html"
    with_nodes = page.read_text(encoding="utf-8").replace("<main", "<i></i><i></i><main", 1)
    other.write_text(with_nodes, encoding="utf-8")
    print_pdf(other, tmp_path / "report.pdf", cover)
    assert digest(tmp_path / "report.pdf") == digest(printed[0])


@needs_browser
def test_cells_point_to_heads_that_are_there(printed):
    with pikepdf.open(printed[0]) as pdf:
        named = dict(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree).items())
        assert all(str(head.ID) == name and head.S == "/TH" for name, head in named.items())
        cells = [
            o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TD"
        ]
        pointed = {str(n) for c in cells for a in c.A if "/Headers" in a for n in a.Headers}
        assert pointed == set(named)


@needs_browser
def test_warm_browser_makes_the_same_bytes(page, printed, cover, tmp_path):
    with Printer() as printer:
        for name in ("a.pdf", "b.pdf"):
            printer.print(page, tmp_path / name, cover)
            # Digests: a difference in a hundred thousand bytes is no reading matter.
            assert digest(tmp_path / name) == digest(printed[0])


@needs_browser
def test_print_from_the_screen_is_as_good(page, printed, tmp_path):
    """The reader's own print: from a dark, wide screen, without our hand in it."""
    with Printer() as printer:
        context = printer._browser.new_context(
            viewport={"width": 1400, "height": 900}, color_scheme="dark"
        )
        opened = context.new_page()
        opened.goto(page.as_uri())
        opened.wait_for_function(printing._DRAWN)
        before = opened.evaluate("document.body.innerText")
        (tmp_path / "own.pdf").write_bytes(printing._pdf(opened))
        assert opened.evaluate("document.body.innerText") == before
    with pikepdf.open(tmp_path / "own.pdf") as own, pikepdf.open(printed[0]) as pdf:
        assert len(own.pages) == len(pdf.pages)
        for number in range(len(pdf.pages)):
            assert text_of(own, number) == text_of(pdf, number)


@needs_browser
def test_contents_are_foretold(page):
    with Printer() as printer, printing._opened(printer._browser, page) as opened:
        foretold = opened.evaluate(printing._FORETOLD)
        pages = printing._pages_of_chapters(printing._pdf(opened))
    assert foretold == {name: pages[name] for name in foretold}


@needs_browser
def test_contents_are_mended_when_foretold_wrongly(page, cover, printed, monkeypatch, tmp_path):
    monkeypatch.setattr(printing, "_FORETOLD", "() => ({summary: 99})")
    assert print_pdf(page, tmp_path / "again.pdf", cover) == printed[1]


@needs_browser
def test_page_cannot_read_another_file(cover, tmp_path):
    (tmp_path / "secret.txt").write_text("geheim")
    page = tmp_path / "page.html"
    page.write_text(
        "<!doctype html><html data-drawn='0'><title>x</title><body><h1>pagina</h1>"
        f"<iframe src='{(tmp_path / 'secret.txt').as_uri()}'></iframe>"
        "<img src='http://127.0.0.1:9/x.png'></body></html>"
    )
    print_pdf(page, tmp_path / "out.pdf", cover)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert "geheim" not in text_of(pdf, 0)


def test_without_a_browser_the_cure_is_told(monkeypatch, page, cover, tmp_path):
    monkeypatch.setattr(printing, "find_browser", lambda: None)
    with pytest.raises(ReportError) as caught:
        print_pdf(page, tmp_path / "out.pdf", cover)
    assert "Installeer" in caught.value.text("nl")
    assert "Install" in caught.value.text("en")
    assert not (tmp_path / "out.pdf").exists()
