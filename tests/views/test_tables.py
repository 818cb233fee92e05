"""The tables of the chapters: what they add up, and codes that all have a word."""

from __future__ import annotations

import math
import re
from types import SimpleNamespace

import pandas as pd
import pytest

from credit_helpers.benchmark import Benchmark
from credit_helpers.metrics import drift as drifts
from credit_helpers.metrics import evidence, newcomers, payers
from credit_helpers.metrics import paydex as indices
from credit_helpers.metrics import priority as ranking
from credit_helpers.metrics import profiles as profiling
from credit_helpers.metrics import quality as checks
from credit_helpers.metrics import rhythm as rhythms
from credit_helpers.metrics import roll_rates as rates
from credit_helpers.metrics import segmentation as segmenting
from credit_helpers.metrics.priority import CHANNELS, STEPS, TONES
from credit_helpers.policy import load_policy
from credit_helpers.portfolio.schema import ITEM_KINDS
from credit_helpers.strategy import ASPECTS, approaches
from credit_helpers.views import (
    ageing,
    behaviour,
    benchmark,
    breakdown,
    collection,
    data_quality,
    findings,
    limits,
    method,
    payment_curve,
    priority,
    roll_rates,
    segmentation,
    summary,
)
from credit_helpers.views import movement as rolling
from credit_helpers.views.codes import word_of
from credit_helpers.views.glossary import column_meaning
from credit_helpers.views.table import Table
from credit_helpers.words import Words

NL = Words("nl")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("kind", ITEM_KINDS),
        ("step", STEPS),
        ("channel", CHANNELS),
        ("tone", TONES),
        ("reason", ranking.REASONS),
        ("reason", segmenting.REASONS),
        ("risk", segmenting.RISKS),
        ("life_stage", profiling.LIFE_STAGES),
        ("size", segmenting.SIZES),
        ("behaviour_group", segmenting.BEHAVIOURS),
        ("quality_check", checks.CHECKS),
        ("drift", drifts.DRIFTS),
        ("rhythm", rhythms.RHYTHMS),
        ("weekday", rhythms.WEEKDAYS),
        ("risk", indices.CLASSES),
        ("limit_fault", evidence.FAULTS),
        ("first_status", newcomers.STATUSES),
        ("payer_verdict", payers.VERDICTS),
        ("group", (*payers.COLUMNS, "size")),
        ("approach", tuple(one.code for one in approaches())),
    ],
)
def test_every_code_has_a_word(language: str, section: str, codes: tuple[str, ...]):
    assert all(word_of(section, code, Words(language)) for code in codes)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_approach_says_what_fits(language: str):
    words = Words(language)
    said = [words.raw(f"strategy.{one.code}.{part}") for one in approaches() for part in ASPECTS]
    assert all(said)


def buckets() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "bucket": ["not_due", "d1_14", "d15_plus", "no_due_date"],
            "items_count": [2, 1, 1, 1],
            "debtors_count": [2, 1, 1, 1],
            "invoices_cents": [60_000, 30_000, 20_000, 0],
            "credit_notes_cents": [0, -5_000, 0, 0],
            "unapplied_cash_cents": [0, 0, 0, -5_000],
            "outstanding_cents": [60_000, 25_000, 20_000, -5_000],
            "outstanding_share": [0.6, 0.25, 0.2, -0.05],
        }
    )


def test_the_balance_by_bucket_keeps_credits_apart_and_adds_up():
    table = ageing.by_bucket(buckets(), NL)
    assert table.frame["bucket"].tolist() == [
        "Niet vervallen",
        "1–14",
        "> 14",
        "Zonder vervaldatum",
    ]
    totals = table.totals()
    assert totals["outstanding_cents"] == 100_000
    kinds = ("invoices_cents", "credit_notes_cents", "unapplied_cash_cents")
    assert sum(totals[key] for key in kinds) == 100_000
    assert "debtors_count" not in totals  # a debtor may stand in several buckets


def grouped(names: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group": names,
            "debtors_count": [2, 1],
            "not_due_cents": [100, 0],
            "d1_plus_cents": [300, 100],
            "no_due_date_cents": [0, 0],
            "outstanding_cents": [400, 100],
            "overdue_cents": [300, 100],
            "overdue_share": [0.75, 1.0],
        }
    )


