"""The control totals of public ledgers, as ``results.json`` states them.

The files lie beside the project; without them these tests are skipped.
"""

from pathlib import Path

import pytest

from credit_helpers.audit import open_audit
from credit_helpers.report.checks import checks_of
from credit_helpers.report.results import results_of

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the public ledgers are not here")


@pytest.mark.parametrize(
    ("client", "as_of", "outstanding", "overdue", "overdue_items", "dso"),
    [
        ("ibm_accounts_receivable.csv", "2013-06-30", 511_985, 83_556, 12, 23.74),
        ("ibm_accounts_receivable.csv", "2012-12-31", 572_506, 78_874, 13, 27.47),
        ("order_to_cash", "2026-03-31", 3_984_769_000, 3_982_841_500, None, 189.21),
        ("order_to_cash", "2025-12-31", 5_271_515_800, 4_140_426_800, None, 187.62),
    ],
)
def test_control_totals_agree_to_the_cent(client, as_of, outstanding, overdue, overdue_items, dso):
    audit = open_audit(DATA / client, as_of=as_of)
    figures = {key: figure["value"] for key, figure in results_of(audit, [])["figures"].items()}
    assert figures["ageing.outstanding_cents"] == outstanding
    assert figures["ageing.overdue_cents"] == overdue
    assert overdue_items in (None, figures["ageing.overdue_items_count"])
    assert figures["dso.dso_days"] == pytest.approx(dso, abs=0.005)
    assert {check.difference for check in checks_of(audit)} == {0}


def test_currencies_without_a_rate_stand_beside_each_other():
    audit = open_audit(DATA / "open_items_two_currencies.csv", as_of="2020-05-31")
    rows = {row["currency"]: row for row in results_of(audit, [])["currencies"]}
    assert rows["USD"]["outstanding_cents"] == 27_511_371_683
    assert rows["USD"]["overdue_cents"] == 27_335_670_892
    assert rows["CAD"]["outstanding_cents"] == 4_447_100_908
    assert rows["CAD"]["overdue_cents"] == 4_447_100_908
