"""What the files of a new client tell, what stays open, and that what is written reads back."""

from __future__ import annotations

import tomllib
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from credit_helpers.errors import InputError
from credit_helpers.intake.client import read_client
from credit_helpers.intake.client_file import KEPT_NAME, settled, write_client
from credit_helpers.intake.proposal import Proposal, propose, same
from credit_helpers.intake.read import read_ledger
from credit_helpers.words import Words

DUTCH = "Debiteurnummer;Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag"
ENGLISH = "Customer number;Customer;Invoice number;Invoice date;Due date;Amount"
ROW = "001;Alfa B.V.;F1;13-01-2026;12-02-2026;1.210,50"
OPEN_ROW = "001;Alfa B.V.;F1;03-01-2026;04-02-2026;1.210,50"


def told(folder: Path, key: str, **given: str) -> tuple[str, str]:
    """Return what is proposed for a setting, and the code of the reason."""
    answer = propose(folder, given).answers[key]
    return answer.value, answer.reason


def written(folder: Path, **given: str) -> Proposal:
    """Write the settings that are proposed, and return the proposal."""
    proposal = propose(folder, given)
    write_client(folder, settled(proposal, Words("nl")), is_forced=True)
    return proposal


@pytest.mark.parametrize(
    ("name", "titles", "expected"),
    [
        ("open.csv", ["Peildatum: 31-03-2026"], ("2026-03-31", "title")),
        ("open.csv", ["Afgedrukt op;14-04-2026", "Periode t/m;2026/03"], ("2026-03-31", "title")),
        ("open.csv", ["Periode: 01-01-2026 t/m 31-03-2026"], ("2026-03-31", "title")),
        ("open.csv", ["Printed on 14 April 2026", "As at 31 March 2026"], ("2026-03-31", "title")),
        ("open.csv", ["Afgedrukt op 14-04-2026", "t/m 31-12-2026"], ("2026-04-14", "title")),
        ("open.csv", ["Openstaande posten ultimo maart 2026"], ("2026-03-31", "title")),
        ("open_20260331.csv", [], ("2026-03-31", "file_name")),
        ("open 31-03-2026.csv", [], ("2026-03-31", "file_name")),
        ("open_2026-03-31.csv", ["Per 28-02-2026"], ("2026-02-28", "title")),
        ("open_2025-12-31.csv", [], ("", "no_export_day")),  # before the last document
        ("open.csv", [], ("", "no_export_day")),
    ],
)
def test_the_day_of_the_export(write, name, titles, expected) -> None:
    folder = write(name, *titles, DUTCH, ROW).parent
    assert told(folder, "observed_on") == expected
    as_of = (expected[0], "export_day") if expected[0] else ("2026-01-13", "latest")
    assert told(folder, "as_of") == as_of


def test_the_day_of_the_export_stands_below_the_rows(write) -> None:
    folder = write("open.csv", DUTCH, ROW, "", "Peildatum: 31-03-2026").parent
    assert told(folder, "observed_on") == ("2026-03-31", "title")


@pytest.mark.parametrize(
    "title",
    [
        "<table><tr><td>Openstaande posten per 31-03-2026</td></tr></table>",
        "<h2>Per 31-03-2026</h2>",
    ],
)
def test_the_day_of_the_export_stands_apart_on_a_page(tmp_path: Path, title: str) -> None:
    rows = ["".join(f"<td>{cell}</td>" for cell in line.split(";")) for line in (DUTCH, ROW)]
    page = f"<html><body>{title}<table><tr>{'</tr><tr>'.join(rows)}</tr></table></body></html>"
    (tmp_path / "open.xls").write_text(page, encoding="utf-8")
    assert told(tmp_path, "observed_on") == ("2026-03-31", "title")
    codes = {note.code for note in propose(tmp_path, {}).reading.notes}
    assert codes == {"currency_assumed"}


def test_the_day_of_the_export_stands_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "open.xlsx") as book:
        book.add_worksheet("Voorblad").write_column(
            0, 0, ["Voorbeeld B.V.", "Stand per 31-03-2026"]
        )
        sheet = book.add_worksheet("Posten")
        for number, line in enumerate((DUTCH, ROW)):
            sheet.write_row(number, 0, line.split(";"))
    assert told(tmp_path, "observed_on") == ("2026-03-31", "title")


def test_a_day_in_a_title_is_read_in_the_order_of_the_dates(write) -> None:
    folder = write("open.csv", "Per 01-02-2026", DUTCH, ROW).parent
    assert told(folder, "observed_on") == ("2026-02-01", "title")


