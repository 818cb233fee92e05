"""The edition to share: no file of it holds a name or a number of the client or its debtors."""

import io
import json
import re
import stat
import zipfile

import pandas as pd
import pikepdf
import pytest

from credit_helpers import open_audit
from credit_helpers.errors import InputError
from credit_helpers.report.browser import find_browser
from credit_helpers.report.build import Order, build
from tests.report.test_pdf import text_of

HEAD = "Factuurnummer;Debiteurnummer;Debiteurnaam;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand"
INVOICES = f"""\
{HEAD};Verkoper;KvK;Referentie
ZQ-7001;D90811;Bouwgroep Noord;15-01-2026;14-02-2026;21.000,00;21.000,00;Wimmetje;87654321;Xandria
ZQ-7002;D90822;Zuiderzee Metaal;20-02-2026;22-03-2026;2.250,50;2.250,50;Wimmetje;76543218;
ZQ-7003;D90833;Westerlicht;25-02-2026;27-04-2026;10,00;10,00;Sjaantje;;
ZQ-7004;D90822;Zuiderzee Metaal;20-02-2026;22-03-2026;;;Wimmetje;76543218;
"""
NAMES = (
    *("Bouwgroep", "Zuiderzee", "Westerlicht", "Wimmetje", "Sjaantje", "Xandria", "Kletskous"),
    *("ZQ-700", "ZQ700", "D9081", "D9082", "D9083", "87654321", "76543218"),
    *("Opdrachtgever", "opdrachtgever", "klantmap", "postenlijst", "Directeurtje"),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clients") / "klantmap"
    (folder / "chapters").mkdir(parents=True)
    (folder / "chapters" / "35_x.ipynb").write_text("Kletskous", encoding="utf-8")
    (folder / "postenlijst.csv").write_text(INVOICES, encoding="utf-8")
    (folder / "remarks.nl.md").write_text("# Concentratie\nBel Kletskous.\n", encoding="utf-8")
    config = (
        'name = "Opdrachtgever B.V."\nobserved_on = 2026-03-31\ncurrency = "EUR"\n'
        '[brand]\nprepared_for = "Directeurtje"\nfirm = "Kantoor"\n'
    )
    (folder / "client.toml").write_text(config, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(client):
    order = Order(
        str(client), is_pseudonymised=True, has_deck=True, reports=client.parent / "reports"
    )
    return build(order)


def parts(file, content):
    """Return the text of every part of an Office file, and of the sheets within slides."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            part = book.read(name)
            if name.endswith(".xlsx"):
                found |= parts(f"{file}/{name}", part)
            else:
                found[f"{file}/{name}"] = part.decode("utf-8", "replace")
    return found


def texts(folder):
    """Return the text of every file by name, the parts of the workbook among them."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".pdf":
            with pikepdf.open(path) as pdf:
                pages = [text_of(pdf, number) for number in range(len(pdf.pages))]
                found[path.name] = f"{dict(pdf.docinfo)} {' '.join(pages)}"
        elif path.suffix in (".xlsx", ".pptx"):
            found |= parts(path.name, path.read_bytes())
        else:
            found[path.name] = path.read_text(encoding="utf-8")
    return found


def test_no_file_holds_a_name_or_a_number(built):
    found = texts(built.folder)
    assert ("report.pdf" in found) == (find_browser() is not None)
    assert {"report.html", "email.txt", "results.json", "notebook.ipynb"} <= set(found)
    assert any(".pptx/" in file and ".xlsx/" in file for file in found)
    held = [(file, name) for file, text in found.items() for name in NAMES if name in text]
    assert held == []
    assert not any(name in str(built.folder.relative_to(built.folder.parents[1])) for name in NAMES)


def test_the_figures_are_those_of_the_report_itself(built, client):
    plain = open_audit(client).figures
    shared = built.results["figures"]
    assert shared["ageing.outstanding_cents"]["value"] == 2_326_050
    for key, value in plain.items():
        assert shared[key]["value"] == pytest.approx(value, nan_ok=True) or pd.isna(value)


def test_it_says_what_it_is_and_where_the_key_is(built):
    page = (built.folder / "report.html").read_text(encoding="utf-8")
    assert "Gepseudonimiseerd" in page
    assert re.search("Debiteur [B-Z]{8}", page)
    assert any("pseudonym.key" in warning for warning in built.warnings)
    assert re.fullmatch("Cliënt [B-Z]{8}", built.results["client"])
    notebook = json.loads((built.folder / "notebook.ipynb").read_text(encoding="utf-8"))
    parameters = "".join(notebook["cells"][0]["source"])
    assert 'client = ""' in parameters.replace("'", '"')


def test_the_key_is_made_once_for_its_owner_alone(built, client):
    path = client / "pseudonym.key"
    before = path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    again = open_audit(f"pseudonymised:{client}", language="en")
    assert path.read_bytes() == before
    code = built.results["client"].split()[1]
    assert again.client.name == f"Client {code}"


def test_a_key_that_protects_nothing_is_refused(client, tmp_path):
    (tmp_path / "postenlijst.csv").write_text(INVOICES, encoding="utf-8")
    (tmp_path / "pseudonym.key").write_text("kort", encoding="utf-8")
    with pytest.raises(InputError) as error:
        open_audit(f"pseudonymised:{tmp_path}")
    assert "te kort" in str(error.value)


def test_an_earlier_report_gives_figures_and_no_names(built, client, tmp_path):
    then = json.loads((built.folder / "results.json").read_text(encoding="utf-8"))
    then |= {"client": "Opdrachtgever B.V.", "as_of": "2026-02-28"}
    for finding in then["findings"]:
        finding |= {"title": "Wimmetje", "values": {"name": "Westerlicht", "x_count": 2}}
    (tmp_path / "results.json").write_text(json.dumps(then), encoding="utf-8")
    audit = open_audit(f"pseudonymised:{client}", previous=tmp_path)
    assert not any(name in repr(audit.previous) for name in NAMES)
    assert audit.previous.figures["ageing.outstanding_cents"] == 2_326_050
