"""The whole way for a small client: without a browser, without payments, from another folder."""

import json

import pytest

from credit_helpers.errors import ReportError
from credit_helpers.report import build as building
from credit_helpers.report.browser import VARIABLE
from credit_helpers.report.build import Order, build_report
from credit_helpers.report.place import FILES

INVOICES = """\
Factuurnummer;Debiteurnummer;Debiteurnaam;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand
F1;001;Bouw <b>Noord</b>;15-01-2026;14-02-2026;1.000,00;1.000,00
F2;002;=Zuid B.V.;20-02-2026;22-03-2026;250,50;250,50
F3;003;West {{ 7 * 7 }};25-02-2026;27-04-2026;10,00;10,00
"""
NO_BROWSER = {"nl": "Geen PDF: er is geen Edge, Chrome of Chromium", "en": "No PDF"}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clients") / "klant"
    folder.mkdir()
    (folder / "facturen.csv").write_text(INVOICES, encoding="utf-8")
    config = 'name = "Klant"\nobserved_on = 2026-03-31\ncurrency = "EUR"\n'
    (folder / "client.toml").write_text(config, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=["nl", "en"])
def built(request, client, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "report"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "none")
        return build_report(client, language=request.param, output=folder)


def test_without_a_browser_the_rest_is_delivered_with_what_to_do(built):
    made = sorted(path.name for path in built.folder.iterdir())
    assert made == sorted(name for name in FILES if name != "report.pdf")
    assert NO_BROWSER[built.results["language"]] in built.warnings[0]
    assert "Chromium" in built.warnings[0]


def test_a_chapter_that_cannot_be_judged_is_left_out_and_named(built):
    assert set(built.results["missing"]) >= {"dso", "behaviour"}
    page = (built.folder / "report.html").read_text(encoding="utf-8")
    assert 'id="chapter-ageing"' in page
    assert 'id="chapter-behaviour"' not in page


def test_text_of_the_customer_is_no_markup(built):
    page = (built.folder / "report.html").read_text(encoding="utf-8")
    assert "<b>Noord" not in page
    assert "Bouw &lt;b&gt;Noord&lt;/b&gt;" in page
    assert "West {{ 7 * 7 }}" in page


def test_the_same_client_from_another_folder_gives_the_same_bytes(
    built, client, tmp_path, monkeypatch
):
    monkeypatch.setenv(VARIABLE, "none")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.chdir(client.parent)
    again = build_report("klant", language=built.results["language"], output=tmp_path / "again")
    for name in ("results.json", "evidence.xlsx"):
        first, second = ((b.folder / name).read_bytes() for b in (built, again))
        assert first == second, name


def test_a_report_goes_below_reports_and_the_name_of_the_client(client, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(building, "_make", lambda audit, order, folder, worker: _fake(folder))
    built = build_report(client)
    assert built.folder == building.REPORTS / "klant" / "2026-03-31"
    assert (tmp_path / built.folder / "results.json").is_file()


def test_a_failure_leaves_the_earlier_report_and_speaks_the_clients_language(
    client, tmp_path, monkeypatch
):
    monkeypatch.setattr(building, "_make", lambda audit, order, folder, worker: _fake(folder))
    build_report(client, output=tmp_path / "r")

    def fail(audit, order, folder, worker):
        raise building.ReportError(building.Fault("kernel_stopped", {"cause": "MemoryError"}))

    monkeypatch.setattr(building, "_make", fail)
    with pytest.raises(ReportError) as error:
        build_report(client, language="en", output=tmp_path / "r")
    assert "The computing process stopped" in str(error.value)
    assert [path.name for path in (tmp_path / "r").iterdir()] == ["results.json"]


def test_two_clients_of_one_name_and_day_do_not_overwrite_each_other(client, tmp_path):
    taken = frozenset({tmp_path / "klant" / "2026-03-31"})
    order = Order(str(client), reports=tmp_path, taken=taken)
    with pytest.raises(building.InputError) as error:
        building.build(order)
    assert "al een cliënt met de naam Klant" in str(error.value)


def _fake(folder):
    (folder / "results.json").write_text(json.dumps({"checks": []}))
    return []
