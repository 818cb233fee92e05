"""The judgement per area for the summary: good, attention, insufficient or unknown."""

from __future__ import annotations

from dataclasses import dataclass

VERDICTS = ("good", "attention", "insufficient", "unknown")
AREAS = ("data", "ageing", "dso", "behaviour", "concentration", "limits", "process")


@dataclass(frozen=True)
class Judgement:
    """One area held against its norm.

    Parameters
    ----------
    area : str
        One of ``AREAS``.
    verdict : str
        One of ``VERDICTS``.
    measure_name : str
        Name of the measure, for its label ``column.<measure_name>``.
    value, threshold : float
        What was measured and its norm; ``nan`` when it cannot be judged.
    unit : str
        A unit of :mod:`credit_helpers.formats`.
    policy_key : str
        The key of the norm.
    """

    area: str
    verdict: str
    measure_name: str
    value: float
    threshold: float
    unit: str
    policy_key: str