def test_groups_name_countries_and_what_is_not_known():
    table = breakdown.by_group(grouped(["NL", ""]), "country", NL)
    assert table is not None
    assert table.frame["group"].tolist() == ["Nederland", "Niet ingevuld"]
    assert table.columns[0].label == "Land"
    assert table.totals()["overdue_share"] == 0.8
    assert "no_due_date_cents" not in [column.key for column in table.columns]


def test_an_attribute_that_nobody_filled_in_gives_nothing():
    assert breakdown.by_group(grouped(["", ""]), "sector", NL) is None


def test_currencies_are_never_added():
    frame = pd.DataFrame(
        {
            "currency": ["EUR", "USD"],
            "items_count": [1, 1],
            "debtors_count": [1, 1],
            "outstanding_cents": [100, 200],
            "not_due_cents": [100, 200],
            "overdue_cents": [0, 0],
            "overdue_items_count": [0, 0],
            "no_due_date_cents": [0, 0],
        }
    )
    table = ageing.currencies(frame, NL)
    assert table.totals() == {}
    assert "€" not in table._repr_html_()


def test_movement_adds_flows_and_not_balances():
    frame = pd.DataFrame(
        {
            "as_of": pd.to_datetime(["2026-09-30", "2026-10-31"]),
            "opening_cents": [100, 150],
            "invoiced_cents": [80, 60],
            "credited_cents": [0, 10],
            "received_cents": [30, 100],
            "written_off_cents": [0, 0],
            "other_cents": [0, 0],
            "closing_cents": [150, 100],
            "rolled_overdue_cents": [40, 20],
            "rolled_older_cents": [0, 10],
            "cleared_overdue_cents": [0, 30],
        }
    )
    totals = rolling.movement(frame, NL).totals()
    assert (totals["invoiced_cents"], totals["received_cents"]) == (140, 130)
    assert "opening_cents" not in totals
    assert "okt 26" in rolling.movement(frame, NL).limited(2)._repr_html_()


def test_the_oldest_item_of_a_debtor_that_is_not_overdue_is_a_dash():
    frame = pd.DataFrame(
        {
            "customer_id": ["1", "2"],
            "name": ["A", "B"],
            "not_due_cents": [100, 100],
            "outstanding_cents": [100, 100],
            "overdue_cents": [0, 0],
            "overdue_share": [0.0, 0.0],
            "oldest_days": [-3.0, 0.0],
        }
    )
    assert ageing.by_customer(frame, NL).frame["oldest_days"].isna().all()


def test_without_any_limit_there_is_no_table():
    frame = pd.DataFrame(
        {
            "name": ["A"],
            "credit_limit_cents": pd.array([pd.NA], dtype="Int64"),
            "insured_limit_cents": pd.array([pd.NA], dtype="Int64"),
            "oldest_days": [1.0],
        }
    )
    assert limits.by_customer(frame, NL) is None


def test_the_matrix_holds_balance_and_number_per_group():
    frame = pd.DataFrame(
        {
            "size": ["large", "small", "small"],
            "behaviour": ["late", "late", "early"],
            "debtors_count": [1, 2, 0],
            "outstanding_cents": [500, 40, 0],
        }
    )
    table = segmentation.matrix(frame, NL)
    assert [column.key for column in table.columns] == ["size", "late_cents", "late_count"]
    assert table.frame["late_cents"].tolist() == [500, 0, 40]
    assert table.frame["late_count"].tolist() == ["1 debiteur", "", "2 debiteuren"]
    assert table.totals()["late_cents"] == 540


def test_the_debtors_with_the_highest_risk_come_first():
    frame = pd.DataFrame(
        {
            "customer_id": ["1", "2", "3"],
            "name": ["A", "B", "C"],
            "risk": ["low", "high", "high"],
            "reasons": ["", "late_payer;drifting", "old_balance"],
            "outstanding_cents": [900, 100, 200],
            "overdue_cents": [0, 0, 0],
            "sales_cents": [1, 1, 1],
        }
    )
    table = segmentation.debtors(frame, NL)
    assert table.frame["name"].tolist() == ["C", "B", "A"]
    assert table.frame["reasons"].tolist()[1] == "betaalt te laat, betaalt steeds later"


