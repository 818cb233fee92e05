"""What payments that are not known well change, it is said of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from credit_helpers.audit.opening import open_audit
from credit_helpers.findings.caveats import DEPENDING
from credit_helpers.intake import build
from credit_helpers.intake.allocate import oldest_first

HEAD = "Debiteurnr;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Factuurbedrag;Kredietlimiet"
PAID = "Betalingsnummer;Debiteurnr;Factuurnummer;Betaaldatum;Bedrag betaald"
TOML = """name = "Jansen"
currency = "EUR"
as_of = 2026-02-28
[matching]
unreferenced = "oldest_first"
"""
FAR = pd.Timestamp("2040-01-01")
FIRST = pd.Timestamp("2000-01-01")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write 120 invoices of 8 debtors; of every three, two are paid without a number."""
    invoices, payments = [HEAD], [PAID]
    for n in range(120):
        issued = pd.Timestamp("2025-01-02") + pd.Timedelta(days=(n * 37) % 400)
        due, paid = (issued + pd.Timedelta(days=30 + more) for more in (0, (n * 13) % 50))
        debtor, amount = f"{n % 8:03d}", f"{100 + (n * 7919) % 900},00"
        invoices.append(
            f"{debtor};Klant;F-{1000 + n};{issued:%Y-%m-%d};{due:%Y-%m-%d};{amount};5000,00"
        )
        if n % 3:
            payments.append(f"B{n};{debtor};;{paid:%Y-%m-%d};{amount}")
    for name, text in (
        ("facturen.csv", "\n".join(invoices)),
        ("betalingen.csv", "\n".join(payments)),
        ("client.toml", TOML),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def newest_first(items: pd.DataFrame, settlements: pd.DataFrame) -> pd.DataFrame:
    """Return the allocation in the opposite order, of the same cents."""
    return oldest_first(items.assign(due_on=FAR - (items["due_on"] - FIRST)), settlements)


def told(audit: Any) -> dict[str, str]:
    """Return what each chapter concludes and finds, as one text to compare."""
    found = {name: repr((c.code, c.values)) for name, c in audit.conclusions.items()}
    for finding in audit.findings:
        found[finding.subject] += repr((finding.code, finding.value, finding.impact_cents))
    return found


def test_whatever_another_order_changes_has_the_caveat(folder: Path, monkeypatch) -> None:
    one = open_audit(folder, as_of="2026-02-28")
    monkeypatch.setattr(build, "oldest_first", newest_first)
    other = open_audit(folder, as_of="2026-02-28")
    assert one.snapshot.outstanding_cents == other.snapshot.outstanding_cents
    ours, theirs = told(one), told(other)
    changed = {name for name in ours if ours[name] != theirs[name]}
    # The page on the method says what is reported and why, and judges nothing itself.
    assert {"ageing", "behaviour", "priority"} <= changed <= {*DEPENDING, "method"}
    for name in DEPENDING:
        assert one.conclusions[name].caveats[0].code == "allocated"
    for finding in one.findings:
        assert bool(finding.caveats) == (finding.subject in DEPENDING)


OPEN = """Debiteurnr;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand bedrag
001;Noord;F1;2026-01-02;2026-02-01;100,00;0,00
002;Zuid;F2;2026-01-05;2026-02-04;250,00;250,00
"""


def test_a_payment_without_a_day_is_said_of_the_same_chapters(tmp_path: Path) -> None:
    (tmp_path / "posten.csv").write_text(OPEN, encoding="utf-8")
    (tmp_path / "client.toml").write_text(TOML, encoding="utf-8")
    audit = open_audit(tmp_path)
    told = {name: [c.code for c in one.caveats] for name, one in audit.conclusions.items()}
    assert {name for name, codes in told.items() if codes} == set(DEPENDING) & set(told)
    assert told["ageing"] == ["undated"] and told["concentration"] == []
    assert dict(audit.conclusions["ageing"].caveats[0].values) == {
        "items_count": 1,
        "undated_cents": 10_000,
    }
