"""Several processes make what one would, whichever of them ends."""

import os

import pytest

from credit_helpers.report.side_by_side import side_by_side


def doubled(number):
    if number == 13:
        os._exit(1)
    if number == 99:
        raise ValueError(number)
    return 2 * number


def lost(number):
    return -number


def test_a_task_that_ends_its_process_costs_no_other():
    assert sorted(side_by_side([1, 13, 2, 3], doubled, lost, jobs=2)) == [-13, 2, 4, 6]


def test_what_a_task_raises_is_raised_here():
    with pytest.raises(ValueError, match="99"):
        list(side_by_side([99], doubled, lost, jobs=2))