def worklist_rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rank_count": [1, 2],
            "customer_id": ["1", "2"],
            "name": ["A", "B"],
            "reasons": ["large_amount;high_risk", "disputed"],
            "overdue_cents": [5_000, 4_000],
            "outstanding_cents": [6_000, 4_000],
            "disputed_cents": [0, 4_000],
            "oldest_days": [40.0, 10.0],
            **{key: [10.0, 5.0] for key in priority.COMPONENTS},
            "priority_score": [60.0, 30.0],
            "step": ["second_demand", "resolve_dispute"],
            "channel": ["letter", "telephone"],
            "tone": ["firm", "service"],
        }
    )


def test_the_worklist_says_who_why_and_how_and_the_workbook_has_every_component():
    table = priority.worklist(worklist_rows(), NL)
    html = table._repr_html_()
    assert 'A<br><span class="under">groot bedrag, hoog risico</span>' in html
    assert '<span class="under">brief · stevig</span>' in html
    assert "Ouderdom" not in html
    assert set(priority.COMPONENTS) <= {column.key for column in table.columns}
    assert table.totals()["overdue_cents"] == 9_000


def test_nobody_reminded_gives_no_table():
    frame = pd.DataFrame(
        {
            "customer_id": ["1"],
            "name": ["A"],
            "reminders_count": [0],
            "promises_count": [0],
            "broken_promises_count": [0],
            "broken_cents": [0],
        }
    )
    assert collection.by_customer(frame, NL) is None


def test_payment_behaviour_without_payments_gives_no_table():
    frame = pd.DataFrame({"settled_count": [0], "settled_cents": [0]})
    assert behaviour.by_customer(frame, NL) is None
    assert behaviour.distribution(frame, NL) is None


def rolled() -> pd.DataFrame:
    items = pd.DataFrame(
        {
            "item_id": ["F1"],
            "kind": ["invoice"],
            "issued_on": pd.to_datetime(["2026-01-05"]),
            "due_on": pd.to_datetime(["2026-01-25"]),
            "amount_cents": [500],
        }
    )
    paid = pd.DataFrame({"item_id": ["F1"], "settled_on": pd.to_datetime(["2026-02-20"])})
    ends = pd.date_range("2026-01-31", periods=2, freq="ME")
    return rates.matrix(items, paid.assign(kind="payment", amount_cents=400), ends, (0, 14, 30))


def test_roll_rates_name_their_buckets_whatever_the_edges():
    table = roll_rates.matrix(rolled(), NL)
    assert table is not None
    labels = {column.key: column.label for column in table.columns if not column.only_workbook}
    assert labels["d15_30_share"] == "naar 15–30"
    assert labels["rolled_share"] == "Doorstroom"
    assert table.frame["d31_plus_share"].tolist()[1] == 0.2
    assert roll_rates.matrix(rolled().iloc[:0], NL) is None


def test_the_curve_is_read_on_the_days_of_the_policy():
    frame = pd.DataFrame(
        {"cohort_month": [pd.NaT], "items_count": [1], "half_days": [3.0], "paid_d45_share": [0.7]}
    )
    table = payment_curve.cohorts(frame, NL)
    assert table is not None
    assert table.columns[-1].label == "Betaald binnen 45 dagen"
    assert column_meaning("paid_d45_share", NL)
    assert column_meaning("d31_60_share", NL) != column_meaning("d31_60_cents", NL)


def test_intake_adds_rows_and_not_amounts_of_different_kinds():
    frame = pd.DataFrame(
        {
            "file": ["a.csv", "b.csv"],
            "sheet": ["", ""],
            "table": ["invoices", "payments"],
            "rows_in": [5, 3],
            "rows_accepted": [4, 3],
            "rows_quarantined": [1, 0],
            "cents_in": [500, 300],
            "cents_accepted": [400, 300],
            "cents_quarantined": [100, 0],
        }
    )
    totals = data_quality.intake(frame, NL).totals()
    assert (totals["rows_in"], totals["rows_quarantined"]) == (8, 1)
    assert "cents_in" not in totals


