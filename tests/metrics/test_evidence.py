import pandas as pd

from credit_helpers.metrics import evidence
from credit_helpers.policy import load_policy
from tests.metrics.portfolio import DAY, ledger_of

POLICY = load_policy({"behaviour": {"min_settled_count": 1}})
ITEMS = tuple((f"F{n}", f"{n}", "invoice", "2026-01-01", "2026-01-31", 100) for n in range(1, 6))
PAID = (
    ("F1", "2026-02-01", "payment", 100),
    ("F2", "2026-02-01", "write_off", 50),
    ("F4", "2024-02-01", "payment", 100),
)


def customers(**columns):
    frame = pd.DataFrame({"customer_id": list("12345"), "name": list("ABCDE")})
    return frame.assign(**columns)


def facts(known):
    now = ledger_of(ITEMS, PAID, customers=known).at(DAY)
    return evidence.facts(now.items, now.settlements, now.customers, as_of=DAY, policy=POLICY)


def limits(**columns):
    whole = lambda values: pd.array(values, dtype="Int64")  # noqa: E731
    frame = pd.DataFrame({"customer_id": list("12345"), "outstanding_cents": [0, 50, 100, 0, 100]})
    return frame.assign(
        exposure_cents=columns.pop("exposure_cents", 0),
        insured_limit_cents=whole(columns.pop("insured", [None] * 5)),
        discretionary_limit_cents=whole(columns.pop("own", [None] * 5)),
        stopping_days=columns.pop("stopping_days", 10.0),
    )


REPORTS = pd.to_datetime([None, "2026-03-01", None, "2024-03-01", None])


def test_facts():
    table = facts(customers(report_on=REPORTS))
    assert table["paid_count"].tolist() == [1, 0, 0, 0, 0]  # that of two years ago is too old
    assert table["written_off_cents"].tolist() == [0, 50, 0, 0, 0]
    assert table["evidence_days"].fillna(-1).tolist() == [-1, 30, -1, 760, -1]
    assert table["largest_invoice_cents"].tolist() == [100] * 5


def test_each_rule_of_a_self_assessed_limit():
    own = [1_000_000, 1_000_000, 1_500_001, 1_000_000, None]
    found = evidence.self_assessed(
        facts(customers(report_on=REPORTS)),
        limits(own=own, insured=[None, None, 0, None, None], stopping_days=[1, 2, 61, 3, 4]),
        POLICY,
    )
    assert found.set_index("name")["faults"].to_dict() == {
        "A": "",  # no report, but it pays
        "B": "wrote_off",
        "C": "above_maximum;insurer_decided;no_evidence;beyond_extension",
        "D": "evidence_old",
    }
    assert found["name"].tolist()[-1] == "A"


def test_who_needs_a_report_and_has_none():
    held = limits(
        exposure_cents=[1_500_000, 9_000_000, 1_499_999, 2_000_000, 5_000_000],
        insured=[None, None, None, None, 100],
    )
    found = evidence.without_report(facts(customers(report_on=REPORTS)), held, POLICY)
    assert found["name"].tolist() == ["D", "A"]  # B has a report, C owes less, E is insured


def test_without_the_columns_nothing_is_self_assessed():
    found = facts(customers())
    assert found["report_on"].isna().all()
    assert evidence.self_assessed(found, limits(), POLICY).empty
    empty = facts(customers()).iloc[:0]
    assert evidence.without_report(empty, limits().iloc[:0], POLICY).empty
