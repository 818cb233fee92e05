"""Every number that a report prints is in its ``results.json``, as that language rounds it.

The texts, the figures beside them, the tables and the charts are all there with their values; the
page is taken apart against them and no digit may be left over. The PDF may then print nothing but
what the page says. What neither knows is named here:

* ``FIXED`` texts, and what a column means: there a number is a matter of definition;
* the numbers of chapters and pages;
* the values that the chart library itself writes along an axis.
"""

import json
import re
from collections import Counter
from copy import deepcopy

import pandas as pd
import pikepdf
import pytest

from credit_helpers.report.browser import find_browser
from credit_helpers.report.pdf import Printer, _opened, _pages_of_chapters
from credit_helpers.views.summary import short_money
from credit_helpers.views.table_html import cell_text
from credit_helpers.words import Words, texts
from tests.report.printed import lines, numbers, page_of, runs, squeezed

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
# A score of 0-100, and early payments that count as zero: no value of the audit's or the policy's.
FIXED = (
    "labels.definition_text.priority",
    "labels.definition_text.days_late",
    "labels.against.paydex",
    "labels.notes.priority.norm",
    "labels.notes.maturity.reliable",
)
TICKS = "[...document.querySelectorAll('.plot .xtick,.plot .ytick')].map((t) => t.textContent)"
KEY_FIGURES = "//dl[@class='figures']/div[.//span[@class='value']]"
DECISIONS = "//section[@class='top'][2]//li"
# Held against the results one by one, or checked against what they count.
EXACT = (
    "//figure[contains(@class, 'table')]/table",
    f"{KEY_FIGURES}//span[@class='value']",
    "//section[@class='finding']/dl",
    DECISIONS,
    "//nav//span[@class='number' or @class='count']",
)
needs_browser = pytest.mark.skipif(find_browser() is None, reason="no browser")


SAMPLES = ("wholesaler nl", "installer en", "staffing nl")


@pytest.fixture(scope="module", params=SAMPLES)
def folder(request, sample_report):
    return sample_report(*request.param.split()).folder


