"""What only the client can tell of itself, in ``client.toml``."""

import math

import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.client import read_client
from credit_helpers.intake.facts import Facts


def told(folder, text):
    (folder / "client.toml").write_text(text, encoding="utf-8")
    return read_client(folder)


def test_facts_are_read(tmp_path):
    text = "[client]\ngross_margin = 0.3\ncollection_cost = 2500.5\ninterest_rate = 0.07"
    assert told(tmp_path, text).facts == Facts(0.3, 250_050.0, 0.07)


def test_what_is_not_told_stays_unknown(tmp_path):
    assert all(math.isnan(value) for value in vars(told(tmp_path, "").facts).values())


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("gross_margin = 32", "client.gross_margin"),
        ("gross_margin = 0", "client.gross_margin"),
        ("collection_cost = -1", "client.collection_cost"),
        ('interest_rate = "7%"', "client.interest_rate"),
        ("interest_rate = true", "client.interest_rate"),
        ("interest_rate = nan", "client.interest_rate"),
        ("margin = 0.3", "client.margin"),
    ],
)
def test_what_cannot_be_is_named(tmp_path, line, key):
    with pytest.raises(InputError) as raised:
        told(tmp_path, f"[client]\n{line}")
    assert [fault.values["key"] for fault in raised.value.faults] == [key]
