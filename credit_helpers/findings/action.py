"""What is known of an action beforehand: the kind of its effect, its effort and its term."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("actions.toml")
EFFECT_KINDS = ("release", "loss", "exposure", "margin")
EFFORTS = ("small", "middle", "large")


@dataclass(frozen=True)
class Action:
    """What the advice of a finding brings and takes.

    Parameters
    ----------
    effect : str
        One of ``EFFECT_KINDS``.
    effort : str
        One of ``EFFORTS``.
    is_outcome : bool
        Whether it is a figure that moves when the other actions are taken, such as the DSO.
    theme : str
        What several findings say in different figures; the summary then names the gravest only.
    """

    effect: str
    effort: str
    is_outcome: bool = False
    theme: str = ""


@cache
def _source() -> Mapping[str, Any]:
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def action(code: str) -> Action:
    """Return the action of a finding's code.

    Examples
    --------
    >>> action("over_limit")
    Action(effect='release', effort='small', is_outcome=False, theme='')
    """
    return Action(**_source()["finding"][code])


def actions() -> tuple[str, ...]:
    """Return the code of every finding that has an action."""
    return tuple(_source()["finding"])


def term_days(severity: str, effort: str) -> int:
    """Return within how many days an action should be done; grave and easy things come first.

    Examples
    --------
    >>> term_days("high", "small"), term_days("middle", "large")
    (30, 90)
    """
    return _source()["term_days"][severity][effort]


def terms() -> tuple[int, ...]:
    """Return every term, the shortest first."""
    rows = _source()["term_days"].values()
    return tuple(sorted({days for row in rows for days in row.values()}))
