"""Impacts: what a posting keeps of its score, in one byte.

A term's impact in a passage is what it adds to the score, without the term's weight, in steps of
1/255, rounded up (Anh and Moffat, "Pruned query evaluation using pre-computed impacts", SIGIR
2006).
So impacts times weights, added up, make a little more than the score, and it is known how much
more at the most. They are counted with the average length that the segment had when it was
written; where that is another now, it is known as well how far this may reach.
"""

from __future__ import annotations

from typing import Any

from bot.core.relevance.term_scoring import K1, saturation

STEPS = 255
_ROUNDING = 1e-9
"""Relative rounding error that 64 bits may give a sum, rounded up."""


def steps(frequency: Any, norm: Any) -> Any:
    """``tf / (tf + norm)`` in steps, not yet rounded up; of numbers or of arrays."""
    return STEPS * saturation(frequency, norm)


def least_frequency(impact: Any, norm: Any) -> Any:
    """Return the least frequency that has this impact, from 1 on; of numbers or of arrays.

    It is the very one, unless the term stands in the passage so often that once less makes no
    difference to the impact.
    """
    return frequency_below(impact, norm) // 1 + 1


def frequency_below(impact: Any, norm: Any) -> Any:
    """Return the greatest frequency, as a real number, that has not this impact yet but the one
    before; of numbers or of arrays. So it is not below 0, and the next whole one is
    `least_frequency`."""
    return norm * (impact - 1) / (STEPS + 1 - impact)


def weight(idf: float) -> float:
    """Return the score that one step of a term adds."""
    return idf * (K1 + 1) / STEPS


def least_sum(score: float, growth: float) -> float:
    """Return the least sum of weighted impacts of a passage that has at least this score."""
    return score / max(1.0, growth) * (1 - _ROUNDING)
