"""Ranges of numbers as people write them: `6`, `5..7`, `0.5..`, `..3`."""

from __future__ import annotations

import re
from typing import NamedTuple

ROUNDING = 1e-9
"""Slack at the ends of a range, for numbers that are sums and quotients."""


class Range(NamedTuple):
    """The numbers from `low` to `high`, both included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a number lies in the range."""
        return self.low - ROUNDING <= value <= self.high + ROUNDING


def parse_range(text: str) -> Range | None:
    """Read a range; None when the text is none.

    A single number with decimals stands for everything that rounds to it; a whole number for itself.

    Examples
    --------
    >>> parse_range("5..7"), parse_range("5.."), parse_range("0.55"), parse_range("plausible..likely")
    (Range(low=5.0, high=7.0), Range(low=5.0, high=inf), Range(low=0.545, high=0.555), None)
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)?(\.\.)?(\d+(?:\.\d+)?)?", text)
    if not match or not (match[1] or match[3]) or (match[3] and not match[2]):
        return None
    if match[2]:
        return Range(float(match[1] or "-inf"), float(match[3] or "inf"))
    value, decimals = float(match[1]), len(match[1].partition(".")[2])
    slack = 0.5 * 10.0**-decimals if decimals else 0.0
    return Range(value - slack, value + slack)
