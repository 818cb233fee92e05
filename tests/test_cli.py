"""The command line: exit statuses, and the words that a person with a faulty file reads."""

import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from credit_helpers.cli import app

HEADER = (
    "Factuurnummer;Debiteurnummer;Debiteurnaam;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand"
)
ROWS = (
    "F1;001;Bouw [bold]Noord[/bold];15-01-2026;14-02-2026;1.000,00;1.000,00",
    "F2;002;Zuid B.V.;20-02-2026;22-03-2026;250,50;250,50",
)
COMMANDS = ("new", "check", "questionnaire", "report", "batch", "lab", "doctor", "sample", "demo")


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def flat(result):
    return " ".join(result.stderr.split())


@pytest.fixture
def client(tmp_path, monkeypatch):
    """A folder with a ledger of two invoices; returns how to write what is in it."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "klant"
    folder.mkdir()

    def write(*rows, header=HEADER, config='observed_on = 2026-03-31\ncurrency = "EUR"\n'):
        (folder / "facturen.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
        (folder / "client.toml").write_text(config, encoding="utf-8")
        return folder

    return write


def refused(arguments, language, *sentences):
    result = run(*arguments, "--language", language)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for sentence in sentences:
        assert sentence in flat(result)


def test_help_names_every_command_in_order():
    shown = run("--help").stdout
    places = [shown.index(f" {command} ") for command in COMMANDS]
    assert places == sorted(places)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout) > 300


def test_help_is_quick_because_nothing_heavy_is_imported():
    program = (
        "import sys, credit_helpers.cli;"
        "print([m for m in ('pandas', 'plotly', 'nbconvert', 'papermill') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_the_batch_explains_its_exit_status():
    shown = " ".join(run("batch", "--help").stdout.split())
    assert "0 when all went well, 1 when there are warnings, 2 when a client failed" in shown


def test_the_version_is_shown():
    assert re.fullmatch(r"credit-audit \d+\.\d+\.\d+\n", run("--version").stdout)


def test_an_unknown_option_names_the_nearest():
    result = run("report", "x.csv", "--asof", "2026-01-01")
    assert result.exit_code == 2
    assert "--as-of" in result.stderr


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "absent.csv: dit bestand bestaat niet. Controleer de naam en de map."),
        ("en", "absent.csv: this file does not exist. Check the name and the folder."),
    ],
)
def test_a_missing_file(language, sentence, tmp_path):
    refused(["report", tmp_path / "absent.csv"], language, sentence)
    checked = run("check", tmp_path / "absent.csv", "--language", language)
    assert checked.exit_code == 2
    for part in sentence.split(": ")[1].split(". "):
        assert part[1:].rstrip(".") in " ".join(checked.stdout.split())


@pytest.mark.parametrize(("language", "sentence"), [("nl", "leeg"), ("en", "empty")])
def test_an_empty_file(language, sentence, tmp_path):
    (tmp_path / "facturen.csv").write_bytes(b"")
    refused(["report", tmp_path / "facturen.csv"], language, "facturen.csv", sentence)


@pytest.mark.parametrize(("language", "sentence"), [("nl", "kolom"), ("en", "column")])
def test_no_recognisable_columns(client, language, sentence):
    folder = client("1;2;3", header="foo;bar;baz")
    refused(["report", folder], language, "facturen.csv", sentence)


@pytest.mark.parametrize(("language", "sentence"), [("nl", "datum"), ("en", "date")])
def test_unreadable_dates(client, language, sentence):
    rows = [row.replace("2026", "nooit") for row in ROWS]
    refused(["report", client(*rows)], language, "facturen.csv", sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "'dso.target_day' is geen beleidswaarde. Bedoelt u 'dso.target_days'?"),
        ("en", "'dso.target_day' is not a policy value. Did you mean 'dso.target_days'?"),
    ],
)
@pytest.mark.parametrize("place", ["client", "file"])
def test_an_unknown_policy_key(client, tmp_path, place, language, sentence):
    own = tmp_path / "policy.toml"
    own.write_text("[dso]\ntarget_day = 40\n" if place == "file" else "")
    added = "[policy.dso]\ntarget_day = 40\n" if place == "client" else ""
    folder = client(*ROWS, config='observed_on = 2026-03-31\ncurrency = "EUR"\n' + added)
    refused(["report", folder, "--policy", own], language, sentence)


@pytest.mark.parametrize(
    ("as_of", "language", "sentence"),
    [
        ("2025-12-31", "nl", "ligt vóór het eerste document"),
        ("2025-12-31", "en", "lies before the first document"),
        ("2026-04-01", "nl", "ligt na de dag van de export"),
        ("2026-04-01", "en", "lies after the day of the export"),
        ("31/3", "nl", "'31/3' is geen datum. Schrijf de peildatum als 2026-10-31."),
        ("31/3", "en", "'31/3' is not a date. Write the as-of date as 2026-10-31."),
    ],
)
def test_an_as_of_date_that_does_not_fit(client, as_of, language, sentence):
    refused(["report", client(*ROWS), "--as-of", as_of], language, sentence)


def test_an_unknown_language_is_told_in_dutch(client):
    result = run("report", client(*ROWS), "--language", "de")
    assert result.exit_code == 2
    assert "'de' is geen taal van het rapport. Kies nl of en." in flat(result)


def test_the_language_of_the_client_is_spoken(client):
    folder = client(*ROWS, config='observed_on = 2026-03-31\nlanguage = "en"\n')
    result = run("report", folder, "--as-of", "2030-01-01")
    assert "lies after the day of the export" in flat(result)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "in deze map kan niet worden geschreven. Kies met --output een andere map."),
        ("en", "this folder cannot be written to. Choose another one with --output."),
    ],
)
def test_an_output_folder_that_cannot_be_written_to(client, tmp_path, language, sentence):
    (tmp_path / "out").write_text("a file")
    refused(["report", client(*ROWS), "--output", tmp_path / "out"], language, sentence)
    refused(["batch", tmp_path, "--output", tmp_path / "out"], language, sentence)


def test_brackets_in_a_file_name_are_no_markup(tmp_path):
    result = run("report", tmp_path / "[red]x[", "--language", "en")
    assert "[red]x[: this file does not exist." in flat(result)


def test_a_file_name_moves_no_cursor(tmp_path):
    result = run("report", tmp_path / "x\x1b[2J.csv", "--language", "en")
    assert "x [2J.csv: this file does not exist." in flat(result)
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nl", "hier staan geen cliënten"), ("en", "there are no clients here")],
)
def test_a_batch_without_clients(tmp_path, language, sentence):
    (tmp_path / "empty").mkdir()
    refused(["batch", tmp_path / "empty"], language, sentence)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("nl", ("Ingelezen", "1.250,50", "Zekerheid", "er kan een rapport van worden gemaakt")),
        ("en", ("Read as", "1,250.50", "Confidence", "a report can be made of it")),
    ],
)
def test_a_check_shows_rows_amounts_and_columns(client, language, sentences):
    result = run("check", client(*ROWS), "--language", language)
    assert result.exit_code == 0
    for sentence in (*sentences, "facturen.csv", "Vervaldatum"):
        assert sentence in result.stdout


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "is 01-02 hier 1 februari of 2 januari"),
        ("en", "is 01-02 the first of February or the second of January here?"),
    ],
)
def test_a_check_asks_what_the_file_does_not_tell(client, language, sentence):
    rows = [row.replace("15-01", "05-01").replace("14-02", "04-02") for row in ROWS[:1]]
    result = run("check", client(*rows), "--language", language)
    assert result.exit_code == 1
    assert sentence in " ".join(result.stdout.split())


def test_a_check_says_what_was_set_aside_and_what_to_do(client):
    result = run("check", client(*ROWS, ROWS[0], "F3;003;West;01-03-2026;31-03-2026;;"))
    shown = result.stdout
    assert "Dubbele rij" in shown
    assert "Geen bedrag" in shown
    assert "Vul het bedrag in de administratie aan" in shown


def test_a_check_puts_every_fault_in_its_place(client):
    folder = client(*ROWS, header=HEADER.replace("Debiteur", "Crediteur"))
    (folder / "leeg.xlsx").write_bytes(b"")
    result = run("check", folder, "--language", "en")
    assert result.exit_code == 2
    shown = " ".join(result.stdout.split())
    assert "File Row What it is What to do" in shown
    assert "leeg.xlsx This file is empty. Export it again." in shown
    assert "facturen.csv 1 No column with the customer was" in shown


@pytest.mark.parametrize(
    ("language", "can", "ask"),
    [
        ("nl", "Kan worden beoordeeld", "DSO en verloop: vraag om betalingen met hun datum"),
        ("en", "Can be judged", "DSO and its course: ask for payments with their date"),
    ],
)
def test_a_check_ends_with_what_can_be_judged_and_what_to_ask_for(client, language, can, ask):
    shown = " ".join(run("check", client(*ROWS), "--language", language).stdout.split())
    assert can in shown
    assert ask in shown
    assert shown.index(can) < shown.index(ask)


def test_a_check_names_the_report_of_the_package_that_has_it(client):
    header = "Factuurnr.;Naam;Deb.nr.;Boekstuk;Vervalt;Factuur;Saldo"
    folder = client("F1;Alfa;1;13-01-2026;12-02-2026;10,00;10,00", header=header)
    shown = " ".join(run("check", folder).stdout.split())
    assert "kredietlimiet per debiteur (in AFAS Profit: Profit_Debtor (Kredietlimiet))" in shown


def test_a_check_without_due_dates_says_that_nobody_can_tell_what_is_late(client):
    folder = client("F1;001;Alfa;15-01-2026;10,00", header=HEADER.replace("Vervaldatum;", "")[:-11])
    shown = " ".join(run("check", folder, "--language", "en").stdout.split())
    assert "ageing: ask for the due date per invoice" in shown


def test_a_check_writes_the_rows_that_were_set_aside(client, tmp_path):
    folder = client(*ROWS, ROWS[0])
    result = run("check", folder)
    written = tmp_path / "reports" / "klant" / "quarantine.xlsx"
    assert written.is_file()
    assert "reports/klant/quarantine.xlsx" in result.stdout.replace("\\", "/")
    client(*ROWS)
    run("check", folder)  # nothing is set aside any more
    assert not written.exists()


def test_the_rows_set_aside_never_land_among_the_input(client):
    folder = client(*ROWS, ROWS[0])
    result = run("check", folder, "--output", folder)
    assert result.exit_code == 2
    assert "Kies met --output een andere map" in flat(result)
    assert sorted(path.name for path in folder.iterdir()) == ["client.toml", "facturen.csv"]


def test_samples_are_written_where_asked(tmp_path):
    result = run("sample", tmp_path / "made")
    assert result.exit_code == 0
    made = sorted(path.name for path in (tmp_path / "made").iterdir())
    assert made == ["installer", "staffing", "wholesaler"]


def test_the_doctor_ends_with_1_when_something_essential_is_missing(tmp_path, monkeypatch):
    from credit_helpers.report import doctor

    monkeypatch.setattr(doctor, "_kernel", lambda: (True, "python"))
    monkeypatch.setenv("CREDIT_AUDIT_BROWSER", "none")
    well = run("doctor", "--output", tmp_path / "out", "--language", "en")
    assert well.exit_code == 0
    assert "Without a browser there is no PDF" in " ".join(well.stdout.split())
    (tmp_path / "out").write_text("a file")
    ill = run("doctor", "--output", tmp_path / "out", "--language", "nl")
    assert ill.exit_code == 1
    assert "Kies met --output een andere map" in " ".join(ill.stdout.split())


def test_a_fault_of_the_program_is_a_sentence_too(monkeypatch):
    from credit_helpers.report import lab

    def fail(folder):
        raise ZeroDivisionError("debtor Jansen")

    monkeypatch.setattr(lab, "working_copy", fail)
    refused(["lab"], "nl", "Er zit een fout in het programma (ZeroDivisionError)")
    refused(["lab"], "en", "There is a fault in the program (ZeroDivisionError)")
    assert "Jansen" not in run("lab").stderr
    monkeypatch.setenv("CREDIT_AUDIT_TRACEBACK", "1")
    assert isinstance(run("lab").exception, ZeroDivisionError)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "vorig: hier staat geen results.json van een eerdere audit."),
        ("en", "vorig: there is no results.json of an earlier audit here."),
    ],
)
def test_an_earlier_report_that_is_not_there(client, tmp_path, language, sentence):
    refused(["report", client(*ROWS), "--previous", tmp_path / "vorig"], language, sentence)
