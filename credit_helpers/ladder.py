"""The ladder of next actions: its steps, and the codes that it speaks in.

Each code has its words in every language, so a policy can order the steps but not invent one.
"""

from __future__ import annotations

from dataclasses import dataclass

STEPS = (
    "courtesy_call",
    "reminder",
    "telephone",
    "first_demand",
    "second_demand",
    "fourteen_day_letter",
    "hand_over",
    "bailiff_demand",
    "resolve_dispute",
)
CHANNELS = ("telephone", "email", "letter", "visit", "agency", "bailiff")
TONES = (
    "service",
    "friendly",
    "listening",
    "factual",
    "firm",
    "prescribed",
    "businesslike",
    "formal",
)
LADDER_CODES = {"step": STEPS, "channel": CHANNELS, "tone": TONES}


@dataclass(frozen=True)
class LadderStep:
    """One step of the collection path, from a number of days past due.

    Parameters
    ----------
    from_days : int
        Days past due of the oldest item from which the step fits; negative before the due date.
    step, channel, tone : str
        One of :data:`STEPS`, :data:`CHANNELS`, :data:`TONES`.
    """

    from_days: int
    step: str
    channel: str
    tone: str
