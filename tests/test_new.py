"""``credit-audit new`` as somebody types it, in both languages."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from credit_helpers.cli import app, ask
from credit_helpers.errors import LANGUAGES
from credit_helpers.intake.client import read_client
from credit_helpers.intake.headers import columns
from credit_helpers.intake.read import read_ledger
from credit_helpers.intake.saft_file import NAMES as SAFT_NAMES
from credit_helpers.intake.xaf_names import NAMES as XAF_NAMES
from credit_helpers.words import Words

DUTCH = "Debiteurnummer;Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag"
ENGLISH = "Customer number;Customer;Invoice number;Invoice date;Due date;Amount"
ROW = "001;Alfa [bold]B.V.[/bold];F1;13-01-2026;12-02-2026;1.210,50"
OPEN_ROW = "001;Alfa;F1;03-01-2026;04-02-2026;1.210"


def run(*arguments, answers=""):
    given = [str(argument) for argument in arguments]
    return CliRunner().invoke(app, ["new", *given], input=answers)


def flat(text):
    return " ".join(text.split())


@pytest.fixture
def folder(tmp_path):
    """A client's folder; returns how to put a ledger in it."""
    made = tmp_path / "jansen"
    made.mkdir()

    def fill(*lines, name="open.csv"):
        (made / name).write_text("\n".join(lines), encoding="utf-8")
        return made

    return fill


@pytest.fixture
def keyboard(monkeypatch):
    monkeypatch.setattr(ask, "has_keyboard", lambda: True)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "nl",
            (
                "Peildatum 31 maart 2026 de dag van de export",
                "staat in de naam van open_2026-03-31.csv",
                "Vervaldatum vervaldatum 100%",
                "Controleer nu wat is ingelezen: credit-audit check",
            ),
        ),
        (
            "en",
            (
                "As-of date 31 March 2026 the day of the export",
                "stands in the name of open_2026-03-31.csv",
                "Vervaldatum due date 100%",
                "Now look at what was read: credit-audit check",
            ),
        ),
    ],
)
def test_the_proposal_is_shown_with_its_reasons_and_written(folder, language, sentences):
    made = folder(DUTCH, ROW, name="open_2026-03-31.csv")
    result = run(made, "--yes", "--language", language)
    assert result.exit_code == 0
    for sentence in sentences:
        assert sentence in flat(result.stdout)
    config = read_client(made)
    assert (config.name, config.language, config.currency) == ("jansen", language, "EUR")
    comment = "# Valuta: " if language == "nl" else "# Currency: "
    assert comment in (made / "client.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("nl", ("Valuta: de bestanden noemen geen valuta.", "--currency EUR", "niets geschreven")),
        ("en", ("Currency: the files name no currency.", "--currency EUR", "Nothing is written")),
    ],
)
def test_yes_names_every_question_that_is_left(folder, language, sentences):
    made = folder(ENGLISH, OPEN_ROW)
    result = run(made, "--yes", "--language", language)
    assert result.exit_code == 1
    for sentence in (*sentences, "--dates day-month-year", "--decimals"):
        assert sentence in flat(result.stdout)
    assert not (made / "client.toml").exists()


def test_options_answer_the_questions(folder):
    made = folder(ENGLISH, OPEN_ROW)
    given = ("--currency", "eur", "--dates", "day-month-year", "--decimals", ",")
    result = run(made, "--yes", *given, "--as-of", "31-03-2026", "--name", "Jansen B.V.")
    assert result.exit_code == 0
    config = read_client(made)
    assert (config.name, config.currency, f"{config.as_of:%d-%m}") == (
        "Jansen B.V.",
        "EUR",
        "31-03",
    )


def test_only_what_is_not_known_is_asked(folder, keyboard):
    made = folder(ENGLISH, OPEN_ROW)
    result = run(made, answers="euro\nEUR\nd\n,\ny\n")
    assert result.exit_code == 0
    shown = flat(result.stdout)
    assert shown.count("In welke valuta") == 2  # "euro" is no code
    assert "Dat is geen geldig antwoord" in shown
    assert "Hoe heet de cliënt" not in shown
    config = read_client(made)
    assert (config.currency, config.dates, config.decimals) == ("EUR", "day-month-year", ",")


def test_a_proposal_that_is_not_right_is_corrected_one_by_one(folder, keyboard):
    made = folder(DUTCH, ROW)
    answers = ["n", 'De "Vries" B.V.', "en", "", "USD", "", "", "28-02-2026", "2026-01-31", "", "j"]
    result = run(made, answers="\n".join([*answers, ""]))
    assert result.exit_code == 0
    config = read_client(made)
    assert (config.name, config.language, config.currency) == ('De "Vries" B.V.', "en", "USD")
    assert (f"{config.observed_on:%d-%m}", f"{config.as_of:%d-%m}") == ("28-02", "31-01")
    assert "# Decimaalteken: 1 bedrag bewijst het" in (made / "client.toml").read_text("utf-8")


def test_somebody_who_says_no_twice_writes_nothing(folder, keyboard):
    made = folder(DUTCH, ROW)
    result = run(made, answers="n\n" + 9 * "\n" + "n\n" + 9 * "\n")
    assert result.exit_code == 1
    assert "Er is niets geschreven" in result.stdout
    assert not (made / "client.toml").exists()


def test_nobody_at_the_keyboard_is_told_of_the_option(folder):
    made = folder(DUTCH, ROW)
    result = run(made, "--language", "en")
    assert result.exit_code == 1
    assert "Give --yes to take the proposal" in flat(result.stdout)
    assert not (made / "client.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--currency", "euro"), "--currency: 'euro' kan niet."),
        (("--dates", "dmy"), "Kies uit: day-month-year, month-day-year, year-month-day."),
        (("--as-of", "31/3"), "--as-of: '31/3' kan niet. Kies uit: 2026-10-31."),
        (("--profile", "exact"), "exact_online"),
    ],
)
def test_an_option_that_cannot_be(folder, arguments, sentence):
    result = run(folder(DUTCH, ROW), "--yes", *arguments)
    assert result.exit_code == 2
    assert sentence in flat(result.stderr)