def test_quarantine_says_what_to_do_about_it():
    frame = pd.DataFrame(
        {"table": ["invoices"], "reason": ["missing_amount"], "rows_count": [2], "cents": [0]}
    )
    html = data_quality.quarantine(frame, NL)._repr_html_()
    assert "Geen bedrag" in html
    assert "Vul het bedrag" in html


def test_what_is_missing_names_the_chapters_that_gain():
    shown = data_quality.missing(set(data_quality.SERVES) - {"payment_history"}, NL)
    assert isinstance(shown, Table)
    assert shown.frame["serves"].tolist() == ["DSO en verloop, Betaalgedrag"]
    assert "Alle onderdelen" in repr(data_quality.missing(data_quality.SERVES, NL))


def test_every_policy_value_is_listed_with_its_unit():
    policy = load_policy()
    rows = method.policy(policy, NL).frame.set_index("key")["value"]
    assert rows["ageing.max_overdue_share"] == "35%"
    assert rows["ageing.edges_days"] == "0 dagen · 30 dagen · 60 dagen · 90 dagen"
    assert rows["dso.target_days"] == "45 dagen"
    assert rows["concentration.max_hhi"] == "1.500"
    assert rows["priority.ladder.second_demand"].startswith("vanaf 21 dagen: Tweede aanmaning")
    assert len(rows) == len(policy.flat()) - 1 + len(policy.priority.ladder)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_term_is_defined(language: str):
    table = method.definitions(Words(language))
    assert (table.frame["definition"] != "").all()


def test_a_judgement_says_against_what():
    rows = [
        SimpleNamespace(
            area="dso", verdict="insufficient", measure_name="dso_days", value=58.4,
            threshold=45.0, unit="days", policy_key="dso.target_days", benchmark=None,
        ),
        SimpleNamespace(
            area="limits", verdict="unknown", measure_name="excess_share", value=math.nan,
            threshold=0.02, unit="share", policy_key="limits.max_excess_share",
            compared=0.5,
            benchmark=Benchmark("overdue_share", 0.46, 2024, "survey", "Barometer"),
        ),
    ]  # fmt: skip
    frame = summary.judgements(rows, NL).frame
    assert frame["judgement"].tolist() == ["Onvoldoende", "Niet te beoordelen"]
    assert frame["value"].tolist() == ["58 dagen", "–"]
    published = "NL 2024: 46% (enquête, Barometer)"
    assert frame["benchmark"].tolist() == ["", published]
    rows[1].benchmark = Benchmark("on_time_share", 0.722, 2022, "ledger", "Altares", "construction")
    shown = summary.judgements(rows, NL).frame["benchmark"].iloc[1]
    assert shown == "op tijd 50%; NL, bouw 2022: 72% (boekhoudingen, Altares)"
    assert frame["against"].tolist() == ["norm 45 dagen", "norm 2,0%"]


def test_the_findings_table_keeps_its_sentences_for_the_workbook():
    finding = SimpleNamespace(
        code="x", severity="high", department="sales", subject="dso", impact_cents=100_000,
        policy_key="dso.target_days", evidence=SimpleNamespace(table="dso_series"),
        effect_kind="release", net_cents=60_000, effort="large", term_days=60,
        text=lambda part, words: f"{part}!",
    )  # fmt: skip
    table = findings.overview([finding], NL)
    row = table.frame.iloc[0]
    assert (row["effect_kind"], row["net_cents"]) == ("vrij te maken", 60_000)
    assert (row["severity"], row["department"], row["subject"]) == (
        "hoog", "Verkoop", "DSO en verloop",
    )  # fmt: skip
    assert (row["advice"], row["evidence"]) == ("advice!", "DSO")
    assert "advice!" not in table._repr_html_()
    assert findings.overview([], NL).frame.empty


