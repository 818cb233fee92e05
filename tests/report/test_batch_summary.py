"""What a batch came to: reasons, order, sums per currency, language."""

import pytest

from credit_helpers.report.batch_client import FAILED, OK, WARNINGS, Outcome, outcome_of
from credit_helpers.report.batch_summary import language_of, summary_of
from tests.report.batch_clients import aside, intake, results


def made(source="alfa", *, messages=(), **more):
    report = f"{source}/2026-10-31/report.html"
    given = results(**{"client": f"{source.title()} B.V.", **more})
    return outcome_of(Outcome(source, source), given, messages=messages, report=report)


def failed(source="beta", *messages):
    return Outcome(source, source, messages=messages or ("Geen bestand.",), language="nl")


def summary(*outcomes, language="nl"):
    return summary_of(outcomes, of=len(outcomes), language=language)


def reasons(outcome, language="nl"):
    found = summary(outcome, language=language)["clients"][0]["reasons"]
    return [(reason["code"], reason["text"].replace("\xa0", " ")) for reason in found]


def test_a_client_has_its_judgement_verdicts_figures_and_first_finding():
    client = summary(made())["clients"][0]
    assert client["judgement"] == "Van het saldo is 40% vervallen."
    assert [row["verdict"] for row in client["judgements"]] == ["insufficient", "insufficient"]
    assert client["verdicts_count"] == {
        "good": 0,
        "attention": 0,
        "insufficient": 2,
        "unknown": 0,
    }
    assert (client["overdue_cents"], client["oldest_share"]) == (400_000, 0.1)
    assert (client["high_findings_count"], client["findings_count"]) == (1, 2)
    assert client["top_finding"]["title"] == "Veel te laat"
    assert client["indicators"]["release_share"]["value"] == 0.2


def test_a_good_report_needs_nobody():
    assert reasons(made()) == []
    assert summary(made())["attention"] == []


def test_what_failed_says_why():
    assert reasons(failed("beta", "Een.", "Twee.")) == [("failed", "Een."), ("failed", "Twee.")]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "1 controlesom in het werkboek sluit niet aan. Kijk op het blad Controles."),
        ("en", "1 control sum in the workbook does not agree. Look at the sheet Checks."),
    ],
)
def test_sums_that_differ_are_said_once(language, sentence):
    told = (
        "1 controlesommen in het werkboek sluiten niet aan. "
        "Kijk op het blad Controles voordat u het rapport verstuurt.",
    )
    outcome = made(messages=told, checks=[{"left": 1, "right": 2}, {"left": 3, "right": 3}])
    assert reasons(outcome, language) == [("checks", sentence)]


def test_money_set_aside_above_the_norm_is_a_reason():
    rows = [aside(rows_count=2), aside("total_row", cents=9_000_000)]
    assert reasons(made(quarantine=rows)) == [
        ("lost", "Van het geld in facturen staat 10% apart: € 1.000 in 2 rijen. De norm is 2,0%.")
    ]


@pytest.mark.parametrize(
    ("rows", "share"),
    [
        ([aside(cents=18_367)], None),  # just below 2% of 918,367
        ([aside(cents=18_368)], 0.02),
        ([aside(cents=-100_000)], 0.1),
        ([aside("exact_duplicate"), aside("total_row")], None),
        ([aside("missing_amount", rows_count=2, cents=0)], None),
        ([aside("missing_amount", rows_count=3, cents=0)], 0.03),
    ],
)
def test_the_norm_itself_is_allowed_and_no_loss_is_none(rows, share):
    lost = made(quarantine=rows).lost
    assert [pytest.approx(each["lost_share"], rel=1e-4) for each in lost] == [share] * bool(share)


