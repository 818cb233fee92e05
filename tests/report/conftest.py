"""A report notebook written by hand, as the chapters would leave it after execution."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import nbformat
import plotly.graph_objects as go
import pytest
from nbformat import NotebookNode
from plotly.utils import PlotlyJSONEncoder

from credit_helpers.report.cover import Cover
from credit_helpers.views import style
from credit_helpers.words import Words

HOSTILE = 'Bouw & Zn <script>alert(1)</script> "<b>B.V.</b>'
MONTHS = [f"2025-{month:02d}-28" for month in range(1, 13)]


def html_cell(html: str, *tags: str) -> NotebookNode:
    data = {"text/html": html, "text/plain": "shown"}
    result = nbformat.v4.new_output("execute_result", data, execution_count=1)
    return _code("show()", [result], tags)


def chart_cell(figure: go.Figure) -> NotebookNode:
    data = {"application/vnd.plotly.v1+json": figure.to_plotly_json()}
    return _code("chart()", [nbformat.v4.new_output("display_data", _plain(data))], ())


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(data, cls=PlotlyJSONEncoder))


def _code(source: str, outputs: list[NotebookNode], tags: tuple[str, ...]) -> NotebookNode:
    return nbformat.v4.new_code_cell(source, outputs=outputs, metadata={"tags": list(tags)})


def opening(subject: str, chapter: str, heading: str) -> str:
    return (
        f'<header class="opening" id="chapter-{subject}" data-subject="{subject}">'
        f'<p class="chapter">{chapter}</p><h2>{heading}</h2>'
        f'<p class="lead">Van het saldo is 61% vervallen. De helft daarvan staat bij vier '
        "debiteuren die elk kwartaal later betalen.</p></header>"
    )


def table(name: str, rows_count: int, columns_count: int = 6) -> str:
    numbers = range(1, columns_count + 1)
    rows = "".join(
        f'<tr><td class="text">Debiteur {i:03d}</td>'
        + "".join(f'<td class="num">{i * k}.000</td>' for k in numbers)
        + "</tr>"
        for i in range(1, rows_count + 1)
    )
    heads = "".join(f'<th class="num" scope="col">Klasse {k}</th>' for k in numbers)
    total = "".join('<td class="num">9.000</td>' for _ in numbers)
    return (
        f'<figure class="table" id="table-{name}"><figcaption>Debiteuren</figcaption><table>'
        f'<thead><tr><th class="text" scope="col">Debiteur</th>{heads}</tr></thead>'
        f'<tbody>{rows}</tbody><tfoot><tr><td class="text">Totaal</td>{total}</tr></tfoot></table>'
        '<p class="evidence">Werkboek, blad Debiteuren</p></figure>'
    )


def card(title: str, severity: str = "high") -> str:
    rows = "".join(
        f"<dt>{name}</dt><dd>drie debiteuren dragen 59% van alles ouder dan 90 dagen</dd>"
        for name in ("Gezien", "Norm", "Oorzaak", "Risico", "Advies", "Wie, wanneer")
    )
    return (
        f'<section class="finding" data-severity="{severity}" data-code="x"><h3>{title} '
        f'<span class="severity">hoog · € 101.000</span></h3><dl>{rows}</dl></section>'
    )


NOTES = (
    '<aside class="notes"><h4>Norm</h4><p>ten hoogste 15% (<code>ageing.max_overdue_share</code>)'
    "</p><h4>Bewijs</h4><p>werkboek, blad Ouderdom</p></aside>"
)


def columns(words: Words) -> go.Figure:
    chart = style.figure("Het saldo groeit", unit="× € 1.000", alt="Twaalf maanden.", words=words)
    months = style.month_axis(chart, MONTHS, words)
    colours = style.bucket_colours(["not_due", "d1_30", "d31_plus"])
    for place, (name, colour) in enumerate(colours.items(), start=1):
        chart.add_bar(x=months, y=[place * 10.0] * 12, name=name, marker_color=colour)
    return chart


def lines(words: Words) -> go.Figure:
    title = f"{HOSTILE} betaalt later"
    chart = style.figure(title, unit="dagen", alt=f"DSO van {HOSTILE}", words=words)
    months = style.month_axis(chart, MONTHS, words)
    chart.add_scatter(x=months, y=list(range(40, 52)), name="DSO", mode="lines")
    style.target(chart, 45, "<a href='https://example.org'>doel</a>")
    return chart


@pytest.fixture(scope="session")
def words() -> Words:
    return Words("nl")


@pytest.fixture(scope="session")
def cover() -> Cover:
    return Cover(
        client_name=HOSTILE,
        as_of="31 oktober 2026",
        firm="Kantoor",
        prepared_for="de directie",
        confidentiality="Vertrouwelijk",
        fingerprint="3f9a72c1d0",
        version="0.1.0",
        date="2 november 2026",
    )


@pytest.fixture(scope="session")
def notebook(words: Words) -> NotebookNode:
    lab = nbformat.v4.new_markdown_cell("# Alleen in het lab", metadata={"tags": ["lab"]})
    cells = [
        lab,
        _code("client = 'geheim'", [], ("parameters",)),
        html_cell("<p>opzet</p>", "setup"),
        html_cell(opening("summary", "Samenvatting", f"Wie laat betaalt: {escape(HOSTILE)}")),
        html_cell(card("Eerste bevinding") + card("Tweede bevinding", "low")),
        html_cell(opening("ageing", "Ouderdom", "Het vervallen deel groeide.")),
        chart_cell(columns(words)),
        html_cell(table("ageing", 90)),
        html_cell(NOTES),
        html_cell(opening("dso", "DSO", "De DSO staat op 51 dagen.")),
        chart_cell(lines(words)),
        html_cell(table("wide", 3, columns_count=22)),
        html_cell(card("Derde bevinding")),
        html_cell("<p>overdracht</p>", "handover"),
    ]
    return nbformat.v4.new_notebook(cells=cells)
