"""Whatever a client writes in a text field is text on the page: no element, link or dialog."""

from __future__ import annotations

import ast
import html
import json
from collections import Counter
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from lxml import html as markup
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from playwright.sync_api import sync_playwright

from credit_helpers.audit import Audit
from credit_helpers.intake.client import ClientConfig
from credit_helpers.policy import load_policy
from credit_helpers.portfolio.ledger import Ledger, SourceFile
from credit_helpers.report.assemble import assemble, chapters
from credit_helpers.report.browser import find_browser
from credit_helpers.report.cover import Cover
from credit_helpers.report.html import render
from credit_helpers.report.pdf import _arguments
from tests.report.conftest import chart_cell, html_cell

AS_OF = pd.Timestamp("2026-10-31")
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "</script><svg onload=alert(3)>",
    "</style></title><iframe srcdoc='<script>alert(4)</script>'>",
    "<a href='https://example.org'>klik</a>",
    "[klik](javascript:alert(5)) https://example.org",
    '" onmouseover="alert(6)" x="',
    "{{ 7*7 }} {% raw %} ${alert(8)} <!-- --> ]]>",
    "=HYPERLINK(\"https://example.org\";\"klik\")",
    "=cmd|' /C calc'!A1",
    "\u202egnp.exe\u202c rechts-naar-links \u2066\u05d0\u2069",
    "\U0001f4b8 Caf\u00e9 \U0001f468\u200d\U0001f469\u200d\U0001f467 Zo\u00eb",
    "Zeer lang " + "<b>" * 40 + "naam" * 60,
    "&lt;b&gt; &amp; &#60;script&#62; \u2028 \u2029 \\u003cscript",
    "",
    "   ",
)  # fmt: skip
PLAIN = tuple(f"Gewone naam {place}" for place in range(len(HOSTILE)))


