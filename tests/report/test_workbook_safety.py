"""What a client wrote stays text: no formula, no link, no command, in any sheet."""

import zipfile

import openpyxl
import pandas as pd
import pytest

from credit_helpers.report.checks import Check
from credit_helpers.report.cover import Cover
from credit_helpers.report.workbook import write_workbook
from credit_helpers.views.table import Column, Table
from credit_helpers.words import Words

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
HOSTILE = [
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://example.org","klik")',
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "{=1+1}",
    "http://example.org",
    "mailto:a@example.org",
    "file:///etc/passwd",
    "internal:'Inhoud'!A1",
    "external:c:/x.xlsx",
    "javascript:alert(1)",
    "=DDE('a';'b';'c')",
    "\u202egnp.exe",
    "\U0001f9fe",
    "&L&P<b>",
    "x" * 40_000,
    "",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    texts = pd.array(HOSTILE, dtype="string")
    keys = ("name", "document", "group", "original", "advice", "currency")
    frame = pd.DataFrame({**dict.fromkeys(keys, texts), "outstanding_cents": 100})
    columns = (
        *(Column(key, key, "text", "label" if key == "name" else None) for key in keys),
        Column("outstanding_cents", "Openstaand", "cents", "sum"),
    )
    tables = [
        Table(name, text, columns, frame, Words("nl"), note=text)
        for name, text in zip(("open_items", "ageing"), HOSTILE, strict=False)
    ]
    cover = Cover(
        client_name=HOSTILE[0], as_of=HOSTILE[1], firm=HOSTILE[2], prepared_for=HOSTILE[8]
    )
    results = {
        "language": "nl",
        "currency": "EUR",
        "as_of": "2026-10-31",
        "figures": {"ageing.outstanding_cents": {"value": 2000, "unit": "cents", "text": "=1"}},
        "policy": {"ageing.edges_days": (0, 30), "client.text": "=1+1"},
    }
    made = tmp_path_factory.mktemp("book") / "evidence.xlsx"
    checks = [Check("intake_rows", "count", 1, 1, text) for text in HOSTILE]
    write_workbook(tables, cover, made, results=results, checks=checks)
    return made


def test_no_text_of_a_client_is_a_formula_or_a_link(path):
    book = openpyxl.load_workbook(path)
    own = {"Posten", "Ouderdom"}
    links = {c.hyperlink.location or c.hyperlink.target for s in book for c in all_cells(s, True)}
    assert all(target.startswith("'") and target.rpartition("!")[2].isalnum() for target in links)
    for sheet in book:
        for cell in all_cells(sheet):
            if cell.data_type == "f":
                assert cell.value.startswith(("=ROUND(", "=checks_", "=SUMPRODUCT(--(ABS(D"))
            elif sheet.title in own and cell.row > 4 and isinstance(cell.value, str):
                assert cell.data_type == "s"
                assert cell.hyperlink is None


def all_cells(sheet, linked=False):
    return [c for row in sheet.iter_rows() for c in row if c.hyperlink or not linked]


def test_every_text_is_there_as_it_was_written(path):
    book = openpyxl.load_workbook(path)
    shown = [book["Posten"].cell(row, 1).value for row in range(5, 5 + len(HOSTILE))]
    assert shown[:5] == HOSTILE[:5]
    assert shown[8:16] == HOSTILE[8:16]


def test_nothing_leads_outside_and_no_formula_holds_a_text_of_the_client(path):
    with zipfile.ZipFile(path) as parts:
        assert not [n for n in parts.namelist() if "externalLink" in n or "vba" in n.lower()]
        for name in parts.namelist():
            content = parts.read(name)
            assert b'TargetMode="External"' not in content, name
            for formula in content.split(b"<f>")[1:]:
                assert b"cmd" not in formula.partition(b"</f>")[0]
                assert b"HYPERLINK" not in formula.partition(b"</f>")[0]
