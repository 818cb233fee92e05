import pytest

from credit_helpers import words as words_module
from credit_helpers.errors import PolicyError, ReportError
from credit_helpers.words import Words


@pytest.fixture
def own_texts(monkeypatch):
    texts = {
        "x.debtors": "{debtors_count:debiteur|debiteuren} van {name} met {overdue_cents}",
        "x.exact": "{overdue_cents:exact} op {due_on:short}, dat is {late_share}",
    }
    monkeypatch.setattr(words_module, "texts", lambda language: texts)
    return Words("nl")


def test_values_are_written_by_the_unit_in_their_name(own_texts):
    text = own_texts.prose("x.exact", overdue_cents=1_234_50, due_on="2026-10-31", late_share=0.5)
    assert text == "€\xa01.234,50 op 31-10-2026, dat is 50%"


@pytest.mark.parametrize(("count", "words"), [(1, "1 debiteur"), (1200, "1.200 debiteuren")])
def test_the_number_chooses_its_word(own_texts, count, words):
    text = own_texts.prose("x.debtors", debtors_count=count, name="A", overdue_cents=0)
    assert text.startswith(words)


def test_customer_text_is_not_read_as_a_template(own_texts):
    text = own_texts.prose("x.debtors", debtors_count=2, name="{overdue_cents}", overdue_cents=0)
    assert "{overdue_cents}" in text


def test_a_missing_value_or_text_fails_by_name(own_texts):
    with pytest.raises(ReportError, match="'x.debtors' vraagt om 'name'"):
        own_texts.prose("x.debtors", debtors_count=1, overdue_cents=0)
    with pytest.raises(ReportError, match="'x.nothing' bestaat niet"):
        own_texts.prose("x.nothing")


def test_another_language_is_refused():
    with pytest.raises(PolicyError, match="Kies nl of en"):
        Words("de")
