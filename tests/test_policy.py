import dataclasses

import pytest

from credit_helpers.errors import PolicyError
from credit_helpers.policy import Policy, load_policy


def test_the_standard_policy_is_complete_and_frozen():
    policy = load_policy()
    assert policy.ageing.edges_days == (0, 30, 60, 90)
    assert [step.from_days for step in policy.priority.ladder] == [-5, 3, 10, 14, 21, 45, 60]
    with pytest.raises(dataclasses.FrozenInstanceError):
        policy.ageing.max_overdue_share = 1.0  # type: ignore[misc]


def test_own_values_lie_over_the_standard():
    policy = load_policy({"dso": {"target_days": 40}})
    assert policy.dso.target_days == 40.0
    assert policy.dso.period_days == 365


def test_every_unknown_key_is_named_at_once_with_the_nearest_known():
    with pytest.raises(PolicyError) as caught:
        load_policy({"ageing": {"max_overdue_shar": 0.2}, "dzo": {"target_days": 30}})
    dutch, english = caught.value.text("nl"), caught.value.text("en")
    assert "Bedoelt u 'ageing.max_overdue_share'?" in dutch
    assert "Bedoelt u 'dso'?" in dutch
    assert "Did you mean 'ageing.max_overdue_share'?" in english


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("ageing", "edges_days", [30, 0]),
        ("ageing", "edges_days", []),
        ("ageing", "edges_days", ["0", "30"]),
        ("ageing", "edges_days", [30, 60]),
        ("segmentation", "size_edges_cents", [500_000]),
        ("segmentation", "high_reasons_count", 0),
        ("ageing", "max_overdue_share", -0.1),
        ("ageing", "max_overdue_share", "35%"),
        ("dso", "period_days", 0),
        ("dso", "target_days", True),
        ("priority", "ladder", []),
        ("priority", "ladder", [{"from_days": 3, "stap": "x"}]),
        (
            "priority",
            "ladder",
            [{"from_days": 3, "step": "fax", "channel": "email", "tone": "firm"}],
        ),
        ("priority", "full_amount_cents", 0),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(section, key, value):
    with pytest.raises(PolicyError, match=f"{section}.{key}"):
        load_policy({section: {key: value}})


def test_a_policy_file_that_is_not_there(tmp_path):
    with pytest.raises(PolicyError, match="bestaat niet"):
        load_policy(tmp_path / "beleid.toml")


def test_a_policy_file_that_is_not_toml(tmp_path):
    path = tmp_path / "beleid.toml"
    path.write_text("dso = [", encoding="utf-8")
    with pytest.raises(PolicyError, match="beleid.toml"):
        load_policy(path)


def test_every_value_has_a_key_for_the_report():
    flat = load_policy().flat()
    assert flat["dso.target_days"] == 45.0
    assert {key.partition(".")[0] for key in flat} == {f.name for f in dataclasses.fields(Policy)}
