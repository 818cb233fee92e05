"""The same small client on two days: the second audit is compared with the first."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from credit_helpers import open_audit
from credit_helpers.errors import LANGUAGES, InputError
from credit_helpers.metrics.changed_findings import STATUSES
from credit_helpers.metrics.changes import COURSES
from credit_helpers.report.build import Order, _to_ask
from credit_helpers.report.handover import tables_in
from credit_helpers.report.results import fingerprint, results_of, write_json
from credit_helpers.views import changes, show, summary
from credit_helpers.views.writing import course_text
from credit_helpers.words import Words

INVOICES = """Factuurnummer;Debiteurnummer;Naam;Factuurdatum;Vervaldatum;Factuurbedrag
F1;1;Alfa;01-05-2026;31-05-2026;6.000,00
F2;2;Beta <b>;10-06-2026;10-07-2026;3.000,00
F3;2;Beta <b>;20-07-2026;19-08-2026;1.000,00
F4;3;Gamma;01-10-2026;31-10-2026;5.000,00
F5;3;Gamma;05-10-2026;04-11-2026;4.000,00
"""
PAYMENTS = """Factuurnummer;Betaaldatum;Betaald bedrag
F1;15-08-2026;6.000,00
F3;19-08-2026;1.000,00
"""
# On 31 July 9,000 of 10,000 is overdue; on 31 October 3,000 of 12,000.
THEN, NOW = "2026-07-31", "2026-10-31"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("client")
    (folder / "facturen.csv").write_text(INVOICES, encoding="utf-8")
    (folder / "betalingen.csv").write_text(PAYMENTS, encoding="utf-8")
    (folder / "client.toml").write_text('name = "Proef B.V."\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=LANGUAGES)
def earlier(request, client: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("earlier")
    state(open_audit(client, as_of=THEN, language=request.param), [], folder)
    return folder


def state(audit, tables: list, folder: Path) -> None:
    results = {**results_of(audit, tables), "policy": audit.policy.flat()}
    write_json(results, folder / "results.json")


def displayed(audit) -> list:
    given = (audit.previous, audit.as_of, audit.words)
    return [
        show.opening(audit.conclusions["changes"], audit.words),
        show.notes("changes", audit.words, **changes.basis(audit.previous, audit.policy.flat())),
        changes.then_and_now(audit.changes, *given),
        changes.figures(audit.changes, *given),
        changes.findings(audit.changed_findings, audit.findings, audit.previous, audit.words),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_then_and_now_by_hand(client: Path, earlier: Path, language: str) -> None:
    audit = open_audit(client, as_of=NOW, language=language, previous=earlier)
    rows = audit.changes.set_index("key")
    overdue, balance = rows.loc["ageing.overdue_share"], rows.loc["ageing.outstanding_cents"]
    assert (overdue["then"], overdue["now"]) == (0.9, 0.25)
    assert (overdue["course"], overdue["target_met"]) == ("better", True)
    assert (balance["then"], balance["now"], balance["change"]) == (1_000_000, 1_200_000, 200_000)
    status = audit.changed_findings.set_index("code")["status"]
    assert (status["overdue_share"], status["oldest_share"]) == ("closed", "new")
    assert status["largest_debtor"] == "remaining"
    assert audit.missing("changes") == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_reads_in_the_language_of_now(client, earlier, language) -> None:
    audit = open_audit(client, as_of=NOW, language=language, previous=earlier)
    opening, notes, chart, figures, findings = displayed(audit)
    text = " ".join(s._repr_html_() for s in (opening, notes, figures, findings))
    text = re.sub(r"<code>.*?</code>|<[^>]+>", " ", text)
    assert not re.search(r"\b(nan|NaT|None)\b|<NA>|_cents|_share", text)
    title = findings.frame.set_index("code").loc["overdue_share", "title"]
    assert (
        title
        == {"nl": "90% van het saldo is vervallen", "en": "90% of the balance is overdue"}[language]
    )
    assert ("90,0%" if language == "nl" else "90.0%") in chart.layout.title.text
    assert chart.layout.meta["alt"]
    columns = {column.key: column for column in figures.columns}
    assert columns["then"].label == audit.words.formats.short_date(THEN)
    assert columns["then"].css_class == "num"
    row = figures.frame.set_index("key").loc["ageing.overdue_share"]
    assert row["change_index"] == pytest.approx(-0.65)
    against = [figure.against for figure in summary.key_figures(audit)]
    said = {"nl": "vorige audit 90%", "en": "last audit 90%"}[language]
    assert against[1].endswith(said)


def test_without_an_earlier_audit_the_chapter_is_left_out(client: Path) -> None:
    audit = open_audit(client, as_of=NOW)
    assert audit.previous is None
    assert audit.missing("changes") == ("previous",)
    assert audit.changes.empty and audit.changed_findings.empty
    assert displayed(audit)[2:] == [None, None, None]
    assert audit.conclusions["changes"].code == "first_audit"
    assert not any("vorige" in figure.against for figure in summary.key_figures(audit))


def test_results_hold_what_was_compared_with(client: Path, earlier: Path, tmp_path: Path) -> None:
    audit = open_audit(client, as_of=NOW, previous=earlier)
    state(audit, tables_in(displayed(audit)), tmp_path)
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert results["previous"]["figures"]["ageing.overdue_share"]["value"] == 0.9
    assert {"changes", "changed_findings"} <= set(results["tables"])
    assert fingerprint(audit) != fingerprint(open_audit(client, as_of=NOW))


def test_client_toml_gives_the_earlier_audit_from_its_own_folder(client, earlier, tmp_path) -> None:
    for file in client.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "earlier").mkdir()
    (tmp_path / "earlier" / "results.json").write_bytes((earlier / "results.json").read_bytes())
    settings = 'name = "Andere naam"\nprevious = "earlier"\n'
    (tmp_path / "client.toml").write_text(settings, encoding="utf-8")
    audit = open_audit(tmp_path, as_of=NOW)
    assert audit.previous is not None
    assert any("Proef B.V." in warning for warning in _to_ask(audit))
    with pytest.raises(InputError, match="2026-07-31"):
        open_audit(tmp_path, as_of=THEN)


def test_payments_that_are_not_delivered_now_close_nothing(client, tmp_path) -> None:
    before = open_audit(client, as_of="2026-09-30")
    assert "paid_late" in {finding.code for finding in before.findings}
    state(before, [], tmp_path)
    (tmp_path / "facturen.csv").write_text(INVOICES, encoding="utf-8")
    audit = open_audit(tmp_path / "facturen.csv", as_of=NOW, previous=tmp_path)
    status = audit.changed_findings.set_index("code")["status"]
    assert (status["paid_late"], status["stale_ledger"]) == ("not_judged", "closed")
    rows = audit.changes.set_index("key")
    assert rows.loc[["dso.dso_days", "write_offs.written_off_share"], "now"].isna().all()
    assert rows.loc["behaviour.days_late", "course"] == "unknown"


def test_an_order_asks_for_it() -> None:
    assert Order("x", previous="y").previous == "y"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_word(language: str) -> None:
    words = Words(language)
    assert all(words.label(f"change_status.{status}") for status in STATUSES)
    assert all(course_text(course, 1.0, words) for course in COURSES)
    for key in changes.DRAWN:
        assert words.prose(f"charts.changes.{key.rpartition('.')[2]}")