def test_settings_that_are_there_stay_unless_forced(folder):
    made = folder(DUTCH, ROW)
    (made / "client.toml").write_text('name = "Eigen werk"\n', encoding="utf-8")
    result = run(made, "--yes")
    assert result.exit_code == 2
    assert "heeft al instellingen" in flat(result.stderr)
    assert read_client(made).name == "Eigen werk"
    result = run(made, "--yes", "--force")
    assert result.exit_code == 0
    assert "client.old.toml" in flat(result.stdout)
    assert read_client(made).name == "jansen"


def test_files_that_cannot_be_read_end_with_2(folder):
    made = folder(DUTCH.replace("Debiteur", "Crediteur"), ROW, name="crediteuren.csv")
    result = run(made, "--yes", "--language", "en")
    assert result.exit_code == 2
    assert "this is a list of creditors" in flat(result.stderr)


def test_every_column_that_can_be_read_has_a_name_in_both_languages() -> None:
    found = {word for table in columns()["tables"].values() for word in table}
    found |= {*XAF_NAMES, *SAFT_NAMES}
    for language in LANGUAGES:
        words = Words(language)
        assert [word for word in sorted(found) if not words.has(f"new.word.{word}")] == []


STRANGE = "Ref;Wie;Wanneer;Uiterlijk;Hoeveel"
STRANGE_ROW = "F1;Bakker;13-01-2026;12-02-2026;1.234,56"


def test_columns_that_no_header_tells_are_asked_with_their_values(folder, keyboard):
    made = folder(STRANGE, STRANGE_ROW)
    # The debtor by its name, after a wrong number; the day and the amount by number; the due date.
    result = run(made, "--currency", "EUR", answers="9\nwie\n1\n1\n1\nj\n")
    assert result.exit_code == 0
    shown = flat(result.stdout)
    assert "Welke kolom van open.csv is: debiteurnummer?" in shown
    assert "1 Wanneer: 13-01-2026" in shown
    assert "leeg als geen kolom het is" in shown
    assert read_client(made).columns["invoices"] == {
        "customer_id": "Wie",
        "document": "Ref",
        "issued_on": "Wanneer",
        "due_on": "Uiterlijk",
        "amount": "Hoeveel",
    }


def test_yes_names_the_line_that_tells_a_column(folder):
    made = folder(
        "Debiteur;Factuurnr;Boekdatum;Vervaldatum;Hoeveel", "A;F1;13-1-2026;12-2-2026;5,00"
    )
    result = run(made, "--yes")
    assert result.exit_code == 1
    assert '[columns.invoices] amount = "Hoeveel"' in flat(result.stdout)
    assert '--column "amount=Hoeveel"' in flat(result.stdout)
    assert not (made / "client.toml").exists()
    assert run(made, "--yes", "--column", "amount=Hoeveel").exit_code == 0


def test_a_column_that_may_be_the_due_date_is_named(folder):
    made = folder(
        "Debiteur;Factuurnr;Factuurdatum;Uiterlijk;Bedrag", "A;F1;13-1-2026;12-2-2026;5,00"
    )
    result = run(made, "--yes", "--language", "en")
    assert result.exit_code == 0
    assert "no column recognised as due date. It may be: Uiterlijk." in flat(result.stdout)


def test_an_answer_of_no_use_ends_with_what_is_wrong(folder):
    made = folder("Debiteur;Factuurnr;Factuurdatum;Hoeveel", "A;F1;13-1-2026;veel")
    result = run(made, "--yes", "--column", "amount=Elders")
    assert result.exit_code == 2
    assert "geen kolom met het bedrag herkend" in flat(result.stderr)
    result = run(made, "--yes", "--column", "bedrag=Hoeveel")
    assert result.exit_code == 2
    assert "--column: 'bedrag=Hoeveel' kan niet" in flat(result.stderr)


SNELSTART = (
    "Factuurnummer;Factuurdatum;Vervaldatum;Klantnummer;Klant;Factuurbedrag;Openstaand saldo"
)
SNELSTART_ROW = "F1;13-01-2026;12-02-2026;1;Bakker;100,00;40,00"


def test_a_package_and_a_column_that_are_wrong_are_cleared(folder, keyboard):
    made = folder(SNELSTART, SNELSTART_ROW)
    answers = "n\n\n\ngeen\n\n\n\n\n\nopenstaand bedrag =\nbedrag = niets\n\nj\n"
    result = run(made, answers=answers)
    assert result.exit_code == 0, result.stdout
    config = read_client(made)
    assert config.profile == "none"
    assert config.columns["invoices"]["open_amount"] == ""
    assert read_ledger(made).items["amount_cents"].tolist() == [10000]
    assert read_ledger(made).settlements.empty


def test_check_counts_a_table_in_two_currencies_once(folder):
    head = "Debiteur;Factuurnr;Factuurdatum;Bedrag;Valuta"
    made = folder(head, "A;F1;13-1-2026;5,00;EUR", "B;F2;13-1-2026;7,00;USD")
    result = CliRunner().invoke(app, ["check", str(made), "--output", str(made.parent / "out")])
    shown = flat(result.stdout)
    assert "open.csv Facturen 2 2 0 " in shown
    assert "open.csv Facturen EUR 5,00 5,00" in shown
    assert "open.csv Facturen USD 7,00 7,00" in shown