@pytest.mark.parametrize(
    ("head", "row", "dates", "decimals"),
    [
        (DUTCH, ROW, ("day-month-year", "dates_proven"), (",", "decimals_proven")),
        (DUTCH, OPEN_ROW, ("", "dates_open"), (",", "decimals_proven")),
        (
            DUTCH,
            "1;Alfa;F1;2026-01-03;2026-02-04;1.210",
            ("", "dates_plain"),
            ("", "decimals_open"),
        ),
        (
            DUTCH,
            "1;Alfa;F1;2026-01-03;2026-02-04;1210",
            ("", "dates_plain"),
            ("", "decimals_plain"),
        ),
    ],
)
def test_dates_and_decimals(write, head, row, dates, decimals) -> None:
    folder = write("open.csv", head, row).parent
    assert (told(folder, "dates"), told(folder, "decimals")) == (dates, decimals)


def test_what_a_package_always_writes_answers_the_question(write) -> None:
    head = "Konto\tBelegnummer\tBelegart\tBelegdatum\tNettofälligkeit\tBetrag in Hauswährung"
    folder = write("open.csv", head, "1\t9\tRV\t03/01/2026\t04/02/2026\t1.000,00").parent
    assert told(folder, "dates") == ("day-month-year", "package")
    assert told(folder, "profile") == ("sap_fbl5n_de", "profile")
    assert propose(folder, {}).ledger is not None


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        (DUTCH, ROW, ("EUR", "dutch_currency")),
        (ENGLISH, ROW, ("", "no_currency")),
        (ENGLISH, ROW.replace("1.210,50", "£ 1.210,50"), ("GBP", "stated")),
        (f"{ENGLISH};Currency", f"{ROW};SEK", ("SEK", "column")),
    ],
)
def test_the_currency(write, head, row, expected) -> None:
    assert told(write("open.csv", head, row).parent, "currency") == expected


def test_of_two_currencies_the_most_frequent_one_reports(write) -> None:
    rows = [
        f"1;Alfa;F{n};13-01-2026;12-02-2026;10,00;{'USD' if n < 3 else 'CAD'}" for n in range(4)
    ]
    folder = write("open.csv", f"{ENGLISH};Currency", *rows).parent
    assert told(folder, "currency") == ("USD", "most")
    assert same(written(folder).ledger, read_ledger(folder))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Jansen Installaties B.V.", ("Jansen Installaties B.V.", "title")),
        ("Administratie: 12 - De Vries en Zoon", ("De Vries en Zoon", "title")),
        ("Openstaande posten", ("klant", "folder")),
    ],
)
def test_the_name_of_the_client(tmp_path, title, expected) -> None:
    folder = tmp_path / "klant"
    folder.mkdir()
    (folder / "open.csv").write_text("\n".join([title, "", DUTCH, ROW]), encoding="utf-8")
    assert told(folder, "name") == expected


def test_the_language_is_that_of_the_columns(write) -> None:
    assert told(write("open.csv", DUTCH, ROW).parent, "language") == ("nl", "headers")
    assert told(write("open.csv", ENGLISH, ROW).parent, "language") == ("en", "headers")
    assert told(write("open.csv", ENGLISH, ROW).parent, "language", language="nl") == (
        "nl",
        "given",
    )


def test_what_is_written_gives_the_same_ledger(write) -> None:
    folder = write("facturen.csv", DUTCH, ROW).parent
    write("betalingen.csv", "Factuurnummer;Betaaldatum;Bedrag", "F1;20-02-2026;210,50")
    write("verkooporders.csv", "Ordernummer;Artikel", "1;Schroef")
    proposal = written(folder)
    assert same(proposal.ledger, read_ledger(folder))
    config = read_client(folder)
    assert config.files == {"invoices": ("facturen.csv",), "payments": ("betalingen.csv",)}
    assert config.columns["payments"]["settled_on"] == "Betaaldatum"
    assert (config.dates, config.decimals, config.currency) == ("day-month-year", ",", "EUR")
    assert f"{config.as_of:%Y-%m-%d}" == "2026-02-20"
    notes = [note.values for note in read_ledger(folder).notes if note.code == "file_not_named"]
    assert notes == [{"file": "verkooporders.csv"}]


