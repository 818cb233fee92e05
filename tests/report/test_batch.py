"""Many clients: one failure does not stop the rest, and every outcome is on record."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from credit_helpers.errors import Fault, InputError
from credit_helpers.report import batch
from credit_helpers.report.batch import FAILED, OK, WARNINGS, clients_in, run_batch
from credit_helpers.report.build import Built, Order
from tests.report.batch_clients import results

RESULTS = {
    "client": "<b>Jansen</b> & Zn",
    "as_of": "2026-10-31",
    "language": "nl",
    "currency": "EUR",
    "figures": {
        "ageing.outstanding_cents": {"value": 123_456_700},
        "ageing.overdue_share": {"value": 0.4},
        "dso.dso_days": {"value": None},
    },
    "findings": [{"severity": "high"}, {"severity": "low"}],
}


@pytest.fixture
def clients(tmp_path):
    folder = tmp_path / "clients"
    for name in ("alfa", "beta", "gamma"):
        (folder / name).mkdir(parents=True)
        (folder / name / "facturen.csv").write_text("x")
    (folder / ".hidden").mkdir()
    (folder / "leeg").mkdir()
    (folder / "notes.md").write_text("no client")
    return folder


@pytest.fixture
def fake(monkeypatch, tmp_path):
    """Report ``alfa`` with a warning, let ``beta`` fail as told, report ``gamma`` well."""

    def install(failure):
        def build(order):
            if order.client.endswith("beta"):
                raise failure
            warnings = ("Geen PDF.",) if order.client.endswith("alfa") else ()
            return Built(order.reports / "een map" / "2026-10-31", warnings, RESULTS)

        monkeypatch.setattr(batch, "build", build)
        return Order("", reports=tmp_path / "out")

    return install


def test_clients_are_folders_with_files_and_ledger_files(clients):
    for name in ("delta.xlsx", "epsilon.zip", "leesmij.md"):
        (clients / name).write_text("x")
    found = [path.name for path in clients_in(clients)]
    assert found == ["alfa", "beta", "delta.xlsx", "epsilon.zip", "gamma"]


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (InputError(Fault("file_missing", {"file": "f.csv"})), "f.csv: dit bestand bestaat niet."),
        (ZeroDivisionError("secret"), "door een fout in het programma (ZeroDivisionError)"),
    ],
)
def test_one_failure_does_not_stop_the_rest(clients, fake, failure, words):
    told = []
    made = run_batch(clients, order=fake(failure), on_done=told.append)
    assert [outcome.status for outcome in made.outcomes] == [WARNINGS, FAILED, OK]
    assert told == list(made.outcomes)
    assert words in made.outcomes[1].messages[0]
    assert "secret" not in str(made)
    assert made.exit_status == 2


def test_the_summary_is_on_record_after_each_client(clients, fake, tmp_path):
    class PulledThePlug(BaseException):
        pass

    with pytest.raises(PulledThePlug):
        run_batch(clients, order=fake(PulledThePlug()))
    data = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert [client["source"] for client in data["clients"]] == ["alfa"]
    assert data["clients"][0]["outstanding_cents"] == 123_456_700
    assert data["clients"][0]["high_findings_count"] == 1
    assert data["clients_count"] == 3
    assert (tmp_path / "out" / "summary.html").is_file()


def test_a_client_knows_the_reports_that_were_made_before_it(clients, fake, monkeypatch, tmp_path):
    order, seen = fake(InputError(Fault("file_missing", {"file": "x"}))), []
    made = batch.build
    monkeypatch.setattr(batch, "build", lambda one: seen.append(one.taken) or made(one))
    run_batch(clients, order=order)
    report = tmp_path / "out" / "een map" / "2026-10-31"
    assert seen == [frozenset(), {report}, {report}]


def test_side_by_side_as_in_turn(clients, tmp_path):
    orders = [Order("", reports=tmp_path / name) for name in ("one", "two")]
    one, two = (run_batch(clients, order=o, jobs=n) for n, o in enumerate(orders, start=1))
    assert [outcome.source for outcome in two.outcomes] == ["alfa", "beta", "gamma"]
    assert two == one
    summaries = [(tmp_path / name / "summary.json").read_bytes() for name in ("one", "two")]
    assert summaries[0] == summaries[1]


def test_clients_of_one_name_are_made_in_turn(clients):
    for name in ("alfa", "gamma"):
        (clients / name / "client.toml").write_text('name = "Jansen & Zn"')
    (clients / "beta" / "client.toml").write_text("name = ")
    groups = batch._by_name([clients / name for name in ("alfa", "beta", "gamma")])
    assert [[path.name for path in group] for group in groups] == [["alfa", "gamma"], ["beta"]]


@pytest.mark.parametrize(
    ("statuses", "exit_status"), [([], 0), ([OK], 0), ([OK, WARNINGS], 1), ([FAILED, OK], 2)]
)
def test_the_exit_status_tells_them_apart(statuses, exit_status):
    outcomes = tuple(batch.Outcome("a", "a", status) for status in statuses)
    assert batch.Batch(outcomes).exit_status == exit_status


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nl", "hier staan geen cliënten"), ("en", "there are no clients here")],
)
def test_a_folder_without_clients_is_a_sentence(tmp_path, language, sentence):
    with pytest.raises(InputError) as error:
        clients_in(tmp_path)
    assert sentence in error.value.text(language)
    with pytest.raises(InputError) as error:
        clients_in(tmp_path / "absent")
    assert "absent" in error.value.text(language)


def test_the_page_is_in_the_language_asked_for(clients, fake, tmp_path):
    order = replace(fake(InputError(Fault("file_missing", {"file": "<i>"}))), language="en")
    run_batch(clients, order=order)
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    for text in ("€1,234,567", "40%", "in order", "3 clients: 1 in order", '<html lang="en">'):
        assert text in page
    assert "&lt;b&gt;Jansen&lt;/b&gt; &amp; Zn" in page
    assert 'href="een%20map/2026-10-31/report.html"' in page


def test_tables_for_clients_lie_beside_the_reports(clients, monkeypatch, tmp_path):
    for name in ("delta", "echo"):
        (clients / f"{name}.csv").write_text("x")

    def build(order):
        name = Path(order.client).stem
        made = results(f"{name} & co", dso=10.0 * len(name))
        return Built(order.reports / f"{name} co" / "2026-10-31", (), made)

    monkeypatch.setattr(batch, "build", build)
    out = tmp_path / "out"
    (out / "standing").mkdir(parents=True)
    (out / "standing" / "gone-2025-12-31.html").write_text("of an earlier run")
    run_batch(clients, order=Order("", reports=out))
    names = sorted(path.name for path in (out / "standing").iterdir())
    assert names == [f"{n} co-2026-10-31.html" for n in ("alfa", "beta", "delta", "echo", "gamma")]
    data = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert data["clients"][0]["standing"] == "standing/alfa%20co-2026-10-31.html"
    assert "beta" not in (out / "standing" / names[0]).read_text(encoding="utf-8")