def action(
    days: int, department: str, *, kind: str = "release", severity: str = "high"
) -> SimpleNamespace:
    return SimpleNamespace(
        severity=severity, term_days=days, department=department, effect_kind=kind,
        net_cents=100_000, effort="small",
        text=lambda part, words: f"{department} {days} {part}",
    )  # fmt: skip


def test_the_plan_is_ordered_by_term_and_department_and_adds_what_counts():
    found = [action(90, "sales"), action(30, "finance"), action(30, "sales", kind="exposure")]
    table = findings.plan(found, NL)
    assert table.frame["title"].tolist() == ["sales 30 title", "finance 30 title", "sales 90 title"]
    assert table.totals()["net_cents"] == 200_000
    assert "sales 30 advice" in table._repr_html_()
    assert findings.plan([], NL).frame.empty
    found.insert(0, action(30, "finance", severity="low"))
    assert findings.plan(found, NL).frame["title"].tolist()[3] == "finance 30 title"
    assert "Overige 1" in findings.plan(found, NL)._repr_html_()


def test_a_long_plan_keeps_its_gravest_actions_on_the_page(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(findings, "PLANNED_COUNT", 2)
    found = [action(90, "sales"), action(60, "sales"), action(30, "sales")]
    table = findings.plan(found, NL)
    assert table.shown_rows == 2
    assert table.frame["title"].tolist() == ["sales 60 title", "sales 90 title", "sales 30 title"]


def test_the_plan_per_term_names_the_departments():
    columns = ["sales_net_cents", "finance_net_cents", "administration_net_cents", "net_cents"]
    frame = pd.DataFrame({"term_days": [30, 60], "actions_count": [2, 1]})
    table = findings.plan_totals(frame.assign(**dict.fromkeys(columns, 50_000)), NL)
    assert table.frame["term_days"].tolist() == ["binnen 30 dagen", "binnen 60 dagen"]
    assert [c.label for c in table.columns][2:5] == ["Verkoop", "Financiën", "Administratie"]
    assert table.totals()["net_cents"] == 100_000


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (108_312_300, ("1,08", "mln €")),
        (1_083_123_000, ("10,8", "mln €")),
        (17_112_300, ("171", "dzd €")),
        (999_900, ("9.999", "€")),
        (-250_000_000, ("−2,50", "mln €")),
        (math.nan, ("–", "")),
    ],
)
def test_large_amounts_are_written_short(cents: float, text: tuple[str, str]):
    assert summary.short_money(cents, NL) == text


def test_attributes_name_their_worst_group_in_words():
    compared = pd.DataFrame(
        {
            "attribute": ["country", "salesperson"],
            "groups_count": [2, 1],
            "unknown_cents": [0, 100],
            "group": ["DE", math.nan],
            "outstanding_cents": [400, math.nan],
            "overdue_share": [0.75, math.nan],
            "others_overdue_share": [0.25, math.nan],
            "gap_share": [0.5, math.nan],
        }
    )
    table = breakdown.attributes(compared, NL)
    assert table is not None
    assert table.frame["attribute"].tolist() == ["Land"]  # of the seller one group is known
    assert table.frame["group"].tolist() == ["Duitsland"]
    assert breakdown.breakdown({}, compared.iloc[:0], NL) is None