def test_sheets_of_one_workbook_and_files_of_an_archive(tmp_path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "boek.xlsx")) as book:
        for name, rows in (
            (
                "Open posten",
                [DUTCH.split(";"), ["1", "Alfa", "F1", "2026-01-13", "2026-02-12", 10]],
            ),
            ("Klanten", [["Debiteurnummer", "Naam", "Land"], ["1", "Alfa", "NL"]]),
            ("Kladblok", [["wat", "losse"], ["woorden", "hier"]]),
        ):
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    proposal = written(tmp_path)
    assert read_client(tmp_path).files == {
        "invoices": ("boek.xlsx [Open posten]",),
        "customers": ("boek.xlsx [Klanten]",),
    }
    assert same(proposal.ledger, read_ledger(tmp_path))

    inside = tmp_path / "zip"
    inside.mkdir()
    with zipfile.ZipFile(inside / "export.zip", "w") as archive:
        archive.writestr("facturen.csv", f"{DUTCH}\n{ROW}\n")
        archive.writestr("klanten.csv", "Debiteurnummer;Naam;Land\n001;Alfa B.V.;NL\n")
    proposal = written(inside)
    assert read_client(inside).files["invoices"] == ("export.zip",)
    assert same(proposal.ledger, read_ledger(inside))


def test_a_receipt_without_a_currency_is_in_that_of_the_invoices(write) -> None:
    folder = write("facturen.csv", f"{ENGLISH};Currency", f"{ROW};GBP").parent
    receipts = "Customer number;Invoice number;Payment date;Amount"
    write("payments.csv", receipts, "001;F99;20-02-2026;5,00")
    written(folder)
    ledger = read_ledger(folder)
    assert ledger.reporting_currency == "GBP"
    assert not ledger.apart


def test_the_name_of_an_archive_tells_the_day_too(tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "export_20260331.zip", "w") as archive:
        archive.writestr("facturen.csv", f"{DUTCH}\n{ROW}\n")
    answer = propose(tmp_path, {}).answers["observed_on"]
    assert (answer.value, answer.values) == ("2026-03-31", {"file": "export_20260331.zip"})


def test_the_day_waits_for_the_dates(write) -> None:
    folder = write("open.csv", DUTCH, OPEN_ROW).parent
    assert told(folder, "as_of") == ("", "waits")


HOSTILE = (
    'Bedrag"',
    "Bedrag '''",
    'Bedrag \\" #',
    "Bedrag\u00ad",
    "Bedrag (\x7f\x1b[)",
    "[Bedrag] = {}",
    'Factuur"\nbedrag',
)


@pytest.mark.parametrize("header", HOSTILE)
def test_hostile_names_stay_names(tmp_path, header) -> None:
    folder = tmp_path / 'x"\\]'
    folder.mkdir()
    name = "a\"b'c].csv"
    title = 'Alfa "]\\ B.V.'
    head = DUTCH.replace("Bedrag", f'"{header.replace(chr(34), 2 * chr(34))}"')
    lines = [title, "", head, ROW]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    proposal = written(folder)
    values = tomllib.loads((folder / "client.toml").read_text(encoding="utf-8"))
    assert values["files"] == {"invoices": name}
    assert values["name"] == title
    assert values["columns"]["invoices"]["amount"] == header
    assert set(values) == {"name", "language", "currency", "as_of", "formats", "files", "columns"}
    assert same(proposal.ledger, read_ledger(folder))


def test_settings_are_only_replaced_when_asked_and_the_old_ones_are_kept(write) -> None:
    folder = write("open.csv", DUTCH, ROW).parent
    write("client.toml", "# mine", 'name = "Mijn eigen"')
    text = settled(propose(folder, {}), Words("en"))
    with pytest.raises(InputError, match="heeft al instellingen"):
        write_client(folder, text)
    assert read_client(folder).name == "Mijn eigen"
    write_client(folder, text, is_forced=True)
    assert (folder / KEPT_NAME).read_text(encoding="utf-8").startswith("# mine")
    assert sorted(path.name for path in folder.iterdir()) == [
        KEPT_NAME,
        "client.toml",
        "open.csv",
    ]


def test_a_question_keeps_the_settings_from_being_written(write) -> None:
    proposal = propose(write("open.csv", ENGLISH, OPEN_ROW).parent, {})
    assert proposal.open_keys == ("currency", "dates")
    with pytest.raises(InputError, match="1 februari"):
        settled(proposal, Words("nl"))
    answered = propose(proposal.folder, {"dates": "day-month-year", "currency": "EUR"})
    assert answered.open_keys == ()
    assert answered.answers["as_of"].value == "2026-01-03"


def test_files_that_cannot_be_read_are_told_at_once(write) -> None:
    folder = write("crediteuren.csv", DUTCH.replace("Debiteur", "Crediteur"), ROW).parent
    write("leeg.xlsx")
    with pytest.raises(InputError) as caught:
        propose(folder, {})
    assert {fault.code for fault in caught.value.faults} >= {"creditor_list", "file_empty"}
    with pytest.raises(InputError, match="geen map"):
        propose(folder / "crediteuren.csv", {})
