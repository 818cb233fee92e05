"""A client folder: several files, payments, limits, currencies, and client.toml."""

from __future__ import annotations

import pandas as pd
import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.client import read_client
from credit_helpers.intake.read import read_ledger
from credit_helpers.intake.slug import slug

HEAD = "Factuurnummer;Debiteurnummer;Factuurdatum;Vervaldatum;Factuurbedrag"


def folder_of(write, *payments: str, head: str = "Factuurnummer;Betaaldatum;Betaald bedrag"):
    write(
        "facturen.csv",
        HEAD,
        "F1;1;13-01-2026;12-02-2026;100,00",
        "F2;2;14-01-2026;13-02-2026;50,00",
        "F3;2;15-01-2026;14-02-2026;",
        "F4;2;15-01-2026;14-02-2026;-30,00",
    )
    return write("betalingen.csv", head, *payments).parent


def test_payments_settle_and_the_rest_is_unapplied(write) -> None:
    folder = folder_of(
        write,
        "F1;20-02-2026;60,00",
        "F1;25-02-2026;40,00",
        "F3;26-02-2026;75,00",
        "F9;26-02-2026;12,00",
        "F4;27-02-2026;30,00",
    )
    ledger = read_ledger(folder)
    assert ledger.settlements["amount_cents"].tolist() == [6000, 4000, 3000]
    cash = ledger.items[ledger.items["kind"] == "unapplied_cash"].iloc[0]
    assert (cash["customer_id"], cash["amount_cents"]) == ("2", -7500)
    assert (cash["issued_on"], cash["due_on"]) == (
        pd.Timestamp("2026-02-26"),
        pd.Timestamp("2026-02-14"),
    )
    assert ledger.items.set_index("item_id")["kind"]["F4"] == "invoice"
    aside = ledger.quarantine.set_index("reason")["row"].to_dict()
    assert aside == {"missing_amount": 4, "unknown_document": 5}
    assert ledger.at(pd.Timestamp("2026-03-31")).outstanding_cents == 5000 - 6000 - 7500


def test_payment_with_a_customer_but_no_invoice_is_kept(write) -> None:
    head = "Debiteurnummer;Factuurnummer;Betaaldatum;Betaald bedrag"
    ledger = read_ledger(folder_of(write, "1;;20-02-2026;60,00", head=head))
    cash = ledger.items[ledger.items["kind"] == "unapplied_cash"]
    assert cash["amount_cents"].tolist() == [-6000]
    assert cash["customer_id"].tolist() == ["1"]


def test_payment_of_an_invoice_in_parts_pays_the_earliest_first(write) -> None:
    write("facturen.csv", HEAD, "F1;1;13-01-2026;14-02-2026;50", "F1;1;13-01-2026;13-03-2026;50")
    path = write(
        "betalingen.csv", "Factuurnummer;Betaaldatum;Betaald bedrag", "F1;20-02-2026;60,00"
    )
    ledger = read_ledger(path.parent)
    paid = ledger.settlements.set_index("item_id")["amount_cents"].to_dict()
    assert paid == {"1/F1/2": 5000, "1/F1/3": 1000}


def test_customers_limits_and_terms(write) -> None:
    folder = folder_of(write, "F1;20-02-2026;60,00")
    write(
        "klanten.csv",
        "Debiteurnummer;Naam;Betalingstermijn;Regio;Kredietlimiet;Type klant",
        "1;Alfa;30 dagen;Noord;1000;zakelijk",
        "2;Beta;Net 14;Zuid;2000;consument",
        "2;Beta;Net 14;Zuid;2000;consument",
        "3;Gamma;NAA8;Zuid;;zakelijk",
    )
    write("limieten.csv", "Debiteurnummer;Kredietlimiet;Verzekerde limiet", "2;2500;1500")
    customers = read_ledger(folder).customers.set_index("customer_id")
    assert customers["terms_days"].tolist() == [30, 14, pd.NA]
    assert customers["credit_limit_cents"].tolist() == [100000, 250000, pd.NA]
    assert customers["insured_limit_cents"].tolist() == [pd.NA, 150000, pd.NA]
    assert customers["region"].tolist() == ["Noord", "Zuid", "Zuid"]
    assert customers["is_consumer"].tolist() == [False, True, False]


