"""Public ledgers that nobody here wrote: their control totals, to the cent."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.read import read_ledger
from credit_helpers.portfolio.ledger import Ledger

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the public ledgers are not here")


def totals(ledger: Ledger, as_of: str) -> tuple[int, int, int, int]:
    """Return open cents and items, overdue cents and items."""
    open_items = ledger.at(pd.Timestamp(as_of)).open_items
    overdue = open_items[open_items["days_past_due"] > 0]
    return (
        int(open_items["outstanding_cents"].sum()),
        len(open_items),
        int(overdue["outstanding_cents"].sum()),
        len(overdue),
    )


def tied(ledger: Ledger) -> list[tuple[object, ...]]:
    """Return the tie-out in short: what, where, both figures, and the cause."""
    columns = ["what", "place", "source_cents", "own_cents", "cause"]
    return list(ledger.tie_out[columns].itertuples(index=False, name=None))


def dso(ledger: Ledger, as_of: str) -> float:
    snapshot = ledger.at(pd.Timestamp(as_of))
    sales = snapshot.sales
    year = sales["issued_on"] > snapshot.as_of - pd.Timedelta(days=365)
    return round(snapshot.outstanding_cents / sales.loc[year, "amount_cents"].sum() * 365, 2)


def test_month_first_invoices_with_their_settlement() -> None:
    ledger = read_ledger(DATA / "ibm_accounts_receivable.csv")
    assert ledger.items["amount_cents"].sum() == 14770318
    assert totals(ledger, "2013-06-30") == (511985, 84, 83556, 12)
    assert totals(ledger, "2012-12-31") == (572506, 99, 78874, 13)
    assert (dso(ledger, "2013-06-30"), dso(ledger, "2012-12-31")) == (23.74, 27.47)
    open_items = ledger.at(pd.Timestamp("2013-06-30")).open_items
    disputed = open_items[open_items["is_disputed"]]
    assert (disputed["outstanding_cents"].sum(), len(disputed)) == (180684, 27)


def test_five_dirty_tables_of_one_company() -> None:
    ledger = read_ledger(DATA / "order_to_cash")
    at_end, at_year_end = totals(ledger, "2026-03-31"), totals(ledger, "2025-12-31")
    assert (at_end[0], at_end[2], at_end[3]) == (3984769000, 3982841500, 2074)
    assert (at_year_end[0], at_year_end[2], at_year_end[3]) == (5271515800, 4140426800, 2099)
    assert (dso(ledger, "2026-03-31"), dso(ledger, "2025-12-31")) == (189.21, 187.62)
    assert len(ledger.customers) == 500
    assert ledger.quarantine["reason"].value_counts().to_dict() == {
        "exact_duplicate": 8,
        "missing_amount": 6,
    }
    cash = ledger.items[ledger.items["kind"] == "unapplied_cash"]
    assert (len(cash), int(cash["amount_cents"].sum())) == (3, -6636000)
    assert {"table_unused", "cash_unapplied"} <= {note.code for note in ledger.notes}


def test_a_workbook_with_ageing_columns_of_its_own() -> None:
    ledger = read_ledger(DATA / "ar_ageing_dataset.xlsx")
    assert ledger.reporting_currency == "INR"
    assert ledger.items["amount_cents"].sum() == 9666360000
    assert ledger.settlements["amount_cents"].sum() == 7887720000
    assert totals(ledger, "2026-03-31") == (1778640000, 46, 1324490000, 32)
    assert dso(ledger, "2026-03-31") == 67.16
    open_items = ledger.at(pd.Timestamp("2026-03-31")).open_items
    assert open_items.loc[open_items["is_disputed"], "outstanding_cents"].sum() == 424130000
    edges = [0, 30, 60, 90, 9999]
    ages = pd.cut(open_items["days_past_due"], edges)
    sums = open_items["outstanding_cents"].groupby(ages, observed=False).sum()
    assert sums.tolist() == [98250000, 242650000, 75720000, 907870000]


def test_open_items_in_two_currencies() -> None:
    ledger = read_ledger(DATA / "open_items_two_currencies.csv")
    (apart,) = ledger.apart
    assert (ledger.reporting_currency, apart.reporting_currency) == ("USD", "CAD")
    assert totals(ledger, "2020-05-31")[::2] == (27511371683, 27335670892)
    assert totals(apart, "2020-05-31")[::2] == (4447100908, 4447100908)
    assert totals(ledger, "2020-04-30")[::2] == (24800562366, 18692293410)
    assert totals(apart, "2020-04-30")[::2] == (3994497246, 3341090176)
    assert totals(ledger, "2020-05-31")[3] + totals(apart, "2020-05-31")[3] == 9570
    ids = pd.concat([ledger.customers, apart.customers])["customer_id"]
    assert ids.nunique() == 664
    assert ids.str.startswith("0").any()


def test_duplicates_under_a_byte_order_mark() -> None:
    ledger = read_ledger(DATA / "bad_input" / "duplicate_rows_bom.csv")
    assert ledger.intake["cents_in"].sum() == 3214000
    assert ledger.items["amount_cents"].sum() == 2979000
    assert ledger.at(pd.Timestamp("2026-01-31")).outstanding_cents == 1316500


def test_an_unquoted_decimal_comma_is_refused() -> None:
    with pytest.raises(InputError, match="rij 2.*puntkomma"):
        read_ledger(DATA / "bad_input" / "decimal_comma_unquoted.csv")


def test_the_debtors_of_an_audit_file() -> None:
    ledger = read_ledger(DATA / "xaf32_exact_online_2016.xml")
    sums = ledger.items.groupby("kind")["amount_cents"].agg(["sum", "size"])
    assert sums.loc["invoice"].tolist() == [10412237, 9]
    assert sums.loc["credit_note"].tolist() == [-650000, 3]
    assert sums.loc["unapplied_cash"].tolist() == [-40184246, 2]
    assert ledger.items.loc[ledger.items["kind"] == "credit_note", "due_on"].isna().all()
    assert totals(ledger, "2016-12-31")[::2] == (-30422009, 10412237)
    assert tied(ledger) == [("general_ledger", "1300", -30422009, -30422009, "")]
    assert ledger.observed_on == pd.Timestamp("2016-12-31")
    open_items = ledger.at(pd.Timestamp("2016-12-31")).open_items
    assert open_items.loc[open_items["days_past_due"] > 90, "outstanding_cents"].sum() == 10412237