@pytest.fixture(scope="module")
def results(folder):
    return json.loads((folder / "results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def page(folder):
    return page_of(folder / "report.html")


def unproven_cells(page, results):
    """Cells of the tables that ``results.json`` has not, or has otherwise."""
    words = Words(results["language"], results["currency"])
    wrong = []
    for table in page.xpath("//figure[contains(@class, 'table')]"):
        known = results["tables"][table.get("id").removeprefix("table-")]
        units = {column["key"]: column["unit"] for column in known["columns"]}
        exact = {column["key"] for column in known["columns"] if column["is_exact"]}
        rows = [dict(zip(units, row, strict=True)) for row in known["rows"]]
        rows = rows[: known["shown_count"]]
        expected = [*rows, *filter(None, (known["rest"], known["totals"]))]
        keys = [head.get("data-key") for head in table.xpath(".//th")]
        drawn = table.xpath(".//tbody/tr | .//tfoot/tr")
        assert len(drawn) == len(expected), known["title"]
        for row, values in zip(drawn, expected, strict=True):
            of = {
                key: words.formats.number(value / 100, decimals=2)
                if key in exact and isinstance(value, int) and value
                else _cell(value, units[key], words)
                for key, value in values.items()
            }
            cells = [" ".join(_above(cell).split()) for cell in row]
            wrong += [
                (known["title"], cell, of.get(key, ""))
                for key, cell in zip(keys, cells, strict=True)
                if cell != squeezed(of.get(key, ""))
            ]
            below = numbers(" ".join(row.xpath(".//span[@class='under']/text()")))
            wrong += [
                (known["title"], n, "") for n in below if n not in numbers(" ".join(of.values()))
            ]
    return wrong


def _above(cell):
    """What a cell says apart from its small line."""
    return "".join(cell.xpath(".//text()[not(ancestor::span[@class='under'] or parent::button)]"))


def _cell(value, unit, words):
    known = pd.NA if value is None else value
    if unit in ("date", "month") and isinstance(value, str) and value[:4].isdigit():
        known = pd.Timestamp(value)
    return cell_text(known, unit, words)


def unproven_key_figures(page, results):
    """Large figures that are not the value of the cell that stands beside them."""
    words = Words(results["language"], results["currency"])
    figures = {figure["evidence"]: figure for figure in results["figures"].values()}
    alone = {squeezed(number["text"]) for number in results["numbers"]}
    wrong = []
    for shown in page.xpath(KEY_FIGURES):
        said = squeezed(shown.xpath("string(.//span[@class='value'])"))
        cell = shown.xpath("string(.//dd/span[last()])").rpartition(": ")[2]
        if cell not in figures:  # one without a cell of its own is among the numbers
            wrong += [] if said in alone or f"{said}%" in alone else [(said, alone)]
            continue
        value, unit = figures[cell]["value"], figures[cell]["unit"]
        if unit == "cents":
            own = short_money(float("nan") if value is None else value, words)[0]
        else:
            own = words.formats.by_unit(value, unit).removesuffix("%")
        wrong += [] if said == squeezed(own) else [(cell, said, own)]
    return wrong


def unproven_findings(page, results):
    """What a finding or a decision says otherwise than the results."""
    words = Words(results["language"], results["currency"])
    wrong = []
    for finding in results["findings"]:
        term = words.prose("labels.word.within", term_days=finding["term_days"])
        parts = [finding[part] for part in ("seen", "norm", "cause", "risk", "advice")]
        who = f"{words.label('department.' + finding['department'])}, {term}"
        for card in page.xpath(f"//section[@data-code='{finding['code']}']"):
            said = [squeezed(part.text_content()) for part in card.xpath(".//dd | ./p")]
            proof = finding["evidence"]["text"]
            cell = f"{words.label('notes.evidence')}: {proof}"
            brief = " ".join([finding["seen"], finding["advice"], who, cell])
            told = [brief] if finding["severity"] == "low" else [*parts, who, proof]
            wrong += [] if said == [squeezed(part) for part in told] else [said]
    asked = [squeezed(f"{row['advice']} {row['who']}") for row in results["decisions"]]
    said = [squeezed(row.text_content()) for row in page.xpath(DECISIONS)]
    return wrong + ([] if said == asked else [said])


class Stated:
    """Everything that may stand in a report outside its tables.

    A line with a number must be made of nothing but what is stated: a text as a whole, never a
    figure from one text inside another.
    """

    def __init__(self, results):
        language, tables = results["language"], results["tables"].values()
        reference = results["fingerprint"]
        charts = results["charts"]
        own = [text for text in texts(language).values() if not re.search(r"\d|{", text)]
        fixed = [texts(language)[key] for key in FIXED]
        fixed += [text for key, text in texts(language).items() if key.startswith("columns.")]
        known = [*own, *fixed, *(t["title"] for t in tables)]
        known += [text["reads"] for text in results["texts"]]
        known += [f[part] for f in results["findings"] for part in ("title", "seen", "norm")]
        known += [f["evidence"]["text"] for f in results["findings"]]
        known += [text for opening in results["conclusions"].values() for text in opening.values()]
        known += [chart[part] for chart in charts for part in ("title", "unit", "alt")]
        formats = Words(language, results["currency"]).formats
        known.append(formats.date(results["as_of"]))
        known += [
            f"{formats.money(row['impact_cents'])} {row['effect']}" for row in results["decisions"]
        ]
        known += [f"{reference[:4]} {reference[4:8]}", results["version"], results["client"]]
        whole = [column["label"] for table in tables for column in table["columns"]]
        whole += [label for chart in charts for label in chart["labels"]]
        whole += [number["text"] for number in results["numbers"]]
        self.whole = {squeezed(text) for text in whole}
        pieces = {squeezed(text.replace("`", "")) for text in known}
        ordered = sorted(filter(None, pieces), key=lambda text: (-len(text), text))
        parts = "|".join(re.escape(text) for text in ordered)
        self.pattern = re.compile(rf"(?<![\w.,])(?:{parts})(?!\w|[.,]\d)")

    def holds(self, line):
        """Whether a line has no number, or is made of what is stated."""
        left = "" if line in self.whole else self.pattern.sub("", line)
        return not re.search(r"\d", line) or not re.search(r"\w", left)


def lines_of(page):
    """The lines of a page outside its tables, and what only a screen reader says."""
    page = deepcopy(page)
    for part in page.xpath(" | ".join(EXACT)):
        part.drop_tree()
    said = [*lines(page.find("body")), *page.xpath("//*/@aria-label | //*/@title")]
    return [line for line in map(squeezed, said) if re.search(r"\d", line)]


def unproven_lines(page, results):
    """Lines of the page outside tables with a number that nothing in the results states."""
    stated = Stated(results)
    return [line for line in lines_of(page) if not stated.holds(line)]


def unproven(page, results):
    """Everything on a page that the results do not hold."""
    made = (unproven_cells, unproven_key_figures, unproven_findings, unproven_lines)
    return [found for proof in made for found in proof(page, results)]


def test_every_number_on_the_page_is_in_the_results(page, results):
    assert unproven(page, results) == []


def test_the_contents_count_the_findings_of_each_chapter(page, results):
    counted = Counter(finding["subject"] for finding in results["findings"])
    for entry in page.xpath("//nav//ol//a"):
        subject, shown = entry.get("href")[1:], entry.xpath("string(.//span[@class='count'])")
        cards = page.xpath(f"//section[@id='{subject}']//section[@class='finding']")
        assert int(shown or 0) == len(cards)
        assert subject in ("findings", "summary") or len(cards) == counted[subject]


def test_a_wrong_number_is_found_wherever_it_is_planted(page, results):
    stated = Stated(results)
    found, missed = 0, []
    for line in lines_of(page):
        for digit in re.finditer(r"\d", line):
            other = str((int(digit[0]) + 3) % 10)
            wrong = line[: digit.start()] + other + line[digit.end() :]
            found += not stated.holds(wrong)
            missed += [wrong] if stated.holds(wrong) else []
    assert found > 500
    # Another number that is stated too, in the very same words.
    assert len(missed) < found / 100, missed


@pytest.mark.parametrize(
    "place",
    [
        "//figure[contains(@class, 'table')]//td[@class='num']",
        "//figure[contains(@class, 'table')]//tfoot//td[@class='num']",
        "//dl[@class='figures']//span[@class='value']",
        "//header[@class='opening']/h2",
        "//section[@class='finding']//dd",
        "//section[@class='finding']//span[@class='severity']",
        "//section[@class='top']//li/span",
        "//aside[@class='notes']//p",
        "//figcaption/span[@class='message']",
    ],
)
def test_the_proof_fails_for_a_wrong_number(page, results, place):
    planted = deepcopy(page)
    for part in planted.xpath(place):
        if re.search(r"\d", part.text or ""):
            part.text = re.sub(r"\d", lambda digit: str((int(digit[0]) + 3) % 10), part.text)
            break
    else:
        pytest.fail("nothing to plant a number in")
    assert unproven(planted, results) != []


def furniture(said, results):
    """The text of a PDF without the margins of its pages: as-of date and page n of N."""
    words = Words(results["language"])
    header = f"{words.label('report.as_of_date')} {words.formats.date(results['as_of'])}"
    page, of = (words.label(f"report.{name}").strip() for name in ("page", "of"))
    kept, sheet, pages = [], {}, max(number for number, _ in said)
    for number, text in said:
        sheet.setdefault(number, []).append(text)
    for number, texts_of in sheet.items():
        margin = squeezed("".join(texts_of[:8]))
        if number > 1:
            assert header in margin
            assert squeezed(f"{page} {number} {of} {pages}") in margin
            # "of" and the number of pages end the margin.
            texts_of = texts_of[[squeezed(text) for text in texts_of].index(of) + 2 :]
        kept += texts_of
    return kept


def unproven_print(said, starts, page, ticks, results):
    """Numbers that a PDF prints more often than the page does, and not in a chart."""
    known = Counter(numbers(" ".join(lines(page.find("body")))))
    known += Counter(str(starts[entry[1:]]) for entry in page.xpath("//nav//ol//a/@href"))
    known += Counter(page.xpath("//section/@data-number"))
    chart = {n for c in results["charts"] for label in c["labels"] for n in numbers(label)}
    printed = Counter(n for text in furniture(said, results) for n in numbers(text))
    return sorted((printed - known).keys() - chart - {n for tick in ticks for n in numbers(tick)})


@pytest.fixture(scope="module")
def said(folder):
    with pikepdf.open(folder / "report.pdf") as pdf:
        return list(runs(pdf))


@pytest.fixture(scope="module")
def starts(folder):
    """The page on which each chapter begins."""
    return _pages_of_chapters((folder / "report.pdf").read_bytes())


@pytest.fixture(scope="module")
def ticks(folder):
    with Printer() as printer, _opened(printer._browser, folder / "report.html") as page:
        return page.evaluate(TICKS)


@needs_browser
def test_the_pdf_prints_no_other_number_than_the_page(said, starts, page, ticks, results):
    assert unproven_print(said, starts, page, ticks, results) == []
    wrong = [(number, text.replace("%", "7%")) for number, text in said]
    assert unproven_print(wrong, starts, page, ticks, results) != []