def test_the_roll_is_for_the_workbook_with_the_last_month_first():
    frame = pd.DataFrame(
        {
            "as_of": pd.to_datetime(["2026-09-30"] * 3 + ["2026-10-31"] * 3),
            "bucket": ["not_due", "d1_plus", "no_due_date"] * 2,
            "opening_cents": [100, 0, 0, 60, 40, 0],
            "invoiced_cents": [0, 0, 0, 50, 0, 0],
            "credited_cents": 0,
            "received_cents": [0, 0, 0, 10, 5, 0],
            "written_off_cents": 0,
            "other_cents": 0,
            "rolled_in_cents": [0, 40, 0, 0, 30, 0],
            "rolled_out_cents": [40, 0, 0, 30, 0, 0],
            "closing_cents": [60, 40, 0, 70, 65, 0],
        }
    )
    table = rolling.by_bucket(frame, NL)
    assert table is not None
    assert (table.shown_rows, len(table.frame)) == (0, 4)  # nothing is without a due date
    assert table.frame["bucket"].tolist()[:2] == ["Niet vervallen", "> 0"]
    assert rolling.by_bucket(frame.iloc[:0], NL) is None


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_tie_out_fits_a_page_and_the_workbook_has_the_rest(language: str):
    rows = pd.DataFrame(
        {
            "what": ["general_ledger"], "place": ["1300"], "file": ["client.toml"],
            "as_of": pd.to_datetime(["2026-10-31"]), "currency": ["EUR"],
            "source_count": [2], "own_count": [2], "cause": ["set_aside"],
            "source_cents": [46_000], "own_cents": [45_001], "difference_cents": [999],
        }
    )  # fmt: skip
    shown = data_quality.tie_out(rows, Words(language))
    page = shown._repr_html_()
    heads = ["what", "source_cents", "own_cents", "difference_cents", "tie_cause"]
    assert re.findall(r'data-key="(\w+)"', page) == heads
    assert '<span class="under">1300</span>' in page
    assert "client.toml" not in page
    assert {"file", "as_of", "source_count", "own_count"} <= {c.key for c in shown.columns}
    assert ("9,99" if language == "nl" else "9.99") in page


def in_credit(outstanding: int, undated: int) -> SimpleNamespace:
    """Return an audit with 150.00 long overdue beside ``undated`` cents without a due date."""
    totals = SimpleNamespace(
        outstanding_cents=outstanding, no_due_date_cents=undated, aged_cents=15_000,
        overdue_share=1.0, overdue_cents=15_000, oldest_cents=15_000, oldest_share=1.0,
        oldest_from_days=91,
    )  # fmt: skip
    trend = pd.DataFrame({"overdue_share": [1.0], "d91_plus_cents": [15_000]})
    policy = load_policy()
    return SimpleNamespace(words=NL, ageing_totals=totals, ageing_trend=trend, policy=policy)


@pytest.mark.parametrize(
    ("outstanding", "undated", "of_what", "is_beyond"),
    [
        (15_000, 0, "100% van het saldo · norm 5,0%", True),
        (14_990, -10, "100% van het saldo · norm 5,0%", True),
        (10_000, -5_000, "100% van wat een vervaldatum heeft · norm 5,0%", True),
        (-75_000, -90_000, "100% van wat een vervaldatum heeft · norm 5,0%", False),
    ],
)
def test_a_share_of_a_part_is_no_share_of_the_balance(outstanding, undated, of_what, is_beyond):
    audit = in_credit(outstanding, undated)
    oldest, overdue = summary._oldest(audit), summary._overdue(audit)
    assert (oldest.against, oldest.is_beyond) == (of_what, is_beyond)
    assert overdue.is_beyond == is_beyond
    part = "van wat een vervaldatum heeft · " if "vervaldatum" in of_what else ""
    assert overdue.against == f"{part}norm 35%"


def test_what_is_published_stands_beside_what_the_client_has():
    names = ["measure", "kind", "sector", "size", "year", "half", "value", "source", "own_value"]
    rows = pd.DataFrame(
        [
            ("on_time_share", "ledger", "", "", 2024, 0, 0.802, "Altares", 0.61),
            ("on_time_share", "ledger", "", "", 2019, 2, 0.692, "Altares", 0.61),
            ("on_time_share", "ledger", "", "large", 2024, 0, 0.386, "Altares", 0.61),
            ("overdue_share", "survey", "", "", 2024, 0, 0.46, "Atradius", math.nan),
        ],
        columns=names,
    )
    shown = benchmark.published(rows, NL)
    # one line for what was measured, then every other figure; what has no equal is left out
    assert shown.frame["benchmark_group"].tolist() == ["NL", "NL", "NL, grote bedrijven"]
    years = ["2024", "2019, tweede halfjaar", "2024"]
    assert shown.frame["benchmark_year"].tolist() == years
    assert shown.shown_rows == 1
    assert shown.frame["benchmark_others"].tolist() == ["grote bedrijven 39% (2024)", "", ""]
    assert shown.frame["own_share"].tolist() == [0.61] * 3
    assert benchmark.published(rows.assign(own_value=math.nan), NL) is None
