"""Print the report's page to PDF with an installed Edge, Chrome or Chromium.

The page is printed offline, with its own scripts only; every request but the one for the page
itself is refused. A browser cannot yet write the page number of another chapter: the page's own
script foretells on which page each chapter begins, and when the print shows that a chapter came
elsewhere, the page is printed once more. The same page gives the same bytes.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import pikepdf
from playwright.sync_api import Browser, Error, Page, Route, sync_playwright

from credit_helpers.errors import Fault, ReportError
from credit_helpers.report.browser import find_browser
from credit_helpers.report.cover import Cover
from credit_helpers.report.tags import number_heads
from credit_helpers.words import Words

WAIT_MS = 60_000
_DRAWN = "() => document.documentElement.dataset.drawn !== undefined"
_HEADINGS = """() => [...document.querySelectorAll('section.chapter')].map((chapter) => ({
  id: chapter.id,
  number: chapter.dataset.number,
  title: chapter.querySelector('p.chapter').textContent,
  heading: chapter.querySelector('h2').textContent,
  below: [...chapter.querySelectorAll('.finding h3')].map(
    (h) => [h.textContent, h.firstChild.textContent.trim()]),
}))"""
_FORETOLD = """() => Object.fromEntries([...document.querySelectorAll('.contents .page')].map(
  (place) => [place.dataset.of, Number(place.textContent)]))"""
_FILL_IN = """(pages) => {
  for (const place of document.querySelectorAll('.contents .page')) {
    place.textContent = pages[place.dataset.of] ?? '';
  }
}"""
_MOST_PRINTS = 3


class Printer:
    """A warm browser that prints reports, one after another.

    Use it as a context manager. Entering raises :class:`ReportError` when there is no browser.

    Examples
    --------
    >>> with Printer() as printer:  # doctest: +SKIP
    ...     printer.print(Path("report.html"), Path("report.pdf"), cover)
    """

    def __init__(self) -> None:
        self._open = ExitStack()
        self._browser: Browser | None = None

    def __enter__(self) -> Printer:
        program = find_browser()
        if program is None:
            raise ReportError(Fault("no_browser"))
        try:
            play = self._open.enter_context(sync_playwright())
            self._browser = play.chromium.launch(executable_path=program, args=_arguments())
        except Error as error:
            self._open.close()
            raise ReportError(Fault("no_browser")) from error
        self._open.callback(self._browser.close)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def print(self, html_path: Path, pdf_path: Path, cover: Cover) -> int:
        """Print one page to ``pdf_path`` and return its number of sheets.

        Raises
        ------
        ReportError
            When the browser fails on this page.
        """
        assert self._browser is not None, "use Printer as a context manager"
        try:
            with _opened(self._browser, html_path) as page:
                chapters = page.evaluate(_HEADINGS)
                printed = _printed(page)
        except Error as error:
            reason = str(error).splitlines()[0]
            raise ReportError(
                Fault("print_failed", {"file": html_path.name, "reason": reason})
            ) from error
        return _finish(printed, pdf_path, cover, chapters)


def print_pdf(html_path: Path, pdf_path: Path, cover: Cover) -> int:
    """Print a report's page to PDF and return the number of pages.

    Parameters
    ----------
    html_path : Path
        The page, made by :func:`credit_helpers.report.html.render`.
    pdf_path : Path
        Where the PDF comes.
    cover : Cover
        Title, author and language of the document.

    Raises
    ------
    ReportError
        When there is no browser, or it cannot print the page. What to do stands in the text.
    """
    with Printer() as printer:
        return printer.print(html_path, pdf_path, cover)


def _arguments() -> list[str]:
    # Chromium refuses its sandbox to root, who runs containers; the page has no way out anyway.
    is_root = sys.platform.startswith("linux") and os.geteuid() == 0
    same_text_everywhere = ["--font-render-hinting=none", "--disable-lcd-text"]
    return [*same_text_everywhere, *(["--no-sandbox"] if is_root else [])]


@contextmanager
def _opened(browser: Browser, html_path: Path) -> Iterator[Page]:
    address = html_path.resolve().as_uri()

    def only_the_report(route: Route) -> None:
        if route.request.url.partition("#")[0] == address:
            route.continue_()
        else:
            route.abort()

    context = browser.new_context(offline=True, color_scheme="light", accept_downloads=False)
    try:
        context.route("**/*", only_the_report)
        page = context.new_page()
        page.emulate_media(media="print", color_scheme="light")
        page.goto(address, wait_until="load", timeout=WAIT_MS)
        page.wait_for_function(_DRAWN, timeout=WAIT_MS)
        yield page
    finally:
        context.close()


def _printed(page: Page) -> bytes:
    """Return the print whose contents name the pages on which its chapters begin."""
    foretold = page.evaluate(_FORETOLD)
    for _ in range(_MOST_PRINTS):
        printed = _pdf(page)
        pages = _pages_of_chapters(printed)
        found = {name: pages[name] for name in foretold if name in pages}
        if found == foretold:
            break
        page.evaluate(_FILL_IN, found)
        foretold = found
    return printed


def _pdf(page: Page) -> bytes:
    return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)


def _pages_of_chapters(printed: bytes) -> dict[str, int]:
    """Return the page, counted from 1, of every place that the contents link to."""
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        numbers = {page.obj.objgen: place for place, page in enumerate(pdf.pages, start=1)}
        return {name.lstrip("/"): numbers[target[0].objgen] for name, target in _destinations(pdf)}


def _destinations(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    root = pdf.Root
    if "/Dests" in root:
        yield from root.Dests.items()
    if "/Names" in root and "/Dests" in root.Names:
        tree = pikepdf.NameTree(root.Names.Dests)
        yield from ((str(name), target) for name, target in tree.items())


def _finish(printed: bytes, pdf_path: Path, cover: Cover, chapters: list[Mapping[str, Any]]) -> int:
    """Give the printed pages title, language and bookmarks; leave out every date."""
    words = Words(cover.language, cover.currency)
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        pdf.Root.Lang = pikepdf.String(cover.language)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        _bookmark(pdf, chapters, words)
        _describe(pdf, cover, words)
        number_heads(pdf)
        pdf.save(pdf_path, deterministic_id=True, object_stream_mode=_COMPRESSED)
        return len(pdf.pages)


_COMPRESSED = pikepdf.ObjectStreamMode.generate


def _describe(pdf: pikepdf.Pdf, cover: Cover, words: Words) -> None:
    for name in list(pdf.docinfo.keys()):
        del pdf.docinfo[name]
    pdf.docinfo["/Title"] = cover.title(words)
    pdf.docinfo["/Creator"] = f"credit-audit {cover.version}".strip()
    if cover.author:
        pdf.docinfo["/Author"] = cover.author
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata.load_from_docinfo(pdf.docinfo, delete_missing=True)
        metadata["dc:language"] = {cover.language}


def _bookmark(pdf: pikepdf.Pdf, chapters: list[Mapping[str, Any]], words: Words) -> None:
    """Turn the browser's outline of all headings into cover, contents, chapters and findings."""
    with pdf.open_outline() as outline:
        # A finding may stand in two chapters: headings are used up in the order of the pages.
        places: dict[str, list[pikepdf.OutlineItem]] = {}
        for item in _every(outline.root):
            places.setdefault(_squeezed(item.title), []).append(item)
        front = [
            pikepdf.OutlineItem(words.label(f"report.{name}"), number)
            for number, name in enumerate(("cover", "contents")[: len(pdf.pages)])
        ]
        bodies = [_chapter(chapter, places) for chapter in chapters]
        outline.root[:] = [*front, *(item for item in bodies if item is not None)]


def _chapter(
    chapter: Mapping[str, Any], places: dict[str, list[pikepdf.OutlineItem]]
) -> pikepdf.OutlineItem | None:
    title = f"{chapter['number']} · {chapter['title']}"
    item = _renamed(chapter["heading"], title, places)
    found = [_renamed(whole, short, places) for whole, short in chapter["below"]]
    if item is not None:
        item.children[:] = [finding for finding in found if finding is not None]
        item.is_closed = True
    return item


def _renamed(
    heading: str, title: str, places: dict[str, list[pikepdf.OutlineItem]]
) -> pikepdf.OutlineItem | None:
    items = places.get(_squeezed(heading))
    if not items:
        return None
    items[0].title = title
    items[0].children[:] = []
    return items.pop(0)


def _every(items: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from _every(item.children)


def _squeezed(text: str) -> str:
    return "".join(text.split())
