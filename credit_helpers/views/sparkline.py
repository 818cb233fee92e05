"""A small trend as inline SVG, which takes its colour from the text around it."""

from __future__ import annotations

import math
from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 92, 24, 3


def sparkline(values: Sequence[float], target: float = math.nan) -> str:
    """Return a line with a dot at its end, and a dotted line at the target.

    Parameters
    ----------
    values : sequence of float
        Oldest first; unknown ones are left out. Fewer than two known values give no line.
    target : float
        ``nan`` for no target.

    Examples
    --------
    >>> sparkline([1.0])
    ''
    >>> 'points="0.0,21.0 92.0,3.0"' in sparkline([10.0, 20.0])
    True
    """
    known = [(i, float(v)) for i, v in enumerate(values) if v is not None and not math.isnan(v)]
    if len(known) < 2:
        return ""
    heights = [value for _, value in known]
    shown = heights if math.isnan(target) else [*heights, target]
    low, span = min(shown), max(shown) - min(shown) or 1.0

    def across(index: int) -> float:
        return (index - known[0][0]) / (known[-1][0] - known[0][0]) * WIDTH

    def up(value: float) -> float:
        return HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2 * EDGE)

    points = " ".join(f"{across(i):.1f},{up(value):.1f}" for i, value in known)
    dotted = (
        ""
        if math.isnan(target)
        else f'<line class="target" x1="0" x2="{WIDTH}" y1="{up(target):.1f}" '
        f'y2="{up(target):.1f}" stroke="currentColor" stroke-dasharray="1 3"/>'
    )
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'overflow="visible" aria-hidden="true">{dotted}'
        f'<polyline fill="none" stroke="currentColor" stroke-width="1.4" points="{points}"/>'
        f'<circle cx="{WIDTH}" cy="{up(heights[-1]):.1f}" r="2" fill="currentColor"/></svg>'
    )
