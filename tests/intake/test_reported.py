import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.client import read_client
from credit_helpers.intake.reported import reported_signals

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