def test_rows_are_counted_where_currencies_cannot_be_added():
    files = [intake(), intake(currency="USD")]
    lost = made(quarantine=[aside(rows_count=10)], intake=files).lost
    assert [(each["basis"], each["lost_cents"], each["lost_share"]) for each in lost] == [
        ("rows", None, 0.05)
    ]
    assert made(quarantine=[aside()], policy={}).lost == ()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Niet te beoordelen: DSO. Vraag op: betalingen met hun datum, per factuur."),
        ("en", "Cannot be judged: DSO. Ask for: payments with their date, per invoice."),
    ],
)
def test_what_cannot_be_judged_says_what_to_ask(language, sentence):
    assert reasons(made(dso=None), language) == [("unknown", sentence)]


def test_a_figure_of_an_area_that_cannot_be_judged_is_not_known():
    given = results(dso=446.0)
    judged = [{**row, "verdict": "unknown", "value": None} for row in given["judgements"]]
    client = summary(made(dso=446.0, judgements=judged))["clients"][0]
    assert (client["dso_days"], client["release_cents"]) == (None, None)
    assert client["indicators"]["release_share"]["value"] is None
    assert client["overdue_share"] == 0.4


def test_the_first_reminder_asks_for_reminders():
    row = {"area": "process", "verdict": "unknown", "measure_name": "first_action_days"}
    judged = [{**row, "value": None, "threshold": 7.0, "unit": "days", "policy_key": "x"}]
    assert made(judgements=judged).missing == ("reminders",)
    assert made(judgements=judged, capabilities=["reminders"]).missing == ()


def test_the_most_urgent_stands_first():
    outcomes = (
        made("unknown", dso=None),
        made("warned", messages=("Geen PDF.",)),
        made("lost", quarantine=[aside()]),
        made("fine"),
        made("differing", checks=[{"left": 1, "right": 2}]),
        failed("broken"),
    )
    assert summary(*outcomes)["attention"] == [
        *("broken", "differing", "lost", "warned", "unknown"),
    ]


def test_ranks_follow_verdicts_then_findings_and_failures_have_none():
    good = made("good", overdue=0.1, dso=30.0)
    calm = made("calm", findings=[])
    found = summary(good, made("heavy"), failed(), calm, made("equal"))["clients"]
    assert [client["rank_count"] for client in found] == [4, 1, None, 3, 1]


def test_sums_are_per_currency_and_of_what_is_known():
    clients = (
        made("usd", balance=300, currency="USD", language="en"),
        made("one", balance=1_000_000, overdue=0.4),
        made("two", balance=500_000, overdue=0.1, dso=None),
        failed(),
    )
    euro, dollar = summary(*clients)["currencies"]
    assert (euro["currency"], euro["clients_count"]) == ("EUR", 2)
    assert (euro["outstanding_cents"], euro["overdue_cents"]) == (1_500_000, 450_000)
    assert euro["overdue_share"] == 0.3
    assert (euro["release_cents"], euro["release_known_count"]) == (200_000, 1)
    assert (dollar["currency"], dollar["outstanding_cents"]) == ("USD", 300)


def test_sums_of_nothing_are_not_known():
    empty = made(figures={}, findings=[], judgements=[])
    row = summary(empty)["currencies"][0]
    assert (row["outstanding_cents"], row["overdue_share"]) == (None, None)
    assert summary()["currencies"] == []


@pytest.mark.parametrize(
    ("languages", "asked", "expected"),
    [
        (["nl", "en", "en"], "", "en"),
        (["nl", "en"], "", "nl"),
        (["en", "en"], "nl", "nl"),
        ([], "", "nl"),
    ],
)
def test_the_language_is_that_of_most_clients(languages, asked, expected):
    outcomes = [Outcome("a", "a", OK, language=language) for language in languages]
    silent = [Outcome("b", "b", FAILED, language="nl")] * 9
    assert language_of([*outcomes, *silent], asked) == expected


def test_days_and_counts():
    told = made("later", as_of="2026-11-30", messages=("Let op.",))
    found = summary(told, made(), failed())
    assert (found["first_as_of"], found["last_as_of"]) == ("2026-10-31", "2026-11-30")
    assert found["counts"] == {OK: 1, WARNINGS: 1, FAILED: 1}
    assert summary(failed())["first_as_of"] is None


def test_a_client_without_a_name_goes_by_its_folder():
    assert made(client=" ").client == "alfa"
