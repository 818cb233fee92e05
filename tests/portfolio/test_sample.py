"""Sample clients: the same bytes, a story each, nothing after the export, and sums that close."""

import csv
import hashlib
import time
import tomllib

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from credit_helpers.errors import InputError
from credit_helpers.intake.client import read_client
from credit_helpers.intake.read import read_ledger
from credit_helpers.portfolio import sample
from credit_helpers.portfolio.sample_dirt import TOTAL, UNREADABLE_DATE, soil
from credit_helpers.portfolio.sample_profiles import END, PROFILES, START
from credit_helpers.portfolio.sample_stories import STORIES
from credit_helpers.portfolio.sample_tables import make_tables

AS_OF = pd.Timestamp(END)
NAMES = sample.SAMPLES


@pytest.fixture(scope="module")
def books():
    return {name: make_tables(name) for name in NAMES}


@pytest.fixture(params=NAMES)
def book(request, books):
    return books[request.param]


def story(book, code):
    """The customer with a story, and its invoices with what was received and when."""
    customers = book["customers"]
    customer = customers[customers["story"] == code].iloc[0]
    invoices = book["invoices"][book["invoices"]["customer_id"] == customer["customer_id"]]
    invoices = invoices[invoices["kind"] == "invoice"].set_index("document")
    paid = book["payments"][book["payments"]["document"].isin(invoices.index)]
    by_document = paid.groupby("document")
    invoices = invoices.assign(
        settled=by_document["amount_cents"].sum(), paid_on=by_document["settled_on"].max()
    ).fillna({"settled": 0})
    return customer, invoices.assign(open=invoices["amount_cents"] - invoices["settled"])


def balance(book, *, as_of=AS_OF):
    """Outstanding, overdue and a year's sales in cents, the plain way."""
    issued = book["invoices"][book["invoices"]["issued_on"] <= as_of]
    paid = book["payments"][book["payments"]["settled_on"] <= as_of]
    settled = paid.groupby("document")["amount_cents"].sum()
    rest = issued["amount_cents"] - issued["document"].map(settled).fillna(0)
    loose = paid.loc[paid["document"] == "", "amount_cents"].sum()
    overdue = rest[issued["due_on"] < as_of].sum()
    year = issued["issued_on"] > as_of - pd.Timedelta(days=365)
    return rest.sum() - loose, overdue, issued.loc[year, "amount_cents"].sum()


