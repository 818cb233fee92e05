"""Opening, finding cards, notes, key figures: their words, their escaping, their gaps."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from credit_helpers.findings.finding import Evidence
from credit_helpers.policy import load_policy
from credit_helpers.views import card, show
from credit_helpers.views.sparkline import sparkline
from credit_helpers.words import Words

NL = Words("nl")


class Caveat:
    def text(self, words: Words) -> str:
        return "Onder <voorbehoud>."


@dataclass(frozen=True)
class Conclusion:
    subject: str = "ageing"
    caveats: tuple[Caveat, ...] = (Caveat(),)
    code: str = "on_target"

    def heading(self, words: Words) -> str:
        return "De Vries & <i>Zn</i> houdt € 1.000 vast."

    def lead(self, words: Words) -> str:
        return "Omdat."


@dataclass(frozen=True)
class Finding:
    code: str = "overdue_share"
    severity: str = "high"
    department: str = "sales"
    impact_cents: int = 10_100_000
    effect_kind: str = "release"
    term_days: int = 30
    subject: str = "ageing"
    evidence: Evidence = field(default_factory=lambda: Evidence("ageing"))
    caveats: tuple[Caveat, ...] = (Caveat(),)

    def text(self, part: str, words: Words) -> str:
        return f"{part} <x>"


def test_the_opening_names_the_chapter_and_escapes_the_sentence():
    html = show.opening(Conclusion(), NL)._repr_html_()
    assert '<header class="opening" id="chapter-ageing" data-subject="ageing">' in html
    assert '<p class="chapter">Portefeuille en ouderdom</p>' in html
    assert "<h2>De Vries &amp; &lt;i&gt;Zn&lt;/i&gt; houdt € 1.000 vast.</h2>" in html
    assert '<p class="lead caveat">Onder &lt;voorbehoud&gt;.</p>' in html


def test_a_card_says_what_how_much_and_who():
    html = show.cards([Finding()], NL)._repr_html_()
    assert 'data-severity="high" data-code="overdue_share"' in html
    assert '<span class="severity">hoog · €\xa0101.000 vrij te maken</span>' in html
    assert "<dt>Gezien</dt><dd>seen &lt;x&gt;</dd>" in html
    assert "<dt>Wie, wanneer</dt><dd>Verkoop, binnen 30 dagen</dd>" in html
    assert "<dd>Onder &lt;voorbehoud&gt;.</dd>" in html


def test_a_finding_that_weighs_little_takes_two_lines():
    html = show.cards([Finding(severity="low")], NL)._repr_html_()
    assert 'data-severity="low" data-code="overdue_share" id="finding-overdue_share"' in html
    assert '<p>seen &lt;x&gt; advice &lt;x&gt; <span class="who">Verkoop, binnen 30' in html
    assert "<dl>" not in html


def test_an_effect_that_is_unknown_is_not_written_as_zero():
    assert card.weight(Finding(impact_cents=0), NL) == "hoog"


def test_no_findings_is_said():
    assert "niets gevonden" in repr(show.cards([], NL))


def test_notes_take_their_norms_from_the_policy():
    policy = load_policy()
    html = show.notes(
        "ageing", NL, policy.ageing, no_due_date_cents=0,
        credit_notes_cents=-1_248_000, unapplied_cash_cents=-3_190_500,
    )._repr_html_()  # fmt: skip
    assert "hoogstens 35% vervallen (<code>ageing.max_overdue_share</code>)" in html
    assert html.count("<h4>") == 4


def test_key_figures_show_value_unit_target_and_trend():
    figure = show.KeyFigure("DSO", "58", "dagen", "doel 45", [50, 58], 45.0, is_beyond=True)
    html = show.key_figures([figure])._repr_html_()
    assert '<dl class="figures"><div class="beyond"><dt>DSO</dt>' in html
    assert '<span class="value">58</span> <span class="unit">dagen</span>' in html
    assert '<span class="against">doel 45</span>' in html
    assert "<svg" in html
    assert 'class="target"' in html


def test_a_sparkline_needs_two_known_values():
    assert sparkline([math.nan, 3.0]) == ""
    assert "0.0,21.0 92.0,3.0" in sparkline([math.nan, 1.0, math.nan, 2.0])


def test_a_flat_sparkline_is_drawn():
    assert "<polyline" in sparkline([5.0, 5.0])


def test_what_is_missing_says_what_to_deliver():
    text = repr(show.missing("dso", ("payment_history",), NL))
    assert "DSO en verloop" in text
    assert "betalingen met hun datum" in text
    assert show.missing("dso", (), NL) is None


@dataclass(frozen=True)
class Decision:
    finding: Finding


def test_top_findings_pair_findings_with_decisions():
    html = show.top_findings([Decision(Finding())] * 5, NL)._repr_html_()
    assert html.count("<li") == 10
    assert (
        '<span class="effect">€\xa0101.000 <small>eenmalig vrij</small></span>title &lt;x&gt;'
        in html
    )
    assert 'advice &lt;x&gt; <span class="who">Verkoop, binnen 30 dagen</span>' in html
    assert "Geen bevindingen" in repr(show.top_findings([], NL))


def test_the_lab_gets_a_look_of_its_own():
    html = show.lab_look()._repr_html_()
    assert html.startswith("<style>")
    assert html.count("{") == html.count("}") > 10


def test_cards_of_one_chapter():
    dso = Conclusion("dso")
    assert "niets gevonden" in repr(show.cards([Finding()], NL, dso))
    assert "title" in repr(show.cards([Finding()], NL, Conclusion("ageing")))


def test_a_chapter_that_cannot_judge_does_not_say_that_it_found_nothing():
    assert show.cards([Finding()], NL, Conclusion("dso", code="cannot_judge")) is None


def test_together_leaves_out_what_cannot_be_shown():
    assert show.together(None, None) is None
    shown = show.together(None, "a")
    assert shown is not None
    assert shown.parts == ("a",)
