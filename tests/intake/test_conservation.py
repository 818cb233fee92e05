"""Whatever a file holds: accepted plus set aside is the input, in rows and in cents."""

from __future__ import annotations

import importlib.util
import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from credit_helpers.intake.check import check
from credit_helpers.intake.read import ledger_of, read_client
from credit_helpers.portfolio.ledger import Ledger


def _beside(name: str):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


formats, audit = _beside("formats"), _beside("audit_files")
HEAD = [
    "Debiteurnummer", "Naam", "Factuurnummer", "Factuurdatum", "Vervaldatum", "Bedrag", "Valuta",
]  # fmt: skip
GOOD = [
    [str(1 + n % 3), "Alfa", f"G{n}", date(2026, 1, 13 + n), date(2026, 2, 12), 1000.0, "EUR"]
    for n in range(14)
]
CENTS = st.integers(-99_999_999, 99_999_999)
AMOUNT = CENTS.map(lambda cents: cents / 100)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "7", "008", "NA"]),
        st.sampled_from(["", "Bakker", "Totaal", "=1+1", "Zoë's", "<b>x</b>", "a\tb; c|d,e"]),
        st.sampled_from(["", "F1", "F2", "0017"]),
        st.sampled_from(["", date(2026, 1, 13), "31-02-2026", "00-00-0000"]),
        st.sampled_from(["", date(2026, 3, 1), "onbekend"]),
        st.one_of(AMOUNT, st.sampled_from(["", "tien", "-"])),
        st.sampled_from(["EUR", "USD", ""]),
    ),
    max_size=12,
)
MANY = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(name: str, data: bytes) -> Ledger:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        ledger, reading = ledger_of(path, read_client(path))
    assert ledger is not None, [fault.text("en") for fault in reading.faults]
    return ledger


def conserved(ledger: Ledger, count: int, cents: int) -> None:
    """Every row and every cent of the invoices is in the ledger or in quarantine."""
    intake = ledger.intake
    mine = intake[intake["table"] == "invoices"]
    assert int(mine["rows_in"].sum()) == count
    assert int(mine["cents_in"].sum()) == cents
    assert (intake["rows_accepted"] + intake["rows_quarantined"]).equals(intake["rows_in"])
    assert (intake["cents_accepted"] + intake["cents_quarantined"]).equals(intake["cents_in"])
    assert len(ledger.quarantine) == int(intake["rows_quarantined"].sum())
    assert int(ledger.quarantine["cents"].sum()) == int(intake["cents_quarantined"].sum())


def in_items(ledger: Ledger) -> tuple[int, int]:
    items = pd.concat([part.items for part in (ledger, *ledger.apart)])
    return len(items), int(items["amount_minor"].sum())


@pytest.mark.parametrize("name", formats.WRITERS)
@MANY
@given(ROWS)
def test_rows_and_cents_are_conserved(name: str, rows: list[tuple[formats.Cell, ...]]) -> None:
    filled = [row for row in rows if any(cell != "" for cell in row)]
    cents = sum(round(row[5] * 100) for row in rows if isinstance(row[5], float))
    ledger = read(name, formats.WRITERS[name]([HEAD, *GOOD, *rows]))
    conserved(ledger, 14 + len(filled), 14 * 100_000 + cents)
    accepted = ledger.intake[["rows_accepted", "cents_accepted"]].sum()
    assert in_items(ledger) == tuple(accepted)


DAY = st.sampled_from(["2025-03-01", "2025-02-30", "", "onbekend"])
NUMBER = st.one_of(CENTS.map(lambda c: f"{c / 100:.2f}"), st.sampled_from(["", "tien"]))
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "amnt": NUMBER,
            "amntTp": st.sampled_from(["D", "C"]),
            "custSupID": st.sampled_from(["1", "9", ""]),
            "invRef": st.sampled_from(["F1", "F2", "0", ""]),
            "invDt": DAY,
            "invDueDt": DAY,
        }
    ),
    max_size=8,
)
PEOPLE = [{"custSupID": "1", "custSupName": "Alfa", "custSupTp": "C"}]
FIRST = {
    "amnt": "100.00", "custSupID": "1", "invDt": "2025-03-01", "invDueDt": "2025-03-31",
}  # fmt: skip
# A column that is wrong for the most part is refused, so most of each file is right.
SOUND = [FIRST | {"invRef": f"G{n}"} for n in range(10)]


def signed(line: dict[str, str]) -> int:
    try:
        cents = round(float(line["amnt"]) * 100)
    except ValueError:
        return 0
    return -cents if line["amntTp"].upper() == "C" else cents


@pytest.mark.parametrize("space", [audit.XAF31, audit.XAF3])
@MANY
@given(LINES)
def test_sub_ledgers_are_conserved(space: str, lines: list[dict[str, str]]) -> None:
    made = [audit.sub_line(k, mutTp="I", **line) for k, line in enumerate([*SOUND, *lines], 1)]
    text = audit.xaf(namespace=space, customers=PEOPLE, lines=made)
    ledger = read("a.xaf", text.encode())
    conserved(ledger, 10 + len(lines), 100_000 + sum(map(signed, lines)))


