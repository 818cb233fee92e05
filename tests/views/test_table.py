"""A table: labels, formats, totals, escaping, and which rows the HTML shows."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from credit_helpers.errors import ReportError
from credit_helpers.views.codes import bucket_label, in_words, word_of
from credit_helpers.views.table import Column, Table, table
from credit_helpers.views.table_html import cell_text
from credit_helpers.words import Words

NL, EN = Words("nl"), Words("en")
KEYS = ["name", "d1_30_cents", "d91_plus_cents", "outstanding_cents", "overdue_share"]
TOTALS = {
    "name": "label",
    "d1_30_cents": "sum",
    "d91_plus_cents": "sum",
    "outstanding_cents": "sum",
    "overdue_share": ("ratio", "overdue_cents", "outstanding_cents"),
}


def debtors() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": ["De Vries & <b>Zn</b>", "Tolsma", "Kuiper"],
            "d1_30_cents": [100_000, 0, -5_049],
            "d91_plus_cents": [0, 30_000, 0],
            "outstanding_cents": [400_000, 30_000, -5_000],
            "overdue_cents": [100_000, 30_000, -5_049],
            "overdue_share": [0.25, 1.0, math.nan],
        }
    )


def shown(**settings: object) -> Table:
    return table("ageing_by_customer", debtors(), NL, keys=KEYS, totals=TOTALS, **settings)


def test_totals_are_sums_and_ratios_of_sums():
    assert shown().totals() == {
        "name": "Totaal",
        "d1_30_cents": 94_951,
        "d91_plus_cents": 30_000,
        "outstanding_cents": 425_000,
        "overdue_share": pytest.approx(124_951 / 425_000),
    }


def test_html_names_units_and_writes_cells_as_the_language_does():
    html = shown()._repr_html_()
    assert '<figure class="table" id="table-ageing_by_customer">' in html
    assert '<span class="unit">bedragen in €</span>' in html
    assert '<th class="text" scope="col" data-key="name">Debiteur</th>' in html
    assert '<th class="num" scope="col" data-key="d91_plus_cents">&gt; 90</th>' in html
    assert '<td class="num">4.000</td>' in html  # 400,000 cents
    assert '<td class="num">−50</td>' in html  # a real minus sign
    assert '<td class="num">–</td>' in html  # nothing
    assert '<tfoot><tr><td class="text">Totaal</td>' in html


def test_customer_text_never_becomes_markup():
    html = shown()._repr_html_()
    assert "<b>" not in html
    assert "De Vries &amp; &lt;b&gt;Zn&lt;/b&gt;" in html


def test_shown_rows_limits_the_html_only_and_sums_the_rest():
    limited = shown(shown_rows=1)
    html = limited._repr_html_()
    assert "Tolsma" not in html
    assert '<tr class="rest"><td class="text">Overige 2</td>' in html
    assert "Werkboek, blad Debiteuren · 1 van 3 regels getoond" in html
    assert len(limited.frame) == 3
    assert limited.totals()["outstanding_cents"] == 425_000


def test_no_shown_rows_leaves_the_line_that_names_the_sheet():
    html = shown(shown_rows=0)._repr_html_()
    assert "<table" not in html
    assert "Volledig in het werkboek,</span> blad Debiteuren · 3 regels" in html


def test_an_empty_table_says_so_and_has_no_total():
    empty = table("ageing_by_customer", debtors().iloc[:0], NL, keys=KEYS, totals=TOTALS)
    assert "Geen regels" in empty._repr_html_()
    assert empty.totals() == {}


def test_one_row_needs_no_total():
    one = table("ageing_by_customer", debtors().iloc[:1], NL, keys=KEYS, totals=TOTALS)
    assert one.totals() == {}
    assert "<tfoot>" not in one._repr_html_()


def test_codes_become_words_in_the_frame():
    frame = pd.DataFrame(
        {"risk": pd.array(["high", pd.NA], dtype="string"), "debtors_count": [2, 1]}
    )
    risks = table("segment_summary", frame, EN, keys=["risk", "debtors_count"])
    assert risks.frame["risk"].tolist() == ["High", pd.NA]
    assert '<td class="text">–</td>' in risks._repr_html_()


def test_an_unknown_code_fails_the_build():
    with pytest.raises(ReportError):
        word_of("risk", "enormous", NL)


def test_several_codes_are_joined():
    assert word_of("department", "sales;finance", NL) == "Verkoop, Financiën"
    assert in_words(pd.Series(["", "sales"]), "department", NL).tolist() == ["", "Verkoop"]


@pytest.mark.parametrize(
    ("bucket", "label", "in_days"),
    [
        ("not_due", "Niet vervallen", "Niet vervallen"),
        ("d1_14", "1–14", "1–14 dagen"),
        ("d31_plus", "> 30", "> 30 dagen"),
        ("no_due_date", "Zonder vervaldatum", "Zonder vervaldatum"),
    ],
)
def test_buckets_are_named_after_their_edges(bucket: str, label: str, in_days: str):
    assert bucket_label(bucket, NL) == label
    assert bucket_label(bucket, NL, in_days=True) == in_days


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (pd.NA, "cents", "–"),
        (pd.NaT, "date", "–"),
        (math.nan, "days", "–"),
        (None, "text", "–"),
        (0, "count", "0"),
        (0.0, "share", "0%"),
        (0.0123, "share", "1,2%"),
        (12_345_678, "cents", "123.457"),
        (pd.Timestamp("2026-10-31"), "date", "31-10-2026"),
        (71.25, "score", "71,2"),
    ],
)
def test_cells(value: object, unit: str, text: str):
    assert cell_text(value, unit, NL) == text


def test_a_bar_and_a_second_line_stay_in_their_cell():
    frame = pd.DataFrame({"name": ["A"], "tone": ["firm"], "priority_score": [50.0]})
    worklist = table("priority", frame, EN, keys=["name", "tone", "priority_score"])
    worklist = worklist.styled("priority_score", bar=True).styled("tone", under="name")
    html = worklist._repr_html_()
    assert 'A<br><span class="under">firm</span>' in html
    assert '<rect width="23.0"' in html
    assert html.count("<th") == 3  # thead and two columns
    assert [column.key for column in worklist.columns] == ["name", "tone", "priority_score"]


def test_limits_that_are_unknown_add_up_over_the_known_ones():
    frame = pd.DataFrame(
        {"name": ["A", "B"], "credit_limit_cents": pd.array([1_000, pd.NA], dtype="Int64")}
    )
    limits = table(
        "limits", frame, NL, keys=["name", "credit_limit_cents"],
        totals={"name": "label", "credit_limit_cents": "sum"},
    )  # fmt: skip
    assert limits.totals()["credit_limit_cents"] == 1_000


def test_a_column_that_the_frame_lacks_is_left_out():
    assert [c.key for c in table("limits", debtors(), NL, keys=["name", "risk"]).columns] == [
        "name"
    ]


def test_every_label_stands_in_both_languages():
    from credit_helpers.words import texts

    nl = {key for key in texts("nl") if key.startswith("labels.")}
    assert nl == {key for key in texts("en") if key.startswith("labels.")}


def test_sheet_names_fit_a_workbook_and_are_unique():
    from credit_helpers.words import texts

    for language in ("nl", "en"):
        names = [t for key, t in texts(language).items() if key.startswith("labels.sheet.")]
        assert max(map(len, names)) <= 31
        assert len(set(names)) == len(names)
        assert not any(mark in name for name in names for mark in "[]:*?/\\")


def test_a_table_can_be_made_by_hand():
    made = Table("ageing", "Titel", (Column("n_count", "Aantal", "count"),), pd.DataFrame(
        {"n_count": [1, 2]}), NL)  # fmt: skip
    assert made.totals() == {}
    assert '<td class="num">2</td>' in made._repr_html_()
