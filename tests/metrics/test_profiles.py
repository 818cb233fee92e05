from credit_helpers.metrics import profiles
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, day, ledger_of

POLICY = load_policy()
ITEMS = (
    ("F1", "1", "invoice", "2024-01-01", None, 9_000),
    ("F2", "1", "invoice", "2025-03-31", None, 500),  # 365 days ago: out of the year
    ("F3", "1", "invoice", "2025-04-01", None, 700),
    ("C1", "1", "credit_note", "2026-03-31", None, -100),
    ("U1", "2", "unapplied_cash", "2025-03-31", None, -40),
    ("F4", "3", "invoice", "2025-04-01", None, 60),
)


def profiled(items, **columns):
    ledger = ledger_of(items)
    customers = ledger.customers.assign(**columns)
    policy = POLICY.segmentation
    table = profiles.by_customer(ledger.items, customers, as_of=DAY, policy=policy)
    return table.set_index("name")


def test_sales_of_the_year_and_life_stage():
    table = profiled(ITEMS)
    assert table["sales_cents"].tolist() == [600, 0, 60]
    assert table["life_stage"].tolist() == ["established", "established", "starter"]


def test_the_day_the_relation_began_goes_before_the_first_document():
    table = profiled(ITEMS, since_on=[day("2025-09-01"), day(""), day("2019-01-01")])
    assert table["life_stage"].tolist() == ["starter", "established", "established"]


def test_a_short_file_proves_nobody_new():
    table = profiled(ITEMS[5:], since_on=[day(""), day(""), day("")])
    assert table["life_stage"].tolist() == ["unknown"]
    told = profiled(ITEMS[5:], since_on=[day(""), day(""), day("2026-01-01")])
    assert told["life_stage"].tolist() == ["starter"]


def test_a_young_company_that_is_no_new_customer():
    founded = [day("2024-01-01"), day("2010-01-01"), day("2026-01-01")]
    table = profiled(ITEMS, founded_on=founded)
    assert table["life_stage"].tolist() == ["young", "established", "starter"]


def test_an_empty_ledger():
    assert profiled(()).empty
