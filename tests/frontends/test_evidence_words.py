"""Words for the parts of a score."""

from __future__ import annotations

from bot.core.evidence import PARTS
from bot.frontends.evidence_words import EVIDENCE


def test_every_part_of_a_score_has_words() -> None:
    assert tuple(EVIDENCE) == PARTS
