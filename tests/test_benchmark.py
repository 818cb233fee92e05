"""Published figures: each is whole, and the fitting one is the newest of its sector."""

from __future__ import annotations

import pytest

from credit_helpers.benchmark import KINDS, SECTORS, SIZES, benchmarks, beside, fitting
from credit_helpers.errors import LANGUAGES, InputError
from credit_helpers.intake.client import read_client
from credit_helpers.words import Words


def test_every_figure_has_its_year_its_kind_and_its_source() -> None:
    keys = [(b.measure, b.kind, b.sector, b.size, b.year, b.half) for b in benchmarks()]
    assert len(set(keys)) == len(keys)
    for each in benchmarks():
        assert each.kind in KINDS
        assert each.sector in ("", *SECTORS)
        assert each.size in ("", *SIZES)
        assert 0 < each.value < 1
        assert 2012 <= each.year <= 2026
        assert each.source
        assert not (each.sector and each.size)


def test_a_survey_and_ledgers_are_never_of_one_source() -> None:
    kinds = {each.source: each.kind for each in benchmarks()}
    assert all(kinds[each.source] == each.kind for each in benchmarks())


@pytest.mark.parametrize(
    ("sector", "value", "year"),
    [
        ("", 0.802, 2024),
        ("manufacturing", 0.691, 2024),
        ("construction", 0.722, 2022),
        ("wholesale", 0.802, 2024),
    ],
)
def test_the_newest_of_the_sector_fits_else_that_of_all(sector, value, year) -> None:
    found = fitting("on_time_share", "ledger", sector)
    assert (found.value, found.year) == (value, year)
    # the other sectors do not stand beside this client
    assert {b.sector for b in beside(sector)} <= {"", sector}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_a_name(language: str) -> None:
    words = Words(language)
    assert all(words.label(f"sector.{sector}") for sector in SECTORS)
    assert all(words.label(f"company_size.{size}") for size in SIZES)


def test_the_client_chooses_its_sector(tmp_path) -> None:
    (tmp_path / "client.toml").write_text('sector = "construction"', encoding="utf-8")
    assert read_client(tmp_path).sector == "construction"
    (tmp_path / "client.toml").write_text('sector = "bouw"', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_client(tmp_path)
    (fault,) = caught.value.faults
    assert (fault.code, fault.values["key"]) == ("config_value_wrong", "sector")
    assert '"construction"' in fault.values["allowed"]
