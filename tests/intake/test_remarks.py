"""The consultant's remarks: which chapter each belongs to, and what is refused."""

import pytest

from credit_helpers.errors import InputError
from credit_helpers.intake.remarks import read_remarks


def write(folder, text, language="nl"):
    (folder / f"remarks.{language}.md").write_text(text, encoding="utf-8")
    return folder


def test_a_chapter_is_named_by_its_title_in_either_language_or_by_its_word(tmp_path):
    text = "# Betaalgedrag\nEen.\n\n# concentration\nTwee.\n\n# Portfolio and ageing #\nDrie.\n"
    assert read_remarks(write(tmp_path, text), "nl") == {
        "behaviour": "Een.",
        "concentration": "Twee.",
        "ageing": "Drie.",
    }


def test_two_remarks_on_a_chapter_follow_each_other_and_an_empty_one_is_none(tmp_path):
    text = "# dso\nEen.\n# DSO en verloop\nTwee.\n# limits\n\n"
    assert read_remarks(write(tmp_path, text), "nl") == {"dso": "Een.\n\nTwee."}


def test_a_smaller_heading_and_code_belong_to_the_remark(tmp_path):
    text = "# dso\n## Let op\n```\n# geen kop\n```\n"
    assert read_remarks(write(tmp_path, text), "nl")["dso"] == "## Let op\n```\n# geen kop\n```"


def test_a_remark_is_for_the_reader_of_its_language(tmp_path):
    write(tmp_path, "# dso\nEen.\n")
    assert read_remarks(tmp_path, "en") == {}


def test_every_unknown_heading_is_refused_with_the_nearest(tmp_path):
    write(tmp_path, "voor\n# Betaalgedrg\nEen.\n# Concentraties\nTwee.\n")
    with pytest.raises(InputError) as error:
        read_remarks(tmp_path, "nl")
    first, second, third = error.value.text("nl").splitlines()
    assert "boven de eerste kop" in first
    assert "regel 2" in second
    assert "Bedoelde u 'Betaalgedrag'?" in second
    assert "Bedoelde u 'Concentratie'?" in third


def test_what_is_no_text_is_refused(tmp_path):
    (tmp_path / "remarks.nl.md").write_bytes(b"# dso\ncaf\xe9\n")
    with pytest.raises(InputError) as error:
        read_remarks(tmp_path, "nl")
    assert "UTF-8" in error.value.text("nl")