MOVED = st.lists(
    st.fixed_dictionaries(
        {
            "amnt": NUMBER,
            "amntTp": st.sampled_from(["D", "C", "c"]),
            "custSupID": st.sampled_from(["1", "9", ""]),
            "invRef": st.sampled_from(["G1", "G2", "0", ""]),
            "invDt": DAY,
            "mutTp": st.sampled_from(["I", "P", ""]),
            "matchKeyID": st.sampled_from(["", "K"]),
        }
    ),
    max_size=8,
)


# A receipt that was turned back, and no other: it is not turned round once more.
BACK = {"amnt": "-0.01", "amntTp": "C", "invDt": "2025-03-01", "mutTp": "P", "matchKeyID": ""}


@pytest.mark.parametrize("is_zipped", [False, True])
@MANY
@given(MOVED, LINES)
@example([BACK | {"custSupID": "1", "invRef": "G1"}], [])
def test_receipts_and_opening_items_of_an_audit_file_are_conserved(
    is_zipped: bool, lines: list[dict[str, str]], opened: list[dict[str, str]]
) -> None:
    made = [audit.sub_line(k, **line) for k, line in enumerate([*SOUND, *lines], 1)]
    opening = audit.opening_of("2025-01-01", "", *opened)
    data = audit.xaf(customers=PEOPLE, lines=made, opening=opening).encode()
    name = "mac.zip" if is_zipped else "a.xaf"
    ledger = read(name, formats.zipped({"2025/a.xaf": data}) if is_zipped else data)
    intake = ledger.intake.set_index("table")
    sign = pd.Series(intake.index.map({"invoices": 1, "payments": -1}), intake.index).fillna(0)
    count = 10 + len(lines) + len(opened)
    assert int(intake.loc[sign != 0, "rows_in"].sum()) == count
    wanted = 100_000 + sum(map(signed, [*lines, *opened]))
    assert int((intake["cents_in"] * sign).sum()) == wanted
    for what in ("rows", "cents"):
        kept = intake[f"{what}_accepted"] + intake[f"{what}_quarantined"]
        assert kept.equals(intake[f"{what}_in"])
    # What was accepted is what is owed at the end, however it was matched.
    owed = ledger.items["amount_cents"].sum() - ledger.settlements["amount_cents"].sum()
    assert int(owed) == int((intake["cents_accepted"] * sign).sum())


@MANY
@given(LINES)
def test_accounts_without_a_sub_ledger_are_conserved(lines: list[dict[str, str]]) -> None:
    own = [{"accID": "1300", "amntTp": "D"} | line for line in [*SOUND, *lines]]
    booked = {("V", "S"): [audit.transaction(1, "2025-03-02", *own)]}
    ledger = read("a.xaf", audit.xaf(namespace=audit.XAF4, journals=booked).encode())
    conserved(ledger, 10 + len(lines), 100_000 + sum(map(signed, lines)))


@MANY
@given(LINES)
def test_clair_is_conserved(lines: list[dict[str, str]]) -> None:
    own = [
        {"day": line["invDt"], "document": line["invRef"], "customer": line["custSupID"],
         "debit" if line["amntTp"] == "D" else "credit": line["amnt"]}
        for line in lines
    ]  # fmt: skip
    sound = [{"day": "2010-03-01", "debit": "100.00", "document": f"G{n}"} for n in range(10)]
    ledger = read("a.xaf", audit.clair(*sound, *own).encode("cp1252"))
    conserved(ledger, 10 + len(lines), 100_000 + sum(map(signed, lines)))


@MANY
@given(
    st.lists(
        st.tuples(NUMBER, DAY, st.sampled_from("NAFR"), st.sampled_from(["FT", "NC"])), max_size=8
    )
)
def test_portuguese_documents_are_conserved(rows: list[tuple[str, str, str, str]]) -> None:
    made = "".join(
        audit.pt_invoice(f"FT {k}", day, total, status=status, kind=kind)
        for k, (total, day, status, kind) in enumerate(rows, start=1)
    )
    sound = "".join(audit.pt_invoice(f"G {n}", "2025-01-10", "100.00") for n in range(10))
    ledger = read("a.xml", audit.saft_pt("", sound + made).encode())
    told = [{"amnt": total, "amntTp": "C" if kind == "NC" else "D"} for total, _, _, kind in rows]
    conserved(ledger, 10 + len(rows), 100_000 + sum(map(signed, told)))


@MANY
@given(st.lists(st.tuples(NUMBER, DAY, st.sampled_from(["K1", "K2"])), max_size=8))
def test_norwegian_lines_are_conserved(rows: list[tuple[str, str, str]]) -> None:
    sound = [("100.00", "2025-01-10", "K1")] * 10
    made = "".join(
        f"<Transaction>{audit.tags(TransactionDate=day)}<Line>"
        f"{audit.tags(CustomerID=customer, ReferenceNumber=k)}<DebitAmount>"
        f"{audit.tags(Amount=amount)}</DebitAmount></Line></Transaction>"
        for k, (amount, day, customer) in enumerate([*sound, *rows])
    )
    ledger = read("a.xml", audit.saft_no("", made).encode())
    told = [{"amnt": amount, "amntTp": "D"} for amount, _, _ in rows]
    conserved(ledger, 10 + len(rows), 100_000 + sum(map(signed, told)))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_the_check_fail(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(data)
        assert check(path).needs_person
