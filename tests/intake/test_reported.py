import pandas as pd
import pytest

from credit_helpers.audit.opening import open_audit
from credit_helpers.errors import InputError
from credit_helpers.intake.client import read_client
from credit_helpers.intake.read import read_ledger
from credit_helpers.intake.reported import SIGNALS, codes_of_signals, reported_signals
from credit_helpers.words import Words

GOOD = """
[[signals]]
customer_id = "00123"
date = 2026-05-01
signal = "staff_leaving"
"""


def test_what_a_person_saw_is_read(tmp_path):
    (tmp_path / "client.toml").write_text(GOOD, encoding="utf-8")
    rows = reported_signals(read_client(tmp_path))
    assert rows["customer_id"].tolist() == ["00123"]
    assert rows["reported_on"].dt.strftime("%Y-%m-%d").tolist() == ["2026-05-01"]
    assert rows["signal"].tolist() == ["staff_leaving"]


def test_a_client_without_signals_has_an_empty_table(tmp_path):
    (tmp_path / "client.toml").write_text("", encoding="utf-8")
    rows = reported_signals(read_client(tmp_path))
    assert rows.empty
    assert (rows["reported_on"] <= "2026-01-01").empty


def test_every_fault_is_named_at_once(tmp_path):
    text = GOOD.replace("staff_leaving", "hearsay").replace("2026-05-01", '"May"') + "by = 1"
    (tmp_path / "client.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_client(tmp_path)
    keys = [fault.values["key"] for fault in raised.value.faults]
    assert sorted(keys) == ["signals.1.by", "signals.1.date", "signals.1.signal"]


def test_a_list_of_something_else_is_refused(tmp_path):
    (tmp_path / "client.toml").write_text('signals = "staff"', encoding="utf-8")
    with pytest.raises(InputError):
        read_client(tmp_path)


INVOICES = """Factuurnr;Debiteurnummer;Naam;Factuurdatum;Vervaldatum;Bedrag
F1;00123;Tolsma;2026-03-01;2026-03-31;100,00
F2;00200;Ouwehand;2026-03-02;2026-04-01;250,00
"""
SHEET = """Debiteurnummer;Naam;Datum;Signaal;Gemeld door;Toelichting
00123;;2026-04-02;Onbereikbaar;J. Smit;telefoon uit
;Ouwehand;2026-04-03;bad_press;;
00123;;2026-04-04;roddel;;
00123;;;verhuisd;;
99999;;2026-04-05;verhuisd;;
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "facturen.csv").write_text(INVOICES, encoding="utf-8")
    (tmp_path / "opgevallen.csv").write_text(SHEET, encoding="utf-8")
    return tmp_path


def test_a_sheet_is_known_by_its_columns(folder):
    ledger = read_ledger(folder)
    assert ledger.signals.astype("string").fillna("").to_numpy().tolist() == [
        ["00123", "2026-04-02", "unreachable", "J. Smit", "telefoon uit"],
        ["00200", "2026-04-03", "bad_press", "", ""],
    ]
    aside = ledger.quarantine[["row", "table", "reason"]].to_numpy().tolist()
    assert sorted(aside) == [
        [4, "signals", "unknown_signal"],
        [5, "signals", "missing_date"],
        [6, "signals", "unknown_event"],
    ]


def test_a_sheet_and_the_settings_are_added_up(folder):
    (folder / "client.toml").write_text(
        GOOD + '[[signals]]\ncustomer_id = "00123"\ndate = 2026-04-02\nsignal = "unreachable"',
        encoding="utf-8",
    )
    found = open_audit(folder, as_of="2026-05-02").reported_signals
    assert found[["customer_id", "name", "signal"]].to_numpy().tolist() == [
        ["00123", "Tolsma", "staff_leaving"],
        ["00200", "Ouwehand", "bad_press"],
        ["00123", "Tolsma", "unreachable"],  # told twice, counted once
    ]
    assert open_audit(folder, as_of="2026-04-02").reported_signals["signal"].tolist() == [
        "unreachable"
    ]


def test_a_note_stays_out_of_an_edition_to_share(folder):
    made = open_audit(f"pseudonymised:{folder}", as_of="2026-05-02").reported_signals
    assert "note" not in made or made["note"].isna().all()
    assert not made["reported_by"].str.contains("Smit").any()
    assert made["name"].str.startswith("Debiteur").all()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_signal_is_known_by_its_name(language):
    names = [Words(language).label(f"reported_signal.{code}") for code in SIGNALS]
    assert codes_of_signals(pd.Series(names)).tolist() == list(SIGNALS)