def test_promises_disputes_and_reminders(write) -> None:
    folder = folder_of(write, "F1;20-02-2026;60,00")
    write(
        "toezeggingen.csv",
        "Debiteurnummer;Factuurnummer;Toegezegd op;Toegezegd voor;Toegezegd bedrag",
        "1;F1;20-02-2026;25-02-2026;40,00",
    )
    write("betwistingen.csv", "Factuurnummer;Betwist op;Reden betwisting", "F2;20-02-2026;Prijs")
    write("aanmaningen.csv", "Factuurnummer;Verzonden op;Niveau;Kanaal", "F2;20-02-2026;2;e-mail")
    ledger = read_ledger(folder)
    assert ledger.promises["amount_cents"].tolist() == [4000]
    assert ledger.disputes["item_id"].tolist() == ["F2"]
    assert ledger.reminders["level"].tolist() == [2]


CURRENCIES = (
    "Debiteur;Factuurnr;Factuurdatum;Vervaldatum;Bedrag;Openstaand;Valuta",
    "A;1;13-01-2026;12-02-2026;100,00;100,00;EUR",
    "A;2;13-01-2026;12-02-2026;100,00;0,00;USD",
    "B;3;13-01-2026;12-02-2026;10,00;10,00;SEK",
    "A;4;13-01-2026;12-02-2026;70,00;70,00;EUR",
)


def test_currencies_with_and_without_a_rate(write) -> None:
    write("client.toml", "[rates]", "USD = 0.9171")
    ledger = read_ledger(write("f.csv", *CURRENCIES))
    assert ledger.reporting_currency == "EUR"
    assert ledger.items["amount_cents"].tolist() == [10000, 9171, 7000]
    assert ledger.items["amount_minor"].tolist() == [10000, 10000, 7000]
    assert ledger.at(pd.Timestamp("2026-03-31")).outstanding_cents == 17000
    (apart,) = ledger.apart
    assert (apart.reporting_currency, apart.items["amount_cents"].tolist()) == ("SEK", [1000])
    assert ledger.customers["customer_id"].tolist() == ["A"]
    assert [n.values["currency"] for n in ledger.notes if n.code == "rate_missing"] == ["SEK"]


def test_base_amounts_go_before_rates(write) -> None:
    ledger = read_ledger(
        write(
            "bc.csv",
            "Customer_No,Posting_Date,Due_Date,Document_No,Currency_Code,Amount,Amount_LCY",
            "1,2026-01-13,2026-02-12,S1,,121.00,121.00",
            "2,2026-01-14,2026-02-12,S2,USD,100.00,92.00",
        )
    )
    assert ledger.items["amount_cents"].tolist() == [12100, 9200]
    assert ledger.apart == ()


def test_client_toml_answers_questions_and_maps_columns(write) -> None:
    path = write(
        "lijst.csv",
        "Wie;Nummer;Boekdag;Uiterlijk;Waarde X",
        "A;1;01-02-2026;03-04-2026;1.234",
        "B;2;02-03-2026;04-05-2026;5.678",
    )
    write(
        "client.toml",
        'name = "Jansen Bouw B.V."',
        "observed_on = 2026-11-02",
        "[formats]",
        'dates = "day-month-year"',
        'decimals = ","',
        "[columns.invoices]",
        'customer_id = "Wie"',
        'document = "Nummer"',
        'issued_on = "Boekdag"',
        'due_on = "Uiterlijk"',
        'amount = "Waarde X"',
    )
    ledger = read_ledger(path)
    assert ledger.items["amount_cents"].tolist() == [123400, 567800]
    assert ledger.items["due_on"].iloc[0] == pd.Timestamp("2026-04-03")
    assert ledger.observed_on == pd.Timestamp("2026-11-02")
    assert read_client(path).slug == "jansen-bouw-b-v"


