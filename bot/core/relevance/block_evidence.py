"""The evidence for each block of a passage. Which passages are ranked before others is not decided
here; see `bot.core.relevance.ranking`."""

from __future__ import annotations

from collections.abc import Sequence, Set

from bot.core.named_tuple import NamedTuple
from bot.core.passage import Passage
from bot.core.passages.passage_blocks import PassageBlock, blocks_of
from bot.core.questions.query import Query
from bot.core.relevance.evidence import Evidence, examine
from bot.core.relevance.subject import Subject, names_alone
from bot.core.seams import BlockTerms, Words


class BlockEvidence(NamedTuple):
    block: PassageBlock
    evidence: Evidence
    names_alone: float
    """The deduction from its score for what is asked besides the names and it lacks."""

    @property
    def judged(self) -> Evidence:
        """The evidence, less that."""
        if not self.names_alone:
            return self.evidence
        return self.evidence._replace(title=self.evidence.title - self.names_alone)


def weigh_blocks(
    query: Query,
    passage: Passage,
    words: Words,
    found: Sequence[BlockTerms],
    spelling: Sequence[float],
    title: Set[str],
    subject: Subject,
    paragraphs: int,
) -> Sequence[BlockEvidence]:
    """Return the evidence for each block of a passage, in order. ``words`` are the passage's,
    ``found`` gives what is found of the question in each block, and ``spelling`` is each sentence's
    share of its n-grams; ``title`` holds the stems of the question that are in the article's title,
    and ``paragraphs`` is the number of the article's paragraphs."""
    is_lead = passage.number == 0
    introduces = is_lead and 2 * passage.last <= paragraphs  # else it is most of a short article
    weighed: list[BlockEvidence] = []
    for block, terms in zip(blocks_of(passage), found, strict=True):
        own = words.of_sentences(block.first, block.end)
        evidence = examine(query, own, is_lead, title, terms, spelling[block.first : block.end])
        weighed.append(
            BlockEvidence(block, evidence, names_alone(query, own, introduces, subject.asked))
        )
    return weighed
