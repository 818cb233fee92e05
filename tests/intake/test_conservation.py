"""Whatever a file holds: accepted plus set aside is the input, in rows and in cents."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credit_helpers.intake.check import check
from credit_helpers.intake.read import ledger_of, read_client

HEAD = "Debiteurnummer;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Valuta"
GOOD = "1;Alfa;G{};13-01-2026;12-02-2026;1.000,00;EUR"
CENTS = st.integers(-99_999_999, 99_999_999)


def written(cents: int) -> str:
    text = f"{abs(cents) // 100:,}".replace(",", ".") + f",{abs(cents) % 100:02d}"
    return ("-" if cents < 0 else "") + text


ROWS = st.tuples(
    st.sampled_from(["", "7", "008", "NA"]),
    st.sampled_from(["", "Bakker", "Totaal", "=1+1", "Zoë's"]),
    st.sampled_from(["", "F1", "F2", "0017"]),
    st.sampled_from(["", "13-01-2026", "2026-01-14", "31-02-2026", "00-00-0000"]),
    st.sampled_from(["", "12-02-2026", "onbekend", "2026-03-01"]),
    st.one_of(CENTS, st.sampled_from(["", "tien", "-"])),
    st.sampled_from(["EUR", "USD", ""]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROWS, max_size=12))
def test_rows_and_cents_are_conserved(rows: list[tuple[object, ...]]) -> None:
    lines = [GOOD.format(number) for number in range(14)]
    cents, count = 14 * 100_000, 14
    for row in rows:
        amount = row[5]
        known = amount if isinstance(amount, int) else 0
        cells = [str(cell) for cell in row[:5]]
        cells += [written(amount) if isinstance(amount, int) else str(amount), str(row[6])]
        lines.append(";".join(cells))
        if any(cells):
            count += 1
            cents += known
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dirty.csv"
        path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
        ledger, reading = ledger_of(path, read_client(path))
    assert ledger is not None, reading.faults
    intake = ledger.intake
    assert int(intake["rows_in"].sum()) == count
    assert int(intake["cents_in"].sum()) == cents
    assert (intake["rows_accepted"] + intake["rows_quarantined"]).equals(intake["rows_in"])
    assert (intake["cents_accepted"] + intake["cents_quarantined"]).equals(intake["cents_in"])
    assert len(ledger.quarantine) == int(intake["rows_quarantined"].sum())
    items = pd.concat([part.items for part in (ledger, *ledger.apart)])
    assert int(items["amount_minor"].sum()) == int(intake["cents_accepted"].sum())
    assert len(items) == int(intake["rows_accepted"].sum())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_the_check_fail(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(data)
        assert check(path).needs_person