def fingerprints(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return {folder.name: folder for folder in sample.write_samples(tmp_path_factory.mktemp("a"))}


@pytest.fixture(scope="module")
def ledgers(folders):
    return {name: read_ledger(path, read_client(path)) for name, path in folders.items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_client_twice_has_the_same_bytes(name, folders, tmp_path):
    start = time.perf_counter()
    again = sample.write_sample(name, tmp_path / "again")
    seconds = time.perf_counter() - start
    assert fingerprints(again) == fingerprints(folders[name])
    assert len(fingerprints(again)) == 7
    assert seconds < 10  # two on a quiet machine


def test_each_folder_says_whose_it_is_and_of_what_day(folders):
    assert list(folders) == ["wholesaler", "staffing", "installer"]
    for name, folder in folders.items():
        client = tomllib.loads((folder / "client.toml").read_text(encoding="utf-8"))
        assert client["name"] == PROFILES[name].title
        assert str(client["as_of"]) == str(client["observed_on"]) == "2026-10-31"
        assert all((folder / file).is_file() for file in client["files"].values())


def test_an_unknown_sample_is_refused_with_the_known_ones():
    with pytest.raises(InputError) as error:
        sample.sample_folder("baker")
    assert error.value.text("en") == (
        "There is no sample client 'baker'. Choose from: wholesaler, staffing, installer."
    )


def test_the_cached_sample_is_made_once_and_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(sample, "user_cache_dir", lambda _: str(tmp_path / "cache"))
    folder = sample.sample_folder("installer")
    written = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert sample.sample_folder("installer") == folder
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == written
    assert [path.name for path in folder.parent.iterdir()] == ["installer"]


def test_without_a_writable_cache_the_sample_is_still_there(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setattr(sample, "user_cache_dir", lambda _: str(blocked))
    assert (sample.sample_folder("installer") / "client.toml").is_file()


def test_nothing_happened_after_the_export(book):
    happened = {
        "invoices": ["issued_on"],
        "payments": ["settled_on"],
        "customers": ["since_on"],
        "promises": ["promised_on"],
        "reminders": ["sent_on"],
        "disputes": ["disputed_on", "resolved_on"],
    }
    for table, columns in happened.items():
        for column in columns:
            assert book[table][column].max() <= AS_OF, (table, column)
    assert book["invoices"]["issued_on"].min() < pd.Timestamp(START) + pd.Timedelta(days=7)


def test_every_event_has_its_document_and_follows_it(book):
    issued = book["invoices"].set_index("document")["issued_on"]
    assert issued.index.is_unique
    days = {"payments": "settled_on", "promises": "promised_on", "reminders": "sent_on"}
    for table, column in {**days, "disputes": "disputed_on"}.items():
        rows = book[table][book[table]["document"] != ""]
        assert rows["document"].isin(issued.index).all(), table
        assert (rows[column] >= rows["document"].map(issued)).all(), table
    owners = book["customers"]["customer_id"]
    assert owners.is_unique
    assert book["invoices"]["customer_id"].isin(owners).all()


@pytest.mark.parametrize(
    ("name", "customers", "invoices"),
    [("wholesaler", 260, 12_000), ("staffing", 120, 7_000), ("installer", 900, 4_500)],
)
def test_the_size_of_each_client(books, name, customers, invoices):
    book = books[name]
    assert len(book["customers"]) == customers
    assert (book["invoices"]["kind"] == "invoice").sum() == invoices


@pytest.mark.parametrize(
    ("name", "open_euros", "overdue", "dso"),
    [
        ("wholesaler", (2_000_000, 3_000_000), (0.45, 0.60), (70, 95)),
        ("staffing", (1_200_000, 2_000_000), (0.45, 0.60), (50, 60)),
        ("installer", (150_000, 350_000), (0.40, 0.60), (45, 65)),
    ],
)
def test_the_picture_of_each_client(books, name, open_euros, overdue, dso):
    outstanding, late, sales = balance(books[name])
    assert open_euros[0] < outstanding / 100 < open_euros[1]
    assert overdue[0] < late / outstanding < overdue[1]
    assert dso[0] < outstanding / sales * 365 < dso[1]


def test_a_household_is_no_company(books):
    customers = books["installer"]["customers"]
    people = customers[customers["is_consumer"]]
    assert 0.75 < len(people) / len(customers) < 0.9
    assert (people["kvk"] == "").all()
    assert people["credit_limit_cents"].isna().all()
    assert not books["wholesaler"]["customers"]["is_consumer"].any()


def test_one_debtor_tells_each_story(book):
    stories = book["customers"]["story"]
    assert sorted(stories[stories != ""]) == sorted(STORIES)


def test_drifting_pays_later_each_month_in_round_sums_and_breaks_a_promise(book):
    customer, invoices = story(book, "drifting")
    late = (invoices["paid_on"] - invoices["due_on"]).dt.days
    settled = invoices[(invoices["open"] == 0) & (late < 150)].assign(late=late)
    half_years = pd.cut(
        settled["issued_on"],
        pd.to_datetime(["2024-05-01", "2025-08-31", "2026-01-31", "2026-10-31"]),
    )
    means = settled.groupby(half_years, observed=False)["late"].mean().tolist()
    assert means[0] + 5 < means[1] < means[2] - 5
    rows = book["payments"]
    parts = rows[(rows["text"] == "Deelbetaling") & rows["document"].isin(invoices.index)]
    assert len(parts) >= 5
    assert (parts["amount_cents"] % 10_000 == 0).all()
    promises = book["promises"][book["promises"]["customer_id"] == customer["customer_id"]]
    promises = promises[promises["promised_for"] < AS_OF]
    left = promises["document"].map(invoices["open"]) > 0
    after = promises["document"].map(invoices["paid_on"]) > promises["promised_for"]
    assert (left | after).any()


def test_bankrupt_was_written_off_earlier_and_owes_nothing(book):
    _, invoices = story(book, "bankrupt")
    rows = book["payments"]
    lost = rows[(rows["kind"] == "write_off") & rows["document"].isin(invoices.index)]
    lost = lost[lost["text"] == "Afboeking oninbaar"]
    assert (lost["settled_on"] == pd.Timestamp("2026-02-27")).all()
    assert len(lost) >= 1
    assert invoices["open"].abs().sum() == 0


def test_day_45_pays_on_day_45(book):
    _, invoices = story(book, "day_45")
    rows = book["payments"][book["payments"]["document"].isin(invoices.index)]
    rows = rows[rows["text"] == "Ontvangst"].drop_duplicates("document")
    days = (rows["settled_on"] - rows["document"].map(invoices["issued_on"])).dt.days
    assert (days == 45).all()
    assert len(days) > 10


def test_the_promise_breaker_breaks_most_promises(book):
    customer, invoices = story(book, "promise_breaker")
    promises = book["promises"][book["promises"]["customer_id"] == customer["customer_id"]]
    past = promises[promises["promised_for"] < AS_OF]
    paid = past["document"].map(invoices["paid_on"]).fillna(pd.Timestamp("2030-01-01"))
    assert len(past) >= 5
    assert (paid > past["promised_for"]).mean() > 0.7


def test_over_limit_owes_more_than_its_limit(book):
    customer, invoices = story(book, "over_limit")
    assert invoices["open"].sum() > customer["credit_limit_cents"]


def test_the_early_payer_is_early_and_has_room(book):
    customer, invoices = story(book, "early_payer")
    settled = invoices[invoices["open"] == 0]
    assert (settled["paid_on"] < settled["due_on"]).mean() > 0.9
    assert invoices["open"].sum() < 0.5 * customer["credit_limit_cents"]
    assert customer["since_on"] < pd.Timestamp("2010-01-01")


def test_disputes_all_disputes_all(book):
    _, invoices = story(book, "disputes_all")
    older = invoices[invoices["issued_on"] <= AS_OF - pd.Timedelta(days=18)]
    assert older.index.isin(book["disputes"]["document"]).all()


def test_the_starter_orders_large_at_once(book):
    customer, invoices = story(book, "starter")
    assert customer["since_on"] == pd.Timestamp("2026-08-10")
    assert invoices["issued_on"].min() >= customer["since_on"]
    usual = book["invoices"].loc[book["invoices"]["kind"] == "invoice", "amount_cents"].median()
    assert invoices["amount_cents"].median() > usual


def test_related_companies_share_a_group(book):
    customers = book["customers"]
    group = customers[customers["group_id"] == "G01"]
    assert len(group) == 3
    assert group["name"].str.split().str[0].nunique() == 1


def test_the_ordinary_oddities_are_there(book):
    payments, invoices = book["payments"], book["invoices"]
    assert (payments["document"] == "").sum() >= 3
    assert (payments["text"] == "Deelbetaling").any()
    assert set(payments["kind"]) == {"payment", "write_off"}
    assert (invoices.loc[invoices["kind"] == "credit_note", "amount_cents"] < 0).all()
    settled = payments.groupby("document")["amount_cents"].sum()
    amount = invoices.set_index("document")["amount_cents"]
    over = (settled.drop("") - amount).dropna()
    assert (over[amount.reindex(over.index) > 0] > 0).sum() == 2


def test_the_dirty_rows_add_up(book):
    clean = book["invoices"]
    rows = soil(book, 1)
    assert len(rows) == len(clean) + 4  # two duplicates, a near duplicate, a total
    assert rows.iloc[-1]["document"] == TOTAL
    assert rows.iloc[-1]["amount_cents"] == rows.iloc[:-1]["amount_cents"].dropna().sum()
    assert rows.iloc[:-1].duplicated().sum() == 2
    assert rows["amount_cents"].isna().sum() == 1
    assert rows.iloc[:-1]["due_on"].isna().sum() == 3
    assert (rows["issued_on"] == UNREADABLE_DATE).sum() == 1
    near = rows[rows["document"].str.endswith("A")]
    assert len(near) == 1
    twin = rows[rows["document"] == near["document"].iloc[0][:-1]]
    assert twin["amount_cents"].tolist() == near["amount_cents"].tolist()


def test_the_files_hold_what_the_books_say(folders, books):
    path = folders["wholesaler"] / "ontvangsten.csv"
    with path.open(encoding="cp1252", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    total = sum(int(row["Betaald bedrag"].replace(",", "")) for row in rows)
    assert total == books["wholesaler"]["payments"]["amount_cents"].sum()
    assert rows[0]["Betaaldatum"] == f"{books['wholesaler']['payments']['settled_on'][0]:%d-%m-%Y}"


def test_the_workbook_holds_what_the_books_say(folders, books):
    path = folders["staffing"] / "facturen.xlsx"
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    title, per, _, header, *rows = sheet.to_python()
    assert (title[0], per[0]) == ("Facturen", "Schakel Flexwerk B.V. per 31-10-2026")
    frame = pd.DataFrame(rows, columns=header)
    notes = frame.loc[frame["Soort"] == "Creditnota", "Bedrag incl. btw"]
    books_say = books["staffing"]["invoices"].query("kind == 'credit_note'")["amount_cents"]
    assert round(notes.astype(float).sum() * 100) == books_say.sum()


def test_the_installer_exports_iso_dates_behind_a_byte_order_mark(folders):
    text = (folders["installer"] / "invoices.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfInvoice number,Customer number,")
    assert b"2024-05-" in text.splitlines()[1]


@pytest.mark.parametrize("name", NAMES)
def test_intake_reads_every_row_and_sets_only_the_dirty_ones_aside(name, ledgers, books):
    ledger, book = ledgers[name], books[name]
    assert sorted(ledger.quarantine["reason"]) == [
        "exact_duplicate",
        "exact_duplicate",
        "missing_amount",
        "total_row",
        "unreadable_date",
    ]
    for table in ("promises", "reminders", "disputes", "customers"):
        assert len(getattr(ledger, table)) == len(book[table]), table
    loose = (book["payments"]["document"] == "").sum()
    assert (ledger.items["kind"] == "unapplied_cash").sum() == loose
    assert len(ledger.settlements) == len(book["payments"]) - loose
    assert ledger.capabilities >= {"payment_history", "limits", "insurance", "promises", "sector"}


@pytest.mark.parametrize("name", NAMES)
def test_the_balance_that_intake_gives_is_that_of_the_books(name, ledgers, books):
    book = books[name]
    rows = soil(book, PROFILES[name].seed).iloc[:-1]
    struck = rows[rows["amount_cents"].isna() | (rows["issued_on"] == UNREADABLE_DATE)]
    clean = book["invoices"].set_index("document")["amount_cents"]
    near = rows.loc[rows["document"].str.endswith("A"), "amount_cents"].sum()
    expected = balance(book)[0] - clean[struck["document"]].sum() + near
    assert ledgers[name].at(AS_OF).outstanding_cents == expected
