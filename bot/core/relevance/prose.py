"""Prose, and lines that only hold the words: a reference, a caption, a list of links.

Such lines are made of names and of the very words that are asked for, and answer nothing. They are
told by their few stop words (Pomikálek, "Removing boilerplate and duplicate content from web
corpora", 2011). How many prose has differs by language, so the candidates themselves tell it.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.seams import Words

PROSE_WEIGHT = 0.2
"""Score that is lost by what has no stop words at all, as a reference or a list of links."""
_PROSE = 0.7
"""Share of what most prose has of stop words that a text must have to be prose; from 0.6 to 0.8 it
makes little difference."""
_TYPICAL = 0.75
"""The share of the candidates that have fewer stop words than what is surely prose."""


def least_stop_share(candidates: Sequence[Words]) -> float:
    """Return the share of stop words from which a text is prose, as far as some passages tell; 0.0
    if they don't."""
    shares = sorted(map(stop_share, candidates))
    return _PROSE * shares[int(_TYPICAL * len(shares))] if shares else 0.0


def lack_of_prose(words: Words, least: float) -> float:
    """Return which part of ``least``, the share of stop words that prose has, a text lacks."""
    return max(0.0, 1 - stop_share(words) / least) if least else 0.0


def stop_share(words: Words) -> float:
    """Return the share of stop words in a text."""
    return 1 - words.length / max(1, len(words.stops))