def ledger(texts: tuple[str, ...]) -> Ledger:
    """Return five invoices for each of sixteen debtors, with these texts in every text field."""
    count = len(texts)

    def spread(rows: int, step: int) -> list[str]:
        return [texts[(place * step) % count] for place in range(rows)]

    customers = pd.DataFrame(
        {
            "customer_id": [f"{place:02d}{text}" for place, text in enumerate(texts)],
            "name": texts,
            "country": spread(count, 3),
            "sector": spread(count, 5),
            "region": spread(count, 7),
            "salesperson": spread(count, 11),
            "segment_hint": spread(count, 13),
            "group_id": spread(count, 1),
            "credit_limit_cents": pd.array([50_000] * count, dtype="Int64"),
            "insured_limit_cents": pd.array([20_000] * count, dtype="Int64"),
        }
    )
    rows = count * 5
    issued = pd.to_datetime("2026-01-05") + pd.to_timedelta(
        [7 * (i // 3) for i in range(rows)], "D"
    )
    amounts = [10_000 + 1_700 * (place % 23) for place in range(rows)]
    items = pd.DataFrame(
        {
            "item_id": [f"{place}" for place in range(rows)],
            "customer_id": customers["customer_id"].tolist() * 5,
            "kind": "invoice",
            "issued_on": issued,
            "due_on": issued + pd.Timedelta(days=30),
            "amount_cents": amounts,
            "currency": "EUR",
            "amount_minor": amounts,
            "document": spread(rows, 1),
            "department": spread(rows, 3),
            "source_file": spread(rows, 5),
        }
    )
    paid = items.iloc[: rows // 2]
    settlements = pd.DataFrame(
        {
            "item_id": paid["item_id"],
            "settled_on": paid["due_on"] + pd.Timedelta(days=12),
            "kind": "payment",
            "amount_cents": paid["amount_cents"],
        }
    )
    late = items.iloc[rows // 2 :: 3]
    sent_on = late["due_on"] + pd.Timedelta(days=9)
    disputed = {"item_id": late["item_id"], "disputed_on": sent_on, "reason": spread(len(late), 1)}
    reminded = {"item_id": late["item_id"], "sent_on": sent_on, "channel": spread(len(late), 3)}
    promised = {"customer_id": late["customer_id"], "promised_on": sent_on}
    promised |= {"promised_for": sent_on + pd.Timedelta(days=5), "amount_cents": 10_000}
    aside = {"file": texts, "sheet": texts, "row": range(count), "table": "invoices"}
    aside |= {"reason": "missing_amount", "column": texts, "original": texts}
    return Ledger(
        customers,
        items,
        settlements,
        promises=pd.DataFrame(promised),
        disputes=pd.DataFrame(disputed),
        reminders=pd.DataFrame(reminded),
        observed_on=AS_OF,
        sources=tuple(SourceFile(text, "ab" * 32, "invoices") for text in texts),
        quarantine=pd.DataFrame(aside),
    )


def page_of(texts: tuple[str, ...], language: str) -> str:
    audit = Audit(
        ClientConfig(texts[0], language=language),
        ledger(texts), AS_OF, load_policy(), language,
    )  # fmt: skip
    subjects = [subject for subject in chapters() if not audit.missing(subject)]
    cover = Cover(client_name=texts[0], as_of="31 oktober 2026", firm=texts[1], address=texts[2],
                  prepared_for=texts[3], prepared_by=texts[4], confidentiality=texts[3],
                  disclaimer=texts[7], language=language)  # fmt: skip
    scope: dict[str, Any] = {"audit": audit}
    cells = [made for cell in assemble(subjects).cells for made in _shown(cell, scope)]
    return render(new_notebook(cells=cells), cover, audit.words)


def _shown(cell: NotebookNode, scope: dict[str, Any]) -> list[NotebookNode]:
    """Return what a cell displays, as cells; a kernel would take ten times as long."""
    tags = set(cell.metadata.get("tags", []))
    if cell.cell_type != "code" or tags & {"parameters", "setup", "handover"}:
        return []
    body = ast.parse(cell.source).body
    exec(compile(ast.Module(body[:-1], []), "cell", "exec"), scope)
    last = body[-1]
    assert isinstance(last, ast.Expr)
    found = eval(compile(ast.Expression(last.value), "cell", "eval"), scope)
    parts = getattr(found, "parts", (found,))
    return [_cell(part) for part in parts if part is not None]


def _cell(part: Any) -> NotebookNode:
    return chart_cell(part) if isinstance(part, go.Figure) else html_cell(part._repr_html_())


@pytest.fixture(scope="module", params=["nl", "en"])
def pages(request) -> tuple[str, str]:
    return page_of(HOSTILE, request.param), page_of(PLAIN, request.param)


def test_hostile_texts_leave_the_same_elements_as_plain_ones(pages):
    hostile, plain = (markup.document_fromstring(page) for page in pages)
    assert Counter(e.tag for e in hostile.iter()) == Counter(e.tag for e in plain.iter())


def test_hostile_texts_leave_the_same_attributes_and_links(pages):
    hostile, plain = (markup.document_fromstring(page) for page in pages)
    assert Counter(hostile.xpath("//@*/..//@href")) == Counter(plain.xpath("//@*/..//@href"))
    names = [{name for e in tree.iter() for name in e.attrib} for tree in (hostile, plain)]
    assert names[0] == names[1]
    assert not any(name.startswith("on") for name in names[0])


def test_the_texts_are_there_as_text(pages):
    text = markup.document_fromstring(pages[0]).find(".//main").text_content()
    seen = [name for name in HOSTILE if name.strip() and name in text]
    assert len(seen) >= 12


def test_charts_hold_no_markup_of_a_client(pages):
    tree = markup.document_fromstring(pages[0])
    for script in tree.xpath("//figure/script"):
        for label in _labels(json.loads(script.text)):
            assert "<b>" not in label
            assert "<a " not in label
            assert "<i" not in label.replace("<br", "")
            assert html.unescape(label) is not None


def _labels(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [label for part in value.values() for label in _labels(part)]
    return [label for part in value for label in _labels(part)] if isinstance(value, list) else []


@pytest.mark.skipif(find_browser() is None, reason="no browser")
def test_no_dialog_opens_and_nothing_is_fetched(pages, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(pages[0], encoding="utf-8")
    heard: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_browser(), args=_arguments())
        page = browser.new_page()
        page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("console", lambda message: heard.append(message.text))
        page.on("request", lambda request: heard.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_function("document.documentElement.dataset.drawn !== undefined")
        plots = page.locator(".plot")
        for place in range(plots.count()):
            plots.nth(place).hover()
        assert page.locator(".plot a, .plot script, .plot foreignObject").count() == 0
        page.get_by_role("searchbox").fill("<script>")
        browser.close()
    assert [said for said in heard if not said.startswith("data:")] == [path.as_uri()]