def test_missing_due_dates_follow_terms_only_when_told(write) -> None:
    path = write("f.csv", HEAD, "F1;1;13-01-2026;;100,00", "F2;1;13-01-2026;12-02-2026;100,00")
    assert read_ledger(path).items["due_on"].isna().sum() == 1
    write("client.toml", "[terms]", "missing_due_date = 14")
    assert read_ledger(path).items["due_on"].iloc[0] == pd.Timestamp("2026-01-27")


def test_everything_wrong_in_client_toml_at_once(write) -> None:
    folder = write(
        "client.toml",
        'langage = "nl"',
        "name = 3",
        "[formats]",
        'dates = "dmy"',
        "[columns.invoices]",
        'bedrag = "X"',
        "[rates]",
        "USD = -1",
        "[policy.ageing]",
        "max_overdue_shar = 0.2",
        "[files]",
        'invoices = "weg.csv"',
    ).parent
    with pytest.raises(InputError) as caught:
        read_client(folder)
    text = caught.value.text("nl")
    assert "'langage' is onbekend. Bedoelt u 'language'?" in text
    assert "'formats.dates' kan niet 'dmy' zijn" in text
    assert "max_overdue_share" in text
    assert "weg.csv: dit bestand bestaat niet" in text
    assert len(caught.value.faults) == 7


def test_an_unknown_profile_is_refused_with_the_ones_there_are(write) -> None:
    with pytest.raises(InputError) as caught:
        read_client(write("client.toml", 'profile = "exact"'))
    assert "'profile' kan niet 'exact' zijn" in caught.value.text("nl")
    assert '"exact_online"' in caught.value.text("nl")


def test_files_of_one_role_and_sheets_of_one_file_are_named(write) -> None:
    head = "Debiteurnummer;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag"
    for number in (1, 2, 3):
        write(f"deel{number}.csv", head, f"K{number};Alfa;F{number};13-01-2026;12-02-2026;100,00")
    config = write("client.toml", "[files]", 'invoices = ["deel1.csv", "deel3.csv"]')
    assert read_ledger(config.parent).items["item_id"].tolist() == ["F1", "F3"]
    write("client.toml", "[files]", 'invoices = ["deel1.csv", 3]', 'payments = "../x.csv"')
    with pytest.raises(InputError) as caught:
        read_client(config)
    assert [fault.values["key"] for fault in caught.value.faults] == [
        "files.invoices",
        "files.payments",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Zoë & Zn.", "zoe-zn"), ("../../etc", "etc"), ("NUL", "client-nul"), ("日本", "client")],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_events_about_nothing_known_are_set_aside(write) -> None:
    head = "Debiteurnummer;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag"
    write(
        "facturen.csv",
        head,
        "1;Alfa;F1;13-01-2026;12-02-2026;40,00",
        "1;Alfa;F2;13-01-2026;12-02-2026;veel",
        "1;Alfa;F3;14-01-2026;12-02-2026;40,50",
    )
    write("aanmaningen.csv", "Factuurnummer;Aanmaandatum;Niveau", "F1;20-02-2026;1",
          "F2;20-02-2026;1", "F9;20-02-2026;1")  # fmt: skip
    write("betwistingen.csv", "Factuurnummer;Betwist op;Reden betwisting", "F9;20-02-2026;prijs")
    path = write("toezeggingen.csv", "Debiteurnummer;Toegezegd op;Toegezegd voor;Toegezegd bedrag",
                 "1;20-02-2026;28-02-2026;40,00", "8;20-02-2026;28-02-2026;41,00")  # fmt: skip
    ledger = read_ledger(path.parent)
    assert (len(ledger.reminders), len(ledger.disputes), len(ledger.promises)) == (1, 0, 1)
    aside = ledger.quarantine[ledger.quarantine["reason"] == "unknown_event"]
    assert sorted(zip(aside["table"], aside["row"], strict=True)) == [
        ("disputes", 2), ("promises", 3), ("reminders", 3), ("reminders", 4),
    ]  # fmt: skip
    counts = ledger.intake
    assert (counts["rows_accepted"] + counts["rows_quarantined"]).equals(counts["rows_in"])
