"""From files to an audit: the day, the language, the policy, and what the files leave unknown."""

import datetime
import math

import pytest

from credit_helpers import InputError, PolicyError, open_audit

OPEN_ITEMS = """Factuurnummer;Debiteurnummer;Debiteur;Factuurdatum;Vervaldatum;Openstaand
1;001;A;01-09-2025;01-10-2025;1000,00
2;002;B;15-09-2026;15-10-2026;2000,00
3;002;B;20-10-2026;19-11-2026;500,00
"""
PAID = """Factuurnummer;Debiteurnummer;Debiteur;Factuurdatum;Vervaldatum;Bedrag;Betaald op
1;001;A;01-09-2025;01-10-2025;1000,00;05-10-2025
2;002;B;15-09-2026;15-10-2026;2000,00;
3;002;B;20-10-2026;19-11-2026;500,00;
"""


@pytest.fixture
def written(tmp_path):
    def write(text, **settings):
        (tmp_path / "posten.csv").write_text(text, encoding="utf-8")
        lines = [f"{key} = {value}" for key, value in settings.items()]
        (tmp_path / "client.toml").write_text("\n".join(lines), encoding="utf-8")
        return tmp_path

    return write


def test_open_items_only_give_no_dso_for_what_was_paid_is_not_in_the_list(written):
    audit = open_audit(written(OPEN_ITEMS), as_of="2026-10-31")
    assert audit.ageing_totals.outstanding_cents == 350_000
    assert audit.ageing_totals.overdue_cents == 300_000
    assert audit.missing("dso") == ("payment_history",)
    assert math.isnan(audit.dso.dso_days) and math.isnan(audit.dso.release_cents)
    assert math.isnan(audit.write_offs.credit_notes_share)
    assert "release" not in audit.conclusions["summary"].code


def test_with_payments_the_dso_is_there(written):
    audit = open_audit(written(PAID), as_of="2026-10-31")
    assert audit.missing("dso") == ()
    assert audit.dso.dso_days == pytest.approx(250_000 / 250_000 * 365)


def test_the_day_is_given_or_the_clients_or_that_of_the_latest_document(written):
    folder = written(PAID)
    assert open_audit(folder).as_of.date() == datetime.date(2026, 10, 20)
    folder = written(PAID, observed_on="2026-11-02")
    assert open_audit(folder).as_of.date() == datetime.date(2026, 11, 2)
    folder = written(PAID, observed_on="2026-11-02", as_of="2026-10-31")
    assert open_audit(folder).as_of.date() == datetime.date(2026, 10, 31)
    given = open_audit(folder, as_of=datetime.date(2026, 10, 1))
    assert given.as_of.date() == datetime.date(2026, 10, 1)
    assert given.ageing_totals.outstanding_cents == 200_000


@pytest.mark.parametrize(
    ("as_of", "words"),
    [("2025-01-01", "vóór het eerste document"), ("2026-12-01", "na de dag van de export")],
)
def test_a_day_that_the_file_cannot_answer_for_is_refused(written, as_of, words):
    with pytest.raises(InputError, match=words):
        open_audit(written(PAID, observed_on="2026-11-02"), as_of=as_of)


def test_the_error_speaks_the_clients_language(written):
    folder = written(PAID, language='"en"')
    with pytest.raises(PolicyError, match="is not a date"):
        open_audit(folder, as_of="31-10-2026")
    with pytest.raises(PolicyError, match="geen datum"):
        open_audit(folder, as_of="31-10-2026", language="nl")
    with pytest.raises(PolicyError, match="Kies nl of en"):
        open_audit(folder, language="de")


def test_a_given_policy_lies_over_the_clients_own(written, tmp_path):
    folder = written(PAID)
    with (folder / "client.toml").open("a", encoding="utf-8") as config:
        config.write("\n[policy.dso]\ntarget_days = 40\nmax_rise_days = 3\n")
    audit = open_audit(folder, as_of="2026-10-31", policy={"dso": {"target_days": 30}})
    assert (audit.policy.dso.target_days, audit.policy.dso.max_rise_days) == (30, 3)
    own = tmp_path / "beleid.toml"
    own.write_text("[ageing]\nedges_days = [0, 14]\n", encoding="utf-8")
    audit = open_audit(folder, as_of="2026-10-31", policy=own)
    assert audit.ageing["bucket"].tolist() == ["not_due", "d1_14", "d15_plus"]
