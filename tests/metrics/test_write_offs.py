import numpy as np
import pytest

from credit_helpers.metrics import write_offs
from tests.metrics.portfolio import DAY, ledger_of

ITEMS = (
    ("F1", "1", "invoice", "2025-03-31", None, 99_000),  # 365 days ago: outside
    ("F2", "1", "invoice", "2025-04-01", None, 10_000),
    ("C1", "1", "credit_note", "2026-03-31", None, -2_000),
    ("U1", "1", "unapplied_cash", "2026-03-01", None, -5_000),
)
BOOKED = (
    ("F1", "2025-03-31", "write_off", 5_000),
    ("F1", "2026-03-31", "write_off", 400),
    ("F2", None, "write_off", 30),
    ("F2", "2026-03-31", "credit", 2_000),  # matches C1
    ("C1", "2026-03-31", "credit", -2_000),
    ("F2", "2026-02-01", "credit", 500),  # no credit note of its own
)


def test_write_offs_and_credit_notes_of_the_period():
    now = ledger_of(ITEMS, BOOKED).at(DAY)
    figures = write_offs.figures(now.items, now.settlements, as_of=DAY, period_days=365)
    assert figures.written_off_cents == 400
    assert figures.written_off_share == pytest.approx(400 / 8_000)
    assert figures.credit_notes_cents == 2_500
    assert figures.credit_notes_share == pytest.approx(2_500 / 10_000)


def test_an_empty_ledger():
    now = ledger_of().at(DAY)
    figures = write_offs.figures(now.items, now.settlements, as_of=DAY, period_days=365)
    assert (figures.written_off_cents, figures.credit_notes_cents) == (0, 0)
    assert np.isnan([figures.written_off_share, figures.credit_notes_share]).all()
