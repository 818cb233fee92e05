import pandas as pd

from credit_helpers.metrics import segmentation, strategies
from credit_helpers.metrics.profiles import LIFE_STAGES
from credit_helpers.strategy import Approach, approaches

ROWS = pd.DataFrame(
    {
        "risk": ["high", "high", "low", "low", "unknown"],
        "size": ["large", "small", "small", "small", "large"],
        "life_stage": ["starter", "established", "starter", "established", "unknown"],
        "sales_cents": [100, 200, 300, 400, 500],
        "outstanding_cents": [10, 20, 30, 40, 0],
        "overdue_cents": [10, 0, 0, 0, 0],
    }
)


def test_the_first_approach_that_fits_counts():
    found = strategies.assigned(ROWS, approaches())
    assert found.tolist() == ["secure", "restrict", "prove", "grow", "observe"]


def test_the_rules_name_known_values_and_end_with_everybody():
    known = {"risk": segmentation.RISKS, "size": segmentation.SIZES, "life_stage": LIFE_STAGES}
    for one in approaches():
        assert all(set(values) <= set(known[column]) for column, values in one.fits.items())
    assert approaches()[-1].fits == {}


def test_what_each_approach_is_about():
    rules = [Approach("hard", {"risk": ("high",)}), Approach("none", {"risk": ("x",)})]
    rules.append(Approach("rest"))
    table = strategies.summary(ROWS.assign(approach=strategies.assigned(ROWS, rules)), rules)
    assert table["approach"].tolist() == ["hard", "rest"]
    assert table["debtors_count"].tolist() == [2, 3]
    assert table["sales_cents"].tolist() == [300, 1_200]
    assert table["outstanding_share"].tolist() == [0.3, 0.7]


def test_an_empty_ledger():
    empty = ROWS.iloc[:0]
    found = strategies.assigned(empty, approaches())
    assert strategies.summary(empty.assign(approach=found), approaches()).empty
