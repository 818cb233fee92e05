"""Places by number agree with places by text, also in frames that were filtered or put together."""

import numpy as np
import pandas as pd

from credit_helpers.keys import are_among, customer_groups, customer_places, item_places, places


def texts(*keys):
    return pd.Series(pd.array(keys, dtype="string"))


def test_keys_are_texts_and_a_missing_one_is_nowhere():
    assert places(texts("1", "01", None), texts("01", "1")).tolist() == [1, 0, -1]
    assert places(texts("b"), texts("a", "b", "c")).tolist() == [1]  # the fewer are numbered
    assert places(texts("x", None), texts("a", None, "c")).tolist() == [-1, -1]
    assert are_among(texts("a", None), texts(None)).tolist() == [False, False]


def test_nothing_is_found_in_nothing():
    assert places(texts(), texts("a")).tolist() == []
    assert places(texts("a"), texts()).tolist() == [-1]
    empty = pd.DataFrame({"item_id": texts(), "item_place": np.zeros(0, dtype="int64")})
    assert item_places(empty, empty).tolist() == []


def test_places_by_number_follow_a_filtered_and_turned_frame():
    items = pd.DataFrame({"item_id": texts("F0", "F1", "F2", "F3"), "item_place": [0, 1, 2, 3]})
    paid = pd.DataFrame({"item_id": texts("F3", "F1", "F0"), "item_place": [3, 1, 0]})
    turned = items[items["item_id"] != "F1"].iloc[::-1]
    by_text = item_places(paid.drop(columns="item_place"), turned)
    assert item_places(paid, turned).tolist() == by_text.tolist() == [0, -1, 2]


def test_customers_are_found_in_any_order_of_customers():
    rows = pd.DataFrame({"customer_id": texts("B", "A", "B"), "customer_place": [1, 0, 1]})
    codes, ids = customer_groups(rows)
    assert (codes.tolist(), ids.tolist()) == ([0, 1, 0], ["B", "A"])
    known = pd.DataFrame({"customer_id": texts("A", "C", "B")})
    assert customer_places(rows, known).tolist() == [2, 0, 2]
    assert customer_places(rows, known[:1]).tolist() == [-1, 0, -1]
